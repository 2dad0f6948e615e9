package understand

import (
	"bufio"
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// factKind is what a detail is that the person gave.
type factKind byte

const (
	factPhone   factKind = 1 + iota
	factAddress          // a written address, whole
	factPlate            // of a car
	factEmail
	factName  // of a person
	factPet   // what an animal or a thing is called
	factTitle // somebody who is only called by a title (王阿姨): no name to book under
)

// party is whose detail it is: of the one who gets something, of the one who sends it, or the person's own.
type party string

const (
	partyNone     party = ""
	partyReceiver party = "receiver"
	partySender   party = "sender"
	partySelf     party = "self"
)

// fact is one detail that the person gave in their own characters: it is taken out of the words before they are read,
// since an address names no goods, and the digits of a phone number count nothing.
type fact struct {
	kind       factKind
	value      string
	party      party
	city       string // that was said beside a name: 南京的赵敏
	start, end int    // of what is taken out
	from       int    // where the value itself begins
}

// maxFacts bounds the details of one utterance; firstMark is the sign that stands for the first of them.
const (
	maxFacts  = 32
	firstMark = '\ue000'
)

// facts are the details of one utterance.
type facts struct {
	all  []fact
	said saying
}

// readFacts finds the details that a text gives, and the text (folded) with one sign in the place of each.
func readFacts(text string) (string, *facts) {
	m := maskedTexts.get(text)
	return m.text, m.facts
}

// masked is a text with signs in place of its details, which nobody changes any more.
type masked struct {
	text  string
	facts *facts
}

var maskedTexts = readAgain(func(text string) masked {
	s, f := findFacts(text)
	return masked{s, f}
})

func findFacts(text string) (string, *facts) {
	f := &facts{said: newSaying(strings.Map(unmarked, text), nil)}
	w := &factReader{facts: f, s: []byte(f.said.folded)}
	w.emails()
	w.phones()
	w.plates()
	w.addresses()
	w.names()
	slices.SortFunc(f.all, func(a, b fact) int { return a.start - b.start })
	f.all = f.all[:min(len(f.all), maxFacts)]
	w.parties()
	var b strings.Builder
	at := 0
	for i, one := range f.all {
		b.WriteString(f.said.folded[at:one.start])
		b.WriteRune(firstMark + rune(i))
		at = one.end
	}
	b.WriteString(f.said.folded[at:])
	return b.String(), f
}

func unmarked(r rune) rune {
	if isMark(r) {
		return ' '
	}
	return r
}

func isMark(r rune) bool { return r >= firstMark && r < firstMark+maxFacts }

// withoutMarks leaves the details out.
func withoutMarks(s string) string {
	return strings.Map(unmarked, s)
}

// open puts the details back into words.
func (f *facts) open(s string) string {
	if f == nil || !strings.ContainsFunc(s, isMark) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if i := int(r - firstMark); isMark(r) && i < len(f.all) {
			b.WriteString(f.said.original2(f.all[i].start, f.all[i].end))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// in lists the details whose signs stand in a text.
func (f *facts) in(s string) []fact {
	var out []fact
	for _, r := range s {
		if i := int(r - firstMark); f != nil && isMark(r) && i < len(f.all) {
			out = append(out, f.all[i])
		}
	}
	return out
}

// factReader looks for details; what is found is overwritten by its kind, so that nothing is found twice.
type factReader struct {
	*facts
	s []byte
}

func (w *factReader) add(k factKind, start, end, from, to int, value string) {
	if start < 0 || end > len(w.s) || strings.ContainsFunc(string(w.s[start:end]), func(r rune) bool { return r < ' ' }) {
		return // overlaps another
	}
	w.all = append(w.all, fact{kind: k, value: value, start: start, end: end, from: from})
	for i := start; i < end; i++ {
		w.s[i] = byte(k)
	}
	_ = to
}

// original is a stretch of the text as it was written.
func (w *factReader) original(i, j int) string { return w.said.original2(i, j) }

func (s saying) original2(i, j int) string {
	if i >= j {
		return ""
	}
	return strings.TrimSpace(s.text[s.at[i]:s.at[j]])
}

var (
	emailForm    = regexp.MustCompile(`[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}`)
	mobileForm   = regexp.MustCompile(`(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d){8}`)
	landlineForm = regexp.MustCompile(`0\d{2,3}-\d{7,8}(?:-\d{1,5})?|0\d{2,3} \d{7,8}|0\d{9,11}|[48]00-?\d{3}-?\d{4}|\+\d{1,3}[- ]?\d(?:[- ]?\d){6,12}`)
	spokenForm   = regexp.MustCompile(`[一幺][三四五六七八九](?:[零〇一幺二三四五六七八九]){9}`)
	plateForm    = regexp.MustCompile(`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领] ?[a-z][·.\- ]?[a-z0-9]{4,5}[a-z0-9挂学警港澳]`)
)

func (w *factReader) emails() {
	for _, m := range emailForm.FindAllIndex(w.s, maxFacts) {
		w.add(factEmail, m[0], m[1], m[0], m[1], w.original(m[0], m[1]))
	}
}

func (w *factReader) phones() {
	for _, re := range []*regexp.Regexp{mobileForm, landlineForm, spokenForm} {
		for _, m := range re.FindAllIndex(w.s, maxFacts) {
			if !w.apart(m[0], m[1]) {
				continue
			}
			said := string(w.s[m[0]:m[1]])
			if re != landlineForm {
				said = mobileDigits(said)
			}
			start := w.labelled("phone", m[0])
			w.add(factPhone, start, m[1], m[0], m[1], said)
		}
	}
}

// mobileDigits are the eleven digits of a mobile number, however it was written.
func mobileDigits(s string) string {
	s = strings.NewReplacer("零", "0", "〇", "0", "一", "1", "幺", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9", "-", "", " ", "", "+", "").Replace(s)
	if len(s) > 11 {
		s = s[len(s)-11:]
	}
	return s
}

// apart tells that neither a digit nor a Latin letter is joined to s[i:j].
func (w *factReader) apart(i, j int) bool {
	joined := func(c byte) bool {
		return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c < ' '
	}
	return (i == 0 || !joined(w.s[i-1])) && (j == len(w.s) || !joined(w.s[j]))
}

func (w *factReader) plates() {
	for _, m := range plateForm.FindAllIndex(w.s, maxFacts) {
		if !w.apart(m[0], m[1]) {
			continue
		}
		said := strings.ToUpper(strings.NewReplacer(" ", "", "·", "", ".", "", "-", "").Replace(string(w.s[m[0]:m[1]])))
		w.add(factPlate, w.labelled("plate", m[0]), m[1], m[0], m[1], said)
	}
}

// linked is what may stand between a label and what it labels.
var linked = regexp.MustCompile(`(?:\s|[:,]|是|为|is\b|叫)*$`)

// labelled is where the label of a kind begins that stands right before a place: that place itself where there is none.
func (w *factReader) labelled(kind string, at int) int {
	before := string(w.s[:at])
	head := before[:linked.FindStringIndex(before)[0]]
	for _, l := range people()[kind] {
		i := len(head) - len(l)
		if !strings.HasSuffix(head, l) || !boundary(head, i) {
			continue
		}
		if lexicon.Runes(l) <= 2 && lexicon.HasHan(l) || l == "phone" || l == "mobile" || l == "number" || l == "cell" {
			if open := strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(head[:i], "她"), "他"), " "); open != strings.TrimRight(head[:i], " ") && (open == "" || strings.HasSuffix(open, ",") || strings.HasSuffix(open, ";") || strings.HasSuffix(open, "。")) {
				return len(head[:i]) - len("他") // 他手机138…
			}
			// a word that may as well belong to what is wanted (给手机充) is a label where it opens a clause
			if r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(head[:i], " ")); i > 0 && lexicon.IsHan(r) && r != '的' && head[i-1] != ' ' || i > 0 && r >= 'a' && r <= 'z' {
				continue
			}
		}
		return i
	}
	return at
}

// people are the words that tell people and their details, by kind.
var people = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	lines := bufio.NewScanner(strings.NewReader(peopleFile))
	lines.Buffer(nil, 1<<16)
	for lines.Scan() {
		kind, list, ok := strings.Cut(lines.Text(), "\t")
		if !ok || strings.HasPrefix(kind, "#") {
			continue
		}
		out[kind] = append(out[kind], strings.Split(list, "|")...)
	}
	for kind := range out {
		slices.SortStableFunc(out[kind], func(a, b string) int { return len(b) - len(a) })
	}
	return out
})

