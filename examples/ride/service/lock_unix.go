//go:build unix

package service

import (
	"fmt"
	"os"
	"syscall"
)

// lockFile holds the file until unlock; the lock of a process that dies goes with it.
func lockFile(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the orders: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("lock the orders: %w", err)
	}
	return func() { _ = f.Close() }, nil
}
