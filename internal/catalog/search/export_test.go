package search

// SegmentSize is the size of a segment, for tests.
const SegmentSize = segmentSize

// Entries counts all parts that are kept, the dead among them.
func (x *Index) Entries() int {
	n := 0
	for _, s := range x.segments {
		n += len(s.entries) - s.emptied
	}
	return n
}
