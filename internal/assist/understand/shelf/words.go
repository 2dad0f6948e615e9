package shelf

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/bangwo/bangwo/internal/lexicon"
)

//go:embed data/words.tsv
var wordFile string

// wordKind is what a general word does in an order.
type wordKind string

const (
	wordLess   wordKind = "less"
	wordMore   wordKind = "more"
	wordDeny   wordKind = "deny"
	wordUndeny wordKind = "undeny" // ends what is left out
	wordOf     wordKind = "of"
	wordJoin   wordKind = "join"
	wordAll    wordKind = "all"
	wordEach   wordKind = "each"
	wordOne    wordKind = "one"
	wordThis   wordKind = "this"
)

// general are the general words by their keys; a phrase may be of several kinds.
var general = sync.OnceValue(func() map[string][]wordKind {
	out := map[string][]wordKind{}
	for line := range strings.Lines(wordFile) {
		kind, list, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(kind, "#") {
			continue
		}
		for _, p := range strings.Split(list, "|") {
			k := keyOf(tokenize(lexicon.Fold(p)))
			out[k] = append(out[k], wordKind(kind))
		}
	}
	return out
})

// isGeneral tells that a phrase is a general word of a kind.
func isGeneral(phrase string, kind wordKind) bool {
	for _, k := range general()[keyOf(tokenize(lexicon.Fold(phrase)))] {
		if k == kind {
			return true
		}
	}
	return false
}

// keyOf is what words are looked up by: without spaces, so that "cheese burger" is a cheeseburger.
func keyOf(ts []token) string {
	var b strings.Builder
	for _, t := range ts {
		b.WriteString(t.key)
	}
	return b.String()
}

// Grades tells that one of the ways to say a value means little or plenty.
func Grades(words []string) bool {
	for _, w := range words {
		if isGeneral(w, wordLess) || isGeneral(w, wordMore) {
			return true
		}
	}
	return false
}
