package lexicon

import (
	"regexp"
	"strings"
	"time"
)

// hourSpan reads two hours of which one may be bare: 3-5点, 9-11am, 五到六点, "from 9 to 5".
func (e *expression) hourSpan(s string, at int, led, ranged bool) bool {
	if at > 0 && (s[at-1] >= '0' && s[at-1] <= '9' || s[at-1] == '-' && !ranged || s[at-1] == '.' || s[at-1] == '/') && s[at] <= '9' {
		return false
	}
	strong := ranged || e.day != nil && e.day.kind != dayMonth && e.day.kind != daySpan || e.part != nil
	first, marked := clockAt(s, at, strong, ranged)
	if !marked {
		h, end := bareHour(s, at)
		if end == 0 || !isBoundary(s, at) {
			return false
		}
		first = clock{hour: h, fixed: h > 12 || h == 0, end: end}
	}
	mark := rangeMark.FindString(s[first.end:])
	if mark == "" && ranged {
		mark = andMark.FindString(s[first.end:])
	}
	if mark == "" {
		return false
	}
	to := first.end + len(mark)
	second, ok := clockAt(s, to, true, ranged)
	if !ok {
		h, end := bareHour(s, to)
		if end > 0 && dayBehind.MatchString(s[end:]) {
			strong = true
		}
		if end == 0 || end+1 < len(s) && s[end] == '-' && s[end+1] >= '0' && s[end+1] <= '9' || !(marked && first.half+first.minute > 0 || strong) || !mayFollow(s, end) && !between.MatchString(s[end:]) || unitAt(s, end) || !isLatinEnd(s, to) {
			return false
		}
		if m, _ := measureAt(s, end); m != "" {
			return false
		}
		second = clock{hour: h, fixed: h > 12 || h == 0, end: end}
	} else if marked && !e.plainEnd(s, first, second) {
		return false
	}
	e.clock, e.until, e.end = &first, &second, second.end
	return true
}

var dayBehind = regexp.MustCompile(`^ (?:today|tomorrow|tonight|this (?:morning|afternoon|evening)|(?:on |next |this )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b`)

// plainEnd leaves a second hour with its own day or part to span2.
func (e *expression) plainEnd(s string, first, second clock) bool { return second.end > first.end }

func isLatinEnd(s string, i int) bool { return i == 0 || !isLatin(s[i-1]) || !isLatin(s[i]) }

// span2 reads the end of a span that is a whole time of its own: 今晚8点到明天早上6点, 周一到周三, "nov 3 to 5".
func (e *expression) span2(s string, ranged bool, now time.Time) {
	if e.until != nil || e.relative != nil {
		if m := between.FindString(s[e.end:]); m != "" && e.until != nil {
			e.end += len(m)
		}
		return
	}
	mark := rangeMark.FindString(s[e.end:])
	closed := true
	if mark == "" {
		mark = andMark.FindString(s[e.end:])
		closed = false
	}
	if mark == "" {
		return
	}
	at := e.end + len(mark)
	second := expression{start: at, end: at}
	if !second.gather(s, at, e.clock != nil, true, now) || second.until != nil {
		e.shortEnd(s, at, closed || ranged)
		return
	}
	if !closed && !ranged && !between.MatchString(s[second.end:]) || !e.joinEnd(second, s[at] >= 0x80) {
		return
	}
	e.end = second.end
	e.end += len(between.FindString(s[e.end:]))
}

// joinEnd takes second as the end of the span; false when the two do not fit.
func (e *expression) joinEnd(second expression, han bool) bool {
	switch {
	case e.clock != nil && second.clock != nil && e.day == nil && second.day != nil && !han: // "from half past seven to 4pm tomorrow"
		e.day, e.until, e.lastPart = second.day, second.clock, second.part
	case e.clock != nil && second.clock != nil:
		e.until, e.lastPart, e.last = second.clock, second.part, second.day
	case e.clock == nil && second.clock == nil && e.day != nil && second.day != nil && e.part == nil && second.part == nil:
		e.last = second.day
	default:
		return false
	}
	return true
}

