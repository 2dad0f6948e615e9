package plan

import (
	"strings"
	"time"
)

// slotNear is how far from the time asked for a slot may be without the person being asked.
const slotNear = 30 * time.Minute

// layouts in which merchants write times.
var layouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "15:04"}

// nearestTime chooses by time where the pick has one and elements carry times: the nearest slot, or, where none is
// near, candidates in order of time. ok is false when times do not decide.
func nearestTime(list []any, fit []scored, p Pick) (Choice, bool) {
	want, err := time.Parse(time.RFC3339, p.At)
	if err != nil {
		return Choice{}, false
	}
	best, gap := -1, time.Duration(0)
	for _, f := range fit {
		t, ok := timeOf(list[f.index], want)
		if !ok {
			continue
		}
		if d := t.Sub(want).Abs(); best < 0 || d < gap {
			best, gap = f.index, d
		}
	}
	switch {
	case best < 0:
		return Choice{}, false
	case gap <= slotNear:
		return Choice{Index: best, Why: Reason{Key: WhyTime, Words: want.Format("15:04")}}, true
	}
	return Choice{Index: -1, Close: cards(list, fit, nil)}, true
}

// timeOf reads when an element is; a bare clock time is on the day asked for.
func timeOf(e any, want time.Time) (time.Time, bool) {
	m, ok := e.(map[string]any)
	if !ok {
		return time.Time{}, false
	}
	for _, k := range sortedKeys(m) {
		low := strings.ToLower(k)
		if !strings.Contains(low, "time") && !strings.Contains(low, "start") && !strings.Contains(low, "begin") && !strings.Contains(low, "depart") && low != "slot" && low != "at" {
			continue
		}
		s, _ := m[k].(string)
		for _, layout := range layouts {
			t, err := time.ParseInLocation(layout, s, want.Location())
			if err != nil {
				continue
			}
			if layout == "15:04" {
				t = time.Date(want.Year(), want.Month(), want.Day(), t.Hour(), t.Minute(), 0, 0, want.Location())
			}
			return t, true
		}
	}
	return time.Time{}, false
}
