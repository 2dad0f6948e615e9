package lexicon

import (
	"regexp"
	"strings"
	"time"
)

var (
	leadWords = regexp.MustCompile(`^(?:(at about|at around|at approximately|at|@|on)|(by|before|no later than|not later than|until|till|up to)|(after|since|starting from|starting|as of)|(around|about|approximately)|(from|between)) ?(?:the )?`)
	hanLead   = regexp.MustCompile(`^(?:(大约|大概|差不多|约)|(不晚于|最晚|最迟|赶在)|(从|自))(?:在)?`)
	joins     = regexp.MustCompile(`^(?: ?(?:,|@|-|\() ?| ?的 ?| )?(?:(?:at|on|of|around|about|for|by|sometime) )?(?:约|大约|大概)?`)
	rangeMark = regexp.MustCompile(`^ ?(?:[打玩唱开用坐待学练上租住聊游]?到|至|直到|--?|~|～|—|to|till|til|until|through|thru) ?(?:the )?`)
	andMark   = regexp.MustCompile(`^ ?(?:and|和|与|跟) ?`)
	between   = regexp.MustCompile(`^ ?(?:之间|间|这段时间|期间)`)
	tailWords = regexp.MustCompile(`^(?:(左右|前后|上下|ish\b)|([之以]?前)|([之以]?后|开始|起))`)
	notTail   = []string{"面", "台", "天", "门", "院", "方", "排", "往", "来", "车"}
	soonWords = regexp.MustCompile(`^(?:现在|马上|立刻|立即|尽快|尽早|赶紧|越快越好|一会儿后|一会儿|一会|待会儿|待会|等会儿|等会|稍后|(?:right now|now|as soon as possible|asap|immediately|right away|straight away|in a while|in a bit|in a moment|shortly|soon)\b)`)
	notSoon   = []string{"就好", "点"}
)

// expressionAt reads a whole time at byte i: day, part of the day, hour and span in whatever order they were said.
func expressionAt(s string, i int, now time.Time) (expression, bool) {
	if e, ok := relativeAt(s, i, now); ok {
		return e, true
	}
	if m := soonWords.FindString(s[i:]); m != "" && (i == 0 || !isLatin(s[i-1]) || !isLatin(s[i])) {
		if strings.HasPrefix(s[i:], "now") && notNow.MatchString(s[i:]) || strings.HasPrefix(s[i:], "soon") && strings.HasSuffix(s[:i], "as ") {
			return expression{}, false
		}
		if e, ok := fromNow(s, i, i+len(m), now); ok {
			return e, true
		}
		return expression{soon: true, start: i, end: i + len(m)}, true
	}
	e := expression{start: i, end: i}
	at, led, ranged := e.lead(s, i)
	if !e.gather(s, at, led, ranged, now) {
		if at == i || !led && !ranged || !isBoundary(s, i) {
			return e, false
		}
		return e, false
	}
	e.span2(s, ranged || e.ranged, now)
	if ranged || e.ranged || strings.HasPrefix(s[e.end:], "开始") || strings.HasPrefix(s[e.end:], "起") {
		e.lasting(s)
	}
	e.tail(s)
	if e.clock == nil && e.part == nil && e.day == nil {
		return e, false
	}
	return e, true
}

var notNow = regexp.MustCompile(`^now (?:that|and then)\b`)

func isBoundary(s string, i int) bool {
	return i == 0 || !isLatin(s[i-1]) || s[i] >= 0x80
}

// fromNow reads 从现在到八点, "now until 6".
func fromNow(s string, i, end int, now time.Time) (expression, bool) {
	m := rangeMark.FindString(s[end:])
	if m == "" && strings.HasSuffix(s[:i], "between ") {
		m = andMark.FindString(s[end:])
		i -= len("between ")
	}
	if m == "" || strings.TrimPrefix(s[i:end], "between ") != "现在" && strings.TrimPrefix(s[i:end], "between ") != "now" && s[i:end] != "现在" && s[i:end] != "now" && s[i:end] != "right now" {
		return expression{}, false
	}
	e := expression{start: i, end: end}
	if !e.gather(s, end+len(m), true, true, now) || e.until != nil {
		return expression{}, false
	}
	if e.clock == nil {
		e.last, e.day = e.day, &day{from: midnight(now), to: midnight(now), bound: true}
		return e, e.last != nil && e.part == nil
	}
	e.until, e.lastPart, e.last = e.clock, e.part, e.day
	e.clock = &clock{hour: now.Hour(), minute: now.Minute(), second: now.Second(), fixed: true}
	e.part, e.day = nil, &day{from: midnight(now), to: midnight(now), bound: true}
	return e, true
}

