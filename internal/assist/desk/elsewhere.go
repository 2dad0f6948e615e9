package desk

import (
	"fmt"
	"slices"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// turnElsewhere looks for another service when a goal's service does not answer: only before anything is confirmed, only
// when nothing but reads was asked of it, and not when the person named it. The mind thinks again without that service.
func (w *worker) turnElsewhere(s plan.Step, row *step) (bool, error) {
	g, _ := w.goal(s.Goal)
	if s.Effect != "read" || w.t.Replans >= MaxReplans || w.anyOrder() || w.left(g) || w.answeredOnce(s) || !downCode(row.Code) {
		return false, nil
	}
	if w.refusedTo(s.Service) {
		return true, w.save(func(b *batch) {
			row.Open = false
			b.step(row)
			w.failPart(b, s.Goal, string(fault.Denied), w.say("needs_consent", w.serviceName(s.Service)))
		})
	}
	if w.named(s.Service) {
		return true, w.save(func(b *batch) {
			row.Open = false
			b.step(row)
			w.failPart(b, s.Goal, row.Code, w.say("down_named", w.serviceName(s.Service)))
		})
	}
	return true, w.save(func(b *batch) {
		row.Open = false
		b.step(row)
		p := w.t.Parts[s.Goal]
		p.Replan = s.Service
		p.Mends++
		if !slices.Contains(w.t.Down, s.Service) {
			w.t.Down = append(w.t.Down, s.Service)
		}
		w.t.Replans++
		w.t.Phase = phaseThink
		b.turn(w.t)
	})
}

// downCode tells faults of a service that cannot be worked with from those that another answer would mend.
func downCode(code string) bool {
	return slices.Contains([]string{string(fault.Unavailable), string(fault.Timeout), string(fault.Merchant)}, code)
}

func (w *worker) anyOrder() bool {
	for _, p := range w.t.Parts {
		if p.Order != "" || p.Quote != nil {
			return true
		}
	}
	return false
}

// answeredOnce tells whether the service answered a read of this goal: then it is not down.
func (w *worker) answeredOnce(s plan.Step) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.ContainsFunc(w.t.Plan.Steps, func(o plan.Step) bool {
		row := w.steps[o.ID]
		return o.Goal == s.Goal && o.Service == s.Service && row != nil && row.State == assist.StepDone
	})
}

// refusedTo tells whether the person did not let the service see something: that it then cannot go on is no reason to turn
// to another one, which would ask for the same.
func (w *worker) refusedTo(service string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.ContainsFunc(w.t.Consents, func(c assist.Consent) bool { return c.Service == service && !c.Always })
}

// named tells whether the person asked for the service by its name.
func (w *worker) named(service string) bool {
	return lexicon.Mentions(w.t.Said.Text, w.serviceName(service))
}

// working leaves the services out that do not answer.
func (w *worker) working(all []catalog.Service) []catalog.Service {
	if len(w.t.Down) == 0 {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(s catalog.Service) bool { return slices.Contains(w.t.Down, s.ID) })
}

// replan takes from a new thought the goals whose service does not answer; all others stay as they are.
func (w *worker) replan(th assist.Thought) error {
	p, told := w.t.Plan, []string{}
	var dropped []plan.Step
	failed := map[string]string{}
	for _, g := range w.t.Plan.Goals {
		down := w.t.Parts[g.ID].Replan
		if down == "" {
			continue
		}
		next, gone, by, ok := w.regoal(p, g, th)
		if !ok {
			failed[g.ID] = w.say("down_nobody", w.serviceName(down))
			continue
		}
		p, dropped = next, append(dropped, gone...)
		told = append(told, w.say("down_switch", w.serviceName(down), g.Title, w.serviceName(by)))
	}
	if err := plan.Check(p, w.finder(w.ctx)); err != nil {
		w.Log.Warn("a plan was refused", "turn", w.t.ID, "engine", th.Engine, "error", err)
		return w.dropReplans()
	}
	return w.save(func(b *batch) {
		b.exposures(w, givenUp(w.exposed(th), failed))
		w.t.Plan, w.t.Phase, w.t.Dropped = p, phaseGather, append(w.t.Dropped, dropped...)
		w.skipDropped(b, dropped)
		w.queueNew(b)
		if len(dropped) > 0 {
			w.tellPlan(b)
		}
		for id, part := range w.t.Parts {
			if part.Replan != "" && failed[id] != "" {
				w.failPart(b, id, string(fault.Unavailable), failed[id])
			}
			part.Replan = ""
		}
		b.turn(w.t)
		for _, text := range told {
			b.tell(w.t.Conversation, assist.EventReply, assist.Reply{Turn: w.t.ID, Text: text})
		}
	})
}

