package understand

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/understand/shelf"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// shelves reads what is ordered into the lists of things of one capability: lists whose elements are told by enums,
// nothing of which must be looked up first. The words of all its lists are looked for together, so that each word goes
// to the list that can have it.
type shelves struct {
	lists []shelfList
	shelf *shelf.Shelf
}

// shelfList is one form of the elements of one list.
type shelfList struct {
	path  string // of the list's property
	elem  *catalog.Schema
	kind  shelf.Kind
	parts []shelfPart        // beside the kind's slots
	count string             // the property that says how many
	loose []catalog.Property // what is read as anywhere else: weights, lengths
}

// shelfPart is where a slot's values go in an element.
type shelfPart struct {
	prop                      catalog.Property
	value, grade, deny, count string // properties of an element of a list of objects
	without                   string // a list of its own for what is left out
}

// knownShelves are the lists of things of the capabilities that were looked into, by what they take.
var knownShelves memo[*catalog.Schema, *shelves]

// shelvesOf are the lists of things of a capability; nil when it has none.
func shelvesOf(c catalog.Capability) *shelves {
	if c.Input == nil {
		return nil
	}
	return knownShelves.get(c.Input, func() *shelves { return newShelves(c) })
}

// newShelves reads the lists of things of a capability; nil when one of its lists is told in any other way.
func newShelves(c catalog.Capability) *shelves {
	s := &shelves{}
	for _, p := range c.Input.Properties {
		if p.Schema.Items == nil || len(p.Schema.Items.Enum) > 0 {
			continue
		}
		forms := []*catalog.Schema{p.Schema.Items}
		if len(p.Schema.Items.Properties) == 0 && len(p.Schema.Items.Options) > 0 {
			forms = p.Schema.Items.Options
		}
		for _, f := range forms {
			l, ok := shelfListOf(p, f)
			if !ok {
				return nil
			}
			s.lists = append(s.lists, l)
		}
	}
	if len(s.lists) == 0 {
		return nil
	}
	kinds := make([]shelf.Kind, len(s.lists))
	for i, l := range s.lists {
		kinds[i] = l.kind
	}
	s.shelf = shelf.New(kinds)
	return s
}

// orderWords are the goal's words that name things and options, with how they are set off from each other.
func (b *builder) orderWords() string {
	var out []string
	for _, p := range b.goal.pieces {
		by := ", "
		switch p.by {
		case byJoin:
			by = tr2(lexicon.HasHan(p.text))
			by = map[string]string{"zh": "和", "en": " and "}[by]
		case bySplit:
			by = "; "
		}
		out = append(out, by+b.goal.strip(p.text, b.now))
	}
	return strings.TrimLeft(strings.Join(out, ""), ",; 和")
}

// shelfListOf reads the elements of a list as things on a shelf; ok is false where they need anything else.
func shelfListOf(p catalog.Property, elem *catalog.Schema) (shelfList, bool) {
	l := shelfList{path: p.Name, elem: elem}
	for _, q := range elem.Properties {
		if q.Schema.Const != nil || l.take(q) {
			continue
		}
		if q.Required {
			return l, false
		}
	}
	l.pairDenied()
	head := l.head(p)
	if head >= 0 {
		l.kind.Slots[head].Role = shelf.Head
		l.kind.Unnamed = !l.parts[head].prop.Required
	}
	l.kind.Nouns = nounsOf(p, elem)
	return l, len(l.parts) > 0 && (head >= 0 || l.count != "") && len(l.kind.Slots) > 0
}

// take reads one property of an element.
func (l *shelfList) take(q catalog.Property) bool {
	s := q.Schema
	switch {
	case len(s.Enum) > 1 && s.Type != "array":
		l.add(shelf.Slot{Name: q.Name, Role: shelf.One, Values: shelfValues(q.Name, s)}, shelfPart{prop: q})
	case s.Items != nil && len(s.Items.Enum) > 1:
		l.add(shelf.Slot{Name: q.Name, Role: shelf.Many, Values: shelfValues(q.Name, s.Items)}, shelfPart{prop: q})
	case s.Items != nil && len(s.Items.Properties) > 0:
		return l.takeObjects(q)
	case (s.Is("integer") || s.Is("number")) && len(s.Types) > 0 && l.count == "" && roleOf(q.Name, s, false) == roleQuantity && !aside(q):
		l.count = q.Name
	case (s.Is("integer") || s.Is("number")) && len(s.Types) > 0 && (measuresUnit(q) || !s.Is("integer")):
		l.loose = append(l.loose, q)
		return !q.Required
	case s.Is("integer") && len(s.Types) > 0:
		l.add(shelf.Slot{Name: q.Name, Role: shelf.Number, Values: []shelf.Value{{Words: countedWords(q)}}}, shelfPart{prop: q})
	default:
		return false
	}
	return true
}

