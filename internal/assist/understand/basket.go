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

// submitWord is how a description says that what was gathered is ordered, though it names no basket.
var submitWord = regexp.MustCompile(`(?i)\b(?:check ?out|submit|place|order|pay|complete)\b|结算|结账|提交|下单|付款`)

// fillBasket adds the calls that put the goal's things into the basket which an end submits, where that end takes no
// thing itself: it speaks of a basket, none of its inputs is a thing, and a sibling puts things into one.
func (b *builder) fillBasket(end catalog.Capability) (filled bool, last string) {
	adder, ok := b.basketAdder(end)
	if !ok || !b.submitsBasket(end, adder) {
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

// submitsBasket tells that an end orders what was put into a basket: it takes no thing itself, neither one by the id by which
// the adder takes it nor a number or a list of them. What else it takes by an id (a time slot, an address, a coupon, the
// basket) says how the order is to be.
func (b *builder) submitsBasket(end, adder catalog.Capability) bool {
	if !takesThings(end.Input, 0) {
		return basketWord.MatchString(words(end.Name)+" "+headOf(end.Description)) || submitWord.MatchString(words(end.Name)+" "+headOf(end.Description)) && basketWord.MatchString(words(adder.Name)+" "+headOf(adder.Description))
	}
	own := thingIDs(adder.Input)
	return len(own) > 0 && basketWord.MatchString(words(end.Name)+" "+headOf(end.Description)) && !slices.ContainsFunc(end.Input.Properties, func(p catalog.Property) bool {
		return slices.Contains(own, flatName(p.Name)) || roleOf(p.Name, p.Schema, false) == roleQuantity || p.Schema.Items != nil && takesThings(p.Schema.Items, 1)
	})
}

// thingIDs are the ids by which a call takes the things that it is about: those it must have.
func thingIDs(s *catalog.Schema) []string {
	var out []string
	for _, p := range s.Properties {
		if p.Required && roleOf(p.Name, p.Schema, false) == roleID && !basketWord.MatchString(words(p.Name)) {
			out = append(out, flatName(p.Name))
		}
	}
	return out
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
