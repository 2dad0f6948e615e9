package shelf

import (
	"slices"
)

// reading is one text being read.
type reading struct {
	shelf *Shelf
	marks []mark
	heads []head
	after bool // counts stand behind the things they count: 衬衫两件，裤子一条
	each  int  // how many of each thing, where the words say it of all
}

// head is a word that names a thing.
type head struct {
	at    int // in the marks; -1 when the thing is only known by its options
	kind  int
	name  *Choice
	start int // of the marks that belong to it
	end   int
	none  bool // said not to be wanted
}

func (r *reading) role(s sense) Role { return r.shelf.kinds[s.kind].Slots[s.slot].Role }

func (r *reading) graded(s sense) bool {
	slot := r.shelf.kinds[s.kind].Slots[s.slot]
	return slot.Role == Many && (len(slot.Grades) > 0 || slot.Deny)
}

// options are the senses of a mark that are options of a kind.
func (r *reading) options(m mark, kind int) []sense {
	var out []sense
	for _, s := range m.senses {
		if s.kind == kind && r.role(s) != Head {
			out = append(out, s)
		}
	}
	return out
}

func (r *reading) can(m mark, kind int, roles ...Role) bool {
	return slices.ContainsFunc(r.options(m, kind), func(s sense) bool { return slices.Contains(roles, r.role(s)) })
}

// nameSense is the sense by which a mark names a thing.
func (r *reading) nameSense(m mark, weak bool) (sense, bool) {
	for _, s := range m.senses {
		if r.role(s) == Head && (weak || s.how != byShort) {
			return s, true
		}
	}
	return sense{}, false
}

// nameExtras settles which names of things are only extras of a thing before them (add espresso), and which counted
// extras only measure another (a shot of caramel).
func (r *reading) nameExtras() {
	last := -1 // the kind of the thing before
	for i := range r.marks {
		m := &r.marks[i]
		if i+2 < len(r.marks) && r.marks[i+1].is(wordOf) && len(r.marks[i+2].senses) > 0 && r.counts(*m) {
			m.senses, m.words = nil, []wordKind{wordOf}
		}
		s, named := r.nameSense(*m, false)
		if !named {
			continue
		}
		if i > 0 && last >= 0 && (r.marks[i-1].is(wordUndeny) || r.marks[i-1].is(wordMore)) {
			extra := r.options(mark{senses: append(r.options(*m, last), r.shelf.dict.extras[m.key]...)}, last)
			if len(extra) > 0 {
				m.senses = extra
				continue
			}
		}
		if last >= 0 && len(r.options(*m, last)) > 0 && (i == 0 || r.marks[i-1].number == 0) {
			m.senses = r.options(*m, last)
			continue
		}
		last = s.kind
	}
}

// counts tells that a mark is a counted extra.
func (r *reading) counts(m mark) bool {
	return len(m.senses) > 0 && !slices.ContainsFunc(m.senses, func(s sense) bool { return r.role(s) != Number })
}

// findHeads finds the words that name things; a general name behind a closer one adds nothing (americano coffee).
func (r *reading) findHeads() {
	for i := 0; i+1 < len(r.marks); i++ {
		a, aOK := r.nameSense(r.marks[i], false)
		b, bOK := r.nameSense(r.marks[i+1], false)
		if !aOK || !bOK || a.kind != b.kind || r.marks[i].han || r.marks[i+1].han {
			continue
		}
		switch generic := r.shelf.dict.generic; {
		case generic[r.marks[i+1].key]:
			r.marks[i+1].senses = r.marks[i].senses
			r.marks[i].senses = nil
		case generic[r.marks[i].key]:
			r.marks[i].senses = nil
		}
	}
	for i, m := range r.marks {
		if s, ok := r.nameSense(m, r.opens(i)); ok {
			r.heads = append(r.heads, head{at: i, kind: s.kind, name: &Choice{Slot: s.slot, Value: s.value, Grade: -1}})
			continue
		}
		for _, k := range m.nouns {
			if !slices.ContainsFunc(r.shelf.kinds[k].Slots, func(s Slot) bool { return s.Role == Head }) {
				r.heads = append(r.heads, head{at: i, kind: k})
				break
			}
		}
	}
	r.after = r.countsAfter()
}

