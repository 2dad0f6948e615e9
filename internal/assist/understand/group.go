package understand

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// goals groups the pieces: a piece opens a goal only when it asks for something of its own; what only says why, which,
// when, where or how belongs to the goal beside it. Then every goal's service is the one that fits all its words.
func (ix *index) goals(text string) []*goal {
	var out []*goal
	for _, p := range ix.piecesWithFacts(text) {
		ms := p.facts.taken(ix, p.text, ix.best(p.text))
		asked := ix.requests(p.text)
		last := len(out) - 1
		if last >= 0 && (saysHow(p.text) || ix.goesOn(out[last], p, ms, asked)) {
			g := out[last]
			g.pieces, g.asked = append(g.pieces, p), g.asked || asked
			continue
		}
		g := &goal{pieces: []piece{p}, service: -1, asked: asked}
		g.take(ms)
		out = append(out, g)
	}
	if len(out) == 1 && out[0].service < 0 {
		return []*goal{ix.whole(out[0].pieces)}
	}
	for _, g := range out {
		if len(g.pieces) > 1 {
			ix.settle(g)
		}
	}
	return out
}

// How well the goal's service must fit a further piece, as a share of the service that fits it best, for the piece to go
// on with the goal; and how well another service must fit a piece without a verb of its own for it to be a goal of its own.
const (
	goesOnFree  = 0.3 // without a verb of its own
	goesOnJoin  = 0.6
	goesOnSplit = 0.6
	goesOnVerb  = 0.8
	opensGoal   = 3.0
)

// goesOn tells that a piece, which asks for something or does not, belongs to the goal before it.
func (ix *index) goesOn(g *goal, p piece, ms []match, asked bool) bool {
	switch {
	case len(ms) == 0:
		return !errand(p.text)
	case p.by == bySplit:
	case !asked:
		return true
	case !g.asked && (!g.match.namesTrade() || ix.shareOf(ms, g.service) >= goesOnFree):
		return true
	}
	if g.service < 0 {
		return !verbed(p.text) && ms[0].rank() < opensGoal
	}
	share := ix.shareOf(ms, g.service)
	switch {
	case p.by == byJoin:
		if !verbed(p.text) && ms[0].rank() < opensGoal && searchedByWords(ix.openService(g.service)) {
			return true // what it has by that name only its search tells
		}
		return share >= goesOnJoin || share > 0 && !verbed(p.text) && ms[0].rank() < opensGoal
	case verbed(p.text):
		return share >= goesOnVerb
	case p.by == bySplit:
		return share >= goesOnSplit
	}
	return share >= goesOnFree || ms[0].rank() < opensGoal
}

// refersBack are words that stand for what was said before.
var refersBack = regexp.MustCompile(`\b(?:it|them|him|her|they)\b|[他她它]`)

// requests tells that a piece asks for something of its own: a thing that is counted, or one that something is to be done to.
func (ix *index) requests(s string) bool {
	if !ix.namesThing(s) {
		return false
	}
	return errand(s) || verbed(s) && !refersBack.MatchString(s) || counts(s)
}

// namesThing tells that a piece names anything that some service or some trade knows.
func (ix *index) namesThing(s string) bool {
	told := telling(s)
	for f := range lexicon.Features(told) {
		if ix.having(f) > 0 && !generic(f) && !lexicon.Light(f) && !acts[f] && !whom[f] && !number(f) && (!strings.HasPrefix(f, "h:") || lexicon.Runes(f[2:]) > 1) && !isOption(strings.TrimPrefix(f, "c:")) {
			return true
		}
	}
	return slices.ContainsFunc(lexicon.TradeWords(told), func(w lexicon.TradeWord) bool {
		return !w.Act() && lexicon.Runes(w.Text) > 1
	})
}

// whom are the concepts of people that something is for: they are counted, but not wanted.
var whom = map[string]bool{"c:person": true, "c:kids": true, "c:adult": true, "c:elderly": true, "c:student": true, "c:passenger": true, "w:passenger": true, "w:guest": true}

// counts tells that a piece counts things and does not only say how they should be.
func counts(s string) bool {
	s = withoutTimes(s, time.Time{})
	for _, n := range lexicon.Numbers(s) {
		if lexicon.IsCount(s, n) && !onlyOptions(s[n.End:]) {
			return true
		}
	}
	return false
}

// settle chooses the service by all of a goal's words.
func (ix *index) settle(g *goal) { g.take(ix.ranked(g.pieces)) }

// ranked are the services that fit some pieces, best first.
func (ix *index) ranked(ps []piece) []match {
	text := joined(ps)
	return ps[0].facts.taken(ix, text, ix.best(text))
}

// verbed tells that a piece has a verb of its own that asks for something to be done; 要, 来 and the like may as well go
// on with what was asked for.
func verbed(s string) bool {
	for _, t := range lexicon.Tokens(blank("polite", s)) {
		switch {
		case !strings.HasPrefix(t.Concept, "v.") || t.Concept == "v.search" || t.Concept == "v.deliver" || t.Concept == "v.pickup":
		case t.Concept == "v.order" && (lexicon.Runes(t.Text) == 1 || t.Text == "want" || t.Text == "get"):
		default:
			return true
		}
	}
	return false
}

// asksFor are the polite openings that stand for a verb.
var asksFor = regexp.MustCompile(`\b(?:get me|give me|i want|i need|i'd like|let me have)\b|给我|我要|我想`)

// errand tells that a piece asks for a thing of its own: an order verb and a counted or named thing, not only options.
func errand(s string) bool {
	verb := slices.ContainsFunc(lexicon.Tokens(blank("polite", s)), func(t lexicon.Token) bool {
		return t.Concept == "v.order" || t.Concept == "v.reserve" || t.Concept == "v.send" || t.Concept == "v.pay"
	})
	if !verb && !asksFor.MatchString(lexicon.Fold(s)) {
		return false
	}
	return counts(s) || countsOne(s)
}

// countsOne tells that a verb is followed by a measure word at once, before the thing: one of it, without saying so (叫辆车).
func countsOne(s string) bool {
	ts := lexicon.Tokens(s)
	for i := range len(ts) - 2 {
		verb, measure, thing := ts[i], ts[i+1], ts[i+2]
		if strings.HasPrefix(verb.Concept, "v.") && verb.End == measure.Start && measure.End == thing.Start && measure.Han && lexicon.IsMeasure(measure.Text) && !generic("c:"+thing.Concept) {
			return true
		}
	}
	return false
}

// whole tries all pieces together before giving up.
func (ix *index) whole(ps []piece) *goal {
	g := &goal{pieces: ps, service: -1}
	ms := ix.best(joined(ps))
	if len(ms) == 0 {
		ms = ix.byNumber(ps)
	}
	g.take(ms)
	return g
}

// maxShown is how many services an explanation compares.
const maxShown = 5

// rivalShare is the share of the best score from which another service is a good second reading.
const rivalShare = 0.92

func near(ms []match) []match {
	var out []match
	for _, m := range ms[1:] {
		if m.rank() >= rivalShare*ms[0].rank() {
			out = append(out, m)
		}
	}
	return out
}
