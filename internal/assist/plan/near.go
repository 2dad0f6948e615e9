package plan

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// Barred is why the very thing that was asked for cannot be had. The zero value: nothing like it is there.
type Barred struct {
	Why   string   // BarredOut, BarredDear
	Title string   // of the thing
	Names []string // its titles in other languages
}

// Why a thing cannot be had.
const (
	BarredOut  = "out"  // sold out, closed
	BarredDear = "dear" // above the most that may be spent
)

// barredFrom tells that what was asked for is in the list and cannot be had, so that nothing else is taken for it silently.
func barredFrom(list []any, fit []scored, p Pick) (Barred, bool) {
	if p.Query == "" || p.Soft {
		return dearest(list, fit, p)
	}
	best := -1.0
	if len(fit) > 0 {
		best = max(fit[0].like, exactly-1e-6) // beside things that fit, only one of exactly this name counts
	}
	var found Barred
	for _, e := range list {
		why := barring(e, p)
		if like := likeness(p.Query, e); why != "" && like >= needed(p) && like > best {
			found, best = Barred{why, TitleOf(e), TitlesOf(e)}, like
		}
	}
	return found, found.Why != ""
}

// dearest tells that only the price keeps a list without words from fitting.
func dearest(list []any, fit []scored, p Pick) (Barred, bool) {
	if len(fit) > 0 || p.Max == nil || len(list) == 0 {
		return Barred{}, false
	}
	p.Max, p.Query = nil, ""
	if rest := candidates(list, p); len(rest) > 0 {
		e := list[rest[0].index]
		return Barred{BarredDear, TitleOf(e), TitlesOf(e)}, true
	}
	return Barred{}, false
}

func barring(e any, p Pick) string {
	switch price, ok := priceOf(e); {
	case avoided(e, p.Avoid):
		return ""
	case unavailable(e):
		return BarredOut
	case ok && p.Max != nil && price > p.Max.Minor:
		return BarredDear
	}
	return ""
}

// near lists what can be had and comes nearest to what was asked for, without a threshold: the person judges. Of things
// that are equally like it, what is within the limit and cheaper comes first.
func near(list []any, p Pick, rest []string) []Candidate {
	var all []scored
	for i, e := range list {
		v, ok := dig(e, rest)
		if !ok || v == nil || TitleOf(e) == "" || unavailable(e) || avoided(e, p.Avoid) {
			continue
		}
		s := scored{index: i}
		s.price, s.hasFee = priceOf(e)
		if p.Query != "" {
			s.like = likeness(p.Query, e)
		}
		all = append(all, s)
	}
	over := func(s scored) int {
		if p.Max != nil && s.hasFee && s.price > p.Max.Minor {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(over(a), over(b)), cmp.Compare(b.like, a.like), cmp.Compare(a.price, b.price))
	})
	return cards(list, all, rest)
}

// Alternatives lists what else a list offers in place of the element with the value not, nearest to it first.
func Alternatives(list []any, p Pick, rest []string, not any) []Candidate {
	if len(list) > MaxElements {
		list = list[:MaxElements]
	}
	for _, e := range list {
		if v, ok := dig(e, rest); ok && equal(v, not) {
			p.Query = strings.TrimSpace(TitleOf(e) + " " + p.Query)
		}
	}
	others := make([]any, 0, len(list))
	for _, e := range list {
		if v, ok := dig(e, rest); ok && !equal(v, not) {
			others = append(others, e)
		}
	}
	return near(others, p, rest)
}

// Others lists what a step's result offers in the place of the element that a reference to it was resolved to.
func Others(result json.RawMessage, ref Ref, not any) []Candidate {
	var v any
	if json.Unmarshal(result, &v) != nil {
		return nil
	}
	path := ref.Path
	if len(path) > 0 && path[0] == "**" {
		v, path = deepest(v, path[1:])
	}
	for i, name := range path {
		if name == "*" {
			list, _ := v.([]any)
			p := Pick{}
			if ref.Pick != nil {
				p = *ref.Pick
			}
			return Alternatives(list, p, path[i+1:], not)
		}
		m, _ := v.(map[string]any)
		v = m[name]
	}
	return nil
}

// HasPrice tells whether an element states a price.
func HasPrice(e any) bool { _, ok := priceOf(e); return ok }

// PriceOf reads the price of an element of a list, in minor units.
func PriceOf(element json.RawMessage) (int64, bool) {
	var e any
	if json.Unmarshal(element, &e) != nil {
		return 0, false
	}
	return priceOf(e)
}