//go:embed data/people.tsv
var peopleFile string

// anyForm is a regular expression for the words of some kinds.
func anyForm(kinds ...string) string {
	var all []string
	for _, k := range kinds {
		for _, w := range people()[k] {
			q := regexp.QuoteMeta(w)
			if !lexicon.HasHan(w) {
				q = `\b` + q + `\b`
			}
			all = append(all, q)
		}
	}
	return "(?:" + strings.Join(all, "|") + ")"
}

// piecesWithFacts cuts a text into pieces from which the details are taken out.
func (ix *index) piecesWithFacts(text string) []piece {
	masked, f := readFacts(text)
	out := ix.pieces(masked)
	for i := range out {
		out[i].facts = f
	}
	return out
}

// readFacts takes the details of the goal's pieces. Of an address a sign stays, since the words around it tell whether
// something goes there or comes from there.
func (g *goal) readFacts() {
	g.masked = joined(g.pieces)
	if len(g.pieces) > 0 {
		g.facts = g.pieces[0].facts
	}
	g.told, g.said = g.facts.in(g.masked), g.facts.open(g.masked)
	for i := range g.pieces {
		g.pieces[i].text = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
			if fs := g.facts.in(string(r)); len(fs) == 1 && fs[0].kind != factAddress {
				return ' '
			}
			return r
		}, g.pieces[i].text)), " ")
	}
}

