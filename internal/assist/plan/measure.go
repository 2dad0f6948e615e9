package plan

import (
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// byNumbers keeps the elements of which a number is the one that was said in its unit (8 天 for validityDays, "3 GB" for
// dataGb). Where none has it, or all, what fits stays.
func byNumbers(list []any, fit []scored, p Pick) []scored {
	if p.Said == "" || len(fit) < 2 {
		return fit
	}
	said := amountsSaid(p.Said)
	if len(said) == 0 {
		return fit
	}
	for _, key := range numberKeys(list, fit) {
		want, ok := said[unitOf(key)]
		if !ok {
			continue
		}
		var keep []scored
		for _, f := range fit {
			m, _ := list[f.index].(map[string]any)
			if v, ok := m[key].(float64); ok && v == want {
				keep = append(keep, f)
			}
		}
		if len(keep) > 0 {
			fit = keep
		}
	}
	return fit
}

// numberKeys are the members that are numbers.
func numberKeys(list []any, fit []scored) []string {
	keys := map[string]bool{}
	for _, f := range fit {
		m, _ := list[f.index].(map[string]any)
		for k, v := range m {
			if _, ok := v.(float64); ok && unitOf(k) != "" {
				keys[k] = true
			}
		}
	}
	return sortedKeys(keys)
}

// unitOf is the unit in which a member's name says that it is counted: its last word, where that is one of those by which
// things are measured; "" of prices, stocks and places.
func unitOf(key string) string {
	ws := strings.Fields(strings.ToLower(lexicon.Opened(key)))
	if len(ws) == 0 {
		return ""
	}
	return measureNames[lexicon.Stem(ws[len(ws)-1])]
}

// measureNames are the last words of members that measure, each with its unit (our own list, from JSON in the wild).
var measureNames = map[string]string{"day": "day", "gb": "gb", "gigabyte": "gb", "mb": "mb", "hour": "hour", "minute": "minute", "min": "minute",
	"ml": "ml", "liter": "l", "litre": "l", "kg": "kg", "g": "g", "gram": "g", "cm": "cm", "mm": "mm", "inch": "inch", "piece": "piece", "pcs": "piece", "watt": "w", "km": "km"}

// saidUnits are how people say these units right behind a number.
var saidUnits = map[string]string{"天": "day", "日": "day", "days": "day", "day": "day", "gb": "gb", "g流量": "gb", "gigs": "gb", "gig": "gb", "mb": "mb", "小时": "hour", "hours": "hour", "hour": "hour",
	"分钟": "minute", "minutes": "minute", "ml": "ml", "毫升": "ml", "升": "l", "liters": "l", "litres": "l", "kg": "kg", "公斤": "kg", "千克": "kg", "克": "g", "g": "g", "厘米": "cm", "cm": "cm", "毫米": "mm", "mm": "mm",
	"寸": "inch", "英寸": "inch", "inch": "inch", "inches": "inch", "片": "piece", "块": "piece", "piece": "piece", "pieces": "piece", "pcs": "piece", "瓦": "w", "w": "w", "公里": "km", "km": "km"}

// amountsSaid are the amounts of a text by their unit; a unit that was said with two numbers says none.
func amountsSaid(text string) map[string]float64 {
	s := lexicon.Fold(text)
	out, twice := map[string]float64{}, map[string]bool{}
	add := func(unit string, v float64) {
		if old, ok := out[unit]; ok && old != v {
			twice[unit] = true
		}
		out[unit] = v
	}
	for _, n := range lexicon.Numbers(s) {
		if unit := unitBehind(s, n); unit != "" {
			add(unit, n.Value)
		}
	}
	for _, d := range lexicon.Durations(s) {
		if hours := d.Total().Hours(); d.Nights == 0 && hours >= 24 {
			add("day", hours/24)
		}
	}
	for unit := range twice {
		delete(out, unit)
	}
	return out
}

// unitBehind is the unit right behind a number; "" when there is none.
func unitBehind(s string, n lexicon.Number) string {
	if unit := saidUnits[n.Measure]; unit != "" {
		return unit
	}
	rest := strings.TrimLeft(s[min(n.End, len(s)):], " -")
	best := ""
	for w := range saidUnits {
		after := strings.TrimPrefix(rest, w)
		if after == rest || len(w) <= len(best) {
			continue
		}
		if c := after + " "; lexicon.HasHan(w) || (c[0] < 'a' || c[0] > 'z') {
			best = w
		}
	}
	return saidUnits[best]
}
