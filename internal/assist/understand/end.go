package understand

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// What verbs in a capability's name say about whether calling it ends a goal with an order.
var (
	orderVerbs = []string{"create", "place", "submit", "book", "reserve", "order", "checkout", "buy", "purchase", "request", "call", "make", "schedule", "confirm", "start", "send", "apply", "pay", "topup", "recharge", "register", "subscribe", "rent", "hail", "dispatch"}
	undoVerbs  = []string{"cancel", "remove", "delete", "refund", "clear", "revoke", "withdraw", "abort", "return", "void", "release"}
	sideVerbs  = []string{"update", "modify", "change", "edit", "save", "add", "append", "rate", "review", "set", "toggle", "invoice", "favorite", "favourite", "collect", "feedback", "notify", "login", "reschedule", "select", "choose", "remind", "urge", "pay"}
	orderHan   = []string{"下单", "预订", "预定", "预约", "叫车", "创建订单", "新建订单", "新建", "提交订单", "购买", "订购", "呼叫", "挂号", "寄件", "下单并", "发起", "购票", "订票", "结算"}
	undoHan    = []string{"取消", "删除", "退款", "清空", "撤销", "退订", "退票"}
)

func nameWords(c catalog.Capability) []string {
	return strings.Fields(catalog.NameWords(c.Name))
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
	if len(ws) > 1 && slices.Contains([]string{"cancel", "cancellation", "revoke", "void", "abort", "refund"}, ws[len(ws)-1]) {
		return true // job_cancel, apply_refund
	}
	head := headOf(c.Description)
	return takesBack.MatchString(head) || slices.ContainsFunc(undoHan, func(w string) bool { return strings.HasPrefix(head, w) })
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
	score := affinityWeight*b.affinity(c) + b.prior(c)
	if verb := b.voices().of[c.Key()].verb; b.says(verb) {
		score += verbSaid
		if !ordersAnything[verb] {
			score += verbSaid // it says what is wanted: a renewal is no reservation
		}
	}
	return score
}

// ordersAnything are the verbs of ordering whatever it is.
var ordersAnything = map[string]bool{"v.order": true, "v.reserve": true, "v.send": true, "v.pay": true, "v.deliver": true, "v.pickup": true}

// What counts for an end: how much it speaks of what was said, and that the verb it begins with was said.
const (
	affinityWeight = 3.0
	basePrior      = 0.4 // of anything that does something at all
	verbSaid       = 1.0
)

// prior is what a capability's own words say of its ending errands at all, whatever was said.
func (b *builder) prior(c catalog.Capability) float64 {
	ws, score := nameWords(c), basePrior
	if anyOf(orderVerbs, ws) {
		score += 1.5
	}
	head := headOf(c.Description)
	if slices.ContainsFunc(orderHan, func(w string) bool { return strings.Contains(head, w) }) {
		score++
	}
	if len(ws) > 0 && slices.Contains(sideVerbs, ws[0]) && !b.says(lexicon.Concept(ws[0])) {
		score -= 2
	}
	if slices.Contains(ws, "cart") || slices.Contains(ws, "basket") || basketWord.MatchString(head) && intoBasket.MatchString(head) {
		score--
	}
	if c.Effect == catalog.Payment && !b.says("v.pay") && !b.says("v.charge") {
		score--
	}
	if refuses.MatchString(head) {
		score--
	}
	return score
}

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

// feats are the features of the goal's words, verbs and their objects closed up.
func (b *builder) feats() map[string]float64 {
	out := lexicon.Features(b.goal.text)
	for _, pair := range openedVerbs(b.goal.text) {
		out[pair] = 1
	}
	return out
}

// answerEnds ranks the reads that may answer a question about the goal: those that speak nearly as much of it as the first.
func (b *builder) answerEnds() []catalog.Capability {
	type ranked struct {
		c catalog.Capability
		s float64
	}
	var rs []ranked
	q := b.queryOf(b.goal.items[0].text)
	names := q != "" && !b.kindOfService(q)
	for _, c := range b.service().Capabilities {
		if c.Effect == catalog.Read {
			s := b.fitness(c) + affinityWeight*b.affinity(c) - unsaidInput*float64(b.unsaid(c))
			if basketWord.MatchString(words(c.Name)+" "+headOf(c.Description)) && !basketWord.MatchString(b.goal.text) && !takesThings(c.Input, 0) {
				s -= emptyBasket
			}
			if b.goal.timed && b.goal.moment.HasDate && hearsTime(c.Input, 0) {
				s += hearsDay
			}
			if names && searchesByWord(c) {
				s += searchesThing
			}
			if listAsk.MatchString(b.goal.text) && listingVerb.MatchString(headOf(c.Description)) {
				s += searchesThing
			}
			rs = append(rs, ranked{c, s})
		}
	}
	slices.SortStableFunc(rs, func(a, b ranked) int { return cmp.Compare(b.s, a.s) })
	var out []catalog.Capability
	for _, r := range rs {
		if rs[0].s-r.s <= answersToo {
			b.note("read %s %.2f", r.c.Name, r.s)
			out = append(out, r.c)
		}
	}
	return out
}

