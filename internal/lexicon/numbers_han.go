package lexicon

import (
	"math"
	"strings"
	"unicode/utf8"
)

// hanDigits are the Chinese digits. The formal ones are also ordinary words (队伍, 陆地): see formal.
var hanDigits = map[rune]int{'零': 0, '〇': 0, '一': 1, '壹': 1, '二': 2, '贰': 2, '貳': 2, '两': 2, '兩': 2, '俩': 2, '倆': 2, '三': 3, '叁': 3, '參': 3, '仨': 3,
	'四': 4, '肆': 4, '五': 5, '伍': 5, '六': 6, '陆': 6, '陸': 6, '七': 7, '柒': 7, '八': 8, '捌': 8, '九': 9, '玖': 9}

var hanScales = map[rune]float64{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000, '万': 1e4, '萬': 1e4, '亿': 1e8, '億': 1e8, '兆': 1e12}

const (
	formal    = "肆伍陆陸拾"
	hanMyriad = 1e4 // from here on a scale multiplies all that stands before it
	maxHan    = 64  // numerals that are read as one number
)

// hanReader reads one Chinese numeral, Arabic digits mixed in: 三百五, 1万2千, 十几万.
type hanReader struct {
	s     string
	pos   int
	terms []hanTerm
	group float64 // what is gathered below the next large scale
	digit float64 // a digit that waits for its scale; -1 when none
	high  float64 // the second digit of 两三, 0 when none
	scale float64 // the last scale read
	small float64 // the last scale below ten thousand; the next must be smaller
	zero  bool    // 零 since the last scale
	latin bool    // the waiting digit was written in Arabic digits
	han   bool    // a Chinese numeral was read
	about bool
	slack float64 // how much more 几 and 多 may mean
	read  int
}

type hanTerm struct{ value, scale float64 }

// hanInteger reads a whole Chinese numeral at byte i, or a mix that begins with Arabic digits.
func hanInteger(s string, i int) (figure, bool) {
	if f, ok := hanHalf(s, i); ok {
		return f, true
	}
	r := &hanReader{s: s, pos: i, digit: -1, small: hanMyriad}
	if f, done := r.plain(); done {
		return f, f.end > i
	}
	for r.read < maxHan && r.next() {
		r.read++
	}
	if r.read == 0 {
		return figure{}, false
	}
	return r.done(), true
}

// hanHalf reads 半百, 半打.
func hanHalf(s string, i int) (figure, bool) {
	if m, _ := measureAt(s, min(i+len("半"), len(s))); strings.HasPrefix(s[i:], "半") && m != "" && m != "打" && m != "天" {
		return figure{value: 0.5, end: i + len("半"), han: true, parted: true}, true
	}
	for word, v := range map[string]float64{"半百": 50, "半打": 6} {
		if strings.HasPrefix(s[i:], word) {
			return figure{value: v, end: i + len(word), han: true}, true
		}
	}
	return figure{}, false
}

// plain reads digits spoken one by one (二零零四), or two neighbours that mean "about" (两三个). done is false when the
// numeral has scales and is to be read by them.
func (r *hanReader) plain() (figure, bool) {
	var digits []int
	pos, pair := r.pos, false
	for _, c := range r.s[r.pos:] {
		d, ok := hanDigits[c]
		if !ok || len(digits) == maxHan {
			break
		}
		pair = pair || strings.ContainsRune("两俩仨", c)
		digits = append(digits, d)
		pos += utf8.RuneLen(c)
	}
	if len(digits) < 2 || digits[0] == 0 && len(digits) == 2 {
		return figure{}, false
	}
	c, _ := utf8.DecodeRuneInString(r.s[pos:])
	_, scaled := hanScales[c]
	if len(digits) == 2 && neighbours(digits[0], digits[1]) && (scaled || r.countedAt(pos)) {
		return figure{}, false
	}
	if scaled {
		return figure{}, false
	}
	if pair && len(digits) == 2 && digits[0] != 2 || pair && strings.HasPrefix(r.s[r.pos:], "二") {
		return figure{}, false // 三两: a number, then a weight
	}
	if pair { // 两两 is no number
		return figure{end: r.pos}, true
	}
	v := 0.0
	for _, d := range digits {
		v = v*10 + float64(d)
	}
	return figure{value: v, end: pos, han: true}, true
}

