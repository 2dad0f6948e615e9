package registry

import (
	"context"
	"sync"
	"time"

	"github.com/bangwo/bangwo/internal/track"
)

// MaxPatience is how long one call may take together with all that the person is asked meanwhile.
const MaxPatience = 24 * time.Hour

// patientDoors counts the time of a call, except while a door is open: a person may think longer than a merchant may hang.
type patientDoors struct {
	doors  track.Doors
	cancel func(cause error)

	mu    sync.Mutex
	open  int
	left  time.Duration
	since time.Time
	timer *time.Timer
}

// Open asks the person with the clock standing still.
func (p *patientDoors) Open(ctx context.Context, r track.DoorRequest) track.DoorAnswer {
	if p.doors == nil {
		return track.DoorAnswer{Reason: "nobody can be asked"}
	}
	p.pause()
	defer p.resume()
	return p.doors.Open(ctx, r)
}

func (p *patientDoors) pause() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open++
	if p.open == 1 && p.timer.Stop() {
		p.left -= time.Since(p.since)
	}
}

func (p *patientDoors) resume() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.open--
	}
	if p.open > 0 {
		return
	}
	p.since = time.Now()
	p.timer = time.AfterFunc(max(p.left, 0), func() { p.cancel(context.DeadlineExceeded) })
}

// stop ends the call's clock and its context.
func (p *patientDoors) stop() {
	p.mu.Lock()
	p.timer.Stop()
	p.mu.Unlock()
	p.cancel(context.Canceled)
}
