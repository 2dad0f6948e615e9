package understand

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// Ways to write a moment that are no layout of package time.
const (
	layoutUnix   = "unix"
	layoutMillis = "millis"
	layoutHour   = "hour"
)

const (
	layoutDay    = "2006-01-02"
	layoutClock  = "15:04"
	layoutMinute = "2006-01-02 15:04"
)

// timeLayouts are how schemas ask for a moment, tried in order against a pattern.
var timeLayouts = []string{layoutMinute, layoutDay, layoutClock, "2006-01-02 15:04:05", time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "15:04:05", "2006/01/02", "2006/01/02 15:04", "20060102", "1504", "200601021504", "20060102150405"}

// spelled are the layouts that descriptions spell out, longest first.
var spelled = []struct{ spelling, layout string }{
	{"yyyy-mm-ddthh:mm:ss", "2006-01-02T15:04:05"}, {"yyyy-mm-dd hh:mm:ss", "2006-01-02 15:04:05"}, {"yyyy/mm/dd hh:mm", "2006/01/02 15:04"},
	{"yyyy-mm-ddthh:mm", "2006-01-02T15:04"}, {"yyyy-mm-dd hh:mm", layoutMinute}, {"yyyymmddhhmmss", "20060102150405"}, {"yyyymmddhhmm", "200601021504"},
	{"yyyy年mm月dd日", "2006年01月02日"}, {"yyyy-mm-dd", layoutDay}, {"yyyy/mm/dd", "2006/01/02"}, {"yyyymmdd", "20060102"}, {"hh:mm:ss", "15:04:05"}, {"hh:mm", layoutClock}, {"hhmm", "1504"}, {"dd-mm-yyyy", "02-01-2006"}, {"dd/mm/yyyy", "02/01/2006"}, {"mm/dd/yyyy", "01/02/2006"}, {"mm-dd", "01-02"}, {"iso", time.RFC3339}, {"rfc 3339", time.RFC3339}, {"rfc3339", time.RFC3339},
}

var (
	stamp      = regexp.MustCompile(`(?i)时间戳|timestamp|\bepoch\b|\bunix\b`)
	inMillis   = regexp.MustCompile(`(?i)毫秒|milli|\bms\b|13 ?位`)
	timeWords  = regexp.MustCompile(`(?i)yyyy|hh:mm|日期|时间|时刻|哪天|几点|\b(?:day|date|time)\b`)
	timelyName = regexp.MustCompile(`(?i)(?:^|_)(?:time|date|day|at|when)$|[a-z](?:Time|Date|Day|At)$`)
)

// timely tells that an input is a moment: by its format, a pattern that only times have, or by saying so where its name
// may as well be a place (from, to, start).
func timely(name string, s *catalog.Schema) bool {
	switch {
	case s.Format == "date-time" || s.Format == "date" || s.Format == "time":
		return true
	case len(s.Enum) > 0:
		return false
	case s.Type == "integer" || s.Type == "number":
		return stamp.MatchString(s.Title+s.Description) && timelyName.MatchString(name) || hourInput(name, s)
	case !s.Is("string"):
		return false
	case s.Pattern != "" && patternLayout(s.Pattern, true) != "":
		return true
	}
	if timelyName.MatchString(name) && (spelledOut(s.Description) || exampleLayout(strings.ToLower(s.Description), s.Pattern) != "") {
		return true
	}
	flat := strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))
	return sideRole(flat) != roleOther && timeWords.MatchString(headOf(s.Description))
}

// spelledOut tells that a description spells the form of a moment: DD-MM-YYYY.
func spelledOut(d string) bool {
	d = strings.ToLower(d)
	return slices.ContainsFunc(spelled, func(one struct{ spelling, layout string }) bool { return strings.Contains(d, one.spelling) })
}

// hourInput tells that a whole number is an hour of the day.
func hourInput(name string, s *catalog.Schema) bool {
	ws := strings.Fields(strings.ToLower(words(name)))
	return s.Type == "integer" && slices.Contains(ws, "hour") && s.Maximum != nil && *s.Maximum <= 24
}

