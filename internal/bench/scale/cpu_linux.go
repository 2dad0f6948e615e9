package scale

import (
	"syscall"
	"time"
)

const rusageThread = 1

// threadTime is the processor's time that this thread has used.
func threadTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(rusageThread, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
