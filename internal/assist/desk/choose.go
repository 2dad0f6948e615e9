package desk

import (
	"fmt"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/fault"
)

// choose puts the person's choice into the plan: the reference that could not decide gets the value.
func choose(t *turn, p *pause) error {
	i := -1
	for n, c := range p.Choices {
		if c.Value == p.Answer.Value {
			i = n
		}
	}
	s, ok := findStep(t.Plan, p.Step)
	if !ok || i < 0 || i >= len(p.Values) {
		return fault.New(fault.Internal, "pause %s has no choice %q", p.ID(), p.Answer.Value)
	}
	ref, ok := pickAt(s.Args, p.Arg)
	if !ok {
		return fault.New(fault.Internal, "step %s has no pick at %s", p.Step, p.Arg)
	}
	if ref.Pick == nil {
		ref.Pick = &plan.Pick{}
	}
	ref.Pick.Chosen = p.Values[i]
	return nil
}

// findStep finds a step of the plan, or a goal's cancelling step.
func findStep(p *plan.Plan, id string) (*plan.Step, bool) {
	if p == nil {
		return nil, false
	}
	return p.Step(id)
}

// pickAt finds the reference at a path such as "items[0].drinkId".
func pickAt(args map[string]plan.Arg, at string) (*plan.Ref, bool) {
	for name, a := range args {
		if ref, ok := pickIn(a, name, at); ok {
			return ref, true
		}
	}
	return nil, false
}

func pickIn(a plan.Arg, here, at string) (*plan.Ref, bool) {
	if here == at {
		return a.Ref, a.Ref != nil
	}
	if !strings.HasPrefix(at, here) {
		return nil, false
	}
	for k, sub := range a.Object {
		if ref, ok := pickIn(sub, here+"."+k, at); ok {
			return ref, true
		}
	}
	for i, sub := range a.List {
		if ref, ok := pickIn(sub, fmt.Sprintf("%s[%d]", here, i), at); ok {
			return ref, true
		}
	}
	return nil, false
}
