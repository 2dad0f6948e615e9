package plan

import (
	"regexp"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// layouts in which merchants write moments.
var layouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006/01/02 15:04"}

var (
	clockText = regexp.MustCompile(`^(?:\D{0,6})(\d{1,2}:\d{2})(?::\d{2})?(?:\s*[-~–—至到]\s*(\d{1,2}:\d{2}))?`)
	dayText   = regexp.MustCompile(`^(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})`)
	notStart  = regexp.MustCompile(`(?i)end|arriv|open|clos|creat|updat|expire|wait|dur|eta|cancel|paid|finish|deadline|refund|business|deliver|until`)
	startKey  = regexp.MustCompile(`(?i)start|begin|depart|from`)
	timeKey   = regexp.MustCompile(`(?i)time|slot|^at$|when|hour|show|session|clock|datetime|period|interval`)
	dayKey    = regexp.MustCompile(`(?i)date|day`)
	hourKey   = regexp.MustCompile(`(?i)hour`)
)

// spanOf reads when an element is; a bare clock time is on the day of the anchor.
func spanOf(e any, anchor time.Time) (span, bool) {
	m, ok := e.(map[string]any)
	if !ok {
		return readSpan("", e, anchor)
	}
	day, dated := dayOf(m, anchor)
	if dated {
		anchor = day
	}
	for _, keys := range []*regexp.Regexp{startKey, timeKey} {
		for _, k := range sortedKeys(m) {
			if text, isText := m[k].(string); !keys.MatchString(k) || notStart.MatchString(k) || dayKey.MatchString(k) && isText && !strings.Contains(text, ":") {
				continue
			}
			if s, ok := readSpan(k, m[k], anchor); ok {
				s.dated = s.dated || dated
				return s, true
			}
		}
	}
	return span{from: day, dated: dated}, dated
}

// dayOf is the day that an element names apart from its hour.
func dayOf(m map[string]any, anchor time.Time) (time.Time, bool) {
	for _, k := range sortedKeys(m) {
		text, ok := m[k].(string)
		if !ok || !dayKey.MatchString(k) || notStart.MatchString(k) {
			continue
		}
		if g := dayText.FindStringSubmatch(text); g != nil {
			if t, err := time.ParseInLocation("2006-1-2", g[1]+"-"+g[2]+"-"+g[3], anchor.Location()); err == nil {
				return t, true
			}
		}
	}
	return time.Time{}, false
}

// readSpan reads a moment or a span of time as merchants write it: as text, as seconds or milliseconds, as an hour of the
// day, or as an object that has its beginning.
func readSpan(key string, v any, anchor time.Time) (span, bool) {
	switch v := v.(type) {
	case string:
		return textSpan(strings.TrimSpace(v), anchor)
	case float64:
		return numberSpan(key, v, anchor)
	case map[string]any:
		for _, k := range sortedKeys(v) {
			if _, deeper := v[k].(map[string]any); !deeper && startKey.MatchString(k) && !notStart.MatchString(k) {
				return readSpan(k, v[k], anchor)
			}
		}
	}
	return span{}, false
}

// Between these a number is a moment in seconds, and a thousand times as much in milliseconds: the years 2001 to 2096.
const (
	leastSecond = 1_000_000_000
	mostSecond  = 4_000_000_000
)

func numberSpan(key string, v float64, anchor time.Time) (span, bool) {
	switch {
	case v >= leastSecond && v < mostSecond:
		return span{from: time.Unix(int64(v), 0).In(anchor.Location()), dated: true, clocked: true}, true
	case v >= leastSecond*1000 && v < mostSecond*1000:
		return span{from: time.UnixMilli(int64(v)).In(anchor.Location()), dated: true, clocked: true}, true
	case hourKey.MatchString(key) && v >= 0 && v < 24 && v == float64(int(v)):
		return span{from: time.Date(anchor.Year(), anchor.Month(), anchor.Day(), int(v), 0, 0, 0, anchor.Location()), clocked: true}, true
	}
	return span{}, false
}

// maxSpanText bounds the words that may say when an element is.
const maxSpanText = 40

func textSpan(text string, anchor time.Time) (span, bool) {
	for _, layout := range layouts {
		if t, err := time.ParseInLocation(layout, text, anchor.Location()); err == nil {
			return span{from: t.In(anchor.Location()), dated: true, clocked: true}, true
		}
	}
	s := span{}
	whole := text
	if g := dayText.FindStringSubmatch(text); g != nil {
		if t, err := time.ParseInLocation("2006-1-2", g[1]+"-"+g[2]+"-"+g[3], anchor.Location()); err == nil {
			anchor, s.dated = t, true
			text = strings.TrimLeft(text[len(g[0]):], "日号 T")
		}
	}
	g := clockText.FindStringSubmatch(text)
	if g == nil {
		if said, ok := saidSpan(whole, anchor); ok {
			return said, true
		}
		s.from = anchor
		return s, s.dated
	}
	s.from, s.clocked = onDay(anchor, g[1]), true
	if g[2] != "" {
		s.to = onDay(anchor, g[2])
	}
	return s, true
}

// saidSpan reads a moment that is written as people say it: 11月28日下午2点, "Sat 28 Nov, 2 pm".
func saidSpan(text string, anchor time.Time) (span, bool) {
	if len(text) > maxSpanText {
		return span{}, false
	}
	m, ok := lexicon.FindTime(text, day0(anchor))
	if !ok || !m.HasTime {
		return span{}, false
	}
	s := span{from: m.At, dated: m.HasDate, clocked: true, to: m.Until}
	if !m.HasDate {
		s.from = time.Date(anchor.Year(), anchor.Month(), anchor.Day(), m.At.Hour(), m.At.Minute(), 0, 0, anchor.Location())
		s.to = time.Time{}
	}
	return s, true
}

// day0 is the beginning of a day.
func day0(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

func onDay(day time.Time, clock string) time.Time {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		return day
	}
	return time.Date(day.Year(), day.Month(), day.Day(), t.Hour(), t.Minute(), 0, 0, day.Location())
}
