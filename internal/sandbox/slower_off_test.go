//go:build !race

package sandbox_test

// slower is how much longer scripts may take in tests.
const slower = 1
