package plan

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// Bounds and thresholds of choosing from a list.
const (
	MaxElements   = 2000 // elements looked at
	MaxCandidates = 5    // on a choice card
	likeEnough    = 0.45 // below it an element is not what was asked for
	plainlyLike   = 0.8  // the same in a list that is wider than what was asked for
	closeCall     = 0.04 // two elements nearer than this are equally good
)

// Choice is the outcome of Choose: Index ≥ 0 with Why, or Close candidates, or neither (nothing fits). Where nothing
// fits, Barred tells why what was asked for cannot be had, and Near lists what comes nearest to it.
type Choice struct {
	Index  int
	Why    Reason
	Close  []Candidate
	Barred Barred
	Near   []Candidate
}

type scored struct {
	index  int
	like   float64
	price  int64
	hasFee bool
}

// Choose picks an element: by the person's own choice, by position, by likeness to the words, then by price,
// distance or rating as preferred; elements that are sold out, too dear or to be avoided are left aside.
// rest is the path from an element to the value that will be used. Deterministic: equal inputs, equal choice.
func Choose(list []any, p Pick, rest []string) Choice {
	if len(list) > MaxElements {
		list = list[:MaxElements]
	}
	c := choose(list, p, rest)
	if c.Index < 0 && len(c.Close) == 0 && !p.Spare {
		c.Near = near(list, p, rest)
	}
	return c
}

func choose(list []any, p Pick, rest []string) Choice {
	if p.Chosen != nil {
		return chosen(list, p, rest)
	}
	if p.Index < 0 {
		p.Index = len(list)
	}
	if p.Index > 0 {
		if p.Index > len(list) {
			return Choice{Index: -1}
		}
		return Choice{Index: p.Index - 1, Why: Reason{Key: WhyIndex, N: p.Index, Of: len(list)}}
	}
	fit := candidates(list, p)
	if barred, ok := barredFrom(list, fit, p); ok {
		return Choice{Index: -1, Barred: barred}
	}
	kind := false
	if len(fit) == 0 && p.Soft {
		p.Query = ""
		fit = candidates(list, p)
		kind = p.Ranked && p.Prefer == "" && p.At == ""
	}
	if !p.Loose || len(fit) > 0 { // in a list wider than what was asked for, half a name names nothing
		fit = byNumbers(list, named(list, byAttributes(list, fit, p), p), p)
	}
	at, fit, decided := timed(list, fit, p, rest)
	if decided {
		return at
	}
	if kind && len(fit) > 0 {
		return Choice{Index: fit[0].index, Why: Reason{Key: WhyKind, Of: len(fit)}}
	}
	if len(fit) == 0 && p.Ranked && (!p.Nearby || measuredList(list)) {
		p.Query = ""
		if fit = candidates(list, p); len(fit) > 0 {
			return Choice{Index: fit[0].index, Why: Reason{Key: WhySearch, Of: len(list)}}
		}
	}
	if len(fit) == 0 && p.Sought && !p.Loose {
		return found(list, p, rest)
	}
	return among(list, fit, p, rest)
}

// found chooses from what a shop's own search for the words found under other names: the only one, else the person chooses.
func found(list []any, p Pick, rest []string) Choice {
	asked := p.Query
	p.Query = ""
	fit := candidates(list, p)
	switch {
	case len(fit) == 1 && len(list) == 1 && partlyNamed(asked, list[0]):
		return Choice{Index: -1} // it was found by a word beside what was meant
	case len(fit) == 1 && len(list) == 1:
		return Choice{Index: fit[0].index, Why: Reason{Key: WhySearch, Of: 1}}
	case len(fit) > 1 && p.Prefer == "":
		return Choice{Index: -1, Close: cards(list, fit, rest)}
	case len(fit) > 1:
		return preferred(list, fit, p)
	}
	return Choice{Index: -1}
}

// partlyNamed tells that an element says some of the words that were asked for and not most of them: a search that takes
// any word found it by one that is not the thing (a gift box, of a book that is to be gift-wrapped). What a shop calls
// otherwise altogether has none of them.
func partlyNamed(asked string, e any) bool {
	has := lexicon.Features(strings.Join(append(textsOf(e), TitleOf(e)), " , "))
	some, all := 0, 0
	for f := range lexicon.Features(asked) {
		if strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) < 2 || digits(f) {
			continue
		}
		all++
		if _, ok := has[f]; ok {
			some++
		}
	}
	return some > 0 && some*2 < all
}

// measuredList tells that a list says how far its elements are: it answers "near …".
func measuredList(list []any) bool {
	if len(list) == 0 {
		return false
	}
	_, ok := number(list[0], distanceKeys)
	return ok
}

