package lexicon

import (
	"regexp"
	"strings"
	"time"
)

// Moment is a time found in a folded text.
type Moment struct {
	At      time.Time
	Until   time.Time // the end of a span (三点到五点, this weekend), a day's end being its midnight; zero for a single moment
	HasDate bool      // a day was said
	HasTime bool      // an hour was said
	Part    string    // the part of the day said: dawn, morning, noon, afternoon, evening, night; "" when none
	Bound   string    // "before" (by six, 八点前), "after" (五点以后), "about" (8点左右), "" otherwise
	Guessed bool      // whether morning or afternoon was meant is our guess
	Soon    bool      // now, at once, in a while, within so long: no time to plan for was said
	Text    string    // exactly what was said
	Start   int       // byte offsets in the folded text
	End     int
	Also    [][2]int // where else in the text the rest was said ("tomorrow … at 3")

	said expression
}

// maxMoments bounds the times read from one text.
const maxMoments = 32

// FindTime reads the first time said in the text, relative to now; ok is false when none is said. A day and an hour that
// stand apart ("tomorrow … at 3") are one moment. What only says "soon" is no time: see FindTimes.
func FindTime(text string, now time.Time) (Moment, bool) {
	all := FindTimes(text, now)
	for i, m := range all {
		if m.Soon || !m.HasDate && !m.HasTime {
			continue
		}
		for _, other := range all[i+1:] {
			if joined, ok := m.with(other, now); ok {
				return joined, true
			}
		}
		return m, true
	}
	return Moment{}, false
}

// with adds the hour that was said elsewhere to a day, or the day to an hour.
func (m Moment) with(other Moment, now time.Time) (Moment, bool) {
	if other.Soon || m.HasTime == other.HasTime || m.said.relative != nil || other.said.relative != nil || m.said.span() || other.said.span() && m.HasTime {
		return m, false
	}
	e := m.said
	switch {
	case m.HasDate && !m.HasTime && !other.HasDate:
		e.clock, e.until = other.said.clock, other.said.until
		if other.said.part != nil {
			e.part = other.said.part
		}
	case m.HasTime && !m.HasDate && other.HasDate && !other.HasTime && other.said.day != nil:
		e.day = other.said.day
		if e.part == nil {
			e.part = other.said.part
		}
	default:
		return m, false
	}
	joined := e.moment(now)
	joined.Text, joined.Start, joined.End, joined.Also = m.Text, m.Start, m.End, [][2]int{{other.Start, other.End}}
	return joined, true
}

// FindTimes reads all times said in the text (folded here), in order, relative to now.
func FindTimes(text string, now time.Time) []Moment {
	s := spoken(text)
	var out []Moment
	for i := 0; i < len(s) && len(out) < maxMoments; {
		if !mayBegin(s, i) {
			i += step(s, i)
			continue
		}
		if e, ok := expressionAt(s, i, now); ok && e.end > i {
			if e.day != nil && e.day.kind == dayMonth && (strings.HasSuffix(s[:e.start], " in ") || s[:e.start] == "in ") {
				e.start -= len("in ")
			}
			m := e.moment(now)
			m.Text, m.Start, m.End = s[e.start:e.end], e.start, e.end
			out = append(out, m)
			i = e.end
			continue
		}
		if n := idiomOf(s, i); n > 0 {
			i += n
			continue
		}
		i += step(s, i)
	}
	return out
}

// idiomOf skips a number that is no time as a whole, so that its tail is not read as one: 2026, 138-1234.
func idiomOf(s string, i int) int {
	return len(longDigits.FindString(s[i:]))
}

var longDigits = regexp.MustCompile(`^(?:\d{5,}|\d+(?:-\d+){2,}|\d+\.\d+\.\d+)`)

// expression is a time as it was said, before it is brought to a moment.
type expression struct {
	day, last  *day // last is the second day of a span
	part       *dayPart
	lastPart   *dayPart
	clock      *clock
	until      *clock
	length     *Duration // for two hours
	ranged     bool      // "between" stands inside
	relative   *Duration // in 20 minutes
	sign       int       // of relative
	within     bool      // in the next 20 minutes
	soon       bool
	bound      string
	beyond     bool // after the whole of a week or month
	start, end int
}

func (e expression) span() bool { return e.last != nil || e.until != nil }

func (e expression) empty() bool {
	return e.day == nil && e.part == nil && e.clock == nil && e.relative == nil && !e.soon
}

// moment brings what was said to a moment.
func (e expression) moment(now time.Time) Moment {
	m := Moment{At: now, Bound: e.bound, said: e, Start: e.start, End: e.end}
	if e.part == nil && e.day != nil {
		e.part = e.day.part
	}
	if e.part != nil {
		m.Part = e.part.name
	}
	switch {
	case e.soon:
		m.Soon = true
	case e.within:
		m.Soon, m.HasDate, m.HasTime = true, true, e.relative.timed()
		m.Until = e.relative.From(now, 1)
	case e.relative != nil:
		m.HasDate, m.HasTime = true, e.relative.timed()
		m.At = e.relative.From(now, e.sign)
		if e.clock != nil {
			e.day = &day{from: midnight(m.At), to: midnight(m.At), bound: true}
			e.atClock(&m, now)
		}
	case e.clock != nil:
		e.atClock(&m, now)
	case e.part != nil:
		e.atPart(&m, now)
	default:
		e.atDay(&m, now)
	}
	if e.length != nil && m.Until.IsZero() {
		if e.clock == nil {
			m.At = midnight(m.At)
		}
		m.Until = e.length.From(m.At, 1)
	}
	return m
}

