package search

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// Index maps words to the services that say them. The zero Index is empty and ready.
type Index struct {
	mu       sync.RWMutex
	terms    map[string]uint32
	having   []uint32 // by term: parts that have it
	by       []weights
	places   map[string][]place // by service
	segments []*segment
	parts    int // alive
}

// weights are the weights with which a term occurs, one bit each: few of the possible ones do.
type weights uint32

// place is where a part stands.
type place struct {
	segment *segment
	number  uint16
}

// Put adds a service, or takes the place of what was said of it before. A part without words is kept, and never found.
func (x *Index) Put(service string, parts []Part) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.terms == nil {
		x.terms, x.places = map[string]uint32{}, map[string][]place{}
	}
	if _, known := x.places[service]; !known && len(x.places) >= MaxServices {
		return ErrFull
	}
	x.remove(service)
	var at []place
	for _, p := range parts[:min(len(parts), MaxParts)] {
		at = append(at, x.add(service, x.keysOf(p)))
	}
	x.places[service] = at
	x.tidy()
	return nil
}

// Remove takes a service out; it does nothing where there is none.
func (x *Index) Remove(service string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(service)
	x.tidy()
}

// Services is the number of services.
func (x *Index) Services() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.places)
}

// Total is the number of parts of services; see catalog.Spread.
func (x *Index) Total() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.parts
}

// Having is how many parts of services say a word.
func (x *Index) Having(feature string) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.count(feature)
}

func (x *Index) count(feature string) int {
	if t, ok := x.terms[feature]; ok {
		return int(x.having[t])
	}
	return 0
}

// keysOf numbers a part's words. Of a word that is there twice the greater weight counts.
func (x *Index) keysOf(p Part) []key {
	p = slices.Clone(p)
	slices.SortFunc(p, func(a, b Word) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Feature, b.Feature))
	})
	seen := make(map[uint32]bool, len(p))
	var out []key
	for _, w := range p {
		step := int(math.Round(min(w.Weight, MaxWeight) * weightSteps))
		t, ok := x.term(w.Feature)
		if step <= 0 || !ok || seen[t] || len(out) == MaxWords {
			continue
		}
		seen[t] = true
		out = append(out, newKey(t, step))
	}
	slices.Sort(out)
	return out
}

func (x *Index) term(feature string) (uint32, bool) {
	t, ok := x.terms[feature]
	if ok || len(x.having) >= MaxTerms {
		return t, ok
	}
	t = uint32(len(x.having))
	x.terms[feature] = t
	x.having, x.by = append(x.having, 0), append(x.by, 0)
	return t, true
}

func (x *Index) add(service string, keys []key) place {
	if n := len(x.segments); n == 0 || x.segments[n-1].full() {
		x.segments = append(x.segments, newSegment())
	}
	s := x.segments[len(x.segments)-1]
	for _, k := range keys {
		x.having[k.term()]++
		x.by[k.term()] |= 1 << k.weight()
	}
	x.parts++
	return place{s, s.add(service, keys)}
}

func (x *Index) remove(service string) {
	for _, at := range x.places[service] {
		for _, k := range unpackKeys(at.segment.entries[at.number].keys) {
			x.having[k.term()]--
		}
		at.segment.kill(at.number)
		x.parts--
	}
	delete(x.places, service)
}

// Emptying a segment: begun when half of a full one is dead, some parts with every change.
const (
	deadShare    = 2
	movedAtATime = 32
)

// tidy moves some living parts out of a full segment that is half dead, and drops one with nothing alive, so that what is gone costs
// neither time nor memory for long, and no change waits for it.
func (x *Index) tidy() {
	for i, s := range x.segments {
		if !s.full() || s.dead < segmentSize/deadShare {
			continue
		}
		for moved := 0; s.emptied < len(s.entries); s.emptied++ {
			if s.entries[s.emptied].dead {
				continue
			}
			if moved++; moved > movedAtATime {
				return
			}
			x.move(place{s, uint16(s.emptied)})
		}
		x.segments = slices.Delete(x.segments, i, i+1)
		return
	}
}

func (x *Index) move(from place) {
	e := from.segment.entries[from.number]
	keys := unpackKeys(e.keys)
	for _, k := range keys {
		x.having[k.term()]--
	}
	from.segment.kill(from.number)
	x.parts--
	to := x.add(e.service, keys)
	at := x.places[e.service]
	at[slices.Index(at, from)] = to
}
