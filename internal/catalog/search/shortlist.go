package search

import (
	"maps"
	"slices"
)

// Bounds of a shortlist.
const (
	Few         = 200 // services up to which a catalogue needs no shortlist: all of them are looked at
	PerQuestion = 24  // services for each question
	MaxShort    = 64  // services in all
	MaxAlso     = 24  // of them, those that are known from before
	MaxAsked    = 12  // questions
)

// Shortlist are the ids of the services that could be meant by any of some questions: those that are known from before
// (also) first, then what fits each question, the best of each before the second best of any. It is never empty while a service
// says any of the words.
func (x *Index) Shortlist(questions []Question, also []string) []string {
	var out []string
	seen := map[string]bool{}
	add := func(service string) {
		if !seen[service] && len(out) < MaxShort {
			seen[service] = true
			out = append(out, service)
		}
	}
	for _, s := range also {
		if len(out) < MaxAlso && x.Knows(s) {
			add(s)
		}
	}
	var found [][]Found
	for _, q := range questions[:min(len(questions), MaxAsked)] {
		found = append(found, x.Find(q, PerQuestion))
	}
	for rank := range PerQuestion {
		for _, f := range found {
			if rank < len(f) {
				add(f[rank].Service)
			}
		}
	}
	return out
}

// Knows tells whether a service is in the index.
func (x *Index) Knows(service string) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	_, ok := x.places[service]
	return ok
}

// IDs are all services, in order.
func (x *Index) IDs() []string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return slices.Sorted(maps.Keys(x.places))
}
