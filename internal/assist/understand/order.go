package understand

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// compose builds the goal's steps. Quantities become a field, a list, added calls or goals of their own.
func (b *builder) compose() []plan.GoalPlan {
	ends := b.ends()
	if c, ok := b.guidedEnd(ends); ok && c.Effect == catalog.Read {
		return b.answerBy(c)
	} else if ok {
		return b.order(c)
	}
	if b.informs(ends) {
		return b.answer()
	}
	return b.order(ends[0])
}

var past = regexp.MustCompile(`[点买订叫]了|\bdid i\b|\bhave i\b|\bi ordered\b`)

// pricing asks for a price and nothing more.
var pricing = regexp.MustCompile(`(?:多少钱|什么价钱?|运费多少|几块钱)[呢啊呀吗? ]*$|^(?:.{0,12}\b)?how much\b|^what(?:'s| is| are)? .{0,24}\b(?:price|cost|fee|fare|rate|charge)s?\b|^what (?:does|do|would|will) .{1,60}\bcosts?\b|(?:价格|价钱|费用)是?多少[呢啊呀吗? ]*$|怎么收费|收费标准`)

// ordersToo tells that a goal with a question word still orders something.
func (b *builder) ordersToo() bool {
	if past.MatchString(b.goal.text) || pricing.MatchString(b.goal.text) {
		return false
	}
	for _, t := range lexicon.Tokens(blank("polite", b.goal.text)) {
		if t.Concept == "v.order" || t.Concept == "v.reserve" || t.Concept == "v.send" {
			return true
		}
	}
	return false
}

func (b *builder) answer() []plan.GoalPlan {
	cs := b.answerEnds()
	if len(cs) == 0 {
		b.refusal = tr(b.lang, "“"+b.service().Name+"”没有能做这件事的接口。", "“"+b.service().Name+"” has nothing that could do this.")
		return nil
	}
	if asks, uses := b.tryRead(cs[0]); asks {
		for _, c := range append(cs[1:], uses...) {
			if asks, _ := b.tryRead(c); !asks {
				b.note("%s needs no question, %s would", c.Name, cs[0].Name)
				return b.answerBy(c)
			}
		}
	}
	return b.answerBy(cs[0])
}

// tryRead tells whether a read could not be called without asking for something that was not said, and which other reads
// it would be told by, the nearest first.
func (b *builder) tryRead(c catalog.Capability) (asks bool, uses []catalog.Capability) {
	n, steps, next, told := len(b.asks), len(b.steps), *b.next, len(b.told)
	b.step(c, b.wantOf(b.goal.items[0]), 0)
	asks = slices.ContainsFunc(b.asks[n:], func(a pending) bool { return a.Kind != assist.AskConsent })
	for _, s := range slices.Backward(b.steps[steps:]) {
		if used, ok := b.service().Capability(s.Skill, s.Capability); ok && used.Name != c.Name && used.Effect == catalog.Read {
			uses = append(uses, used)
		}
	}
	b.asks, b.steps, *b.next, b.told = b.asks[:n], b.steps[:steps], next, b.told[:told]
	return asks, uses
}

func (b *builder) answerBy(c catalog.Capability) []plan.GoalPlan {
	id := b.step(c, b.wantOf(b.goal.items[0]), 0)
	return []plan.GoalPlan{b.goalPlan(id, "", false)}
}

func (b *builder) goalPlan(end, final string, order bool) plan.GoalPlan {
	g := plan.GoalPlan{ID: b.goal.id, Title: b.goalTitle(), Service: b.service().ID, End: end, Final: final, Order: order}
	for _, s := range b.steps {
		if s.Goal == b.goal.id {
			g.Steps = append(g.Steps, s.ID)
		}
	}
	return g
}

func (b *builder) order(end catalog.Capability) []plan.GoalPlan {
	first := b.wantOf(b.goal.items[0])
	b.counted, b.listed = false, false
	if filled, last := b.fillBasket(end); filled {
		return b.checkOut(end, last)
	}
	if maker, ok := b.makerOf(end); ok {
		b.note("%s makes final what %s makes", end.Name, maker.Name)
		end = maker
	}
	id := b.step(end, first, 0)
	last := b.repeat(end, id)
	if end.Effect == catalog.Reversible {
		return append([]plan.GoalPlan{b.begun(end, last)}, b.others(end)...)
	}
	quote := b.quoteBefore(end, id)
	g := b.goalPlan(quote, id, true)
	g.Cancel, g.Pay = b.cancelOf(id), b.payOf(id)
	return append([]plan.GoalPlan{g}, b.others(end)...)
}

