package understand

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// quantum is what a value's words measure: 50元话费, "30 GB a month".
type quantum struct {
	value float64
	unit  []string // the ways to write its unit; nil when it measures nothing
}

// quantumOf reads the one amount in a label.
func quantumOf(text string) quantum {
	ns := lexicon.Numbers(text)
	if len(ns) != 1 {
		return quantum{}
	}
	s := lexicon.Fold(text)
	if forms := unitAt(s, ns[0]); forms != nil {
		return quantum{value: ns[0].Value, unit: forms}
	}
	return quantum{}
}

// unitAt is the unit behind a number of a folded text, the longest that fits; nil when there is none.
func unitAt(s string, n lexicon.Number) []string {
	rest := behindNumber(s, n)
	var best []string
	longest := 0
	for _, forms := range units() {
		for _, f := range forms {
			if len(f) > longest && strings.HasPrefix(rest, f) && boundary(rest, len(f)) {
				best, longest = forms, len(f)
			}
		}
	}
	return best
}

// behindNumber is what follows a number, its measure word and unit included.
func behindNumber(s string, n lexicon.Number) string {
	last := n.Last
	if last <= n.Start || last > len(s) {
		last = n.End
	}
	rest := strings.TrimLeft(s[min(last, len(s)):], " -")
	if after, ok := strings.CutPrefix(rest, "个"); ok && timeUnits.MatchString(after) {
		return after
	}
	return rest
}

// timeUnits are the units of time that 个 may stand before.
var timeUnits = regexp.MustCompile(`^(?:小时|钟头|月|星期)`)

// money tells that a unit is one of money.
func moneyUnit(forms []string) bool { return slices.Contains(forms, "元") }

// in finds the amount in a folded text: the same number with the same unit; where it is money, the unit may go unsaid (充五十).
func (q quantum) in(text string) (string, bool) {
	if q.unit == nil {
		return "", false
	}
	for _, n := range lexicon.Numbers(text) {
		if n.Value != q.value {
			continue
		}
		rest := behindNumber(text, n)
		for _, f := range q.unit {
			if strings.HasPrefix(rest, f) && boundary(rest, len(f)) {
				end := len(text) - len(rest) + len(f)
				return strings.TrimSpace(text[n.Start:end]), true
			}
		}
		if moneyUnit(q.unit) && n.Measure == "" && unitAt(text, n) == nil {
			return text[n.Start:n.End], true
		}
	}
	return "", false
}

func sortSaid(in []said) {
	slices.SortStableFunc(in, func(a, b said) int { return cmp.Compare(b.score, a.score) })
}

// numbered finds the value of an enum of numbers that a text says in the enum's own unit or beside its own name.
func numbered(name string, s *catalog.Schema, text string) []said {
	var out []said
	for _, at := range numbersFor(name, s, text) {
		for _, e := range s.Enum {
			if v, err := strconv.ParseFloat(fmt.Sprint(e), 64); err == nil && v == at.value {
				out = append(out, said{value: e, words: text[at.start:at.end], score: byAmount})
			}
		}
	}
	return out
}

// figure is a number that a text says of one input.
type figure struct {
	value      float64
	start, end int // in the folded text, with the unit or name that makes it this input's
}

// perUnit is a unit that only says of what a price or rate is: 每晚, "per night".
var perUnit = regexp.MustCompile(`每(?:个月|小时|分钟|公里|公斤|\p{Han})|\bper [a-z]+|\b(?:a|each) (?:night|day|hour|month|person)\b|(?:元|yuan)/\S+`)

var ordinalFigure = regexp.MustCompile(`\b(\d{1,3})(?:st|nd|rd|th)\b`)

