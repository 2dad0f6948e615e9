package understand

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// clearlyMoreSaid is the share of the best value's evidence that the next one must stay below.
const clearlyMoreSaid = 0.6

// partly finds the one value of an enum of whose explanation a telling part was said (纸箱 of 废纸书报纸箱), where no value
// was said outright. said is "" when there is none, or several are as likely.
func partly(name string, s *catalog.Schema, text, service string) (v any, said string) {
	shop := lexicon.Features(service)
	have := lexicon.Features(text)
	all := enumWords(name, s)
	df := map[string]int{}
	feats := make([]map[string]float64, len(all))
	for i, ways := range all {
		feats[i] = map[string]float64{}
		for _, w := range ways {
			met := lexicon.Carry(w.text, have)
			for f := range lexicon.Features(w.text) {
				if strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) < 2 || generic(f) {
					continue
				}
				if _, its := shop[f]; its {
					continue // the service's own name: glasses at an optician's
				}
				feats[i][f] = max(feats[i][f], met[f])
				if _, ok := have[f]; ok {
					feats[i][f] = 1
				}
			}
		}
		for f := range feats[i] {
			df[f]++
		}
	}
	best, second, at := 0.0, 0.0, -1
	for i := range feats {
		mass, own := 0.0, ""
		for _, f := range sortedFeatures(feats[i]) {
			mass += feats[i][f] * math.Log(1+float64(len(all))/float64(df[f]))
			if feats[i][f] > 0 && df[f] == 1 {
				own = f[2:]
			}
		}
		switch {
		case mass > best && own != "":
			best, second, at, said = mass, best, i, own
		default:
			second = max(second, mass)
		}
	}
	if at < 0 || second > clearlyMoreSaid*best || denied(lexicon.Fold(text), strings.Index(lexicon.Fold(text), said)) {
		return nil, ""
	}
	return s.Enum[at], said
}

// clockSpan is a span of hours in a label: 9:00-12:00, 9点到12点, "9am to noon".
var clockSpan = regexp.MustCompile(`(\d{1,2})(?:[:：](\d{2})|\s?点|\s?时|(?:\s?[ap]m))?\s*(?:-|~|–|—|至|到|to|until)\s*(\d{1,2})(?:[:：](\d{2})|\s?点|\s?时|(?:\s?[ap]m))`)

// spansOf are the hours of the day, in minutes, that each value of an enum stands for by its own words; nil where it is
// no enum of spans.
func spansOf(name string, s *catalog.Schema) [][2]int {
	out := make([][2]int, len(s.Enum))
	for i, ways := range enumWords(name, s) {
		found := false
		for _, w := range ways {
			m := clockSpan.FindStringSubmatch(w.text)
			if m == nil || found {
				continue
			}
			minutes := func(h, m string) int {
				hour, _ := strconv.Atoi(h)
				minute, _ := strconv.Atoi(m)
				return hour*60 + minute
			}
			from, to := minutes(m[1], m[2]), minutes(m[3], m[4])
			if strings.Contains(w.text, "pm") && to <= 12*60 {
				to += 12 * 60
				if !strings.Contains(w.text, "am") && from < 12*60 {
					from += 12 * 60
				}
			}
			out[i], found = [2]int{from, to}, from < to && to <= 24*60
		}
		if !found {
			out[i], found = hoursNamed(ways)
		}
		if !found {
			return nil
		}
	}
	return out
}

// hoursNamed are the minutes of the day that a value names by an hour (09:30, 三点) or a part of the day (上午, "evening").
func hoursNamed(ways []enumWord) ([2]int, bool) {
	for _, w := range ways {
		m, ok := lexicon.FindTime(w.text, noon)
		switch {
		case !ok || m.Soon || m.HasDate || !m.Until.IsZero():
		case m.HasTime:
			return [2]int{clockOf(m.At), clockOf(m.At) + 1}, true
		case m.Part != "":
			h := partHours[m.Part]
			return [2]int{h[0] * 60, h[1] * 60}, true
		}
	}
	return [2]int{}, false
}

// noon is a moment from which the hours that a value names are read; its day says nothing.
var noon = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// enumAt is the value of an enum of spans of hours in which the time said lies; ok is false when none or several do.
func (b *builder) enumAt(p catalog.Property) (any, bool) {
	g := b.goal
	if !g.timed || g.moment.Soon || len(p.Schema.Enum) < 2 || !g.moment.HasTime && g.when.from.IsZero() {
		return nil, false
	}
	spans := spansOf(p.Name, p.Schema)
	from, to := clockOf(g.moment.At), clockOf(g.moment.At)+1
	if !g.when.from.IsZero() {
		from, to = clockOf(g.when.from), clockOf(g.when.to)
		if to <= from {
			to = 24 * 60
		}
	}
	best, at, ties := 0, -1, 0
	for i, s := range spans {
		switch over := min(to, s[1]) - max(from, s[0]); {
		case over > best:
			best, at, ties = over, i, 0
		case over == best && over > 0:
			ties++
		}
	}
	if at < 0 || ties > 0 {
		return nil, false
	}
	b.note("%s → %s=%v", g.moment.At.Format(layoutClock), p.Name, fmt.Sprint(p.Schema.Enum[at]))
	return p.Schema.Enum[at], true
}

func clockOf(t time.Time) int { return t.Hour()*60 + t.Minute() }
