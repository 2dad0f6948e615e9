package understand

import (
	"github.com/bangwo/bangwo/internal/catalog"
)

// index maps the words of a catalogue, or of the services of it that could be meant, to these services. Read-only when built.
type index struct {
	of       []*known
	services []catalog.Service
	words    []map[string]float64 // per service: feature → weight
	refused  []map[string]bool    // per service: features of what it says it does not do
	trades   []map[string]float64 // per service: how much it speaks of each everyday trade
	limits   []limits             // per service: what it says it does not do
	journeys []bool               // per service: it goes from one place to another
	joins    []string             // names of things that have a word like "and" in them: never cut
	spread   catalog.Spread       // of the whole catalogue
}

// newIndex indexes services; spread is that of the whole catalogue, nil where these are all there are.
func newIndex(of []*known, spread catalog.Spread) *index {
	ix := &index{of: of, spread: spread}
	for _, k := range of {
		ix.services, ix.words, ix.refused = append(ix.services, k.service), append(ix.words, k.words), append(ix.refused, k.refused)
		ix.journeys, ix.limits = append(ix.journeys, k.journey), append(ix.limits, k.limits)
		ix.trades, ix.joins = append(ix.trades, k.trades), append(ix.joins, k.joins...)
	}
	if spread == nil {
		ix.spread = countWords(of)
	}
	return ix
}

// having is how many services of the catalogue know a word.
func (ix *index) having(f string) int { return ix.spread.Having(f) }
