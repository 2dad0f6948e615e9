//go:build !linux

package sandbox

import "time"

func ownCPU() time.Duration { return time.Since(processStart) }

func cpuOf(int) (time.Duration, bool) { return 0, false }
