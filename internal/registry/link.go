package registry

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"sync"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

// link is one service's connection on this node, opened when first needed.
type link struct {
	id     string
	source catalog.Source
	gate   chan struct{} // held while opening; capacity 1

	mu     sync.Mutex
	conn   track.Connection
	done   chan struct{} // closed by close
	closed bool
}

func newLink(svc catalog.Service) *link {
	return &link{id: svc.ID, source: svc.Source, gate: make(chan struct{}, 1), done: make(chan struct{})}
}

func (l *link) current() track.Connection {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.conn
}

// keep takes the connection, unless the link was closed or got another one meanwhile.
func (l *link) keep(conn track.Connection) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.conn != nil {
		return false
	}
	l.conn = conn
	return true
}

func (l *link) close() error {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return nil
	}
	l.closed = true
	conn := l.conn
	close(l.done)
	l.mu.Unlock()
	if conn == nil {
		return nil
	}
	return conn.Close()
}

// open starts a service through the driver of its track, within a limit.
func (r *Registry) open(ctx context.Context, src catalog.Source, limit time.Duration) (track.Connection, error) {
	driver, ok := r.drivers[src.Track]
	if !ok {
		return nil, fault.New(fault.Unsupported, "no driver for track %q", src.Track).With("track", string(src.Track))
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return driver.Open(ctx, src)
}

// link returns the service's link, making one where there is none.
func (r *Registry) link(svc catalog.Service) (*link, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, fault.New(fault.Unavailable, "the registry is closed")
	}
	l, ok := r.links[svc.ID]
	if !ok {
		l = newLink(svc)
		r.links[svc.ID] = l
	}
	return l, nil
}

// connect returns the open connection of svc, opening it when needed; callers at the same time share one opening.
func (r *Registry) connect(ctx context.Context, svc catalog.Service) (track.Connection, error) {
	l, err := r.link(svc)
	if err != nil {
		return nil, err
	}
	select {
	case l.gate <- struct{}{}:
		defer func() { <-l.gate }()
	case <-ctx.Done():
		return nil, fault.New(fault.Timeout, "waiting for service %s to open: %w", svc.ID, ctx.Err()).With("service", svc.ID)
	}
	if conn := l.current(); conn != nil {
		return conn, nil
	}
	conn, err := r.open(ctx, svc.Source, OpenTimeout)
	if err != nil {
		return nil, err
	}
	if !l.keep(conn) {
		_ = conn.Close() // removed while it opened
		return nil, fault.New(fault.NotFound, "service %q was removed", svc.ID).With("service", svc.ID)
	}
	r.refresh(ctx, svc.ID, conn)
	r.follow(l, conn)
	return conn, nil
}

// adopt keeps the connection that Add opened.
func (r *Registry) adopt(svc catalog.Service, conn track.Connection) {
	l, err := r.link(svc)
	if err != nil || !l.keep(conn) {
		_ = conn.Close()
		return
	}
	r.follow(l, conn)
}

// drop closes and forgets the link of a service.
func (r *Registry) drop(id string) error {
	r.mu.Lock()
	l := r.links[id]
	delete(r.links, id)
	r.mu.Unlock()
	if l == nil {
		return nil
	}
	return l.close()
}

func sameSource(a, b catalog.Source) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// follow stores the service's description whenever it says that it changed, until the link or the registry closes.
func (r *Registry) follow(l *link, conn track.Connection) {
	changed := conn.Changed()
	if changed == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	r.running.Go(func() {
		for {
			select {
			case _, ok := <-changed:
				if !ok {
					return
				}
				r.refresh(r.ctx, l.id, conn)
			case <-l.done:
				return
			case <-r.ctx.Done():
				return
			}
		}
	})
}

// refresh stores what an open service now says of itself. Its id, name, payee and source stay as the operator added them.
func (r *Registry) refresh(ctx context.Context, id string, conn track.Connection) {
	ctx, cancel := context.WithTimeout(ctx, refreshTimeout)
	defer cancel()
	fresh := conn.Service()
	for range refreshTries {
		rec, err := r.store.Get(ctx, recordKind, id)
		if err != nil {
			return // removed, or the store is away: the stored description stands
		}
		stored, err := decode(rec)
		if err != nil {
			return
		}
		next := stored.Clone()
		next.Description, next.Instruction = fresh.Description, fresh.Instruction
		next.Capabilities = fresh.Clone().Capabilities
		next = withID(next, id, stored.Payee)
		if sameService(next, stored) {
			return
		}
		err = r.save(ctx, next, rec.Version)
		if err == nil {
			r.log.InfoContext(ctx, "a service changed", "service", id, "capabilities", len(next.Capabilities))
			return
		}
		if !fault.Is(err, fault.Conflict) {
			r.log.WarnContext(ctx, "a changed service could not be stored", "service", id, "error", err)
			return
		}
	}
}

func sameService(a, b catalog.Service) bool {
	var x, y any
	bx, errX := json.Marshal(a)
	by, errY := json.Marshal(b)
	if errX != nil || errY != nil || json.Unmarshal(bx, &x) != nil || json.Unmarshal(by, &y) != nil {
		return false
	}
	return reflect.DeepEqual(x, y)
}
