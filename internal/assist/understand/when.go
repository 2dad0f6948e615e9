package understand

import (
	"regexp"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// when is what a goal says of time, beyond its first moment.
type when struct {
	last   time.Time // the last day said, of a stay or a span of days; zero when none
	nights int
	length time.Duration // how long it should take or last; 0 when that was not said
	from   time.Time     // the window of hours said: after six, in the afternoon; zero where open
	to     time.Time
}

// partHours are the hours that the parts of a day have in errands: from, to.
var partHours = map[string][2]int{"dawn": {0, 6}, "morning": {5, 12}, "noon": {11, 14}, "afternoon": {12, 19}, "evening": {17, 24}, "night": {18, 24}}

// readWhen reads the times of the goal's words.
func (g *goal) readWhen(s string, now time.Time) {
	m, ok := lexicon.FindTime(s, now)
	if !ok {
		return
	}
	g.moment, g.timed = m, true
	g.when = windowOf(m)
	for _, d := range lexicon.Durations(s) {
		if d.Nights > 0 && g.when.nights == 0 {
			g.when.nights = d.Nights
		}
		if d.Nights == 0 && g.when.length == 0 && d.Start != m.Start {
			g.when.length = d.Total()
		}
	}
	if !m.Until.IsZero() && !m.HasTime && m.Part == "" {
		g.when.last = m.Until
	}
	for _, other := range lexicon.FindTimes(s, now) {
		if m.HasDate && !m.HasTime && m.Part == "" && other.Part != "" && !other.HasTime && day(other.At).Equal(day(now)) && other.Start != m.Start {
			g.moment.Part = other.Part // 后天去三亚, 下午出发: the part of that day
			g.when.from, g.when.to = windowOf(g.moment).from, windowOf(g.moment).to
			continue
		}
		if other.HasDate && !other.Soon && other.Start > m.Start && day(other.At).After(day(m.At)) && g.when.last.IsZero() && m.HasDate {
			g.when.last = other.At
		}
	}
}

// sameDayAs takes the day of the goal before where only an hour was said: on Sunday at ten this, then at two that.
func (g *goal) sameDayAs(before *goal) {
	if !g.timed || g.moment.HasDate || g.moment.Soon || !g.moment.HasTime || !before.timed || !before.moment.HasDate || !before.when.last.IsZero() {
		return
	}
	that, at := day(before.moment.At), g.moment.At
	if !that.After(day(at)) {
		return
	}
	shift := that.Sub(day(at))
	g.moment.At, g.moment.HasDate = at.Add(shift), true
	if !g.moment.Until.IsZero() {
		g.moment.Until = g.moment.Until.Add(shift)
	}
	w := windowOf(g.moment)
	g.when.from, g.when.to = w.from, w.to
}

func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

func windowOf(m lexicon.Moment) when {
	at := day(m.At)
	switch {
	case m.HasTime && m.Bound == "after":
		return when{from: m.At, to: at.AddDate(0, 0, 1)}
	case m.HasTime && m.Bound == "before":
		return when{from: at, to: m.At}
	case m.HasTime && !m.Until.IsZero():
		return when{from: m.At, to: m.Until}
	case !m.HasTime && m.Part != "":
		h := partHours[m.Part]
		return when{from: at.Add(time.Duration(h[0]) * time.Hour), to: at.Add(time.Duration(h[1]) * time.Hour)}
	}
	return when{}
}

// inclusive is how a last day says that it counts.
var inclusive = regexp.MustCompile(`(?i)inclusive|\blast (?:rental )?day\b|包含|含当[天日]|最后一[天日]`)

// exact tells that one hour was said, not a window of hours.
func (g *goal) exact() bool { return g.timed && g.moment.HasTime && g.when.from.IsZero() }

// pickTime lets a choice from a list go by the time said.
func (g *goal) pickTime(p *plan.Pick) {
	switch {
	case !g.timed || g.moment.Soon:
	case g.exact():
		p.At = g.moment.At.Format(time.RFC3339)
	case !g.when.from.IsZero():
		p.Within = &plan.Window{From: g.when.from.Format(time.RFC3339), To: g.when.to.Format(time.RFC3339)}
	case g.moment.HasDate:
		last := g.moment.At
		if g.when.last.After(last) {
			last = g.when.last
		}
		p.Within = &plan.Window{From: day(g.moment.At).Format(time.RFC3339), To: day(last).AddDate(0, 0, 1).Add(-time.Second).Format(time.RFC3339)}
	}
}

// bound is which end of a span of time an input is: "first", "last", "from", "to" or "".
func bound(name string, d string) string {
	ws := strings.Fields(strings.ToLower(words(name)))
	head := headOf(d)
	switch {
	case anyOf([]string{"checkout", "return", "leave", "end", "finish", "dropoff", "until", "till", "to", "back"}, ws) || anyOf([]string{"check"}, ws) && anyOf([]string{"out"}, ws):
		return "last"
	case anyOf([]string{"after", "earliest", "since"}, ws) || strings.Contains(head, "最早"):
		return "from"
	case anyOf([]string{"before", "latest", "by"}, ws) || strings.Contains(head, "最晚"):
		return "to"
	case strings.Contains(head, "离店") || strings.Contains(head, "结束") || strings.Contains(head, "返程") || strings.Contains(head, "退房"):
		return "last"
	case strings.Contains(head, "入住") || anyOf([]string{"checkin", "start", "begin", "from"}, ws) || anyOf([]string{"check"}, ws) && anyOf([]string{"in"}, ws):
		return "first"
	}
	return ""
}

// momentFor is the moment that an input means; ok is false when the words do not say it.
func (b *builder) momentFor(c catalog.Capability, p catalog.Property) (lexicon.Moment, bool) {
	g := b.goal
	m := g.moment
	if !g.timed || m.Soon {
		return m, false
	}
	date := onlyDate(p)
	switch bound(p.Name, p.Schema.Description) {
	case "last":
		return b.endMoment(c, p, m, date)
	case "from":
		m.At = g.when.from
		return m, !g.when.from.IsZero() && g.when.from.After(day(g.when.from))
	case "to":
		m.At = g.when.to
		return m, !g.when.to.IsZero() && g.when.to.Before(day(g.when.from).AddDate(0, 0, 1))
	}
	switch {
	case date:
		return m, m.HasDate || p.Required
	case onlyClock(p):
		return m, g.exact() || m.HasTime && p.Required
	}
	return m, m.HasTime
}

// endMoment is the end of a stay: the last day said, else as many nights as were said (one where none were) after the first.
func (b *builder) endMoment(c catalog.Capability, p catalog.Property, m lexicon.Moment, date bool) (lexicon.Moment, bool) {
	g := b.goal
	switch {
	case !g.when.last.IsZero():
		m.At = g.when.last
	case !date && !m.Until.IsZero():
		m.At = m.Until
	case !date && g.when.length > 0 && m.HasTime:
		m.At = m.At.Add(g.when.length)
	case date && p.Required && g.when.length >= 24*time.Hour && g.when.nights == 0:
		days := int(g.when.length / (24 * time.Hour))
		if inclusive.MatchString(p.Schema.Description) {
			days--
		}
		m.At = m.At.AddDate(0, 0, days)
	case date && p.Required:
		m.At = m.At.AddDate(0, 0, max(g.when.nights, 1))
	default:
		return m, false
	}
	return m, true
}
