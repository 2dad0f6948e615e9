package lexicon

import (
	"regexp"
	"strings"
)

const enHourWord = `(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)`

var (
	halfDay     = regexp.MustCompile(`^ ?(?:in the )?(am|a\.m\.?|a m|a\. m\.?|pm|p\.m\.?|p m|p\. m\.?|ampm|o'?clock)(?:[^a-z]|$)`)
	digitHour   = regexp.MustCompile(`^(\d{1,2})(?:([.h]| h )([0-5]\d)(?::([0-5]\d))?)? ?(am|a\.m\.?|a m|a\. m\.?|pm|p\.m\.?|p m|p\. m\.?|ampm|o'?clock|hrs)(?:[^a-z.]|$|\.(?:[^a-z]|$))`)
	plainHour   = regexp.MustCompile(`^(\d{1,2})h([0-5]\d)\b`)
	joinedHour  = regexp.MustCompile(`^(\d{1,2})([0-5]\d) ?(am|a\.m\.?|pm|p\.m\.?)(?:[^a-z.]|$|\.(?:[^a-z]|$))`)
	namedHour   = regexp.MustCompile(`^(?:(?:12 )?(noon|midday|mid-day|mid day|noontime|midnight|mid-night|mid night)(ish)?|(\d{1,2})-?ish)\b`)
	lunchHour   = regexp.MustCompile(`^(\d{1,2})(?: o'?clock)? (lunchtime|midnight)\b`)
	pastHour    = regexp.MustCompile(`^(?:(half)|(?:a )?(quarter)|(three quarters)) (past|after|to|before|till) `)
	pastMinutes = regexp.MustCompile(`^(?: ?(mins?|minutes?)()()|) (past|after|to|before|till) `)
	dotHour     = regexp.MustCompile(`^(\d{1,2})\.([0-5]\d)\b`)
)

// englishClock reads 7pm, "half past six", noon, "seven thirty pm"; a bare hour only behind "at" and its like (led).
func englishClock(s string, i int, led bool) (clock, bool) {
	if s[i] >= '0' && s[i] <= '9' {
		if c, ok := digitClock(s, i, led); ok {
			return c, true
		}
	}
	if g := namedHour.FindStringSubmatchIndex(s[i:]); g != nil {
		c := clock{hour: 12, fixed: true, end: i + g[1]}
		if g[2] >= 0 && strings.HasSuffix(s[i+g[2]:i+g[3]], "night") {
			c.hour = 24
		}
		if g[6] >= 0 {
			c.hour = atoi(s[i+g[6] : i+g[7]])
			c.fixed = c.hour > 12
		}
		return c, c.hour <= 24
	}
	if c, ok := pastClock(s, i, led); ok {
		return c, true
	}
	if isLatin(s[i]) {
		return wordClock(s, i, led)
	}
	return clock{}, false
}

func digitClock(s string, i int, led bool) (clock, bool) {
	if g := lunchHour.FindStringSubmatchIndex(s[i:]); g != nil {
		c := clock{hour: atoi(s[i+g[2] : i+g[3]]), fixed: true, end: i + g[1]}
		if s[i+g[4]] == 'l' {
			c.hour = partNoon.hours(c.hour)
		} else if c.hour == 12 {
			c.hour = 24
		}
		return c, c.hour <= 24
	}
	for _, re := range []*regexp.Regexp{digitHour, joinedHour} {
		g := re.FindStringSubmatchIndex(s[i:])
		if g == nil {
			continue
		}
		c := clock{hour: atoi(s[i+g[2] : i+g[3]])}
		mark := g[len(g)-2:]
		if re == digitHour && g[6] >= 0 {
			c.minute = atoi(s[i+g[6] : i+g[7]])
		} else if re == joinedHour {
			c.minute = atoi(s[i+g[4] : i+g[5]])
		}
		c.half, c.end = halfMark(s[i+mark[0]:i+mark[1]]), i+mark[1]
		c.fixed = c.hour > 12 || c.hour == 0
		return c, c.hour <= 24
	}
	if g := plainHour.FindStringSubmatchIndex(s[i:]); g != nil {
		c := clock{hour: atoi(s[i+g[2] : i+g[3]]), minute: atoi(s[i+g[4] : i+g[5]]), end: i + g[1]}
		c.fixed = c.hour > 12
		return c, c.hour <= 24
	}
	if g := dotHour.FindStringSubmatchIndex(s[i:]); g != nil && led {
		c := clock{hour: atoi(s[i+g[2] : i+g[3]]), minute: atoi(s[i+g[4] : i+g[5]]), end: i + g[1]}
		c.fixed = c.hour > 12
		return c, c.hour <= 24 && mayFollow(s, c.end)
	}
	if g := shortHalf.FindStringSubmatch(s[i:]); g != nil && led {
		c := clock{hour: atoi(g[1]), half: halfOf(g[2]), end: i + len(g[0])}
		return c, c.hour >= 1 && c.hour <= 12
	}
	if led || partBehind(s, i) {
		if h, end := bareHour(s, i); end > 0 && mayFollow(s, end) && !dashed.MatchString(s[end:]) {
			return clock{hour: h, fixed: h > 12 || h == 0, end: end}, true
		}
	}
	return clock{}, false
}

func halfMark(s string) int {
	if s == "ampm" {
		return 0
	}
	return halfOf(s)
}

