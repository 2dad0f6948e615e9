package understand

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// maxChoices bounds the buttons of one question.
const maxChoices = 8

var phoneNumber = regexp.MustCompile(`1[3-9]\d{9}`)

// pending is a question with whether it asks for something only a service can know (an id), which is never asked if another way exists.
type pending struct {
	assist.Ask
	id bool
}

// tr chooses the language.
func tr(lang, zh, en string) string {
	if lang == "zh" {
		return zh
	}
	return en
}

func (b *builder) key(c catalog.Capability, at string) string {
	return b.goal.id + "/" + c.Name + "." + at
}

// answered uses what the person answered to a question for this input.
func (b *builder) answered(c catalog.Capability, at string, s *catalog.Schema) (plan.Arg, bool) {
	v, ok := b.req.Answers[b.key(c, at)]
	if !ok || roleOf(lastName(at), s, false) == roleID && side(lastName(at)) != roleOther {
		return plan.Arg{}, false // an id of a place is looked up by the words of the answer, see upstream
	}
	if m, found := lexicon.FindTime(v, b.now); found && roleOf(lastName(at), s, false) == roleTime {
		if said := b.goal.moment; b.goal.timed && said.HasDate && !m.HasDate && m.HasTime {
			day := said.At
			m.At = time.Date(day.Year(), day.Month(), day.Day(), m.At.Hour(), m.At.Minute(), 0, 0, day.Location())
		}
		return written(catalog.Property{Name: lastName(at), Schema: s}, m), true
	}
	if a, ok := b.addressNamed(v); ok {
		v = a.Detail
	}
	if code, ok := b.standardAnswer(catalog.Property{Name: lastName(at), Schema: s}, v); ok {
		return value(code, "said"), true
	}
	typed, ok := coerce(s, v)
	return value(typed, "said"), ok
}

// hearTimes takes what was answered to questions about time for words of the goal: an answer may tell the end as well.
func (b *builder) hearTimes() {
	text := b.goal.whole
	for _, c := range b.service().Capabilities {
		for _, key := range slices.Sorted(maps.Keys(b.req.Answers)) {
			at, ok := strings.CutPrefix(key, b.key(c, ""))
			if _, found := lexicon.FindTime(b.req.Answers[key], b.now); !ok || !found || strings.Contains(at, "/") || !timelyAt(c.Input, at) {
				continue
			}
			if !strings.Contains(text, b.req.Answers[key]) {
				text += ", " + b.req.Answers[key]
			}
		}
	}
	if text != b.goal.whole {
		b.goal.readWhen(text, b.now)
	}
}

// timelyAt tells that the input at a path is a moment.
func timelyAt(s *catalog.Schema, at string) bool {
	for _, name := range strings.Split(at, ".") {
		name, _, _ = strings.Cut(name, "[")
		sub, ok := s.Property(name)
		if !ok {
			return false
		}
		if s = sub; s.Items != nil {
			s = s.Items
		}
	}
	return roleOf(lastName(at), s, false) == roleTime
}

func (b *builder) ask(c catalog.Capability, at string, p catalog.Property, choices []assist.Choice) {
	key := b.key(c, at)
	for _, a := range b.asks {
		if a.Key == key {
			return
		}
	}
	kind := assist.AskText
	if len(p.Schema.Enum) > 0 {
		kind = assist.AskChoice
	}
	l := label(p, b.lang)
	text := tr(b.lang, fmt.Sprintf("%s：%s要填什么？", b.service().Name, l), fmt.Sprintf("%s: what should “%s” be?", b.service().Name, l))
	if q := roleQuestion(roleAtPath(c, at, p), b.lang); q != "" {
		text = q
		if end := bound(p.Name, p.Schema.Description); roleAtPath(c, at, p) == roleTime && (end == "first" || end == "last") && lexicon.HasHan(l) == (b.lang == "zh") {
			text = l + tr(b.lang, "：", ": ") + q // of two moments it says which
		}
		if head, _, nested := strings.Cut(at, "."); nested && strings.Count(at, ".") == 1 {
			text = words(head) + tr(b.lang, "：", ": ") + q
		}
	}
	if q := codeQuestion(p, b.lang); q != "" {
		text = q
	}
	if q := standardQuestion(p, b.lang); q != "" && len(p.Schema.Enum) == 0 {
		text = q
	}
	if kind == assist.AskChoice {
		text = tr(b.lang, fmt.Sprintf("%s：要哪种%s？", b.service().Name, l), fmt.Sprintf("%s: which %s?", b.service().Name, l))
	}
	b.asks = append(b.asks, pending{
		Ask: assist.Ask{Key: key, Goal: b.goal.id, Kind: kind, Text: text, Choices: choices},
		id:  roleOf(p.Name, p.Schema, false) == roleID && !sayable(p),
	})
}

