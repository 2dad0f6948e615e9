package plan

import (
	"fmt"
	"math"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
)

// Find looks a capability up in the catalogue.
type Find func(service, skill, capability string) (catalog.Capability, bool)

// Check validates a plan before anything runs: known capabilities, effects as the catalogue classes them (a plan cannot
// make a step look more harmless than it is), steps in an order in which references point backwards (so no cycles),
// references of a shape the producer can have, literal values that fit the schema, required inputs present, and
// the bounds. Faults: invalid, limit. It does not change p.
func Check(p *Plan, find Find) error {
	if len(p.Steps) > MaxSteps || len(p.Goals) > MaxGoals {
		return fault.New(fault.Limit, "a plan of %d goals and %d steps is beyond the bound of %d and %d", len(p.Goals), len(p.Steps), MaxGoals, MaxSteps)
	}
	seen := map[string]catalog.Capability{}
	for _, s := range p.Steps {
		c, ok := find(s.Service, s.Skill, s.Capability)
		if !ok {
			return bad(s, "there is no capability %s of service %s", s.Capability, s.Service)
		}
		if s.Effect != c.Effect {
			return bad(s, "its effect is %s, the plan says %s", c.Effect, s.Effect)
		}
		if _, dup := seen[s.ID]; dup || s.ID == "" {
			return bad(s, "the step id %q is empty or used twice", s.ID)
		}
		for _, d := range s.Deps() {
			if _, ok := seen[d]; !ok {
				return bad(s, "it refers to %q, which is not an earlier step", d)
			}
		}
		if err := checkObject(s, c.Input, s.Args, "", seen); err != nil {
			return err
		}
		seen[s.ID] = c
	}
	return checkGoals(p, seen)
}

func checkGoals(p *Plan, steps map[string]catalog.Capability) error {
	for _, g := range p.Goals {
		for _, id := range append([]string{g.End, g.Final}, g.Steps...) {
			if id == "" {
				continue
			}
			if _, ok := steps[id]; !ok {
				return fault.New(fault.Invalid, "goal %s names the step %q, which is not in the plan", g.ID, id)
			}
		}
	}
	return nil
}

func bad(s Step, format string, args ...any) error {
	return fault.New(fault.Invalid, "step %s (%s): %s", s.ID, s.Capability, fmt.Sprintf(format, args...))
}

func checkObject(s Step, schema *catalog.Schema, args map[string]Arg, at string, seen map[string]catalog.Capability) error {
	if schema == nil {
		return nil
	}
	for _, p := range schema.Properties {
		if p.Required {
			if _, ok := args[p.Name]; !ok {
				return bad(s, "the required input %s%s is missing", at, p.Name)
			}
		}
	}
	for _, name := range sortedKeys(args) {
		sub, ok := schema.Property(name)
		if !ok && schema.Closed {
			return bad(s, "the input %s%s is not in the schema", at, name)
		}
		if !ok {
			continue
		}
		if err := checkArg(s, sub, args[name], at+name, seen); err != nil {
			return err
		}
	}
	return nil
}

func checkArg(s Step, schema *catalog.Schema, a Arg, at string, seen map[string]catalog.Capability) error {
	switch {
	case a.Ref != nil:
		return checkRef(s, a.Ref, at, seen)
	case a.Object != nil:
		if !schema.Is("object") {
			return bad(s, "%s is an object, the schema wants %v", at, schema.Types)
		}
		return checkObject(s, schema, a.Object, at+".", seen)
	case a.List != nil:
		if !schema.Is("array") {
			return bad(s, "%s is a list, the schema wants %v", at, schema.Types)
		}
		for i, x := range a.List {
			if schema.Items == nil {
				break
			}
			if err := checkArg(s, schema.Items, x, fmt.Sprintf("%s[%d]", at, i), seen); err != nil {
				return err
			}
		}
		return nil
	}
	return checkValue(s, schema, a.Value, at)
}

func checkRef(s Step, r *Ref, at string, seen map[string]catalog.Capability) error {
	c, ok := seen[r.Step]
	if !ok {
		return bad(s, "%s refers to %q, which is not an earlier step", at, r.Step)
	}
	if len(r.Path) == 0 {
		return bad(s, "%s refers to %s without a path", at, r.Step)
	}
	out := c.Output
	for _, name := range r.Path {
		if out == nil || (len(out.Properties) == 0 && out.Items == nil) {
			return nil // the merchant did not declare this far: resolved and checked when it runs
		}
		if name == "*" {
			out = out.Items
			continue
		}
		next, ok := out.Property(name)
		if !ok && out.Closed {
			return bad(s, "%s refers to %v, which %s does not return", at, r.Path, c.Name)
		}
		out = next
	}
	return nil
}

func checkValue(s Step, schema *catalog.Schema, v any, at string) error {
	if t := jsonType(v); !schema.Is(t) && len(schema.Options) == 0 {
		return bad(s, "%s is a %s, the schema wants %v", at, t, schema.Types)
	}
	if len(schema.Enum) == 0 {
		return nil
	}
	for _, e := range schema.Enum {
		if fmt.Sprint(e) == fmt.Sprint(v) {
			return nil
		}
	}
	return bad(s, "%s is %v, the schema allows only %v", at, v, schema.Enum)
}

func jsonType(v any) string {
	switch n := v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case float64:
		if n == math.Trunc(n) {
			return "integer"
		}
		return "number"
	case int, int64:
		return "integer"
	case []any, []string:
		return "array"
	default:
		return "object"
	}
}