// bareHour reads one or two digits, or a numeral in words, that may be an hour.
func bareHour(s string, i int) (int, int) {
	end := i
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	if end > i && end-i <= 2 {
		h := atoi(s[i:end])
		if h <= 24 && !(end < len(s) && (s[end] == '.' && end+1 < len(s) && s[end+1] >= '0' && s[end+1] <= '9' || s[end] == '/' || s[end] == ':' || s[end] == '%')) {
			return h, end
		}
		return 0, 0
	}
	w := wordFrom(s, i)
	for _, table := range []map[string]float64{englishOnes, englishTeens} {
		if v, ok := table[w]; ok && v >= 1 && v <= 12 && w != "both" {
			return int(v), i + len(w)
		}
	}
	if g := hanBare.FindString(s[i:]); g != "" {
		return atoi(g), i + len(g)
	}
	return 0, 0
}

var hanBare = regexp.MustCompile(`^` + hanHour)

var shortHalf = regexp.MustCompile(`^(\d{1,2})([ap])\b`)

var dashed = regexp.MustCompile(`^-\d`)

// partBehind tells that "8 in the morning" makes a bare number an hour.
func partBehind(s string, i int) bool {
	_, end := bareHour(s, i)
	if i > 0 && s[i-1] != ' ' || named.MatchString(s[max(0, i-maxLead):i]) {
		return false
	}
	return end > 0 && eveningBehind.MatchString(s[end:])
}

var eveningBehind = regexp.MustCompile(`^,? (?:in the|this) (?:morning|afternoon|evening|night)\b|^ at night\b|^,? tonight\b`)

// after6 are the words that may follow a bare hour; any other word makes the number count something ("at 7 stores").
var after6 = regexp.MustCompile(`^(?:[,.!?;)]|$| ?[-~](?: |\d)| (?:on|in|at|to|till?|until|for|from|by|and|or|but|then|the|this|next|please|pls|thanks|with|when|if|i|we|you|he|she|they|it|is|was|so|because|sharp|today|tonight|tomorrow|tmrw|tmr|through|thru|around|after|before|between|local|every|each|my|our|near|as|via|-|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b)`)

func mayFollow(s string, i int) bool {
	rest := s[i:]
	if after6.MatchString(rest) {
		return true
	}
	if strings.HasPrefix(rest, " ") && len(rest) > 1 {
		if eveningBehind.MatchString(rest) {
			return true
		}
		w := wordFrom(rest, 1)
		return strings.HasPrefix(concepts().forms[w], "v.") || rest[1] != ' ' && !isLatin(rest[1]) && (rest[1] < '0' || rest[1] > '9')
	}
	return false
}

// pastClock reads "half past six", "a quarter to nine", "20 min past eight".
func pastClock(s string, i int, led bool) (clock, bool) {
	at, minutes, g := i, 0, pastHour.FindStringSubmatchIndex(s[i:])
	if g != nil {
		minutes = map[bool]int{g[2] >= 0: 30, g[4] >= 0: 15, g[6] >= 0: 45}[true]
	} else {
		f, ok := figureAt(s, i)
		if !ok || f.value < 1 || f.value > 59 || f.value != float64(int(f.value)) || f.end == i {
			return clock{}, false
		}
		at, minutes = f.end, int(f.value)
		if g = pastMinutes.FindStringSubmatchIndex(s[at:]); g == nil {
			return clock{}, false
		}
		if word := s[at+g[8] : at+g[9]]; g[2] < 0 && word != "past" && !(word == "to" && led && isLatin(s[i])) {
			return clock{}, false
		}
	}
	word := s[at+g[8] : at+g[9]]
	c, ok := clockAt(s, at+g[1], true, true)
	if !ok {
		h, end := bareHour(s, at+g[1])
		if end == 0 {
			return c, false
		}
		c = clock{hour: h, fixed: h > 12, end: end}
	}
	if word == "to" || word == "before" || word == "till" {
		end, hour := c.end, c.hour*60+c.minute-minutes
		if hour < 60 && !c.fixed {
			hour += 12 * 60
		}
		c.hour, c.minute, c.end = hour/60, hour%60, end
		return c, hour >= 0
	}
	c.minute += minutes
	return c, c.minute < 60
}

// wordClock reads "seven thirty pm", "eleven o'clock", and "seven" or "eight forty" behind "at".
func wordClock(s string, i int, led bool) (clock, bool) {
	w := wordFrom(s, i)
	h, ok := englishOnes[w]
	if !ok {
		h, ok = englishTeens[w]
	}
	if !ok || w == "both" || h == 0 {
		return clock{}, false
	}
	c := clock{hour: int(h), fixed: h > 12, end: i + len(w)}
	minutes := false
	if at := gap(s, c.end); at > c.end && at == c.end+1 {
		if f, ok := englishFigureSimple(s, at); ok && f.value >= 1 && f.value < 60 {
			if m, _ := measureAt(s, f.end); m == "" && !unitAt(s, f.end) || halfDay.MatchString(s[f.end:]) {
				c.minute, c.end, minutes = int(f.value), f.end, true
			}
		}
	}
	if g := halfDay.FindStringSubmatchIndex(s[c.end:]); g != nil {
		c.half, c.end = halfMark(s[c.end+g[2]:c.end+g[3]]), c.end+g[3]
		return c, true
	}
	if minutes && c.minute >= 10 && strings.HasSuffix(s[:i], "for ") || eveningBehind.MatchString(s[c.end:]) {
		led = true
	}
	if !led || c.hour > 12 && !minutes {
		return c, false
	}
	if !mayFollow(s, c.end) {
		return c, false
	}
	return c, true
}