func roleQuestion(r role, lang string) string {
	switch r {
	case roleTo:
		return tr(lang, "要去哪里？", "Where to?")
	case roleFrom:
		return tr(lang, "从哪里出发？", "Where from?")
	case roleTime:
		return tr(lang, "什么时间？", "When?")
	case roleAddress:
		return tr(lang, "送到哪里？", "Which address?")
	case rolePhone:
		return tr(lang, "联系电话是多少？", "What is the phone number?")
	case roleName:
		return tr(lang, "联系人怎么称呼？", "What name should it be under?")
	case roleCity:
		return tr(lang, "哪个城市？", "Which city?")
	case roleKeyword:
		return tr(lang, "想要什么？", "What would you like?")
	case roleQuantity:
		return tr(lang, "要多少？", "How many?")
	}
	return ""
}

// askPlace asks for one end of a journey whose id a service will look up by the answer.
func (b *builder) askPlace(c catalog.Capability, at string, end role) {
	b.asks = append(b.asks, pending{Ask: assist.Ask{Key: b.key(c, at), Goal: b.goal.id, Kind: assist.AskText,
		Text: roleQuestion(end, b.lang), Choices: b.addressChoices()}})
}

func (b *builder) askConsent(c catalog.Capability, what string) {
	names := map[string][2]string{"phone": {"手机号", "phone number"}, "name": {"姓名", "name"}, "address": {"地址", "address"}, "location": {"位置", "location"}}
	n := names[what]
	b.asks = append(b.asks, pending{Ask: assist.Ask{
		Key: consentKey(c.Service, what), Goal: b.goal.id, Kind: assist.AskConsent,
		Text:    tr(b.lang, fmt.Sprintf("可以把您的%s提供给“%s”吗？", n[0], b.service().Name), fmt.Sprintf("May “%s” have your %s?", b.service().Name, n[1])),
		Choices: []assist.Choice{{Value: "yes", Label: tr(b.lang, "这次可以", "This time")}, {Value: "always", Label: tr(b.lang, "一直可以", "Always")}, {Value: "no", Label: tr(b.lang, "不可以", "No")}},
	}})
}

// beyond asks again for a count that the schema does not admit.
func (b *builder) beyond(p catalog.Property, n int) {
	limit := ""
	if p.Schema.Maximum != nil {
		limit = fmt.Sprintf("≤ %v", *p.Schema.Maximum)
	}
	b.refusal = tr(b.lang, fmt.Sprintf("“%s”一次不能要 %d 份（%s）。", b.service().Name, n, limit), fmt.Sprintf("“%s” does not take %d at once (%s).", b.service().Name, n, limit))
}

var labelEnd = regexp.MustCompile(`[,，。;；.:：(（【\n]`)

// label is an input's name for people: its title, else the first words of its description, else its name.
func label(p catalog.Property, lang string) string {
	if p.Schema.Title != "" {
		return p.Schema.Title
	}
	d := strings.TrimSpace(optionalMark.ReplaceAllString(p.Schema.Description, ""))
	if i := labelEnd.FindStringIndex(d); i != nil && i[0] > 0 {
		d = d[:i[0]]
	}
	if d != "" && lexicon.Runes(d) <= 24 && (lang != "zh" || lexicon.HasHan(d)) {
		return d
	}
	return words(p.Name)
}

var optionalMark = regexp.MustCompile(`^[（(](?:选填|必填|可选|optional|required)[）)]`)

func enumChoices(name string, s *catalog.Schema, lang string) []assist.Choice {
	values := make([]string, len(s.Enum))
	for i, e := range s.Enum {
		values[i] = fmt.Sprint(e)
	}
	book := codebook(s.Description, values)
	var out []assist.Choice
	for i, v := range values[:min(len(values), maxChoices)] {
		l := words(v)
		switch {
		case i < len(s.EnumNames) && s.EnumNames[i] != "":
			l = s.EnumNames[i]
		case len(book[i]) > 0:
			l = book[i][0]
			for _, other := range book[i] {
				if lexicon.HasHan(other) == (lang == "zh") {
					l = other
					break
				}
			}
		}
		out = append(out, assist.Choice{Value: v, Label: l})
	}
	return out
}

func (b *builder) itemChoices() []assist.Choice {
	var out []assist.Choice
	for _, it := range b.service().Items {
		if len(out) < maxChoices {
			out = append(out, assist.Choice{Value: it.Name, Label: it.Name})
		}
	}
	return out
}