// numbersFor finds the numbers that a folded text says of an input: in a unit that its name or description states ("8 寸"),
// or next to the input's own name ("grade 5", 五年级, 退两个空桶).
func numbersFor(name string, s *catalog.Schema, text string) []figure {
	about := perUnit.ReplaceAllString(lexicon.Fold(words(name)+" "+s.Title+" "+s.Description), " ")
	names := ownNames(name, s)
	var out []figure
	for _, n := range lexicon.Numbers(text) {
		if f, ok := figureOf(text, n, about, names); ok {
			out = append(out, f)
		}
	}
	for _, m := range ordinalFigure.FindAllStringSubmatchIndex(text, 4) {
		v, _ := strconv.Atoi(text[m[2]:m[3]])
		rest := strings.TrimLeft(text[m[1]:], " ")
		for _, w := range names {
			if strings.HasPrefix(rest, w) {
				out = append(out, figure{value: float64(v), start: m[0], end: len(text) - len(rest) + len(w)})
			}
		}
	}
	for _, set := range spokenNumbers() {
		if anyWord(about, set.of) {
			for w, v := range set.forms {
				if i := indexWord(text, w); i >= 0 {
					out = append(out, figure{value: v, start: i, end: i + len(w)})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b figure) int { return cmp.Compare(a.start, b.start) })
	return out
}

// spokenNumber are words that say a number of one kind of thing: 高一 is the tenth grade.
type spokenNumber struct {
	of    []string
	forms map[string]float64
}

var spokenNumbers = sync.OnceValue(func() []spokenNumber {
	var out []spokenNumber
	for line := range strings.Lines(unitFile) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if f[0] != "number" || len(f) != 3 {
			continue
		}
		set := spokenNumber{of: strings.Split(f[1], "|"), forms: map[string]float64{}}
		for _, pair := range strings.Split(f[2], "|") {
			word, number, _ := strings.Cut(pair, "=")
			if v, ok := wholeNumber(number); ok {
				set.forms[word] = float64(v)
			}
		}
		out = append(out, set)
	}
	return out
})

func figureOf(text string, n lexicon.Number, about string, names []string) (figure, bool) {
	rest := behindNumber(text, n)
	end := len(text) - len(rest)
	best, found := figure{}, false
	take := func(start, to int) {
		if !found || to-start > best.end-best.start {
			best, found = figure{n.Value, start, to}, true
		}
	}
	for _, forms := range units() {
		if !anyWord(about, forms) || slices.Contains(forms, "份") {
			continue // 份 counts anything
		}
		for _, f := range forms {
			if strings.HasPrefix(rest, f) && boundary(rest, len(f)) {
				take(n.Start, end+len(f))
			}
		}
	}
	tail := strings.TrimLeft(text[n.End:], " -")
	tail = strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(tail, "of "), "的"), " ")
	before := strings.TrimRight(text[:n.Start], " :：")
	for _, w := range names {
		for _, after := range []string{rest, tail} {
			if strings.HasPrefix(after, w) && boundary(after, len(w)) {
				take(n.Start, len(text)-len(after)+len(w))
			}
		}
		if n.Measure == "" && strings.HasSuffix(before, w) && boundary(before, len(before)-len(w)) {
			take(len(before)-len(w), max(n.Last, n.Start+1))
		}
	}
	return best, found
}

var (
	headEnds   = regexp.MustCompile(`[,，。;；.:：(（【\n/、]|\d| 1 `)
	countTail  = regexp.MustCompile(`(?:的?数量|总数|数目|个数|份数|套数|副数|数|编码|代码|级别)$`)
	plainNames = map[string]bool{"number": true, "count": true, "quantity": true, "num": true, "total": true, "amount": true, "size": true, "max": true, "min": true, "default": true, "level": true, "code": true, "the": true, "how": true, "many": true, "and": true, "how many": true}
)

// ownNames are the words that name an input in a sentence: its name's and the head of its description's, in both languages.
func ownNames(name string, s *catalog.Schema) []string {
	var out []string
	add := func(w string) {
		w = strings.TrimSpace(w)
		if lexicon.HasHan(w) && lexicon.Runes(w) < 2 || len(w) < 3 || plainNames[w] || slices.Contains(out, w) {
			return
		}
		out = append(out, w)
	}
	for _, w := range strings.Fields(strings.ToLower(words(name))) {
		add(w)
		add(lexicon.Stem(w))
	}
	if !lexicon.HasHan(s.Description) {
		for _, w := range strings.Fields(strings.ToLower(words(name))) {
			for _, other := range lexicon.Called(lexicon.Stem(w)) {
				add(other)
			}
		}
	}
	for _, side := range strings.Split(s.Description, "/") {
		head := lexicon.Fold(headEnds.Split(strings.TrimSpace(side)+" ", 2)[0])
		if !lexicon.HasHan(head) {
			continue
		}
		for head = strings.TrimSpace(head); countTail.MatchString(head); {
			head = countTail.ReplaceAllString(head, "")
		}
		add(head)
		if r := []rune(head); len(r) > 2 {
			add(string(r[len(r)-2:])) // 退回空桶: 空桶
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}
