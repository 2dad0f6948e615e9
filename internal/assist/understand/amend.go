package understand

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// mender changes the words of an earlier goal by what was said later: what is of the same kind takes the place of what
// was said before (a number of the same things, a time, a place, an option, a value of the same input, a thing by its
// name), the rest is said in addition.
type mender struct {
	ix   *index
	b    *builder
	base string
	rest string
	now  time.Time // of the later words
	then time.Time // of the earlier ones
	swap bool      // a thing that is named takes the place of the one named before

	timed, counted, placed bool
	led                    bool // the words say "change it to"
}

func (ix *index) mender(service int, base, change string, now, then time.Time) *mender {
	var notes []string
	b := &builder{ix: ix, goal: &goal{service: service}, now: now, explain: &notes}
	m := &mender{ix: ix, b: b, base: lexicon.Fold(base), rest: lexicon.Fold(change), now: now, then: then}
	if !day(then).Equal(day(now)) {
		m.base = dated(m.base, then)
	}
	return m
}

// dated writes the days that words say out, for reading them on another day.
func dated(s string, now time.Time) string {
	for _, t := range slices.Backward(lexicon.FindTimes(s, now)) {
		layout := "2006-01-02"
		if t.HasTime {
			layout += " 15:04"
		}
		if t.HasDate && !t.Soon && t.Until.IsZero() {
			s = s[:t.Start] + t.At.Format(layout) + s[t.End:]
		}
	}
	return s
}

var (
	pairHan     = regexp.MustCompile(`^(?:把|将)?(.{0,24}?)(?:改成|改为|改到|改在|换成|换为|换到|换作|调成|调到|变成|换个?)(.+)$`)
	pairEnglish = regexp.MustCompile(`\b(?:change|switch|swap|replace|exchange) (?:the |my )?(.{1,40}?) (?:to|for|with|into|by) (.+)$`)
	takesOut    = regexp.MustCompile(`^(?:也|就|那)?(?:不要|不加|别加|去掉|别放|不放|without|no|remove|drop|leave out|skip|hold)(?: the| any)?\s?(.{1,12}?)了?$`)
	ledTo       = regexp.MustCompile(`改到|改去|改成去|改为去|换到|\b(?:change|switch|move|make) (?:it |that |the \w+ )?(?:go )?to\b`)
	swapsHan    = regexp.MustCompile(`换成|换为|换作|换`)
)

// merge is the earlier goal's words with the change.
func (m *mender) merge() string {
	m.rest = strings.Trim(m.rest, " ,.!?。！？")
	m.swap = m.swap || swapsHan.MatchString(m.rest)
	m.led = ledTo.MatchString(m.rest)
	m.pair()
	for _, kind := range []string{"amend", "anew", "polite"} {
		m.rest = blank(kind, m.rest)
	}
	m.takeOut()
	m.times()
	m.phones()
	m.places()
	m.things()
	m.enums()
	m.options()
	m.counts()
	m.destination()
	rest := strings.Trim(m.rest, " ,.!?。！？吧了哦啊呢")
	if strings.TrimSpace(blank("filler", blank("join", rest))) == "" {
		return m.base
	}
	return m.base + ", " + rest
}

// changed tells that an answer of before is about what was changed.
func (m *mender) changed(answer string) bool {
	_, timed := lexicon.FindTime(answer, m.then)
	switch {
	case timed:
		return m.timed
	case len(lexicon.Numbers(answer)) > 0 && !phoneNumber.MatchString(answer):
		return m.counted
	}
	return m.placed && len(lexicon.Numbers(answer)) == 0
}

// pair applies "change A to B" where A stands in the words.
func (m *mender) pair() {
	for _, re := range []*regexp.Regexp{pairHan, pairEnglish} {
		head, tail := "", m.rest
		if i := strings.LastIndex(tail, ","); i >= 0 && re == pairHan {
			head, tail = tail[:i+1]+" ", strings.TrimSpace(tail[i+1:])
		}
		p := re.FindStringSubmatch(tail)
		if p == nil && head != "" {
			head, p = "", re.FindStringSubmatch(m.rest)
		}
		if p == nil {
			continue
		}
		if head != "" && strings.TrimSpace(p[1]) == "" && m.denied(head) {
			head, p[1] = "", head
		}
		before, after := strings.Trim(blank("anew", blank("polite", p[1])), " ,的"), strings.TrimSpace(p[2])
		if out := takesOut.FindStringSubmatch(before); out != nil {
			before = strings.TrimSpace(out[1])
		}
		m.rest = head + after
		i := indexWord(m.base, before)
		switch {
		case m.reoption(before, after):
			m.rest = head
		case i < 0 || lexicon.Runes(before) < 2 || withoutTimes(after, m.now) != after:
		case len(lexicon.Numbers(after)) == 0:
			m.base, m.rest = m.base[:i]+after+m.base[i+len(before):], head
		case m.names(after):
			m.base, m.rest = m.base[:m.countBefore(i)]+after+m.base[i+len(before):], head
		}
		return
	}
}

