package plan

import (
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// Bounds of saying what is searched for in other words.
const (
	maxParts     = 6 // of one search word
	maxPartRunes = 6 // of a word that is looked up
)

// OtherWords are other ways to say what is searched for, best first: by other names for the same, in the other language,
// then part by part, the longest and the last part first (both languages put what a thing is behind what kind of it).
func OtherWords(word string) []string {
	var out []string
	add := func(w string) {
		if w = strings.TrimSpace(w); w != "" && !strings.EqualFold(w, word) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	translate := func(w string) {
		for _, lang := range []string{"zh", "en"} {
			if t, ok := lexicon.Say(w, lang); ok {
				add(t)
			}
		}
		for _, other := range lexicon.Synonyms(w)[:min(len(lexicon.Synonyms(w)), 1)] {
			add(other)
		}
	}
	han := lexicon.HasHan(word)
	if !han || len(lexicon.Tokens(word)) == 1 {
		translate(word)
	}
	parts := partsOf(word)
	for _, p := range byLength(parts) {
		add(p)
	}
	if han {
		translate(word)
	}
	for _, p := range slices.Backward(parts) {
		translate(p)
	}
	return out
}

// byLength puts the longest part first, of equally long ones the last.
func byLength(parts []string) []string {
	out := slices.Clone(parts)
	slices.Reverse(out)
	slices.SortStableFunc(out, func(a, b string) int { return lexicon.Runes(b) - lexicon.Runes(a) })
	return out
}

// partsOf cuts a search word into its words: at spaces, and Chinese between the words that are known and what no dictionary
// has (a name, most likely). Nothing where it is one word.
func partsOf(word string) []string {
	var out []string
	for _, w := range strings.Fields(lexicon.Fold(word)) {
		w = strings.Trim(w, "《》「」“”\"'·,.")
		if !lexicon.HasHan(w) {
			if lexicon.Runes(w) > 1 {
				out = append(out, w)
			}
			continue
		}
		out = append(out, hanParts(w)...)
	}
	if len(out) == 1 && out[0] == lexicon.Fold(word) || len(out) > maxParts {
		return nil
	}
	return out
}

// hanParts cuts running Chinese: known words of two characters or more apart, runs between them together. What of the runs
// has one character is no word to search by.
func hanParts(s string) []string {
	rs := []rune(s)
	var out, run []string
	close := func() {
		if w := strings.Join(run, ""); lexicon.Runes(w) > 1 {
			out = append(out, w)
		}
		run = nil
	}
	for i := 0; i < len(rs); {
		n := 0
		for k := min(len(rs)-i, maxPartRunes); k > 1 && n == 0; k-- {
			if w := string(rs[i : i+k]); lexicon.Concept(w) != "" || lexicon.Known(w) {
				n = k
			}
		}
		if n == 0 {
			run = append(run, string(rs[i]))
			i++
			continue
		}
		if rest := lexicon.Runes(strings.Join(run, "")); rest == 1 {
			run = nil // a character of what kind: 鲜 of 鲜牛奶
		}
		close()
		out = append(out, string(rs[i:i+n]))
		i += n
	}
	close()
	return joinNames(out, s)
}

// joinNames puts back together what the dictionary cuts in front of a known last word: 泡泡 and 玛特 before 盲盒 are one name.
func joinNames(parts []string, s string) []string {
	if len(parts) < 3 {
		return parts
	}
	last := parts[len(parts)-1]
	if head := strings.TrimSuffix(s, last); head != s && strings.Join(parts[:len(parts)-1], "") == head && !slices.ContainsFunc(parts[:len(parts)-1], func(p string) bool { return lexicon.Concept(p) != "" }) {
		return []string{head, last}
	}
	return parts
}
