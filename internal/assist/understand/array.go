package understand

import (
	"fmt"
	"slices"
	"strings"

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
		return without(b.goal.text, w.named)
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
		found = slices.DeleteFunc(findEnum(p.Name, s, w.named), func(f said) bool { return f.score < byWords })
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
	if v, ok := statedDefault(s); ok {
		return value(v, "default"), p.Required || c.Effect == catalog.Irreversible // said, so that the quote is for the same
	}
	if !p.Required {
		return plan.Arg{}, false
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
	for i, it := range b.goal.items {
		iw := b.wantOf(it)
		here := fmt.Sprintf("%s[%d].", at, i)
		if len(s.Properties) > 0 {
			list = append(list, plan.Arg{Object: b.object(c, s, here, iw, depth)})
			continue
		}
		one := catalog.Property{Name: p.Name, Schema: s, Required: true}
		for n := range b.different(it, s) {
			if a, ok := b.source(c, here, one, iw, depth); ok {
				list = append(list, nth(a, n+1))
			}
		}
	}
	b.listed = true
	return plan.Arg{List: list}, len(list) > 0
}

// different is how many different elements of a list one thing wanted stands for: as many ids as things, where a
// call takes ids only (three seats are three seat numbers).
func (b *builder) different(it item, s *catalog.Schema) int {
	return min(max(it.count, b.goal.people, 1), maxIDs)
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
		list = append(list, value(f.value, "enum"))
	}
	if len(list) == 0 && !p.Required {
		return plan.Arg{}, false
	}
	return plan.Arg{List: list, From: "enum"}, true
}