// listAsk asks what there is.
var listAsk = regexp.MustCompile(`^(?:what|which|are there|is there)\b|\bany\b|有哪些|有什么|有没有|都有|哪几|最[早晚]一?班`)

// unsaid is how many of the inputs that a read requires the words do not say: each has to be found or asked.
func (b *builder) unsaid(c catalog.Capability) int {
	n, g := 0, b.goal
	for _, p := range c.Input.Properties {
		if !p.Required {
			continue
		}
		switch r := roleOf(p.Name, p.Schema, true); {
		case r == roleTo && (g.to != "" || g.cities.to != nil), r == roleFrom && (g.from != "" || g.cities.from != nil), r == roleTime && g.timed, r == roleKeyword:
		case len(p.Schema.Enum) > 0 && len(findEnum(p.Name, p.Schema, g.text)) > 0:
		case r == roleID:
			n += 2 // it takes another call first
		default:
			n++
		}
	}
	return n
}

// unsaidInput is what each required input costs a read that should answer a question; answersToo is how much less another
// read may speak of it and still be taken, where the first would need a question of its own.
const (
	unsaidInput = 0.15
	answersToo  = 1.2
	emptyBasket = 1.5 // of a read about a basket that nothing was put into
	hearsDay    = 0.6 // of a read that takes the day which was said

	searchesThing = 0.6 // of a read that is searched by words, where a question names a thing to search for
)

// searchesByWord tells that a capability is searched by words for things.
func searchesByWord(c catalog.Capability) bool {
	return slices.ContainsFunc(c.Input.Properties, func(p catalog.Property) bool { return roleOf(p.Name, p.Schema, true) == roleKeyword })
}

// hearsTime tells that an input is a moment.
func hearsTime(s *catalog.Schema, depth int) bool {
	return s != nil && depth < maxDepth && slices.ContainsFunc(s.Properties, func(p catalog.Property) bool {
		return roleOf(p.Name, p.Schema, true) == roleTime || hearsTime(p.Schema, depth+1)
	})
}

// informs tells that the goal wants to know something, not to have something done.
func (b *builder) informs(ends []catalog.Capability) bool {
	if len(ends) == 0 {
		return true
	}
	if b.ordersToo() {
		return false
	}
	if b.goal.asks || pricing.MatchString(b.goal.text) || available.MatchString(b.goal.text) || has("lookup", checkIn.ReplaceAllString(b.goal.text, " ")) {
		return true
	}
	return recordNoun.MatchString(strings.TrimRight(b.goal.text, " 吧呢啊呀.。!！")) && !b.acts()
}

// available asks whether there is any: "any courts free tonight", 今晚还有场地吗.
var available = regexp.MustCompile(`^(?:are|is) .*\b(?:free|available|vacant)\b|\bany\b[^,.]{1,60}\b(?:free|available|left|open|vacant)\b|有(?:没有)?[^,。]{0,16}[吗么嘛]|(?:有空|有位|有房|有票|有货|有号)[吗么嘛没]`)

// checkIn is no looking up.
var checkIn = regexp.MustCompile(`\bcheck(?:ing)?[ -](?:in|out)\b`)

// recordNoun ends a phrase that names something to look at.
var recordNoun = regexp.MustCompile(`(?:记录|历史|进度|状态|列表|清单|明细|详情|余额|情况|信息|价目表|价格|时刻表|菜单|天气|\b(?:history|status|list|details|records|schedule|timetable|prices?|menu|info|information|progress|weather))$`)

// acts tells that the goal's words have a verb of doing.
func (b *builder) acts() bool {
	if b.goal.to != "" || asksFor.MatchString(lexicon.Fold(b.goal.text)) {
		return true
	}
	for _, t := range lexicon.Tokens(blank("polite", b.goal.text)) {
		if strings.HasPrefix(t.Concept, "v.") && t.Concept != "v.search" {
			return true
		}
	}
	return false
}
