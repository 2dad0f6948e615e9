package registry

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// List returns the services in id order. It asks the store only whether something changed, and reads again when so.
func (r *Registry) List(ctx context.Context) ([]catalog.Service, error) {
	r.reading.Lock()
	defer r.reading.Unlock()
	r.mu.Lock()
	seen, loaded := r.seen, r.loaded
	r.mu.Unlock()
	last, err := r.lastEvent(ctx, seen)
	if err != nil {
		return nil, err
	}
	if !loaded || last != seen {
		all, err := r.readAll(ctx)
		if err != nil {
			return nil, err
		}
		r.mu.Lock()
		r.cached, r.seen, r.loaded = all, last, true
		stale := r.staleLinks()
		r.mu.Unlock()
		for _, l := range stale {
			if err := l.close(); err != nil {
				r.log.InfoContext(ctx, "closing a service that changed", "service", l.id, "error", err)
			}
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.cached), nil
}

// lastEvent finds the newest event of the stream. It is read before the records, so that these are never older.
func (r *Registry) lastEvent(ctx context.Context, after int64) (int64, error) {
	for {
		events, err := r.store.Events(ctx, stream, after, store.MaxList)
		if err != nil {
			return 0, err
		}
		if len(events) == 0 {
			return after, nil
		}
		after = events[len(events)-1].Seq
	}
}

func (r *Registry) readAll(ctx context.Context) ([]catalog.Service, error) {
	var all []catalog.Service
	after := ""
	for len(all) <= MaxServices {
		page, err := r.store.List(ctx, store.Query{Kind: recordKind, After: after})
		if err != nil {
			return nil, err
		}
		for _, rec := range page {
			svc, err := decode(rec)
			if err != nil {
				r.log.ErrorContext(ctx, "a stored service cannot be read", "service", rec.ID, "error", err)
				continue
			}
			all = append(all, svc)
		}
		if len(page) < store.MaxList {
			break
		}
		after = page[len(page)-1].ID
	}
	return all, nil
}

func decode(rec store.Record) (catalog.Service, error) {
	var svc catalog.Service
	if err := json.Unmarshal(rec.Data, &svc); err != nil {
		return svc, fault.New(fault.Internal, "stored service %s: %w", rec.ID, err)
	}
	return svc, nil
}