// denied tells that a clause takes out a thing that was wanted before: 不要布洛芬了 before 换成感冒灵.
func (m *mender) denied(clause string) bool {
	out := takesOut.FindStringSubmatch(strings.Trim(clause, " ,"))
	return out != nil && lexicon.Runes(out[1]) > 1 && indexWord(m.base, strings.TrimSpace(out[1])) >= 0
}

// countBefore is where the number begins that counts what stands at i; i itself where nothing counts it.
func (m *mender) countBefore(i int) int {
	for _, n := range lexicon.Numbers(m.base) {
		if lexicon.IsCount(m.base, n) && n.End <= i && strings.TrimSpace(m.base[n.End:i]) == "" {
			return n.Start
		}
	}
	return i
}

// takeOut drops what is not wanted any more: 不要椰果了 after 加椰果.
func (m *mender) takeOut() {
	p := takesOut.FindStringSubmatch(strings.Trim(m.rest, " ,."))
	if p == nil {
		return
	}
	what := strings.TrimSpace(p[1])
	i := indexWord(m.base, what)
	if i < 0 || what == "" {
		return
	}
	head := strings.TrimRight(m.base[:i], " ")
	for _, lead := range []string{"加", "放", "要", "with", "and", "和", "add", "plus", "extra"} {
		head = strings.TrimRight(strings.TrimSuffix(head, lead), " ")
	}
	m.base, m.rest = strings.Trim(head+" "+strings.TrimLeft(m.base[i+len(what):], " "), " ,"), ""
}

// times puts a day or an hour in the place of the one before.
func (m *mender) times() {
	said, ok := lexicon.FindTime(m.rest, m.now)
	if !ok || said.Soon {
		return
	}
	before := lexicon.FindTimes(m.base, m.then)
	m.timed = true
	for _, b := range before {
		if b.Soon || !(b.HasDate && said.HasDate || b.HasTime && said.HasTime) {
			continue
		}
		text := said.Text
		if b.HasDate && b.HasTime && said.HasDate != said.HasTime {
			text = m.bothOf(b, said)
		}
		m.base = m.base[:b.Start] + text + m.base[b.End:]
		m.rest = cutSpans(m.rest, append(said.Also, [2]int{said.Start, said.End}))
		return
	}
}

// bothOf is the day of one moment with the hour of another, written out.
func (m *mender) bothOf(before, said lexicon.Moment) string {
	day, at := before.At, said.At
	if said.HasDate {
		day, at = said.At, before.At
	}
	if said.HasTime && said.Guessed && before.At.Hour() >= 12 && at.Hour() < 12 {
		at = at.Add(12 * time.Hour)
	}
	layout := "2006-01-02 15:04"
	if !lexicon.HasHan(m.base) {
		layout = "on 2006-01-02 at 15:04"
	}
	return time.Date(day.Year(), day.Month(), day.Day(), at.Hour(), at.Minute(), 0, 0, at.Location()).Format(layout)
}

// cutSpans takes pieces out of a text, the last first.
func cutSpans(s string, spans [][2]int) string {
	slices.SortFunc(spans, func(a, b [2]int) int { return b[0] - a[0] })
	for _, sp := range spans {
		if sp[0] >= 0 && sp[1] <= len(s) && sp[0] < sp[1] {
			s = s[:sp[0]] + " " + s[sp[1]:]
		}
	}
	return s
}

func (m *mender) phones() {
	said, before := phoneNumber.FindString(m.rest), phoneNumber.FindString(m.base)
	if said != "" && before != "" {
		m.base, m.rest = strings.Replace(m.base, before, said, 1), strings.Replace(m.rest, said, " ", 1)
	}
}

func (m *mender) places() {
	said, before := &goal{}, &goal{}
	said.places(m.rest, m.now)
	before.places(m.base, m.then)
	for _, p := range [][2]string{{said.to, before.to}, {said.from, before.from}} {
		if p[0] == "" || lexicon.HasHan(p[0]) && !strings.Contains(m.rest, p[0]) {
			continue
		}
		m.placed = true
		if i := strings.LastIndex(m.base, p[1]); p[1] != "" && i >= 0 {
			m.base = m.base[:i] + p[0] + m.base[i+len(p[1]):]
			m.rest = ""
			return
		}
	}
}

