package shelf

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// how plainly words say a value.
type how int

const (
	byName    how = iota // by words that are its own
	byShort              // by these without the noun that several values share: caramel for caramel syrup
	byConcept            // by a word that means the same
)

// sense is a value that words may say.
type sense struct {
	kind, slot, value int
	how               how
}

// dictionary is what the words of a shelf mean.
type dictionary struct {
	senses   map[string][]sense
	concepts map[string][]sense
	extras   map[string][]sense // what the name of a thing may be as an extra of another: espresso, of an espresso shot
	nouns    map[string][]int   // general words for a kind
	vocab    map[string]bool
	same     map[string]string // spellings of the same word
	generic  map[string]bool   // names of things that end longer names of other things
	longest  int
}

// learn makes the dictionary of a shelf.
func learn(kinds []Kind) dictionary {
	d := dictionary{senses: map[string][]sense{}, concepts: map[string][]sense{}, extras: map[string][]sense{}, nouns: map[string][]int{},
		vocab: map[string]bool{}, same: map[string]string{}, generic: map[string]bool{}}
	each(kinds, func(_ sense, v Value) { d.spellings(v) })
	for k, kind := range kinds {
		for i, s := range kind.Slots {
			d.slot(k, i, s)
		}
		for _, noun := range kind.Nouns {
			if ts := d.tokens(noun); len(ts) > 0 {
				d.nouns[keyOf(ts)] = append(d.nouns[keyOf(ts)], k)
			}
		}
	}
	d.meanings(kinds)
	d.within(kinds)
	return d
}

// each visits all values.
func each(kinds []Kind, visit func(sense, Value)) {
	for k, kind := range kinds {
		for i, s := range kind.Slots {
			for n, v := range s.Values {
				visit(sense{kind: k, slot: i, value: n}, v)
			}
		}
	}
}

// spellings notes that words of one value which differ by a letter are the same word, wherever they stand.
func (d *dictionary) spellings(v Value) {
	var singles []string
	for _, w := range v.Words {
		ts := tokenize(lexicon.Fold(w))
		if len(ts) != 1 || len(ts[0].key) < minTypo || lexicon.HasHan(w) {
			continue
		}
		key := ts[0].key
		if _, done := d.same[key]; done || slices.Contains(singles, key) {
			continue
		}
		for _, other := range singles {
			if lexicon.OneOff(key, other) {
				d.same[key] = d.canonical(other)
				break
			}
		}
		singles = append(singles, key)
	}
}

func (d *dictionary) canonical(key string) string {
	if c, ok := d.same[key]; ok {
		return c
	}
	return key
}

// tokens cuts words as they are looked up.
func (d *dictionary) tokens(words string) []token {
	ts := slices.DeleteFunc(tokenize(lexicon.Fold(words)), func(t token) bool { return t.stop })
	for i := range ts {
		ts[i].key = d.canonical(ts[i].key)
		d.vocab[ts[i].key] = true
	}
	d.longest = max(d.longest, len(ts))
	return ts
}

// slot learns the words of a slot, and the shorter forms of those whose last noun several values share.
func (d *dictionary) slot(k, i int, s Slot) {
	shared := sharedNouns(d, s)
	short := make([]map[string]bool, len(s.Values))
	owner := map[string]int{}
	for n, v := range s.Values {
		short[n] = map[string]bool{}
		bare := slices.ContainsFunc(v.Words, func(w string) bool { return shared[keyOf(d.tokens(w))] })
		for at, w := range v.Words {
			ts := d.tokens(w)
			owner[keyOf(ts)] = n
			if rest := withoutNoun(ts, shared); rest != "" && (at == 0 || !bare) {
				short[n][rest] = true
			}
		}
	}
	for n, v := range s.Values {
		for at, w := range v.Words {
			key, by := keyOf(d.tokens(w)), byName
			if at > 0 && short[n][key] {
				by = byShort
			}
			d.add(key, sense{kind: k, slot: i, value: n, how: by})
		}
		for key := range short[n] {
			if o, taken := owner[key]; !taken || o == n {
				d.add(key, sense{kind: k, slot: i, value: n, how: byShort})
			}
		}
	}
	if s.Role == Head {
		for noun := range shared {
			d.generic[noun] = true
		}
	}
}