// measuresUnit tells that an input's name or description states the unit that its number is in.
func measuresUnit(q catalog.Property) bool {
	about := lexicon.Fold(words(q.Name) + " " + q.Schema.Title + " " + q.Schema.Description)
	return slices.ContainsFunc(units(), func(forms []string) bool { return anyWord(about, forms) && !slices.Contains(forms, "份") })
}

func (l *shelfList) add(s shelf.Slot, p shelfPart) {
	l.kind.Slots, l.parts = append(l.kind.Slots, s), append(l.parts, p)
}

var leftOut = regexp.MustCompile(`(?i)^(?:not?|without|remove[ds]?|removals?|exclude[ds]?|excluding|omit(?:ted)?|hold|negated?|leave out|left out|denied|skip|no [a-z ]+)$|不要|去掉|不放|不加|忌口|leave[sd]? (?:it |them )?out|left out|without`)

// takeObjects reads a list of options that each say what, and perhaps how much of it, how many, or that it is left out.
func (l *shelfList) takeObjects(q catalog.Property) bool {
	part, slot := shelfPart{prop: q}, shelf.Slot{Name: q.Name, Role: shelf.Many}
	var grades []shelf.Value
	for _, o := range q.Schema.Items.Properties {
		s := o.Schema
		switch {
		case len(s.Enum) > 0 && part.value == "":
			part.value, slot.Values = o.Name, shelfValues(o.Name, s)
		case len(s.Enum) > 0 && part.grade == "":
			part.grade, grades = o.Name, shelfValues(o.Name, s)
		case s.Type == "boolean" && leftOut.MatchString(strings.ToLower(words(o.Name))+" "+s.Description):
			part.deny, slot.Deny = o.Name, true
		case s.Is("integer") && len(s.Types) > 0 && part.count == "":
			part.count = o.Name
		case o.Required:
			return false
		}
	}
	if part.grade != "" && len(grades) > len(slot.Values) && !gradesAll(grades) {
		part.value, part.grade, slot.Values, grades = part.grade, part.value, grades, slot.Values
	}
	slot.Grades = grades
	if len(slot.Values) == 0 {
		return false
	}
	l.add(slot, part)
	return true
}

func gradesAll(vs []shelf.Value) bool {
	return !slices.ContainsFunc(vs, func(v shelf.Value) bool { return !shelf.Grades(v.Words) })
}

// pairDenied joins a list of what is left out with the list of the same values that are added.
func (l *shelfList) pairDenied() {
	for i := range l.parts {
		name := strings.ToLower(words(l.parts[i].prop.Name)) + " " + l.parts[i].prop.Schema.Description
		if l.kind.Slots[i].Role != shelf.Many || l.parts[i].value != "" || !leftOut.MatchString(name) && !leftOut.MatchString(strings.ToLower(words(l.parts[i].prop.Name))) {
			continue
		}
		for k := range l.parts {
			if k != i && l.kind.Slots[k].Role == shelf.Many && sameValues(l.kind.Slots[k], l.kind.Slots[i]) {
				l.parts[k].without, l.kind.Slots[k].Deny = l.parts[i].prop.Name, true
				l.parts, l.kind.Slots = slices.Delete(l.parts, i, i+1), slices.Delete(l.kind.Slots, i, i+1)
				return
			}
		}
		l.parts[i].without, l.kind.Slots[i].Deny = l.parts[i].prop.Name, true
		return
	}
}

func sameValues(a, b shelf.Slot) bool {
	return len(a.Values) > 0 && slices.ContainsFunc(a.Values, func(x shelf.Value) bool {
		return slices.ContainsFunc(b.Values, func(y shelf.Value) bool { return fmt.Sprint(x.Value) == fmt.Sprint(y.Value) })
	})
}

var thingName = regexp.MustCompile(`(?i)\b(?:item|product|goods|dish|name|sku|type|kind|flavou?r|variety|drink|meal|course|food)s?\b`)

