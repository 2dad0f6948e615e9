package understand

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// What verbs in a capability's name say about whether calling it ends a goal with an order.
var (
	orderVerbs = []string{"create", "place", "submit", "book", "reserve", "order", "checkout", "buy", "purchase", "request", "call", "make", "schedule", "confirm", "start", "send", "apply", "pay", "topup", "recharge", "register", "subscribe", "rent", "hail", "dispatch"}
	undoVerbs  = []string{"cancel", "remove", "delete", "refund", "clear", "revoke", "withdraw", "abort", "return", "void"}
	sideVerbs  = []string{"update", "modify", "change", "edit", "save", "add", "append", "rate", "review", "set", "toggle", "invoice", "favorite", "favourite", "collect", "feedback", "notify", "login", "reschedule", "select", "choose", "remind", "urge", "pay"}
	orderHan   = []string{"下单", "预订", "预定", "预约", "叫车", "创建订单", "新建订单", "新建", "提交订单", "购买", "订购", "呼叫", "挂号", "寄件", "下单并", "发起", "购票", "订票"}
	undoHan    = []string{"取消", "删除", "退款", "清空", "撤销", "退订", "退票"}
)

func nameWords(c catalog.Capability) []string {
	return strings.Fields(strings.ToLower(words(c.Name)))
}

func anyOf(list []string, in []string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return slices.Contains(in, w) })
}

// isUndo tells that a capability takes something back.
func isUndo(c catalog.Capability) bool {
	ws := nameWords(c)
	if len(ws) > 0 && slices.Contains(undoVerbs, ws[0]) {
		return true
	}
	head := headOf(c.Description)
	return slices.ContainsFunc(undoHan, func(w string) bool { return strings.HasPrefix(head, w) })
}

func headOf(d string) string {
	if i := labelEnd.FindStringIndex(d); i != nil && i[0] > 0 {
		return d[:i[0]]
	}
	return d
}

// endScore says how well calling c would end the goal with an order; below zero it would not.
func (b *builder) endScore(c catalog.Capability) float64 {
	if c.Effect == catalog.Read || isUndo(c) {
		return -1
	}
	ws, score := nameWords(c), 0.0
	if anyOf(orderVerbs, ws) {
		score += 2
	}
	head := headOf(c.Description)
	for _, w := range orderHan {
		if strings.Contains(head, w) {
			score += 1.5
			break
		}
	}
	if len(ws) > 0 && slices.Contains(sideVerbs, ws[0]) {
		score -= 2.5
	}
	if slices.Contains(ws, "cart") || slices.Contains(ws, "basket") {
		score -= 1
	}
	if c.Effect == catalog.Payment {
		score -= 1
	}
	for f, w := range lexicon.Features(words(c.Name) + " " + c.Description) {
		if _, ok := b.feats()[f]; ok && !generic(f) {
			score += 0.3 * w
		}
	}
	if refuses.MatchString(head) {
		score--
	}
	return score
}

func (b *builder) feats() map[string]float64 { return lexicon.Features(b.goal.text) }

// ends ranks the capabilities that could end the goal with an order.
func (b *builder) ends() []catalog.Capability {
	type ranked struct {
		c catalog.Capability
		s float64
	}
	var rs []ranked
	for _, c := range b.service().Capabilities {
		if s := b.endScore(c); s > 0 {
			rs = append(rs, ranked{c, s})
		}
	}
	slices.SortStableFunc(rs, func(a, b ranked) int { return cmp.Compare(b.s, a.s) })
	out := make([]catalog.Capability, len(rs))
	for i, r := range rs {
		out[i] = r.c
		b.note("end %s %.2f (%s)", r.c.Name, r.s, r.c.Effect)
	}
	return out
}

// answerEnd picks the read that answers a question about the goal.
func (b *builder) answerEnd() (catalog.Capability, bool) {
	var best catalog.Capability
	score := -1e9
	for _, c := range b.service().Capabilities {
		if c.Effect != catalog.Read {
			continue
		}
		s := b.fitness(c)
		for f, w := range lexicon.Features(words(c.Name) + " " + c.Description) {
			if _, ok := b.feats()[f]; ok {
				s += 0.4 * w
			}
		}
		if s > score {
			best, score = c, s
		}
	}
	return best, score > -1e9
}

