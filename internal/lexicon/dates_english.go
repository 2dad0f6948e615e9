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
	enRelative = regexp.MustCompile(`^(?:(?:the )?day (after tomorrow|after tmr[w]?|before yesterday)|(today|tomorrow|tmrw|tmr|tonight|tonite|yesterday)(?:'s)?|(?:the )?(next|following|last|past|previous) (day|night)|(this) (day|night|morning|afternoon|evening)|(last) (night))\b`)
	enWeekday  = regexp.MustCompile(`^(?:on )?(?:(this upcoming|this coming|this week|next week|last week|this|next|coming|upcoming|last|previous|past|the) (?:on )?)?` + enWeekdayName + `(?:\.|\b)(?:(?: of|,)? (this week|next week|last week)\b)?`)
	enWeekLong = regexp.MustCompile(`^(?:(?:the )?(?:(this|next|last|coming|following|previous|upcoming|current)|(rest of the|rest of this|rest of my)) (week|weekend|work ?week|working week|month|year)|(?:the |my )?(weekend))\b`)
	enMonthDay = regexp.MustCompile(`^` + enMonthName + `\.?(?:, | |-|/)?(?:the )?(\d{1,2})(?:st|nd|rd|th)?\b(?:(?:,| ?, | of | |-|/)(\d{4})\b)?`)
	enDayMonth = regexp.MustCompile(`^(?:the )?(\d{1,2})(?:st|nd|rd|th)?\.?(?: day)? ?(?:of |-|/)?` + enMonthName + `\b\.?(?:(?:,|, | of | in | |-|/)(\d{4})\b)?`)
	enNamedDay = regexp.MustCompile(`^` + enMonthName + `\.? (?:the )?`)
	enOfMonth  = regexp.MustCompile(`^ (?:of |in )?` + enMonthName + `\b\.?(?:,? (\d{4})\b)?`)
	enIsoName  = regexp.MustCompile(`^(\d{4})[-/ ]` + enMonthName + `[-/ ](\d{1,2})\b`)
	enNth      = regexp.MustCompile(`^(?:(?:on|for|by|until|till|from|before|after) )?(?:the )?(\d{1,2})(st|nd|rd|th)?\b(?:(?: day)?(?: of)? (this|next|last) month\b)?`)
	enNthName  = regexp.MustCompile(`^(?:the )`)
	enYearMon  = regexp.MustCompile(`^((?:19|20)\d\d) ?,? ?` + enMonthName + `\b`)
	enMonth    = regexp.MustCompile(`^(?:(this|next|last|early|late|mid) )?` + enMonthName + `\b(?:(?: ?,| of| in|/)? ?(\d{4}|this year|next year|last year)\b)?`)
	enMonthEnd = regexp.MustCompile(`^(?:the )?(end|beginning|start) of (?:the |this )?(next |last )?(month|week|year)|^(month|week|year)[- ]end\b`)
	enOrdDay   = regexp.MustCompile(`^(?:the )?(first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th) ` + enWeekdayName + ` (?:of|in) (?:the )?(?:` + enMonthName + `|(this|next|last|previous) month)\b`)
	shortWeek  = regexp.MustCompile(`^(?:mon|wed|sat|sun)$`)
	weekLead   = regexp.MustCompile(`(?:\b(?:on|this|next|last|from|to|till?|until|by|before|after|and|or|through|between|for)|-|^) ?$`)
	monthTail  = regexp.MustCompile(`^ ?(?:-|to|through|until|till) ?` + enMonthName + `\b`)
	monthHead  = regexp.MustCompile(`\b` + enMonthName + ` ?(?:-|to|through|until|till) ?$`)
	monthLead  = regexp.MustCompile(`\b(?:in|of|during|since|until|till|by|from|to|between|through|before|after) $`)
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
		case "tonight", "tonite":
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
	case "workweek", "work week", "working week":
		d = wholeWeek(now, step, end)
		d.to = d.to.AddDate(0, 0, -2)
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
