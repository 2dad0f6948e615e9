package understand

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// Weights of the places where a service's word stands, and thresholds of matching a piece to a service.
const (
	weightName    = 3.0
	weightItem    = 3.0
	weightTrigger = 2.0
	weightAbout   = 2.0
	weightCall    = 1.5
	weightEnum    = 1.0
	weightText    = 0.6
	weightCode    = 0.4  // of an enum's bare values
	weightListed  = 0.3  // of one listed thing, for the trade
	genericWord   = 0.12 // of a feature that says nothing about which service is meant
	maxItems      = 500  // live item names per service that are looked at
	kindShare     = 0.6  // of a service that knows the kind of thing (coffee) but not the thing (latte)
	placeShare    = 0.25 // of words that name a place to go to or be at
	unknownPair   = 0.3  // of a pair of characters that the service does not know: often part of a name
	singleHan     = 0.35 // of one Chinese character
	actWord       = 0.5  // of a kind of work
	minScore      = 0.9
	minCover      = 0.22
)

var sentenceEnd = regexp.MustCompile(`[。！!？?\n;；]|\.\s`)
var refuses = regexp.MustCompile(`不支持|不适用|不能|无法|不提供|禁止|严禁|不做|除外|不包括|不处理|请勿|(?i:\bnot\b|\bcannot\b|\bcan't\b|\bdoes not\b|\bdon't\b|\bnever\b|\bunsupported\b|\bout of scope\b|\bexcept\b)`)

// deniesAll is a sentence of nothing but what there is none of: "no shoes, no leather".
var deniesAll = regexp.MustCompile(`(?i)^\s*no [a-z]`)

// selfWords are what a service says of itself.
type selfWords struct {
	words  map[string]float64 // feature → weight
	denied map[string]bool    // features of what it says it does not do
	trades map[string]float64 // how much it speaks of each everyday trade; the most is 1
}

// add notes words that a service says in a place of some weight. What few places say, and what is said often, tell the trade.
func (w *selfWords) add(text string, weight float64) {
	for f := range lexicon.Features(text) {
		w.words[f] = max(w.words[f], weight)
	}
	w.trade(text, weight)
}

// maxTradeHits bounds what one text counts for a trade.
const maxTradeHits = 2.5

func (w *selfWords) trade(text string, weight float64) {
	for t, v := range lexicon.Trades(text) {
		w.trades[t] += weight * min(v, maxTradeHits)
	}
}

func (w *selfWords) deny(text string) {
	for f := range lexicon.Features(text) {
		w.denied[f] = true
	}
}

// says notes a text sentence by sentence, those apart that say what is not done.
func (w *selfWords) says(text string, weight float64) {
	for _, sentence := range sentenceEnd.Split(text, -1) {
		if refuses.MatchString(sentence) || deniesAll.MatchString(sentence) {
			w.deny(sentence)
			continue
		}
		w.add(sentence, weight)
	}
}

// item notes the name of a thing that the service lists.
func (w *selfWords) item(name string) {
	for f := range lexicon.NameFeatures(name) {
		w.words[f] = max(w.words[f], weightItem)
	}
	w.trade(name, weightListed)
}

// serviceWords are the words that a service says of itself, and those of what it says it does not do.
func serviceWords(s catalog.Service) selfWords {
	w := selfWords{words: map[string]float64{}, denied: map[string]bool{}, trades: map[string]float64{}}
	w.add(s.Name, weightName)
	w.says(s.Description, weightAbout)
	for _, part := range sections(s.Instruction) {
		if refuses.MatchString(part.heading) {
			w.deny(part.text)
			continue
		}
		w.says(part.text, weightText)
	}
	for i, item := range s.Items {
		if i < maxItems {
			for _, name := range append([]string{item.Name}, item.Aliases...) {
				w.item(name)
			}
		}
	}
	for _, c := range s.Capabilities {
		w.add(catalog.NameWords(c.Name)+" "+c.Title, weightCall)
		w.says(c.Description, weightCall)
		for _, t := range c.Triggers {
			w.add(t, weightTrigger)
		}
		schemaWords(c.Input, w.add, 0)
		measureWords(c.Input, w.words, 0)
	}
	w.settle()
	return w
}

// settle brings what was noted into proportion.
func (w *selfWords) settle() {
	for f := range w.denied {
		if _, does := w.words[f]; does || generic(f) || !strings.HasPrefix(f, "c:") && !strings.HasPrefix(f, "w:") {
			delete(w.denied, f)
		}
	}
	most := 0.0
	for _, v := range w.trades {
		most = max(most, v)
	}
	for t, v := range w.trades {
		w.trades[t] = v / most
	}
}

// countedIn is the feature of a measure word that tells what is counted: 桶, 杯, "barrels"; "" of one that counts anything.
func countedIn(measure string) string {
	switch measure {
	case "", "个", "份", "件", "位", "人", "单", "次", "pieces", "piece", "people", "person", "persons":
		return ""
	}
	return "m:" + lexicon.Stem(strings.TrimSuffix(measure, " of"))
}

// measureWords are the measure words of a schema's quantities: 桶数, "barrels".
func measureWords(s *catalog.Schema, w map[string]float64, depth int) {
	if s == nil || depth > 6 {
		return
	}
	for _, p := range s.Properties {
		if roleOf(p.Name, p.Schema, false) == roleQuantity || strings.HasSuffix(headOf(p.Schema.Description), "数") {
			for _, r := range headOf(p.Schema.Description) {
				if lexicon.IsHan(r) && r != '数' && r != '量' {
					w["m:"+string(r)] = weightCall
				}
			}
			for _, word := range strings.Fields(strings.ToLower(words(p.Name))) {
				w["m:"+lexicon.Stem(word)] = weightCall
			}
		}
		measureWords(p.Schema, w, depth+1)
		measureWords(p.Schema.Items, w, depth+1)
	}
}

// section is a part of an instruction under its heading.
type section struct{ heading, text string }

// sections takes a text in Markdown apart at its headings.
func sections(text string) []section {
	out := []section{{}}
	for line := range strings.Lines(text) {
		if h := strings.TrimLeft(line, "#"); h != line && strings.HasPrefix(h, " ") {
			out = append(out, section{heading: strings.TrimSpace(h)})
			continue
		}
		out[len(out)-1].text += line
	}
	return out
}

func schemaWords(s *catalog.Schema, add func(string, float64), depth int) {
	if s == nil || depth > 6 {
		return
	}
	for _, p := range s.Properties {
		add(p.Schema.Title, weightEnum)
		for _, e := range p.Schema.Enum {
			add(words(fmt.Sprint(e)), weightCode)
		}
		if p.Schema.Type == "boolean" {
			add(words(p.Name)+" "+headOf(p.Schema.Description), weightCode)
		}
		if len(p.Schema.Enum) > 0 || (p.Schema.Items != nil && len(p.Schema.Items.Enum) > 0) || quoted.MatchString(p.Schema.Description) {
			add(p.Schema.Description, weightEnum)
		}
		schemaWords(p.Schema, add, depth+1)
		schemaWords(p.Schema.Items, add, depth+1)
	}
}

var quoted = regexp.MustCompile(`[「『“"'‘]`)

// words opens a name such as createOrder or book_ride into words.
func words(name string) string { return lexicon.Opened(name) }
