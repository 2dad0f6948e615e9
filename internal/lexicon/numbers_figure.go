package lexicon

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	digitRun = regexp.MustCompile(`^(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)`)
	slashed  = regexp.MustCompile(`^(?:(\d{1,4}) )?(\d{1,6})[/⁄](\d{1,6})`)
	hanOver  = regexp.MustCompile(`^ ?分 ?之 ?`)
	hanPoint = regexp.MustCompile(`^ ?[点點] ?([零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖]+)`)
	latinEnd = regexp.MustCompile(`^ ?(k|w|thousand|million|billion|trillion|hundred|mln|bln|tln|mil|mm|lakh|crore|bn|b|dozens?|dozs?|dzs?)(?:\b|[^a-z])`)
	toNext   = regexp.MustCompile(`^ ?(?:-|~|～|到|至|或者?|to | or ) ?(\d{1,3}) ?`)
)

// maxDigits bounds the digits of a number.
const maxDigits = 40

// figureAt reads a number at byte i of a folded text: digits, Chinese or English numerals.
func figureAt(s string, i int) (figure, bool) {
	r, size := utf8.DecodeRuneInString(s[i:])
	switch {
	case r == '负' || r == '負':
		return negated(s, i, i+size)
	case r == '-' && (i == 0 || s[i-1] == ' '):
		return negated(s, i, i+1)
	case r >= '0' && r <= '9' || r == '.':
		return digitFigure(s, i)
	case r >= 'a' && r <= 'z':
		if i > 0 && isLatin(s[i-1]) || !englishNumeral(wordFrom(s, i)) {
			return figure{}, false
		}
		return englishFigure(s, i)
	}
	if !numeral(r) {
		return figure{}, false
	}
	f, ok := hanInteger(s, i)
	if !ok {
		return f, false
	}
	return hanMore(s, f), true
}

// numeral tells that a Chinese number may begin with r.
func numeral(r rune) bool {
	_, digit := hanDigits[r]
	_, scale := hanScales[r]
	return digit || scale || r == '半'
}

func isLatin(b byte) bool { return b >= 'a' && b <= 'z' }

func negated(s string, i, at int) (figure, bool) {
	if at < len(s) && s[at] == ' ' {
		at++
	}
	if at >= len(s) || s[at] == '-' || strings.HasPrefix(s[at:], "负") {
		return figure{}, false
	}
	f, ok := figureAt(s, at)
	f.value, f.high = -f.value, -f.high
	return f, ok
}

// digitFigure reads 3, 1,234.5, 2k, 1.5万, 3/4, 1 1/2, "3 dozen".
func digitFigure(s string, i int) (figure, bool) {
	if s[i] == '.' && i > 0 && (isWord(rune(s[i-1])) || s[i-1] == '.') || digitNth.MatchString(s[i:]) {
		return figure{}, false
	}
	if f, ok := slashedFigure(s, i); ok {
		return f, true
	}
	m := digitsAt(s, i)
	v, ok := parseDigits(m)
	if !ok {
		return figure{}, false
	}
	f := figure{value: v, end: i + len(m)}
	if h, ok := hanInteger(s, i); ok && h.end > f.end { // 3万4千, 500余万, 20多
		return hanMore(s, h), true
	}
	if g := latinEnd.FindStringSubmatchIndex(s[f.end:]); g != nil {
		return scaledDigits(s, f, s[f.end+g[2]:f.end+g[3]], f.end+g[3]), true
	}
	if strings.HasPrefix(s[f.end:], "打") && !startsAny(s[f.end+len("打"):], notMeasure["打"]) {
		f.value, f.end = f.value*12, f.end+len("打")
	}
	if g := toNext.FindStringSubmatchIndex(s[f.end:]); g != nil && (i == 0 || s[i-1] != '-' && !isLatin(s[i-1])) {
		return upTo(s, f, g), true
	}
	return hanMore(s, f), true
}

// digitsAt are the digits at byte i, with their commas and decimals.
func digitsAt(s string, i int) string {
	m := digitRun.FindString(s[i:])
	if rest := s[i+len(m):]; len(m) > 0 && len(rest) > 1 && rest[0] == '.' && rest[1] >= '0' && rest[1] <= '9' && m[0] != '.' {
		m, _, _ = strings.Cut(m, ".") // 192.168.1.2 has no decimals
	}
	return m
}

// upTo reads "2-3 cups", 2到3杯, "2 or 3 cups" as one number with a High; the number alone when no measure word follows.
func upTo(s string, f figure, g []int) figure {
	end := f.end + g[3]
	high, _ := strconv.ParseFloat(s[f.end+g[2]:end], 64)
	if m, _ := measureAt(s, end); m == "" || high <= f.value || m == "晚" || strings.HasPrefix(m, "night") {
		return f
	}
	f.high, f.about, f.end = high, true, end
	return f
}

func startsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

func parseDigits(m string) (float64, bool) {
	if m == "" || len(m) > maxDigits {
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(m, ",", ""), 64)
	return v, err == nil
}

func slashedFigure(s string, i int) (figure, bool) {
	g := slashed.FindStringSubmatchIndex(s[i:])
	if g == nil || i > 0 && (s[i-1] == '/' || s[i-1] == '.') {
		return figure{}, false
	}
	end := i + g[1]
	if end < len(s) && (s[end] == '/' || s[end] == '-' || s[end] == '.' && end+1 < len(s) && s[end+1] >= '0' && s[end+1] <= '9') {
		return figure{}, false
	}
	whole := 0.0
	if g[2] >= 0 {
		whole, _ = strconv.ParseFloat(s[i+g[2]:i+g[3]], 64)
	}
	num, _ := strconv.ParseFloat(s[i+g[4]:i+g[5]], 64)
	den, _ := strconv.ParseFloat(s[i+g[6]:i+g[7]], 64)
	if den == 0 {
		return figure{}, false
	}
	return figure{value: whole + num/den, parted: true, end: end}, true
}

func scaledDigits(s string, f figure, word string, end int) figure {
	if word == "w" && !priced.MatchString(s[end:]) {
		return f // 60w is a lamp, 2w块 is money
	}
	if (word == "b" || word == "k" || word == "mm" || word == "w") && s[f.end] == ' ' {
		return f
	}
	scale := latinScales[word]
	f.value, f.end = f.value*scale, end
	if g := hundredsAfter.FindStringSubmatchIndex(s[f.end:]); g != nil && scale >= 1000 { // 4 thousand 3 hundred
		v, _ := parseDigits(s[f.end+g[2] : f.end+g[3]])
		f.value, f.end, scale = f.value+v*100, f.end+g[1], 100
	}
	if g, ok := englishTail(s, f.end, scale); ok { // 3 hundred and 21, 3 million and a half
		f.value, f.end = f.value+g.value, g.end
	}
	return f
}

var hundredsAfter = regexp.MustCompile(`^ (\d) hundred\b`)

var priced = regexp.MustCompile(`^ ?(?:块|元|人民币|rmb|cny|yuan|多|左右|以|$)`)

// hanMore reads what may follow a numeral: 点五 (not a time), 分之一, 又三分之一, 打.
func hanMore(s string, f figure) figure {
	if strings.HasPrefix(s[f.end:], "打") && f.han && !startsAny(s[f.end+len("打"):], notMeasure["打"]) {
		f.value, f.end = f.value*12, f.end+len("打")
		return f
	}
	if p, ok := hanDecimal(s, f); ok {
		return p
	}
	if q, ok := hanFraction(s, f); ok {
		return q
	}
	for _, join := range []string{"又", " 又 ", "又 ", " 又"} {
		if !strings.HasPrefix(s[f.end:], join) {
			continue
		}
		if den, ok := hanInteger(s, f.end+len(join)); ok {
			if q, ok := hanFraction(s, den); ok {
				return figure{value: f.value + q.value, parted: true, han: true, end: q.end}
			}
		}
	}
	return f
}

func hanDecimal(s string, f figure) (figure, bool) {
	g := hanPoint.FindStringSubmatchIndex(s[f.end:])
	if g == nil || f.high > 0 {
		return f, false
	}
	digits, end := s[f.end+g[2]:f.end+g[3]], f.end+g[3]
	if startsAny(s[end:], []string{"十", "百", "拾", "刻"}) || strings.HasPrefix(s[end:], "分") && !startsAny(s[end:], []string{"分糖", "分甜"}) {
		return f, false // 三点五十, 三点一刻, 三点五分
	}
	place, v := 1.0, 0.0
	for _, c := range digits {
		place *= 10
		v = v*10 + float64(hanDigits[c])
	}
	f.value, f.end, f.han = f.value+v/place, end, true
	for c, n := utf8.DecodeRuneInString(s[f.end:]); hanScales[c] >= hanMyriad; c, n = utf8.DecodeRuneInString(s[f.end:]) {
		f.value, f.end = math.Round(f.value*hanScales[c]*1e6)/1e6, f.end+n
	}
	return f, true
}

func hanFraction(s string, den figure) (figure, bool) {
	over := hanOver.FindString(s[den.end:])
	if over == "" || den.value == 0 {
		return den, false
	}
	num, ok := figureAt(s, den.end+len(over))
	if !ok {
		return den, false
	}
	return figure{value: num.value / den.value, parted: true, han: true, end: num.end}, true
}
