package understand

import (
	"math"
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// Weights of the places in which a capability speaks of itself.
const (
	voiceName  = 1.2
	voiceHead  = 1.2
	voiceQuote = 0.8 // what it says a person would say
	voiceText  = 0.6 // the rest of its first sentence
	voiceInput = 0.3
)

// voice is a capability in its own words.
type voice struct {
	feats map[string]float64
	verb  string // the concept of what it does, "" when its words tell none
}

// voices are a service's capabilities in their own words, with how many of them use each word.
type voices struct {
	of map[string]voice
	df map[string]int
}

var quotation = regexp.MustCompile(`[「『“"'‘]([^」』”"'’]{2,30})[」』”"'’]`)

func newVoices(s catalog.Service) voices {
	vs := voices{of: map[string]voice{}, df: map[string]int{}}
	for _, c := range s.Capabilities {
		v := voiceOf(c)
		vs.of[c.Key()] = v
		for f := range v.feats {
			vs.df[f]++
		}
	}
	return vs
}

func voiceOf(c catalog.Capability) voice {
	v := voice{feats: map[string]float64{}}
	add := func(text string, weight float64) {
		for f := range lexicon.Features(text) {
			v.feats[f] = max(v.feats[f], weight)
		}
	}
	head := headOf(c.Description)
	add(catalog.NameWords(c.Name)+" "+c.Title, voiceName)
	add(head, voiceHead)
	if first := sentenceEnd.Split(c.Description, 2)[0]; !refuses.MatchString(first) {
		add(first, voiceText)
	}
	for _, sentence := range sentenceEnd.Split(c.Description, -1) {
		if !refuses.MatchString(sentence) {
			for _, q := range quotation.FindAllStringSubmatch(sentence, 12) {
				add(q[1], voiceQuote)
			}
		}
	}
	for _, p := range c.Input.Properties {
		add(p.Schema.Title, voiceInput)
		add(headOf(p.Schema.Description), voiceInput)
	}
	v.verb = leadingVerb(head)
	if v.verb == "" {
		v.verb = leadingVerb(catalog.NameWords(c.Name))
	}
	return v
}

// names tells that a word stands in the name or the first words of some capability.
func (vs voices) names(f string) bool {
	for _, v := range vs.of {
		if v.feats[f] >= voiceHead {
			return true
		}
	}
	return false
}

// leadingVerb is the first verb of a phrase among its first words.
func leadingVerb(phrase string) string {
	for i, t := range lexicon.Tokens(phrase) {
		if strings.HasPrefix(t.Concept, "v.") {
			return t.Concept
		}
		if i >= 3 {
			break
		}
	}
	return ""
}

// affinity says how much of what the goal says, as far as the service's capabilities speak of it at all, this one
// speaks of: 0 to 1. Words that few of them use count most.
func (b *builder) affinity(c catalog.Capability) float64 {
	vs := b.voices()
	v, n := vs.of[c.Key()], float64(len(vs.of))
	var total, hit float64
	for _, f := range sortedFeatures(b.feats()) {
		df := vs.df[f]
		if df == 0 || number(f) {
			continue
		}
		idf := math.Log(1 + n/float64(df))
		if strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) < 2 {
			idf *= genericWord
		}
		total += idf * voiceName
		hit += idf * v.feats[f]
	}
	for _, sp := range b.spans() {
		if b.ix.spoken(vs, sp.Own) {
			continue
		}
		known := func(f string) bool { return vs.df[f] > 0 }
		form, ok := sp.Carried(known)
		if !ok {
			continue
		}
		for _, f := range form {
			idf := math.Log(1+n/float64(vs.df[f])) * carriedShare
			total += idf * voiceName
			hit += idf * v.feats[f]
		}
	}
	if total == 0 {
		return 0
	}
	return hit / total
}

func (ix *index) spoken(vs voices, features []string) bool {
	for _, f := range features {
		if vs.df[f] > 0 {
			return true
		}
	}
	return false
}

func (b *builder) voices() voices { return b.ix.of[b.goal.service].voices() }

func (b *builder) spans() []lexicon.Span { return lexicon.Bridge(b.goal.text) }

// says tells that the goal's words contain a verb's concept.
func (b *builder) says(concept string) bool {
	if concept == "" {
		return false
	}
	_, ok := b.feats()["c:"+concept]
	return ok
}
