package shelf

import (
	"slices"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// mark is a piece of a text that is read as one: words of the shelf, a number, a general word, a stop, or any other word.
type mark struct {
	key    string
	senses []sense
	nouns  []int // the kinds that it is a general word for
	words  []wordKind
	number int
	han    bool
	stop   bool
}

func (m mark) is(k wordKind) bool { return slices.Contains(m.words, k) }

// plain tells that a mark is any other word.
func (m mark) plain() bool {
	return len(m.senses) == 0 && len(m.nouns) == 0 && len(m.words) == 0 && m.number == 0 && !m.stop
}

// minTypo is how long a word is at least for it to be read as another one with a slip in it.
const minTypo = 5

// scanner cuts a text into marks.
type scanner struct {
	d        dictionary
	ts       []token
	numbers  map[int]lexicon.Number // by where they start
	concepts map[int]lexicon.Token
}

// marks cuts a text into marks: the longest words first; of equally long ones those of the shelf before numbers before general ones.
func (s *Shelf) marks(text string) []mark {
	folded := lexicon.Fold(text)
	sc := &scanner{d: s.dict, ts: tokenize(folded), numbers: map[int]lexicon.Number{}, concepts: map[int]lexicon.Token{}}
	for i := range sc.ts {
		sc.ts[i].key = sc.spelled(sc.ts[i])
	}
	for _, n := range lexicon.Numbers(folded) {
		if lexicon.IsCount(folded, n) {
			sc.numbers[n.Start] = n
		}
	}
	for _, t := range lexicon.Tokens(folded) {
		if t.Concept != "" {
			sc.concepts[t.Start] = t
		}
	}
	var out []mark
	for i := 0; i < len(sc.ts); {
		m, n := sc.at(i)
		out = append(out, m)
		i += n
	}
	return out
}

// spelled is a word as the shelf spells it.
func (sc *scanner) spelled(t token) string {
	key := sc.d.canonical(t.key)
	if t.stop || sc.d.vocab[key] || len(key) < minTypo || lexicon.HasHan(key) || len(general()[key]) > 0 {
		return key
	}
	near := ""
	for v := range sc.d.vocab {
		if len(v) >= minTypo && !lexicon.HasHan(v) && lexicon.OneOff(key, v) {
			if near != "" {
				return key
			}
			near = v
		}
	}
	if near != "" {
		return near
	}
	return key
}

// at reads the mark at a token and how many tokens it has.
func (sc *scanner) at(i int) (mark, int) {
	t := sc.ts[i]
	if t.stop {
		return mark{key: t.text, stop: true}, 1
	}
	m, length := mark{key: t.key, han: lexicon.HasHan(t.text)}, 1
	key, longest := "", max(sc.d.longest, longestGeneral)
	var words []wordKind
	wordEnd := 0
	for n := 1; n <= longest && i+n <= len(sc.ts) && !sc.ts[i+n-1].stop; n++ {
		key += sc.ts[i+n-1].key
		if ss, ns := sc.d.senses[key], sc.d.nouns[key]; len(ss)+len(ns) > 0 {
			m.senses, m.nouns, m.key, length = ss, ns, key, n
		}
		if ws := general()[key]; len(ws) > 0 {
			words, wordEnd = ws, n
		}
	}
	sc.concept(i, &m, &length)
	if n, ok := sc.numbers[t.start]; ok {
		if count := sc.numbered(i, n); count > length || count == length && len(m.senses) == 0 {
			m, length = mark{key: t.key, number: int(n.Value), han: m.han}, count
		}
	}
	switch known := len(m.senses)+len(m.nouns) > 0 || m.number > 0; {
	case wordEnd > length || wordEnd > 0 && !known:
		m = mark{key: m.key, words: words, han: m.han}
		return m, wordEnd
	case wordEnd == length:
		m.words = words
	}
	return m, length
}

// longestGeneral bounds the tokens of a general phrase.
const longestGeneral = 8

// concept reads a word that means what a value means, where it is longer than the shelf's own words.
func (sc *scanner) concept(i int, m *mark, length *int) {
	c, ok := sc.concepts[sc.ts[i].start]
	if !ok {
		return
	}
	n := 0
	for i+n < len(sc.ts) && sc.ts[i+n].end <= c.End {
		n++
	}
	if ss := sc.d.concepts[c.Concept]; len(ss) > 0 && (n > *length || n == *length && len(m.senses) == 0 && len(m.nouns) == 0) {
		m.senses, m.nouns, *length = ss, nil, n
	}
}

// numbered is how many tokens a number has: its measure word too, where that begins no word of the shelf.
func (sc *scanner) numbered(i int, n lexicon.Number) int {
	last := max(n.Last, n.Start+1)
	count := 0
	for i+count < len(sc.ts) && sc.ts[i+count].start < n.End {
		at := sc.ts[i+count]
		if at.start >= last && sc.beginsWord(i+count) {
			break
		}
		count++
	}
	return max(count, 1)
}

func (sc *scanner) beginsWord(i int) bool {
	key := ""
	for n := 0; n < sc.d.longest && i+n < len(sc.ts); n++ {
		key += sc.ts[i+n].key
		if len(sc.d.senses[key]) > 0 {
			return true
		}
	}
	return false
}
