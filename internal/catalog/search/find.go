package search

import (
	"cmp"
	"container/heap"
	"hash/fnv"
	"math"
	"math/bits"
	"slices"
	"sync"
)

// Question is what is looked for.
type Question struct {
	Wants []Want
	// Lot decides between services that fit equally well, so that none is always first: services that fit equally come in
	// another order for another lot, and in the same order on all nodes.
	Lot string
}

const (
	leastTelling = 0.3 // what a word counts that all services say
	unknownShare = 0.3 // of a word that no service says: a name, most likely
	uncovered    = 0.5 // what fit counts that covers nothing of the question, of one that covers all
	fixed        = 1 << 10
	coverShift   = 32
)

// visit is a word of a question that is looked up, with what an entry of it adds.
type visit struct {
	want   Want
	term   uint32
	having int
	idf    float64
}

// Find lists the services that fit a question best, at most k. Where the question has Beside words, half of the places go
// to what fits best together with these, and they come first; the other half to what fits best without them.
func (x *Index) Find(q Question, k int) []Found {
	k = min(k, MaxFound)
	if k <= 0 {
		return nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	main, beside, total := x.visits(q.Wants)
	if len(main) == 0 {
		return nil
	}
	words := &top{k: k, lot: q.Lot}
	near := &top{k: k / 2, lot: q.Lot}
	if len(beside) > 0 {
		words.k = k - k/2
	}
	sums := scratch.Get().(*[segmentSize]uint64)
	defer scratch.Put(sums)
	for _, s := range x.segments {
		for _, v := range main {
			x.walk(s, v, sums, true)
		}
		words.take(s, sums, total)
		if len(beside) > 0 {
			for _, v := range beside {
				x.walk(s, v, sums, false)
			}
			near.take(s, sums, total)
		}
		clear(sums[:len(s.entries)])
	}
	return merged(near.sorted(), words.sorted())
}

// scratch are sums by a segment's numbers: how well it fits, and how much of the question it covers.
var scratch = sync.Pool{New: func() any { return new([segmentSize]uint64) }}

// visits chooses what is looked up, most telling first, until MaxVisits entries are; total is what the question's own words are worth.
func (x *Index) visits(wants []Want) (main, beside []visit, total float64) {
	var all []visit
	for _, w := range wants[:min(len(wants), MaxWants)] {
		v := visit{want: w, having: x.count(w.Feature)}
		v.idf = max(math.Log(1+float64(x.parts)/float64(1+v.having)), leastTelling)
		if v.having == 0 || slices.ContainsFunc(w.With, func(f string) bool { return x.count(f) == 0 }) {
			if !w.Beside && !w.Extra {
				total += v.idf * unknownShare * w.Factor
			}
			continue
		}
		v.term = x.terms[w.Feature]
		all = append(all, v)
	}
	slices.SortFunc(all, func(a, b visit) int {
		return cmp.Or(cmp.Compare(b.idf*b.want.Factor, a.idf*a.want.Factor), cmp.Compare(a.want.Feature, b.want.Feature))
	})
	left := MaxVisits
	for _, v := range all {
		if v.having > left {
			continue
		}
		left -= v.having
		if v.want.Beside {
			beside = append(beside, v)
			continue
		}
		if main = append(main, v); !v.want.Extra {
			total += v.idf * v.want.Factor
		}
	}
	return main, beside, max(total, leastTelling)
}

// walk adds what a word is worth to all parts that have it; opens tells that it may find what nothing else found.
func (x *Index) walk(s *segment, v visit, sums *[segmentSize]uint64, opens bool) {
	worth := v.idf * v.want.Factor
	cover := uint64(math.Round(worth * fixed))
	if !opens {
		cover = 0
	}
	for rest := x.by[v.term]; rest != 0; rest &= rest - 1 {
		weight := bits.TrailingZeros32(uint32(rest))
		add := uint64(math.Round(worth*float64(weight)/weightSteps*fixed))<<coverShift | cover
		list := s.list(newKey(v.term, weight))
		if opens {
			for _, n := range list {
				sums[n] += add
			}
			continue
		}
		for _, n := range list {
			if sums[n] != 0 {
				sums[n] += add
			}
		}
	}
}

// fit is how well sums speak for a part: how telling the words are that it has, and how much of the question they cover.
func fit(sum uint64, total float64) float64 {
	cover := float64(sum&(1<<coverShift-1)) / fixed
	return float64(sum>>coverShift) / fixed * (uncovered + min(cover/total, 1))
}

// candidate is a part among the best so far.
type candidate struct {
	Found
	lot uint64
}

// better orders candidates; of equal ones the lot decides, and last their names.
func better(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.lot, b.lot), cmp.Compare(a.Service, b.Service))
}

// top keeps the best k, the worst of them first.
type top struct {
	k    int
	lot  string
	best []candidate
}

func (t *top) Len() int           { return len(t.best) }
func (t *top) Less(i, j int) bool { return better(t.best[i], t.best[j]) > 0 }
func (t *top) Swap(i, j int)      { t.best[i], t.best[j] = t.best[j], t.best[i] }
func (t *top) Push(c any)         { t.best = append(t.best, c.(candidate)) }
func (t *top) Pop() any {
	last := t.best[len(t.best)-1]
	t.best = t.best[:len(t.best)-1]
	return last
}

// take looks at all parts of a segment that anything speaks for.
func (t *top) take(s *segment, sums *[segmentSize]uint64, total float64) {
	if t.k == 0 {
		return
	}
	for n := range s.entries {
		if sums[n] == 0 || s.entries[n].dead {
			continue
		}
		score := fit(sums[n], total)
		if len(t.best) == t.k && score < t.best[0].Score {
			continue
		}
		c := candidate{Found{s.entries[n].service, score}, lotOf(t.lot, s.entries[n].service)}
		switch {
		case len(t.best) < t.k:
			heap.Push(t, c)
		case better(c, t.best[0]) < 0:
			t.best[0] = c
			heap.Fix(t, 0)
		}
	}
}

func lotOf(lot, service string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(lot))
	_, _ = h.Write([]byte{0})
	_, _ = h.Write([]byte(service))
	return h.Sum64()
}

func (t *top) sorted() []candidate {
	slices.SortFunc(t.best, better)
	return t.best
}

// merged puts lists one behind the other, each service once.
func merged(lists ...[]candidate) []Found {
	var out []Found
	seen := map[string]bool{}
	for _, l := range lists {
		for _, c := range l {
			if !seen[c.Service] {
				seen[c.Service] = true
				out = append(out, c.Found)
			}
		}
	}
	return out
}
