package registry

import (
	"context"
	"encoding/json"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// sync brings what this node knows up to what is stored: it reads the stream of changes, and of the services those that
// changed; all of them once, when it starts.
func (r *Registry) sync(ctx context.Context) error {
	r.reading.Lock()
	defer r.reading.Unlock()
	if !r.loaded {
		return r.learnAll(ctx)
	}
	for {
		events, err := r.store.Events(ctx, stream, r.seen, store.MaxList)
		if err != nil || len(events) == 0 {
			return err
		}
		if err := r.learnChanges(ctx, events); err != nil {
			return err
		}
		r.seen = events[len(events)-1].Seq
	}
}

// learnAll reads every service. The newest event is looked for before, so that nothing that changes meanwhile is missed.
func (r *Registry) learnAll(ctx context.Context) error {
	last, err := r.lastEvent(ctx)
	if err != nil {
		return err
	}
	for rec, err := range r.records(ctx) {
		if err != nil {
			return err
		}
		r.learnRecord(ctx, rec)
	}
	r.loaded, r.seen = true, last
	return nil
}

func (r *Registry) lastEvent(ctx context.Context) (int64, error) {
	for after := int64(0); ; {
		events, err := r.store.Events(ctx, stream, after, store.MaxList)
		if err != nil || len(events) == 0 {
			return after, err
		}
		after = events[len(events)-1].Seq
	}
}

// learnChanges reads the services that events tell of; those that are not there any more are forgotten.
func (r *Registry) learnChanges(ctx context.Context, events []store.Event) error {
	gone := map[string]bool{}
	ids := []string{}
	for _, e := range events {
		var told struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(e.Data, &told); err != nil {
			r.log.ErrorContext(ctx, "a change of services cannot be read", "event", e.Seq, "error", err)
			continue
		}
		if !gone[told.ID] {
			gone[told.ID] = true
			ids = append(ids, told.ID)
		}
	}
	recs, err := r.store.List(ctx, store.Query{Kind: recordKind, IDs: ids})
	if err != nil {
		return err
	}
	for _, rec := range recs {
		delete(gone, rec.ID)
		r.learnRecord(ctx, rec)
	}
	for id := range gone {
		r.index.Remove(id)
		r.mu.Lock()
		delete(r.held, id)
		r.mu.Unlock()
		r.dropStale(ctx, id, nil)
	}
	return nil
}

// learnRecord puts a stored service into the index and holds it.
func (r *Registry) learnRecord(ctx context.Context, rec store.Record) {
	svc, err := decode(rec)
	if err != nil {
		r.log.ErrorContext(ctx, "a stored service cannot be read", "service", rec.ID, "error", err)
		return
	}
	if err := r.put(svc); err != nil {
		r.log.ErrorContext(ctx, "a service cannot be found by its words", "service", rec.ID, "error", err)
		return
	}
	r.hold(svc)
	r.dropStale(ctx, svc.ID, &svc.Source)
}

func (r *Registry) put(svc catalog.Service) error {
	if r.reader == nil {
		return r.index.Put(svc.ID, nil)
	}
	return r.index.Put(svc.ID, r.reader.Parts(svc))
}

// dropStale closes the link of a service that is gone (source nil) or now comes from elsewhere.
func (r *Registry) dropStale(ctx context.Context, id string, source *catalog.Source) {
	r.mu.Lock()
	l := r.links[id]
	if l == nil || source != nil && sameSource(*source, l.source) {
		r.mu.Unlock()
		return
	}
	delete(r.links, id)
	r.mu.Unlock()
	if err := l.close(); err != nil {
		r.log.InfoContext(ctx, "closing a service that changed", "service", id, "error", err)
	}
}

// heldService is a service in memory, with when it was last used.
type heldService struct {
	service catalog.Service
	used    uint64
}

// hold keeps a service in memory; beyond MaxHeld, the half that was not used for longest is let go.
func (r *Registry) hold(svc catalog.Service) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tick++
	r.held[svc.ID] = &heldService{svc, r.tick}
	if len(r.held) <= MaxHeld {
		return
	}
	oldest := r.tick - MaxHeld/2
	for id, h := range r.held {
		if h.used <= oldest {
			delete(r.held, id)
		}
	}
}

// load returns services by their ids, in that order; those that are not in memory are read. What is not there is left out.
func (r *Registry) load(ctx context.Context, ids []string) []catalog.Service {
	found := map[string]catalog.Service{}
	var missing []string
	r.mu.Lock()
	for _, id := range ids {
		if h, ok := r.held[id]; ok {
			r.tick++
			h.used = r.tick
			found[id] = h.service
			continue
		}
		missing = append(missing, id)
	}
	r.mu.Unlock()
	for len(missing) > 0 {
		n := min(len(missing), store.MaxList)
		recs, err := r.store.List(ctx, store.Query{Kind: recordKind, IDs: missing[:n]})
		if err != nil {
			r.log.WarnContext(ctx, "services could not be read", "error", err)
			break
		}
		missing = missing[n:]
		for _, rec := range recs {
			if svc, err := decode(rec); err == nil {
				found[svc.ID] = svc
				r.hold(svc)
			}
		}
	}
	out := make([]catalog.Service, 0, len(ids))
	for _, id := range ids {
		if svc, ok := found[id]; ok {
			out = append(out, svc)
		}
	}
	return out
}

// Get returns the service, or a fault not_found.
func (r *Registry) Get(ctx context.Context, id string) (catalog.Service, error) {
	if err := r.sync(ctx); err != nil {
		return catalog.Service{}, err
	}
	if r.index.Knows(id) {
		if found := r.load(ctx, []string{id}); len(found) == 1 {
			return found[0], nil
		}
	}
	return catalog.Service{}, fault.New(fault.NotFound, "no service %q", id).With("service", id)
}

// Service returns the service as it last described itself; ok is false where there is none. When the store cannot be read it
// goes by what was read last.
func (r *Registry) Service(ctx context.Context, id string) (catalog.Service, bool) {
	if err := r.sync(ctx); err != nil {
		r.log.WarnContext(ctx, "services could not be read, using the last known", "error", err)
	}
	if found := r.load(ctx, []string{id}); len(found) == 1 && r.index.Knows(id) {
		return found[0], true
	}
	return catalog.Service{}, false
}
