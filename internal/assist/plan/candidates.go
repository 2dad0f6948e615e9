package plan

import (
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// cards are the elements that a person chooses from.
func cards(list []any, ties []scored, rest []string) []Candidate {
	var out []Candidate
	ties = ties[:min(len(ties), MaxCandidates)]
	told := toldApart(list, ties)
	for i, t := range ties {
		v, _ := dig(list[t.index], rest)
		out = append(out, Candidate{Value: v, Title: either(told[i], shown(list[t.index])), Names: TitlesOf(list[t.index]), Detail: detailOf(list[t.index]), Amount: t.price})
	}
	return out
}

// maxShown bounds the members that stand for an element without a name.
const maxShown = 3

// shown is what a person sees of an element: its name, else its first short members that are no ids.
func shown(e any) string {
	if t := TitleOf(e); t != "" {
		return t
	}
	m, _ := e.(map[string]any)
	var parts []string
	for _, k := range sortedKeys(m) {
		if v, ok := m[k].(string); ok && v != "" && lexicon.Runes(v) <= maxValueRunes*2 && !strings.HasSuffix(strings.ToLower(k), "id") && len(parts) < maxShown {
			parts = append(parts, v)
		}
	}
	return strings.Join(parts, " · ")
}

// toldApart are titles of elements whose own titles are all the same, made of what they differ in; nil where titles differ.
func toldApart(list []any, ties []scored) []string {
	out := make([]string, len(ties))
	if len(ties) < 2 {
		return out
	}
	same, differ := map[string]int{}, map[string]bool{}
	for _, t := range ties {
		same[shown(list[t.index])]++
	}
	if len(same) == len(ties) {
		return out
	}
	first, _ := list[ties[0].index].(map[string]any)
	for _, t := range ties {
		m, _ := list[t.index].(map[string]any)
		for k, v := range m {
			if text := shortText(k, v); text != "" && text != shortText(k, first[k]) {
				differ[k] = true
			}
		}
	}
	for i, t := range ties {
		m, _ := list[t.index].(map[string]any)
		var parts []string
		for _, k := range sortedKeys(differ) {
			if v := shortText(k, m[k]); v != "" && len(parts) < maxShown+1 {
				parts = append(parts, v)
			}
		}
		out[i] = strings.Join(parts, " · ")
	}
	return out
}

// shortText is a member that a person can tell an element by.
func shortText(key string, v any) string {
	s, ok := v.(string)
	if !ok || s == "" || lexicon.Runes(s) > maxValueRunes*2 || strings.HasSuffix(strings.ToLower(key), "id") || strings.Contains(s, "://") {
		return ""
	}
	return s
}
