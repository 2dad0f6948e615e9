package lexicon

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed data/holidays.tsv
var holidayFile string

// holiday is a day of the year with a name: a date, or the nth weekday of a month.
type holiday struct {
	word                     string
	month, day, nth, weekday int
}

var holidays = sync.OnceValue(func() []holiday {
	var out []holiday
	for line := range strings.Lines(holidayFile) {
		when, forms, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(when, "#") {
			continue
		}
		h := holiday{}
		parts := strings.Split(when, "-")
		h.month = atoi(parts[0])
		if n, ok := strings.CutPrefix(parts[1], "w"); ok {
			h.nth, h.weekday = atoi(n), atoi(parts[2])
		} else {
			h.day = atoi(parts[1])
		}
		for _, f := range strings.Split(forms, "|") {
			h.word = f
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(a, b holiday) int { return len(b.word) - len(a.word) })
	return out
})

// next is the holiday's next day from today on.
func (h holiday) next(now time.Time) (time.Time, bool) {
	if h.nth == 0 {
		return yearly(now, h.month, h.day)
	}
	for y := range 2 {
		if t, ok := nthWeekday(now.Year()+y, h.month, h.nth, h.weekday, now.Location()); ok && !t.Before(midnight(now)) {
			return t, true
		}
	}
	return now, false
}

// nthWeekday is the nth weekday of a month, the last one when nth is -1.
func nthWeekday(year, month, nth, weekday int, loc *time.Location) (time.Time, bool) {
	first := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, loc)
	if nth < 0 {
		last := first.AddDate(0, 1, -1)
		return last.AddDate(0, 0, -(int(last.Weekday())-weekday+7)%7), true
	}
	t := first.AddDate(0, 0, (weekday-int(first.Weekday())+7)%7+7*(nth-1))
	return t, t.Month() == first.Month()
}
