package understand

import (
	"cmp"
	"regexp"
	"slices"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
)

var basketWord = regexp.MustCompile(`(?i)\b(?:basket|cart|bag|tray)\b|购物车|购物篮|洗衣篮|篮子|[车篮]`)

// intoBasket is how a description says that a thing is put into a basket.
var intoBasket = regexp.MustCompile(`加入|添加|放入|放进|加购|加到|(?i)\b(?:add|put)s?\b.{0,40}\b(?:basket|cart|bag|tray)\b`)

// fillBasket adds the calls that put the goal's things into the basket which an end submits, where that end takes no
// thing itself: it speaks of a basket, none of its inputs is a thing, and a sibling puts things into one.
func (b *builder) fillBasket(end catalog.Capability) (filled bool, last string) {
	if !basketWord.MatchString(words(end.Name)+" "+headOf(end.Description)) || takesThings(end.Input, 0) {
		return false, ""
	}
	adder, ok := b.basketAdder(end)
	if !ok {
		return false, ""
	}
	for _, it := range b.goal.items[:min(len(b.goal.items), plan.MaxSteps/2)] {
		w := b.wantOf(it)
		args := b.fill(adder, w, 0)
		after := b.preconditions(adder, w, 0)
		if last != "" {
			after = append(after, last)
		}
		last = b.add(plan.Step{Goal: b.goal.id, Service: adder.Service, Skill: adder.Skill, Capability: adder.Name, Args: args, Effect: adder.Effect, After: after, Title: b.title(adder, w)})
	}
	return true, last
}

// takesThings tells that an input is a thing that is ordered, or a list of them.
func takesThings(s *catalog.Schema, depth int) bool {
	if s == nil || depth > 3 {
		return false
	}
	return slices.ContainsFunc(s.Properties, func(p catalog.Property) bool {
		r := roleOf(p.Name, p.Schema, false)
		return r == roleID && !basketWord.MatchString(words(p.Name)) || r == roleQuantity || p.Schema.Items != nil && takesThings(p.Schema.Items, depth+1)
	})
}

// basketAdder is the sibling that puts one thing into the basket.
func (b *builder) basketAdder(end catalog.Capability) (catalog.Capability, bool) {
	for _, c := range b.service().Capabilities {
		if c.Name == end.Name || c.Skill != end.Skill || c.Effect == catalog.Read || c.Effect == catalog.Payment || isUndo(c) || !takesThings(c.Input, 0) {
			continue
		}
		head := headOf(c.Description)
		if anyOf([]string{"add", "put", "append"}, nameWords(c)) || intoBasket.MatchString(head) {
			return c, true
		}
	}
	return catalog.Capability{}, false
}

// checkOut submits the basket after the last thing was put in.
func (b *builder) checkOut(end catalog.Capability, last string) []plan.GoalPlan {
	w := b.wantOf(b.goal.items[0])
	args := b.fill(end, w, 0)
	id := b.add(plan.Step{Goal: b.goal.id, Service: end.Service, Skill: end.Skill, Capability: end.Name, Args: args, Effect: end.Effect, After: []string{last}, Title: b.title(end, w)})
	if end.Effect == catalog.Reversible {
		g := b.goalPlan(id, b.finalAfter(end, id), true)
		g.Cancel, g.Pay = b.cancelOf(id), b.payOf(cmp.Or(g.Final, id))
		return []plan.GoalPlan{g}
	}
	g := b.goalPlan(last, id, true)
	g.Cancel, g.Pay = b.cancelOf(id), b.payOf(id)
	return []plan.GoalPlan{g}
}
