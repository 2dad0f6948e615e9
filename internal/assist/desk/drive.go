package desk

import (
	"encoding/json"
	"slices"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/fault"
)

// driveOn takes the goals on that are driven step by step and whose steps are done: each by one step that the mind proposes, which is
// checked like a plan. It returns whether there was any; then it is gathered again.
func (w *worker) driveOn() (bool, error) {
	driver, ok := w.Mind.(assist.Driver)
	for i, g := range w.t.Plan.Goals {
		if g.Driven == "" || !w.t.Parts[g.ID].open() {
			continue
		}
		d, done := w.driven(g)
		if !done {
			continue
		}
		next := assist.Next{}
		if ok && len(d.Steps) < assist.MaxDriven {
			req, err := w.request()
			if err != nil {
				return true, err
			}
			d.Request = req
			if next, err = driver.Next(w.calls(), d); err != nil && w.interrupted() {
				return true, nil
			}
		}
		return true, w.takeOn(i, next)
	}
	return false, nil
}

// driven is what a goal came to so far; done tells that none of its steps is under way.
func (w *worker) driven(g plan.GoalPlan) (assist.Driven, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	d := assist.Driven{Goal: g, Words: goalText(w.t.Goals, g.ID), Results: map[string]json.RawMessage{}}
	for _, s := range w.t.Plan.Steps {
		row := w.steps[s.ID]
		if s.Goal != g.ID {
			continue
		}
		if row == nil || row.State != assist.StepDone {
			return d, false
		}
		d.Steps = append(d.Steps, s)
		if row.Result != nil {
			d.Results[s.ID] = row.Result.Structured
		}
	}
	return d, true
}

// takeOn makes the proposed step part of the plan; where there is none, or it does not pass, the goal ends where it is.
func (w *worker) takeOn(at int, next assist.Next) error {
	p := *w.t.Plan
	p.Goals = slices.Clone(p.Goals)
	if next.Step != nil {
		p.Steps = append(slices.Clone(p.Steps), *next.Step)
		p.Goals[at] = plan.Drive(p.Goals[at], *next.Step, next.Ends, next.Cancel)
		if err := plan.Check(&p, w.finder(w.ctx)); err != nil {
			w.Log.Warn("a proposed step was refused", "turn", w.t.ID, "goal", p.Goals[at].ID, "error", err)
			next.Step = nil
		}
	}
	if next.Step == nil {
		p.Steps, p.Goals = w.t.Plan.Steps, slices.Clone(w.t.Plan.Goals)
		p.Goals[at].Driven = ""
	}
	return w.save(func(b *batch) {
		w.t.Plan = &p
		w.queueNew(b)
		if next.Step != nil {
			w.tellPlan(b)
		}
		if g := p.Goals[at]; g.Driven == "" && g.End == "" && g.Final == "" {
			w.failPart(b, g.ID, string(fault.Unsupported), w.say("fault_unsupported"))
		}
		if next.Model != nil {
			use := *next.Model
			use.Turn = w.t.ID
			b.tell(w.t.Conversation, assist.EventModel, use)
		}
		b.turn(w.t)
	})
}