// ownEnd is one of the person's own places that something is brought to, with what they call it by: 送望京公司.
var ownEnd = regexp.MustCompile(`(?:送|寄|带|拿)(?:到|去|回|至|往|来)?\s?((?:我们?)?(?:的)?\p{Han}{0,4}?(?:公司|单位|办公室|家里|家))(?:里|来|去|吧|[,。!]|$)`)

// ownTold names one of the person's own places as the address: 地址是家里.
var ownTold = regexp.MustCompile(`^(?:收货|送货|取件|上门)?地址\s?(?:就?是|在|为|:)?\s?((?:我们?)?(?:的)?(?:公司|单位|办公室|家里|家))$|^(?:the )?address(?: is|:)? (?:my |the )?(home|office|work)$`)

// openPlaces puts the written addresses in the place of their signs.
func (g *goal) openPlaces() {
	for i := range g.pieces {
		if m := ownTold.FindStringSubmatch(g.pieces[i].text); m != nil && g.to == "" {
			g.to, g.pieces[i].text = m[1]+m[2], ""
		}
		if m := ownEnd.FindStringSubmatch(g.pieces[i].text); m != nil && g.to == "" {
			g.to = m[1]
		}
	}
	for _, place := range []*string{&g.from, &g.to, &g.at} {
		for _, f := range g.facts.in(*place) {
			*place = f.value
		}
	}
}

// shown are the goal's words as people read them.
func (g *goal) shown() string {
	if g.said == "" {
		return joined(g.pieces)
	}
	return g.said
}

// byNumber finds the one service that does something to a phone number, for words that give a phone number and an amount
// and nothing else that tells what is wanted ("put 200 on 13611112222").
func (ix *index) byNumber(ps []piece) []match {
	text := joined(ps)
	if !slices.ContainsFunc(ps[0].facts.in(text), func(f fact) bool { return f.kind == factPhone }) || len(lexicon.Numbers(withoutMarks(text))) != 1 || len(tellingFeatures(withoutMarks(text))) > 1 {
		return nil
	}
	found := -1
	for i := range ix.services {
		if !slices.ContainsFunc(ix.openService(i).Capabilities, chargesNumber) {
			continue
		}
		if found >= 0 {
			return nil
		}
		found = i
	}
	if found < 0 {
		return nil
	}
	return []match{{service: found, score: minScore, cover: 1, by: []string{"phone"}}}
}

// chargesNumber tells that a capability does something to a phone number and needs a choice beside it.
func chargesNumber(c catalog.Capability) bool {
	number, choice := false, false
	for _, p := range c.Input.Properties {
		switch {
		case !p.Required:
		case roleOf(p.Name, p.Schema, false) == rolePhone && isObject(c, p):
			number = true
		case len(p.Schema.Enum) > 0 || p.Schema.Is("number") || p.Schema.Is("integer"):
			choice = true
		default:
			return false
		}
	}
	return number && choice && c.Effect != catalog.Read
}
