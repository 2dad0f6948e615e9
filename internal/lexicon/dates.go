package lexicon

import (
	"regexp"
	"strings"
	"time"
)

// dayKind tells how a day was named; what is next to it may then say more.
type dayKind int

const (
	dayNamed   dayKind = iota // today, 2026-11-28
	dayWeekday                // 周三
	dayYearly                 // 11月28号: no year was said
	dayMonthly                // 28号: no month was said
	dayWeek                   // next week
	dayMonth                  // 下个月, in November
	daySpan                   // weekend, 月初
)

// day is a day, or several in a row, as it was said.
type day struct {
	kind      dayKind
	from, to  time.Time // midnights of the first and the last day
	weekday   int       // of a dayWeekday, 0 is Sunday
	bound     bool      // the week or month was said: 下周三
	part      *dayPart  // 今晚
	end       int
	allowPast bool // yesterday, last Friday
}

// maxLeap is how many years are looked through for the next 29 February.
const maxLeap = 8

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

func one(kind dayKind, t time.Time, end int) day {
	return day{kind: kind, from: t, to: t, end: end}
}

// dated is the day year-month-day; ok is false when there is none (30 February).
func dated(year, month, d int, loc *time.Location) (time.Time, bool) {
	t := time.Date(year, time.Month(month), d, 0, 0, 0, 0, loc)
	return t, month >= 1 && month <= 12 && d >= 1 && t.Day() == d && t.Month() == time.Month(month)
}

// yearly is the next month-day from today on.
func yearly(now time.Time, month, d int) (time.Time, bool) {
	today := midnight(now)
	for y := range maxLeap + 1 {
		if t, ok := dated(now.Year()+y, month, d, now.Location()); ok && !t.Before(today) {
			return t, true
		}
	}
	return today, false
}

// monthly is the next day of the month from today on.
func monthly(now time.Time, d int) (time.Time, bool) {
	today := midnight(now)
	for m := range 12 {
		first := time.Date(now.Year(), now.Month()+time.Month(m), 1, 0, 0, 0, 0, now.Location())
		if t, ok := dated(first.Year(), int(first.Month()), d, now.Location()); ok && !t.Before(today) {
			return t, true
		}
	}
	return today, false
}

// inWeek is a weekday of the week that lies weeks after this one; weeks begin on Monday.
func inWeek(now time.Time, weekday, weeks int) time.Time {
	today := (int(now.Weekday()) + 6) % 7
	return midnight(now).AddDate(0, 0, (weekday+6)%7-today+7*weeks)
}

// coming is the next such weekday, today included.
func coming(now time.Time, weekday int) time.Time {
	t := inWeek(now, weekday, 0)
	if t.Before(midnight(now)) {
		t = t.AddDate(0, 0, 7)
	}
	return t
}

func wholeMonth(now time.Time, months, end int) day {
	first := time.Date(now.Year(), now.Month()+time.Month(months), 1, 0, 0, 0, 0, now.Location())
	return day{kind: dayMonth, from: first, to: first.AddDate(0, 1, -1), end: end, bound: true}
}

func wholeWeek(now time.Time, weeks, end int) day {
	monday := inWeek(now, 1, weeks)
	return day{kind: dayWeek, from: monday, to: monday.AddDate(0, 0, 6), end: end, bound: true}
}

func weekend(now time.Time, weeks, end int) day {
	sat := inWeek(now, 6, weeks)
	return day{kind: daySpan, from: sat, to: sat.AddDate(0, 0, 1), end: end}
}

// fullYear reads 26 as 2026 and 89 as 1989.
func fullYear(y int) int {
	switch {
	case y >= 100:
		return y
	case y < 70:
		return 2000 + y
	}
	return 1900 + y
}

