package understand

import (
	"fmt"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// maxDepth bounds how far back inputs are sought through other capabilities' outputs.
const maxDepth = 5

// want is what one call is made for: one item of the goal, seen from one side.
type want struct {
	item    item
	query   string // the item's words without options
	options string // the item's words in which options are looked for
	named   string // a word that belongs to the item's name and so is no option
	subject string // what a producer should find: an item, or a place
	place   bool   // subject is a place
	side    role   // which end of a journey the place is: roleTo, roleFrom or ""
	soft    bool   // the query only names the kind of service
}

// fill finds all inputs of a capability.
func (b *builder) fill(c catalog.Capability, w want, depth int) map[string]plan.Arg {
	return b.object(c, c.Input, "", w, depth)
}

func (b *builder) object(c catalog.Capability, s *catalog.Schema, at string, w want, depth int) map[string]plan.Arg {
	args := map[string]plan.Arg{}
	for _, p := range s.Properties {
		if a, ok := b.source(c, at+p.Name, p, w, depth); ok {
			args[p.Name] = a
		}
	}
	return args
}

// source finds one input, in the order of the design: said, enum, profile, another capability's output, default, question.
func (b *builder) source(c catalog.Capability, at string, p catalog.Property, w want, depth int) (plan.Arg, bool) {
	s := p.Schema
	if a, ok := b.answered(c, at, s); ok {
		return a, true
	}
	if s.Const != nil {
		return value(s.Const, "default"), p.Required
	}
	if len(s.Enum) > 0 {
		return b.enum(c, at, p, w)
	}
	switch {
	case s.Type == "array":
		return b.array(c, at, p, w, depth)
	case s.Type == "boolean":
		return b.boolean(c, at, p)
	case len(s.Properties) > 0:
		return b.nested(c, at, p, w, depth)
	}
	return b.scalar(c, at, p, w, depth)
}

func value(v any, from string) plan.Arg { return plan.Arg{Value: v, From: from} }

func (b *builder) scalar(c catalog.Capability, at string, p catalog.Property, w want, depth int) (plan.Arg, bool) {
	s, r := p.Schema, roleOf(p.Name, p.Schema, c.Effect == catalog.Read)
	switch r {
	case roleID:
		return b.upstream(c, at, p, w, depth)
	case roleQuantity:
		return b.quantity(p, w)
	case roleTo, roleFrom, roleAddress, roleCity:
		return b.place(c, at, p, r, w)
	case roleAt:
		return b.whereabouts(c, at, p, w)
	case roleTime:
		return b.time(c, at, p)
	case rolePhone, roleName:
		return b.person(c, at, p, r)
	case roleLat, roleLng:
		return b.coordinate(c, at, p, r, w, depth)
	case roleKeyword:
		return b.keyword(c, at, p, w)
	case roleNote:
		if b.goal.message != "" {
			return value(clipTo(s, b.goal.message), "said"), true
		}
	case roleContent:
		if v := b.content(c, p); v != "" && p.Required {
			return value(clipTo(s, v), "said"), true
		}
	case roleMaxPrice:
		if b.goal.max != nil {
			return value(inUnit(p, b.goal.max.Minor), "said"), true
		}
	}
	if v, ok := b.measured(p); ok {
		return value(v, "said"), true
	}
	if v, ok := statedDefault(s); ok {
		return value(v, "default"), p.Required
	}
	if !p.Required {
		return plan.Arg{}, false
	}
	if r == rolePage || r == roleLimit {
		return b.paging(r, s), true
	}
	if a, ok := b.upstreamLike(c, at, p, w, depth); ok {
		return a, true
	}
	b.ask(c, at, p, nil)
	return plan.Arg{}, false
}

// inUnit writes minor units in the unit that the input's name or description states; yuan where it states none.
func inUnit(p catalog.Property, minor int64) float64 {
	text := strings.ToLower(words(p.Name) + " " + p.Schema.Description)
	if strings.Contains(text, "单位：分") || strings.Contains(text, "（分）") || strings.Contains(text, "(分)") || anyOf([]string{"fen", "cents", "minor"}, strings.Fields(text)) {
		return float64(minor)
	}
	return float64(minor) / 100
}

func (b *builder) paging(r role, s *catalog.Schema) plan.Arg {
	n := 20.0
	if r == rolePage {
		n = 1
	}
	if s.Maximum != nil {
		n = min(n, *s.Maximum)
	}
	if s.Minimum != nil {
		n = max(n, *s.Minimum)
	}
	return value(n, "default")
}

func (b *builder) enum(c catalog.Capability, at string, p catalog.Property, w want) (plan.Arg, bool) {
	s := p.Schema
	text := w.options
	if text == "" || len(b.goal.items) == 1 {
		text = without(b.goal.text, w.named)
	}
	found := findEnum(p.Name, s, text)
	if len(found) == 0 && len(b.goal.items) == 1 {
		found = findEnum(p.Name, s, without(b.goal.text, w.named))
	}
	if len(found) > 0 {
		b.note("“%s” → %s=%v", found[0].words, at, found[0].value)
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

func (b *builder) boolean(c catalog.Capability, at string, p catalog.Property) (plan.Arg, bool) {
	if v, ok := statedDefault(p.Schema); ok {
		return value(v, "default"), p.Required
	}
	name := strings.ToLower(p.Name)
	if strings.Contains(name, "confirm") && c.Effect != catalog.Read {
		return value(true, "mandate"), true // the step runs only under the person's mandate
	}
	for _, label := range []string{words(p.Name), label(p, b.lang)} {
		if label != "" && lexicon.Mentions(b.goal.text, label) {
			return value(true, "said"), true
		}
	}
	if p.Required {
		return value(false, "default"), true
	}
	return plan.Arg{}, false
}

func (b *builder) quantity(p catalog.Property, w want) (plan.Arg, bool) {
	if v, ok := b.measured(p); ok {
		return value(v, "said"), true
	}
	n := w.item.count
	if b.goal.people > 0 && (n == 0 || countsPeople(p)) {
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

func (b *builder) keyword(c catalog.Capability, at string, p catalog.Property, w want) (plan.Arg, bool) {
	if w.subject != "" {
		said, ok := lexicon.Say(w.subject, b.serviceLang())
		if !ok && !p.Required && !w.place && lexicon.HasHan(w.subject) == (b.serviceLang() == "en") {
			return plan.Arg{}, false // its words are not in the service's language: list all and choose by likeness
		}
		return value(clipTo(p.Schema, said), "said"), true
	}
	if v, ok := statedDefault(p.Schema); ok {
		return value(v, "default"), p.Required
	}
	if !p.Required {
		return plan.Arg{}, false
	}
	b.ask(c, at, p, b.itemChoices())
	return plan.Arg{}, false
}

// serviceLang is the language that a service's own things are named in: of its live items, else of its descriptions.
func (b *builder) serviceLang() string {
	s, han := b.service(), 0
	for _, it := range s.Items {
		if lexicon.HasHan(it.Name) {
			han++
		}
	}
	if len(s.Items) > 0 {
		return tr2(han*2 >= len(s.Items))
	}
	for _, c := range s.Capabilities {
		if lexicon.HasHan(c.Description) {
			han++
		}
	}
	return tr2(han*2 >= len(s.Capabilities))
}

func tr2(han bool) string {
	if han {
		return "zh"
	}
	return "en"
}

func clipTo(s *catalog.Schema, v string) string {
	if r := []rune(v); s.MaxLength != nil && len(r) > *s.MaxLength {
		return string(r[:*s.MaxLength])
	}
	return v
}

func (b *builder) time(c catalog.Capability, at string, p catalog.Property) (plan.Arg, bool) {
	m, ok := b.momentFor(c, p)
	if ok {
		return value(formatTime(p, m), "said"), true
	}
	if v, ok := statedDefault(p.Schema); ok {
		return value(v, "default"), p.Required
	}
	if p.Required {
		b.ask(c, at, p, b.timeChoices(p))
	}
	return plan.Arg{}, false
}

// onlyDate tells that an input is a day without an hour.
func onlyDate(p catalog.Property) bool {
	f := formatTime(p, lexicon.Moment{})
	return len(f) == len("2006-01-02") && strings.Count(f, "-") == 2
}

// formatTime writes a moment as the schema's format, pattern or description asks.
func formatTime(p catalog.Property, m lexicon.Moment) string {
	d := p.Schema.Description
	flat := strings.ToLower(p.Name)
	switch {
	case p.Schema.Format == "date-time":
		return m.At.Format(time.RFC3339)
	case strings.Contains(d, "YYYY-MM-DD HH:mm:ss") || strings.Contains(d, "yyyy-MM-dd HH:mm:ss"):
		return m.At.Format("2006-01-02 15:04:05")
	case strings.Contains(strings.ToLower(d), "yyyy-mm-dd hh:mm"):
		return m.At.Format("2006-01-02 15:04")
	case p.Schema.Format == "date" || strings.Contains(strings.ToLower(d), "yyyy-mm-dd") && !strings.Contains(strings.ToLower(d), "hh:mm") || strings.HasSuffix(flat, "date") || flat == "day":
		return m.At.Format("2006-01-02")
	case p.Schema.Format == "time" || strings.Contains(strings.ToLower(d), "hh:mm"):
		return m.At.Format("15:04")
	case strings.Contains(strings.ToLower(d), "iso"):
		return m.At.Format(time.RFC3339)
	}
	return m.At.Format("2006-01-02 15:04")
}

func (b *builder) timeChoices(p catalog.Property) []assist.Choice {
	var out []assist.Choice
	for _, h := range []int{1, 2, 4} {
		t := b.now.Add(time.Duration(h) * time.Hour).Truncate(30 * time.Minute)
		out = append(out, assist.Choice{Value: t.Format("2006-01-02 15:04"), Label: t.Format("15:04")})
	}
	t := b.now.AddDate(0, 0, 1)
	out = append(out, assist.Choice{Value: time.Date(t.Year(), t.Month(), t.Day(), 9, 0, 0, 0, t.Location()).Format("2006-01-02 15:04"), Label: tr(b.lang, "明天 09:00", "tomorrow 09:00")})
	return out
}

func (b *builder) array(c catalog.Capability, at string, p catalog.Property, w want, depth int) (plan.Arg, bool) {
	s := p.Schema.Items
	if s == nil {
		return plan.Arg{}, false
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
	text := w.options
	if len(b.goal.items) == 1 {
		text = without(b.goal.text, w.named)
	}
	list := []plan.Arg{}
	for _, f := range findEnum(p.Name, s, text) {
		list = append(list, value(f.value, "enum"))
	}
	if len(list) == 0 && !p.Required {
		return plan.Arg{}, false
	}
	return plan.Arg{List: list, From: "enum"}, true
}

func (b *builder) nested(c catalog.Capability, at string, p catalog.Property, w want, depth int) (plan.Arg, bool) {
	before := len(b.asks)
	r := roleOf(p.Name, p.Schema, false)
	if r == roleTo || r == roleFrom || r == roleAddress {
		if a, ok := b.placeObject(c, at, p, r, w, depth); ok || !p.Required {
			return a, ok
		}
	}
	args := b.object(c, p.Schema, at+".", w, depth)
	if !p.Required && (len(args) == 0 || len(b.asks) > before) {
		b.asks = b.asks[:before]
		return plan.Arg{}, false
	}
	return plan.Arg{Object: args}, true
}
