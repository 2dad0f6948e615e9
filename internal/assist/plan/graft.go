package plan

import (
	"slices"

	"github.com/bangwo/bangwo/internal/fault"
)

// Graft returns p with one goal's steps replaced by those by which another plan reaches the goal with; the goal keeps
// its id and its place. mark goes before the ids of the new steps, so that they meet no older ones. Steps of p that the
// goal no longer needs come back beside it. The result is not checked. Faults: not_found (no such goal), limit.
func Graft(p *Plan, goal string, from *Plan, with, mark string) (*Plan, []Step, error) {
	at := slices.IndexFunc(p.Goals, func(g GoalPlan) bool { return g.ID == goal })
	by := slices.IndexFunc(from.Goals, func(g GoalPlan) bool { return g.ID == with })
	if at < 0 || by < 0 {
		return nil, nil, fault.New(fault.NotFound, "there is no goal %s, or none to take its place", goal)
	}
	needed := stepsOf(from, from.Goals[by])
	out := *p
	out.Goals, out.Steps = slices.Clone(p.Goals), nil
	var dropped []Step
	for _, s := range p.Steps {
		if s.Goal == goal {
			dropped = append(dropped, s)
		} else {
			out.Steps = append(out.Steps, s)
		}
	}
	for _, s := range from.Steps {
		if needed[s.ID] {
			out.Steps = append(out.Steps, marked(s, goal, mark))
		}
	}
	if len(out.Steps) > MaxSteps {
		return nil, nil, fault.New(fault.Limit, "a plan has at most %d steps", MaxSteps)
	}
	g := from.Goals[by]
	g.ID, g.Title, g.End, g.Final = goal, either(p.Goals[at].Title, g.Title), markID(g.End, mark), markID(g.Final, mark)
	g.Steps = slices.Clone(g.Steps)
	for i := range g.Steps {
		g.Steps[i] = markID(g.Steps[i], mark)
	}
	if g.Cancel != nil {
		c := marked(*g.Cancel, goal, mark)
		g.Cancel = &c
	}
	if g.Pay != nil {
		c := marked(*g.Pay, goal, mark)
		g.Pay = &c
	}
	out.Goals[at] = g
	return &out, dropped, nil
}

// stepsOf are a goal's own steps and every other that they wait for.
func stepsOf(p *Plan, g GoalPlan) map[string]bool {
	out := map[string]bool{}
	for _, s := range slices.Backward(p.Steps) {
		if s.Goal != g.ID && !out[s.ID] {
			continue
		}
		out[s.ID] = true
		for _, d := range s.Deps() {
			out[d] = true
		}
	}
	return out
}

func marked(s Step, goal, mark string) Step {
	s.ID, s.Goal = markID(s.ID, mark), goal
	s.After = slices.Clone(s.After)
	for i := range s.After {
		s.After[i] = markID(s.After[i], mark)
	}
	s.Args = mapRefs(s.Args, func(r Ref) Ref { r.Step = markID(r.Step, mark); return r })
	return s
}

func markID(id, mark string) string {
	if id == "" {
		return ""
	}
	return mark + id
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
