package understand

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// remarked is what the merchant should be told: the message, and the wishes that no input knows.
func (b *builder) remarked() string {
	all := b.remarks
	if b.goal.message != "" {
		all = append([]string{b.goal.message}, all...)
	}
	return strings.Join(all, tr(b.lang, "，", ", "))
}

// optionText are the words in which the options of one call are looked for: the item's own, or all of the goal's where it
// wants one thing only.
func (b *builder) optionText(w want) string {
	if len(b.goal.items) == 1 || w.item.text == "" && w.item.count == 0 {
		return without(without(b.goal.text, lexicon.Fold(b.service().Name)), w.named)
	}
	return w.options
}

func (b *builder) enum(c catalog.Capability, at string, p catalog.Property, w want) (plan.Arg, bool) {
	s := p.Schema
	found := findEnum(p.Name, s, b.optionText(w))
	if len(found) == 0 && len(b.goal.items) > 1 && !strings.Contains(at, "[") {
		found = b.sharedEnum(p)
	}
	if len(found) == 0 && w.named != "" { // the thing itself is the value: a brand, a kind
		found = slices.DeleteFunc(findEnum(p.Name, s, w.named), func(f said) bool { return f.score < byWords && !p.Required })
	}
	if len(found) == 0 && b.goal.prefer != "" && p.Required && b.listsItems(p) {
		b.ask(c, at, p, enumChoices(p.Name, s, b.lang)) // which of them is the cheapest the codes do not tell
		return plan.Arg{}, false
	}
	if len(found) > 1 && found[0].score == found[1].score && found[0].score <= byKind && found[0].words == found[1].words {
		b.ask(c, at, p, enumChoices(p.Name, s, b.lang)) // 少糖 between 七分糖 and 三分糖
		return plan.Arg{}, false
	}
	if len(found) > 0 {
		b.note("“%s” → %s=%v", found[0].words, at, found[0].value)
		if found[0].score >= byCarried && found[0].words != w.named { // a mere kind of what was said (coffee, of a latte) leaves the thing to be named
			b.told = append(b.told, found[0].words)
		}
		return value(found[0].value, "enum"), true
	}
	if v, ok := b.enumAt(p); ok {
		return value(v, "said"), true
	}
	if v, ok := statedDefault(s); ok {
		return value(v, "default"), p.Required || c.Effect == catalog.Irreversible // said, so that the quote is for the same
	}
	if !p.Required && !b.neededHere(p) {
		return plan.Arg{}, false
	}
	if v, said := partly(p.Name, s, strings.Join([]string{b.optionText(w), b.goal.at, b.goal.to}, " , "), b.service().Name); said != "" {
		b.note("“%s” → %s=%v, of all values", said, at, v)
		return value(v, "enum"), true
	}
	if len(s.Enum) == 1 {
		return value(s.Enum[0], "default"), true
	}
	b.ask(c, at, p, enumChoices(p.Name, s, b.lang))
	return plan.Arg{}, false
}

// listsItems tells that the values of an enum are things that the service lists.
func (b *builder) listsItems(p catalog.Property) bool {
	n := 0
	for _, ways := range enumWords(p.Name, p.Schema) {
		for _, w := range ways {
			if lexicon.Runes(w.text) > 1 && b.nameIn(w.text) == w.text {
				n++
				break
			}
		}
	}
	return n > 1
}

// sharedEnum finds a value in the words that belong to no item in particular.
func (b *builder) sharedEnum(p catalog.Property) []said {
	var out []said
	for _, f := range findEnum(p.Name, p.Schema, b.goal.text) {
		of := 0
		for _, it := range b.goal.items {
			if indexWord(lexicon.Fold(it.text), f.words) >= 0 {
				of++
			}
		}
		if of == 0 || of == len(b.goal.items) {
			out = append(out, f)
		}
	}
	return out
}

func (b *builder) array(c catalog.Capability, at string, p catalog.Property, w want, depth int) (plan.Arg, bool) {
	s := p.Schema.Items
	if s == nil {
		return plan.Arg{}, false
	}
	if a, ok, done := b.shelved(c, at, p); done {
		return a, ok
	}
	if len(s.Enum) > 0 {
		return b.enumList(p, s, w)
	}
	if len(s.Properties) == 0 && roleOf(p.Name, s, false) != roleID && !idName.MatchString(p.Name) {
		if p.Required {
			return plan.Arg{List: []plan.Arg{}, Value: nil, From: "default"}, true
		}
		return plan.Arg{}, false
	}
	if !p.Required && !b.itemsArray(p) {
		return plan.Arg{}, false
	}
	var list []plan.Arg
	asks, steps := len(b.asks), len(b.steps)
	for _, it := range b.goal.items {
		if !b.belongs(c, p, it) {
			continue
		}
		iw := b.wantOf(it)
		here := fmt.Sprintf("%s[%d].", at, len(list))
		if len(s.Properties) > 0 {
			list = append(list, plan.Arg{Object: b.object(c, s, here, iw, depth)})
			continue
		}
		one := catalog.Property{Name: strings.TrimSuffix(p.Name, "s"), Schema: s, Required: true}
		hours := b.hoursIn(c, p)
		for n := range b.different(it, s) * hours {
			if a, ok := b.source(c, here, one, iw, depth); ok {
				list = append(list, b.hour(nth(a, n/hours+1), n%hours, hours))
			}
		}
	}
	if !p.Required && len(b.asks) > asks {
		b.asks, b.steps = b.asks[:asks], b.steps[:steps]
		return plan.Arg{}, false // nobody asked for what may be left out
	}
	b.listed = b.listed || len(list) > 0
	return plan.Arg{List: list}, len(list) > 0
}

