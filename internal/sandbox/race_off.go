//go:build !race

package sandbox

const shadowRoom = 0
