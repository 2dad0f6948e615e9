package shelf

import "slices"

// said is an option as it was said: where, and what was said around it.
type said struct {
	at      int
	denied  bool
	grade   wordKind
	number  int
	with    bool // behind "with", "add"
	postfix bool // right behind the thing's name
}

// collector gathers the options of one thing.
type collector struct {
	r       *reading
	kind    int
	item    Item
	counted bool
	unclear []said
	strange []said // of no option of this kind
	shared  []said // said of all things
	subs    []Item // some of it, or more of it, with options of their own

	deny, with, all bool
	grade           wordKind
	number          int
}

// items builds the things that were found.
func (r *reading) items() []Item {
	var all []*collector
	for _, h := range r.heads {
		if h.none {
			continue
		}
		c := &collector{r: r, kind: h.kind, item: Item{Kind: h.kind}}
		if h.name != nil {
			c.item.Choices = append(c.item.Choices, *h.name)
		}
		c.collect(h.start, h.end, h.at)
		all = append(all, c)
	}
	for i, c := range all {
		for _, s := range c.strange {
			r.giveAway(all, i, s)
		}
		for _, s := range c.shared {
			for _, other := range all {
				other.take(s)
			}
		}
	}
	var out []Item
	for _, c := range all {
		if c.item.Count == 0 {
			c.item.Count = r.each
		}
		out = append(out, c.divided()...)
	}
	return out
}

// giveAway gives an option that a thing cannot have to the nearest that can.
func (r *reading) giveAway(all []*collector, from int, s said) {
	for d := 1; d < len(all); d++ {
		for _, i := range []int{from - d, from + d} {
			if i >= 0 && i < len(all) && len(r.options(r.marks[s.at], all[i].kind)) > 0 {
				all[i].take(s)
				return
			}
		}
	}
}

// collect reads the marks from one place to another.
func (c *collector) collect(from, to, name int) {
	for j := from; j < to; j++ {
		m := c.r.marks[j]
		switch {
		case j == name:
			c.deny, c.with, c.grade, c.number = false, false, "", 0
		case m.number > 0:
			if c.opensPart(j, to, name) {
				c.part(j, to)
				j = to
				break
			}
			c.numbered(j, name)
		case m.stop:
			c.grade, c.number = "", 0
			c.deny = c.deny && (m.key == "," || m.key == "、")
		case c.gradeOnly(j, to):
			c.grade = wordMore
			if m.is(wordLess) {
				c.grade = wordLess
			}
			c.deny = c.deny && c.grade == wordLess && j > from && c.r.marks[j-1].is(wordDeny)
		case len(m.senses) > 0:
			c.say(said{at: j, denied: c.deny || c.deniedBehind(j, to), grade: c.grade, number: c.number, with: c.with, postfix: name >= 0 && j == name+1})
			c.grade, c.number = "", 0
		default:
			c.general(m)
		}
	}
	c.settle()
}

// gradeOnly tells that a mark says how much of what follows.
func (c *collector) gradeOnly(j, to int) bool {
	m := c.r.marks[j]
	if !m.is(wordLess) && !m.is(wordMore) {
		return false
	}
	if len(m.senses) == 0 {
		return true
	}
	return j+1 < to && slices.ContainsFunc(c.r.options(c.r.marks[j+1], c.kind), c.r.graded)
}

// deniedBehind tells that an option is left out by a word behind it: 香菜不要.
func (c *collector) deniedBehind(j, to int) bool {
	return j+1 < to && c.r.marks[j].han && c.r.marks[j+1].is(wordDeny) && (j+2 >= to || c.r.marks[j+2].stop || c.r.marks[j+2].plain())
}

func (c *collector) general(m mark) {
	switch {
	case m.is(wordDeny):
		c.deny, c.with = true, false
	case m.is(wordUndeny):
		c.deny, c.with, c.number = false, true, 0
	case m.is(wordAll):
		c.all = true
	}
}

// numbered takes a number: how many things, or how many of the extra that follows.
func (c *collector) numbered(j, name int) {
	m := c.r.marks[j]
	before, behind := mark{}, mark{}
	if j > 0 {
		before = c.r.marks[j-1]
	}
	if j+1 < len(c.r.marks) {
		behind = c.r.marks[j+1]
	}
	switch {
	case before.is(wordThis):
	case before.is(wordEach) || behind.is(wordEach):
		c.r.each = m.number
	case !c.counted && (name < 0 || j < name || c.r.after):
		c.item.Count, c.counted = m.number, true
	default:
		c.number = m.number
		c.deny = false
	}
}

// opensPart tells that a number behind a thing counts some of it, or more of it, with options of their own: two lattes, one iced.
func (c *collector) opensPart(j, to, name int) bool {
	if name < 0 || j < name || c.r.after && !c.counted || j+1 >= to {
		return false
	}
	before, behind := c.r.marks[j-1], c.r.marks[j+1]
	if before.is(wordUndeny) || before.is(wordThis) || before.is(wordEach) || behind.is(wordEach) || before.is(wordMore) {
		return false
	}
	if behind.is(wordDeny) || behind.is(wordUndeny) && j+2 < to && len(c.r.marks[j+2].senses) > 0 {
		return true
	}
	options := c.r.options(behind, c.kind)
	if end := c.optionsEnd(j+1, to); end < to && c.r.marks[end].plain() {
		return false // a large something: of what nobody knows
	}
	return len(options) > 0 && !slices.ContainsFunc(options, func(s sense) bool { return c.r.role(s) == Number || c.r.graded(s) })
}