func (d *dictionary) add(key string, s sense) {
	if key == "" {
		return
	}
	for _, old := range d.senses[key] {
		if old.kind == s.kind && old.slot == s.slot && old.value == s.value {
			return
		}
	}
	d.senses[key] = append(d.senses[key], s)
}

// sharedNouns are the last words of the names of several values.
func sharedNouns(d *dictionary, s Slot) map[string]bool {
	owners := map[string]map[int]bool{}
	for n, v := range s.Values {
		for _, w := range v.Words {
			for _, end := range endings(d.tokens(w)) {
				if owners[end] == nil {
					owners[end] = map[int]bool{}
				}
				owners[end][n] = true
			}
		}
	}
	out := map[string]bool{}
	for end, of := range owners {
		if len(of) > 1 {
			out[end] = true
		}
	}
	return out
}

// endings are the nouns that a name may end in: its last Latin word, or its last two or three characters.
func endings(ts []token) []string {
	last := len(ts) - 1
	if last < 1 {
		return nil
	}
	if !lexicon.HasHan(ts[last].key) {
		return []string{ts[last].key}
	}
	var out []string
	for n := 2; n <= 3 && n < len(ts); n++ {
		out = append(out, keyOf(ts[len(ts)-n:]))
	}
	return out
}

func withoutNoun(ts []token, shared map[string]bool) string {
	key := keyOf(ts)
	for _, end := range slices.Backward(endings(ts)) {
		if rest := strings.TrimSuffix(key, end); shared[end] && utf8.RuneCountInString(rest) > 1 {
			return rest
		}
	}
	return ""
}

// meanings learns the concepts of values, where one value of a slot alone has it.
func (d *dictionary) meanings(kinds []Kind) {
	type place struct {
		kind, slot int
		concept    string
	}
	owner := map[place]map[int]bool{}
	each(kinds, func(s sense, v Value) {
		for _, w := range v.Words {
			c := lexicon.Concept(w)
			if c == "" || strings.HasPrefix(c, "v.") || c == "none" {
				continue
			}
			p := place{s.kind, s.slot, c}
			if owner[p] == nil {
				owner[p] = map[int]bool{}
			}
			owner[p][s.value] = true
		}
	})
	for p, values := range owner {
		for v := range values {
			if len(values) == 1 {
				d.concepts[p.concept] = append(d.concepts[p.concept], sense{kind: p.kind, slot: p.slot, value: v, how: byConcept})
			}
		}
	}
	for _, ss := range d.concepts {
		slices.SortFunc(ss, bySlot)
	}
}

func bySlot(a, b sense) int {
	if a.kind != b.kind {
		return a.kind - b.kind
	}
	return a.slot - b.slot
}

// within learns which extras the name of a thing is a part of.
func (d *dictionary) within(kinds []Kind) {
	each(kinds, func(h sense, hv Value) {
		if kinds[h.kind].Slots[h.slot].Role != Head {
			return
		}
		for _, hw := range hv.Words {
			name := d.tokens(hw)
			each(kinds, func(e sense, ev Value) {
				role := kinds[e.kind].Slots[e.slot].Role
				if role != Number && role != Many {
					return
				}
				if slices.ContainsFunc(ev.Words, func(w string) bool { return holds(d.tokens(w), name) }) && !slices.Contains(d.extras[keyOf(name)], e) {
					d.extras[keyOf(name)] = append(d.extras[keyOf(name)], e)
				}
			})
		}
	})
}

// holds tells that words hold others, beside words of their own.
func holds(ts, part []token) bool {
	if len(part) == 0 || len(ts) <= len(part) {
		return false
	}
	for i := 0; i+len(part) <= len(ts); i++ {
		if keyOf(ts[i:i+len(part)]) == keyOf(part) {
			return true
		}
	}
	return false
}
