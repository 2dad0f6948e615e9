package understand

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

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
	genericWord   = 0.12 // of a feature that says nothing about which service is meant
	maxItems      = 500  // live item names per service that are looked at
	kindShare     = 0.6  // of a service that knows the kind of thing (coffee) but not the thing (latte)
	placeShare    = 0.25 // of words that name a place to go to or be at
	unknownPair   = 0.3  // of a pair of characters that the service does not know: often part of a name
	minScore      = 0.9
	minCover      = 0.22
)

// index maps the words of a catalogue, or of the services of it that could be meant, to these services. Read-only when built.
type index struct {
	of       []*known
	services []catalog.Service
	words    []map[string]float64 // per service: feature → weight
	refused  []map[string]bool    // per service: features of what it says it does not do
	limits   []limits             // per service: what it says it does not do
	journeys []bool               // per service: it goes from one place to another
	joins    []string             // names of things that have a word like "and" in them: never cut
	spread   catalog.Spread       // of the whole catalogue
}

var sentenceEnd = regexp.MustCompile(`[。！!？?\n;；]|\.\s`)
var refuses = regexp.MustCompile(`不支持|不适用|不能|无法|不提供|禁止|严禁|不做|除外|不包括|不处理|请勿|(?i:\bnot\b|\bcannot\b|\bcan't\b|\bdoes not\b|\bdon't\b|\bnever\b|\bunsupported\b|\bout of scope\b|\bexcept\b)`)

// deniesAll is a sentence of nothing but what there is none of: "no shoes, no leather".
var deniesAll = regexp.MustCompile(`(?i)^\s*no [a-z]`)

// newIndex indexes services; spread is that of the whole catalogue, nil where these are all there are.
func newIndex(of []*known, spread catalog.Spread) *index {
	ix := &index{of: of, spread: spread}
	for _, k := range of {
		ix.services, ix.words, ix.refused = append(ix.services, k.service), append(ix.words, k.words), append(ix.refused, k.refused)
		ix.journeys, ix.limits = append(ix.journeys, k.journey), append(ix.limits, k.limits)
		ix.joins = append(ix.joins, k.joins...)
	}
	if spread == nil {
		ix.spread = countWords(of)
	}
	return ix
}

// having is how many services of the catalogue know a word.
func (ix *index) having(f string) int { return ix.spread.Having(f) }

