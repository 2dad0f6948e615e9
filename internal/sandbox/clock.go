package sandbox

import (
	"time"
)

// clock is a job's time: it runs as real time does while the host is waited for, and skips to the next timer
// when nothing else can happen, so that a script's pause costs nothing and a time-out of its own still works.
type clock struct {
	start   time.Time // real
	base    time.Time // what was shown then
	skipped time.Duration
	timers  map[int]timerEntry
	seq     int
	runs    int
}

type timerEntry struct {
	due    time.Time
	seq    int
	repeat time.Duration // 0: once
}

func newClock(millis int64) *clock {
	c := &clock{start: time.Now(), timers: map[int]timerEntry{}}
	c.base = c.start
	if millis != 0 {
		c.base = time.UnixMilli(millis)
	}
	return c
}

func (c *clock) now() time.Time { return c.base.Add(time.Since(c.start) + c.skipped) }

func (c *clock) millis() float64 { return float64(c.now().UnixMilli()) }

// add arms a timer; args are (id, milliseconds, repeat).
func (c *clock) add(id, millis int, args []any) error {
	if len(c.timers) >= MaxTimers {
		return errTooManyTimers
	}
	d := min(time.Duration(max(millis, 0))*time.Millisecond, 2*MaxVirtual)
	e := timerEntry{due: c.now().Add(d), seq: c.seq}
	if len(args) > 2 && args[2] == true {
		e.repeat = max(d, time.Millisecond)
	}
	c.seq++
	c.timers[id] = e
	return nil
}

func (c *clock) drop(id int) { delete(c.timers, id) }

// first is the timer that is due next; of two at the same time, the one that was armed first.
func (c *clock) first() (id int, due time.Time, ok bool) {
	var best timerEntry
	for i, e := range c.timers {
		if !ok || e.due.Before(best.due) || (e.due.Equal(best.due) && e.seq < best.seq) {
			id, best, ok = i, e, true
		}
	}
	return id, best.due, ok
}

// take removes a timer that fires, or arms it again.
func (c *clock) take(id int) error {
	if c.runs++; c.runs > MaxTimerRuns {
		return stopped("timers ran more than MaxTimerRuns times")
	}
	e := c.timers[id]
	if e.repeat == 0 {
		delete(c.timers, id)
		return nil
	}
	e.due, e.seq = e.due.Add(e.repeat), c.seq
	c.seq++
	c.timers[id] = e
	return nil
}

func (c *clock) skipTo(due time.Time) error {
	if d := due.Sub(c.now()); d > 0 {
		c.skipped += d
	}
	if c.skipped > MaxVirtual {
		return stopped("it waited longer than " + MaxVirtual.String())
	}
	return nil
}
