package understand

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// droppedHan are the ways to say in Chinese that something need not be done any more: 不去了, 别送了, 不用来了.
var droppedHan = sync.OnceValue(func() *regexp.Regexp {
	verbs := make([]string, 0, len(phrases()["drops"]))
	for _, v := range phrases()["drops"] {
		verbs = append(verbs, regexp.QuoteMeta(v))
	}
	return regexp.MustCompile(`(?:先)?(?:不再|不用再|不用|不必|不想|不需要|不要|不|别再|别|甭)(?:` + strings.Join(verbs, "|") + `)(?:过来|来|去|过|` + strings.Join(verbs, "|") + `)?(?:我们?|这?一?趟)?了`)
})

var droppedEnglish = regexp.MustCompile(`\b(?:i |we )?(?:don't|do not|won't|will not|no need to) (?:need|want|be needing|come|send|deliver|bring)\b(.{0,40}?)\b(?:any ?more|any longer|after all)\b`)

// dropped is where a text says that something is to be taken back, and the text without it; ok is false where it does not.
func dropped(s string) (string, bool) {
	found := false
	for _, kind := range []string{"refund", "cancel"} {
		if has(kind, s) {
			s, found = blank(kind, s), true
		}
	}
	for _, re := range []*regexp.Regexp{droppedHan(), droppedEnglish} {
		if re.MatchString(s) {
			s, found = re.ReplaceAllString(s, " $1 "), true
		}
	}
	return s, found
}

// undoing is what a text takes back: the words that tell which order is meant, and the pieces that do not speak of it.
func (ix *index) undoing(text string) (words string, rest []piece, ok bool) {
	var about []string
	for _, p := range ix.pieces(text) {
		left, is := dropped(p.text)
		if !is {
			rest = append(rest, p)
			continue
		}
		ok = true
		if left = strings.TrimSpace(left); left != "" {
			about = append(about, left)
		}
	}
	return leftover(blank("pointing", blank("anew", blank("polite", strings.Join(about, " ")))), "cancel"), rest, ok
}

// undoes finds a wish to take an order back that came earlier. Words that order something else beside are no mere command.
func (ix *index) undoes(r assist.Request) (assist.Command, bool) {
	s := lexicon.Fold(r.Text)
	words, rest, ok := ix.undoing(s)
	if !ok || has("amend", s) || words != "" && onlyOptions(words) {
		return assist.Command{}, false
	}
	if slices.ContainsFunc(rest, func(p piece) bool { return ix.wantsMore(p.text) }) {
		return assist.Command{}, false
	}
	c := assist.Command{Kind: assist.CommandCancel, Words: words}
	if has("refund", s) && !has("cancel", s) {
		c.Kind = assist.CommandRefund
	}
	orders1, turn := ix.meant(r.Earlier, words)
	if len(orders1) == 0 && turn == "" {
		bare := strings.Trim(blank("polite", s), " ,.!?。！？")
		return c, !orders(bare, string(c.Kind))
	}
	c.Orders, c.Turn = orders1, turn
	return c, true
}

// wantsMore tells that a piece beside a cancellation is an errand of its own.
func (ix *index) wantsMore(s string) bool {
	return errand(s) || verbed(blank("filler", s)) && len(ix.best(s)) > 0
}

// holdsOff finds the wish not to go on with what waits for the person.
func (ix *index) holdsOff(s string, earlier []assist.Earlier) (assist.Command, bool) {
	if !has("hold", s) || lexicon.Runes(blank("filler", blank("hold", s))) > maxChat {
		return assist.Command{}, false
	}
	for _, e := range slices.Backward(earlier) {
		if e.Open {
			return assist.Command{Kind: assist.CommandCancel, Turn: e.Turn}, true
		}
	}
	return assist.Command{}, false
}

// candidate is an earlier order, or an open turn, that may be meant.
type candidate struct {
	order string
	turn  string
	open  bool
	texts []string
	score float64
}

// How well words must fit an order to mean it, and what share of the best fit means as much.
const (
	meansOrder = 0.3
	asMuch     = 0.9
	knownShare = 0.9 // of words that only the order's service knows
)

// meant finds which of the conversation's living orders the words mean: without words all those of the latest errand. An
// open turn that is meant comes back by its id.
func (ix *index) meant(earlier []assist.Earlier, words string) (orders []string, turn string) {
	if words = ix.knownWords(words); lexicon.Runes(words) < 2 && lexicon.Concept(words) == "" {
		words = ""
	}
	var best []candidate
	for _, c := range slices.Backward(ix.living(earlier)) {
		c.score = 1
		if words != "" {
			c.score = ix.speaksOf(c, words)
		}
		switch {
		case c.score < meansOrder || len(best) > 0 && c.score < asMuch*best[0].score:
		case words == "" && len(best) > 0 && c.turn != best[0].turn:
		case len(best) > 0 && asMuch*c.score > best[0].score:
			best = []candidate{c}
		default:
			best = append(best, c)
		}
	}
	for _, c := range best {
		if c.open {
			return nil, best[0].turn
		}
		orders = append(orders, c.order)
	}
	return orders, ""
}

// living lists the conversation's open turns and the orders that stand.
func (ix *index) living(earlier []assist.Earlier) []candidate {
	var out []candidate
	for _, e := range earlier {
		if e.Past {
			continue
		}
		if e.Open {
			c := candidate{turn: e.Turn, open: true, texts: []string{e.Text}}
			for _, g := range e.Goals {
				c.texts = append(c.texts, g.Text, ix.aboutService(g.Service))
			}
			out = append(out, c)
		}
		for _, p := range e.Placed {
			if !p.Alive {
				continue
			}
			c := candidate{order: p.Order, turn: e.Turn, texts: slices.Clone(p.Says)}
			for _, g := range e.Goals {
				if g.ID == wholeGoal(p.Goal) {
					c.texts = append(c.texts, g.Text, ix.aboutService(g.Service))
				}
			}
			out = append(out, c)
		}
	}
	return out
}

// wholeGoal is the goal that an order's goal is part of: things that a service takes one at a time are orders of their own.
func wholeGoal(id string) string {
	id, _, _ = strings.Cut(id, ".")
	return id
}

func (ix *index) aboutService(id string) string {
	for _, s := range ix.services {
		if s.ID == id {
			return "\x00" + id
		}
	}
	return ""
}

// speaksOf is how well words fit an order: said of it, like it, or known to its service.
func (ix *index) speaksOf(c candidate, words string) float64 {
	best := 0.0
	for _, t := range c.texts {
		if id, ok := strings.CutPrefix(t, "\x00"); ok {
			best = max(best, knownShare*ix.knownBy(id, words))
			continue
		}
		if t != "" && lexicon.Mentions(t, words) {
			return 1
		}
		best = max(best, lexicon.Likeness(words, t))
	}
	return best
}

// knownBy is the share of the words that a service speaks of.
func (ix *index) knownBy(id, words string) float64 {
	best := 0.0
	w := ix.wants(words)
	for i, s := range ix.services {
		if s.ID == id {
			best = max(best, ix.score(i, w).cover)
		}
	}
	return best
}

// knownWords keeps the words that any service knows or that name a thing in general: others cannot tell orders apart.
func (ix *index) knownWords(words string) string {
	var keep []string
	for _, w := range strings.Fields(words) {
		for f := range lexicon.Features(w) {
			if ix.having(f) > 0 || strings.HasPrefix(f, "c:") && !generic(f) {
				keep = append(keep, w)
				break
			}
		}
	}
	return strings.Join(keep, " ")
}
