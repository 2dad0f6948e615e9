package shelf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// token is a Latin word, a figure, one Chinese character, or a stop.
type token struct {
	text       string // as it stands in the folded text
	key        string // singular: what words are compared by
	start, end int
	stop       bool
}

// tokenize cuts a folded text.
func tokenize(folded string) []token {
	var out []token
	for i := 0; i < len(folded) && len(out) < maxTokens; {
		r, n := utf8.DecodeRuneInString(folded[i:])
		switch {
		case lexicon.IsHan(r):
			out = append(out, token{text: folded[i : i+n], key: folded[i : i+n], start: i, end: i + n})
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			n = wordLength(folded[i:])
			out = append(out, token{text: folded[i : i+n], key: singular(folded[i : i+n]), start: i, end: i + n})
		case strings.ContainsRune(",;.!?、。:()", r) && !betweenDigits(folded, i):
			out = append(out, token{text: folded[i : i+n], start: i, end: i + n, stop: true})
		}
		i += n
	}
	return out
}

func betweenDigits(s string, i int) bool {
	return s[i] == '.' && i > 0 && i+1 < len(s) && unicode.IsDigit(rune(s[i-1])) && unicode.IsDigit(rune(s[i+1]))
}

// wordLength is how long the Latin word or figure is that s begins with; 2个 and x2 are cut between digits and letters.
func wordLength(s string) int {
	first, _ := utf8.DecodeRuneInString(s)
	for i, r := range s {
		if lexicon.IsHan(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' {
			return i
		}
		if i > 0 && unicode.IsDigit(first) != unicode.IsDigit(r) && r != '\'' {
			return i
		}
	}
	return len(s)
}

// singular takes the ending of the plural off a Latin word.
func singular(w string) string {
	switch {
	case lexicon.HasHan(w) || len(w) < 4 || strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is"):
		return w
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case anySuffix(w, "ches", "shes", "xes", "sses", "oes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s"):
		return w[:len(w)-1]
	}
	return w
}

func anySuffix(w string, endings ...string) bool {
	for _, e := range endings {
		if strings.HasSuffix(w, e) && len(w) > len(e)+1 {
			return true
		}
	}
	return false
}
