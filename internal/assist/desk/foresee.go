package desk

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/catalog"
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
		var none *plan.Nothing
		switch {
		case err == nil:
			continue
		case errors.As(err, &none):
			w.found(none)
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
	svc, found := w.service(w.ctx, s.Service)
	c, known := svc.Capability(s.Skill, s.Capability)
	if picks := picksFrom(final.Picked, g.End); found && known && len(picks) > 0 {
		// the list may state a sum over everything in it: what counts is what was chosen from it
		if q, ok := quote.Read(c, g, *s, final.Args, track.Result{}, picks, svc); ok {
			return w.withOffer(q, g, final), true
		}
	}
	if q, ok := w.readStep(g, g.End, final.Picked); ok {
		return w.withOffer(q, g, final), true
	}
	if !found || !known {
		return order.Quote{}, false
	}
	q, ok := quote.Read(c, g, *s, final.Args, track.Result{}, final.Picked, svc)
	if !ok {
		q, ok = quote.Read(c, g, *s, final.Args, track.Result{}, append(w.pickedFor(g), w.heldBy(g)...), svc) // what was chosen on the way has the price
	}
	return w.withOffer(q, g, final), ok
}

// pickedFor are all choices made on the goal's way, in the order of its steps.
func (w *worker) pickedFor(g plan.GoalPlan) []plan.Picked {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []plan.Picked
	for _, id := range g.Steps {
		if row := w.steps[id]; row != nil {
			out = append(out, row.Picked...)
		}
	}
	return out
}

// heldBy is what the step before the final one said of what it holds: a deposit stands there, where the price does not.
func (w *worker) heldBy(g plan.GoalPlan) []plan.Picked {
	w.mu.Lock()
	defer w.mu.Unlock()
	row := w.steps[g.End]
	if row == nil || row.State != assist.StepDone || row.Result == nil || row.Result.IsError {
		return nil
	}
	return []plan.Picked{{Step: g.End, Element: row.Result.Structured}}
}

func picksFrom(all []plan.Picked, step string) []plan.Picked {
	return slices.DeleteFunc(slices.Clone(all), func(p plan.Picked) bool { return p.Step != step })
}

// maxAround bounds the facts taken from around an offer.
const maxAround = 6

// withOffer adds what stands around the chosen offer in the result (from where to where), and takes the price of one offer
// that was chosen as a whole for what it is: a quote, not a sum of unit prices.
func (w *worker) withOffer(q order.Quote, g plan.GoalPlan, final plan.Resolved) order.Quote {
	chosen := slices.ContainsFunc(final.Picked, func(p plan.Picked) bool { return p.Step == g.End })
	s, ok := w.t.Plan.Step(g.End)
	if !chosen || !ok {
		return q
	}
	if len(q.Lines) == 1 && q.Lines[0].Quantity == 1 {
		q.Estimated = false
	}
	w.mu.Lock()
	row := w.steps[g.End]
	w.mu.Unlock()
	svc, found := w.service(w.ctx, s.Service)
	c, known := svc.Capability(s.Skill, s.Capability)
	var facts map[string]any
	if !found || !known || c.Output == nil || row == nil || row.Result == nil || json.Unmarshal(row.Result.Structured, &facts) != nil {
		return q
	}
	for _, p := range c.Output.Properties {
		v, isText := facts[p.Name].(string)
		if !isText || v == "" || len(q.Details) >= maxAround || strings.HasSuffix(strings.ToLower(p.Name), "id") || strings.Contains(v, "://") || len(v) == len("CNY") {
			continue
		}
		if v == q.Address || slices.ContainsFunc(q.Details, func(d order.Detail) bool { return d.Value == v }) {
			continue
		}
		q.Details = append(q.Details, order.Detail{Label: labelOf(p), Value: clip(v, MaxNote)})
	}
	return q
}

// labelOf is a member's name for people: the head of its description, else its own name.
func labelOf(p catalog.Property) string {
	head, _, _ := strings.Cut(strings.NewReplacer("，", ",", "。", ",", "；", ",", ".", ",", ";", ",", "(", ",", "（", ",", "/", ",").Replace(p.Schema.Description), ",")
	if head = strings.TrimSpace(head); head != "" {
		return clip(head, 40)
	}
	return strings.ReplaceAll(p.Name, "_", " ")
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
	if p, ok := w.meant(g, id, row); ok {
		picked = append(picked, p)
	}
	for _, p := range more {
		if p.Step == id {
			picked = append(picked, p)
		}
	}
	return quote.Read(c, g, *s, row.Args, *row.Result, picked, svc)
}

// priced tells that the goal's services state a price somewhere: then no order goes out without one that was read.
func (w *worker) priced(g plan.GoalPlan) bool {
	for _, id := range []string{g.End, g.Final} {
		s, ok := w.t.Plan.Step(id)
		if !ok {
			continue
		}
		svc, found := w.service(w.ctx, s.Service)
		if c, known := svc.Capability(s.Skill, s.Capability); found && known && catalog.Priced(c.Output) {
			return true
		} else if known && c.Output == nil && w.states(id) {
			return true
		}
	}
	return false
}

// states tells that a step's result has an amount in it, though its schema says nothing of any.
func (w *worker) states(id string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	row := w.steps[id]
	return row != nil && row.Result != nil && quote.States(*row.Result)
}

// meant finds the one offer of a step's result that the final step's own words name: an option sent with the order
// (the car type) that stands in one element only.
func (w *worker) meant(g plan.GoalPlan, id string, row *step) (plan.Picked, bool) {
	s, ok := w.t.Plan.Step(g.Final)
	if !ok || id != g.End || len(s.Args) == 0 {
		return plan.Picked{}, false
	}
	final, err := w.resolveFinal(*s)
	if err != nil || len(final.Picked) > 0 {
		return plan.Picked{}, false
	}
	var result map[string]any
	if json.Unmarshal(row.Result.Structured, &result) != nil {
		return plan.Picked{}, false
	}
	for _, name := range slices.Sorted(maps.Keys(final.Args)) {
		v, isText := final.Args[name].(string)
		if e := elementWith(result, v); isText && e != nil {
			return plan.Picked{Step: id, Arg: name, Value: v, Element: catalog.MustJSON(e), Title: plan.TitleOf(e), Why: plan.Reason{Key: plan.WhyNamed, Words: name}}, true
		}
	}
	return plan.Picked{}, false
}

// elementWith finds the only object in the result's lists that has the value as a member.
func elementWith(result map[string]any, value string) map[string]any {
	var found map[string]any
	for _, k := range slices.Sorted(maps.Keys(result)) {
		list, _ := result[k].([]any)
		for _, e := range list[:min(len(list), plan.MaxElements)] {
			m, _ := e.(map[string]any)
			for _, v := range m {
				if v != value {
					continue
				}
				if found != nil {
					return nil
				}
				found = m
				break
			}
		}
	}
	return found
}
