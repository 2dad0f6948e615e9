package understand

import (
	"maps"
	"math"
	"slices"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// tradeWish is how much a text speaks of each everyday trade.
type tradeWish struct {
	of     map[string]float64
	length float64        // of the whole
	sure   float64        // how surely it tells a trade: 0 to 1
	words  []lexicon.Span // that tell it
}

// What the trade counts for a match.
const (
	tradeWeight  = 4.0
	tradeCover   = 0.7
	tradeShare   = 0.8  // of what its other words count
	besideTrade  = 0.3  // of a service that is of another trade than the one which the words tell most
	strangeTrade = 0.5  // of a service whose trades are not those that the words surely tell
	noTrade      = 0.12 // below which a service is not of a trade
	placeTrade   = 0.3  // of words that name a place
	nearlyMost   = 0.7  // of the most that a text speaks of any trade
	tellsTrade   = 0.4  // of how surely it tells one, for a word to be one of those that tell it
	sureTrade    = 0.9  // from which words name a trade
	sureFit      = 0.5  // from which a service is of the trade that words name
	wellKnown    = 0.6  // share of the words that a service knows, from which their trade leaves it in
	foreignTrade = 0.5  // from which words tell a trade surely enough to leave others out
)

// newTradeWish reads the trades that a text speaks of; places is what it says of places.
func newTradeWish(text, places string) tradeWish {
	w := tradeWish{of: lexicon.Trades(text)}
	for t, v := range lexicon.Trades(opened.ReplaceAllString(text, "$1$2")) { // 洗个冰箱
		w.of[t] = max(w.of[t], v)
	}
	for t, v := range lexicon.Trades(places) {
		w.of[t] -= min(v, w.of[t]) * (1 - placeTrade)
	}
	square := 0.0
	for _, v := range w.of {
		square += v * v
		w.sure = min(max(w.sure, v), 1)
	}
	w.length = math.Sqrt(square)
	w.words = w.tellers(text)
	return w
}

// tellers are the words that tell the trade which a text speaks of most.
func (w tradeWish) tellers(text string) []lexicon.Span {
	var out []lexicon.Span
	for _, word := range lexicon.TradeWords(text) {
		for t, v := range word.Trades {
			if w.of[t] >= nearlyMost*w.sure && v >= tellsTrade*w.sure {
				out = append(out, lexicon.NewSpan(word.Text))
				break
			}
		}
	}
	return out
}

// foreign tells that words which surely tell a trade tell none of the service's, and that it speaks of none of them.
func (ix *index) foreign(i int, m match, w tradeWish) bool {
	if m.fit >= noTrade || w.sure < foreignTrade || m.cover >= wellKnown && len(m.by) > 0 {
		return false
	}
	for _, sp := range w.words {
		if ix.knowsAll(i, sp.Own) {
			return false
		}
		if _, ok := sp.Carried(func(f string) bool { _, has := ix.words[i][f]; return has }); ok {
			return false
		}
	}
	return true
}

// byTrade counts that a service is, or is not, of the trade that the words tell.
func (m *match) byTrade(w tradeWish, own map[string]float64) {
	if w.length == 0 {
		return
	}
	most := ""
	for _, t := range slices.Sorted(maps.Keys(w.of)) {
		m.fit += w.of[t] * own[t] / w.length
		if most == "" || w.of[t] > w.of[most] {
			most = t
		}
	}
	m.fit, m.sure = min(m.fit, 1), w.sure
	if own[most] < noTrade {
		m.fit *= besideTrade
	}
	if m.fit < noTrade {
		m.score *= 1 - (1-strangeTrade)*m.sure
		return
	}
	m.score = m.score*(1+tradeShare*m.sure*(m.fit-0.5)) + tradeWeight*m.fit*m.sure
	m.cover += (1 - m.cover) * tradeCover * m.fit * m.sure
}

// sameTrade is how much of a surely told trade makes a service one of that trade.
const sameTrade = 0.32

// ofTrade tells that a service is of the trade that the words tell.
func (m match) ofTrade() bool { return m.fit*m.sure >= sameTrade }

// namesTrade tells that the words name a trade, and that the service is of it: 叫车去机场 asks for something without a verb.
func (m match) namesTrade() bool { return m.sure >= sureTrade && m.fit >= sureFit }
