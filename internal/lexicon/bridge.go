package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/dictionary"
)

// Span is a word or phrase of a text with what it may be called in the other language.
type Span struct {
	Text   string
	Own    []string   // its features
	Others [][]string // the features of each way to say it in the other language, likeliest first
}

// maxSpans bounds the words of a text that are carried over.
const maxSpans = 40

// Bridge lists the words of a text (folded here) that the dictionary can say in the other language. Empty where the
// dictionary was not built.
func Bridge(text string) []Span {
	var out []Span
	s := Fold(text)
	for i := 0; i < len(s) && len(out) < maxSpans; {
		r, size := utf8.DecodeRuneInString(s[i:])
		n, forms := size, []string(nil)
		switch {
		case IsHan(r):
			n, forms = hanWord(s[i:])
		case isWord(r):
			n, forms = latinPhrase(s[i:])
		}
		if len(forms) > 0 && !noise[s[i:i+n]] && Concept(s[i:i+n]) == "" { // a concept has both languages already
			out = append(out, newSpan(s[i:i+n], forms))
		}
		i += max(n, size)
	}
	return out
}

// NewSpan is a word or phrase (folded here) with what the dictionary calls it in the other language, as far as it does.
func NewSpan(text string) Span {
	text = Fold(text)
	if HasHan(text) {
		return newSpan(text, dictionary.English(text))
	}
	_, forms := latinPhrase(text)
	return newSpan(text, forms)
}

func newSpan(text string, forms []string) Span {
	sp := Span{Text: text, Own: telling(text)}
	for _, f := range forms {
		if fs := telling(f); len(fs) > 0 {
			sp.Others = append(sp.Others, fs)
		}
	}
	return sp
}

// telling are the features of a word that must all be there: pairs where there are pairs, not their single characters.
func telling(text string) []string {
	var pairs, single []string
	for f := range Features(text) {
		if strings.HasPrefix(f, "h:") && Runes(f[2:]) < 2 {
			single = append(single, f)
		} else {
			pairs = append(pairs, f)
		}
	}
	if len(pairs) == 0 {
		return single
	}
	return pairs
}

// hanWord is the longest dictionary word at the start of s, of two characters or more.
func hanWord(s string) (int, []string) {
	n, runes := 0, 0
	var ends []int
	for _, r := range s {
		if !IsHan(r) || runes == dictionary.MaxWord {
			break
		}
		n += utf8.RuneLen(r)
		runes++
		ends = append(ends, n)
	}
	for i := len(ends) - 1; i >= 1; i-- {
		if forms := dictionary.English(s[:ends[i]]); len(forms) > 0 {
			return ends[i], forms
		}
	}
	if len(ends) == 1 {
		return ends[0], dictionary.English(s[:ends[0]])
	}
	return 0, nil
}

// latinPhrase is the longest dictionary phrase at the start of s, as written or with its words stemmed.
func latinPhrase(s string) (int, []string) {
	var words []string
	var ends []int
	for i := 0; i < len(s) && len(words) < dictionary.MaxPhrase; {
		n := wordEnd(s, i)
		if n == 0 {
			break
		}
		words, ends = append(words, s[i:i+n]), append(ends, i+n)
		if i += n; i >= len(s) || s[i] != ' ' && s[i] != '-' {
			break
		}
		i++
	}
	for n := len(words); n > 0; n-- {
		for _, key := range []string{strings.Join(words[:n], " "), stems(words[:n])} {
			if forms := dictionary.Chinese(key); len(forms) > 0 {
				return ends[n-1], forms
			}
		}
	}
	if len(ends) == 0 {
		return 0, nil
	}
	return ends[0], nil
}

func stems(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = Stem(w)
	}
	return strings.Join(out, " ")
}

// carried is the share of a word's weight that its translation earns.
const carried = 0.85

// Carried tells whether a text with the features known says one of the span's translations, and which.
func (s Span) Carried(known func(feature string) bool) ([]string, bool) {
	for _, form := range s.Others {
		all := true
		for _, f := range form {
			all = all && known(f)
		}
		if all {
			return form, true
		}
	}
	return nil, false
}

// meant tells whether a text with the features known says the span by another word of the same language.
func (s Span) meant(known func(feature string) bool) bool {
	return slices.ContainsFunc(Synonyms(s.Text), func(other string) bool {
		return !slices.ContainsFunc(telling(other), func(f string) bool { return !known(f) })
	})
}

// Carry lists the features of a text that are met by their translation among known features, with how far.
func Carry(text string, known map[string]float64) map[string]float64 {
	out := bridged(text, Features(text), known)
	for f, v := range Spelled(text, known) {
		out[f] = max(out[f], v)
	}
	return out
}

// maxSynonyms bounds the other names of one word.
const maxSynonyms = 8

// Synonyms lists other words of the same language that the dictionary explains by the same first word of the other
// language: 西红柿 and 番茄 are both "tomato".
func Synonyms(word string) []string {
	word = Fold(word)
	if !HasHan(word) || Runes(word) < 2 {
		return nil
	}
	glosses := dictionary.English(word)
	if len(glosses) == 0 {
		return nil
	}
	var out []string
	for _, other := range dictionary.Chinese(glosses[0]) {
		theirs := dictionary.English(other)
		if other != word && Runes(other) > 1 && len(theirs) > 0 && theirs[0] == glosses[0] && len(out) < maxSynonyms {
			out = append(out, other)
		}
	}
	return out
}

// bridged adds what a name says of a query in the other language: the features of the query that are met by translation.
func bridged(query string, fq, fn map[string]float64) map[string]float64 {
	out := map[string]float64{}
	known := func(f string) bool { _, ok := fn[f]; return ok }
	for _, sp := range Bridge(query) {
		if _, ok := sp.Carried(known); !ok && !sp.meant(known) {
			continue
		}
		for f := range Features(sp.Text) {
			if _, ok := fq[f]; ok {
				out[f] = carried
			}
		}
	}
	return out
}

// Known tells whether the dictionary has a Chinese word.
func Known(word string) bool { return len(dictionary.English(word)) > 0 }

// maxCalled bounds the ways to say a word in the other language.
const maxCalled = 4

// Called lists what the dictionary calls an English word in Chinese, likeliest first: words of two characters or more.
func Called(word string) []string {
	var out []string
	for _, w := range dictionary.Chinese(Fold(word)) {
		if Runes(w) > 1 && len(out) < maxCalled {
			out = append(out, w)
		}
	}
	return out
}
