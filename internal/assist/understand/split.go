package understand

import (
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// maxPieces bounds the pieces that an utterance is cut into.
const maxPieces = 24

var hardStops = regexp.MustCompile(`[。；;！!？?\n]+|,`)
var decimalComma = regexp.MustCompile(`(\d),(\d{3})`)

// pieces cuts an utterance into the smallest parts that may be a goal or an item of their own.
// weak tells that a part was joined to the one before by a word like "and" only.
type piece struct {
	text string
	weak bool
}

func pieces(text string) []piece {
	s := decimalComma.ReplaceAllString(lexicon.Fold(text), "$1$2")
	var out []piece
	for _, clause := range hardStops.Split(s, -1) {
		for _, part := range cutAt("split", clause) {
			for i, sub := range cutJoined(part) {
				if sub = strings.TrimSpace(sub); sub != "" && len(out) < maxPieces {
					out = append(out, piece{text: sub, weak: i > 0})
				}
			}
		}
	}
	return out
}

// cutAt cuts before every phrase of the kind and drops the phrase.
func cutAt(kind, s string) []string {
	var out []string
	for {
		i, j := find(kind, s)
		if i < 0 {
			return append(out, s)
		}
		out = append(out, s[:i])
		s = s[j:]
	}
}

// cutJoined cuts at "and", 和 and the like.
func cutJoined(s string) []string { return cutAt("join", s) }

// joined puts parts back together for reading what belongs to the whole of a goal.
func joined(ps []piece) string {
	texts := make([]string, len(ps))
	for i, p := range ps {
		texts[i] = p.text
	}
	return strings.Join(texts, ", ")
}
