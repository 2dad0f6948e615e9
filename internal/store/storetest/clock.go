package storetest

import (
	"sync"
	"time"
)

// TestClock stands still until it is moved.
type TestClock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock starts at a fixed instant.
func NewClock() *TestClock {
	return &TestClock{now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
}

// Now is the instant it shows.
func (c *TestClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves it on.
func (c *TestClock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