// begun is the goal of an order that a reversible step began, with what submits it.
func (b *builder) begun(end catalog.Capability, last string) plan.GoalPlan {
	final := b.finalAfter(end, last)
	g := b.goalPlan(last, final, true)
	g.Cancel, g.Pay = b.cancelOf(cmp.Or(final, last)), b.payOf(cmp.Or(final, last))
	return g
}

// others makes a goal of its own of every further thing that the service takes only one of at a time. Words that change
// nothing in the call ("three movers", when the number of movers is an input already) are no further thing.
func (b *builder) others(end catalog.Capability) []plan.GoalPlan {
	var out []plan.GoalPlan
	whole := b.goal.id
	for i, it := range b.apart[:min(len(b.apart), plan.MaxGoals-1)] {
		b.goal.id = fmt.Sprintf("%s.%d", whole, i+2)
		again := it.text == b.goal.items[0].text
		it.count = 1
		steps, asks := len(b.steps), len(b.asks)
		id := b.step(end, b.wantOf(it), 0)
		if !again && (b.addsNothing(id, steps) || b.onlyByTime(steps)) {
			b.note("“%s” changes nothing in %s: no order of its own", it.text, end.Name)
			b.steps, b.asks = b.steps[:steps], b.asks[:asks]
			continue
		}
		if end.Effect == catalog.Reversible {
			out = append(out, b.begun(end, id))
			continue
		}
		g := b.goalPlan(b.quoteBefore(end, id), id, true)
		g.Cancel, g.Pay = b.cancelOf(id), b.payOf(id)
		out = append(out, g)
	}
	b.goal.id = whole
	return out
}

// addsNothing tells that a step, which is the last of those from a place on, says nothing that an earlier call of the
// same capability does not say too.
func (b *builder) addsNothing(id string, from int) bool {
	if len(b.steps) != from+1 || b.steps[from].ID != id {
		return false // it has calls of its own before it
	}
	s := b.steps[from]
	return slices.ContainsFunc(b.steps[:from], func(old plan.Step) bool {
		if old.Service != s.Service || old.Skill != s.Skill || old.Capability != s.Capability {
			return false
		}
		for name, a := range s.Args {
			if string(catalog.MustJSON(old.Args[name])) != string(catalog.MustJSON(a)) {
				return false
			}
		}
		return true
	})
}

// onlyByTime tells that all that steps from a place on choose from lists goes by the time said, which is the same for the whole
// goal: other words beside it choose nothing else there.
func (b *builder) onlyByTime(from int) bool {
	some := false
	for _, s := range b.steps[from:] {
		for _, a := range s.Args {
			if a.Ref == nil || a.Ref.Pick == nil {
				continue
			}
			if p := a.Ref.Pick; !p.Soft || p.At == "" && p.Within == nil {
				return false
			}
			some = true
		}
	}
	return some
}

// intoCart puts the further items into the cart that the end checks out, by the same call that put in the first.
func (b *builder) intoCart(rest []item, end string) bool {
	at := slices.IndexFunc(b.steps, func(s plan.Step) bool { return s.ID == end })
	for i := at - 1; i >= 0; i-- {
		c, ok := b.service().Capability(b.steps[i].Skill, b.steps[i].Capability)
		if !ok || c.Effect != catalog.Reversible || !b.cartLike(c) {
			continue
		}
		last, cart := b.steps[i].ID, b.steps[i].ID
		order := b.steps[at]
		b.steps = slices.Delete(b.steps, at, at+1)
		for _, it := range rest[:min(len(rest), plan.MaxSteps/2)] {
			last = b.putInto(c, it, cart, last)
		}
		order.After = append(order.After, last)
		b.steps = append(b.steps, order)
		return true
	}
	return false
}

