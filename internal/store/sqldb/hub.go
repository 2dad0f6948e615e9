package sqldb

import (
	"context"
	"sync"
)

// Hub tells watchers that a stream may have grown. It carries no data and coalesces.
type Hub struct {
	mu       sync.Mutex
	watchers map[string]map[chan struct{}]struct{}
}

func newHub() *Hub { return &Hub{watchers: map[string]map[chan struct{}]struct{}{}} }

// watch registers a channel until ctx ends; the channel is closed then.
func (h *Hub) watch(ctx context.Context, stream string) <-chan struct{} {
	ch := make(chan struct{}, 1)
	h.mu.Lock()
	if h.watchers[stream] == nil {
		h.watchers[stream] = map[chan struct{}]struct{}{}
	}
	h.watchers[stream][ch] = struct{}{}
	h.mu.Unlock()
	context.AfterFunc(ctx, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.watchers[stream], ch)
		if len(h.watchers[stream]) == 0 {
			delete(h.watchers, stream)
		}
		close(ch)
	})
	return ch
}

// Wake wakes the watchers of a stream.
func (h *Hub) Wake(stream string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch := range h.watchers[stream] {
		select {
		case ch <- struct{}{}:
		default:
		}
	}
}

// WakeAll wakes everybody, after a time in which news may have been missed.
func (h *Hub) WakeAll() {
	for _, s := range h.Streams() {
		h.Wake(s)
	}
}

// Streams lists what is watched.
func (h *Hub) Streams() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make([]string, 0, len(h.watchers))
	for s := range h.watchers {
		out = append(out, s)
	}
	return out
}
