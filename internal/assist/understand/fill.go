package understand

import (
	"regexp"
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
	if a, ok := b.fixed[c.Name+"/"+at]; ok {
		return a, true
	}
	if a, ok := b.answered(c, at, s); ok {
		return a, true
	}
	if s.Const != nil {
		return value(s.Const, "default"), p.Required
	}
	if a, ok, done := b.partyInput(c, at, p); done {
		return a, ok
	}
	if a, ok := b.saidCode(p, aboutPet(c, at)); ok {
		return a, true
	}
	if a, ok := b.standard(p, w); ok {
		return a, true
	}
	if v := b.listedValue(p); v != "" && c.Effect != catalog.Read {
		return value(v, "enum"), true
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
	case len(s.Options) > 0 && isVariants(s):
		return b.variant(c, at, p, w, depth)
	}
	a, ok := b.scalar(c, at, p, w, depth)
	if v, text := a.Value.(string); ok && text && a.From == "said" && !fitsPattern(s, v) {
		if p.Required {
			b.ask(c, at, p, nil) // what was said cannot be meant: the input takes nothing of its form
		}
		return plan.Arg{}, false
	}
	return a, ok
}

func value(v any, from string) plan.Arg { return plan.Arg{Value: v, From: from} }

func (b *builder) scalar(c catalog.Capability, at string, p catalog.Property, w want, depth int) (plan.Arg, bool) {
	s, r := p.Schema, roleAtPath(c, at, p)
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
		if v := b.remarked(); v != "" {
			return value(clipTo(s, v), "said"), true
		}
	case roleContent:
		if v := b.content(c, p); v != "" && (p.Required || ownWords.MatchString(inputWords(p))) {
			return value(clipTo(s, v), "said"), true
		}
	case roleMaxPrice:
		if b.goal.max != nil {
			return value(inUnit(p, b.goal.max.Minor), "said"), true
		}
	}
	if a, ok := b.beside(p, w); ok && aside(p) {
		return a, true
	}
	if v, ok := b.measured(p, w); ok && r != roleMaxPrice {
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
	if v := b.circumstances(c, p); v != "" {
		return value(clipTo(s, v), "said"), true
	}
	b.ask(c, at, p, nil)
	return plan.Arg{}, false
}

// aboutRequest is how an input says that it takes what is known of the request: it helps a search and names nothing by itself.
var aboutRequest = regexp.MustCompile(`(?i)^(?:context|intent|purpose|background|situation|(?:user |customer )?(?:request|intent|context|need|needs))$|上下文|用户(?:需求|诉求|意图)|背景信息`)

// circumstances are the person's words for a read that wants to know what they are after, without anybody's details.
func (b *builder) circumstances(c catalog.Capability, p catalog.Property) string {
	if c.Effect != catalog.Read || !p.Schema.Is("string") || p.Schema.Pattern != "" || p.Schema.Format != "" || !aboutRequest.MatchString(words(p.Name)) && !aboutRequest.MatchString(headOf(p.Schema.Description)) {
		return ""
	}
	return strings.TrimSpace(withoutMarks(b.goal.text))
}

// roleAtPath is the role of an input by where it stands too: the free words of an address are an address.
func roleAtPath(c catalog.Capability, at string, p catalog.Property) role {
	r := roleOf(p.Name, p.Schema, c.Effect == catalog.Read)
	if r == roleContent && ofAddress(at) {
		return roleAddress
	}
	return r
}

// ofAddress tells that an input stands in an object that is an address.
func ofAddress(at string) bool {
	parts := strings.Split(at, ".")
	if len(parts) < 2 {
		return false
	}
	parent, _, _ := strings.Cut(parts[len(parts)-2], "[")
	return anyOf([]string{"address", "addr"}, strings.Fields(strings.ToLower(words(parent))))
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
		return written(p, m), true
	}
	if v, ok := statedDefault(p.Schema); ok {
		return value(v, "default"), p.Required
	}
	if p.Required {
		b.ask(c, at, p, b.timeChoices(p))
	}
	return plan.Arg{}, false
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

func (b *builder) nested(c catalog.Capability, at string, p catalog.Property, w want, depth int) (plan.Arg, bool) {
	before := len(b.asks)
	r := roleOf(p.Name, p.Schema, false)
	if (r == roleTo || r == roleFrom || r == roleAddress) && !aboutPerson(p.Schema) {
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
