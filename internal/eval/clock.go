package eval

import (
	"encoding/json"
	"math"
	"strings"
	"time"
)

// zone is where the suites' services are.
var zone = time.FixedZone("CST", 8*60*60)

// layouts are the ways in which merchants write times.
var layouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04",
	"2006/01/02 15:04", "2006/1/2 15:04", "20060102150405", "200601021504", "2006年1月2日 15:04", "2006年01月02日 15:04"}

var dayLayouts = []string{time.DateOnly, "2006/01/02", "2006/1/2", "20060102", "2006年1月2日", "2006年01月02日"}

// parseTime reads a time, or a day alone, as a merchant may have stored it: text, or seconds or milliseconds since 1970.
func parseTime(v any) (t time.Time, day, ok bool) {
	if f, isNumber := v.(float64); isNumber && f > 1e9 {
		if f > 1e12 {
			f /= 1000
		}
		sec, frac := math.Modf(f)
		return time.Unix(int64(sec), int64(frac*1e9)).In(zone), false, true
	}
	s, isText := v.(string)
	if !isText {
		return t, false, false
	}
	s = strings.TrimSpace(s)
	for _, l := range layouts {
		if t, err := time.ParseInLocation(l, s, zone); err == nil {
			return t.In(zone), false, true
		}
	}
	for _, l := range dayLayouts {
		if t, err := time.ParseInLocation(l, s, zone); err == nil {
			return t, true, true
		}
	}
	return t, false, false
}

// sameTime compares times however they are written. A pattern that is a day alone fits any time on that day, and a
// clock alone ("18:00") fits that time of any day.
func sameTime(arg, value any) bool {
	if want, err := time.Parse("15:04", textOf(arg)); err == nil {
		return sameClock(want, value)
	}
	want, day, ok := parseTime(arg)
	got, gotDay, okGot := parseTime(value)
	if !ok || !okGot {
		return false
	}
	if day {
		return want.Format(time.DateOnly) == got.Format(time.DateOnly)
	}
	return !gotDay && got.Sub(want).Abs() <= timeSlack
}

func sameClock(want time.Time, value any) bool {
	for _, l := range []string{"15:04", "15:04:05", "3:04 PM", "3:04PM", "3 PM", "3PM"} {
		if got, err := time.Parse(l, strings.ToUpper(textOf(value))); err == nil {
			return got.Sub(want).Abs() <= timeSlack
		}
	}
	got, day, ok := parseTime(value)
	return ok && !day && got.Format("15:04") == want.Format("15:04")
}

func textOf(v any) string {
	s, _ := v.(string)
	return strings.TrimSpace(s)
}

func compact(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return "?"
	}
	return string(raw)
}
