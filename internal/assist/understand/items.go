package understand

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// reader collects the items of a goal, piece by piece.
type reader struct {
	b     *builder
	items []item
	from  []int  // the piece that each item comes from
	lead  string // options said of all things before any of them
}

var (
	someOf   = regexp.MustCompile(`\b(one|two|three|four|five|six|\d+) of (?:them|these|those|which)\b`)
	shares   = regexp.MustCompile(`都|全部|每[杯份个碗盒瓶只]|统一|一律|\b(?:both|all|each|every one|everything)\b`)
	apiece   = regexp.MustCompile(`各|每样|每种|\beach\b|\bapiece\b`)
	among    = strings.NewReplacer("其中", " ", "另外一杯", "一杯", "另一杯", "一杯", "另外一份", "一份", "剩下的", " ")
	stateEnd = regexp.MustCompile(`[了啦]$`)
)

// readItems finds what is wanted and how many. A piece that names no thing of its own (only options, times or places)
// says more of the items before it: of the last, of all (都要热的), or of some of the last (一杯热的一杯去冰).
func (b *builder) readItems() {
	b.noPlaces()
	if b.goal.ordinal != 0 {
		b.goal.ordinal = lexicon.Ordinal(b.withoutAsides(withoutTimes(b.goal.text, b.now))) // "11th grade" is no place in a list
	}
	b.placeOfThing()
	r := &reader{b: b}
	for i, p := range b.goal.pieces {
		if b.handOver(p.text) {
			continue
		}
		text := among.Replace(someOf.ReplaceAllString(b.withoutAsides(b.withoutCalls(b.withoutSelf(b.goal.strip(b.withoutSelf(p.text), b.now)))), "${1}个"))
		if b.remark(text) {
			continue
		}
		r.read(i, p, text)
	}
	r.dropTotal()
	r.dropContext()
	r.dropPlaces()
	r.dropAnnounced()
	r.shareAll()
	if b.goal.items = r.items; len(r.items) == 0 {
		b.goal.items = []item{{}}
	}
	b.guideItems()
}

// noPlaces drops what was taken for a place and is an option of the service ("at half sugar", 去冰).
func (b *builder) noPlaces() {
	all := b.optionWords(b.goal.text)
	for _, place := range []*string{&b.goal.from, &b.goal.to, &b.goal.at} {
		if *place == "" {
			continue
		}
		options := b.optionWords(*place)
		inside := slices.ContainsFunc(all, func(w string) bool { return strings.HasSuffix(w, *place) })
		if inside || len(options) > 0 && query(*place, options) == "" {
			*place = ""
		}
	}
}

func (r *reader) read(at int, p piece, text string) {
	text = r.shareLead(text)
	parts := shareTail(r.b, countsIn(text))
	for i := range parts {
		if stays[parts[i].measure] {
			parts[i].count, parts[i].measure = 0, "" // 住两晚 counts no thing
		}
	}
	parts = slices.DeleteFunc(parts, func(it item) bool { return strings.TrimSpace(it.text) == "" && it.count == 0 })
	last := len(r.items) - 1
	if len(parts) == 0 {
		return
	}
	bare := !slices.ContainsFunc(parts, func(it item) bool { return !r.b.bareOptions(it.text) })
	counted := !slices.ContainsFunc(parts, func(it item) bool { return it.count == 0 })
	switch {
	case last >= 0 && bare && len(parts) == 1 && shares.MatchString(text) && (!counted || parts[0].count == total(r.items)):
		for i := range r.items {
			r.items[i].text = strings.TrimSpace(r.items[i].text + " " + parts[0].text)
		}
		return
	case last >= 0 && bare && counted && r.items[last].count == 0 && len(parts) == 1:
		r.items[last].count, r.items[last].measure = parts[0].count, parts[0].measure
		r.items[last].text = strings.TrimSpace(r.items[last].text + " " + parts[0].text)
		return
	case last >= 0 && bare && counted && total(parts) <= r.items[last].count && saysOptions(parts):
		r.divide(last, parts)
		return
	}
	for _, it := range parts {
		r.add(at, p, it)
	}
}

// stays are the measure words of a stay.
var stays = map[string]bool{"晚": true, "nights": true, "night": true}

func total(items []item) int {
	n := 0
	for _, it := range items {
		n += max(it.count, 1)
	}
	return n
}

func saysOptions(items []item) bool {
	return !slices.ContainsFunc(items, func(it item) bool { return strings.TrimSpace(it.text) == "" })
}

// divide splits an item into variants: some of it with these options, some with those, the rest as it was.
func (r *reader) divide(at int, parts []item) {
	whole := r.items[at]
	rest := whole.count - total(parts)
	var out []item
	for _, p := range parts {
		out = append(out, item{text: strings.TrimSpace(whole.text + " " + p.text), count: p.count, measure: whole.measure})
	}
	if rest > 0 {
		out = append(out, item{text: whole.text, count: rest, measure: whole.measure})
	}
	from := r.from[at]
	r.items, r.from = append(r.items[:at], out...), r.from[:at]
	for range out {
		r.from = append(r.from, from)
	}
}

