package search

import (
	"encoding/binary"
	"slices"
)

// segmentSize is how many parts of services one segment holds: their numbers within it fit into 16 bits.
const segmentSize = 1 << 16

// key is a word together with the weight it has for those who say it.
type key uint32

// weightBits is what a weight takes of a key.
const weightBits = 5

func newKey(term uint32, weight int) key { return key(term<<weightBits | uint32(weight)) }

func (k key) term() uint32 { return uint32(k) >> weightBits }

func (k key) weight() int { return int(k & (1<<weightBits - 1)) }

// entry is one part of a service in a segment: whose it is, and its keys, so that it can be taken out again.
type entry struct {
	service string
	keys    []byte // ascending, as differences in varints
	dead    bool
}

// segment holds up to segmentSize parts in the order in which they came. While it grows its lists stand in a map; a full
// one is packed.
type segment struct {
	entries []entry
	dead    int
	emptied int // entries up to here were moved elsewhere
	growing map[key][]uint16
	keys    []key // of a packed segment, ascending
	starts  []uint32
	numbers []uint16
}

func newSegment() *segment { return &segment{growing: map[key][]uint16{}} }

// add appends a part and returns its number. keys are ascending.
func (s *segment) add(service string, keys []key) uint16 {
	n := uint16(len(s.entries))
	s.entries = append(s.entries, entry{service: service, keys: packKeys(keys)})
	for _, k := range keys {
		s.growing[k] = append(s.growing[k], n)
	}
	if len(s.entries) == segmentSize {
		s.pack()
	}
	return n
}

func (s *segment) full() bool { return len(s.entries) == segmentSize }

// kill marks a part as gone; its numbers stay in the lists until the segment is emptied.
func (s *segment) kill(n uint16) {
	s.entries[n].dead = true
	s.dead++
}

// list are the numbers of the parts that have a key, the dead among them.
func (s *segment) list(k key) []uint16 {
	if s.growing != nil {
		return s.growing[k]
	}
	i, ok := slices.BinarySearch(s.keys, k)
	if !ok {
		return nil
	}
	return s.numbers[s.starts[i]:s.starts[i+1]]
}

// pack lays the lists of a full segment one behind the other.
func (s *segment) pack() {
	total := 0
	s.keys = make([]key, 0, len(s.growing))
	for k, l := range s.growing {
		s.keys = append(s.keys, k)
		total += len(l)
	}
	slices.Sort(s.keys)
	s.starts, s.numbers = make([]uint32, 0, len(s.keys)+1), make([]uint16, 0, total)
	for _, k := range s.keys {
		s.starts = append(s.starts, uint32(len(s.numbers)))
		s.numbers = append(s.numbers, s.growing[k]...)
	}
	s.starts = append(s.starts, uint32(len(s.numbers)))
	s.growing = nil
}

func packKeys(keys []key) []byte {
	out := make([]byte, 0, 2*len(keys))
	before := key(0)
	for _, k := range keys {
		out = binary.AppendUvarint(out, uint64(k-before))
		before = k
	}
	return slices.Clip(out)
}

func unpackKeys(packed []byte) []key {
	var out []key
	at := key(0)
	for len(packed) > 0 {
		d, n := binary.Uvarint(packed)
		at += key(d)
		out, packed = append(out, at), packed[n:]
	}
	return out
}