// regoal finds the goal that was read from the same words in a new thought, at a service that answers.
func (w *worker) regoal(p *plan.Plan, g plan.GoalPlan, th assist.Thought) (*plan.Plan, []plan.Step, string, bool) {
	if th.Plan == nil {
		return nil, nil, "", false
	}
	with, ok := w.sameGoal(g, th)
	if !ok {
		return nil, nil, "", false
	}
	next, gone, err := plan.Graft(p, g.ID, th.Plan, with, fmt.Sprintf("r%d", w.t.Replans))
	if err != nil {
		return nil, nil, "", false
	}
	by := ""
	for _, s := range next.Steps {
		if s.Goal == g.ID {
			by = s.Service
		}
		if s.Goal == g.ID && slices.Contains(w.t.Down, s.Service) {
			return nil, nil, "", false
		}
	}
	return next, gone, by, by != ""
}

// sameGoal finds the goal of a new thought that was read from the same words.
func (w *worker) sameGoal(g plan.GoalPlan, th assist.Thought) (string, bool) {
	words := goalText(w.t.Goals, g.ID)
	if words == "" {
		return g.ID, true
	}
	for _, v := range th.Goals {
		if v.Text == words {
			return v.ID, true
		}
	}
	return "", false
}

func goalText(goals []assist.GoalView, id string) string {
	for _, v := range goals {
		if v.ID == id {
			return v.Text
		}
	}
	return ""
}

// dropReplans fails the goals for which nobody else was found.
func (w *worker) dropReplans() error {
	return w.save(func(b *batch) {
		for id, part := range w.t.Parts {
			if part.Replan != "" {
				w.failPart(b, id, string(fault.Unavailable), w.say("down_nobody", w.serviceName(part.Replan)))
				part.Replan = ""
			}
		}
		w.t.Phase = phaseGather
		b.turn(w.t)
	})
}

func (w *worker) skipDropped(b *batch, dropped []plan.Step) {
	for _, s := range dropped {
		row := w.steps[s.ID]
		if row == nil || row.State == assist.StepFailed || row.State == assist.StepDone {
			continue
		}
		row.State = assist.StepSkipped
		b.step(row)
		w.tellStep(b, row)
	}
}

// queueNew adds the journal rows of steps that have none.
func (w *worker) queueNew(b *batch) {
	for _, s := range w.t.Plan.Steps {
		if w.steps[s.ID] != nil {
			continue
		}
		row := &step{Entry: run.Entry{Turn: w.t.ID, Step: s.ID, Goal: s.Goal, Title: s.Title, Effect: s.Effect, State: assist.StepQueued}}
		w.steps[s.ID] = row
		b.step(row)
	}
}

// tellPlan shows the plan as it is now, and how far its steps are.
func (w *worker) tellPlan(b *batch) {
	b.tell(w.t.Conversation, assist.EventPlan, assist.PlanMade{Turn: w.t.ID, Hash: plan.Hash(w.t.Plan), Steps: w.views(w.t.Plan)})
	for _, s := range w.t.Plan.Steps {
		if row := w.steps[s.ID]; row.State != assist.StepQueued {
			w.tellStep(b, row)
		}
	}
}
