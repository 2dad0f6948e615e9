package lexicon_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// outOfScope are the times that no errand is planned by: the lunar calendar and reign years, decades and centuries,
// holidays that follow the moon or one country's law, meals, names of files,
// quarters, half years, seasons and numbered weeks, repetitions, time zones, shares of a period, and what lies behind us.
var outOfScope = regexp.MustCompile(`农历|初[一二三四五六七八九十]|正月|大年|腊|神龙|康熙|雍正|民国|年代|世纪|季|最近|半年|半月|第.周|第.个?月|春天|夏天|秋天|冬天|每|近 ?[三几\d]|过去|后1年|前1周|上2个月|前10天|最[后後] |之前3小时|上个小时|` +
	`decade|century|quarter|q[1-4]\b|\bh[12]\b|season|spring|summer|autumn|\bfall\b|winter|week \d|weeks? of|week starting|week beginning|wk|\d0'?s|ties\b|tens\b|noughties|early|late|mid|rest|beginning|start of|end of|earlier|later this|` +
	`since|to date|easter|earth day|patrick|labor day|independence|black friday|workers|\beid\b|new year|breakfast|lunch\b|dinner|www|http|\.xlsx|-\d{8}-|^-\d|at the (?:moment|minute|present)|at present|this time| p \. m|\bwent back (?:thursday|friday|saturday)|have finished|have already|should have been done|were you|was not|happened|the month|the week\b|each|every|daily|weekly|monthly|yearly|annual|biweekly|business day|same |past |previous|last |ago\b|same (?:day|week|month)|year to date|fiscal|school|pst|utc|gmt|est\b|edt|` +
	`first week|second week|third week|last week of|(?:first|second|third|1st|2nd|3rd) (?:two|few|day|month|week)|eod|eom|eoy|after the next|after next|\d{2}h[12]|two thousands|w/c|commencing|business hours|in the future|hence|(?:between|from|in) (?:19|20)\d\d (?:and|to|through)|(?:and|to) (?:19|20)\d\d\.?$`)

// notResolved is how theirs write a date that there is none of.
const notResolved = "0001-01-01"

// sought is one reading of theirs: the words, and every pair of bounds that is right.
type sought struct {
	text   string
	kind   string
	values [][2]string
}

func seek(r specResult) (sought, string) {
	out := sought{text: core(r.Text), kind: strings.TrimPrefix(r.TypeName+r.Type, "datetimeV2.")}
	switch out.kind {
	case "date", "time", "datetime", "duration", "daterange", "timerange", "datetimerange":
	default:
		return out, out.kind
	}
	if future, ok := r.Value["FutureResolution"].(map[string]any); ok {
		out.values = append(out.values, bounds(future))
	}
	if values, ok := r.Resolution["values"].([]any); ok {
		for _, v := range values {
			one, _ := v.(map[string]any)
			if one["value"] == "not resolved" {
				return out, "no such day"
			}
			if sub, _ := one["isLunar"].(string); sub != "" {
				return out, "lunar"
			}
			out.values = append(out.values, bounds(one))
		}
	}
	if len(out.values) == 0 || out.values[0] == [2]string{} || out.values[0][0] == notResolved {
		return out, "not resolved"
	}
	if out.kind == "daterange" && wholeYears.MatchString(strings.Join(out.values[0][:], " ")) {
		return out, "whole years"
	}
	timex := fmt.Sprint(r.Value["Timex"], r.Resolution["values"])
	if regexp.MustCompile(`T(?:MO|MI|AF|EV|NI|DT)\b|FUTURE_REF|PRESENT_REF`).MatchString(timex) && !strings.Contains(timex, "(") { // where the evening begins is a matter of taste
		for i := range out.values {
			out.values[i] = [2]string{strings.TrimRight(out.values[i][0][:min(10, len(out.values[i][0]))], " "), "part"}
		}
	}
	return out, ""
}

func bounds(m map[string]any) [2]string {
	get := func(keys ...string) string {
		for _, k := range keys {
			if v, ok := m[k]; ok {
				return fmt.Sprint(v)
			}
		}
		return ""
	}
	return [2]string{get("date", "time", "dateTime", "duration", "value", "startDate", "startTime", "startDateTime", "start"), get("endDate", "endTime", "endDateTime", "end")}
}

// wholeYears are spans that begin and end with a year.
var wholeYears = regexp.MustCompile(`^(?:\d{4}-01-01)? ?(?:\d{4}-01-01)?$`)

var (
	leading  = regexp.MustCompile(`^(?:(?:on|at|by|before|after|around|about|in|for|the|this|from|between|since|until|not|no later than|as early as|starting|beginning|from|=|再|那|还剩|during|sometime|more than|less than|as long as) )+|^(?:大约|大概|在|从|自|再|那|还剩|= )+`)
	trailing = regexp.MustCompile(`[ .]?(?:左右|[之以或及]*[之以]?前|[之以或及]*[之以]?后|以来|之间|间|开始|起|整|多|或更早)*$`)
)

// core leaves out the words before and behind a time that only say how it is meant; whose they are is a matter of taste.
func core(text string) string {
	t := lexicon.Fold(text)
	t = strings.TrimSuffix(trailing.ReplaceAllString(leading.ReplaceAllString(t, ""), ""), ".")
	if t == "" {
		return lexicon.Fold(text)
	}
	return t
}

func runTimes(c specCase) verdict {
	return runKind(c, func(lexicon.Moment) bool { return true })
}

// The parsers' files each ask for one kind of time only; what else stands in the sentence is none of theirs.
func runDays(c specCase) verdict {
	return runKind(c, func(m lexicon.Moment) bool { return !m.HasTime && (m.Until.IsZero() || m.Part != "") && !m.Soon })
}

