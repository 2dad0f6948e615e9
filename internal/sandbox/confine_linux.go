package sandbox

import (
	"os"
	"runtime/debug"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// confine takes from this process, for good, what a script never needs: opening files and sockets, writing
// files, core dumps, and memory beyond its room. The address space that the Go runtime has reserved already
// comes on top.
func confine() error {
	debug.SetMemoryLimit(int64(room() / 2)) // the collector works harder before the wall is reached
	for resource, value := range map[int]uint64{
		unix.RLIMIT_CORE:   0,
		unix.RLIMIT_FSIZE:  0,
		unix.RLIMIT_NOFILE: 0,
		unix.RLIMIT_AS:     addressSpace() + MaxHeap + room() + shadowRoom,
	} {
		if err := unix.Setrlimit(resource, &unix.Rlimit{Cur: value, Max: value}); err != nil {
			return err
		}
	}
	return nil
}

func addressSpace() uint64 {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 2 << 30
	}
	pages, err := strconv.ParseUint(strings.Fields(string(b))[0], 10, 64)
	if err != nil {
		return 2 << 30
	}
	return pages * uint64(os.Getpagesize())
}
