//go:build !linux

package scale

import "time"

var began = time.Now()

// threadTime stands for the processor's time of a thread where that cannot be asked for.
func threadTime() time.Duration { return time.Since(began) }