// atDay keeps now's hour, since none was said.
func (e expression) atDay(m *Moment, now time.Time) {
	m.HasDate = true
	m.At = onDay(e.day.from, now.Hour(), now.Minute())
	switch {
	case e.last != nil:
		m.At, m.Until = e.running(now)
	case e.day.to.After(e.day.from) && e.beyond:
		m.At = e.day.to.AddDate(0, 0, 1)
	case e.day.to.After(e.day.from):
		m.At, m.Until = e.day.from, e.day.to
		if today := midnight(now); m.At.Before(today) && !m.Until.Before(today) {
			m.At = today // this week goes on from today
		}
	}
}

func onDay(t time.Time, hour, minute int) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), hour, minute, 0, 0, t.Location())
}

// atPart takes the hour that is usual for the part of the day.
func (e expression) atPart(m *Moment, now time.Time) {
	m.HasDate = true
	base := midnight(now)
	if e.day != nil {
		base = e.day.from
	} else if now.Hour() >= e.part.to {
		base = base.AddDate(0, 0, 1)
	}
	m.At = onDay(base, e.part.at, 0)
	if base.Equal(midnight(now)) && m.At.Before(now) && now.Hour() < e.part.to {
		m.At = now
	}
	m.Until = onDay(base, e.part.to, 0)
}

// atClock brings the hour, and the hour of a span's end, to moments.
func (e expression) atClock(m *Moment, now time.Time) {
	m.HasTime, m.HasDate = true, e.day != nil
	base := midnight(now)
	if e.day != nil {
		base = e.day.from
	}
	hours, guessed := e.hourChoices(*e.clock, e.part)
	if e.until != nil && guessed {
		hours, guessed = e.fitSpan(hours)
	}
	m.Guessed = guessed
	m.At = e.pick(base, hours, now)
	if e.day != nil && e.day.kind == dayWeekday && !e.day.bound && m.At.Before(now) {
		m.At = m.At.AddDate(0, 0, 7)
	}
	if e.until != nil {
		m.Until = e.end24(m.At)
		if _, open := e.hourChoices(*e.until, e.lastPart); open && e.last != nil {
			m.Guessed = true
		}
	}
}

// hourChoices are the hours meant, in minutes of the day; more than one when neither morning nor afternoon was said.
func (e expression) hourChoices(c clock, part *dayPart) ([]int, bool) {
	h := c.hour
	switch {
	case c.half == 1:
		h = h % 12
		if c.hour > 12 {
			h = c.hour
		}
	case c.half == 2 && c.hour < 13:
		h = h%12 + 12
	case c.half == 2 || c.fixed:
	case part != nil:
		h = part.hours(h)
	default:
		return []int{h*60 + c.minute, (h+12)*60 + c.minute}, true
	}
	return []int{h*60 + c.minute}, false
}

// fitSpan chooses the half of the day that the end of the span was said in: "5 to 6pm", "11 to 3pm".
func (e expression) fitSpan(starts []int) ([]int, bool) {
	ends, open := e.hourChoices(*e.until, e.lastPart)
	if open {
		return starts, true
	}
	for _, at := range []int{1, 0} {
		if starts[at] < ends[0] {
			return starts[at : at+1], false
		}
	}
	return starts[1:], false
}

// pick takes the choice that an errand means: the next to come, on a day of its own the waking one.
func (e expression) pick(base time.Time, minutes []int, now time.Time) time.Time {
	at := func(d time.Time, m int) time.Time {
		return onDay(d, m/60, m%60).Add(time.Duration(e.clock.second) * time.Second)
	}
	today := base.Equal(midnight(now))
	if e.day == nil || today && len(minutes) > 1 {
		for _, m := range minutes {
			if t := at(base, m); !t.Before(now.Truncate(time.Minute)) && !(e.span() && m >= lateStart && len(minutes) > 1) {
				return t
			}
		}
		if e.day == nil {
			return at(base.AddDate(0, 0, 1), minutes[0])
		}
	}
	if len(minutes) > 1 && (today || minutes[0] < 7*60) {
		return at(base, minutes[1])
	}
	return at(base, minutes[0])
}

// lateStart is the minute of the day from which a span without morning or afternoon would run into the night.
const lateStart = 20 * 60

// end24 is the end of a span: the first hour said that comes after its start.
func (e expression) end24(start time.Time) time.Time {
	base := midnight(start)
	if e.last != nil {
		base = e.lastDay()
	}
	part := e.lastPart
	if part == nil && e.part != nil && e.until.half == 0 && !e.until.fixed && e.last == nil {
		part = nil
	}
	choices, _ := e.hourChoices(*e.until, part)
	for d := range 3 {
		for _, m := range choices {
			t := onDay(base.AddDate(0, 0, d), m/60, m%60).Add(time.Duration(e.until.second) * time.Second)
			if t.After(start) && (e.last == nil || len(choices) == 1 || m >= 7*60 || d > 0) {
				return t
			}
		}
	}
	return start
}
