package understand

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/catalog/search"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// Reader tells a catalogue's index what services say of themselves and what sentences ask for, in the words by which the
// mind compares them afterwards.
type Reader struct{}

// Features by which a service is found that its words do not tell.
const (
	featureTravels = "x:travels" // it goes from one place to another
	featureTrade   = "t:"        // an everyday trade that it is of
	featureCharges = "x:charges" // it does something to a phone number
)

// What words count that say where somebody is, and what is only a part of a translation.
const (
	besideShare = 0.25
	maxForms    = 3 // translations of one word that are looked for
)

// Parts are the words of a service, apart for each of its skills.
func (Reader) Parts(s catalog.Service) []search.Part {
	var out []search.Part
	for _, p := range parts([]catalog.Service{s}) {
		w := serviceWords(p)
		part := make(search.Part, 0, len(w.words)+len(w.trades)+2)
		for f, weight := range w.words {
			if !strings.HasPrefix(f, "h:") || lexicon.Runes(f[2:]) > 1 { // single characters find nothing
				part = append(part, search.Word{Feature: f, Weight: weight})
			}
		}
		for t, share := range w.trades {
			if share >= sameTrade {
				part = append(part, search.Word{Feature: featureTrade + t, Weight: weightName * share})
			}
		}
		if travels(p) {
			part = append(part, search.Word{Feature: featureTravels, Weight: weightEnum})
		}
		if slices.ContainsFunc(p.Capabilities, chargesNumber) {
			part = append(part, search.Word{Feature: featureCharges, Weight: weightEnum})
		}
		out = append(out, part)
	}
	return out
}

// Questions are what a text asks of a catalogue: for each of its pieces, and for the whole where there are several. place is where
// the person is, in words.
func (Reader) Questions(text, place string) []search.Question {
	masked, facts := readFacts(text)
	beside := nearby(text, place)
	var texts []string
	for _, p := range (&index{}).pieces(masked) {
		texts = append(texts, p.text)
	}
	if len(texts) != 1 {
		texts = append(texts, masked)
	}
	phone := slices.ContainsFunc(facts.all, func(f fact) bool { return f.kind == factPhone })
	var out []search.Question
	for _, t := range texts {
		q := search.Question{Wants: wantsOf(withoutMarks(t)), Lot: text}
		if phone {
			q.Wants = append(q.Wants, search.Want{Feature: featureCharges, Factor: 1, Extra: true})
		}
		if len(q.Wants) > 0 {
			q.Wants = append(q.Wants, beside...)
			out = append(out, q)
		}
	}
	return out
}

// wantsOf are the words of a text as an index is asked for them.
func wantsOf(text string) []search.Want {
	w := newWanted(text)
	var out []search.Want
	for _, f := range sortedFeatures(w.feats) {
		if strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) < 2 || number(f) {
			continue
		}
		factor := w.feats[f]
		if generic(f) {
			factor *= genericWord
		}
		out = append(out, search.Want{Feature: f, Factor: factor})
	}
	for _, f := range w.opened {
		out = append(out, search.Want{Feature: f, Factor: 1, Extra: true})
	}
	for _, k := range sortedFeatures(w.kinds) {
		if w.feats[k] == 0 {
			out = append(out, search.Want{Feature: k, Factor: w.kinds[k], Extra: true})
		}
	}
	out = append(out, w.translated()...)
	for _, t := range slices.Sorted(maps.Keys(w.trades.of)) {
		if v := w.trades.of[t]; v >= nearlyMost*w.trades.sure {
			out = append(out, search.Want{Feature: featureTrade + t, Factor: min(v, 1), Extra: true})
		}
	}
	if j := readJourney(withoutTimes(text, time.Time{})); j.to != nil {
		out = append(out, search.Want{Feature: featureTravels, Factor: besideShare, Extra: true})
	}
	return out
}

// translated are the words of the other language by which a service may speak of what a text says. A phrase's words
// share what it is worth.
func (w wanted) translated() []search.Want {
	best := map[string]search.Want{}
	for _, sp := range w.spans {
		for _, form := range sp.Others[:min(len(sp.Others), maxForms)] {
			for _, f := range form {
				if w.feats[f] > 0 || generic(f) || strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) < 2 {
					continue
				}
				if factor := carriedShare / float64(len(form)*len(form)); factor > best[f].Factor {
					best[f] = search.Want{Feature: f, Factor: factor, With: form, Extra: true}
				}
			}
		}
	}
	out := make([]search.Want, 0, len(best))
	for _, f := range slices.Sorted(maps.Keys(best)) {
		out = append(out, best[f])
	}
	return out
}

// nearby are the words by which a service says where it is: what a text says of places and where the person is, and the
// cities in both, in both languages.
func nearby(text, place string) []search.Want {
	feats := lexicon.Features(placesIn(text) + " " + place)
	for _, c := range lexicon.Cities(text + " " + place) {
		for f := range lexicon.Features(c.Chinese + " " + c.English) {
			feats[f] = 1
		}
	}
	var out []search.Want
	for _, f := range sortedFeatures(feats) {
		if strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) > 1 || strings.HasPrefix(f, "w:") && !number(f) {
			out = append(out, search.Want{Feature: f, Factor: besideShare, Beside: true})
		}
	}
	return out
}
