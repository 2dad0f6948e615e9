package understand

import (
	"bufio"
	_ "embed"
	"regexp"
	"strings"
	"sync"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

var told = regexp.MustCompile(`[:：]\s*(.+)$|[「『“"]([^」』”"]+)[」』”"]`)

// content is what the person's words say beyond asking for the call: what stands behind a colon or in quotes, else all
// that is left when politeness and the words that only call for the capability are taken away.
func (b *builder) content(c catalog.Capability, p catalog.Property) string {
	if m := told.FindStringSubmatch(b.goal.said); m != nil {
		return strings.TrimSpace(m[1] + m[2])
	}
	var keep []string
	for _, piece := range b.goal.pieces {
		s := piece.text
		if ownWords.MatchString(inputWords(p)) {
			if s = strings.TrimSpace(b.goal.strip(s, b.now)); instructs(s) {
				continue
			}
		}
		for _, kind := range []string{"polite", "hey"} {
			s = blank(kind, s)
		}
		if s = b.withoutCall(c, s); s != "" {
			keep = append(keep, s)
		}
	}
	return b.goal.facts.open(strings.Join(keep, tr(b.lang, "，", ", ")))
}

// withoutCall takes away the leading verbs that the capability begins with, and a piece that only names the call
// ("add it to my to-do list"): all of its words are the capability's own.
func (b *builder) withoutCall(c catalog.Capability, s string) string {
	v := b.voices().of[c.Key()]
	tokens := lexicon.Tokens(s)
	rest := false
	for _, t := range tokens {
		if !b.calls(v, t) {
			rest = true
		}
	}
	if !rest {
		return ""
	}
	cut := 0
	for _, t := range tokens {
		if !b.calls(v, t) {
			break
		}
		cut = t.End
	}
	return strings.Trim(lexicon.Fold(s)[cut:], " ,.:;，。：；")
}

// calls tells that a word only calls for a capability: a verb, filler, or one of its own words.
func (b *builder) calls(v voice, t lexicon.Token) bool {
	if strings.HasPrefix(t.Concept, "v.") || isFiller(t.Text) || bareMeasure(t.Text) {
		return true
	}
	if t.Concept != "" {
		_, own := v.feats["c:"+t.Concept]
		return own
	}
	if t.Han {
		return v.feats["h:"+t.Text] >= voiceHead // of its name or first words
	}
	return v.feats["w:"+lexicon.Stem(t.Text)] >= voiceHead
}

//go:embed data/units.tsv
var unitFile string

// units are the ways to write each unit of measure.
var units = sync.OnceValue(func() [][]string {
	var out [][]string
	lines := bufio.NewScanner(strings.NewReader(unitFile))
	for lines.Scan() {
		if list, ok := strings.CutPrefix(lines.Text(), "unit\t"); ok {
			out = append(out, strings.Split(lexicon.Fold(list), "|"))
		}
	}
	return out
})

func anyWord(text string, forms []string) bool {
	for _, f := range forms {
		if indexWord(text, f) >= 0 {
			return true
		}
	}
	return false
}

func coversNumber(s *catalog.Schema, v float64) bool {
	return (s.Minimum == nil || v >= *s.Minimum) && (s.Maximum == nil || v <= *s.Maximum) && (s.Type != "integer" || v == float64(int(v)))
}
