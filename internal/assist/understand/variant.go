package understand

import (
	"fmt"
	"slices"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
)

// isVariants tells that an input is one of several objects.
func isVariants(s *catalog.Schema) bool {
	return !slices.ContainsFunc(s.Options, func(o *catalog.Schema) bool { return len(o.Properties) == 0 })
}

// What counts for one of several objects: that its own constant was said, that a member was, and a question that it needs.
const (
	variantNamed = 3
	variantSaid  = 1
	variantAsks  = 2
)

// variant fills an input that is one of several objects (collected in a shop, or sent to an address): the one that the
// words speak of most and that leaves least to be asked; the first of equals.
func (b *builder) variant(c catalog.Capability, at string, p catalog.Property, w want, depth int) (plan.Arg, bool) {
	asks, steps := len(b.asks), len(b.steps)
	var best plan.Arg
	var bestAsks []pending
	var bestSteps []plan.Step
	score, found := 0, false
	for _, o := range p.Schema.Options {
		args := b.object(c, o, at+".", w, depth)
		s := variantSaid*saidIn(args) - variantAsks*(len(b.asks)-asks) + variantNamed*b.namesVariant(o)
		if !found || s > score {
			best, score, found = plan.Arg{Object: args}, s, true
			bestAsks, bestSteps = slices.Clone(b.asks[asks:]), slices.Clone(b.steps[steps:])
		}
		b.asks, b.steps = b.asks[:asks], b.steps[:steps]
	}
	if !p.Required && (len(bestAsks) > 0 || score <= 0) {
		return plan.Arg{}, false
	}
	b.asks, b.steps = append(b.asks, bestAsks...), append(b.steps, bestSteps...)
	return best, found
}

// saidIn counts the members that were said.
func saidIn(args map[string]plan.Arg) int {
	n := 0
	for _, a := range args {
		if a.From == "said" || a.From == "enum" {
			n++
		}
		n += saidIn(a.Object)
	}
	return n
}

// namesVariant is 1 when the words say a constant of an object, -1 when they refuse it.
func (b *builder) namesVariant(o *catalog.Schema) int {
	for _, p := range o.Properties {
		s := p.Schema
		if s.Const == nil && len(s.Enum) != 1 {
			continue
		}
		one := *s
		if s.Const != nil {
			one.Enum = []any{s.Const}
		}
		if found := findEnum(p.Name, &one, b.goal.text); len(found) > 0 {
			b.note("“%s” → %s", found[0].words, fmt.Sprint(one.Enum[0]))
			return 1
		}
	}
	return 0
}
