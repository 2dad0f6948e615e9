// Package search finds, among all services of a catalogue, the few that could be meant by some words. It is an inverted
// index over the words that services say of themselves, held in memory, from ten capabilities to a million.
//
// Guarantees: answers depend on what is in the index and on what is asked only, not on the order in which services came, so that
// all nodes that know the same services answer the same; adding, changing and removing a service takes time by its own size, not
// by the catalogue's; the work of one question is bounded (MaxVisits). All methods are safe for concurrent use.
package search

import "github.com/bangwo/bangwo/internal/fault"

// Bounds of an index and of a question.
const (
	MaxServices = 1_000_000
	MaxParts    = 64        // skills of one service that are told apart
	MaxWords    = 4096      // of one part; the weightiest are kept
	MaxTerms    = 1 << 26   // different words of all services
	MaxWants    = 256       // words of one question
	MaxVisits   = 3_000_000 // entries of services that one question looks at; the most telling words come first
	MaxFound    = 1000      // services of one answer
)

// Word is something that a service says, as a feature of package lexicon, and how much it says of the service: 0 to MaxWeight.
type Word struct {
	Feature string
	Weight  float64
}

// MaxWeight is the greatest weight of a word; weights are kept in steps of 1/weightSteps.
const (
	MaxWeight   = 3.1
	weightSteps = 10
)

// Part is a service in its own words, or one skill of several.
type Part []Word

// Want is a word of a question.
type Want struct {
	Feature string
	Factor  float64  // how much it counts, 0 to 1
	With    []string // it counts only where services say all of these as well, if not the same ones
	Extra   bool     // a further way to say what another word says: it is nothing that must be covered
	Beside  bool     // it finds nothing by itself, only brings forward what others found (where the person is)
}

// Found is a service that could be meant, with how well it fits.
type Found struct {
	Service string
	Score   float64
}

// ErrFull is returned by Put when an index cannot take another service.
var ErrFull = fault.New(fault.Limit, "the catalogue's index is full").WithHint("at most 1,000,000 services are indexed on one node")