// add takes one part: more words of the last item, or an item of its own.
func (r *reader) add(at int, p piece, it item) {
	last := len(r.items) - 1
	if it.count > 0 && apiece.MatchString(it.text) {
		for i := range r.items {
			if r.items[i].count == 0 {
				r.items[i].count, r.items[i].measure = it.count, it.measure
			}
		}
		it.text = strings.TrimSpace(apiece.ReplaceAllString(it.text, " "))
		if it.text == "" {
			return
		}
	}
	if last >= 0 && it.count == 0 && r.saysMore(last, p, it) {
		r.items[last].text = strings.TrimSpace(r.items[last].text + " " + it.text)
		return
	}
	r.items, r.from = append(r.items, it), append(r.from, at)
}

// saysMore tells that words without a count say more of the last item, rather than naming another one.
func (r *reader) saysMore(last int, p piece, it item) bool {
	if r.b.bareOptions(it.text) || refersBack.MatchString(p.text) {
		return true
	}
	q, before := r.b.queryOf(it.text), r.b.queryOf(r.items[last].text)
	named := r.b.canonical(q)
	if named != "" && before != "" && r.b.canonical(before) != named {
		return false
	}
	if p.by != byJoin {
		return true
	}
	return named == "" && before != "" && r.b.likest(before+" "+q) > r.b.likest(before)+clearlyMore
}

// clearlyMore is how much more alike to a live item words must become by further words, for these to belong to them.
const clearlyMore = 0.05

// dropTotal drops the sum of what is counted one by one behind it: 三辆车, 两辆这种, 一辆那种.
func (r *reader) dropTotal() {
	if len(r.items) < 3 || slices.ContainsFunc(r.items, func(it item) bool { return it.count == 0 }) {
		return
	}
	if first := r.items[0]; first.count == total(r.items[1:]) && first.measure == r.items[1].measure && r.b.canonical(r.b.queryOf(first.text)) == "" {
		r.items, r.from = r.items[1:], r.from[1:]
	}
}

// dropContext drops what only leads up to what is wanted: 想理发了, 公司没水了, 下午开会.
func (r *reader) dropContext() {
	if len(r.items) < 2 || r.items[0].count > 0 {
		return
	}
	first := r.items[0]
	p := r.b.goal.pieces[r.from[0]]
	q := r.b.queryOf(first.text)
	if !slices.ContainsFunc(r.items, func(it item) bool { return it.count > 0 }) {
		if r.setsScene(p, q) {
			r.items, r.from = r.items[1:], r.from[1:]
		}
		return
	}
	state := stateEnd.MatchString(strings.TrimSpace(p.text))
	led := withoutTimes(p.text, r.b.now) != p.text && r.from[1] > r.from[0] && orders1(r.b.goal.pieces[r.from[1]].text)
	if q == "" && len(r.b.optionWords(first.text)) == 0 || r.b.canonical(q) == "" && (state || led || q != "" && r.b.kindOfService(q) && r.from[1] > r.from[0]) {
		r.items, r.from = r.items[1:], r.from[1:]
	}
}

// setsScene tells that the first piece only says what the next names: that is one of the service's own things, while the
// first is the kind of service, or asks for nothing (脖子僵得不行, 约个肩颈调理).
func (r *reader) setsScene(p piece, q string) bool {
	if r.b.canonical(q) != "" || r.from[1] == r.from[0] || r.b.canonical(r.b.queryOf(r.items[1].text)) == "" {
		return false
	}
	return q != "" && r.b.kindOfService(q) || !verbed(p.text) && !errand(p.text) && orders1(r.b.goal.pieces[r.from[1]].text)
}

// dropPlaces takes what names one of the service's own places, beside what is wanted, for where it is wanted: a branch is
// nothing to order.
func (r *reader) dropPlaces() {
	for i := len(r.items) - 1; i >= 0 && len(r.items) > 1; i-- {
		it := r.items[i]
		name := r.b.canonical(r.b.queryOf(it.text))
		if name == "" || it.count > 0 || !r.b.isPlace(name) {
			continue
		}
		if r.b.goal.at == "" {
			r.b.goal.at = name
		}
		r.items, r.from = slices.Delete(r.items, i, i+1), slices.Delete(r.from, i, i+1)
	}
}

// dropAnnounced drops a sum of things of a kind that the words behind it name one by one: 两本书, 一本围城, 一本白鹿原. Its
// options are for all of them.
func (r *reader) dropAnnounced() {
	if len(r.items) < 3 {
		return
	}
	first, rest := r.items[0], r.items[1:]
	named := !slices.ContainsFunc(rest, func(it item) bool { return it.count == 0 || r.b.queryOf(it.text) == "" })
	q := r.b.queryOf(first.text)
	if !named || first.count != total(rest) || first.measure != rest[0].measure || q != "" && !r.b.kindOfService(q) && !r.b.aKindOf(q) {
		return
	}
	r.items, r.from = rest, r.from[1:]
}

