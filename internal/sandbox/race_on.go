//go:build race

package sandbox

// shadowRoom is address space that the race detector maps for every byte that is used.
const shadowRoom = 8 << 30
