package desk

import (
	"errors"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// foresee settles, before the person confirms, what each goal's final step will choose from what was found (the offer,
// the slot): a close call is asked now, and where nothing fits the goal fails now, not after the money is held.
func (w *worker) foresee() error {
	for _, g := range w.t.Plan.Goals {
		s, ok := w.t.Plan.Step(g.Final)
		if !ok || !w.t.Parts[g.ID].open() || w.t.Parts[g.ID].Stands || !w.knowable(*s) {
			continue
		}
		_, err := w.resolveFinal(*s)
		var tie *plan.Close
		switch {
		case err == nil:
			continue
		case errors.As(err, &tie):
			if err := w.park(*s, w.tiePause(*s, tie)); err != nil {
				return err
			}
		default:
			why := w.reason(err)
			if err := w.save(func(b *batch) { w.failPart(b, g.ID, string(fault.CodeOf(err)), why) }); err != nil {
				return err
			}
		}
	}
	return nil
}

// knowable tells whether everything that the step refers to is there already.
func (w *worker) knowable(s plan.Step) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return run.Ready(s, w.entries()) == run.Go
}

func (w *worker) resolveFinal(s plan.Step) (plan.Resolved, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return plan.Resolve(s, run.Results(w.entries()))
}

// quoteFor reads a goal's quote from the step that ends it, together with what the final step will choose from it; where that
// step states no price, from the final step's own arguments and choices.
func (w *worker) quoteFor(g plan.GoalPlan) (order.Quote, bool) {
	s, ok := w.t.Plan.Step(g.Final)
	if !ok {
		return w.readStep(g, g.End, nil)
	}
	final, err := w.resolveFinal(*s)
	if err != nil {
		return w.readStep(g, g.End, nil)
	}
	if q, ok := w.readStep(g, g.End, final.Picked); ok {
		return q, true
	}
	svc, found := w.service(w.ctx, s.Service)
	c, known := svc.Capability(s.Skill, s.Capability)
	if !found || !known {
		return order.Quote{}, false
	}
	return quote.Read(c, g, *s, final.Args, track.Result{}, final.Picked, svc)
}

// readStep reads a quote from what a done step returned; more are the choices that a later step makes from it.
func (w *worker) readStep(g plan.GoalPlan, id string, more []plan.Picked) (order.Quote, bool) {
	s, ok := w.t.Plan.Step(id)
	if !ok {
		return order.Quote{}, false
	}
	w.mu.Lock()
	row := w.steps[id]
	w.mu.Unlock()
	if row == nil || row.State != assist.StepDone || row.Result == nil {
		return order.Quote{}, false
	}
	svc, ok := w.service(w.ctx, s.Service)
	if !ok {
		return order.Quote{}, false
	}
	c, ok := svc.Capability(s.Skill, s.Capability)
	if !ok {
		return order.Quote{}, false
	}
	picked := append([]plan.Picked(nil), row.Picked...)
	for _, p := range more {
		if p.Step == id {
			picked = append(picked, p)
		}
	}
	return quote.Read(c, g, *s, row.Args, *row.Result, picked, svc)
}
