//go:build race

package sandbox_test

// slower is how much longer scripts may take in tests: the race detector makes the engine slower by the factor of twenty.
const slower = 4
