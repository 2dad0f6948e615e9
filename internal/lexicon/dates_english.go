package lexicon

import (
	"regexp"
	"strings"
	"time"
)

const (
	enMonthName   = `(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)`
	enWeekdayName = `(monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|weds|wed|thurs|thur|thu|fri|sat|sun)`
)

var (
	enRelative = regexp.MustCompile(`^(?:(?:the )?day (after tomorrow|after tmr[w]?|before yesterday)|(today|tomorrow|tmrw|tmr|tonight|yesterday)(?:'s)?|(?:the )?(next|following|last|past|previous) (day|night)|(this) (day|night|morning|afternoon|evening)|(last) (night))\b`)
	enWeekday  = regexp.MustCompile(`^(?:on )?(?:(this upcoming|this coming|this week|next week|last week|this|next|coming|upcoming|last|previous|past|the) (?:on )?)?` + enWeekdayName + `(?:\.|\b)(?:(?: of|,)? (this week|next week|last week)\b)?`)
	enWeekLong = regexp.MustCompile(`^(?:(?:the )?(?:(this|next|last|coming|following|previous|upcoming|current)|(rest of the|rest of this|rest of my)) (week|weekend|month|year)|(?:the |my )?(weekend))\b`)
	enMonthDay = regexp.MustCompile(`^` + enMonthName + `\.?(?:, | |-|/)?(?:the )?(\d{1,2})(?:st|nd|rd|th)?\b(?:(?:,| ?, | of | )(\d{4})\b)?`)
	enDayMonth = regexp.MustCompile(`^(?:the )?(\d{1,2})(?:st|nd|rd|th)?\.? ?(?:of |-)?` + enMonthName + `\b\.?(?:(?:,|, | of | in | )(\d{4})\b)?`)
	enNamedDay = regexp.MustCompile(`^` + enMonthName + `\.? (?:the )?`)
	enOfMonth  = regexp.MustCompile(`^ (?:of |in )?` + enMonthName + `\b\.?(?:,? (\d{4})\b)?`)
	enIsoName  = regexp.MustCompile(`^(\d{4})[-/ ]` + enMonthName + `[-/ ](\d{1,2})\b`)
	enNth      = regexp.MustCompile(`^(?:(?:on|for|by|until|till|from|before|after) )?(?:the )?(\d{1,2})(st|nd|rd|th)?\b(?: of (this|next|last) month)?`)
	enNthName  = regexp.MustCompile(`^(?:the )`)
	enYearMon  = regexp.MustCompile(`^((?:19|20)\d\d) ?,? ?` + enMonthName + `\b`)
	enMonth    = regexp.MustCompile(`^(?:(this|next|last|early|late|mid) )?` + enMonthName + `\b(?:(?: ?,| of|/)? ?(\d{4}|this year|next year|last year)\b)?`)
	enMonthEnd = regexp.MustCompile(`^(?:the )?(end|beginning|start) of (?:the |this )?(next |last )?(month|week|year)|^(month|week|year)[- ]end\b`)
	enOrdDay   = regexp.MustCompile(`^(?:the )?(first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th) ` + enWeekdayName + ` (?:of|in) (?:the )?(?:` + enMonthName + `|(this|next|last|previous) month)\b`)
	shortWeek  = regexp.MustCompile(`^(?:mon|wed|sat|sun)$`)
	weekLead   = regexp.MustCompile(`(?:\b(?:on|this|next|last|from|to|till?|until|by|before|after|and|or|through|between|for)|-|^) ?$`)
	monthLead  = regexp.MustCompile(`\b(?:in|of|during|since|until|till|by|from|to|between|and|through|for|before|after) $`)
)

func monthOf(name string) int {
	for i, m := range []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"} {
		if strings.HasPrefix(name, m) {
			return i + 1
		}
	}
	return 0
}

func weekdayOfName(name string) int {
	for i, d := range []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} {
		if strings.HasPrefix(name, d) {
			return i
		}
	}
	return 0
}

var nths = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}

func englishDay(s string, i int, now time.Time) (day, bool) {
	if s[i] >= 0x80 {
		return day{}, false
	}
	for _, read := range []func(string, int, time.Time) (day, bool){englishDomSpan, englishRelative, englishNthWeekday, englishWeekday, englishDated, englishMonthEnd, englishPeriod, englishNth, englishMonth} {
		if d, ok := read(s, i, now); ok {
			return d, true
		}
	}
	return day{}, false
}

