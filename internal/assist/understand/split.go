package understand

import (
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// maxPieces bounds the pieces that an utterance is cut into.
const maxPieces = 24

var hardStops = regexp.MustCompile(`[。；;！!？?\n]+|,`)
var hanGap = regexp.MustCompile(`(\p{Han}{2}) +(\p{Han}{2})`) // where people write a space for a comma
// timesSign is how a number is written behind a thing: 披萨x3, "pizza ×3". A capital X, or a Latin word before it, is a model's name.
var timesSign = regexp.MustCompile(`(\p{Han}|[A-Za-z]) ?(?:×|(?:\*)) ?(\d{1,2})\b|(\p{Han})x ?(\d{1,2})\b`)
var decimalComma = regexp.MustCompile(`(\d),(\d{3})`)

// piece is a part of an utterance with how it was set off from the one before.
type piece struct {
	text  string
	by    setOff
	facts *facts // that the signs in its text stand for
}

// pieces cuts an utterance into the smallest parts that may be a goal or an item of their own.
func (ix *index) pieces(text string) []piece {
	s := decimalComma.ReplaceAllString(lexicon.Fold(timesSign.ReplaceAllString(text, "$1$3 $2$4")), "$1$2")
	s = hanGap.ReplaceAllString(s, "$1,$2")
	var out []piece
	for _, clause := range hardStops.Split(s, -1) {
		for i, part := range ix.cutAt("split", clause) {
			for k, sub := range ix.cutAt("join", part) {
				by := byStop
				if k > 0 {
					by = byJoin
				} else if i > 0 {
					by = bySplit
				}
				if sub = strings.TrimSpace(sub); sub != "" && len(out) < maxPieces {
					out = append(out, piece{text: sub, by: by})
				}
			}
		}
	}
	return out
}

// betweenTwo is a span from one number to another: no "and" in it joins two things.
var betweenTwo = regexp.MustCompile(`\bbetween (?:[a-z]+ )?\d[\d:. apm]* and \d|在?\d[\d:点时半]*(?:和|与|跟)\d[\d:点时半]*之?间`)

// onlyAsks is the end of a question and nothing more.
var onlyAsks = regexp.MustCompile(`^\s*(?:吗|么|嘛|没有?|呢)\s*$`)

// cutAt cuts before every phrase of the kind and drops the phrase; a phrase inside a longer word (协和) or inside the
// name of a thing that a service has is none.
func (ix *index) cutAt(kind, s string) []string {
	var out []string
	for from := 0; ; {
		i, j := find(kind, s[from:])
		if i < 0 {
			return append(out, s)
		}
		i, j = i+from, j+from
		if within := betweenTwo.FindStringIndex(s[from:]); within != nil && i >= from+within[0] && j <= from+within[1] {
			from += within[1]
			continue
		}
		if i > 0 && onlyAsks.MatchString(s[j:]) {
			return append(out, s) // 还有吗: asked at the end, it joins nothing
		}
		if end := ix.insideWord(s, i, j); end > 0 {
			from = end
			continue
		}
		out = append(out, s[:i])
		s, from = s[j:], 0
	}
}

// insideWord is where a longer word around s[i:j] ends; 0 when there is none.
func (ix *index) insideWord(s string, i, j int) int {
	for _, name := range ix.joins {
		for from := max(0, i-len(name)); from <= i; from++ {
			if strings.HasPrefix(s[from:], name) && from+len(name) >= j {
				return from + len(name)
			}
		}
	}
	return wordAround(s, i, j, reach, reach, lexicon.Known)
}

// joinedNames are a service's names of things with a word in them at which sentences are cut.
func joinedNames(s catalog.Service) []string {
	var out []string
	for i, it := range s.Items {
		for _, name := range append([]string{it.Name}, it.Aliases...) {
			name = lexicon.Fold(name)
			if i < maxItems && lexicon.Runes(name) > 2 && (has("join", name) || has("split", name)) {
				out = append(out, name)
			}
		}
	}
	return out
}

var opened = regexp.MustCompile(`(\p{Han})(?:一下|一?个|了个?|点儿?|次|几?张|份)(\p{Han})`)

// openedVerbs are the features of the words that a verb and its object make when what stands between them is taken out:
// 取个号 is 取号, 理个发 is 理发.
func openedVerbs(text string) []string {
	var out []string
	for s := lexicon.Fold(text); ; {
		m := opened.FindStringSubmatchIndex(s)
		if m == nil {
			return out
		}
		for f := range lexicon.Features(s[m[2]:m[3]] + s[m[4]:m[5]]) {
			if !strings.HasPrefix(f, "h:") || lexicon.Runes(f[2:]) > 1 {
				out = append(out, f)
			}
		}
		s = s[m[4]:]
	}
}

// joined puts parts back together for reading what belongs to the whole of a goal.
func joined(ps []piece) string {
	texts := make([]string, len(ps))
	for i, p := range ps {
		texts[i] = p.text
	}
	return strings.Join(texts, ", ")
}