func runHours(c specCase) verdict {
	return runKind(c, func(m lexicon.Moment) bool { return m.HasTime })
}

func runDaySpans(c specCase) verdict {
	return runKind(c, func(m lexicon.Moment) bool { return !m.HasTime && !m.Until.IsZero() || m.Bound == "after" })
}

func runKind(c specCase, asked func(lexicon.Moment) bool) verdict {
	in := lexicon.Fold(c.Input)
	if m := outOfScope.FindString(in); m != "" {
		return verdict{skip: m}
	}
	now := time.Date(2016, 11, 7, 0, 0, 0, 0, time.UTC)
	if c.Context.ReferenceDateTime != "" {
		at, err := time.Parse("2006-01-02T15:04:05", c.Context.ReferenceDateTime[:min(19, len(c.Context.ReferenceDateTime))])
		if err != nil {
			return verdict{skip: err.Error()}
		}
		now = at
	}
	var want []sought
	durations := len(c.Results) > 0
	for _, r := range c.Results {
		s, skip := seek(r)
		if skip != "" {
			return verdict{skip: skip}
		}
		durations = durations && s.kind == "duration"
		want = append(want, s)
	}
	got := slices.DeleteFunc(readings(in, now, durations, want), func(r reading) bool { return r.d == nil && !asked(r.m) })
	return verdict{wrong: compare(want, got)}
}

// reading is one of ours.
type reading struct {
	text string
	m    lexicon.Moment
	d    *lexicon.Duration
	now  time.Time
}

func readings(in string, now time.Time, durations bool, want []sought) []reading {
	var out []reading
	if durations {
		for _, d := range lexicon.Durations(in) {
			out = append(out, reading{text: core(d.Text), d: &d})
		}
		return out
	}
	lengths := false
	for _, w := range want {
		lengths = lengths || w.kind == "duration"
	}
	ds := lexicon.Durations(in)
	at := 0
	for _, m := range lexicon.FindTimes(in, now) {
		for lengths && at < len(ds) && ds[at].End <= m.Start {
			out = append(out, reading{text: core(ds[at].Text), d: &ds[at]})
			at++
		}
		for at < len(ds) && ds[at].Start < m.End {
			at++
		}
		out = append(out, reading{text: core(m.Text), m: m, now: now})
	}
	for ; lengths && at < len(ds); at++ {
		out = append(out, reading{text: core(ds[at].Text), d: &ds[at]})
	}
	return out
}

func compare(want []sought, got []reading) string {
	var ours []string
	for _, g := range got {
		if g.d != nil {
			ours = append(ours, fmt.Sprintf("%q %v", g.text, g.d.Total()))
			continue
		}
		ours = append(ours, fmt.Sprintf("%q %s – %s", g.text, g.m.At.Format("2006-01-02 15:04:05"), g.m.Until.Format("2006-01-02 15:04:05")))
	}
	wrong := fmt.Sprintf("want %v, got %v", want, ours)
	if len(want) != len(got) {
		return wrong
	}
	for i, w := range want {
		right := false
		for _, v := range w.values {
			right = right || same(w.kind, v, got[i])
		}
		if !right || w.text != got[i].text {
			return wrong
		}
	}
	return ""
}

func same(kind string, want [2]string, got reading) bool {
	if got.d != nil || kind == "duration" {
		v, err := strconv.ParseFloat(want[0], 64)
		return got.d != nil && err == nil && time.Duration(v*float64(time.Second)) == got.d.Total()
	}
	layout := map[string]string{"date": "2006-01-02", "daterange": "2006-01-02", "time": "15:04:05", "timerange": "15:04:05", "datetime": "2006-01-02 15:04:05", "datetimerange": "2006-01-02 15:04:05"}[kind]
	m := got.m
	if want[1] == "part" {
		return (m.Part != "" || m.Soon) && (strings.Contains(want[0], ":") || m.At.Format("2006-01-02") == want[0] || m.Soon)
	}
	if kind == "daterange" && want[0] != "" && want[1] != "" && !m.Until.IsZero() {
		return sameDays(want, m, got.now)
	}
	if want[0] == "" || want[1] == "" && m.Bound != "" { // before and after: one bound only
		bound := want[0] + want[1]
		return agree(m.At, bound, layout, m.Guessed)
	}
	return agree(m.At, want[0], layout, m.Guessed) && (want[1] == "" || agree(m.Until, want[1], layout, m.Guessed))
}

// sameDays compares spans of days. Theirs end on the day after a named period (a month named as an end counts up to
// its first day), and "the next three days" begin tomorrow; ours end on the last day, begin now, and are never past.
func sameDays(want [2]string, m lexicon.Moment, now time.Time) bool {
	from, to := m.At.Format("2006-01-02"), m.Until.Format("2006-01-02")
	if m.Soon {
		return want[0] == m.At.AddDate(0, 0, 1).Format("2006-01-02") && want[1] == m.Until.AddDate(0, 0, 1).Format("2006-01-02") || from == want[0] && to == want[1]
	}
	began := from == want[0] || from == now.Format("2006-01-02") && want[0] < from
	month := time.Date(m.Until.Year(), m.Until.Month(), 1, 0, 0, 0, 0, time.UTC).Format("2006-01-02")
	return began && (to == want[1] || m.Until.AddDate(0, 0, 1).Format("2006-01-02") == want[1] || month == want[1] && m.Until.AddDate(0, 0, 1).Day() == 1)
}

// agree compares a moment; where neither morning nor afternoon was said, either is right.
func agree(t time.Time, want, layout string, guessed bool) bool {
	return t.Format(layout) == want || guessed && (t.Add(12*time.Hour).Format(layout) == want || t.Add(-12*time.Hour).Format(layout) == want)
}