var (
	isoDate   = regexp.MustCompile(`^(\d{4})([-./ ]) ?(\d{1,2})[-./ ] ?(\d{1,2})(?:\D|$)`)
	longDate  = regexp.MustCompile(`^(\d{1,2})([-./])(\d{1,2})([-./,])(\d{4}|\d{2})(?:\D|$)`)
	shortDate = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})(?:[^\d/%-]|$|-\d+/)`)
	dashDate  = regexp.MustCompile(`^(\d{1,2})[-.](\d{1,2})(?:[^\d.:%a-z]|$)`)
	dateLead  = regexp.MustCompile(`(?:\b(?:on|until|till|from|to|and|between|before|after|date|due|back) {0,4}|- ?|[在于到从至期] ?)$`)
	onLead    = regexp.MustCompile(`\bon (?:the )?$`)
)

// dayAt reads a day at byte i.
func dayAt(s string, i int, now time.Time) (day, bool) {
	if i >= len(s) || i > 0 && (s[i-1] >= '0' && s[i-1] <= '9' || s[i-1] == '.' || s[i-1] == '/' || s[i-1] == '-' && s[i] <= '9') && s[i] <= '9' && !rangeBefore(s, i) {
		return day{}, false
	}
	if i > 0 && (isLatin(s[i-1]) || s[i-1] == '$' || strings.HasSuffix(s[:i], "$ ")) && s[i] < 0x80 {
		return day{}, false
	}
	if s[i] >= '0' && s[i] <= '9' {
		if d, ok := numericDate(s, i, now); ok {
			return d, true
		}
	}
	if h, ok := holidayAt(s, i, now); ok {
		return h, true
	}
	if d, ok := hanDay(s, i, now); ok {
		return d, true
	}
	return englishDay(s, i, now)
}

// rangeBefore tells that the hyphen before byte i joins two dates, and is no part of a number.
func rangeBefore(s string, i int) bool {
	return i > 1 && s[i-1] == '-' && (s[i-2] == ' ' || dateTail.MatchString(s[max(0, i-maxLead):i-1]))
}

var dateTail = regexp.MustCompile(`(?:/\d{1,4}|-\d{1,2}-\d{2,4}|\d{4}-\d{1,2}-\d{1,2}|[日号月])$`)

func numericDate(s string, i int, now time.Time) (day, bool) {
	rest := s[i:]
	if g := isoDate.FindStringSubmatch(rest); g != nil && !(g[2] == " " && !hanBehind(s, i, g[0])) {
		if t, ok := dated(atoi(g[1]), atoi(g[3]), atoi(g[4]), now.Location()); ok {
			return one(dayNamed, t, i+sizeOf(g[0])), true
		}
		return day{}, false
	}
	if g := longDate.FindStringSubmatch(rest); g != nil && (g[4] == g[2] || g[4] == ",") {
		if t, ok := threeNumbers(g, HasHan(s), now); ok {
			return one(dayNamed, t, i+sizeOf(g[0])), true
		}
		return day{}, false
	}
	if g := shortDate.FindStringSubmatchIndex(rest); g != nil {
		a, b := atoi(rest[g[2]:g[3]]), atoi(rest[g[4]:g[5]])
		led := dateLead.MatchString(s[max(0, i-maxLead):i]) || g[1] >= len(rest) && i == 0 || rangeBefore(s, i) || rest[g[5]:] != "" && rest[g[5]] == '-'
		if a == 24 && b == 7 || !led && (a <= 12 && b <= 12 || a > 31 || b > 31) && !slashAlone(s, i) {
			return day{}, false
		}
		return twoNumbers(a, b, i+g[5], now)
	}
	if g := dashDate.FindStringSubmatchIndex(rest); g != nil && onLead.MatchString(s[max(0, i-maxLead):i]) {
		return twoNumbers(atoi(rest[g[2]:g[3]]), atoi(rest[g[4]:g[5]]), i+g[5], now)
	}
	return numericMonth(s, i, now)
}

// slashAlone tells that 12/1 stands where a date does: a weekday before it, or the end of the text behind.
func slashAlone(s string, i int) bool {
	return weekdayBefore.MatchString(s[max(0, i-maxLead):i])
}

var weekdayBefore = regexp.MustCompile(`(?:day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|周.|星期.|礼拜.),? ?$`)

// hanBehind tells that "2010 01 29" is meant as a date: it is all there is, or Chinese stands around it.
func hanBehind(s string, i int, m string) bool {
	end := i + sizeOf(m)
	return i == 0 && end == len(s) || len(m) >= len("2026 11 28") && (m[0] == '1' || m[0] == '2') || HasHan(s) && (end == len(s) || s[end] >= 0x80)
}

// sizeOf is the length of a match without the one character that only had to follow.
func sizeOf(m string) int {
	if m == "" {
		return 0
	}
	if c := m[len(m)-1]; c >= '0' && c <= '9' {
		return len(m)
	}
	return len(strings.TrimRightFunc(m, func(r rune) bool { return r < '0' || r > '9' }))
}

// numericMonth reads 2026-12, 12/2026.
func numericMonth(s string, i int, now time.Time) (day, bool) {
	g := yearMonth.FindStringSubmatchIndex(s[i:])
	if g == nil {
		return day{}, false
	}
	text := s[i+g[0] : i+g[1]]
	year, month := atoi(group(text, g, 2)+group(text, g, 8)), atoi(group(text, g, 4)+group(text, g, 6))
	end := i + max(g[5], g[9])
	if month < 1 || month > 12 {
		return day{}, false
	}
	first := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, now.Location())
	return day{kind: dayMonth, from: first, to: first.AddDate(0, 1, -1), end: end, bound: true}, true
}

var yearMonth = regexp.MustCompile(`^(?:((?:19|20)\d\d) ?[-/.] ?(\d{1,2})|(\d{1,2}) ?[-/] ?((?:19|20)\d\d))(?:[^\d/.:-]|[.]?$)`)

func threeNumbers(g []string, han bool, now time.Time) (time.Time, bool) {
	a, b, y := atoi(g[1]), atoi(g[3]), atoi(g[5])
	orders := [][3]int{{fullYear(y), a, b}, {fullYear(y), b, a}, {fullYear(a), b, y}}
	if han {
		orders = [][3]int{{fullYear(y), b, a}, {fullYear(y), a, b}, {fullYear(a), b, y}}
		if len(g[5]) == 2 && (a > 12 || b > 9 && a > 9) { // 27-7-3, 12-11-10 begin with the year
			orders = [][3]int{{fullYear(a), b, y}, {fullYear(y), b, a}, {fullYear(y), a, b}}
		}
	}
	if g[2] == "." {
		orders[0], orders[1] = [3]int{fullYear(y), b, a}, [3]int{fullYear(y), a, b}
	}
	for _, o := range orders {
		if t, ok := dated(o[0], o[1], o[2], now.Location()); ok {
			return t, true
		}
	}
	return now, false
}

func twoNumbers(a, b, end int, now time.Time) (day, bool) {
	if a > 12 {
		a, b = b, a
	}
	t, ok := yearly(now, a, b)
	return one(dayYearly, t, end), ok
}

func holidayAt(s string, i int, now time.Time) (day, bool) {
	for _, h := range holidays() {
		if !strings.HasPrefix(s[i:], h.word) || !endsWord(s[i:], len(h.word)) {
			continue
		}
		if t, ok := h.next(now); ok {
			return one(dayNamed, t, i+len(h.word)), true
		}
	}
	return day{}, false
}