// putInto adds one call that puts an item into the cart that an earlier call made.
func (b *builder) putInto(c catalog.Capability, it item, cart, last string) string {
	w := b.wantOf(it)
	args := b.fill(c, w, 0)
	for _, p := range c.Input.Properties {
		if path, score := findOutput(c, p.Name); score >= sameName-0.1 && path != nil && roleOf(p.Name, p.Schema, false) == roleID && !p.Required {
			args[p.Name] = plan.Arg{Ref: &plan.Ref{Step: cart, Path: path}, From: "step"}
		}
	}
	return b.add(plan.Step{Goal: b.goal.id, Service: c.Service, Skill: c.Skill, Capability: c.Name, Args: args, Effect: c.Effect, After: []string{last}, Title: b.title(c, w)})
}

// repeat adds the calls for what one call did not take: the rest of the count and the other items. Returns the last.
func (b *builder) repeat(end catalog.Capability, first string) string {
	if b.listed {
		return first
	}
	var rest []item
	for i, it := range b.goal.items {
		n := max(it.count, 1)
		if b.counted || uncounted[it.measure] || it.measure == "" && b.queryOf(it.text) == "" {
			n = 1
		}
		for k := range n {
			if i > 0 || k > 0 {
				rest = append(rest, it)
			}
		}
	}
	if len(rest) == 0 {
		return first
	}
	adder, ok := b.adder(end)
	if !ok && b.intoCart(rest, first) {
		return first
	}
	if !ok && end.Effect == catalog.Reversible && slices.ContainsFunc(rest, b.single) {
		b.refusal = tr(b.lang, "“"+b.service().Name+"”一次只能订一份。", "“"+b.service().Name+"” takes only one at a time.")
		return first
	}
	if !ok {
		b.apart = rest
		return first
	}
	last := first
	for _, it := range rest[:min(len(rest), plan.MaxSteps/2)] {
		w := b.wantOf(it)
		w.item.count = 1
		args := b.fill(adder, w, 0)
		after := append(b.preconditions(adder, w, 0), last)
		last = b.add(plan.Step{Goal: b.goal.id, Service: adder.Service, Skill: adder.Skill, Capability: adder.Name, Args: args, Effect: adder.Effect, After: slices.Compact(after), Title: b.title(adder, w)})
	}
	return last
}

// single tells that a further thing is the first once more, or none that the service is known to have: nobody who wants
// two seats wants two bookings, and what may be no booking at all is not booked, even where it can be taken back.
func (b *builder) single(it item) bool {
	return it.text == b.goal.items[0].text || b.canonical(b.queryOf(it.text)) == ""
}

// adder is the sibling that adds one more to what end began: it takes the same required inputs and its name or description says "add".
func (b *builder) adder(end catalog.Capability) (catalog.Capability, bool) {
	for _, c := range b.service().Capabilities {
		if c.Name == end.Name || c.Skill != end.Skill || c.Effect == catalog.Read || isUndo(c) {
			continue
		}
		head := headOf(c.Description)
		adds := anyOf([]string{"add", "append", "more"}, nameWords(c)) || strings.Contains(head, "追加") || strings.Contains(head, "再加") || strings.Contains(head, "加入") || strings.Contains(head, "添加") || strings.Contains(head, "加单") || strings.Contains(head, "加一")
		if adds && sameInputs(c, end) {
			return c, true
		}
	}
	if end.Effect != catalog.Irreversible && !overwrites(end.Description) && b.cartLike(end) {
		return end, true
	}
	return catalog.Capability{}, false
}

// sameInputs tells that a takes the things that b takes: all that it requires but ids, and one of what b requires.
func sameInputs(a, b catalog.Capability) bool {
	shared := false
	for _, p := range a.Input.Properties {
		_, ok := b.Input.Property(p.Name)
		if p.Required && !ok && roleOf(p.Name, p.Schema, false) != roleID {
			return false
		}
		shared = shared || ok && p.Required
	}
	return shared
}

func overwrites(d string) bool {
	return strings.Contains(d, "覆盖") || strings.Contains(d, "overwrit") || strings.Contains(d, "replaces")
}

func (b *builder) cartLike(c catalog.Capability) bool {
	head := headOf(c.Description)
	return anyOf([]string{"cart", "basket", "add"}, nameWords(c)) || strings.Contains(head, "购物车") && intoBasket.MatchString(head)
}
