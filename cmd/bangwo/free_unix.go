//go:build unix

package main

import "golang.org/x/sys/unix"

// freeBytes is the room that a folder's file system has for us.
func freeBytes(path string) (int64, bool) {
	var s unix.Statfs_t
	if unix.Statfs(path, &s) != nil {
		return 0, false
	}
	return int64(s.Bavail) * int64(s.Bsize), true
}
