package lexicon

import (
	"regexp"
	"strconv"
	"strings"
)

// Rank is a place in a row found in a folded text: 第二个, "the third one", 倒数第二.
type Rank struct {
	N     int // 1 is the first, -1 the last, -2 the last but one
	Start int // byte offsets in the folded text
	End   int
}

var (
	zhOrdinal   = regexp.MustCompile(`^(倒数|倒數)?第 ?`)
	zhLast      = regexp.MustCompile(`^最[后後末]面?(?:那|这)?[一1]?[个個家件份杯条款项張张间班趟位]`)
	zhNamed     = regexp.MustCompile(`^(?:人民|中心|附属)?(?:医院|中学|小学|大道|大街|食堂|教学楼|实验|航站楼|季度?|街|路|大学|周|幼儿园|百货|楼|教|学期|天|时间)`)
	digitNth    = regexp.MustCompile(`^(\d{1,9})(?:st|nd|rd|th)\b`)
	lastButs    = regexp.MustCompile(`^(?:(?:the )?(?:last but one|one before (?:the )?last(?: one)?|next to last|second to last|second last|penultimate)|(?:the )?(third to last|third last|last but two|antepenultimate))\b`)
	lastWord    = regexp.MustCompile(`^(?:the )?last\b(?: (night|week|weekend|month|year|time|minute|hour|day|summer|spring|autumn|fall|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|name|resort)\b)?`)
	firstNot    = regexp.MustCompile(`^(?:first|second)(?:,| of all| (?:class|name|aid|floor|thing|hand|half|nature|of (?:january|february|march|april|may|june|july|august|september|october|november|december))\b)`)
	beforeFirst = regexp.MustCompile(`(?:\bat |[\d] ?|\b(?:one|a|an|per|just a|half a) )$`)
)

// Ordinals finds the places in a row that a text (folded here) names. Floors, names (第一医院) and dates are not among them.
func Ordinals(s string) []Rank {
	s = spoken(s)
	var out []Rank
	for i := 0; i < len(s); {
		if r, ok := rankAt(s, i); ok {
			if r.N != 0 {
				out = append(out, r)
			}
			i = r.End
			continue
		}
		i += step(s, i)
	}
	return out
}

// Ordinal finds "the second one", 第二个: 1-based, -1 for the last, -2 for the last but one, 0 when there is none.
func Ordinal(s string) int {
	if all := Ordinals(s); len(all) > 0 {
		return all[0].N
	}
	return 0
}

func rankAt(s string, i int) (Rank, bool) {
	if g := zhOrdinal.FindStringSubmatchIndex(s[i:]); g != nil {
		return hanRank(s, i, i+g[1], g[2] >= 0)
	}
	if m := zhLast.FindString(s[i:]); m != "" {
		return Rank{N: -1, Start: i, End: i + len(m)}, true
	}
	if i > 0 && (isLatin(s[i-1]) || s[i-1] >= '0' && s[i-1] <= '9') {
		return Rank{}, false
	}
	if m := digitNth.FindStringSubmatch(s[i:]); m != nil {
		n, err := strconv.Atoi(m[1])
		return Rank{N: n, Start: i, End: i + len(m[0])}, err == nil
	}
	if i >= len(s) || !isLatin(s[i]) {
		return Rank{}, false
	}
	if g := lastButs.FindStringSubmatchIndex(s[i:]); g != nil {
		n := -2
		if g[2] >= 0 {
			n = -3
		}
		return Rank{N: n, Start: i, End: i + g[1]}, true
	}
	if g := lastWord.FindStringSubmatchIndex(s[i:]); g != nil {
		if g[2] >= 0 {
			return Rank{End: i + g[1]}, true
		}
		return Rank{N: -1, Start: i, End: i + g[1]}, true
	}
	return englishRank(s, i)
}

func hanRank(s string, i, at int, fromEnd bool) (Rank, bool) {
	f, ok := hanInteger(s, at)
	if !ok {
		if m := digitRun.FindString(s[at:]); m != "" {
			f.value, ok = parseDigits(m)
			f.end = at + len(m)
		}
	}
	if !ok || f.value < 1 || f.value > maxRank || zhNamed.MatchString(s[f.end:]) && !fromEnd {
		return Rank{}, false
	}
	n := int(f.value)
	if fromEnd {
		n = -n
	}
	return Rank{N: n, Start: i, End: f.end}, true
}

// maxRank is the largest place in a row that is read.
const maxRank = 1e15

// englishRank reads "third", "twenty-first", "one hundred twenty fifth".
func englishRank(s string, i int) (Rank, bool) {
	if firstNot.MatchString(s[i:]) || strings.HasPrefix(s[i:], "second") && beforeFirst.MatchString(s[max(0, i-maxLead):i]) || strings.HasPrefix(s[i:], "first") && strings.HasSuffix(s[:i], "at ") {
		return Rank{}, false
	}
	if i == 0 && strings.HasPrefix(s, "first ") && !firstChoice.MatchString(s) {
		return Rank{}, false // "first get me a car, then …" tells an order of doing
	}
	start, base, words := i, 0.0, 0
	r := &englishReader{s: s, pos: i, end: i, last: 1e18, latest: 1}
	r.article()
	if r.pos == len(s) {
		return Rank{}, false
	}
	for {
		w := wordFrom(s, r.pos)
		if n, ok := nth[w]; ok {
			return r.nth(start, words, n, len(w), base)
		}
		if words == maxHan || !r.word() {
			return Rank{}, false
		}
		words, r.words = words+1, r.words+1
	}
}

var firstChoice = regexp.MustCompile(`^first (?:one|two|three|option|choice|item|shop|store|result)\b|^first$`)

func (r *englishReader) nth(start, words int, n float64, size int, base float64) (Rank, bool) {
	end := r.pos + size
	v := base + r.total + r.current
	switch {
	case n >= 100: // two hundredth, three trillionth
		v = r.total + max(r.current, 1)*n
	case words > 0 && (r.latest < 100 && (int(r.current)%10 != 0 || n > 9 || r.current < 20)):
		return Rank{}, false // "two thirds", "one fifth" are parts
	default:
		v += n
	}
	if v > maxRank || v < 1 {
		return Rank{}, false
	}
	return Rank{N: int(v), Start: start, End: end}, true
}

var nth = func() map[string]float64 {
	out := map[string]float64{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "nineth": 9, "twelfth": 12, "hundredth": 100, "thousandth": 1000, "millionth": 1e6, "billionth": 1e9, "trillionth": 1e12}
	for w, v := range englishTeens {
		if _, ok := out[w+"th"]; !ok && w != "twelve" {
			out[w+"th"] = v
		}
	}
	for w, v := range englishTens {
		out[strings.TrimSuffix(w, "y")+"ieth"] = v
	}
	return out
}()