// serviceWords are the words that a service says of itself, and those of what it says it does not do.
func serviceWords(s catalog.Service) (map[string]float64, map[string]bool) {
	w, not := map[string]float64{}, map[string]bool{}
	add := func(text string, weight float64) {
		for f := range lexicon.Features(text) {
			w[f] = max(w[f], weight)
		}
	}
	name := func(text string) {
		for f := range lexicon.NameFeatures(text) {
			w[f] = max(w[f], weightItem)
		}
	}
	says := func(text string, weight float64) {
		for _, sentence := range sentenceEnd.Split(text, -1) {
			if !refuses.MatchString(sentence) && !deniesAll.MatchString(sentence) {
				add(sentence, weight)
				continue
			}
			for f := range lexicon.Features(sentence) {
				not[f] = true
			}
		}
	}
	add(s.Name, weightName)
	says(s.Description, weightAbout)
	for _, part := range sections(s.Instruction) {
		if refuses.MatchString(part.heading) {
			for f := range lexicon.Features(part.text) {
				not[f] = true
			}
			continue
		}
		says(part.text, weightText)
	}
	for i, item := range s.Items {
		if i < maxItems {
			name(item.Name)
			for _, alias := range item.Aliases {
				name(alias)
			}
		}
	}
	for _, c := range s.Capabilities {
		add(words(c.Name)+" "+c.Title, weightCall)
		says(c.Description, weightCall)
		for _, t := range c.Triggers {
			add(t, weightTrigger)
		}
		schemaWords(c.Input, add, 0)
		measureWords(c.Input, w, 0)
	}
	for f := range not {
		if _, does := w[f]; does || generic(f) || !strings.HasPrefix(f, "c:") && !strings.HasPrefix(f, "w:") {
			delete(not, f)
		}
	}
	return w, not
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

// match is how well a text fits a service.
type match struct {
	service int
	score   float64
	cover   float64 // share of the text's telling words that the service knows
	by      []string
}

// generic tells that a feature says little about which service is meant.
func generic(f string) bool {
	switch f {
	case "c:near", "c:time", "c:date", "c:home", "c:work", "c:price", "c:shop", "c:quantity", "c:address", "c:name", "c:phone", "c:normal", "c:none", "c:cheap", "c:best", "c:fast", "c:orders", "c:goods", "c:from", "c:destination", "c:status", "c:distance", "c:note", "c:menu":
		return true
	}
	switch f {
	case "c:v.repair", "c:v.clean", "c:v.rent", "c:v.send", "c:v.charge", "c:v.translate":
		return false // these say what kind of service is meant
	}
	return strings.HasPrefix(f, "c:v.") || strings.HasPrefix(f, "c:size") || strings.HasPrefix(f, "c:temp")
}

// wanted is what a text says of the service that it wants.
type wanted struct {
	feats  map[string]float64
	opened []string           // features of words that stand apart in it: 取个号
	kinds  map[string]float64 // of what it names
	spans  []lexicon.Span     // that can be said in the other language
}

func newWanted(text string) wanted { return wants.get(text) }

var wants = readAgain(readWanted)

func readWanted(text string) wanted {
	said := telling(text)
	w := wanted{feats: lexicon.Features(said), opened: openedVerbs(text), kinds: map[string]float64{}, spans: lexicon.Bridge(said)}
	for _, n := range lexicon.Numbers(text) {
		if m := countedIn(n.Measure); m != "" {
			w.feats[m] = 1
		}
	}
	discountPlaces(w.feats, lexicon.Features(placesIn(text)))
	for f := range w.feats {
		for i, k := range lexicon.Kinds(strings.TrimPrefix(f, "c:")) {
			w.kinds["c:"+k] = max(w.kinds["c:"+k], kindShare/float64(i+1))
		}
	}
	return w
}

// best ranks the services for a text, best first, only those that fit.
func (ix *index) best(text string) []match {
	w := newWanted(text)
	feats, kinds, spans := maps.Clone(w.feats), w.kinds, w.spans
	for _, pair := range w.opened {
		if ix.having(pair) > 0 {
			feats[pair] = 1
		}
	}
	j := readJourney(withoutTimes(text, time.Time{}))
	var out []match
	what, denied := newAsked(text), 0.0
	for i := range ix.services {
		m := ix.score(i, feats, kinds, spans)
		if j.to != nil && (j.from != nil || ix.journeys[i]) {
			m.score *= journeyShare[ix.journeys[i]]
		}
		if m.score >= minScore && m.cover >= minCover {
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

// discountPlaces lets words that name a place count less, where others tell what is wanted: where it is says little about what it is.
func discountPlaces(feats, places map[string]float64) {
	told := false
	for f := range feats {
		if _, place := places[f]; !place && !generic(f) && (!strings.HasPrefix(f, "h:") || lexicon.Runes(f[2:]) > 1) {
			told = true
		}
	}
	for f := range places {
		if _, ok := feats[f]; ok && told {
			feats[f] *= placeShare
		}
	}
}

// telling drops what says nothing about which service is meant: politeness, question words, times, counts.
func telling(text string) string {
	s := withoutCities(withoutTimes(text, time.Time{}))
	for _, kind := range []string{"polite", "ask", "cheap", "best", "fast"} {
		s = blank(kind, s)
	}
	ns := lexicon.Numbers(s)
	for i := len(ns) - 1; i >= 0; i-- {
		if !lexicon.IsCount(s, ns[i]) && ns[i].Measure == "" && lexicon.HasHan(s[ns[i].Start:ns[i].End]) {
			continue // 二等座, 三明治: part of a word
		}
		keep := ""
		if ns[i].Measure == "人" || ns[i].Measure == "位" {
			keep = ns[i].Measure // 两人位, 四人包间: it tells what is counted
		}
		s = s[:ns[i].Start] + " " + keep + s[ns[i].End:]
	}
	return s
}

func (ix *index) score(i int, feats, kinds map[string]float64, spans []lexicon.Span) match {
	m := match{service: i}
	var total float64
	n := float64(ix.spread.Total())
	carried := ix.carried(i, feats, spans)
	for _, f := range sortedFeatures(feats) {
		if strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) < 2 || number(f) {
			continue
		}
		idf := math.Log(1 + n/float64(1+ix.having(f)))
		idf = max(idf, 0.3)
		if generic(f) {
			idf *= genericWord
		}
		if _, ok := ix.words[i][f]; !ok && (strings.HasPrefix(f, "h:") || ix.having(f) == 0) {
			idf *= unknownPair // no service knows it: a name, most likely
		}
		if feats[f] < placeShare*1.01 {
			idf *= placeShare
		}
		total += idf
		if _, ok := carried[f]; ok {
			idf = max(math.Log(1+n/float64(1+carried[f].df)), 0.3) * carriedShare
			total += idf
			m.score += idf * carried[f].weight * feats[f]
			m.cover += idf
			m.by = append(m.by, f[2:])
			continue
		}
		if w, ok := ix.words[i][f]; ok {
			m.score += idf * w * feats[f]
			m.cover += idf
			if !generic(f) {
				m.by = append(m.by, f[2:])
			}
		}
	}
	for f := range ix.refused[i] {
		if v, said := feats[f]; said {
			m.score -= refusedWeight * v
		}
	}
	for _, k := range sortedFeatures(kinds) {
		if w, ok := ix.words[i][k]; ok && feats[k] == 0 {
			idf := max(math.Log(1+n/float64(1+ix.having(k))), 0.3)
			m.score += idf * w * kinds[k]
			m.cover += idf * kinds[k]
			m.by = append(m.by, k[2:])
		}
	}
	if total > 0 {
		m.cover = min(m.cover, total)
		m.cover /= total
	}
	if len(m.by) == 0 {
		m.score *= 0.4
	}
	return m
}

// carriedShare is what a word counts that the service knows in the other language only.
const carriedShare = 0.8

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
