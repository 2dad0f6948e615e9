package plan

import (
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// aCharacterOnly tells that Chinese words have no more than single characters in common with a name, as 摩托车 has with 公路车:
// what kind of thing it is, at most. A word of one character, and a word that means the same, count.
func aCharacterOnly(query, name string) bool {
	q, n := hanOf(query), hanOf(name)
	if len(q) < 2 || len(n) < 2 {
		return false
	}
	for i := 0; i+1 < len(q); i++ {
		if q[i] != ' ' && q[i+1] != ' ' && strings.Contains(string(n), string(q[i:i+2])) {
			return false
		}
	}
	meant := map[string]bool{}
	for _, t := range lexicon.Tokens(query) {
		if t.Concept != "" && lexicon.Runes(t.Text) > 1 {
			meant[t.Concept] = true
		}
	}
	for _, t := range lexicon.Tokens(name) {
		if meant[t.Concept] || lexicon.Runes(t.Text) == 1 && strings.Contains(" "+query+" ", " "+t.Text+" ") {
			return false
		}
	}
	return true
}

// namesInCharacters tells that words have no more than single characters in common with any name of an element.
func namesInCharacters(words string, e any) bool {
	if !aCharacterOnly(words, nameOf(e)) {
		return false
	}
	for _, name := range NamesOf(e) {
		if len(hanOf(name)) > 1 && !aCharacterOnly(words, name) {
			return false
		}
	}
	return true
}

// hanOf are the Chinese characters of a text, with a space wherever anything else stands.
func hanOf(s string) []rune {
	var out []rune
	for _, r := range lexicon.Fold(s) {
		switch {
		case lexicon.IsHan(r):
			out = append(out, r)
		case len(out) > 0 && out[len(out)-1] != ' ':
			out = append(out, ' ')
		}
	}
	return []rune(strings.TrimSpace(string(out)))
}
