//go:build !linux

package sandbox

import "runtime/debug"

// confine bounds memory softly where the system has no hard bound that works with the runtime.
func confine() error {
	debug.SetMemoryLimit(int64(room() / 2))
	return nil
}