func neighbours(a, b int) bool { return a > 0 && (b == a+1 || a == 3 && b == 5) }

// countedAt tells that a measure word or a unit follows.
func (r *hanReader) countedAt(pos int) bool {
	m, _ := measureAt(r.s, pos)
	return m != "" || unitAt(r.s, pos)
}

// next reads one digit, scale or filler; false when the numeral ends here.
func (r *hanReader) next() bool {
	pos := r.pos
	if r.read > 0 && pos < len(r.s) && r.s[pos] == ' ' {
		pos++ // 五百 二十; what follows must go on with the numeral
		if r.digit >= 0 && !r.latin || r.latin {
			if c, _ := utf8.DecodeRuneInString(r.s[pos:]); hanScales[c] == 0 {
				return false
			}
		}
	}
	if pos >= len(r.s) {
		return false
	}
	c, size := utf8.DecodeRuneInString(r.s[pos:])
	if c >= '0' && c <= '9' {
		return r.arabic(pos)
	}
	if d, ok := hanDigits[c]; ok && r.genuine(c, pos, size) {
		return r.han1(c, d, pos+size)
	}
	if scale, ok := hanScales[c]; ok && r.genuine(c, pos, size) {
		return r.take(scale, pos+size)
	}
	return r.filler(c, pos, size)
}

// genuine tells a formal numeral from the word it also is: another numeral stands beside it.
func (r *hanReader) genuine(c rune, pos, size int) bool {
	if !strings.ContainsRune(formal, c) || r.read > 0 || strings.HasSuffix(r.s[:pos], "分之") {
		return true
	}
	rest := strings.TrimLeft(r.s[pos+size:], " ")
	n, _ := utf8.DecodeRuneInString(rest)
	_, digit := hanDigits[n]
	_, scale := hanScales[n]
	return digit || scale || strings.ContainsRune("点折成块元角", n)
}

func (r *hanReader) arabic(pos int) bool {
	if r.digit >= 0 || r.read > 0 && r.scale == 0 {
		return false
	}
	m := digitsAt(r.s, pos)
	v, ok := parseDigits(m)
	if !ok || r.read > 0 && v >= r.scale {
		return false
	}
	r.digit, r.latin, r.pos = v, true, pos+len(m)
	return true
}

func (r *hanReader) han1(c rune, d, end int) bool {
	if d == 0 {
		if r.read > 0 && !r.followed(end) || r.digit >= 0 {
			return false
		}
		if r.read == 0 {
			r.digit = 0
		}
		r.zero, r.pos, r.han = true, end, true
		return true
	}
	if r.digit > 0 {
		if r.latin || r.high > 0 || !neighbours(int(r.digit), d) || c == '两' && r.digit != 1 {
			return false
		}
		next, _ := utf8.DecodeRuneInString(r.s[end:])
		if _, scaled := hanScales[next]; !scaled && !r.countedAt(end) {
			return false
		}
		r.high, r.pos = float64(d), end
		return true
	}
	if c == '两' && r.scale > 0 && !r.scaledAt(end) {
		return false // 十两 is a weight, not twelve
	}
	r.digit, r.latin, r.han, r.pos = float64(d), false, true, end
	return true
}

func (r *hanReader) scaledAt(pos int) bool {
	c, _ := utf8.DecodeRuneInString(strings.TrimLeft(r.s[pos:], " "))
	_, ok := hanScales[c]
	return ok
}

