package lexicon

import (
	"regexp"
	"strings"
)

var englishOnes = map[string]float64{"zero": 0, "nought": 0, "naught": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "both": 2}

var englishTeens = map[string]float64{"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}

var englishTens = map[string]float64{"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

var latinScales = map[string]float64{"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7, "k": 1e3, "w": 1e4, "mln": 1e6, "mil": 1e6, "mm": 1e6,
	"bln": 1e9, "bn": 1e9, "b": 1e9, "tln": 1e12, "dozen": 12, "dozens": 12, "doz": 12, "dozs": 12, "dz": 12, "dzs": 12}

// englishParts are the names of parts, singular; an s may follow.
var englishParts = map[string]float64{"half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100, "thousandth": 1000}

// englishReader reads one number in English words.
type englishReader struct {
	s              string
	pos, end       int
	total, current float64
	last           float64 // the last large scale; the next must be smaller
	words          int
	latest         float64 // the last scale of any size, 1 after a plain number
	parted         bool
}

var englishWord = regexp.MustCompile(`^[a-z]+`)

// wordFrom is the Latin word at byte i.
func wordFrom(s string, i int) string {
	if i >= len(s) {
		return ""
	}
	return englishWord.FindString(s[i:])
}

// gap moves over one space, a hyphen, or a hyphen between spaces.
func gap(s string, i int) int {
	for n := 0; n < 3 && i < len(s) && (s[i] == ' ' || s[i] == '-'); n++ {
		i++
	}
	return i
}

// englishNumeral tells that an English number may begin with the word.
func englishNumeral(w string) bool {
	switch w {
	case "a", "an", "couple", "minus", "negative":
		return true
	}
	for _, table := range []map[string]float64{englishOnes, englishTeens, englishTens, latinScales, englishParts} {
		if _, ok := table[w]; ok {
			return true
		}
	}
	return false
}

// englishFigure reads "three", "twenty-five", "one hundred and five", "half a dozen", "a couple of", "two and a half".
func englishFigure(s string, i int) (figure, bool) {
	for _, sign := range []string{"minus ", "negative "} {
		if strings.HasPrefix(s[i:], sign) {
			return negated(s, i, i+len(sign))
		}
	}
	if f, ok := englishPart(s, i); ok {
		return f, true
	}
	r := &englishReader{s: s, pos: i, end: i, last: 1e18, latest: 1}
	r.article()
	for r.words < maxHan && r.word() {
		r.words++
	}
	if r.words == 0 {
		return figure{}, false
	}
	return r.finish(i)
}

// article reads "a" and "an", which are one unless a scale follows.
func (r *englishReader) article() {
	w := wordFrom(r.s, r.pos)
	if w != "a" && w != "an" {
		return
	}
	r.current, r.words, r.end = 1, 1, r.pos+len(w)
	next := wordFrom(r.s, gap(r.s, r.end))
	if next == "couple" {
		r.current = 2
		r.end = gap(r.s, r.end) + len(next)
		r.pos = len(r.s)
		return
	}
	if _, ok := latinScales[next]; !ok || len(next) < 3 {
		r.pos = len(r.s) // "a" alone: nothing can follow it
		return
	}
	r.pos = gap(r.s, r.end)
}

// word reads one word of the number; false when it ends here.
func (r *englishReader) word() bool {
	if r.pos >= len(r.s) {
		return false
	}
	w := wordFrom(r.s, r.pos)
	at := r.pos + len(w)
	if w == "and" && r.words > 0 {
		return r.and(at)
	}
	if !r.add(w) {
		return false
	}
	r.end, r.pos = at, gap(r.s, at)
	return true
}

// and joins only what goes on below the last scale: "one hundred and five".
func (r *englishReader) and(at int) bool {
	if r.latest < 100 || r.latest == 12 {
		return false
	}
	save := *r
	r.pos = gap(r.s, at)
	if _, part := englishPart(r.s, r.pos); part { // "a million and a half": see englishTail
		return false
	}
	if !r.word() {
		*r = save
		return false
	}
	return true
}

func (r *englishReader) add(w string) bool {
	one, isOne := englishOnes[w]
	teen, isTeen := englishTeens[w]
	ten, isTen := englishTens[w]
	scale, isScale := latinScales[w]
	rest := int(r.current) % 100
	switch {
	case isOne && (r.words == 0 || one > 0 && (rest == 0 && r.latest >= 100 || rest >= 20 && rest%10 == 0)):
		r.current += one
		r.latest = 1
	case isTeen && (r.words == 0 || rest == 0 && r.latest >= 100):
		r.current += teen
		r.latest = 1
	case isTen && (r.words == 0 || rest == 0 && r.latest >= 100):
		r.current += ten
		r.latest = 1
	case w == "couple" && r.words == 0:
		r.current = 2
		r.latest = 1
	case isScale && len(w) > 2 && scale == 12:
		r.current, r.latest = max(r.current, 1)*12, 12
		r.last = 1
	case w == "hundred" && r.last > 100 && (r.words == 0 || r.current > 0 && r.current < 100):
		r.current, r.latest = max(r.current, 1)*100, 100
	case isScale && len(w) > 2 && scale >= 1000 && scale < r.last:
		r.total, r.current = r.total+max(r.current, 1)*scale, 0
		r.last, r.latest = scale, scale
	default:
		return false
	}
	return true
}

func (r *englishReader) finish(start int) (figure, bool) {
	f := figure{value: r.total + r.current, end: r.end}
	text := r.s[start:r.end]
	if strings.HasPrefix(r.s[gap(r.s, r.end):], "of ") && (strings.HasSuffix(text, "couple") || strings.HasSuffix(text, "dozen") || strings.HasSuffix(text, "dozens")) {
		f.end = gap(r.s, r.end) + len("of")
		return f, true
	}
	return englishMore(r.s, f, r.latest), true
}

// englishMore reads "point five", "and a half", "three fifths", "or three" behind a number.
func englishMore(s string, f figure, scale float64) figure {
	at := gap(s, f.end)
	w := wordFrom(s, at)
	if w == "point" {
		if p, ok := englishPoint(s, f, at+len(w)); ok {
			return p
		}
	}
	if w == "or" || w == "to" {
		if g, ok := englishFigureSimple(s, gap(s, at+len(w))); ok && g.value == f.value+1 {
			if m, _ := measureAt(s, g.end); m != "" {
				f.high, f.about, f.end = g.value, true, g.end
				return f
			}
		}
	}
	if den, end := partNamed(s, at); den > 0 && f.value > 0 && end > 0 && s[f.end:at] != "" && plainPart(s, f, end) {
		return figure{value: f.value / den, parted: true, end: end}
	}
	if g, ok := englishTail(s, f.end, scale); ok && g.parted {
		f.value, f.end, f.parted = f.value+g.value, g.end, true
		if big := wordFrom(s, gap(s, f.end)); latinScales[big] >= 1000 && len(big) > 2 { // five and a half million
			f.value, f.end = f.value*latinScales[big], gap(s, f.end)+len(big)
		}
	}
	return f
}

// englishFigureSimple reads one to ninety-nine.
func englishFigureSimple(s string, i int) (figure, bool) {
	r := &englishReader{s: s, pos: i, end: i, last: 100, latest: 1}
	for r.words < 2 && r.word() {
		r.words++
	}
	return figure{value: r.current, end: r.end}, r.words > 0
}

// englishTail reads what "and" adds to a number with a scale: "3 hundred and 21", "two million and a half".
func englishTail(s string, i int, scale float64) (figure, bool) {
	if !strings.HasPrefix(s[i:], " and ") {
		return figure{}, false
	}
	at := i + len(" and ")
	if bare, ok := barePart(s, at); ok {
		if whole, _ := englishPart(s, at); scale >= 1000 && whole.end > bare.end { // one billion and a half million
			whole.parted = true
			return whole, true
		}
		if scale >= 1000 {
			bare.value *= scale
		}
		return bare, true
	}
	if scale < 100 {
		return figure{}, false
	}
	if m := digitRun.FindString(s[at:]); m != "" {
		v, ok := parseDigits(m)
		if _, next := partNamed(s, gap(s, at+len(m))); next > 0 || latinEnd.MatchString(s[at+len(m):]) {
			return figure{}, false
		}
		return figure{value: v, end: at + len(m)}, ok && v > 0 && v < scale && v == float64(int(v))
	}
	r := &englishReader{s: s, pos: at, end: at, last: scale, latest: 1}
	for r.words < maxHan && r.word() {
		r.words++
	}
	g := figure{value: r.total + r.current, end: r.end}
	return g, r.words > 0 && g.value < scale
}

// barePart reads "half", "a half", "three quarters", "two thirds", "one fifth".
func barePart(s string, i int) (figure, bool) {
	num, at := 1.0, i
	w := wordFrom(s, i)
	switch {
	case w == "a" || w == "an" || w == "one":
		at = gap(s, i+len(w))
	case englishOnes[w] > 1:
		num, at = englishOnes[w], gap(s, i+len(w))
	}
	den, end := partNamed(s, at)
	if den == 0 || at > i && s[at-1] != ' ' && s[at-1] != '-' || at == i && den != 2 && w != "quarter" {
		return figure{}, false
	}
	if at > i && !plainPart(s, figure{value: num, end: i + len(w)}, end) {
		return figure{}, false
	}
	return figure{value: num / den, parted: true, end: end}, at > i || den == 2 || w == "quarter"
}

// englishPart reads a part, and a part of a scale: "half a dozen", "quarter million".
func englishPart(s string, i int) (figure, bool) {
	f, ok := barePart(s, i)
	if !ok {
		return f, false
	}
	next := gap(s, f.end)
	if strings.HasPrefix(s[next:], "a ") {
		next += len("a ")
	} else if strings.HasPrefix(s[next:], "of a ") {
		next += len("of a ")
	}
	if scale := wordFrom(s, next); latinScales[scale] >= 12 && len(scale) > 2 && scale != "hundred" {
		f.value, f.end = f.value*latinScales[scale], next+len(scale)
		f.parted = f.value != float64(int(f.value))
		return f, true
	}
	return f, !strings.HasPrefix(s[i:], "quarter") // "quarter to nine" is no number
}

// partNamed is the denominator a word names ("third", "quarters") and where the word ends.
func partNamed(s string, i int) (float64, int) {
	w := wordFrom(s, i)
	den := englishParts[w]
	if den == 0 {
		den = englishParts[strings.TrimSuffix(w, "s")]
	}
	if den == 0 {
		return 0, 0
	}
	return den, i + len(w)
}

// plainPart tells a part ("three fifths", "one fifth", "a third.") from a place in a row ("a third coffee", "twenty fifth").
func plainPart(s string, f figure, end int) bool {
	plural := strings.HasSuffix(s[:end], "s")
	if plural {
		return true
	}
	if strings.HasSuffix(s[:end], "half") || strings.HasSuffix(s[:end], "quarter") {
		return f.value == 1
	}
	rest := strings.TrimLeft(s[end:], " ")
	return f.value == 1 && (rest == "" || !isLatin(rest[0]) || strings.HasPrefix(rest, "of "))
}

func englishPoint(s string, f figure, i int) (figure, bool) {
	place, v, digits := 1.0, 0.0, 0
	at := gap(s, i)
	end := at
	for digits < maxDigits {
		w := wordFrom(s, at)
		d, ok := englishOnes[w]
		if !ok {
			break
		}
		place, v, digits, end = place*10, v*10+d, digits+1, at+len(w)
		at = gap(s, end)
	}
	if digits == 0 {
		g, ok := englishFigureSimple(s, at)
		if !ok {
			return f, false
		}
		place, v, end = 100, g.value, g.end
	}
	f.value, f.end = f.value+v/place, end
	return f, true
}
