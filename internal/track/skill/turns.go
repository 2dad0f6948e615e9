package skill

import (
	"context"
	"sync"
)

// turns lets the calls of one person to one service run one after another.
type turns struct {
	mu    sync.Mutex
	lines map[string]*line
}

type line struct {
	slot    chan struct{}
	waiting int
}

func newTurns() *turns { return &turns{lines: map[string]*line{}} }

// take waits for the turn; done ends it.
func (t *turns) take(ctx context.Context, key string) (done func(), err error) {
	t.mu.Lock()
	l := t.lines[key]
	if l == nil {
		l = &line{slot: make(chan struct{}, 1)}
		t.lines[key] = l
	}
	l.waiting++
	t.mu.Unlock()
	leave := func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if l.waiting--; l.waiting == 0 {
			delete(t.lines, key)
		}
	}
	select {
	case l.slot <- struct{}{}:
		return func() { <-l.slot; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
}
