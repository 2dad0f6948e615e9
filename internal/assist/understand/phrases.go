package understand

import (
	"bufio"
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/lexicon"
)

//go:embed data/phrases.tsv
var phraseFile string

// phrases by kind, longest first, folded.
var phrases = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	lines := bufio.NewScanner(strings.NewReader(phraseFile))
	for lines.Scan() {
		kind, list, ok := strings.Cut(lines.Text(), "\t")
		if !ok || strings.HasPrefix(kind, "#") {
			continue
		}
		for _, p := range strings.Split(list, "|") {
			out[kind] = append(out[kind], lexicon.Fold(p))
		}
		slices.SortStableFunc(out[kind], func(a, b string) int { return len(b) - len(a) })
	}
	return out
})

// find returns where a phrase of the kind stands in s (folded), at word boundaries; -1 when none does. The
// leftmost wins, then the longest.
func find(kind, s string) (start, end int) {
	start, end = -1, -1
	for _, p := range phrases()[kind] {
		if i := indexWord(s, p); i >= 0 && (start < 0 || i < start) && !cutsWord(s, i, i+len(p)) {
			start, end = i, i+len(p)
		}
	}
	return start, end
}

func has(kind, s string) bool {
	start, _ := find(kind, s)
	return start >= 0
}

// cutsWord tells that a phrase of one Chinese character is only part of a longer word there (请 in 请假条).
func cutsWord(s string, i, j int) bool { return wordAround(s, i, j, 0, 1, whole) > 0 }

// whole tells that two characters make a word that is no phrase of conversation itself.
func whole(word string) bool {
	if !lexicon.Known(word) || lexicon.Concept(word) != "" {
		return false
	}
	for _, kind := range []string{"polite", "filler", "split", "join", "ask"} {
		for _, p := range phrases()[kind] {
			if strings.HasPrefix(p, word) {
				return false
			}
		}
	}
	return true
}

// indexWord finds p in s where it does not cut a Latin word.
func indexWord(s, p string) int {
	for from := 0; ; {
		i := strings.Index(s[from:], p)
		if i < 0 {
			return -1
		}
		i += from
		if boundary(s, i) && boundary(s, i+len(p)) {
			return i
		}
		from = i + 1
	}
}

func boundary(s string, i int) bool {
	if i <= 0 || i >= len(s) {
		return true
	}
	a, _ := utf8.DecodeLastRuneInString(s[:i])
	b, _ := utf8.DecodeRuneInString(s[i:])
	latin := func(r rune) bool {
		return (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'') && !lexicon.IsHan(r)
	}
	return !latin(a) || !latin(b)
}

// blank removes all phrases of a kind from s, leaving a space.
func blank(kind, s string) string {
	for {
		i, j := find(kind, s)
		if i < 0 {
			return strings.Join(strings.Fields(s), " ")
		}
		s = s[:i] + " " + s[j:]
	}
}
