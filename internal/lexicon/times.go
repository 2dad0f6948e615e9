package lexicon

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Moment is a time found in a folded text.
type Moment struct {
	At      time.Time
	HasDate bool // a day was said
	HasTime bool // an hour was said
	Text    string
	Start   int
	End     int
}

const zhNum = `(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})`

var (
	zhDay    = regexp.MustCompile(`大后天|今天|今日|今晚|今早|明天|明日|明早|明晚|后天|后日|(下个?|这个?|本)?(?:周|星期|礼拜)([一二三四五六日天])`)
	zhDate   = regexp.MustCompile(`(?:(\d{4})年)?(` + zhNum + `)月(` + zhNum + `)[日号]`)
	zhClock  = regexp.MustCompile(`(凌晨|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|今晚|明晚|今早|明早|夜里|晚|早)?(` + zhNum + `)(?:点钟?|时|:|点)(半|[一三]刻|` + zhNum + `分?|[0-5][0-9])?`)
	zhAfter  = regexp.MustCompile(`(半个?|` + zhNum + `个?半?)(小时|钟头|分钟|天|刻钟)(?:之后|以后|后)`)
	enDay    = regexp.MustCompile(`\b(day after tomorrow|today|tonight|tomorrow(?: (?:morning|afternoon|evening|night))?|this (?:morning|afternoon|evening)|(?:next |this |on )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b`)
	enDate   = regexp.MustCompile(`\b(\d{4})-(\d{1,2})-(\d{1,2})\b|\b(january|february|march|april|may|june|july|august|september|october|november|december)\s+(\d{1,2})(?:st|nd|rd|th)?\b`)
	enClock  = regexp.MustCompile(`\b(?:at |by |before |around )?(\d{1,2})(?::([0-5]\d))?\s*(am|pm|a\.m\.|p\.m\.|o'clock)|\b(?:at|by|before|around) (\d{1,2})(?::([0-5]\d))?\b|\b([01]?\d|2[0-3]):([0-5]\d)\b|\b(noon|midnight)\b`)
	enAfter  = regexp.MustCompile(`\bin (half an?|an?|\d+|two|three|four|five|ten|fifteen|twenty|thirty) ?(hours?|minutes?|mins?|days?)\b`)
	weekdays = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
	months   = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
)

// FindTime reads the first time said in the text, relative to now; ok is false when none is said.
func FindTime(text string, now time.Time) (Moment, bool) {
	s := Fold(text)
	if m, ok := after(s, now); ok {
		return m, true
	}
	m := Moment{At: now, Start: len(s)}
	m.readDay(s, now)
	m.readDate(s, now)
	m.readClock(s)
	if !m.HasDate && !m.HasTime {
		return Moment{}, false
	}
	if m.HasTime && !m.HasDate && m.At.Before(now) {
		m.At = m.At.Add(12 * time.Hour)
		if m.At.Before(now) || m.At.Hour() < 12 {
			m.At = m.At.Add(12 * time.Hour)
		}
	}
	m.Text = s[m.Start:m.End]
	return m, true
}

func (m *Moment) span(start, end int) {
	m.Start, m.End = min(m.Start, start), max(m.End, end)
}

func after(s string, now time.Time) (Moment, bool) {
	if g := zhAfter.FindStringSubmatchIndex(s); g != nil {
		n, unit := s[g[2]:g[3]], s[g[4]:g[5]]
		v := 0.5
		if !strings.HasPrefix(n, "半") {
			v, _ = oldNum(n, 0)
			if strings.HasSuffix(n, "半") {
				v += 0.5
			}
		}
		return Moment{At: now.Add(span(v, unit)), HasDate: true, HasTime: true, Start: g[0], End: g[1], Text: s[g[0]:g[1]]}, true
	}
	if g := enAfter.FindStringSubmatchIndex(s); g != nil {
		n, unit := s[g[2]:g[3]], s[g[4]:g[5]]
		v := 0.5
		if !strings.HasPrefix(n, "half") {
			v, _ = oldNum(n, 0)
		}
		return Moment{At: now.Add(span(v, unit)), HasDate: true, HasTime: true, Start: g[0], End: g[1], Text: s[g[0]:g[1]]}, true
	}
	return Moment{}, false
}

func span(v float64, unit string) time.Duration {
	base := time.Minute
	switch {
	case strings.HasPrefix(unit, "小时"), strings.HasPrefix(unit, "钟头"), strings.HasPrefix(unit, "hour"):
		base = time.Hour
	case unit == "天", strings.HasPrefix(unit, "day"):
		base = 24 * time.Hour
	case unit == "刻钟":
		base = 15 * time.Minute
	}
	return time.Duration(v * float64(base))
}

func (m *Moment) setDay(t time.Time) {
	m.At = time.Date(t.Year(), t.Month(), t.Day(), m.At.Hour(), m.At.Minute(), 0, 0, m.At.Location())
	m.HasDate = true
}