// opens tells that a short name stands where a thing is named: behind a count and options, with no other name to come.
func (r *reading) opens(i int) bool {
	s, ok := r.nameSense(r.marks[i], true)
	if !ok || slices.ContainsFunc(r.marks[i].senses, func(s sense) bool { return r.role(s) != Head }) {
		return false
	}
	for j := i + 1; j < len(r.marks) && len(r.marks[j].senses) > 0; j++ {
		if _, named := r.nameSense(r.marks[j], false); named {
			return false
		}
	}
	for j := i - 1; j >= 0; j-- {
		switch m := r.marks[j]; {
		case m.number > 0:
			return true
		case !r.can(m, s.kind, One, Many) && !m.is(wordOf):
			return false
		}
	}
	return true
}

// countsAfter tells that every count stands behind what it counts.
func (r *reading) countsAfter() bool {
	if len(r.heads) == 0 {
		return false
	}
	first, last := r.heads[0].at, r.heads[len(r.heads)-1].at
	for _, m := range r.marks[:first] {
		if m.number > 0 {
			return false
		}
	}
	return last+1 < len(r.marks) && r.marks[last+1].number > 0 && r.marks[first+1].number > 0
}

// place gives every thing the words that belong to it: from where its count and options begin to where those of the next begin.
func (r *reading) place() {
	lo := 0
	for i := range r.heads {
		h := &r.heads[i]
		h.start = r.startOf(*h, lo)
		h.none = h.start > lo && r.marks[h.start-1].is(wordDeny) && !r.marks[h.start-1].is(wordUndeny) && r.marks[h.start].number == 0
		lo = h.at + 1
	}
	for i := range r.heads {
		r.heads[i].end = len(r.marks)
		if i+1 < len(r.heads) {
			r.heads[i].end = r.heads[i+1].start
		}
	}
	r.unnamed()
}

// startOf walks back from a thing over what can be its own: its count, its options, and what stands between them.
func (r *reading) startOf(h head, lo int) int {
	start, soft, others := h.at, h.at, 0
	for j := h.at - 1; j >= lo; j-- {
		m := r.marks[j]
		behind := r.marks[j+1]
		switch {
		case m.number > 0:
			if r.after {
				return start
			}
			return j
		case r.can(m, h.kind, One):
			start, soft = j, j
		case r.can(m, h.kind, Many):
			soft = j
		case m.is(wordOf), len(m.nouns) > 0:
		case (m.is(wordLess) || m.is(wordMore) || m.is(wordDeny)) && r.can(behind, h.kind, Many) && soft < start:
			soft = j
		case m.is(wordJoin) && j > lo && r.can(behind, h.kind, Many) && r.can(r.marks[j-1], h.kind, Many):
		case (m.plain() || r.hinted(m)) && others < maxOthers:
			others++
		default:
			if m.is(wordUndeny) || m.is(wordDeny) || len(m.senses) > 0 {
				return start
			}
			return soft
		}
	}
	if lo > 0 && !r.marks[h.at].han {
		return start // what follows a thing right away is said of it
	}
	return soft
}

// hinted tells that a mark is only the short form of a name.
func (r *reading) hinted(m mark) bool {
	return len(m.senses) > 0 && !slices.ContainsFunc(m.senses, func(s sense) bool { return r.role(s) != Head || s.how != byShort })
}

// maxOthers is how many other words may stand between a thing and its options before it.
const maxOthers = 2

// unnamed finds a thing that is only known by its options, before the first that is named or where none is.
func (r *reading) unnamed() {
	end := len(r.marks)
	if len(r.heads) > 0 {
		end = r.heads[0].start
	}
	for k, kind := range r.shelf.kinds {
		if !kind.Unnamed {
			continue
		}
		for j := range end {
			counted := r.marks[j].number > 0 && j+1 < end && r.can(r.marks[j+1], k, One, Many)
			if counted || len(r.heads) == 0 && r.can(r.marks[j], k, One) {
				r.heads = slices.Insert(r.heads, 0, head{at: -1, kind: k, start: j, end: end})
				return
			}
		}
	}
	if len(r.heads) > 0 {
		r.heads[0].start = 0
	}
}