// destination puts what is left of a change, which names nothing else that was known, in the place of where the earlier
// words go: 改到北京南站, "change it to the south station".
func (m *mender) destination() {
	if m.timed || m.counted || m.placed {
		return
	}
	to := strings.Trim(cleanPlace(blank("pointing", m.rest)), " ,.!?。！？吧了哦啊呢")
	before := &goal{}
	before.places(m.base, m.then)
	i := strings.LastIndex(m.base, before.to)
	if before.to == "" || i < 0 || lexicon.Runes(to) < 2 || lexicon.Runes(to) > maxFragment || m.b.nameIn(to) != "" || len(m.b.optionWords(to)) > 0 || onlyOptions(to) || query(to, nil) == "" {
		return
	}
	if !m.led {
		return
	}
	m.placed = true
	m.base, m.rest = m.base[:i]+to+m.base[i+len(before.to):], ""
}

// things puts a thing that a service has in the place of the one named before.
func (m *mender) things() {
	if !m.swap || m.b.bareOptions(strings.Trim(m.rest, " ,.!?。！？的")) {
		return // 换成大杯 swaps no thing
	}
	said, before := m.thingIn(m.rest), m.thingIn(m.base)
	i, k := indexWord(m.base, before), indexWord(m.rest, said)
	if said == "" || before == "" || said == before || i < 0 || k < 0 {
		return
	}
	m.base, m.rest = m.base[:i]+said+m.base[i+len(before):], m.rest[:k]+" "+m.rest[k+len(said):]
}

// thingIn is what a text calls the thing that it is about: a live item's name, else the words to search by.
func (m *mender) thingIn(text string) string {
	if name := m.b.nameIn(text); name != "" {
		return name
	}
	var notes []string
	next := 0
	g := &goal{pieces: m.ix.pieces(text), service: m.b.goal.service}
	g.read(m.now)
	b := &builder{ix: m.ix, goal: g, now: m.now, next: &next, explain: &notes}
	b.readItems()
	if q := b.queryOf(g.items[0].text); len(g.items) == 1 && b.canonical(q) != "" {
		return q
	}
	return ""
}

// enums puts a value of an input in the place of another value of the same input.
func (m *mender) enums() {
	seen := map[string]bool{}
	var walk func(s *catalog.Schema, depth int)
	walk = func(s *catalog.Schema, depth int) {
		if s == nil || depth > maxDepth+1 {
			return
		}
		for _, p := range s.Properties {
			if len(p.Schema.Enum) > 0 && !seen[p.Name] {
				seen[p.Name] = true
				m.enum(p)
			}
			walk(p.Schema, depth+1)
			walk(p.Schema.Items, depth+1)
		}
	}
	for _, c := range m.b.service().Capabilities {
		walk(c.Input, 0)
	}
}

func (m *mender) enum(p catalog.Property) {
	said, before := findEnum(p.Name, p.Schema, m.rest), findEnum(p.Name, p.Schema, m.base)
	if len(said) == 0 || len(before) == 0 || said[0].value == before[0].value || said[0].words == "" || before[0].words == "" {
		return
	}
	if said[0].score < byConcept || before[0].score < byConcept || bareNumber(said[0].words) || bareNumber(before[0].words) {
		return
	}
	i, k := strings.Index(m.base, before[0].words), strings.Index(m.rest, said[0].words)
	if i < 0 || k < 0 {
		return
	}
	m.base = m.base[:i] + said[0].words + m.base[i+len(before[0].words):]
	m.rest = m.rest[:k] + " " + m.rest[k+len(said[0].words):]
}

func bareNumber(s string) bool {
	return len(strings.TrimFunc(s, func(r rune) bool { return r >= '0' && r <= '9' })) == 0
}

// options puts an option in the place of another of its kind (少糖 for 半糖).
func (m *mender) options() {
	for _, t := range slices.Backward(lexicon.Tokens(m.rest)) {
		head, _, dotted := strings.Cut(t.Concept, ".")
		if !dotted || head == "v" {
			continue
		}
		for _, old := range lexicon.Tokens(m.base) {
			if strings.HasPrefix(old.Concept, head+".") {
				m.base = m.base[:old.Start] + t.Text + m.base[old.End:]
				m.rest = m.rest[:t.Start] + " " + m.rest[t.End:]
				break
			}
		}
	}
}