// patternLayout is the layout of a moment that fits a pattern; strictly, only of one that admits nothing else. "" when none does.
func patternLayout(pattern string, strictly bool) string {
	re, err := regexp.Compile(pattern)
	if err != nil || re.MatchString("张三") || strictly && slices.ContainsFunc([]string{"0123456789", "abcdefghij", "张三", "a", "12345678", "1234", "123456789012"}, re.MatchString) {
		return ""
	}
	for _, l := range timeLayouts {
		if re.MatchString(sampleTime.Format(l)) {
			return l
		}
	}
	return ""
}

// sampleTime is a moment of which no part looks like another.
var sampleTime = time.Date(2026, 11, 24, 18, 30, 45, 0, time.UTC)

// layoutOf is how an input wants a moment written.
func layoutOf(p catalog.Property) string {
	s := p.Schema
	d, flat := strings.ToLower(s.Title+" "+s.Description), strings.ToLower(p.Name)
	switch {
	case s.Type == "integer" || s.Type == "number":
		switch {
		case hourInput(p.Name, s):
			return layoutHour
		case inMillis.MatchString(d):
			return layoutMillis
		}
		return layoutUnix
	case s.Format == "date-time":
		return time.RFC3339
	case s.Format == "date":
		return layoutDay
	case s.Format == "time":
		return layoutClock
	}
	for _, one := range spelled {
		if strings.Contains(d, one.spelling) && (s.Pattern == "" || fitsPattern(s, sampleTime.Format(one.layout))) {
			return one.layout
		}
	}
	if l := exampleLayout(d, s.Pattern); l != "" {
		return l
	}
	if s.Pattern != "" {
		if l := patternLayout(s.Pattern, false); l != "" {
			return l
		}
	}
	if strings.HasSuffix(flat, "date") || flat == "day" {
		return layoutDay
	}
	return layoutMinute
}

// exampled are the layouts that descriptions give an example of (如 20261203, "2026年11月30日 19:30"), longest first.
var exampled = []string{"2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006年01月02日 15:04", "2006年01月02日15:04", "2006年1月2日 15:04", "2006年1月2日15:04",
	"2006/01/02 15:04", "2006.01.02 15:04", "2006-01-02 15:04", "2006-01-02T15:04", "02/01/2006 15:04", "20060102150405", "200601021504",
	"2006年01月02日", "2006年1月2日", "2006-01-02", "2006/01/02", "2006.01.02", "02/01/2006", "02.01.2006", "02-01-2006", "20060102", "01月02日 15:04", "01-02 15:04", "15:04"}

var dateLike = regexp.MustCompile(`\d[\d:/.\-T年月]*\d(?:日 ?)?(?: ?\d{1,2}:\d\d(?::\d\d)?)?(?:Z|[+-]\d\d:\d\d)?`)

// exampleLayout is the layout of the first moment that a description writes as an example, and that fits the pattern; "" when
// there is none.
func exampleLayout(text, pattern string) string {
	for _, example := range dateLike.FindAllString(strings.ToUpper(text), 8) {
		for _, l := range exampled {
			at, err := time.Parse(l, strings.TrimSpace(example))
			if err == nil && (at.Year() == 0 || at.Year() > 2000 && at.Year() < 2100) && fitsPattern(&catalog.Schema{Pattern: pattern}, strings.TrimSpace(example)) {
				return l
			}
		}
	}
	return ""
}

// written is a moment as an input wants it.
func written(p catalog.Property, m lexicon.Moment) plan.Arg {
	switch layoutOf(p) {
	case layoutUnix:
		return value(float64(m.At.Unix()), "said")
	case layoutMillis:
		return value(float64(m.At.UnixMilli()), "said")
	case layoutHour:
		return value(float64(m.At.Hour()), "said")
	}
	return value(formatTime(p, m), "said")
}

// formatTime writes a moment as the schema's format, pattern or description asks.
func formatTime(p catalog.Property, m lexicon.Moment) string { return m.At.Format(layoutOf(p)) }

// onlyDate tells that an input is a day without an hour, onlyClock that it is an hour without a day.
func onlyDate(p catalog.Property) bool {
	l := layoutOf(p)
	return strings.Contains(l, "2006") && !strings.Contains(l, "15")
}

func onlyClock(p catalog.Property) bool {
	l := layoutOf(p)
	return l == layoutHour || strings.HasPrefix(l, "15")
}