// head is the slot that says what an element is: named as the list is, or as things are; what it must have goes first.
// -1 when an element is told by its options alone.
func (l *shelfList) head(p catalog.Property) int {
	best, score := -1, 0
	list := strings.Fields(strings.ToLower(words(p.Name) + " " + l.elem.Title))
	for i, part := range l.parts {
		if l.kind.Slots[i].Role != shelf.One {
			continue
		}
		n := 0
		if part.prop.Required {
			n += 2
		}
		own := strings.ToLower(words(part.prop.Name))
		for _, w := range strings.Fields(own) {
			if len(w) > 2 && slices.ContainsFunc(list, func(x string) bool { return lexicon.Stem(x) == lexicon.Stem(w) }) && !plainNames[w] && w != "order" && w != "item" && w != "list" {
				n += 4
			}
		}
		if thingName.MatchString(own) || thingHan.MatchString(headOf(part.prop.Schema.Description)) {
			n += 2
		}
		if isOptionInput(part.prop) {
			n = 0
		}
		if n > score || n == score && n > 0 && len(l.kind.Slots[i].Values) > len(l.kind.Slots[best].Values) {
			best, score = i, n
		}
	}
	return best
}

var thingHan = regexp.MustCompile(`商品|菜品|饮品|产品|品种|单品|餐品|主食|小吃|名称|种类|品名|款式|口味`)

// isOptionInput tells that an input is a quality of a thing: its size, sugar, temperature.
func isOptionInput(p catalog.Property) bool {
	for _, t := range lexicon.Tokens(words(p.Name) + " " + headOf(p.Schema.Description)) {
		switch head, _, _ := strings.Cut(t.Concept, "."); head {
		case "size", "sugar", "temp", "ice", "spicy", "topping":
			return true
		}
	}
	return false
}

// nounsOf are the general words for the things of a list.
func nounsOf(p catalog.Property, elem *catalog.Schema) []string {
	var out []string
	for _, text := range []string{elem.Title, p.Schema.Title, words(p.Name)} {
		for _, part := range labelCut.Split(lexicon.Fold(text), -1) {
			part = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(part), " orders"), " order"))
			if part != "" && lexicon.Runes(part) > 1 && !plainThings[part] && !slices.Contains(out, part) {
				out = append(out, part)
			}
		}
	}
	return out
}

var plainThings = map[string]bool{"items": true, "item": true, "order": true, "orders": true, "list": true, "lines": true, "line": true, "goods": true, "products": true, "product": true, "cart": true, "details": true, "商品": true, "明细": true}

// shelfValues are the values of an enum with all ways to say them.
func shelfValues(name string, s *catalog.Schema) []shelf.Value {
	labels := enumLabels(s)
	out := make([]shelf.Value, len(s.Enum))
	for i, e := range s.Enum {
		out[i] = shelf.Value{Value: e}
		said := append([]string{words(fmt.Sprint(e))}, labels[i]...)
		if full, ok := shortSize(name, fmt.Sprint(e), s); ok && len(labels[i]) == 0 {
			said = append(said, full)
		}
		for _, w := range said {
			if w = lexicon.Fold(w); !slices.Contains(out[i].Words, w) && w != "none" && sayableWords(w) {
				out[i].Words = append(out[i].Words, w)
			}
		}
	}
	return out
}

// sayableWords tells that words can be said: they are more than a letter or a figure.
func sayableWords(w string) bool {
	return lexicon.HasHan(w) || len(w) > 1 && strings.Trim(w, "0123456789") != ""
}

// countedWords are the ways to say a counted extra: its name, its title, and what its description lists.
func countedWords(q catalog.Property) []string {
	out := []string{strings.ToLower(words(q.Name))}
	for _, text := range []string{q.Schema.Title, headOf(q.Schema.Description)} {
		for _, part := range labelCut.Split(lexicon.Fold(text), -1) {
			if part = strings.TrimSpace(part); part != "" && lexicon.Runes(part) <= maxLabel {
				out = append(out, countTail.ReplaceAllString(part, ""))
			}
		}
	}
	return out
}

