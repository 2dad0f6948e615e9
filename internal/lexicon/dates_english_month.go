package lexicon

import (
	"regexp"
	"strings"
	"time"
)

// englishDated reads "nov 28", "28th of november 2026", "the tenth of september", "2026-nov-28".
func englishDated(s string, i int, now time.Time) (day, bool) {
	if i >= len(s) {
		return day{}, false
	}
	rest := s[i:]
	if g := enIsoName.FindStringSubmatch(rest); g != nil {
		t, ok := dated(atoi(g[1]), monthOf(g[2]), atoi(g[3]), now.Location())
		return one(dayNamed, t, i+len(g[0])), ok
	}
	if g := enMonthDay.FindStringSubmatchIndex(rest); g != nil {
		end := i + g[1]
		if end < len(s) && s[end] == ':' || strings.HasPrefix(s[end:], "pm") || strings.HasPrefix(s[end:], "am") {
			return day{}, false
		}
		year := group(rest, g, 6)
		if year == "" {
			year, end = yearBehind(s, end)
		}
		return nameDate(now, monthOf(rest[g[2]:g[3]]), atoi(rest[g[4]:g[5]]), year, end)
	}
	if g := enDayMonth.FindStringSubmatchIndex(rest); g != nil {
		end := i + g[1]
		if g[6] < 0 && s[end-1] == '.' {
			end--
		}
		year := group(rest, g, 6)
		if year == "" {
			year, end = yearBehind(s, end)
		}
		return nameDate(now, monthOf(rest[g[4]:g[5]]), atoi(rest[g[2]:g[3]]), year, end)
	}
	if g := enNamedDay.FindStringSubmatch(rest); g != nil {
		if n, end := dayNumber(s, i+len(g[0])); n > 0 {
			year, to := yearBehind(s, end)
			return nameDate(now, monthOf(g[1]), n, year, to)
		}
		return day{}, false
	}
	if !isLatin(s[i]) {
		return day{}, false
	}
	n, end := dayNumber(s, i+len(enNthName.FindString(rest)))
	if n == 0 || n < 20 && !strings.HasSuffix(s[:end], "th") && !ordinalEnd.MatchString(s[max(0, end-maxLead):end]) {
		return day{}, false // "one may ask"
	}
	g := enOfMonth.FindStringSubmatchIndex(s[end:])
	if g == nil {
		return day{}, false
	}
	year, to := yearBehind(s, end+g[3])
	return nameDate(now, monthOf(s[end+g[2]:end+g[3]]), n, year, to)
}

func group(s string, g []int, i int) string {
	if g[i] < 0 {
		return ""
	}
	return s[g[i]:g[i+1]]
}

// dayNumber reads "twenty-first", "tenth", "twenty one".
func dayNumber(s string, i int) (int, int) {
	if r, ok := englishRank(s, i); ok && r.N <= 31 {
		return r.N, r.End
	}
	if i < len(s) && isLatin(s[i]) {
		if f, ok := englishFigureSimple(s, i); ok && f.value >= 1 && f.value <= 31 && latinScales[wordFrom(s, gap(s, f.end))] == 0 {
			return int(f.value), f.end
		}
	}
	return 0, 0
}

var ordinalEnd = regexp.MustCompile(`(?:first|second|third)$`)

var (
	yearDigits = regexp.MustCompile(`^,? (\d{4})\b`)
	yearWords  = regexp.MustCompile(`^,? `)
)

// yearBehind reads ", 2026", " two thousand and eighteen", " nineteen seventy eight".
func yearBehind(s string, i int) (string, int) {
	if g := yearDigits.FindStringSubmatch(s[i:]); g != nil {
		return g[1], i + len(g[0])
	}
	at := i + len(yearWords.FindString(s[i:]))
	if at == i || at >= len(s) || !isLatin(s[at]) {
		return "", i
	}
	f, ok := englishFigure(s, at)
	if !ok || f.parted {
		return "", i
	}
	if f.value >= 10 && f.value < 100 && f.value > 12 {
		low := gap(s, f.end)
		if w := wordFrom(s, low); w == "zero" || w == "oh" {
			low = gap(s, low+len(w))
		}
		if g, ok := englishFigureSimple(s, low); ok && low > f.end && f.value < 21 {
			f = figure{value: f.value*100 + g.value, end: g.end}
		}
	}
	if f.value < firstYear || f.value > 2200 {
		return "", i
	}
	return itoa(int(f.value)), f.end
}

func itoa(n int) string {
	return string([]byte{byte('0' + n/1000%10), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})
}

func nameDate(now time.Time, month, d int, year string, end int) (day, bool) {
	if year != "" {
		t, ok := dated(atoi(year), month, d, now.Location())
		return one(dayNamed, t, end), ok
	}
	t, ok := yearly(now, month, d)
	return one(dayYearly, t, end), ok
}