// lead reads the words before a time and what they say of it.
func (e *expression) lead(s string, i int) (at int, led, ranged bool) {
	if s[i] < 0x80 && i > 0 && isLatin(s[i-1]) {
		return i, false, false
	}
	if g := leadWords.FindStringSubmatchIndex(s[i:]); g != nil && (s[i+g[1]-1] == ' ' || s[i] == '@') {
		e.bound, e.beyond = boundOf(g), strings.HasPrefix(s[i:], "after ")
		return i + g[1], g[10] < 0 && !strings.HasPrefix(s[i:], "on "), g[10] >= 0
	}
	if g := hanLead.FindStringSubmatchIndex(s[i:]); g != nil && !(strings.HasPrefix(s[i:], "约") && !aboutThen.MatchString(s[i:])) {
		switch {
		case g[2] >= 0:
			e.bound = "about"
		case g[4] >= 0:
			e.bound = "before"
		}
		return i + g[1], false, g[6] >= 0
	}
	return i, false, false
}

// aboutThen tells 约三点 "about three" from 约明天, which makes an appointment.
var aboutThen = regexp.MustCompile(`^约(?:\d|[一二两三四五六七八九十])`)

func boundOf(g []int) string {
	switch {
	case g[4] >= 0:
		return "before"
	case g[6] >= 0:
		return "after"
	case g[8] >= 0:
		return "about"
	}
	return ""
}

// gather reads the pieces of a time from byte at on; false when there is none.
func (e *expression) gather(s string, at int, led, ranged bool, now time.Time) bool {
	for e.piece(s, at, led, ranged, now) {
		join := joins.FindString(s[e.end:])
		if strings.Contains(join, "-") && e.clock != nil { // 2点-明天4点 is a span
			return true
		}
		if e.clock == nil && isoTime.MatchString(s[e.end:]) {
			join = "t"
		}
		at = e.end + len(join)
		led = strings.HasSuffix(join, "at ") || strings.HasSuffix(join, "around ") || strings.HasSuffix(join, "about ") || strings.HasSuffix(join, "by ") || strings.HasPrefix(join, ",") && e.day != nil && e.clock == nil
		if strings.HasSuffix(join, "by ") && e.clock == nil {
			e.bound = "before"
		}
		if e.clock == nil && e.day != nil { // "monday between 8 and 9", "tomorrow from 8am"
			if g := leadWords.FindStringSubmatchIndex(s[at:]); g != nil && g[10] >= 0 {
				at, led, ranged, e.ranged = at+g[1], false, true, true
			} else if g != nil && s[at+g[1]-1] == ' ' {
				_, hour := clockAt(s, at+g[1], true, true)
				if b := boundOf(g); b != "" && !hour {
					return true // "1st jan until wed"
				} else if b != "" {
					e.bound = b
				}
				at, led = at+g[1], true
			}
		}
	}
	return !e.empty()
}

