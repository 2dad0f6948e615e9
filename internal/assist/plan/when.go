package plan

import (
	"time"
)

// slotNear is how far from the time asked for a slot may be without the person being asked.
const slotNear = 30 * time.Minute

// Window is a span of time in which an element must lie; an empty end is open. RFC 3339.
type Window struct {
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

// span is when an element begins and ends; dated tells that it names its day, clocked that it names an hour.
type span struct {
	from, to       time.Time
	dated, clocked bool
}

// timed narrows and decides by time where the pick has one and elements carry times: what lies outside the window is left
// aside; the slot nearest to the time asked for, else the earliest in the window; where none fits, candidates to ask about.
// ok is false when times do not decide, and then the elements that are left.
func timed(list []any, fit []scored, p Pick, rest []string) (Choice, []scored, bool) {
	if p.At == "" && p.Within == nil {
		return Choice{}, fit, false
	}
	anchor := p.anchor()
	fit = closest(fit, p)
	spans := map[int]span{}
	for _, f := range fit {
		if s, ok := spanOf(list[f.index], anchor); ok {
			spans[f.index] = s
		}
	}
	if len(spans)*2 <= len(fit) {
		return Choice{}, fit, false
	}
	inside := p.inside(fit, spans)
	if len(inside) == 0 {
		return Choice{Index: -1, Close: cards(list, fit, rest)}, nil, true
	}
	want, err := time.Parse(time.RFC3339, p.At)
	if err != nil {
		if p.Prefer == "" && !anyClocked(inside, spans) {
			return Choice{}, inside, false // only days: they narrow, something else decides
		}
		return earliest(list, inside, spans, p)
	}
	best, gap := nearest(inside, spans, want)
	if gap > slotNear {
		return Choice{Index: -1, Close: cards(list, fit, rest)}, nil, true
	}
	var ties []scored
	for _, f := range inside {
		if s, ok := spans[f.index]; ok && s.from.Equal(spans[best].from) {
			ties = append(ties, f)
		}
	}
	if len(ties) > 1 {
		return sameHour(list, ties, p)
	}
	return Choice{Index: best, Why: Reason{Key: WhyTime, Words: want.Format("15:04")}}, nil, true
}

// likeShare is the share of the best likeness from which an element may be chosen by its time.
const likeShare = 0.9

// closest keeps the elements that are nearly as much what was asked for as the best one.
func closest(fit []scored, p Pick) []scored {
	if p.Query == "" || len(fit) == 0 {
		return fit
	}
	best := 0.0
	for _, f := range fit {
		best = max(best, f.like)
	}
	var out []scored
	for _, f := range fit {
		if f.like >= likeShare*best {
			out = append(out, f)
		}
	}
	return out
}

// anchor is the day that a bare clock time is on.
func (p Pick) anchor() time.Time {
	for _, v := range []string{p.At, p.within().From, p.within().To} {
		if t, err := time.Parse(time.RFC3339, v); err == nil {
			return t
		}
	}
	return time.Time{}
}

func (p Pick) within() Window {
	if p.Within == nil {
		return Window{}
	}
	return *p.Within
}

// inside are the elements within the window; those without a time stay.
func (p Pick) inside(fit []scored, spans map[int]span) []scored {
	from, errFrom := time.Parse(time.RFC3339, p.within().From)
	to, errTo := time.Parse(time.RFC3339, p.within().To)
	var out []scored
	for _, f := range fit {
		s, ok := spans[f.index]
		switch {
		case !ok:
		case !s.clocked && errFrom == nil && s.from.Format(time.DateOnly) < from.Format(time.DateOnly):
			continue
		case !s.clocked:
		case errFrom == nil && s.from.Before(from):
			continue
		}
		if ok && errTo == nil && s.from.After(to) {
			continue
		}
		out = append(out, f)
	}
	return out
}

// sameHour decides between elements at the same time by what was said of them, else by distance and price.
func sameHour(list []any, ties []scored, p Pick) (Choice, []scored, bool) {
	if p.Nth > 0 {
		return Choice{}, ties, false // one of several at that hour
	}
	if p.Query != "" && !p.Soft {
		return Choice{}, ties, false
	}
	return preferred(list, ties, p), nil, true
}

func anyClocked(fit []scored, spans map[int]span) bool {
	for _, f := range fit {
		if spans[f.index].clocked {
			return true
		}
	}
	return false
}

// earliest takes the first in time, unless a preference or the person decides among the rest.
func earliest(list []any, fit []scored, spans map[int]span, p Pick) (Choice, []scored, bool) {
	if p.Prefer != "" || len(fit) == 1 {
		return Choice{}, fit, false
	}
	best := -1
	for _, f := range fit {
		s, ok := spans[f.index]
		if ok && (best < 0 || s.from.Before(spans[best].from)) {
			best = f.index
		}
	}
	if best < 0 {
		return Choice{}, fit, false
	}
	var ties []scored
	for _, f := range fit {
		if s, ok := spans[f.index]; ok && s.from.Equal(spans[best].from) {
			ties = append(ties, f)
		}
	}
	if len(ties) > 1 {
		return sameHour(list, ties, p)
	}
	return Choice{Index: best, Why: Reason{Key: WhyTime, Words: spans[best].from.Format("15:04"), Of: len(list)}}, nil, true
}

func nearest(fit []scored, spans map[int]span, want time.Time) (int, time.Duration) {
	best, gap := -1, time.Duration(1<<62)
	for _, f := range fit {
		s, ok := spans[f.index]
		if !ok {
			continue
		}
		d := s.from.Sub(want).Abs()
		if !s.to.IsZero() && want.After(s.from) && want.Before(s.to) {
			d = min(d, slotNear)
		}
		if !s.clocked {
			d = 0
		}
		if d < gap {
			best, gap = f.index, d
		}
	}
	return best, gap
}
