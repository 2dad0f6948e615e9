package understand

import (
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// maxListed bounds the values that a description may list.
const maxListed = 24

var (
	listStart = regexp.MustCompile(`[:：]|如|包括|例如|可选|such as|e\.g\.|one of`)
	valueCut  = regexp.MustCompile(`\s*(?:[、，,/|]|或|\bor\b)\s*`)
)

// listedWords are the values that the description of a free input lists: "物品：文件、衣物、数码", "kind: books / clothes".
func listedWords(p catalog.Property) []string {
	d := p.Schema.Description
	at := listStart.FindStringIndex(d)
	if at == nil || !p.Schema.Is("string") || len(p.Schema.Enum) > 0 || p.Schema.Pattern != "" || p.Schema.Format != "" {
		return nil
	}
	d = strings.FieldsFunc(d[at[1]:]+" ", func(r rune) bool { return strings.ContainsRune("。；;（(\n", r) })[0]
	var out []string
	for _, w := range valueCut.Split(d, maxListed) {
		w = strings.Trim(w, " 「」『』“”\"'等…")
		if n := lexicon.Runes(w); n < 2 || n > 12 || !lexicon.HasHan(w) && strings.Count(w, " ") > 1 || strings.ContainsAny(w, "0123456789") {
			return nil // not a list of words
		}
		out = append(out, w)
	}
	if len(out) < 3 {
		return nil
	}
	return out
}

// listedValue is the one listed value that the words say, by its own words or by a word for the same thing.
func (b *builder) listedValue(p catalog.Property) string {
	if r := roleOf(p.Name, p.Schema, false); r != roleOther && r != roleContent {
		return ""
	}
	text := b.goal.text
	found := ""
	for _, w := range listedWords(p) {
		said := lexicon.Mentions(text, w)
		for _, t := range lexicon.Tokens(text) {
			if c := lexicon.Concept(w); c != "" && t.Concept == c || firstConcept(w) != "" && t.Concept == firstConcept(w) {
				said = true
			}
		}
		if !said {
			continue
		}
		if found != "" {
			return ""
		}
		found = w
	}
	return found
}

// firstConcept is the concept of the only known word of a value.
func firstConcept(w string) string {
	out := ""
	for _, t := range lexicon.Tokens(w) {
		if t.Concept == "" || strings.HasPrefix(t.Concept, "v.") {
			continue
		}
		if out != "" {
			return ""
		}
		out = t.Concept
	}
	return out
}
