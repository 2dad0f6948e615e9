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
	rangeMark = regexp.MustCompile(`^ ?(?:到|至|直到|--?|~|～|—|to|till|til|until|through|thru) ?(?:the )?`)
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
		e.bound = boundOf(g)
		return i + g[1], g[10] < 0 && !strings.HasPrefix(s[i:], "on "), g[10] >= 0
	}
	if g := hanLead.FindStringSubmatchIndex(s[i:]); g != nil {
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

// hourSpan reads two hours of which one may be bare: 3-5点, 9-11am, 五到六点, "from 9 to 5".
func (e *expression) hourSpan(s string, at int, led, ranged bool) bool {
	if at > 0 && (s[at-1] >= '0' && s[at-1] <= '9' || s[at-1] == '-' && !ranged || s[at-1] == '.' || s[at-1] == '/') && s[at] <= '9' {
		return false
	}
	strong := ranged || e.day != nil && e.day.kind != dayMonth && e.day.kind != daySpan || e.part != nil
	first, marked := clockAt(s, at, strong, false)
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
	second, ok := clockAt(s, to, true, false)
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

var dayBehind = regexp.MustCompile(`^ (?:today|tomorrow|tonight|this (?:morning|afternoon|evening))\b`)

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
		e.bound = "after"
	}
	e.end += g[1]
}

var (
	enIn      = regexp.MustCompile(`^(?:in|after) (?:about |around |exactly |just |less than |the next )?`)
	enWithin  = regexp.MustCompile(`^within (?:the )?(?:next |upcoming |coming )?`)
	enFromNow = regexp.MustCompile(`^ (?:from now|later|from today|after today|(from tomorrow|after tomorrow)|(ago|before now|earlier))\b`)
	zhAfter   = regexp.MustCompile(`^(?: ?(?:多|左右))?(?: ?[之以过]?后| ?((?:[之以])?前)| ?([之以]?内|里))`)
	zhPass    = regexp.MustCompile(`^(?:再?过|再等|等)(?:大概|大约|差不多)?`)
	nextSpan  = regexp.MustCompile(`^(?:(?:the )?(?:next|coming|following)|(?:未来|接下来|今后)的?) ?`)
)

var lastsLong = regexp.MustCompile(`^ for \d`)

var lastsFor = regexp.MustCompile(`^(?:,? for |(?:开始|起),?的?)`)

// lasting reads how long it goes on from there: "from 2pm for 2 hours", 三点开始两个小时.
func (e *expression) lasting(s string) {
	m := lastsFor.FindString(s[e.end:])
	if m == "" || e.span() || e.clock == nil && e.day == nil {
		return
	}
	if d, ok := durationAt(s, e.end+len(m)); ok && (e.clock != nil || !d.timed()) {
		e.length, e.end = &d, d.End
	}
}

// relativeAt reads a time by its distance from now: 半小时后, "in 20 minutes", "two weeks from now", 30分钟内.
func relativeAt(s string, i int, now time.Time) (expression, bool) {
	if !isBoundary(s, i) {
		return expression{}, false
	}
	e := expression{start: i, sign: 1}
	at := i
	lead := enIn.FindString(s[i:])
	within := enWithin.FindString(s[i:])
	pass := zhPass.FindString(s[i:])
	ahead := nextSpan.FindString(s[i:])
	at += max(len(lead), len(within), len(pass), len(ahead))
	d, ok := durationAt(s, at)
	if !ok && ahead == "" && lead == "" {
		return e, false
	}
	if !ok || notLength(s, d) {
		return e, false
	}
	e.end, e.relative = d.End, &d
	switch {
	case lead != "" || pass != "":
		if g := zhAfter.FindStringSubmatchIndex(s[d.End:]); g != nil && pass != "" && g[2] < 0 && g[4] < 0 {
			e.end += g[1]
		}
	case within != "" || ahead != "":
		e.within = true
		e.end += len(ofNow.FindString(s[e.end:]))
	case e.starting(s, d, now):
		return e, true
	default:
		if !e.distance(s, d) {
			return e, false
		}
	}
	e.more(s, now)
	return e, true
}

var startsOn = regexp.MustCompile(`^,? (?:(?:starting|beginning)(?: from| on| at)?|from) `)

// starting reads "3 days starting next Monday", "2 hours from 3pm": a length, and where it begins.
func (e *expression) starting(s string, d Duration, now time.Time) bool {
	m := startsOn.FindString(s[d.End:])
	if m == "" || enFromNow.MatchString(s[d.End:]) {
		return false
	}
	first := expression{start: e.start, end: d.End, length: &d}
	if strings.HasSuffix(s[:e.start], "for ") {
		first.start -= len("for ")
	}
	if !first.gather(s, d.End+len(m), d.timed(), true, now) || first.span() || first.relative != nil {
		return false
	}
	*e = first
	return true
}

var ofNow = regexp.MustCompile(`^ (?:from|of) (?:now|today)\b`)

// notLength tells that "in a day" and the like only counts: 每3天, "3 days a week".
func notLength(s string, d Duration) bool {
	return strings.HasSuffix(s[:d.Start], "每") || strings.HasPrefix(s[d.End:], " a week") || strings.HasPrefix(s[d.End:], " a day")
}

// distance reads which side of now the length lies on.
func (e *expression) distance(s string, d Duration) bool {
	if g := enFromNow.FindStringSubmatchIndex(s[d.End:]); g != nil {
		e.end = d.End + g[1]
		if g[4] >= 0 {
			e.sign = -1
		} else if g[2] >= 0 {
			d.days++
			e.relative = &d
		}
		return true
	}
	g := zhAfter.FindStringSubmatchIndex(s[d.End:])
	if g == nil || startsAny(s[d.End+g[1]:], notTail) && !strings.HasPrefix(s[d.End+g[1]:], "来") {
		return false
	}
	switch {
	case g[2] >= 0:
		e.sign = -1
	case g[4] >= 0:
		if strings.HasPrefix(s[d.End+g[4]:], "里") && startsAny(s[d.End+g[5]:], []string{"程", "面", "边"}) {
			return false
		}
		e.within = true
	}
	e.end = d.End + g[1]
	return true
}

// more adds an hour said behind the distance: 三天后下午三点, "in two days at 5pm".
func (e *expression) more(s string, now time.Time) {
	if e.relative.timed() || e.within {
		return
	}
	join := joins.FindString(s[e.end:])
	rest := expression{start: e.end, end: e.end}
	led := strings.HasSuffix(join, "at ")
	if rest.gather(s, e.end+len(join), led, true, now) && rest.day == nil && rest.clock != nil && rest.until == nil {
		e.clock, e.part, e.end = rest.clock, rest.part, rest.end
	} else if rest.day == nil && rest.part != nil && rest.clock == nil {
		t := e.relative.From(now, e.sign)
		d := one(dayNamed, midnight(t), rest.end)
		d.bound = true
		e.day, e.relative, e.part, e.end = &d, nil, rest.part, rest.end
	}
}
