package understand

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// quantity fills an input that says how many: of people, of the things ordered, or of something beside them.
func (b *builder) quantity(p catalog.Property, w want) (plan.Arg, bool) {
	if aside(p) || ofGroup(p) && statesNone(p) {
		return b.beside(p, w)
	}
	if v, ok := b.measured(p, w); ok {
		b.counted = b.counted || w.item.count > 0 && v == float64(w.item.count)
		return value(v, "said"), true
	}
	if lasts(p) {
		return b.howLong(p)
	}
	n := w.item.count
	if countsPeople(p) && b.goal.people > 0 || n == 0 {
		n = b.goal.people
	}
	if n == 0 && !p.Required {
		return plan.Arg{}, false
	}
	v, ok := fitNumber(p.Schema, max(n, 1))
	if !ok {
		b.beyond(p, n)
		return plan.Arg{}, false
	}
	b.counted = true
	if n == 0 {
		return value(v, "default"), true
	}
	return value(v, "said"), true
}

// countsPeople tells that an input is how many people there are.
func countsPeople(p catalog.Property) bool {
	ws := strings.Fields(strings.ToLower(words(p.Name)))
	return anyOf([]string{"people", "party", "guests", "guest", "passengers", "passenger", "persons", "adults", "diners", "headcount", "attendees"}, ws) || strings.Contains(headOf(p.Schema.Description), "人数") || strings.Contains(headOf(p.Schema.Description), "几人")
}

// countsThings tells that an input's name is a measure word (barrels) or its description says how many of one there are (桶数).
func countsThings(flat string, s *catalog.Schema) bool {
	if ns := lexicon.Numbers("2 " + flat); len(ns) == 1 && ns[0].Measure == flat {
		return true
	}
	head := strings.TrimSpace(lexicon.Fold(headEnds.Split(strings.TrimSpace(s.Description)+" ", 2)[0]))
	measure, ok := strings.CutSuffix(head, "数")
	if !ok || lexicon.Runes(measure) != 1 {
		return false
	}
	ns := lexicon.Numbers("2" + measure)
	return len(ns) == 1 && ns[0].Measure == measure
}

// groups are kinds of people: a count that is called by one of them counts these only, whoever else comes along.
var groups = []string{"child", "children", "kid", "kids", "infant", "infants", "baby", "babies", "senior", "seniors", "elderly", "student", "students", "youth", "youths", "concession", "concessions", "pet", "pets"}

// groupHan is the same in the first words of a description.
var groupHan = regexp.MustCompile(`儿童|小孩|婴儿|老人|长者|学生|宠物`)

// ofGroup tells that an input counts one kind of people.
func ofGroup(p catalog.Property) bool {
	return anyOf(groups, strings.Fields(strings.ToLower(words(p.Name)))) || groupHan.MatchString(headOf(p.Schema.Description))
}

// statesNone tells that a count may be nought or left out.
func statesNone(p catalog.Property) bool {
	return !p.Required || p.Schema.Minimum == nil || *p.Schema.Minimum == 0
}

// orderedNouns are what a count may name and still be the count of what is ordered.
var orderedNouns = map[string]bool{"": true, "购买": true, "预订": true, "预定": true, "订购": true, "下单": true, "商品": true, "菜品": true, "饮品": true, "餐品": true, "产品": true, "票": true, "车票": true, "电影票": true, "所需": true, "需要": true, "购票": true, "房间": true, "房": true, "座位": true, "人": true, "乘客": true, "乘车人": true, "用餐": true, "入住": true, "就餐": true, "成人": true}

// aside tells that an optional count is of something beside what is ordered: sets of cutlery, empty bottles taken back.
func aside(p catalog.Property) bool {
	if p.Required || countsPeople(p) {
		return false
	}
	if none, ok := p.Schema.Default.(float64); ok && none == 0 && p.Schema.Is("integer") && len(ownNames(p.Name, p.Schema)) > 0 {
		return true // where none is meant unless it is said
	}
	ws := strings.Fields(strings.ToLower(words(p.Name)))
	if len(ws) > 1 && anyOf([]string{"return", "returned", "cutlery", "tableware", "utensil", "extra", "free", "empty", "spare", "bag", "child", "children", "infant", "infants", "pet", "pets"}, ws) {
		return true
	}
	head := lexicon.Fold(headEnds.Split(strings.TrimSpace(p.Schema.Description)+" ", 2)[0])
	if !lexicon.HasHan(head) || !countTail.MatchString(strings.TrimSpace(head)) {
		return false
	}
	noun := strings.TrimSpace(head)
	for countTail.MatchString(noun) {
		noun = countTail.ReplaceAllString(noun, "")
	}
	return lexicon.Runes(noun) > 1 && !orderedNouns[noun]
}

