package model

import (
	"slices"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
)

// drivenGoal is a goal that is carried out step by step, with its first step.
type drivenGoal struct {
	Service string    `json:"service"` // or skill of a package
	Step    plan.Step `json:"step"`
	Ends    bool      `json:"ends,omitempty"`
}

// drive lets the model take over the goals for which the embedded mind would have to ask what people do not know, such as an id that
// it cannot find among the service's results. It returns what the turn keeps of them.
func (t *talk) drive(out assist.Thought) map[string]drivenGoal {
	if out.Plan == nil {
		return nil
	}
	var driven map[string]drivenGoal
	for _, g := range out.Plan.Goals {
		if !slices.ContainsFunc(out.Asks, func(a assist.Ask) bool { return a.Opaque && a.Goal == g.ID }) {
			continue
		}
		g.Driven = partOf(t.r, out.Plan, g)
		next, err := t.Next(t.ctx, assist.Driven{Request: t.r, Goal: g, Words: wordsOf(out.Goals, g.ID)})
		t.add(next.Model)
		if err != nil || next.Step == nil {
			continue
		}
		if driven == nil {
			driven = map[string]drivenGoal{}
		}
		driven[g.ID] = drivenGoal{Service: g.Driven, Step: *next.Step, Ends: next.Ends}
	}
	return driven
}

// add counts what a step's question cost to the turn's.
func (t *talk) add(u *assist.ModelUse) {
	if u == nil {
		return
	}
	t.use.Requests += u.Requests
	t.use.PromptTokens += u.PromptTokens
	t.use.AnswerTokens += u.AnswerTokens
	t.use.Estimated = t.use.Estimated || u.Estimated
}

func wordsOf(goals []assist.GoalView, id string) string {
	for _, g := range goals {
		if g.ID == id {
			return g.Text
		}
	}
	return ""
}

// partOf names the service, or skill of a package with several, that a goal is planned with.
func partOf(r assist.Request, p *plan.Plan, g plan.GoalPlan) string {
	for _, s := range r.Services {
		if s.ID != g.Service || len(s.Skills) < 2 {
			continue
		}
		for _, step := range p.Steps {
			if step.Goal == g.ID {
				return s.ID + "/" + step.Skill
			}
		}
	}
	return g.Service
}

// handOver puts the driven goals' first steps in the place of what the embedded mind composed of them.
func handOver(t assist.Thought, driven map[string]drivenGoal) assist.Thought {
	if len(driven) == 0 || t.Plan == nil {
		return t
	}
	p := *t.Plan
	p.Goals = slices.Clone(p.Goals)
	p.Steps = slices.DeleteFunc(slices.Clone(p.Steps), func(s plan.Step) bool { _, ok := driven[s.Goal]; return ok })
	for i, g := range p.Goals {
		d, ok := driven[g.ID]
		if !ok {
			continue
		}
		p.Goals[i] = plan.Drive(plan.GoalPlan{ID: g.ID, Title: g.Title, Service: g.Service, Driven: d.Service}, d.Step, d.Ends, nil)
		p.Steps = append(p.Steps, d.Step)
	}
	t.Plan = &p
	t.Asks = slices.DeleteFunc(slices.Clone(t.Asks), func(a assist.Ask) bool { _, ok := driven[a.Goal]; return ok })
	return t
}