// among chooses from the elements that fit.
func among(list []any, fit []scored, p Pick, rest []string) Choice {
	switch {
	case len(fit) == 0 || p.Nth > len(fit):
		return Choice{Index: -1}
	case p.Nth > 0:
		slices.SortStableFunc(fit, func(a, b scored) int { return cmp.Compare(a.index, b.index) })
		return Choice{Index: fit[p.Nth-1].index, Why: Reason{Key: WhyIndex, N: p.Nth, Of: len(fit)}}
	case len(fit) == 1:
		return Choice{Index: fit[0].index, Why: Reason{Key: WhyOnly, Of: len(list), Words: p.Query}}
	case p.Spare && p.Query == "" && p.Prefer == "" && p.At == "" && p.Within == nil && len(fit) == len(candidates(list, p)):
		return Choice{Index: -1}
	case p.Query == "" && p.Ask && p.Prefer == "":
		return Choice{Index: -1, Close: cards(list, fit, rest)}
	case p.Query == "" || p.Prefer != "":
		return preferred(list, fit, p)
	}
	best := fit[0]
	var ties []scored
	for _, f := range fit {
		if best.like-f.like < closeCall {
			ties = append(ties, f)
		}
	}
	if len(ties) == 1 || best.like >= exactly || p.Ranked || sameTitle(list, ties) {
		return Choice{Index: best.index, Why: Reason{Key: WhyLike, Of: len(list), Words: p.Query}}
	}
	return Choice{Index: -1, Close: cards(list, ties, rest)}
}

// exactly is the likeness of an element whose name is what was said.
const exactly = 0.999

func chosen(list []any, p Pick, rest []string) Choice {
	for i, e := range list {
		if v, ok := dig(e, rest); ok && fmt.Sprint(v) == fmt.Sprint(p.Chosen) {
			return Choice{Index: i, Why: Reason{Key: WhyChosen}}
		}
	}
	return Choice{Index: -1}
}

func candidates(list []any, p Pick) []scored {
	var fit []scored
	for i, e := range list {
		s := scored{index: i, like: 1}
		s.price, s.hasFee = priceOf(e)
		if unavailable(e) || avoided(e, p.Avoid) || (p.Max != nil && s.hasFee && s.price > p.Max.Minor) {
			continue
		}
		if p.Query != "" {
			if s.like = likeness(p.Query, e); s.like < needed(p) {
				continue
			}
		}
		fit = append(fit, s)
	}
	slices.SortStableFunc(fit, func(a, b scored) int { return cmp.Compare(b.like, a.like) })
	return fit
}

// needed is the likeness from which an element is taken for what was asked for.
func needed(p Pick) float64 {
	if p.Loose {
		return plainlyLike
	}
	return likeEnough
}

func preferred(list []any, fit []scored, p Pick) Choice {
	if p.Prefer == "first" {
		return Choice{Index: fit[0].index, Why: Reason{Key: WhyFirst}}
	}
	for _, rule := range []struct {
		prefer string
		keys   []string
		sign   float64
	}{
		{WhyNearest, distanceKeys, 1},
		{WhyBest, ratingKeys, -1},
		{WhyFastest, soonKeys, 1},
		{WhyCheapest, nil, 1},
	} {
		if p.Prefer != rule.prefer && p.Prefer != "" {
			continue
		}
		if p.Prefer == "" && rule.prefer != WhyNearest && rule.prefer != WhyCheapest {
			continue
		}
		if i, ok := least(list, fit, rule.keys, rule.sign); ok {
			return Choice{Index: i, Why: Reason{Key: rule.prefer, Of: len(fit)}}
		}
	}
	return Choice{Index: fit[0].index, Why: Reason{Key: WhyFirst, Of: len(fit)}}
}

func least(list []any, fit []scored, keys []string, sign float64) (int, bool) {
	best, value := -1, math.Inf(1)
	for _, f := range fit {
		n, ok := float64(f.price), f.hasFee
		if keys != nil {
			n, ok = number(list[f.index], keys)
		}
		if ok && n*sign < value {
			best, value = f.index, n*sign
		}
	}
	return best, best >= 0
}

func sameTitle(list []any, ties []scored) bool {
	for _, t := range ties[1:] {
		if TitleOf(list[t.index]) != TitleOf(list[ties[0].index]) {
			return false
		}
	}
	return true
}

func avoided(e any, words []string) bool {
	for _, w := range words {
		if strings.Contains(strings.ToLower(TitleOf(e)), strings.ToLower(w)) || likeness(w, e) >= avoidLike {
			return true
		}
	}
	return false
}

// avoidLike is the likeness from which an element is what must not be taken.
const avoidLike = 0.7

// likeness of words to an element: its name counts most, then its other texts at three quarters.
func likeness(query string, e any) float64 {
	best := 0.0
	for _, name := range append([]string{TitleOf(e)}, NamesOf(e)...) {
		if !aCharacterOnly(query, name) {
			best = max(best, lexicon.Likeness(query, name))
		}
	}
	for _, other := range textsOf(e) {
		if !aCharacterOnly(query, other) {
			best = max(best, 0.75*lexicon.Likeness(query, other))
		}
		if lexicon.Mentions(other, query) {
			best = max(best, 0.6)
		}
	}
	if best < allSaid && severalWords(query) && lexicon.Mentions(strings.Join(append(textsOf(e), TitleOf(e)), " , "), query) {
		best = allSaid
	}
	return best
}

// allSaid is the likeness of an element that has every one of several words somewhere: an author and a title.
const allSaid = 0.85

func severalWords(query string) bool { return len(partsOf(query)) > 1 }