// shortEnd reads the end of a span of days said by its number alone: 周一至五, "nov 19 to 20".
func (e *expression) shortEnd(s string, at int, allowed bool) {
	if e.day == nil || e.clock != nil || e.part != nil || !allowed || at >= len(s) {
		return
	}
	if e.day.kind == dayWeekday && s[at] >= 0x80 {
		if g := shortWeekday.FindStringSubmatch(s[at:]); g != nil {
			wd := strings.Index("日一二三四五六", g[1]) / len("日")
			e.last, e.end = &day{kind: dayWeekday, weekday: wd}, at+len(g[1])
		}
		return
	}
	n, end := dayNumber(s, at+len(enNthName.FindString(s[at:])))
	if g := dayNth.FindStringSubmatch(s[at:]); g != nil {
		n, end = atoi(g[1]), at+len(g[0])
	} else if n == 0 {
		n, end = bareHour(s, at)
	}
	if digits := dayDigits.FindString(s[at:]); digits != "" {
		n, end = atoi(digits), at+len(digits)
	}
	if (e.day.kind == dayYearly || e.day.kind == dayNamed && !e.day.bound) && end > 0 && n > e.day.from.Day() && n <= 31 && (mayFollow(s, end) || s[end] >= 0x80) && !unitAt(s, end) {
		if m, _ := measureAt(s, end); m == "" {
			t := time.Date(e.day.from.Year(), e.day.from.Month(), n, 0, 0, 0, 0, e.day.from.Location())
			e.last, e.end = &day{kind: dayNamed, from: t, to: t}, end
		}
	}
}

var (
	shortWeekday = regexp.MustCompile(`^([一二三四五六日])(?:[^一二三四五六七八九十个杯点月号天]|$)`)
	dayNth       = regexp.MustCompile(`^(?:the )?([1-3]?\d)(?:st|nd|rd|th)\b`)
	dayDigits    = regexp.MustCompile(`^[1-3]?\d\b`)
)

// running are the two days of a span; one that began last year and is not over is meant before the one that comes next.
func (e expression) running(now time.Time) (time.Time, time.Time) {
	open := func(d *day) bool { return d.kind == dayYearly || d.kind == dayMonth && !d.bound }
	if open(e.day) && open(e.last) {
		past := *e.day
		past.from = past.from.AddDate(-1, 0, 0)
		began := e
		began.day = &past
		if last := began.lastDay(); past.from.Day() == e.day.from.Day() && !last.Before(midnight(now)) && last.Sub(past.from) < yearLong && past.from.Before(now) {
			return past.from, last
		}
	}
	return e.firstDay(), e.lastDay()
}

// yearLong is as long as a span between two dates without a year can be.
const yearLong = 366 * 24 * time.Hour

// firstDay is the first day of a span; it takes its year from the second one when only that says one.
func (e expression) firstDay() time.Time {
	first, last := e.day.from, e.last.to
	open := e.day.kind == dayYearly || e.day.kind == dayMonth && !e.day.bound
	if !open || e.last.kind != dayNamed && !(e.last.kind == dayMonth && e.last.bound) {
		return first
	}
	for y := last.Year(); y >= last.Year()-1; y-- {
		if t, ok := dated(y, int(first.Month()), first.Day(), first.Location()); ok && !t.After(last) {
			return t
		}
	}
	return first
}

// lastDay is the second day of a span, in the first one's month or year when it says none.
func (e expression) lastDay() time.Time {
	last := e.last.to
	if e.day == nil {
		return last
	}
	first := e.day.from
	switch e.last.kind {
	case dayMonthly:
		if t, ok := dated(first.Year(), int(first.Month()), e.last.to.Day(), first.Location()); ok && !t.Before(first) {
			return t
		}
		if t, ok := dated(first.Year(), int(first.Month())+1, e.last.to.Day(), first.Location()); ok {
			return t
		}
	case dayYearly:
		if t, ok := yearly(first, int(last.Month()), last.Day()); ok {
			return t
		}
	case dayMonth:
		if !e.last.bound { // the first such month that ends after the first day
			for y := first.Year(); y <= first.Year()+1; y++ {
				if end := time.Date(y, last.Month()+1, 0, 0, 0, 0, 0, first.Location()); !end.Before(first) {
					return end
				}
			}
		}
	case dayWeekday:
		if !e.last.bound {
			return coming(first, e.last.weekday)
		}
	}
	return last
}
