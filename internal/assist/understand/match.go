package understand

import (
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// match is how well a text fits a service.
type match struct {
	service int
	score   float64
	cover   float64 // share of the text's telling words that the service knows
	by      []string
	fit     float64 // how much of the trade that the words tell is the service's
	sure    float64 // how surely the words tell a trade
	called  bool    // the words call it by its own name
}

// wanted is what a text asks for, in the terms that services are compared by.
type wanted struct {
	feats  map[string]float64
	opened []string           // features of words that stand apart in it: 取个号
	kinds  map[string]float64 // what the things are kinds of
	spans  []lexicon.Span     // words that the dictionary can say in the other language
	trades tradeWish
}

// newWanted reads what a text asks for. Read-only: it is kept for the next that asks the same.
func newWanted(text string) wanted { return wants.get(text) }

var wants = readAgain(readWanted)

func readWanted(text string) wanted {
	told := telling(text)
	w := wanted{feats: lexicon.Features(told), opened: openedVerbs(text), kinds: map[string]float64{}, spans: lexicon.Bridge(told)}
	for _, n := range lexicon.Numbers(text) {
		if m := countedIn(n.Measure); m != "" {
			w.feats[m] = 1
		}
	}
	places := placesIn(text)
	discountPlaces(w.feats, lexicon.Features(places))
	for f := range w.feats {
		for i, k := range lexicon.Kinds(strings.TrimPrefix(f, "c:")) {
			w.kinds["c:"+k] = max(w.kinds["c:"+k], kindShare/float64(i+1))
		}
	}
	w.trades = newTradeWish(told, places)
	return w
}

// wants reads what a text asks for, with the words that stand apart in it where some service knows them closed up.
func (ix *index) wants(text string) wanted {
	w := newWanted(text)
	w.feats = maps.Clone(w.feats)
	for _, pair := range w.opened {
		if ix.having(pair) > 0 {
			w.feats[pair] = 1
		}
	}
	return w
}

// best ranks the services for a text, best first, only those that fit.
func (ix *index) best(text string) []match {
	w := ix.wants(text)
	j := readJourney(withoutTimes(text, time.Time{}))
	var out []match
	what, denied := newAsked(text), 0.0
	for i := range ix.services {
		m := ix.score(i, w)
		if m.called = ix.calls(i, text); m.called {
			m.score, m.cover = m.score+namedWeight, max(m.cover, namedCover)
		}
		if j.to != nil && (j.from != nil || ix.journeys[i]) {
			m.score *= journeyShare[ix.journeys[i]]
		}
		if m.score >= minScore && m.cover >= minCover {
			if !m.called && (len(m.by) == 0 && !m.ofTrade() || ix.foreign(i, m, w.trades)) {
				continue
			}
			if ix.denies(i, what) {
				denied = max(denied, m.rank())
				continue
			}
			out = append(out, m)
		}
	}
	out = slices.DeleteFunc(out, func(m match) bool { return m.rank() < deniedShare*denied })
	sortMatches(out)
	return out
}

// deniedShare is how well another service must fit, beside the one that fits best and says that it does not do it.
const deniedShare = 0.7

// What words weigh by how many services know them: as if the catalogue stood among some more services, so that a word
// tells something where there is only one service, and does not tell ever more in a large catalogue.
const (
	elsewhere = 20.0
	knownElse = 0.02 // of the services elsewhere know any word
	leastIDF  = 0.3
	mostIDF   = 3.2
)

// idf is how much it tells that a service knows a word that df of all services know.
func (ix *index) idf(df int) float64 {
	n := float64(ix.spread.Total())
	return min(max(math.Log((1+n+elsewhere)/(1+float64(df)+elsewhere*knownElse)), leastIDF), mostIDF)
}

// weigh is what a feature of a text weighs for a service; 0 for one that is not looked at.
func (ix *index) weigh(i int, f string, w wanted) float64 {
	if number(f) || strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) < 2 && lexicon.Light(f) {
		return 0
	}
	v := ix.idf(ix.having(f))
	switch _, knows := ix.words[i][f]; {
	case generic(f) || lexicon.Light(f):
		v *= genericWord
	case acts[f]:
		v *= actWord
	case strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) < 2:
		v *= singleHan
	case !knows && (strings.HasPrefix(f, "h:") || ix.having(f) == 0):
		v *= unknownPair // no service knows it: a name, most likely
	}
	if w.feats[f] < placeShare*1.01 {
		v *= placeShare
	}
	return v
}

// score is how well a service fits what a text asks for.
func (ix *index) score(i int, w wanted) match {
	m := match{service: i}
	var total float64
	carried := ix.carried(i, w.feats, w.spans)
	for _, f := range sortedFeatures(w.feats) {
		v := ix.weigh(i, f, w)
		if v == 0 {
			continue
		}
		total += v
		if c, ok := carried[f]; ok {
			v = ix.idf(c.df) * carriedShare
			total += v
			m.hit(f, v, c.weight*w.feats[f])
		} else if weight, ok := ix.words[i][f]; ok {
			m.hit(f, v, weight*w.feats[f])
		}
	}
	for f := range ix.refused[i] {
		if v, said := w.feats[f]; said {
			m.score -= refusedWeight * v
		}
	}
	for _, k := range sortedFeatures(w.kinds) {
		if weight, ok := ix.words[i][k]; ok && w.feats[k] == 0 {
			m.hit(k, ix.idf(ix.having(k))*w.kinds[k], weight)
		}
	}
	if total > 0 {
		m.cover = min(m.cover, total) / total
	}
	if len(m.by) == 0 {
		m.score *= 0.4
	}
	m.byTrade(w.trades, ix.trades[i])
	return m
}

// hit counts a feature that the service knows.
func (m *match) hit(f string, cover, weight float64) {
	m.score += cover * weight
	m.cover += cover
	if !generic(f) && !lexicon.Light(f) {
		m.by = append(m.by, f[2:])
	}
}

// journeyShare is what going from one place to another counts for a service where the words name two cities, or one to go to.
var journeyShare = map[bool]float64{true: 1.3, false: 0.6}

// travels tells that a service has calls from one place to another.
func travels(s catalog.Service) bool {
	for _, c := range s.Capabilities {
		from, to := false, false
		for _, p := range c.Input.Properties {
			switch side(p.Name) {
			case roleFrom:
				from = true
			case roleTo:
				to = true
			}
		}
		if from && to {
			return true
		}
	}
	return false
}