func (m *Moment) readDay(s string, now time.Time) {
	if g := zhDay.FindStringSubmatchIndex(s); g != nil {
		word := s[g[0]:g[1]]
		m.span(g[0], g[1])
		if g[4] >= 0 {
			day := strings.Index("日一二三四五六", strings.Replace(s[g[4]:g[5]], "天", "日", 1)) / len("日")
			m.setDay(weekday(now, day, g[2] >= 0 && strings.HasPrefix(s[g[2]:g[3]], "下")))
			return
		}
		days := map[string]int{"大后天": 3, "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "后天": 2, "后日": 2}
		m.setDay(now.AddDate(0, 0, days[word]))
		return
	}
	g := enDay.FindStringIndex(s)
	if g == nil {
		return
	}
	word := s[g[0]:g[1]]
	m.span(g[0], g[1])
	switch {
	case strings.HasPrefix(word, "day after"):
		m.setDay(now.AddDate(0, 0, 2))
	case strings.HasPrefix(word, "tomorrow"):
		m.setDay(now.AddDate(0, 0, 1))
	case strings.HasSuffix(word, "day") && !strings.HasSuffix(word, "today"):
		for i, d := range weekdays {
			if strings.HasSuffix(word, d) {
				m.setDay(weekday(now, i, strings.HasPrefix(word, "next")))
			}
		}
	default:
		m.setDay(now)
	}
}

// weekday is the coming one; with next, the one in the week after this (weeks start on Monday).
func weekday(now time.Time, day int, next bool) time.Time {
	today := (int(now.Weekday()) + 6) % 7
	want := (day + 6) % 7
	delta := want - today
	if next {
		return now.AddDate(0, 0, delta+7)
	}
	if delta < 0 {
		delta += 7
	}
	return now.AddDate(0, 0, delta)
}

func (m *Moment) readDate(s string, now time.Time) {
	if g := zhDate.FindStringSubmatchIndex(s); g != nil {
		month, _ := oldNum(s[g[4]:g[5]], 0)
		day, _ := oldNum(s[g[6]:g[7]], 0)
		year := 0
		if g[2] >= 0 {
			year, _ = strconv.Atoi(s[g[2]:g[3]])
		}
		m.setDate(now, year, int(month), int(day), g)
		return
	}
	g := enDate.FindStringSubmatchIndex(s)
	switch {
	case g == nil:
	case g[2] >= 0:
		year, _ := strconv.Atoi(s[g[2]:g[3]])
		month, _ := strconv.Atoi(s[g[4]:g[5]])
		day, _ := strconv.Atoi(s[g[6]:g[7]])
		m.setDate(now, year, month, day, g)
	default:
		day, _ := strconv.Atoi(s[g[10]:g[11]])
		for i, name := range months {
			if name == s[g[8]:g[9]] {
				m.setDate(now, 0, i+1, day, g)
			}
		}
	}
}

func (m *Moment) setDate(now time.Time, year, month, day int, g []int) {
	t := time.Date(now.Year(), time.Month(month), day, 0, 0, 0, 0, now.Location())
	if year > 0 {
		t = time.Date(year, time.Month(month), day, 0, 0, 0, 0, now.Location())
	} else if t.Before(now.AddDate(0, 0, -1)) {
		t = t.AddDate(1, 0, 0)
	}
	m.setDay(t)
	m.span(g[0], g[1])
}

func (m *Moment) readClock(s string) {
	if g := zhClock.FindStringSubmatchIndex(s); g != nil {
		hour, _ := oldNum(s[g[4]:g[5]], 0)
		part, minute := "", 0
		if g[2] >= 0 {
			part = s[g[2]:g[3]]
		} else if d := zhDay.FindString(s); strings.HasSuffix(d, "晚") {
			part = "晚"
		}
		if g[6] >= 0 {
			minute = zhMinutes(s[g[6]:g[7]])
		}
		afternoon := strings.ContainsAny(part, "下傍晚夜") || (part == "中午" && hour < 4)
		m.setClock(int(hour), minute, afternoon, g)
		return
	}
	g := enClock.FindStringSubmatchIndex(s)
	if g == nil {
		return
	}
	get := func(i int) string {
		if g[2*i] < 0 {
			return ""
		}
		return s[g[2*i]:g[2*i+1]]
	}
	first := func(is ...int) string {
		for _, i := range is {
			if v := get(i); v != "" {
				return v
			}
		}
		return ""
	}
	hour, _ := strconv.Atoi(first(1, 4, 6))
	minute, _ := strconv.Atoi(first(2, 5, 7))
	if w := get(8); w != "" {
		hour = map[string]int{"noon": 12, "midnight": 24}[w]
	}
	evening := strings.Contains(s, "tonight") || strings.Contains(s, "evening") || strings.Contains(s, "afternoon")
	m.setClock(hour, minute, strings.HasPrefix(get(3), "p") || (get(3) == "" || get(3) == "o'clock") && evening, g)
}

func zhMinutes(s string) int {
	switch {
	case s == "半":
		return 30
	case strings.HasSuffix(s, "刻"):
		v, _ := oldNum(s, 0)
		return int(v) * 15
	}
	v, _ := oldNum(s, 0)
	return int(v)
}

func (m *Moment) setClock(hour, minute int, afternoon bool, g []int) {
	if hour > 24 || minute > 59 {
		return
	}
	if afternoon && hour < 12 {
		hour += 12
	}
	m.At = time.Date(m.At.Year(), m.At.Month(), m.At.Day(), hour, minute, 0, 0, m.At.Location())
	m.HasTime = true
	m.span(g[0], g[1])
}

func oldNum(s string, i int) (float64, int) {
	f, ok := figureAt(s, i)
	if !ok {
		return 0, 0
	}
	return f.value, f.end - i
}
