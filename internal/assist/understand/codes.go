package understand

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

var (
	plateInput  = regexp.MustCompile(`车牌|\b(?:license|licence|number) ?plate\b|\bplate\b`)
	emailInput  = regexp.MustCompile(`邮箱|电子邮件|\be-?mail\b`)
	petInput    = regexp.MustCompile(`宠物|爱宠|\bpets?\b|昵称|\bnickname\b`)
	nameInput   = regexp.MustCompile(`名字|姓名|名称|昵称|小名|\bname\b|\bnickname\b`)
	sayableCode = regexp.MustCompile(`车牌|户号|表号|缴费号|航班号|车次|座位号|卡号|会员号|身份证|护照|证件号|学号|工号|运单号|快递单号|门牌|房间号|发票抬头|税号|\b(?:plate|flight (?:no|number)|meter|account (?:no|number)|waybill|tracking (?:no|number)|seat|passport|id card|member(?:ship)? (?:no|number)|room (?:no|number)|tax)\b`)
)

// inputWords are what an input says of itself: its name in words, its title and description.
func inputWords(p catalog.Property) string {
	return lexicon.Fold(words(p.Name) + " " + p.Schema.Title + " " + p.Schema.Description)
}

// sayable tells that an input with the name of an id is one that people know and say themselves: a licence plate, a
// flight number, the number of a meter. What another capability returns is not asked of them.
func sayable(p catalog.Property) bool {
	return p.Schema.Is("string") && sayableCode.MatchString(lexicon.Fold(words(p.Name)+" "+p.Schema.Title+" "+headOf(p.Schema.Description))) && !fromUpstream.MatchString(p.Schema.Description) && !codeFrom.MatchString(p.Schema.Description)
}

// saidCode fills an input with a detail that is told by its form: a plate, an email address, a number behind its own
// label, something that fits a telling pattern or looks like the example that the description gives.
func (b *builder) saidCode(p catalog.Property, inPet bool) (plan.Arg, bool) {
	s := p.Schema
	if !s.Is("string") || len(s.Enum) > 0 || s.Format == "date" || s.Format == "date-time" {
		return plan.Arg{}, false
	}
	text := inputWords(p)
	kind := factKind(0)
	switch {
	case plateInput.MatchString(text):
		kind = factPlate
	case s.Format == "email" || emailInput.MatchString(text):
		kind = factEmail
	case (inPet || petInput.MatchString(text)) && nameInput.MatchString(lexicon.Fold(words(p.Name)+" "+headOf(s.Description))):
		kind = factPet
	}
	for _, f := range b.goal.told {
		if kind != 0 && f.kind == kind && fitsPattern(s, f.value) {
			return value(f.value, "said"), true
		}
	}
	if kind == factPet || kind == factEmail || fromUpstream.MatchString(s.Description) || codeFrom.MatchString(s.Description) {
		return plan.Arg{}, false
	}
	if v := b.labelledCode(p); v != "" {
		return value(v, "said"), true
	}
	if v := b.codeByForm(p); v != "" {
		return value(v, "said"), true
	}
	return plan.Arg{}, false
}

var codeAfter = regexp.MustCompile(`^(?:号码?| ?(?:no\.?|number|#))?\s?(?:是|为|:|is)?\s*([a-z0-9][a-z0-9-]{2,31})`)

// labelledCode is the code that stands behind the input's own label.
func (b *builder) labelledCode(p catalog.Property) string {
	if r := roleOf(p.Name, p.Schema, false); r != roleID && r != roleOther || !sayable(p) {
		return ""
	}
	shown := b.goal.facts.open(b.goal.said)
	folded := newSaying(shown, nil)
	for _, l := range codeLabels(p) {
		i := indexWord(folded.folded, l)
		if i < 0 {
			continue
		}
		m := codeAfter.FindStringSubmatchIndex(folded.folded[i+len(l):])
		if m == nil {
			continue
		}
		v := folded.original2(i+len(l)+m[2], i+len(l)+m[3])
		if form := shapeOf(p.Schema); form != nil && form.MatchString(strings.ToUpper(v)) {
			v = strings.ToUpper(v)
		}
		if strings.ContainsFunc(v, unicode.IsDigit) && fitsPattern(p.Schema, v) {
			return v
		}
	}
	return ""
}