// aKindOf tells that words are a bare word for a kind of thing that the service knows (书, "drinks").
func (b *builder) aKindOf(q string) bool {
	c := lexicon.Concept(q)
	_, knows := b.ix.words[b.goal.service]["c:"+c]
	return c != "" && knows && b.canonical(q) == ""
}

func (b *builder) isPlace(name string) bool {
	return slices.ContainsFunc(b.service().Items, func(it catalog.Item) bool { return it.Place && it.Name == name })
}

// orders1 tells that a piece has a verb of ordering.
func orders1(s string) bool {
	return slices.ContainsFunc(lexicon.Tokens(s), func(t lexicon.Token) bool { return t.Concept == "v.order" || t.Concept == "v.reserve" })
}

// bareOptions tells that a text says nothing but options that the service knows, verbs and filler.
func (b *builder) bareOptions(text string) bool {
	text = apiece.ReplaceAllString(text, " ")
	if onlyOptions(text) {
		return true
	}
	options := b.optionWords(text)
	return len(options) > 0 && query(text, options) == ""
}

func (b *builder) queryOf(text string) string { return query(text, b.optionWords(text)) }

// likest is how alike words are to the live item that is likest to them.
func (b *builder) likest(q string) float64 {
	best := 0.0
	for _, it := range b.service().Items[:min(len(b.service().Items), maxItems)] {
		best = max(best, lexicon.Likeness(q, it.Name))
		for _, alias := range it.Aliases {
			best = max(best, lexicon.Likeness(q, alias))
		}
	}
	return best
}

// withoutAsides takes out the numbers that belong to inputs of their own (退两个空桶, 3 kg): they count no item.
func (b *builder) withoutAsides(text string) string {
	s := lexicon.Fold(text)
	b.eachInput(func(p catalog.Property) {
		for _, f := range amountsSaid(p, s) {
			s = without(s, f.words)
		}
		if len(p.Schema.Enum) > 0 || !p.Schema.Is("number") && !p.Schema.Is("integer") || len(p.Schema.Types) == 0 {
			return
		}
		if roleOf(p.Name, p.Schema, false) == roleQuantity && !aside(p) {
			for _, n := range slices.Backward(lexicon.Numbers(s)) { // how long it takes counts no thing (保洁三个小时)
				if f, ok := figureOf(s, n, lexicon.Fold(p.Schema.Description), nil); ok && timeUnits.MatchString(behindNumber(s, n)) {
					s = s[:f.start] + " " + s[f.end:]
				}
			}
			return
		}
		fs := numbersFor(p.Name, p.Schema, s)
		for i := len(fs) - 1; i >= 0; i-- {
			s = s[:fs[i].start] + " " + s[fs[i].end:]
		}
	})
	return s
}

// amountsSaid are the values of an enum that a text says by an amount (充50 where 50元话费 is to be had).
func amountsSaid(p catalog.Property, text string) []said {
	if len(p.Schema.Enum) == 0 || len(lexicon.Numbers(text)) == 0 {
		return nil
	}
	return slices.DeleteFunc(findEnum(p.Name, p.Schema, text), func(f said) bool {
		return !holdsWhole(f.words) || f.score >= byConcept && f.score < byWords
	})
}

// holdsWhole tells that words hold a number that could be an amount ("half sugar" holds none).
func holdsWhole(words string) bool {
	return slices.ContainsFunc(lexicon.Numbers(words), func(n lexicon.Number) bool { return n.Value == float64(int(n.Value)) })
}

// eachInput visits the inputs of all capabilities, nested ones too.
func (b *builder) eachInput(visit func(p catalog.Property)) {
	var walk func(s *catalog.Schema, depth int)
	walk = func(s *catalog.Schema, depth int) {
		if s == nil || depth > maxDepth+1 {
			return
		}
		for _, p := range s.Properties {
			visit(p)
			walk(p.Schema, depth+1)
			walk(p.Schema.Items, depth+1)
		}
	}
	for _, c := range b.service().Capabilities {
		walk(c.Input, 0)
	}
}

var remarks = regexp.MustCompile(`^(?:但是?|记得|请)?\s?(?:不要|别放|不放|不加|别加|少放|多放|去掉|不含|不吃|忌口)\s?\S{1,10}$|^(?:but )?(?:with )?(?:no|without|hold the|extra|easy on the|skip the|leave out the)\s+[a-z ]{2,30}$`)

// remark keeps a wish that no input of the service knows (不要香菜, "no onions") for the note to the merchant, where there is one.
func (b *builder) remark(text string) bool {
	s := strings.Trim(lexicon.Fold(text), " ,.")
	if !remarks.MatchString(s) || b.bareOptions(s) || len(b.optionWords(s)) > 0 {
		return false
	}
	takes := b.takesNotes()
	if takes {
		b.remarks = append(b.remarks, s)
	}
	return takes
}