var (
	domSpan  = regexp.MustCompile(`^(?:the )?(\d{1,2})(?:st|nd|rd|th)? ?(?:-|to|until|till|til|and|through) ?(?:the )?`)
	ofPeriod = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)? (?:of |in )?(this|next) month\b`)
)

// englishDomSpan reads "4 to 22 January", "3-12 of next month": two days of one month.
func englishDomSpan(s string, i int, now time.Time) (day, bool) {
	g := domSpan.FindStringSubmatch(s[i:])
	if g == nil {
		return day{}, false
	}
	at, first := i+len(g[0]), atoi(g[1])
	d, ok := englishDated(s, at, now)
	if !ok {
		m := ofPeriod.FindStringSubmatch(s[at:])
		if m == nil {
			return day{}, false
		}
		month := wholeMonth(now, map[string]int{"next": 1}[m[2]], 0).from
		t, valid := dated(month.Year(), int(month.Month()), atoi(m[1]), now.Location())
		if d, ok = one(dayNamed, t, at+len(m[0])), valid; !ok {
			return d, false
		}
	}
	from, ok := dated(d.from.Year(), int(d.from.Month()), first, now.Location())
	if !ok || !from.Before(d.from) {
		return d, false
	}
	return day{kind: daySpan, from: from, to: d.from, end: d.end, bound: true}, true
}

func englishRelative(s string, i int, now time.Time) (day, bool) {
	g := enRelative.FindStringSubmatch(s[i:])
	if g == nil {
		return day{}, false
	}
	days, past := 0, false
	var part *dayPart
	switch {
	case g[1] != "":
		days = 2
		if strings.HasPrefix(g[1], "before") {
			days, past = -2, true
		}
	case g[2] != "":
		switch g[2] {
		case "tomorrow", "tmrw", "tmr":
			days = 1
		case "yesterday":
			days, past = -1, true
		case "tonight":
			part = partNight
		}
	case g[3] != "":
		days = 1
		if g[3] != "next" && g[3] != "following" {
			days, past = -1, true
		}
		part = enParts[g[4]]
	case g[5] != "":
		part = enParts[g[6]]
	default:
		days, past, part = -1, true, partNight
	}
	d := one(dayNamed, midnight(now).AddDate(0, 0, days), i+len(g[0]))
	d.part, d.allowPast, d.bound = part, past, true
	return d, true
}

func englishWeekday(s string, i int, now time.Time) (day, bool) {
	g := enWeekday.FindStringSubmatch(s[i:])
	if g == nil {
		return day{}, false
	}
	name := g[2]
	if g[1] == "the" {
		if shortWeek.MatchString(name) {
			return day{}, false
		}
		g[1] = ""
	}
	if shortWeek.MatchString(name) && g[1] == "" && g[3] == "" && !strings.HasPrefix(g[0], "on ") && !weekLead.MatchString(s[max(0, i-maxLead):i]) && !shortWeekTail.MatchString(s[i+len(g[0]):]) {
		return day{}, false // the sun, he sat
	}
	end := i + len(g[0])
	if strings.HasSuffix(g[0], ".") && (end == len(s) || len(name) > 5) {
		end--
	}
	which := g[1]
	if g[3] != "" {
		which = g[3]
	}
	wd := weekdayOfName(name)
	switch which {
	case "next", "next week":
		return weekdayOf(now, wd, 1, true, end), true
	case "coming", "upcoming", "this coming", "this upcoming":
		d := weekdayOf(now, wd, 0, true, end)
		if d.from.Equal(midnight(now)) {
			d.from = d.from.AddDate(0, 0, 7)
			d.to = d.from
		}
		d.bound = true
		return d, true
	case "last", "previous", "past", "last week":
		d := weekdayOf(now, wd, -1, true, end)
		if which == "past" {
			for d.from.AddDate(0, 0, 7).Before(midnight(now)) {
				d.from = d.from.AddDate(0, 0, 7)
			}
			d.to = d.from
		}
		return d, true
	}
	return weekdayOf(now, wd, 0, which != "", end), true
}

var shortWeekTail = regexp.MustCompile(`^[,.]? ?(?:\d|` + enMonthName + `\b|morning|afternoon|evening|night|at \d|the \d)`)

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
	if n == 0 || n < 20 && !strings.HasSuffix(s[:end], "th") && !ordinalEnd.MatchString(s[:end]) {
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

// englishNthWeekday reads "the first friday of july", "the second monday of next month".
func englishNthWeekday(s string, i int, now time.Time) (day, bool) {
	g := enOrdDay.FindStringSubmatch(s[i:])
	if g == nil {
		return day{}, false
	}
	end := i + len(g[0])
	if g[3] == "" {
		first := wholeMonth(now, map[string]int{"next": 1, "last": -1, "previous": -1}[g[4]], 0).from
		t, ok := nthWeekday(first.Year(), int(first.Month()), nths[g[1]], weekdayOfName(g[2]), now.Location())
		return one(dayNamed, t, end), ok
	}
	for y := range maxLeap {
		if t, ok := nthWeekday(now.Year()+y, monthOf(g[3]), nths[g[1]], weekdayOfName(g[2]), now.Location()); ok && !t.Before(midnight(now)) {
			return one(dayNamed, t, end), true
		}
	}
	return day{}, false
}

func englishPeriod(s string, i int, now time.Time) (day, bool) {
	g := enWeekLong.FindStringSubmatch(s[i:])
	if g == nil {
		return day{}, false
	}
	end := i + len(g[0])
	step := map[string]int{"next": 1, "coming": 1, "following": 1, "upcoming": 1, "last": -1, "previous": -1}[g[1]]
	var d day
	switch unit := g[3] + g[4]; unit {
	case "week":
		d = wholeWeek(now, step, end)
	case "weekend":
		if g[1] == "coming" || g[1] == "upcoming" {
			step = 0
		}
		d = weekend(now, step, end)
	case "month":
		d = wholeMonth(now, step, end)
	default:
		first := time.Date(now.Year()+step, 1, 1, 0, 0, 0, 0, now.Location())
		d = day{kind: daySpan, from: first, to: first.AddDate(1, 0, -1), end: end}
	}
	if g[2] != "" {
		d.from, d.kind = midnight(now), daySpan
	}
	d.allowPast = step < 0
	return d, true
}

func englishMonthEnd(s string, i int, now time.Time) (day, bool) {
	g := enMonthEnd.FindStringSubmatch(s[i:])
	if g == nil {
		return day{}, false
	}
	step := map[string]int{"next ": 1, "last ": -1}[g[2]]
	end := i + len(g[0])
	unit := g[3] + g[4]
	if unit == "week" {
		d := wholeWeek(now, step, end)
		if g[1] == "beginning" || g[1] == "start" {
			d.to = d.from.AddDate(0, 0, 2)
		} else {
			d.from = d.to.AddDate(0, 0, -2)
		}
		d.kind = daySpan
		return d, true
	}
	m := wholeMonth(now, step, end)
	if unit == "year" {
		m.from = time.Date(now.Year()+step, 1, 1, 0, 0, 0, 0, now.Location())
		m.to = m.from.AddDate(1, 0, -1)
	}
	if g[1] == "beginning" || g[1] == "start" {
		return monthShare(m, "初", now), true
	}
	return one(dayNamed, m.to, end), true
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
	led := strings.HasPrefix(g[0], "on ") || onLead.MatchString(s[:i]) || strings.Contains(g[0], "the ") && g[2] != "" && (nthLead.MatchString(s[max(0, i-maxLead):i]) || nthLead.MatchString(g[0])) || weekdayBefore.MatchString(s[max(0, i-maxLead):i]) && (g[2] != "" || n > 12)
	if !led || strings.HasPrefix(g[0], "on ") && g[2] == "" && end < len(s) && s[end] == '-' || !mayFollow(s, end) || end < len(s) && (s[end] == ':' || s[end] == '/' || s[end] == '.' && end+1 < len(s) && s[end+1] >= '0' && s[end+1] <= '9') {
		return day{}, false
	}
	if _, ok := clockAt(s, i+strings.Index(g[0], g[1]), false, false); ok {
		return day{}, false
	}
	t, ok := monthly(now, n)
	return one(dayMonthly, t, end), ok
}

// englishNthWord reads "the twenty-first" behind a weekday.
func englishNthWord(s string, i int, now time.Time) (day, bool) {
	if !strings.HasPrefix(s[i:], "the ") || !weekdayBefore.MatchString(s[max(0, i-maxLead):i]) {
		return day{}, false
	}
	n, end := dayNumber(s, i+len("the "))
	if n == 0 || !mayFollow(s, end) {
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
	if (len(name) <= 5 && name != "april" && lead == "" || name == "may" && lead == "this") && g[3] == "" && !monthLead.MatchString(s[max(0, i-maxLead):i]) {
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
	first := time.Date(year, time.Month(monthOf(name)), 1, 0, 0, 0, 0, now.Location())
	if !said && first.AddDate(0, 1, 0).Before(midnight(now).AddDate(0, 0, 1)) {
		first = first.AddDate(1, 0, 0)
	}
	return day{kind: dayMonth, from: first, to: first.AddDate(0, 1, -1), end: i + len(g[0]), bound: said}, true
}
