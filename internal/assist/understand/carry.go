package understand

import (
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// carriedShare is what a word counts that the service knows in the other language only.
const carriedShare = 0.8

// refusedWeight is what a word costs that a service says it does not do.
const refusedWeight = 2.0

// met is how a service knows a word through its translation.
type met struct {
	weight float64
	df     int
}

// carried finds the features of a text that a service does not know as they stand, while it knows their translation.
func (ix *index) carried(i int, feats map[string]float64, spans []lexicon.Span) map[string]met {
	out := map[string]met{}
	for _, sp := range spans {
		if ix.knowsAny(i, sp.Own) {
			continue
		}
		form, ok := sp.Carried(func(f string) bool {
			_, ok := ix.words[i][f]
			return ok && !generic(f) && !(strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) < 2)
		})
		if !ok {
			continue
		}
		m := met{}
		for _, f := range form {
			m.weight = max(m.weight, ix.words[i][f])
			m.df = max(m.df, ix.having(f))
		}
		for k, f := range sp.Own {
			if _, asked := feats[f]; asked && k == 0 {
				out[f] = m
			}
		}
	}
	return out
}

func (ix *index) knowsAny(i int, features []string) bool {
	for _, f := range features {
		if _, ok := ix.words[i][f]; ok {
			return true
		}
	}
	return false
}

// knowsAll tells that a service knows every word of a phrase: whoever sells cards gives no credit cards.
func (ix *index) knowsAll(i int, features []string) bool {
	for _, f := range features {
		if _, ok := ix.words[i][f]; !ok {
			return false
		}
	}
	return len(features) > 0
}
