// Package lexicon knows general words of Chinese and English: concepts that both languages share, numbers with measure
// words, times, and likeness of short texts. It knows no service, brand or catalogue. The data files beside it say where they come from.
// Everything is read-only after start and safe for concurrent use.
package lexicon

import (
	"bufio"
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/bangwo/bangwo/internal/dictionary"
)

//go:embed data/concepts.tsv
var conceptFile string

// MaxText bounds the bytes of a text that is looked at; the rest is ignored.
const MaxText = 64_000

// Token is a piece of a folded text: a concept, a Latin word, a number, or one Han character.
type Token struct {
	Text    string // as it stands in the folded text
	Concept string // "" when it belongs to none
	Start   int    // byte offsets in the folded text
	End     int
	Han     bool
}

type table struct {
	forms   map[string]string // form → concept
	longest int               // runes
}

var concepts = sync.OnceValue(func() table {
	t := table{forms: map[string]string{}}
	lines := bufio.NewScanner(strings.NewReader(conceptFile))
	for lines.Scan() {
		id, forms, ok := strings.Cut(lines.Text(), "\t")
		if !ok || strings.HasPrefix(id, "#") {
			continue
		}
		for _, f := range strings.Split(forms, "|") {
			f = Fold(f)
			if _, taken := t.forms[f]; !taken {
				t.forms[f] = id
			}
			t.longest = max(t.longest, utf8.RuneCountInString(f))
		}
	}
	return t
})

// Fold brings a text to the form in which words are compared: NFKC (full width to half), lower case, simplified
// characters, quotes and dashes unified, spaces single.
func Fold(s string) string {
	if len(s) > MaxText {
		s = strings.ToValidUTF8(s[:MaxText], "")
	}
	s = norm.NFKC.String(s)
	s = strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', '＇':
			return '\''
		case '–', '—', '‐', '‑':
			return '-'
		case '\t', '\n', '\r', '\u00a0', '\u3000':
			return ' '
		}
		return dictionary.Simplified(unicode.ToLower(r))
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// IsHan tells whether r is a Chinese character.
func IsHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// HasHan tells whether the text has Chinese characters.
func HasHan(s string) bool { return strings.ContainsFunc(s, IsHan) }

// Tokens cuts a text (folded here) into tokens, concepts by longest match.
func Tokens(s string) []Token {
	s = Fold(s)
	t := concepts()
	var out []Token
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isWord(r) {
			i += size
			continue
		}
		if n, id := t.match(s, i); n > 0 && !partOfWord(s, i, n, id) {
			out = append(out, Token{Text: s[i : i+n], Concept: id, Start: i, End: i + n, Han: IsHan(r)})
			i += n
			continue
		}
		n, id := size, ""
		if !IsHan(r) {
			n = wordEnd(s, i)
			id = t.forms[Stem(s[i:i+n])]
		}
		out = append(out, Token{Text: s[i : i+n], Concept: id, Start: i, End: i + n, Han: IsHan(r)})
		i += n
	}
	return out
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func wordEnd(s string, i int) int {
	for j, r := range s[i:] {
		if IsHan(r) || (!isWord(r) && r != '\'') {
			return j
		}
	}
	return len(s) - i
}

// match finds the longest form at byte i that ends at a word boundary.
func (t table) match(s string, i int) (int, string) {
	bestLen, bestID, runes := 0, "", 0
	prev, _ := utf8.DecodeLastRuneInString(s[:i])
	first, _ := utf8.DecodeRuneInString(s[i:])
	if !IsHan(first) && i > 0 && isWord(prev) && !IsHan(prev) {
		return 0, ""
	}
	for j := range s[i:] {
		if runes > 0 && t.ends(s, i+j) {
			if id, ok := t.forms[s[i:i+j]]; ok {
				bestLen, bestID = j, id
			}
		}
		if runes++; runes > t.longest {
			return bestLen, bestID
		}
	}
	if id, ok := t.forms[s[i:]]; ok {
		return len(s) - i, id
	}
	return bestLen, bestID
}

// maxGuard is how many characters behind a single one are looked at for the word that it may be the beginning of.
const maxGuard = 4

// partOfWord tells that a concept of one character is only the beginning of a longer word which is no concept (交 in 交通),
// or, for an option, the end of one (大 in 加拿大).
func partOfWord(s string, i, n int, id string) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	if utf8.RuneLen(r) != n || !IsHan(r) {
		return false
	}
	end := i + n
	for k := 0; k < maxGuard && end < len(s); k++ {
		next, size := utf8.DecodeRuneInString(s[end:])
		if !IsHan(next) {
			break
		}
		if end += size; Known(s[i:end]) {
			return true
		}
	}
	if !strings.Contains(id, ".") || strings.HasPrefix(id, "v.") {
		return false
	}
	before, size := utf8.DecodeLastRuneInString(s[:i])
	return i > 0 && IsHan(before) && Known(s[i-size:i+n])
}

// ends tells whether a word may end before byte i: always next to Han, else not inside a Latin word.
func (t table) ends(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i:])
	return IsHan(before) || IsHan(after) || !isWord(before) || !isWord(after)
}

// Concept is the concept of a whole text, "" when it is not exactly one.
func Concept(s string) string { return concepts().forms[Fold(s)] }

var bilingual = sync.OnceValue(func() map[string][2]string {
	out := map[string][2]string{}
	lines := bufio.NewScanner(strings.NewReader(conceptFile))
	for lines.Scan() {
		id, forms, ok := strings.Cut(lines.Text(), "\t")
		if !ok || strings.HasPrefix(id, "#") {
			continue
		}
		pair := out[id]
		for _, f := range strings.Split(forms, "|") {
			i := 1
			if HasHan(f) {
				i = 0
			}
			if pair[i] == "" {
				pair[i] = f
			}
		}
		out[id] = pair
	}
	return out
})

// Say writes a text in the other language, word by word, where all its words are concepts; ok is false otherwise, and the
// text comes back as it was. lang is "zh" or "en".
func Say(text, lang string) (string, bool) {
	if HasHan(text) == (lang == "zh") {
		return text, true
	}
	var parts []string
	for _, t := range Tokens(text) {
		pair, ok := bilingual()[t.Concept]
		i := 1
		if lang == "zh" {
			i = 0
		}
		if noise[t.Text] {
			continue
		}
		if !ok || pair[i] == "" {
			return text, false
		}
		parts = append(parts, pair[i])
	}
	if lang == "zh" {
		return strings.Join(parts, ""), len(parts) > 0
	}
	return strings.Join(parts, " "), len(parts) > 0
}