// followed tells that a numeral goes on behind 零.
func (r *hanReader) followed(pos int) bool {
	rest := strings.TrimLeft(r.s[pos:], " ")
	c, _ := utf8.DecodeRuneInString(rest)
	d, digit := hanDigits[c]
	return digit && d > 0 && c != '俩' || c == '十' || c == '拾' || c == '几' || c == '幾' || c >= '0' && c <= '9'
}

// take applies a scale.
func (r *hanReader) take(scale float64, end int) bool {
	if scale >= hanMyriad {
		return r.large(scale, end)
	}
	if scale >= r.small {
		return false
	}
	if r.digit < 0 || r.digit == 0 && !r.latin {
		if scale != 10 && (r.read > 0 || !r.followed(end) || strings.HasPrefix(r.s[end:], "两")) {
			return false // 百 and 千 alone begin words: 百货, 千层
		}
		r.digit = 1
	}
	r.group += r.digit * scale
	if r.high > 0 {
		r.slack = (r.high - r.digit) * scale
	} else {
		r.slack = 0
	}
	r.digit, r.high, r.small, r.scale, r.zero, r.latin, r.han, r.pos = -1, 0, scale, scale, false, false, true, end
	return true
}

func (r *hanReader) large(scale float64, end int) bool {
	below := r.group + max(r.digit, 0)
	slack := r.slack
	if r.high > 0 {
		slack = r.high - r.digit
	}
	whole := r.group == 0 && r.digit < 0
	for len(r.terms) > 0 {
		last := r.terms[len(r.terms)-1]
		if last.scale >= scale && !whole {
			break
		}
		below, whole = below+last.value, false
		r.terms = r.terms[:len(r.terms)-1]
	}
	if below == 0 || whole {
		return false
	}
	r.terms = append(r.terms, hanTerm{below * scale, scale})
	r.slack = slack * scale
	r.group, r.digit, r.high, r.small, r.scale, r.zero, r.latin, r.han, r.pos = 0, -1, 0, hanMyriad, scale, false, false, true, end
	return true
}

// filler reads 几, 多, 余 and 来 inside or behind a numeral: 十几, 二十多, 五百余万, 二十来.
func (r *hanReader) filler(c rune, pos, size int) bool {
	if !strings.ContainsRune("几幾多余餘来來", c) || r.read == 0 || r.about {
		return false
	}
	end := pos + size
	units := r.group + max(r.digit, 0)
	if r.digit >= 0 && !r.latin && !r.scaledAt(end) || units == 0 && len(r.terms) == 0 {
		return false
	}
	if !r.scaledAt(end) && (strings.ContainsRune("来來余餘", c) && !r.countedAt(end) || math.Mod(units, 10) != 0) {
		return false // 二十来取 is no number, nor is 三来
	}
	step := r.scale
	if r.latin || step == 0 {
		step = 10
	}
	if strings.ContainsRune("几幾", c) {
		if r.scale == 0 || r.zero && !r.scaledAt(end) {
			return false
		}
		step = 10
		if r.zero || r.scale > 10 && !r.zero {
			step = min(r.scale, 10)
		}
	}
	if !strings.ContainsRune("来來", c) {
		r.slack = step - 1
	}
	r.about, r.pos, r.zero = true, end, false
	return true
}

func (r *hanReader) done() figure {
	v := r.group
	for _, t := range r.terms {
		v += t.value
	}
	slack := r.slack
	if r.digit >= 0 {
		unit := 1.0
		if r.scale >= 100 && !r.zero && (!r.latin || r.digit < 10) && r.digit > 0 { // 三百五 is 350
			unit = r.scale / 10
		}
		v += r.digit * unit
		slack = 0
		if r.high > 0 {
			slack = (r.high - r.digit) * unit
		}
	}
	f := figure{value: v, about: r.about || slack > 0, han: r.han, end: r.pos}
	if slack > 0 {
		f.high = v + slack
	}
	return f
}
