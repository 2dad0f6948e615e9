package registry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"iter"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/catalog/search"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// Reader tells the catalogue's index what services say of themselves and what sentences ask for. It is the mind's, so that
// both compare the same words.
type Reader interface {
	Parts(s catalog.Service) []search.Part
	Questions(text, place string) []search.Question
}

// ReadWith lets the registry find services by their words. Call it before the registry is shared.
func (r *Registry) ReadWith(reader Reader) { r.reader = reader }

// Shortlist returns the services that could be meant, or all where they are few; only these are loaded. When the store
// cannot be read it goes by what was read last.
func (r *Registry) Shortlist(ctx context.Context, w catalog.Wanted) catalog.Shortlist {
	if err := r.sync(ctx); err != nil {
		r.log.WarnContext(ctx, "services could not be read, using the last known", "error", err)
	}
	if r.reader == nil || r.index.Services() <= search.Few {
		return catalog.Shortlist{Services: r.load(ctx, r.index.IDs())}
	}
	var questions []search.Question
	for _, text := range w.Texts {
		questions = append(questions, r.reader.Questions(text, w.Place)...)
	}
	ids := r.index.Shortlist(questions, w.Also)
	if len(ids) == 0 {
		return catalog.Shortlist{Services: r.anyFew(ctx), Spread: &r.index}
	}
	return catalog.Shortlist{Services: r.load(ctx, ids), Spread: &r.index}
}

// examples is how many services are looked at when no service says any of the words: to name some that there are.
const examples = 8

func (r *Registry) anyFew(ctx context.Context) []catalog.Service {
	page, err := r.store.List(ctx, store.Query{Kind: recordKind, Limit: examples})
	if err != nil {
		r.log.WarnContext(ctx, "services could not be read", "error", err)
	}
	var out []catalog.Service
	for _, rec := range page {
		if svc, err := decode(rec); err == nil {
			out = append(out, svc)
		}
	}
	return out
}

// List returns the services in id order, at most MaxListed; All has no bound.
func (r *Registry) List(ctx context.Context) ([]catalog.Service, error) {
	if err := r.sync(ctx); err != nil {
		return nil, err
	}
	if r.index.Services() <= MaxHeld {
		return r.load(ctx, r.index.IDs()), nil
	}
	var all []catalog.Service
	for svc, err := range r.All(ctx) {
		if err != nil {
			return nil, err
		}
		if all = append(all, svc); len(all) == MaxListed {
			break
		}
	}
	return all, nil
}

// All reads the services in id order from the store, some at a time.
func (r *Registry) All(ctx context.Context) iter.Seq2[catalog.Service, error] {
	return func(yield func(catalog.Service, error) bool) {
		for rec, err := range r.records(ctx) {
			if err != nil {
				yield(catalog.Service{}, err)
				return
			}
			svc, err := decode(rec)
			if err != nil {
				r.log.ErrorContext(ctx, "a stored service cannot be read", "service", rec.ID, "error", err)
				continue
			}
			if !yield(svc, nil) {
				return
			}
		}
	}
}

func (r *Registry) records(ctx context.Context) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		for after := ""; ; {
			page, err := r.store.List(ctx, store.Query{Kind: recordKind, After: after})
			if err != nil {
				yield(store.Record{}, err)
				return
			}
			for _, rec := range page {
				if !yield(rec, nil) {
					return
				}
			}
			if len(page) < store.MaxList {
				return
			}
			after = page[len(page)-1].ID
		}
	}
}

// Count is how many services there are.
func (r *Registry) Count(ctx context.Context) (int, error) {
	err := r.sync(ctx)
	return r.index.Services(), err
}

// decode reads a stored service; its digest is another for every content.
func decode(rec store.Record) (catalog.Service, error) {
	var svc catalog.Service
	if err := json.Unmarshal(rec.Data, &svc); err != nil {
		return svc, fault.New(fault.Internal, "stored service %s: %w", rec.ID, err)
	}
	sum := sha256.Sum256(rec.Data)
	svc.Digest = hex.EncodeToString(sum[:])
	return svc, nil
}
