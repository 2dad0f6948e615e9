package understand

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// counts puts a number of things in the place of the number of the same things before.
func (m *mender) counts() {
	ns := lexicon.Numbers(m.rest)
	for _, n := range slices.Backward(ns) {
		if !lexicon.IsCount(m.rest, n) {
			continue
		}
		m.counted = true
		word := m.writtenFor(n)
		noun := nounAfter(m.rest, n)
		old, ok := m.countLike(n, noun)
		switch {
		case ok && (n.Measure == "" || n.Measure == old.Measure):
			m.base = m.base[:old.Start] + word + spaced(m.base[numberEnd(m.base, old):], word)
		case ok:
			m.base = m.base[:old.Start] + word + m.rest[numberEnd(m.rest, n):n.End] + spaced(m.base[old.End:], word)
		case m.insert(word, n.Measure):
		default:
			continue
		}
		tail := m.rest[n.End:]
		if noun != "" {
			tail = strings.TrimPrefix(strings.TrimLeft(tail, " "), noun)
		}
		m.rest = m.rest[:n.Start] + " " + tail
	}
}

// writtenFor is a number of the later words as it can stand in the earlier ones: an English word among Chinese ones
// would not be read.
func (m *mender) writtenFor(n lexicon.Number) string {
	word := m.rest[n.Start:numberEnd(m.rest, n)]
	if lexicon.HasHan(m.base) && strings.ContainsFunc(word, unicode.IsLetter) && !lexicon.HasHan(word) && n.Value == float64(int(n.Value)) {
		return strconv.Itoa(int(n.Value))
	}
	return word
}

func spaced(tail, word string) string {
	if tail != "" && !lexicon.HasHan(word) && !strings.HasPrefix(tail, " ") && !lexicon.HasHan(tail[:min(3, len(tail))]) {
		return " " + tail
	}
	return tail
}

// numberEnd is where the number itself ends, before its measure word.
func numberEnd(s string, n lexicon.Number) int {
	if n.Last > n.Start && n.Last <= n.End {
		return n.Last
	}
	return min(n.End, len(s))
}

var latinWord = regexp.MustCompile(`^ ?([a-z]+)`)

// nounAfter is the English word behind a number without a measure word of its own.
func nounAfter(s string, n lexicon.Number) string {
	if n.Measure != "" {
		return ""
	}
	if w := latinWord.FindStringSubmatch(s[n.End:]); w != nil && !isFiller(w[1]) {
		return w[1]
	}
	return ""
}

// countLike finds the number before that counts the same as n does.
func (m *mender) countLike(n lexicon.Number, noun string) (lexicon.Number, bool) {
	var all []lexicon.Number
	for _, old := range lexicon.Numbers(m.base) {
		if lexicon.IsCount(m.base, old) {
			all = append(all, old)
		}
	}
	what := noun
	if what == "" && !lexicon.HasHan(n.Measure) {
		what = n.Measure
	}
	for _, old := range all {
		if old.Measure == n.Measure && n.Measure != "" || peopleWords[old.Measure] && (peopleWords[n.Measure] || peopleWords[noun]) {
			return old, true
		}
	}
	for _, old := range all {
		if what != "" && named(m.base[old.End:], what) && !peopleWords[what] {
			return old, true
		}
	}
	loose := what == "" && (n.Measure == "" || n.Measure == "个" || n.Measure == "份")
	if len(all) == 1 && (loose || lexicon.HasHan(n.Measure) && !peopleWords[n.Measure] && all[0].Measure == "个") && !peopleWords[n.Measure] {
		return all[0], true
	}
	return lexicon.Number{}, false
}

// named tells that a word stands, in any number, among the next few words.
func named(text, word string) bool {
	for i, w := range strings.Fields(text) {
		if lexicon.Stem(strings.Trim(w, ",.")) == lexicon.Stem(word) {
			return true
		}
		if i == 3 {
			break
		}
	}
	return false
}

// insert puts a number before a measure word that stands alone (来杯, 叫辆).
func (m *mender) insert(word, measure string) bool {
	if measure == "" || !lexicon.HasHan(measure) {
		return false
	}
	for _, verb := range []string{"来", "点", "要", "订", "定", "买", "叫", "约", "寄", "打", "印", "整", "弄", "给我", "送", "张", "一"} {
		if i := strings.Index(m.base, verb+measure); i >= 0 && verb != "一" {
			at := i + len(verb)
			m.base = m.base[:at] + word + m.base[at:]
			return true
		}
	}
	return false
}

// names tells that a text names or counts a thing of its own.
func (m *mender) names(text string) bool {
	if m.b.nameIn(text) != "" {
		return true
	}
	for _, n := range lexicon.Numbers(text) {
		if lexicon.IsCount(text, n) && query(text[n.End:], m.b.optionWords(text[n.End:])) != "" {
			return true
		}
	}
	return false
}
