package registry

import (
	"context"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
)

// learnTimeout bounds what is spent on learning a new service's item names.
const learnTimeout = 10 * time.Second

// learner is the person in whose name a service's open listings are read: nobody's storage but its own.
const learner = "catalogue"

// Learner reads the names of a service's live items, and what its reads return, through its harmless reads.
type Learner func(ctx context.Context, s catalog.Service, call func(context.Context, track.Call) (track.Result, error)) catalog.Learnt

// LearnWith lets every service that is added from now on be looked through by l. Call it before the registry is shared.
func (r *Registry) LearnWith(l Learner) { r.learn = l }

// learnItems keeps the names of the service's live items, and what its reads return, with its description. What cannot be
// learnt is left out.
func (r *Registry) learnItems(ctx context.Context, svc catalog.Service) catalog.Service {
	if r.learn == nil {
		return svc
	}
	ctx, cancel := context.WithTimeout(ctx, learnTimeout)
	defer cancel()
	learnt := r.learn(ctx, svc, func(ctx context.Context, call track.Call) (track.Result, error) {
		call.Person = learner
		return r.Call(ctx, svc.ID, call)
	})
	rec, err := r.store.Get(ctx, recordKind, svc.ID)
	if err != nil || len(learnt.Items)+len(learnt.Shapes) == 0 {
		return svc
	}
	stored, err := decode(rec)
	if err != nil {
		return svc
	}
	stored.Items, stored.Shapes = learnt.Items, learnt.Shapes
	if err := r.save(ctx, stored, rec.Version); err != nil {
		r.log.InfoContext(ctx, "item names could not be kept", "service", svc.ID, "error", err)
		return svc
	}
	return stored
}
