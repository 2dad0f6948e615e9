package plan

import (
	"encoding/json"
	"slices"
)

// Settled looks at what the plan's other steps pick from the list that step id returned. picks tells that any does;
// settled, that more elements of the list would change none of the picks: something that was named is there, or the
// person or the plan said which one it is. What is cheapest, nearest or soonest is known only of the whole list.
func Settled(p *Plan, id string, result json.RawMessage) (picks, settled bool) {
	settled = true
	for _, s := range p.Steps {
		for _, name := range sortedKeys(s.Args) {
			eachRef(s.Args[name], func(ref Ref) {
				if ref.Step != id || !(ref.Pick != nil || slices.Contains(ref.Path, "*") || slices.Contains(ref.Path, "**")) {
					return
				}
				picks = true
				r := resolver{step: s, results: map[string]json.RawMessage{id: result}, watch: true}
				if _, err := r.ref(ref, name); err != nil || r.passing {
					settled = false
				}
			})
		}
	}
	return picks, picks && settled
}

func eachRef(a Arg, visit func(Ref)) {
	if a.Ref != nil {
		visit(*a.Ref)
	}
	for _, k := range sortedKeys(a.Object) {
		eachRef(a.Object[k], visit)
	}
	for _, x := range a.List {
		eachRef(x, visit)
	}
}

// lasting tells that a choice stays the same whatever comes behind the list.
func lasting(list []any, p Pick, c Choice) bool {
	switch {
	case p.Chosen != nil || p.Index > 0 || p.Nth > 0 || p.Prefer == WhyFirst || c.Why.Key == WhyKind:
		return true
	case p.Index < 0 || p.Prefer != "" || p.At != "" || p.Within != nil:
		return false
	}
	e := list[c.Index]
	if p.Query != "" {
		return likeness(p.Query, e) >= exactly
	}
	return p.Said != "" && mentions(list, saidFeatures(p.Said), p.Said)[c.Index].share >= exactly
}
