package lexicon

import (
	"math"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// Duration is a length of time found in a folded text: 两个半小时, "an hour and a half", "3 nights".
type Duration struct {
	Nights int // nights said, of a stay; 0 when none were
	Text   string
	Start  int // byte offsets in the folded text
	End    int

	years, months, days float64
	clock               time.Duration
	working             int // working days
}

// Total is the length as one duration; a month counts 30 days and a year 365.
func (d Duration) Total() time.Duration {
	days := d.years*365 + d.months*30 + d.days + float64(d.working)
	return time.Duration(days*24*float64(time.Hour)) + d.clock
}

// From is the moment that lies the length after t (before it when sign is negative), by the calendar: a month after 3 March is 3 April.
func (d Duration) From(t time.Time, sign int) time.Time {
	years, rest := math.Modf(d.years)
	months, half := math.Modf(d.months + rest*12)
	days, part := math.Modf(d.days + half*30)
	t = t.AddDate(sign*int(years), sign*int(months), sign*int(days))
	for n := min(d.working, maxWorkingDays); n > 0; {
		t = t.AddDate(0, 0, sign)
		if w := t.Weekday(); w != time.Saturday && w != time.Sunday {
			n--
		}
	}
	return t.Add(time.Duration(sign) * (time.Duration(part*24*float64(time.Hour)) + d.clock))
}

const (
	maxWorkingDays = 1000
	maxParts       = 8    // units in one length of time
	maxLength      = 1e4  // of any unit
	firstYear      = 1000 // 2018年 is a year, not a length
)

// timed tells that the length says hours, minutes or seconds.
func (d Duration) timed() bool { return d.clock != 0 }

// Durations finds the lengths of time of a text (folded here) in order.
func Durations(text string) []Duration {
	s := spoken(text)
	return scan(s, func(i int) (Duration, int, bool) {
		d, ok := durationAt(s, i)
		if ok {
			d.Text = s[d.Start:d.End]
		}
		return d, d.End, ok
	})
}

// durationAt reads a length of time at byte i, all its units.
func durationAt(s string, i int) (Duration, bool) {
	d := Duration{Start: i, End: i}
	if i >= len(s) || !mayMeasure(s, i) || i > 0 && (isLatin(s[i-1]) || s[i-1] >= '0' && s[i-1] <= '9' || s[i-1] == '.' || s[i-1] == ':') || strings.HasSuffix(s[:i], "第") {
		return d, false
	}
	at, unit := i, ""
	for range maxParts {
		next, u, ok := d.part(s, at, unit)
		if !ok {
			break
		}
		unit, d.End = u, next
		at = next + len(joinLengths.FindString(s[next:]))
	}
	return d, d.End > i
}

// mayMeasure tells that a length of time may begin at byte i: a number, or a word that stands for one.
func mayMeasure(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	switch {
	case r >= 'a' && r <= 'z':
		w := wordFrom(s, i)
		return englishNumeral(w) || w == "few" || w == "several" || w == "another" || w == "all" || w == "whole" || w == "full" || w == "entire"
	case r < utf8.RuneSelf:
		return r >= '0' && r <= '9' || r == '.'
	}
	return numeral(r) || r == '整' || r == '全'
}

var joinLengths = regexp.MustCompile(`^(?:, (?:and )?| and | ?[又余零多] ?| )`)

var (
	zhUnit  = regexp.MustCompile(`^ ?(?:个|個)?(半)? ?(小时|小時|钟头|分钟|分鐘|刻钟|秒钟|工作日|星期|礼拜|个月|月|年|周|天|日|晚|夜|分|时|秒|h\b|min\b)(半)?`)
	zhHalf  = regexp.MustCompile(`^半个?(小时|小時|钟头|分钟|星期|礼拜|月|年|天|日)`)
	zhWhole = regexp.MustCompile(`^(?:一?整|全)(天|年|周|月|晚)`)
	enUnit  = regexp.MustCompile(`^[ -]?(?:of )?(?:an? )?(?:more |next |coming |upcoming |following )?(business day|working day|hour|hr|h|minute|min|second|sec|day|night|fortnight|week|wk|month|mth|year|yr|decade)s?\b( and (?:a )?(half|quarter)\b)?`)
	enSome  = regexp.MustCompile(`^(?:(a few|few|several)|(?:a )?(couple)(?: of)?|(another|all|whole|full|entire|an?))[ -](business day|working day|hour|minute|min|second|day|night|fortnight|week|month|year|decade)s?\b( and (?:a )?(half|quarter)\b)?`)
)

// part reads one number with its unit; before is the unit that was read last.
func (d *Duration) part(s string, i int, before string) (int, string, bool) {
	if i >= len(s) {
		return i, "", false
	}
	if g := zhHalf.FindStringSubmatchIndex(s[i:]); g != nil {
		unit := s[i+g[2] : i+g[3]]
		return i + g[1], unit, !startsAny(s[i+g[1]:], []string{"夜", "间"}) && d.add(0.5, unit)
	}
	if g := zhWhole.FindStringSubmatchIndex(s[i:]); g != nil && before == "" {
		unit := s[i+g[2] : i+g[3]]
		return i + g[1], unit, !strings.HasPrefix(s[i+g[1]:], "候") && d.add(1, strings.Replace(unit, "月", "个月", 1))
	}
	if isLatin(s[i]) {
		if g := enSome.FindStringSubmatchIndex(s[i:]); g != nil {
			return d.some(s, i, g)
		}
	}
	f, ok := figureAt(s, i)
	if !ok || f.value <= 0 || f.value > maxLength {
		return i, "", false
	}
	if g := zhUnit.FindStringSubmatchIndex(s[f.end:]); g != nil {
		return d.hanPart(s, f, g, before)
	}
	g := enUnit.FindStringSubmatchIndex(s[f.end:])
	if g == nil || f.parted && f.value < 1 && strings.HasPrefix(s[f.end:], "-") {
		return i, "", false
	}
	unit := s[f.end+g[2] : f.end+g[3]]
	if unit == "h" && s[f.end] == '-' || (unit == "second" || unit == "sec") && f.value == 1 {
		return i, "", false
	}
	return f.end + g[1], unit, d.add(f.value+half(s, f.end, g, 6), unit)
}

// half is what "and a half" adds; group is its index in g.
func half(s string, at int, g []int, group int) float64 {
	if g[group] < 0 {
		return 0
	}
	if s[at+g[group]:at+g[group+1]] == "quarter" {
		return 0.25
	}
	return 0.5
}

// some reads "a few days", "a couple of weeks", "an hour and a half", "all day".
func (d *Duration) some(s string, i int, g []int) (int, string, bool) {
	v, unit := 1.0, s[i+g[8]:i+g[9]]
	switch {
	case g[2] >= 0:
		v = 3
	case g[4] >= 0:
		v = 2
	case unit == "second":
		return i, "", false // "a second latte", "wait a second"
	}
	return i + g[1], unit, d.add(v+half(s, i, g, 12), unit)
}

func (d *Duration) hanPart(s string, f figure, g []int, before string) (int, string, bool) {
	unit, end := s[f.end+g[4]:f.end+g[5]], f.end+g[1]
	piece := strings.HasPrefix(strings.TrimLeft(s[f.end:], " "), "个") || strings.HasPrefix(strings.TrimLeft(s[f.end:], " "), "個")
	rest := s[end:]
	switch unit {
	case "月", "个月":
		if !piece && unit == "月" {
			return 0, "", false // 三月 is March
		}
		unit = "个月"
	case "年":
		if f.value >= firstYear || strings.HasPrefix(rest, "代") || strings.HasPrefix(rest, "级") || strings.HasPrefix(s[f.end-min(f.end, 2):], "0") && f.value < 10 || startsMonth.MatchString(rest) {
			return 0, "", false
		}
	case "分", "时":
		if before == "" || unit == "时" && startsAny(rest, []string{"候", "间", "装", "光"}) {
			return 0, "", false
		}
	case "日", "秒":
		if before == "" && unit == "日" || unit == "日" && !piece {
			return 0, "", false
		}
	case "周":
		if weekdayBehind.MatchString(rest) || startsAny(rest, []string{"年", "边", "围"}) {
			return 0, "", false
		}
	case "晚", "夜":
		if startsAny(rest, []string{"上", "饭", "餐", "点", "宵"}) {
			return 0, "", false
		}
	}
	v := f.value
	if g[2] >= 0 || g[6] >= 0 {
		v += 0.5
	}
	return end, unit, d.add(v, unit)
}

var (
	startsMonth   = regexp.MustCompile(`^ ?(?:\d{1,2}|[一二三四五六七八九十]{1,2}) ?月`)
	weekdayBehind = regexp.MustCompile(`^[一二三四五六日](?:[^个天次]|$)`)
)

// add counts v of a unit; false when the unit is none.
func (d *Duration) add(v float64, unit string) bool {
	switch unit {
	case "小时", "小時", "钟头", "时", "hour", "hr", "h":
		d.clock += time.Duration(v * float64(time.Hour))
	case "分钟", "分鐘", "分", "minute", "min":
		d.clock += time.Duration(v * float64(time.Minute))
	case "刻钟":
		d.clock += time.Duration(v * 15 * float64(time.Minute))
	case "秒", "秒钟", "second", "sec":
		d.clock += time.Duration(v * float64(time.Second))
	case "天", "日", "day":
		if v == 0.5 {
			d.clock += 12 * time.Hour
			return true
		}
		d.days += v
	case "晚", "夜", "night":
		if d.Nights += int(v); d.days == 0 {
			d.days += v // 三天两夜 is three days
		}
	case "工作日", "business day", "working day":
		d.working += int(v)
	case "周", "星期", "礼拜", "week", "wk":
		d.days += 7 * v
	case "fortnight":
		d.days += 14 * v
	case "个月", "月", "month", "mth":
		d.months += v
	case "年", "year", "yr":
		d.years += v
	case "decade":
		d.years += 10 * v
	default:
		return false
	}
	return true
}
