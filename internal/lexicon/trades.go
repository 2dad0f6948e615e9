package lexicon

import (
	"bufio"
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/trades.tsv
var tradeFile string

// How much a word says of a trade: that it names it, that it goes with it, and that it is one character only.
const (
	tradeCore  = 1.0
	tradeNear  = 0.5
	tradeShort = 0.6
)

// maxTradeWords is the number of words of the longest English phrase of a trade.
const maxTradeWords = 5

// maxTradeRunes is the number of characters of the longest Chinese word of a trade.
const maxTradeRunes = 8

// TradeWord is a word of a text that goes with trades.
type TradeWord struct {
	Text       string
	Start, End int                // in the folded text
	Trades     map[string]float64 // how much it says of each
}

var trades = sync.OnceValue(func() map[string]map[string]float64 {
	out := map[string]map[string]float64{}
	lines := bufio.NewScanner(strings.NewReader(tradeFile))
	lines.Buffer(nil, 1<<16)
	for lines.Scan() {
		parts := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(parts[0], "#") || len(parts) != 3 {
			continue
		}
		for i, weight := range []float64{tradeCore, tradeNear} {
			for _, w := range strings.Split(parts[i+1], "|") {
				if w = tradeKey(w); Light("w:" + w) {
					continue // as a whole, whatever it means here
				}
				if out[w] == nil {
					out[w] = map[string]float64{}
				}
				v := weight
				if HasHan(w) && Runes(w) == 1 {
					v *= tradeShort
				}
				out[w][parts[0]] = max(out[w][parts[0]], v)
			}
		}
	}
	for _, of := range out { // a word of many trades tells little of each
		for t := range of {
			of[t] /= math.Sqrt(float64(len(of)))
		}
	}
	return out
})

// tradeKey is the form under which a word is kept: folded, and Latin words stemmed.
func tradeKey(w string) string {
	w = Fold(w)
	if HasHan(w) {
		return w
	}
	return stems(strings.Fields(strings.ReplaceAll(w, "-", " ")))
}

// TradeWords lists the words of a text (folded here) that go with everyday trades, the longest at each place.
func TradeWords(text string) []TradeWord {
	var out []TradeWord
	s := Fold(text)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		n := 0
		var of map[string]float64
		switch {
		case IsHan(r):
			n, of = hanTrade(s[i:])
		case isWord(r):
			if n, of = latinTrade(s[i:]); n == 0 {
				n = wordEnd(s, i)
			}
		}
		if of != nil {
			out = append(out, TradeWord{Text: s[i : i+n], Start: i, End: i + n, Trades: of})
		}
		i += max(n, size)
	}
	return out
}

// hanTrade is the longest word of a trade at the start of s, which begins with a Chinese character.
func hanTrade(s string) (int, map[string]float64) {
	n, best, runes := 0, 0, 0
	var of map[string]float64
	for _, r := range s {
		if runes == maxTradeRunes || !isWord(r) {
			break
		}
		n += utf8.RuneLen(r)
		runes++
		if found := trades()[s[:n]]; found != nil {
			best, of = n, found
		}
	}
	if Runes(s[:best]) == 1 && best > 0 && inLongerWord(s, best) {
		return 0, nil
	}
	return best, of
}

// inLongerWord tells that a dictionary's longer word begins with the first n bytes of s: 包 in 包括.
func inLongerWord(s string, n int) bool {
	for k := 0; k < maxGuard && n < len(s); k++ {
		next, size := utf8.DecodeRuneInString(s[n:])
		if !IsHan(next) {
			return false
		}
		if n += size; Known(s[:n]) {
			return true
		}
	}
	return false
}

// latinTrade is the longest phrase of a trade at the start of s.
func latinTrade(s string) (int, map[string]float64) {
	var words []string
	best := 0
	var of map[string]float64
	for i := 0; i < len(s) && len(words) < maxTradeWords; {
		n := wordEnd(s, i)
		if n == 0 {
			break
		}
		words = append(words, Stem(s[i:i+n]))
		i += n
		if found := trades()[strings.Join(words, " ")]; found != nil {
			best, of = i, found
		}
		if i >= len(s) || s[i] != ' ' && s[i] != '-' {
			break
		}
		i++
	}
	return best, of
}

// actShare is what a word of doing tells of a trade beside a thing that it is done to: to mend a marriage is no plumber's work.
const actShare = 0.4

// Trades sums up how much a text says of everyday trades.
func Trades(text string) map[string]float64 {
	out, seen := map[string]float64{}, map[string]bool{}
	words := TradeWords(text)
	thing := slices.ContainsFunc(words, func(w TradeWord) bool { return !w.Act() })
	for _, w := range words {
		if seen[w.Text] {
			continue
		}
		seen[w.Text] = true
		for t, v := range w.Trades {
			if thing && w.Act() {
				v *= actShare
			}
			out[t] += v
		}
	}
	return out
}

// acts are the concepts of work and of what is wrong: what they are done to tells the trade.
var acts = map[string]bool{"broken": true, "v.repair": true, "v.clean": true, "v.rent": true, "v.order": true, "v.reserve": true, "v.take": true, "v.make": true, "v.edit": true}

// Act tells that the word is one of work, or of what is wrong, rather than a thing.
func (w TradeWord) Act() bool { return acts[Concept(w.Text)] }