// shelved fills a list of things from the goal's words; done is false where the list is told in another way.
func (b *builder) shelved(c catalog.Capability, at string, p catalog.Property) (a plan.Arg, ok, done bool) {
	if strings.ContainsAny(at, ".[") {
		return plan.Arg{}, false, false
	}
	s := shelvesOf(c)
	if s == nil {
		return plan.Arg{}, false, false
	}
	items := s.shelf.Read(b.orderWords())
	if len(items) == 0 {
		return plan.Arg{}, false, false
	}
	var list []plan.Arg
	for _, it := range items {
		l := s.lists[it.Kind]
		if l.path != p.Name {
			continue
		}
		for range l.times(it) {
			list = append(list, plan.Arg{Object: b.element(c, fmt.Sprintf("%s[%d].", at, len(list)), l, it, len(items) == 1)})
		}
	}
	b.listed, b.counted = true, true
	if len(list) == 0 {
		return plan.Arg{List: []plan.Arg{}, From: "default"}, p.Required, true
	}
	return plan.Arg{List: list}, true, true
}

// times is how many elements an item becomes: one where an element says how many, else one each.
func (l shelfList) times(it shelf.Item) int {
	if l.count != "" {
		return 1
	}
	return min(max(it.Count, 1), maxIDs)
}

// element is one thing of a list; only tells that it is the only one, so that all weights and lengths said are its own.
func (b *builder) element(c catalog.Capability, at string, l shelfList, it shelf.Item, only bool) map[string]plan.Arg {
	args := map[string]plan.Arg{}
	for _, q := range l.elem.Properties {
		if q.Schema.Const != nil {
			args[q.Name] = value(q.Schema.Const, "default")
		}
		if q.Name == l.count {
			if n, ok := fitNumber(q.Schema, max(it.Count, 1)); ok && (it.Count > 0 || q.Required) {
				args[q.Name] = value(n, "said")
			}
		}
	}
	for i, part := range l.parts {
		b.fillPart(c, at, l, i, part, it, args)
	}
	for _, q := range l.loose {
		if v, ok := b.measured(q, want{options: b.goal.text}); ok && only {
			args[q.Name] = value(v, "said")
		}
	}
	return args
}

// fillPart writes the choices of one slot where they go; what must be there and was not said is a default or a question.
func (b *builder) fillPart(c catalog.Capability, at string, l shelfList, slot int, part shelfPart, it shelf.Item, args map[string]plan.Arg) {
	var in, out []plan.Arg
	for _, ch := range it.Choices {
		if ch.Slot != slot {
			continue
		}
		v := l.kind.Slots[slot].Values[ch.Value].Value
		switch {
		case l.kind.Slots[slot].Role == shelf.Number:
			args[part.prop.Name] = value(ch.Count, "said")
			return
		case part.value != "":
			in = append(in, plan.Arg{Object: part.object(l.kind.Slots[slot], v, ch)})
		case ch.Denied:
			out = append(out, value(v, "enum"))
		default:
			in = append(in, value(v, "enum"))
		}
	}
	if part.without != "" && len(out) > 0 {
		args[part.without] = plan.Arg{List: out, From: "enum"}
	}
	if part.prop.Name == part.without {
		return
	}
	many := l.kind.Slots[slot].Role == shelf.Many
	switch a, answered := b.answered(c, at+part.prop.Name, part.prop.Schema); {
	case many && (len(in) > 0 || part.prop.Required):
		args[part.prop.Name] = plan.Arg{List: append([]plan.Arg{}, in...), From: "enum"}
	case !many && len(in) > 0:
		args[part.prop.Name] = in[0]
	case answered:
		args[part.prop.Name] = a
	default:
		b.unsaidPart(c, at, part.prop, args)
	}
}

// unsaidPart takes the default of what was not said, or asks for it where it must be there.
func (b *builder) unsaidPart(c catalog.Capability, at string, p catalog.Property, args map[string]plan.Arg) {
	if v, ok := statedDefault(p.Schema); ok {
		if p.Required || c.Effect == catalog.Irreversible {
			args[p.Name] = value(v, "default")
		}
		return
	}
	if p.Required && len(p.Schema.Enum) > 0 {
		b.ask(c, at+p.Name, p, enumChoices(p.Name, p.Schema, b.lang))
	}
}

// object is one option as a list of objects takes it.
func (p shelfPart) object(s shelf.Slot, v any, ch shelf.Choice) map[string]plan.Arg {
	out := map[string]plan.Arg{p.value: value(v, "enum")}
	if ch.Grade >= 0 && p.grade != "" {
		out[p.grade] = value(s.Grades[ch.Grade].Value, "enum")
	}
	if ch.Denied && p.deny != "" {
		out[p.deny] = value(true, "said")
	}
	if ch.Count > 0 && p.count != "" {
		out[p.count] = value(ch.Count, "said")
	}
	return out
}