// englishNth reads "the 27th", "on the 15th", "20th of next month": a day of the month, where nothing behind it can be counted.
func englishNth(s string, i int, now time.Time) (day, bool) {
	g := enNth.FindStringSubmatch(s[i:])
	if g == nil {
		return englishNthWord(s, i, now)
	}
	n, end := atoi(g[1]), i+len(g[0])
	if n < 1 || n > 31 {
		return day{}, false
	}
	if g[3] != "" {
		first := wholeMonth(now, map[string]int{"next": 1, "last": -1}[g[3]], 0).from
		t, ok := dated(first.Year(), int(first.Month()), n, now.Location())
		return one(dayNamed, t, end), ok
	}
	led := strings.HasPrefix(g[0], "on ") || onLead.MatchString(s[max(0, i-maxLead):i]) || strings.Contains(g[0], "the ") && (g[2] != "" || n > 12) && (nthLead.MatchString(s[max(0, i-maxLead):i]) || nthLead.MatchString(g[0])) || weekdayBefore.MatchString(s[max(0, i-maxLead):i]) && (g[2] != "" || n > 12)
	if !led || strings.HasPrefix(g[0], "on ") && g[2] == "" && end < len(s) && s[end] == '-' || !dayMayFollow(s, end) || end < len(s) && (s[end] == ':' || s[end] == '/' || s[end] == '.' && end+1 < len(s) && s[end+1] >= '0' && s[end+1] <= '9') {
		return day{}, false
	}
	if _, ok := clockAt(s, i+strings.Index(g[0], g[1]), false, false); ok {
		return day{}, false
	}
	t, ok := monthly(now, n)
	return one(dayMonthly, t, end), ok
}

var theLead = regexp.MustCompile(`^(?:(?:on|for|by) )?the `)

// dayMayFollow tells that a number is a day of the month and counts nothing: an hour or no noun follows.
func dayMayFollow(s string, end int) bool {
	if mayFollow(s, end) {
		return true
	}
	if end+1 >= len(s) || s[end] != ' ' {
		return false
	}
	_, ok := clockAt(s, end+1, true, false)
	return ok
}

// englishNthWord reads "the twenty-first" behind a weekday, and "for the twenty-first".
func englishNthWord(s string, i int, now time.Time) (day, bool) {
	lead := theLead.FindString(s[i:])
	weekday := weekdayBefore.MatchString(s[max(0, i-maxLead):i])
	if lead == "" || lead == "the " && !weekday {
		return day{}, false
	}
	n, end := dayNumber(s, i+len(lead))
	if n == 0 || n <= 12 && !weekday || !dayMayFollow(s, end) {
		return day{}, false
	}
	t, ok := monthly(now, n)
	return one(dayMonthly, t, end), ok
}

var nthLead = regexp.MustCompile(`\b(?:on|for|by|until|till|from|before|after|to|and|between|through)(?: the \d+\w*)? ?$`)

// englishMonth reads "in november", "next february", "june 2027": a whole month.
func englishMonth(s string, i int, now time.Time) (day, bool) {
	if g := enYearMon.FindStringSubmatch(s[i:]); g != nil {
		first := time.Date(atoi(g[1]), time.Month(monthOf(g[2])), 1, 0, 0, 0, 0, now.Location())
		return day{kind: dayMonth, from: first, to: first.AddDate(0, 1, -1), end: i + len(g[0]), bound: true}, true
	}
	g := enMonth.FindStringSubmatch(s[i:])
	if g == nil {
		return day{}, false
	}
	name, lead := g[2], g[1]
	if (len(name) <= 5 && name != "april" && lead == "" || name == "may" && lead == "this") && g[3] == "" && !monthLead.MatchString(s[max(0, i-maxLead):i]) && !monthTail.MatchString(s[i+len(g[0]):]) && !monthHead.MatchString(s[max(0, i-maxLead):i]) {
		return day{}, false // may, march and the short names are also other words
	}
	year, said := now.Year(), g[3] != ""
	switch {
	case g[3] == "next year":
		year++
	case g[3] == "last year":
		year--
	case said && g[3] != "this year":
		year = atoi(g[3])
	}
	end := i + len(g[0])
	if words, to := yearBehind(s, end); !said && words != "" {
		year, said, end = atoi(words), true, to
	}
	first := time.Date(year, time.Month(monthOf(name)), 1, 0, 0, 0, 0, now.Location())
	if !said && first.AddDate(0, 1, 0).Before(midnight(now).AddDate(0, 0, 1)) {
		first = first.AddDate(1, 0, 0)
	}
	return day{kind: dayMonth, from: first, to: first.AddDate(0, 1, -1), end: end, bound: said}, true
}