// belongs tells that a thing wanted is one for a list, where a capability takes several or may do without: the list's own
// codes say it, or no other list's do.
func (b *builder) belongs(c catalog.Capability, p catalog.Property, it item) bool {
	says := func(q catalog.Property) (codes, ok bool) {
		if q.Schema.Items == nil {
			return false, false
		}
		for _, m := range q.Schema.Items.Properties {
			if m.Required && len(m.Schema.Enum) > 0 {
				codes = true
				ok = ok || len(findEnum(m.Name, m.Schema, it.text)) > 0
			}
		}
		return codes, ok
	}
	codes, ok := says(p)
	if codes {
		return ok || p.Required && !slices.ContainsFunc(c.Input.Properties, func(q catalog.Property) bool {
			other, claims := says(q)
			return q.Name != p.Name && other && claims
		})
	}
	return !slices.ContainsFunc(c.Input.Properties, func(q catalog.Property) bool {
		other, claims := says(q)
		return q.Name != p.Name && other && claims
	})
}

// different is how many different elements of a list one thing wanted stands for: as many ids as things, where a
// call takes ids only (three seats are three seat numbers).
func (b *builder) different(it item, s *catalog.Schema) int {
	return min(max(it.count, b.goal.people, 1), maxIDs)
}

// perHour is how a list of ids says that each is of one hour.
var perHour = regexp.MustCompile(`(?i)\b(?:each|one|per|every)\b[^.。]{0,24}\bhours?\b|每(?:个)?小时|一个?小时|整点|按小时|几(?:个)?小时`)

// hoursIn is how many hours were said, where each id of a list is of one hour; 1 else.
func (b *builder) hoursIn(c catalog.Capability, p catalog.Property) int {
	text := p.Schema.Description + " " + p.Schema.Items.Description + " " + c.Description
	for _, other := range b.service().Capabilities {
		if strings.Contains(text, other.Name) {
			text += " " + other.Description
		}
	}
	g := b.goal
	if !perHour.MatchString(text) || !g.timed || !g.moment.HasTime {
		return 1
	}
	hours := 0
	if until := g.moment.Until; until.After(g.moment.At) {
		hours = int(until.Sub(g.moment.At).Hours())
	}
	for _, d := range lexicon.Durations(g.whole) {
		if n := int(d.Total().Hours()); hours == 0 && d.Nights == 0 {
			hours = n
		}
	}
	return min(max(hours, 1), maxIDs)
}

// hour lets one of the references for several hours choose its own hour.
func (b *builder) hour(a plan.Arg, k, of int) plan.Arg {
	if of < 2 || a.Ref == nil || a.Ref.Pick == nil {
		return a
	}
	ref, pick := *a.Ref, *a.Ref.Pick
	pick.At, pick.Within = b.goal.moment.At.Add(time.Duration(k)*time.Hour).Format(time.RFC3339), nil
	ref.Pick, a.Ref = &pick, &ref
	return a
}

// maxIDs bounds the ids in one list.
const maxIDs = 50

// nth lets the n-th of several references to one list choose the n-th element that fits.
func nth(a plan.Arg, n int) plan.Arg {
	if a.Ref == nil || a.Ref.Pick == nil {
		return a
	}
	pick := *a.Ref.Pick
	pick.Nth, pick.Query, pick.Ask = n, "", false
	ref := *a.Ref
	ref.Pick = &pick
	a.Ref = &ref
	return a
}

// itemsArray tells that an array holds the things that are ordered.
func (b *builder) itemsArray(p catalog.Property) bool {
	for _, sub := range p.Schema.Items.Properties {
		if r := roleOf(sub.Name, sub.Schema, false); r == roleID || r == roleQuantity || r == roleKeyword {
			return true
		}
	}
	return false
}

func (b *builder) enumList(p catalog.Property, s *catalog.Schema, w want) (plan.Arg, bool) {
	list := []plan.Arg{}
	for _, f := range findEnum(p.Name, s, b.optionText(w)) {
		b.note("“%s” → %s[]=%v", f.words, p.Name, f.value)
		list = append(list, value(f.value, "enum"))
	}
	if len(list) == 0 && !p.Required {
		return plan.Arg{}, false
	}
	return plan.Arg{List: list, From: "enum"}, true
}
