package plan

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// Thresholds of an element that the person named.
const (
	namedEnough  = 0.6  // share of what tells its name apart that was said
	namedClose   = 0.05 // share of the best below which another one is named less
	maxNameRunes = 40   // a longer name is a text
	maxListed    = 60   // elements of a nested list that are looked at
)

// mention is how far the person's words name an element: the share of its name that was said, and how much that tells.
type mention struct {
	index int
	share float64
	mass  float64
}

// named narrows what fits to the elements that the person's own words name, wherever those stand: by the parts of their
// names that tell them apart from the rest of the list ("协和" of "北京协和医院" among hospitals), or by an element of a list
// inside them. Where nothing is named, or a name was said exactly, what fits stays.
func named(list []any, fit []scored, p Pick) []scored {
	if p.Said == "" || len(fit) == 1 || len(fit) > 0 && p.Query != "" && fit[0].like >= exactly {
		return fit
	}
	said := saidFeatures(p.Said)
	ms := mentions(list, said, p.Said)
	ms = slices.DeleteFunc(ms, func(m mention) bool { return m.share < namedEnough })
	if len(ms) == 0 {
		return fit
	}
	slices.SortStableFunc(ms, func(a, b mention) int { return cmp.Compare(b.mass, a.mass) })
	var out []scored
	for _, m := range ms {
		if m.mass < ms[0].mass*(1-namedClose) {
			break
		}
		s := scored{index: m.index, like: 1}
		s.price, s.hasFee = priceOf(list[m.index])
		if !unavailable(list[m.index]) && !avoided(list[m.index], p.Avoid) && (p.Max == nil || !s.hasFee || s.price <= p.Max.Minor) {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return fit
	}
	return out
}

// nameOf is the title of an element, else the number that it goes by.
func nameOf(e any) string {
	if t := TitleOf(e); t != "" {
		return t
	}
	m, _ := e.(map[string]any)
	for _, k := range sortedKeys(m) {
		low := strings.ToLower(k)
		if v, ok := m[k].(string); ok && (strings.HasSuffix(low, "no") || strings.HasSuffix(low, "number") || strings.HasSuffix(low, "code")) {
			return v
		}
	}
	return ""
}

func saidFeatures(said string) map[string]float64 {
	out := lexicon.Features(said)
	for f := range out {
		if strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) < 2 {
			delete(out, f)
		}
	}
	return out
}

// mentions scores all elements of a list.
func mentions(list []any, said map[string]float64, words string) []mention {
	out := make([]mention, len(list))
	own := make([]any, len(list))
	copy(own, list)
	for i, m := range mentionsOf(own, said) {
		m.index = i
		if found, applies := numbered(nameOf(list[i]), lexicon.Fold(words)); applies {
			m.share, m.mass = 0, 0
			if found {
				m.share, m.mass = 1, 1
			}
		}
		if namesInCharacters(words, list[i]) {
			m.share, m.mass = 0, 0
		}
		if inner := mentionInside(list[i], said); inner.share >= namedEnough {
			m.share = max(m.share, inner.share)
			m.mass += inner.mass
		}
		out[i] = m
	}
	return out
}

// mentionInside is the best mention among the lists inside an element.
func mentionInside(e any, said map[string]float64) mention {
	m, _ := e.(map[string]any)
	best := mention{}
	for _, k := range sortedKeys(m) {
		inner, ok := m[k].([]any)
		if !ok || len(inner) == 0 || len(inner) > maxListed {
			continue
		}
		for _, x := range mentionsOf(inner, said) {
			if x.share >= namedEnough && x.mass > best.mass {
				best = x
			}
		}
	}
	return best
}

func mentionsOf(list []any, said map[string]float64) []mention {
	names := make([][]map[string]float64, len(list))
	df := map[string]int{}
	for i, e := range list {
		seen := map[string]bool{}
		var called []string
		for _, name := range append([]string{nameOf(e)}, NamesOf(e)...) {
			called = append(called, name)
		}
		for _, name := range called {
			if name == "" || lexicon.Runes(name) > maxNameRunes {
				continue
			}
			fs := nameFeatures(name, said)
			names[i] = append(names[i], fs)
			for f := range fs {
				if !seen[f] {
					seen[f] = true
					df[f]++
				}
			}
		}
	}
	out := make([]mention, len(list))
	for i := range list {
		for _, fs := range names[i] {
			if m := mentionOf(fs, df, len(list)); m.share > out[i].share || m.share == out[i].share && m.mass > out[i].mass {
				out[i] = m
			}
		}
		out[i].index = i
	}
	return out
}

// nameFeatures are what a name is made of, each with how far it was said.
func nameFeatures(name string, said map[string]float64) map[string]float64 {
	fs := lexicon.Features(name)
	met := lexicon.Carry(name, said)
	out := map[string]float64{}
	for f := range fs {
		if strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) < 2 && len(fs) > 1 {
			continue
		}
		out[f] = 0
		if _, ok := said[f]; ok {
			out[f] = 1
		} else if v, ok := met[f]; ok {
			out[f] = v
		}
	}
	return out
}

func mentionOf(fs map[string]float64, df map[string]int, n int) mention {
	var total, hit float64
	for _, f := range sortedKeys(fs) {
		idf := math.Log(float64(1+n) / float64(df[f]))
		total += idf
		hit += idf * fs[f]
	}
	if total == 0 {
		return mention{}
	}
	return mention{share: hit / total, mass: hit}
}
