package lexicon

import (
	"regexp"
	"strings"
	"time"
)

var (
	enIn      = regexp.MustCompile(`^(?:in|after) (?:about |around |exactly |just |less than )?`)
	enWithin  = regexp.MustCompile(`^within (?:the )?(?:next |upcoming |coming )?`)
	enFromNow = regexp.MustCompile(`^ (?:from now|later|from today|after today|(from tomorrow|after tomorrow)|(ago|before now|earlier))\b`)
	zhAfter   = regexp.MustCompile(`^(?: ?(?:多|左右))?(?: ?[之以过]?后| ?((?:[之以])?前)| ?([之以]?内|里))`)
	zhPass    = regexp.MustCompile(`^(?:再?过|再等|等)(?:大概|大约|差不多)?`)
	nextSpan  = regexp.MustCompile(`^(?:(?:the )?(?:next|coming|following)|(?:未来|接下来|今后)的?) ?`)
)

// aheadInside is said between a number and what it counts: the 3 next weeks.
var aheadInside = regexp.MustCompile(` (?:next|coming|upcoming|following) `)

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
	if lead != "" {
		ahead = nextSpan.FindString(s[i+len(lead):])
		if ahead != "" { // "in the next two days" is a span
			at, lead = at+len(lead), ""
		}
	}
	at += max(len(lead), len(within), len(pass), len(ahead))
	d, ok := durationAt(s, at)
	if one := nextOne.FindString(s[at:]); !ok && ahead != "" && one != "" { // "the next hour"
		d = Duration{Start: at, End: at + len(one)}
		ok = d.add(1, one)
	}
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
		e.end += len(ofNow.FindString(s[e.end:]))
	case within != "" || ahead != "" || aheadInside.MatchString(s[d.Start:d.End]):
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

var startsOn = regexp.MustCompile(`^,? (?:(?:starting|beginning)(?: from| on| at)?|(from|after)|(before)) `)

// starting reads "3 days starting next Monday", "2 hours from 3pm": a length, and where it begins.
func (e *expression) starting(s string, d Duration, now time.Time) bool {
	g := startsOn.FindStringSubmatchIndex(s[d.End:])
	if g == nil || enFromNow.MatchString(s[d.End:]) {
		return false
	}
	m := s[d.End : d.End+g[1]]
	first := expression{start: e.start, end: d.End, length: &d}
	if strings.HasSuffix(s[:e.start], "for ") {
		first.start -= len("for ")
	}
	if !first.gather(s, d.End+len(m), d.timed(), true, now) || first.span() || first.relative != nil {
		return false
	}
	if sign := map[bool]int{g[2] >= 0: 1, g[4] >= 0: -1}[true]; sign != 0 && d.Nights == 0 && first.start == e.start && first.day != nil && first.clock == nil && !d.timed() {
		t := d.From(first.day.from, sign) // "3 days from Tuesday" is a day
		first.day, first.length = &day{kind: dayNamed, from: t, to: t, bound: true}, nil
	} else if g[4] >= 0 || g[2] >= 0 && s[d.End+g[2]] == 'a' {
		return false
	}
	*e = first
	return true
}

var ofNow = regexp.MustCompile(`^ (?:from|of) (?:now|today)\b`)

var nextOne = regexp.MustCompile(`^(?:hour|minute|fortnight)\b`)

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