// compose builds the goal's steps. Quantities become a field, a list, added calls or goals of their own.
func (b *builder) compose() []plan.GoalPlan {
	ends := b.ends()
	if b.goal.asks && !b.ordersToo() || len(ends) == 0 {
		return b.answer()
	}
	return b.order(ends[0])
}

var past = regexp.MustCompile(`[点买订叫]了|\bdid i\b|\bhave i\b|\bi ordered\b`)

// ordersToo tells that a goal with a question word still orders something.
func (b *builder) ordersToo() bool {
	if past.MatchString(b.goal.text) {
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
	c, ok := b.answerEnd()
	if !ok {
		b.refusal = tr(b.lang, "“"+b.service().Name+"”没有能做这件事的接口。", "“"+b.service().Name+"” has nothing that could do this.")
		return nil
	}
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
	id := b.step(end, first, 0)
	last := b.repeat(end, id)
	if end.Effect == catalog.Reversible {
		final := b.finalAfter(end, last)
		g := b.goalPlan(last, final, true)
		g.Cancel = b.cancelOf(cmp.Or(final, last))
		return []plan.GoalPlan{g}
	}
	quote := b.quoteBefore(end, id)
	g := b.goalPlan(quote, id, true)
	g.Cancel = b.cancelOf(id)
	return append([]plan.GoalPlan{g}, b.others(end)...)
}

// others makes a goal of its own of every further thing that the service takes only one of at a time.
func (b *builder) others(end catalog.Capability) []plan.GoalPlan {
	var out []plan.GoalPlan
	whole := b.goal.id
	for i, it := range b.apart[:min(len(b.apart), plan.MaxGoals-1)] {
		b.goal.id = fmt.Sprintf("%s.%d", whole, i+2)
		it.count = 1
		id := b.step(end, b.wantOf(it), 0)
		g := b.goalPlan(b.quoteBefore(end, id), id, true)
		g.Cancel = b.cancelOf(id)
		out = append(out, g)
	}
	b.goal.id = whole
	return out
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
		if b.counted {
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
	if !ok && end.Effect != catalog.Reversible {
		b.apart = rest
		return first
	}
	if !ok {
		b.refusal = tr(b.lang, "“"+b.service().Name+"”一次只能订一份。", "“"+b.service().Name+"” takes only one at a time.")
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

// adder is the sibling that adds one more to what end began: it takes the same required inputs and its name or description says "add".
func (b *builder) adder(end catalog.Capability) (catalog.Capability, bool) {
	for _, c := range b.service().Capabilities {
		if c.Name == end.Name || c.Skill != end.Skill || c.Effect == catalog.Read || isUndo(c) {
			continue
		}
		head := headOf(c.Description)
		adds := anyOf([]string{"add", "append", "more"}, nameWords(c)) || strings.Contains(head, "追加") || strings.Contains(head, "再加") || strings.Contains(head, "加入") || strings.Contains(head, "添加")
		if adds && sameInputs(c, end) {
			return c, true
		}
	}
	if end.Effect != catalog.Irreversible && !overwrites(end.Description) && b.cartLike(end) {
		return end, true
	}
	return catalog.Capability{}, false
}

func sameInputs(a, b catalog.Capability) bool {
	for _, p := range a.Input.Properties {
		if _, ok := b.Input.Property(p.Name); p.Required && !ok && roleOf(p.Name, p.Schema, false) != roleID {
			return false
		}
	}
	for _, p := range b.Input.Properties {
		if _, ok := a.Input.Property(p.Name); p.Required && !ok {
			return false
		}
	}
	return true
}

func overwrites(d string) bool {
	return strings.Contains(d, "覆盖") || strings.Contains(d, "overwrit") || strings.Contains(d, "replaces")
}

func (b *builder) cartLike(c catalog.Capability) bool {
	return anyOf([]string{"cart", "basket", "add"}, nameWords(c)) || strings.Contains(headOf(c.Description), "购物车")
}
