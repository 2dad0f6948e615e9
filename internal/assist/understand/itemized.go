package understand

import (
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// listed is one thing of an earlier goal's words, with its count and options: 一杯热美式 of 两杯拿铁和一杯热美式.
type listed struct {
	text  string
	count lexicon.Number
	has   bool // it is counted
}

// itemized cuts words at their counts, commas and the words that join things.
func itemized(s string) []listed {
	var cuts []int
	for _, n := range lexicon.Numbers(s) {
		if lexicon.IsCount(s, n) && !inName(s, n) {
			cuts = append(cuts, n.Start)
		}
	}
	if len(cuts) > 0 {
		cuts = cuts[1:] // what stands before the first is said of it (来两杯)
	}
	var out []listed
	add := func(text string) {
		if text = strings.Trim(text, " ,，;；、。"); text == "" {
			return
		}
		l := listed{text: text}
		for _, n := range lexicon.Numbers(text) {
			if !l.has && lexicon.IsCount(text, n) && !inName(text, n) {
				l.count, l.has = n, true
			}
		}
		out = append(out, l)
	}
	from := 0
	for _, at := range slices.Sorted(slices.Values(append(cuts, joints(s)...))) {
		if at > from {
			add(trimJoint(s[from:at]))
			from = at
		}
	}
	add(trimJoint(s[from:]))
	return out
}

// joints are where things are strung together: at commas, and at 和, "and" and their like.
func joints(s string) []int {
	var out []int
	for i, r := range s {
		if strings.ContainsRune(",，;；、", r) {
			out = append(out, i)
		}
	}
	for _, t := range lexicon.Tokens(s) {
		if slices.Contains(phrases()["join"], t.Text) {
			out = append(out, t.Start)
		}
	}
	return out
}

// trimJoint takes the joining words off the ends of a part.
func trimJoint(s string) string {
	for {
		was := s
		s = strings.Trim(s, " ,，;；、")
		for _, j := range phrases()["join"] {
			if lexicon.HasHan(j) {
				s = strings.TrimSuffix(strings.TrimPrefix(s, j), j)
				continue
			}
			s = strings.TrimSuffix(strings.TrimPrefix(s, j+" "), " "+j)
		}
		if s == was {
			return s
		}
	}
}

// rejoined is the parts as words again.
func rejoined(parts []listed) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.text
	}
	return strings.Join(texts, ", ")
}

// thing is what a part is called, without its count and its options.
func (m *mender) thing(text string) string {
	for _, n := range slices.Backward(lexicon.Numbers(text)) {
		if lexicon.IsCount(text, n) && !inName(text, n) {
			text = text[:n.Start] + " " + text[n.End:]
		}
	}
	return m.b.queryOf(text)
}

// partFor is the part that words name: the one called exactly so, else the only one whose name has them; -1 where none or
// several are.
func (m *mender) partFor(parts []listed, words string) int {
	name := m.thing(words)
	if name == "" {
		return -1
	}
	inside := -1
	for i, p := range parts {
		q := m.thing(p.text)
		switch {
		case q == "":
		case q == name || lexicon.Stem(q) == lexicon.Stem(name) || m.b.sameThing(q, name):
			return i
		case indexWord(q, name) >= 0 && inside < 0:
			inside = i
		case indexWord(q, name) >= 0:
			inside = len(parts)
		}
	}
	if inside == len(parts) {
		return -1
	}
	return inside
}

// sameThing tells that two names mean one live item of the service (美式, americano).
func (b *builder) sameThing(x, y string) bool {
	n := b.nameIn(x)
	return n != "" && n == b.nameIn(y)
}

// without is a part with its count, its thing and its options taken away: what else it said (送到公司).
func (m *mender) without(p listed) string {
	s := p.text
	if p.has {
		s = s[:p.count.Start] + " " + s[p.count.End:]
	}
	for _, w := range append(strings.Fields(m.thing(p.text)), m.b.optionWords(s)...) {
		if i := strings.Index(s, w); i >= 0 {
			s = s[:i] + " " + s[i+len(w):]
		}
	}
	s = withoutVerbs(blank("filler", blank("polite", s)))
	return strings.Trim(s, " ,，")
}

// withoutVerbs takes the words for ordering away, which say nothing without what is ordered.
func withoutVerbs(s string) string {
	for _, t := range slices.Backward(lexicon.Tokens(s)) {
		if t.Concept == "v.order" || t.Concept == "v.reserve" || lexicon.Runes(t.Text) == 1 && (lexicon.IsMeasure(t.Text) || isFiller(t.Text)) {
			s = s[:t.Start] + " " + s[t.End:]
		}
	}
	return s
}

// reoption gives one thing of several other options: 美式改成热的. ok is false where the words name no such thing, or more
// than options take the place of what was said.
func (m *mender) reoption(before, after string) bool {
	if !m.b.bareOptions(after) || before == "" {
		return false
	}
	parts := itemized(m.base)
	at := m.partFor(parts, before)
	if at < 0 {
		return false
	}
	one := *m
	one.base, one.rest = parts[at].text, after
	one.enums()
	one.options()
	one.counts()
	parts[at].text = one.base
	if rest := strings.TrimSpace(strings.Trim(one.rest, " ,的")); strings.TrimSpace(blank("filler", rest)) != "" {
		parts[at].text += " " + rest
	}
	m.base = rejoined(parts)
	return true
}