// beside fills a count of something beside what is ordered: only where the words name it.
func (b *builder) beside(p catalog.Property, w want) (plan.Arg, bool) {
	text := lexicon.Fold(b.goal.whole)
	if own := lexicon.Fold(w.item.text); len(b.goal.items) > 1 && len(besideWords(p, own)) > 0 {
		text = own
	} else if len(b.goal.items) > 1 && slices.ContainsFunc(b.goal.items, func(it item) bool { return len(besideWords(p, it.text)) > 0 }) {
		return plan.Arg{}, false // it was said of another thing
	}
	for _, f := range numbersFor(p.Name, p.Schema, text) {
		if v, ok := fitNumber(p.Schema, int(f.value)); ok && f.value == float64(int(f.value)) {
			return value(v, "said"), true
		}
	}
	for _, name := range ownNames(p.Name, p.Schema) {
		if i := indexWord(text, name); i >= 0 && denied(text, i) {
			if v, ok := fitNumber(p.Schema, 0); ok {
				return value(v, "said"), true
			}
		} else if i >= 0 && besideAsked.MatchString(text[:i]) {
			if v, ok := fitNumber(p.Schema, max(w.item.count, 1)); ok {
				return value(v, "said"), true // 要头盔: one for each
			}
		}
	}
	return plan.Arg{}, false
}

// besideAsked is how something beside what is ordered is asked for without a number.
var besideAsked = regexp.MustCompile(`(?:要|加|配|带|含|附|送)(?:上|个|点|些)?\s?$|\b(?:with|plus|and|add|include|including|need)(?: (?:a|an|some|the))? $`)

// measured finds the number that the words say in the unit that an input's name or description states ("300 ml" for
// amountMl), or beside its own name ("grade 5"); ok is false when they say none. What counts this item goes first.
func (b *builder) measured(p catalog.Property, w want) (any, bool) {
	if !p.Schema.Is("number") && !p.Schema.Is("integer") || len(p.Schema.Types) == 0 {
		return nil, false
	}
	texts := []string{b.goal.whole, withoutTimes(b.goal.whole, b.now)}
	if len(b.goal.items) > 1 {
		texts = []string{w.options, b.goal.whole}
	}
	if aside(p) {
		return nil, false
	}
	if w.item.count > 0 && w.item.measure != "" && strings.Contains(lexicon.Fold(p.Schema.Description+" "+words(p.Name)), w.item.measure) && coversNumber(p.Schema, float64(w.item.count)) {
		return float64(w.item.count), true
	}
	for _, text := range texts {
		for _, f := range numbersFor(p.Name, p.Schema, lexicon.Fold(text)) {
			if coversNumber(p.Schema, f.value) {
				return f.value, true
			}
		}
	}
	return nil, false
}

// uncounted are the measure words of what is no number of things: nights, people, weights. A call is not made again for them.
var uncounted = map[string]bool{"晚": true, "nights": true, "night": true, "人": true, "位": true, "people": true, "persons": true, "person": true, "guests": true, "guest": true, "adults": true, "adult": true, "kids": true, "children": true, "公斤": true, "斤": true}

// timeUnit are the units of time by which an input that says how long is named, in hours.
var timeUnit = map[string]float64{"hours": 1, "hour": 1, "days": 24, "day": 24, "nights": 24, "weeks": 7 * 24, "months": 30 * 24, "天数": 24, "小时数": 1, "时长": 1}

// lasts tells that a count is of units of time: how many things are wanted says nothing of it.
func lasts(p catalog.Property) bool {
	ws := strings.Fields(strings.ToLower(words(p.Name)))
	return len(ws) > 0 && timeUnit[ws[len(ws)-1]] > 0
}

// howLong fills a number of units of time: what was said of it, else the default, else one.
func (b *builder) howLong(p catalog.Property) (plan.Arg, bool) {
	ws := strings.Fields(strings.ToLower(words(p.Name)))
	unit := timeUnit[ws[len(ws)-1]]
	g := b.goal
	if n := g.when.length.Hours() / unit; n >= 1 && n == float64(int(n)) && coversNumber(p.Schema, n) {
		return value(n, "said"), true
	}
	if n := g.when.nights; n > 0 && unit == 24 && coversNumber(p.Schema, float64(n)) {
		return value(float64(n), "said"), true
	}
	if days := int(day(g.when.last).Sub(day(g.moment.At)).Hours()/24) + 1; unit == 24 && !g.when.last.IsZero() && days > 1 && coversNumber(p.Schema, float64(days)) && ws[len(ws)-1] != "nights" {
		return value(float64(days), "said"), true
	}
	if v, ok := statedDefault(p.Schema); ok {
		return value(v, "default"), true
	}
	if !p.Required {
		return plan.Arg{}, false
	}
	v, ok := fitNumber(p.Schema, 1)
	return value(v, "default"), ok
}
