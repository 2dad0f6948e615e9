package catalog

// Spread tells how common words are in a whole catalogue, of which only a few services may be at hand. A package with
// several skills counts once for each.
type Spread interface {
	Total() int             // services
	Having(word string) int // services that speak of a word (a feature of package lexicon)
}

// Shortlist are the services of a catalogue that could be meant, likeliest first, or all of them in id order where they are few.
type Shortlist struct {
	Services []Service
	Spread   Spread // nil: Services is the whole catalogue
}

// Wanted is what a shortlist is for.
type Wanted struct {
	Texts []string // what was said; what it may refer to comes after it
	Place string   // where the person is, in words
	Also  []string // ids of services that are part of it already: of earlier orders, chosen, planned with
}
