package understand

import (
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// reach is how many characters to either side a longer word around a character is looked for.
const reach = 2

// wordAround is where a longer word ends that the one Chinese character s[i:j] is part of, with at most so many characters before and
// behind it; 0 where there is none, and where words end before the character and start behind it anyhow: 衬衫和裤子 has three words,
// whatever else its middle may spell.
func wordAround(s string, i, j, before, behind int, isWord func(string) bool) int {
	if r, n := utf8.DecodeRuneInString(s[i:]); n != j-i || !lexicon.IsHan(r) {
		return 0
	}
	for end := j; end <= min(len(s), j+behind*hanBytes); end += hanBytes {
		for start := i; start >= max(0, i-before*hanBytes); start -= hanBytes {
			if end-start > j-i && utf8.ValidString(s[start:end]) && isWord(s[start:end]) {
				if wordEnds(s[:i]) && wordStarts(s[j:]) {
					return 0
				}
				return end
			}
		}
	}
	return 0
}

// hanBytes is the length of a Chinese character in UTF-8.
const hanBytes = 3

// wordEnds tells that a text ends in a word of two or more characters.
func wordEnds(s string) bool {
	for n := 2; n <= 4 && n*hanBytes <= len(s); n++ {
		if isKnown(s[len(s)-n*hanBytes:]) {
			return true
		}
	}
	return false
}

// wordStarts tells that a text starts with a word of two or more characters.
func wordStarts(s string) bool {
	for n := 2; n <= 4 && n*hanBytes <= len(s); n++ {
		if isKnown(s[:n*hanBytes]) {
			return true
		}
	}
	return false
}

func isKnown(word string) bool {
	return utf8.ValidString(word) && (lexicon.Concept(word) != "" || lexicon.Known(word))
}