// piece reads one piece; false when there is none, or one of its kind was read before.
func (e *expression) piece(s string, at int, led, ranged bool, now time.Time) bool {
	if at >= len(s) {
		return false
	}
	if e.day != nil && (e.day.kind == dayMonth || e.day.kind == dayWeek) { // an hour is on a day; only a weekday says which
		d, ok := dayAt(s, at, now)
		if ok = ok && e.addDay(d); ok {
			e.end = d.end
		}
		return ok
	}
	said := e.day != nil || e.part != nil || ranged
	led = led || e.part != nil && s[e.end-1] < 0x80
	if e.clock == nil && e.day == nil && s[at] >= '0' && s[at] <= '9' && isBoundary(s, at) && (at == 0 || s[at-1] == ' ') {
		if d, ok := englishDomSpan(s, at, now); ok {
			e.day, e.end = &d, d.end
			return true
		}
	}
	if e.clock == nil {
		if e.hourSpan(s, at, led, ranged) {
			return true
		}
		_, end := bareHour(s, at)
		if c, ok := clockAt(s, at, said, led || ranged && end > 0 && lastsLong.MatchString(s[end:])); ok {
			e.clock, e.end = &c, c.end
			return true
		}
	}
	if e.part == nil && !thisPart.MatchString(s[at:]) {
		if p, end := partAt(s, at, e.day != nil || e.clock != nil || led || hourBehind(s, at)); p != nil && !(e.day == nil && e.clock == nil && endsBefore(s, at)) {
			e.part, e.end = p, end
			return true
		}
	}
	d, ok := dayAt(s, at, now)
	if !ok || !e.addDay(d) {
		return false
	}
	e.end = d.end
	return true
}

var (
	isoTime  = regexp.MustCompile(`^t\d{2}:\d{2}`)
	thisPart = regexp.MustCompile(`^this (?:morning|afternoon|evening|night)\b`)
	partHour = regexp.MustCompile(`^(?:morning|afternoon|evening|lunchtime) (?:at )?`)
)

// hourBehind tells that an hour follows "afternoon" that stands without "in the".
func hourBehind(s string, i int) bool {
	m := partHour.FindString(s[i:])
	if m == "" {
		return false
	}
	_, ok := clockAt(s, i+len(m), true, strings.HasSuffix(m, "at "))
	return ok
}

// endsBefore tells that a Latin word goes on into byte i, or a greeting stands before it.
func endsBefore(s string, i int) bool { return strings.HasSuffix(s[:i], "good ") }

// addDay joins a second naming of the day to the first: 10月12号, 星期一; friday next week.
func (e *expression) addDay(d day) bool {
	if e.day == nil {
		e.day = &d
		return true
	}
	old := *e.day
	switch {
	case old.kind == dayWeekday && d.kind == dayMonthly:
		t := meeting(old.from, old.weekday, d.from.Day())
		e.day = &day{kind: dayNamed, from: t, to: t, part: old.part, bound: true, end: d.end}
	case old.kind == dayWeekday && (d.kind == dayYearly || d.kind == dayNamed && !d.bound && d.part == nil):
		d.part, d.bound = old.part, true
		e.day = &d
	case (old.kind == dayYearly || old.kind == dayNamed && !old.bound) && d.kind == dayWeekday && !d.bound:
		e.day.end = d.end
	case old.kind == dayWeek && d.kind == dayWeekday && !d.bound:
		t := old.from.AddDate(0, 0, (d.weekday+6)%7)
		e.day = &day{kind: dayNamed, from: t, to: t, bound: true, end: d.end, allowPast: old.allowPast}
	case old.kind == dayWeekday && d.kind == dayWeek && !old.bound:
		t := d.from.AddDate(0, 0, (old.weekday+6)%7)
		e.day = &day{kind: dayNamed, from: t, to: t, bound: true, end: d.end, allowPast: d.allowPast}
	default:
		return false
	}
	return true
}

// meeting is the next such weekday that is also that day of its month: Thursday the 26th.
func meeting(from time.Time, weekday, d int) time.Time {
	for m := range 12 {
		if t, ok := dated(from.Year(), int(from.Month())+m, d, from.Location()); ok && int(t.Weekday()) == weekday && !t.Before(from) {
			return t
		}
	}
	t, _ := monthly(from, d)
	return t
}

// tail reads the words behind a time: 左右, 之前, 以后.
func (e *expression) tail(s string) {
	g := tailWords.FindStringSubmatchIndex(s[e.end:])
	if g == nil || startsAny(s[e.end+g[1]:], notTail) || e.span() {
		return
	}
	switch {
	case g[2] >= 0:
		e.bound = "about"
	case g[4] >= 0:
		e.bound = "before"
	default:
		e.bound, e.beyond = "after", strings.HasSuffix(s[e.end:e.end+g[1]], "后")
	}
	e.end += g[1]
}
