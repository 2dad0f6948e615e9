// Package shelf reads what is ordered of a shop's shelf out of a sentence: which things, how many of each, and with which
// options, left out, little or plenty of. It knows the words of a shelf that it is given, and general words of both
// languages; it knows no shop. Longest words first; every option goes to the nearest thing that can have it.
package shelf

// Role is what a slot of a thing is for.
type Role int

// The roles of slots.
const (
	Head   Role = iota // what the thing is
	One                // an option with one value
	Many               // an option with any number of values
	Number             // a counted extra: two more shots
)

// Value is one value of a slot and the ways to say it; the first is its own name.
type Value struct {
	Value any
	Words []string
}

// Slot is a property of a thing on the shelf.
type Slot struct {
	Name   string
	Role   Role
	Values []Value
	Grades []Value // of a Many: how much of it (light, extra)
	Deny   bool    // of a Many: it can be said to be left out
}

// Kind is one kind of thing on the shelf. Nouns are general words for it (drink, 饮品). Unnamed things can be ordered by
// their options alone.
type Kind struct {
	Nouns   []string
	Slots   []Slot
	Unnamed bool
}

// Choice is a value that was said: by the slot's index and the value's. Grade is the index of a grade, -1 when none was said.
type Choice struct {
	Slot, Value int
	Grade       int
	Count       int // of it; 0 when not said
	Denied      bool
}

// Item is one thing that is ordered. Count is 0 when it was not said.
type Item struct {
	Kind    int
	Count   int
	Choices []Choice
}

// Bounds of one reading.
const (
	maxTokens = 400
	maxItems  = 50
)

// Shelf is what a shop has, ready to be looked for in sentences. Safe for concurrent use.
type Shelf struct {
	kinds []Kind
	dict  dictionary
}

// New prepares a shelf.
func New(kinds []Kind) *Shelf {
	return &Shelf{kinds: kinds, dict: learn(kinds)}
}

// Read finds the things that a text orders; nil when it names none.
func (s *Shelf) Read(text string) []Item {
	r := &reading{shelf: s, marks: s.marks(text)}
	r.nameExtras()
	r.findHeads()
	r.place()
	items := r.items()
	return items[:min(len(items), maxItems)]
}
