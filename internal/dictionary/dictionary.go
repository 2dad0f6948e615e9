// Package dictionary carries words between Chinese and English, and traditional characters to simplified ones, from word
// lists that make derives from CC-CEDICT (the package in source/, CC BY-SA 4.0). It knows no service. Where the lists
// were not built every lookup is empty, and callers go by what they know themselves.
// Everything is read-only and safe for concurrent use; a lookup searches the embedded text and keeps nothing in memory.
package dictionary

import (
	"embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data
var data embed.FS

// MaxWord is the length in characters of the longest Chinese word that is looked for in a running text.
const MaxWord = 6

// MaxPhrase is the number of words of the longest English phrase that is looked for.
const MaxPhrase = 3

// list is a sorted text of lines "key, tab, forms separated by |".
type list string

func load(name string) func() list {
	return sync.OnceValue(func() list {
		b, err := data.ReadFile("data/" + name)
		if err != nil {
			return ""
		}
		return list(b)
	})
}

var (
	english = load("zh-en.tsv")
	chinese = load("en-zh.tsv")
)

// find is the line of a key, by binary search over the lines.
func (l list) find(key string) []string {
	lo, hi := 0, len(l)
	for lo < hi {
		mid := (lo + hi) / 2
		start := strings.LastIndexByte(string(l[lo:mid]), '\n') + 1 + lo
		end := len(l)
		if i := strings.IndexByte(string(l[start:]), '\n'); i >= 0 {
			end = start + i
		}
		have, forms, _ := strings.Cut(string(l[start:end]), "\t")
		switch {
		case have == key:
			return strings.Split(forms, "|")
		case have < key:
			lo = min(end+1, len(l))
		default:
			hi = start
		}
	}
	return nil
}

// English lists what a Chinese word is in English, the commonest first, lower case; nil when it is not known.
func English(word string) []string { return english().find(word) }

// Chinese lists what an English word or phrase (lower case) is in simplified Chinese, the likeliest first.
func Chinese(phrase string) []string { return chinese().find(phrase) }

// Built tells whether the word lists are there.
func Built() bool { return len(english()) > 0 }

var simple = sync.OnceValue(func() map[rune]rune {
	out := map[rune]rune{}
	b, _ := data.ReadFile("data/simplified.tsv")
	for line := range strings.Lines(string(b)) {
		from, to, ok := strings.Cut(strings.TrimSpace(line), "\t")
		a, n := utf8.DecodeRuneInString(from)
		s, m := utf8.DecodeRuneInString(to)
		if ok && n == len(from) && m == len(to) {
			out[a] = s
		}
	}
	return out
})

// Simplified is the simplified form of a traditional character; any other character is itself.
func Simplified(r rune) rune {
	if s, ok := simple()[r]; ok {
		return s
	}
	return r
}
