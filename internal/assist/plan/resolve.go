package plan

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/bangwo/bangwo/internal/fault"
)

// Resolved is a step's arguments with every reference replaced by the JSON value it points to.
type Resolved struct {
	Args   map[string]any
	Picked []Picked // what was chosen from lists, with the reason
}

// Picked is one element chosen from a list.
type Picked struct {
	Step    string          `json:"step"` // the step whose result was chosen from
	Arg     string          `json:"arg"`  // the argument it was chosen for
	Value   any             `json:"value"`
	Element json.RawMessage `json:"element"`
	Title   string          `json:"title"`
	Why     Reason          `json:"why"`
}

// Close is a pick with two good readings: the person chooses. The answer goes into Ref.Pick.Chosen of Arg.
type Close struct {
	Step       string // the step that waits
	Arg        string
	Candidates []Candidate
}

// Candidate is one of them. Value is what the argument would get.
type Candidate struct {
	Value  any
	Title  string
	Names  []string // its other names, in whichever language
	Detail string
	Amount int64 // minor units where a price was found
}

func (c *Close) Error() string {
	return fmt.Sprintf("step %s: %d candidates for %s are equally good", c.Step, len(c.Candidates), c.Arg)
}

// Nothing is a list in which nothing fits.
type Nothing struct {
	Step   string // the step that waits
	Arg    string
	From   string // the step whose list it is
	Query  string
	Barred Barred      // what was asked for is there and cannot be had
	Near   []Candidate // what comes nearest, best first
}

func (n *Nothing) Error() string {
	return fmt.Sprintf("step %s: nothing like %q was found", n.Step, n.Query)
}

// Resolve replaces references by values from the results of earlier steps (by step id, structured JSON).
// Errors: *Close (ask the person), *Nothing (nothing fits), fault merchant (a result lacks what it promised).
func Resolve(s Step, results map[string]json.RawMessage) (Resolved, error) {
	r := resolver{step: s, results: results}
	args := map[string]any{}
	for _, name := range sortedKeys(s.Args) {
		v, err := r.arg(s.Args[name], name)
		if leftOut(s.Args[name], err) {
			continue
		}
		if err != nil {
			return Resolved{}, err
		}
		args[name] = v
	}
	return Resolved{Args: args, Picked: r.picked}, nil
}

// leftOut tells that an argument may do without the element that a list does not have.
func leftOut(a Arg, err error) bool {
	var n *Nothing
	return a.Ref != nil && a.Ref.Optional && errors.As(err, &n) && len(n.Near) == 0 && n.Barred.Why == ""
}

type resolver struct {
	step    Step
	results map[string]json.RawMessage
	picked  []Picked
	watch   bool // note whether a choice may change with more elements
	passing bool // one may
}

func (r *resolver) arg(a Arg, at string) (any, error) {
	switch {
	case a.Ref != nil:
		return r.ref(*a.Ref, at)
	case a.Object != nil:
		out := map[string]any{}
		for _, k := range sortedKeys(a.Object) {
			v, err := r.arg(a.Object[k], at+"."+k)
			if leftOut(a.Object[k], err) {
				continue
			}
			if err != nil {
				return nil, err
			}
			out[k] = v
		}
		return out, nil
	case a.List != nil:
		out := []any{}
		for i, x := range a.List {
			v, err := r.arg(x, fmt.Sprintf("%s[%d]", at, i))
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		return out, nil
	}
	return a.Value, nil
}

func (r *resolver) ref(ref Ref, at string) (any, error) {
	raw, ok := r.results[ref.Step]
	if !ok {
		return nil, fault.New(fault.Merchant, "step %s gave no data for %s", ref.Step, at)
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, fault.New(fault.Merchant, "the result of step %s is not JSON: %w", ref.Step, err)
	}
	path := ref.Path
	if len(path) > 0 && path[0] == "**" {
		whole := v
		if v, path = deepest(v, path[1:]); path == nil && ref.Like != nil {
			v, path = whole, likeliest(whole, *ref.Like)
		}
		if path == nil {
			if ref.Pick != nil {
				return nil, nothing(r.step, ref, at, Choice{})
			}
			return nil, fault.New(fault.Merchant, "the result of step %s has no %v anywhere, which %s needs", ref.Step, ref.Path[1:], at)
		}
	}
	for i, name := range path {
		if name == "*" {
			list, _ := v.([]any)
			element, err := r.choose(ref, list, path[i+1:], at)
			if err != nil {
				return nil, err
			}
			v = element
			continue
		}
		m, _ := v.(map[string]any)
		if v, ok = m[name]; !ok || v == nil {
			if ref.Pick != nil && slices.Contains(path[i:], "*") {
				return nil, nothing(r.step, ref, at, Choice{}) // no list at all is an empty list
			}
			return nil, fault.New(fault.Merchant, "the result of step %s has no %s, which %s needs", ref.Step, name, at)
		}
	}
	return v, nil
}

func (r *resolver) choose(ref Ref, list []any, rest []string, at string) (any, error) {
	pick := Pick{}
	if ref.Pick != nil {
		pick = *ref.Pick
	}
	c := Choose(list, pick, rest)
	switch {
	case c.Index < 0 && len(c.Close) > 0:
		return nil, &Close{Step: r.step.ID, Arg: at, Candidates: c.Close}
	case c.Index < 0:
		return nil, nothing(r.step, ref, at, c)
	}
	element := list[c.Index]
	if r.watch {
		r.passing = r.passing || !lasting(list, pick, c)
	}
	raw, err := json.Marshal(element)
	if err != nil {
		return nil, fault.New(fault.Merchant, "an element of step %s cannot be kept: %w", ref.Step, err)
	}
	value, _ := dig(element, rest)
	r.picked = append(r.picked, Picked{Step: ref.Step, Arg: at, Value: value, Element: raw, Title: TitleOf(element), Why: c.Why})
	return element, nil
}

func nothing(s Step, ref Ref, at string, c Choice) *Nothing {
	n := &Nothing{Step: s.ID, Arg: at, From: ref.Step, Barred: c.Barred, Near: c.Near}
	if ref.Pick != nil {
		n.Query = ref.Pick.Query
	}
	return n
}

func dig(v any, path []string) (any, bool) {
	for _, name := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil, false
		}
		if v, ok = m[name]; !ok {
			return nil, false
		}
	}
	return v, true
}

// deepest serves "**": it finds, level by level, the first object that has the path's first member, or the first list
// of such objects, and returns what is left of the path from there (nil when there is none).
func deepest(v any, path []string) (any, []string) {
	level := []any{v}
	for depth := 0; depth < maxNesting && len(level) > 0; depth++ {
		var next []any
		for _, x := range level {
			switch t := x.(type) {
			case map[string]any:
				if _, ok := t[path[0]]; ok {
					return t, path
				}
				for _, k := range sortedKeys(t) {
					next = append(next, t[k])
				}
			case []any:
				if len(t) == 0 {
					continue
				}
				if m, ok := t[0].(map[string]any); ok && m[path[0]] != nil {
					return t, append([]string{"*"}, path...)
				}
				next = append(next, t[:min(len(t), MaxCandidates)]...)
			}
		}
		level = next
	}
	return nil, nil
}

// maxNesting bounds how deep "**" looks.
const maxNesting = 8
