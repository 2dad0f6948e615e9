package understand

import (
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// What it counts for a service that words call it by its own name, and how much of the words that name alone covers.
const (
	namedWeight = 3.0
	namedCover  = 0.5
	maxNames    = 4 // of one service
	leastKind   = 3 // characters of the word for a kind of place
)

// placeKinds end the Chinese words for the places that services are: 图书馆, 照相馆, 面包店.
const placeKinds = "馆店院所厅场社铺坊吧园站室局行"

// ownCalls are what people call a service: its name, the brand at the head of it (the first half of 某某照相馆) and the kind of place
// that it ends in (图书馆). A word of the language that is no place calls nobody.
func ownCalls(name string) []string {
	var out []string
	add := func(s string) {
		if len(out) < maxNames && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	s := lexicon.Fold(name)
	run := []rune(s)
	if len(run) < leastKind || slices.ContainsFunc(run, func(r rune) bool { return !lexicon.IsHan(r) }) {
		return nil
	}
	add(s)
	for at := 2; at < len(run)-1; at++ {
		if head, tail := string(run[:at]), string(run[at:]); lexicon.Known(tail) && !lexicon.Known(head) && lexicon.Concept(head) == "" && len(lexicon.Cities(head)) == 0 && !strings.ContainsRune("省市区县", run[at-1]) {
			add(head)
			break
		}
	}
	for at := len(run) - leastKind; at > 0; at-- {
		if tail := string(run[at:]); strings.ContainsRune(placeKinds, run[len(run)-1]) && (lexicon.Known(tail) || lexicon.Known(string(run[at:len(run)-1]))) {
			add(tail)
			break
		}
	}
	return out
}

// calls tells that words call a service by its name, not as a place where somebody is going.
func (ix *index) calls(i int, text string) bool {
	s := lexicon.Fold(text)
	for _, name := range ix.of[i].calls {
		if !strings.Contains(s, name) {
			continue
		}
		g := &goal{}
		g.places(s, time.Time{})
		if !strings.HasSuffix(g.to, name) && !strings.HasSuffix(g.from, name) {
			return true
		}
	}
	return false
}

// withoutCalls takes out what only calls the service by its name, wherever it stands: 图书馆那本三体.
func (b *builder) withoutCalls(text string) string {
	s := lexicon.Fold(text)
	for _, name := range b.ix.of[b.goal.service].calls {
		i := strings.Index(s, name)
		if i < 0 || b.nameIn(s) != "" {
			continue
		}
		if rest := s[:i] + " " + s[i+len(name):]; b.queryOf(rest) != "" {
			s = rest
		}
	}
	return s
}