// codeLabels are the words by which people call the code that an input asks for.
func codeLabels(p catalog.Property) []string {
	var out []string
	add := func(s string) {
		s = strings.TrimSpace(lexicon.Fold(s))
		for _, tail := range []string{"", "号码", "号", "编号", " no", " number", " code", " id"} {
			if l := strings.TrimSuffix(s, tail); lexicon.Runes(l) >= 2 && !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
	}
	add(p.Schema.Title)
	for _, h := range regexp.MustCompile(`[/|]`).Split(headOf(p.Schema.Description), 4) {
		if lexicon.Runes(strings.TrimSpace(h)) <= 16 {
			add(h)
		}
	}
	add(words(p.Name))
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

var (
	exampleOf = regexp.MustCompile(`(?i)(?:如|例如|比如|例：|例:|e\.g\.|eg\.|for example|such as|like)[,:：， ]*["'“「『]?([A-Za-z]{1,4}-?\d[A-Za-z0-9-]{1,20}|\d{6,20})`)
	codeToken = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9-]{2,31}`)
)

// codeByForm is the one word that fits the input's pattern, or that looks like its example.
func (b *builder) codeByForm(p catalog.Property) string {
	if r := roleOf(p.Name, p.Schema, false); r != roleID && r != roleOther {
		return ""
	}
	form := shapeOf(p.Schema)
	if form == nil {
		return ""
	}
	found := ""
	for _, w := range codeToken.FindAllString(lexicon.Fold(withoutMarks(b.goal.said)), maxFacts) {
		up := strings.ToUpper(w)
		if !strings.ContainsFunc(up, unicode.IsDigit) || !form.MatchString(up) && !form.MatchString(w) {
			continue
		}
		if found != "" && found != up {
			return "" // two fit: nothing tells which
		}
		if found = up; !form.MatchString(up) {
			found = w
		}
	}
	return found
}

// shapeOf is what a code looks like by its pattern or example; nil when these tell too little.
func shapeOf(s *catalog.Schema) *regexp.Regexp {
	if strings.HasPrefix(s.Pattern, "^") && strings.HasSuffix(s.Pattern, "$") && strings.Contains(s.Pattern, "{") && strings.ContainsFunc(s.Pattern, unicode.IsUpper) {
		if re, err := regexp.Compile(s.Pattern); err == nil && !re.MatchString("12") && !re.MatchString("1G") && !re.MatchString("10GB") {
			return re
		}
	}
	m := exampleOf.FindStringSubmatch(s.Description)
	if m == nil {
		return nil
	}
	var b strings.Builder
	b.WriteByte('^')
	letters, digits := 0, 0
	for _, r := range m[1] {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	if letters == 0 || digits < 2 || strings.IndexFunc(m[1], unicode.IsDigit) != letters {
		return nil // only letters before digits are a shape that tells: CA1234, SF1234567
	}
	b.WriteString("[A-Z]{" + string(rune('0'+letters)) + `}\d{3,20}$`)
	return regexp.MustCompile(b.String())
}

// codeQuestion asks for a code that people know by its everyday name.
func codeQuestion(p catalog.Property, lang string) string {
	if len(p.Schema.Enum) > 0 || !sayable(p) {
		return ""
	}
	if plateInput.MatchString(inputWords(p)) {
		return tr(lang, "车牌号是多少？", "What is the licence plate?")
	}
	l := label(p, lang)
	return tr(lang, l+"是多少？", "What is the "+strings.ToLower(l)+"?")
}