// optionsEnd is where the options that begin at a mark end.
func (c *collector) optionsEnd(j, to int) int {
	for j < to && (len(c.r.options(c.r.marks[j], c.kind)) > 0 || c.r.marks[j].is(wordOf)) {
		j++
	}
	return j
}

// part reads some of the thing, and the parts behind it.
func (c *collector) part(from, to int) {
	end := to
	for j := from + 1; j < to; j++ {
		if c.r.marks[j].number > 0 && c.opensPart(j, to, from) {
			end = j
			break
		}
	}
	p := &collector{r: c.r, kind: c.kind, item: Item{Kind: c.kind}}
	p.collect(from, end, -1)
	c.strange = append(c.strange, p.strange...)
	c.subs = append(c.subs, p.item)
	if end < to {
		c.part(end, to)
	}
}

// say takes an option, or keeps it until the clear ones are taken.
func (c *collector) say(s said) {
	options := c.r.options(c.r.marks[s.at], c.kind)
	switch {
	case len(options) == 0:
		if _, names := c.r.nameSense(c.r.marks[s.at], true); !names {
			c.strange = append(c.strange, s)
		}
	case c.all:
		c.shared = append(c.shared, s)
	case len(options) == 1:
		c.add(options[0], s)
	default:
		c.unclear = append(c.unclear, s)
	}
}

// settle decides what could be several options, by what is free and how it was said.
func (c *collector) settle() {
	for _, s := range c.unclear {
		c.take(s)
	}
	c.unclear = nil
}

// take adds the option that fits best of those that a mark may be.
func (c *collector) take(s said) {
	var best sense
	score := -1
	for _, o := range c.r.options(c.r.marks[s.at], c.kind) {
		if n := c.fit(o, s); n > score {
			best, score = o, n
		}
	}
	if score >= 0 {
		c.add(best, s)
	}
}

// fit says how well a sense fits how it was said: words of its own before shortened ones; behind the name rather a
// quality, behind "with" rather something that is added. Below zero: the option is taken.
func (c *collector) fit(o sense, s said) int {
	n := 4 - 2*int(o.how)
	quality := !c.r.graded(o)
	if c.r.role(o) == One && slices.ContainsFunc(c.item.Choices, func(ch Choice) bool { return ch.Slot == o.slot }) {
		return -1
	}
	switch {
	case s.postfix && quality, s.with && !quality, s.grade != "" && !quality, s.denied && !quality:
		n += 3
	}
	return max(n, 0)
}

// add takes an option in one sense.
func (c *collector) add(o sense, s said) {
	slot := c.r.shelf.kinds[c.kind].Slots[o.slot]
	ch := Choice{Slot: o.slot, Value: o.value, Grade: -1, Count: s.number, Denied: s.denied}
	if slot.Role == One && slices.ContainsFunc(c.item.Choices, func(x Choice) bool { return x.Slot == o.slot }) {
		return
	}
	if slices.ContainsFunc(c.item.Choices, func(x Choice) bool { return x.Slot == o.slot && x.Value == o.value }) {
		return
	}
	if s.denied && !(slot.Role == Many && slot.Deny) {
		return
	}
	if s.grade != "" && !s.denied {
		ch.Grade = gradeOf(slot, s.grade)
	}
	if slot.Role == Number {
		ch.Count = max(ch.Count, 1)
	}
	c.item.Choices = append(c.item.Choices, ch)
}

// gradeOf is the grade of a slot that means little, or plenty; -1 when it has none.
func gradeOf(s Slot, kind wordKind) int {
	for i, g := range s.Grades {
		for _, w := range g.Words {
			if isGeneral(w, kind) {
				return i
			}
		}
	}
	return -1
}

// divided are the item itself, or its parts: of several some with these options and some with those; else more of the same.
func (c *collector) divided() []Item {
	if len(c.subs) == 0 {
		return []Item{c.item}
	}
	total := 0
	for _, s := range c.subs {
		total += max(s.Count, 1)
	}
	divides := c.item.Count > 1 && total <= c.item.Count
	var out []Item
	if rest := c.item.Count - total; !divides || rest > 0 {
		whole := c.item
		if divides {
			whole.Count = rest
		}
		out = append(out, whole)
	}
	for _, s := range c.subs {
		out = append(out, c.variant(s, divides))
	}
	return out
}

// variant is a part with what it leaves unsaid taken from the whole: all of it where the part is some of it, else its name only.
func (c *collector) variant(part Item, some bool) Item {
	out := Item{Kind: part.Kind, Count: max(part.Count, 1)}
	for _, ch := range c.item.Choices {
		slot := c.r.shelf.kinds[c.kind].Slots[ch.Slot]
		said := slices.ContainsFunc(part.Choices, func(x Choice) bool { return x.Slot == ch.Slot && (slot.Role == One || x.Value == ch.Value) })
		if slot.Role == Head || some && !said {
			out.Choices = append(out.Choices, ch)
		}
	}
	out.Choices = append(out.Choices, part.Choices...)
	return out
}
