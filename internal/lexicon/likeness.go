package lexicon

import (
	"strings"

	"unicode/utf8"
)

// noise are words that say nothing about a thing.
var noise = map[string]bool{"a": true, "an": true, "the": true, "of": true, "and": true, "with": true, "for": true, "to": true, "in": true, "on": true, "at": true,
	"some": true, "any": true, "my": true, "me": true, "i": true, "is": true, "or": true, "by": true, "be": true, "as": true, "it": true, "that": true, "this": true,
	"from": true, "into": true, "your": true, "you": true, "our": true, "we": true, "us": true, "are": true, "there": true, "so": true, "too": true, "one": true, "will": true, "can": true, "please": true,
	"的": true, "了": true, "吧": true, "呢": true, "吗": true, "啊": true, "和": true, "与": true, "或": true, "是": true, "在": true, "个": true}

// Features are what two texts are compared by: concepts, stemmed Latin words, Han characters and pairs. Values are weights.
func Features(s string) map[string]float64 {
	out := map[string]float64{}
	prev := Token{}
	for _, t := range Tokens(s) {
		switch {
		case t.Concept != "":
			out["c:"+t.Concept] = 1
		case noise[t.Text]:
		case t.Han:
			out["h:"+t.Text] = 0.4
			if prev.Han && prev.Concept == "" && prev.End == t.Start && !noise[prev.Text] {
				out["h:"+prev.Text+t.Text] = 0.8
			}
		default:
			out["w:"+Stem(t.Text)] = 1
		}
		prev = t
	}
	return out
}

// NameFeatures are the features of a thing's name. What a thing is stands last in a Chinese name: a one-character concept
// inside of it (水 in 水彩笔) says nothing of the thing, unless it is an option (红衬衫).
func NameFeatures(name string) map[string]float64 {
	out := Features(name)
	s := Fold(name)
	ts := Tokens(s)
	keep := map[string]bool{}
	for i, t := range ts {
		inside := t.Concept != "" && t.Han && Runes(t.Text) == 1 && !strings.Contains(t.Concept, ".") && i+1 < len(ts) && ts[i+1].Han && ts[i+1].Start == t.End
		if !inside {
			keep["c:"+t.Concept] = true
		}
	}
	for f := range out {
		if strings.HasPrefix(f, "c:") && !keep[f] {
			delete(out, f)
		}
	}
	return out
}

// Stem cuts the commonest English endings.
func Stem(w string) string {
	w = strings.TrimSuffix(w, "'s")
	for _, rule := range [][2]string{{"ies", "y"}, {"sses", "ss"}, {"xes", "x"}, {"ches", "ch"}, {"shes", "sh"}} {
		if strings.HasSuffix(w, rule[0]) && len(w) > len(rule[0])+1 {
			return strings.TrimSuffix(w, rule[0]) + rule[1]
		}
	}
	if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") {
		return w[:len(w)-1]
	}
	return w
}

// Likeness says how alike a query and a name are, 0 to 1; 1 only when they say the same.
func Likeness(query, name string) float64 {
	q, n := Fold(query), Fold(name)
	if q == "" || n == "" {
		return 0
	}
	if q == n {
		return 1
	}
	fq, fn := Features(q), NameFeatures(n)
	metQ, metN := bridged(q, fq, fn), bridged(n, fn, fq)
	spelledTogether(q, n, metQ, metN)
	var total, hit, all float64
	for f, w := range fq {
		total += w
		hit += w * max(has(fn, f), metQ[f])
	}
	var back float64
	for f, w := range fn {
		all += w
		back += w * max(has(fq, f), metN[f])
	}
	if total == 0 || all == 0 {
		return 0
	}
	return 0.75*hit/total + 0.25*back/all
}

// has is 1 when the feature is there, 0.85 for a Latin word that differs by one typing error.
func has(fs map[string]float64, f string) float64 {
	if _, ok := fs[f]; ok {
		return 1
	}
	if !strings.HasPrefix(f, "w:") || len(f) < 7 {
		return 0
	}
	for other := range fs {
		if strings.HasPrefix(other, "w:") && OneOff(f, other) {
			return 0.85
		}
	}
	return 0
}

// OneOff tells whether two words differ by at most one insertion, deletion, replacement or swap of neighbours.
func OneOff(a, b string) bool {
	ra, rb := []rune(a), []rune(b)
	if len(ra) > len(rb) {
		ra, rb = rb, ra
	}
	if len(rb)-len(ra) > 1 {
		return false
	}
	i := 0
	for i < len(ra) && ra[i] == rb[i] {
		i++
	}
	if i == len(ra) {
		return true
	}
	if len(ra) != len(rb) {
		return string(ra[i:]) == string(rb[i+1:])
	}
	if string(ra[i+1:]) == string(rb[i+1:]) {
		return true
	}
	return i+1 < len(ra) && ra[i] == rb[i+1] && ra[i+1] == rb[i] && string(ra[i+2:]) == string(rb[i+2:])
}

// Mentions tells whether the text contains all that the query says.
func Mentions(text, query string) bool {
	fq := Features(query)
	if len(fq) == 0 {
		return false
	}
	ft := Features(text)
	met := bridged(query, fq, ft)
	spelledTogether(Fold(query), Fold(text), met, map[string]float64{})
	for f := range fq {
		if max(has(ft, f), met[f]) == 0 {
			return false
		}
	}
	return true
}

// Runes is the length of a text in characters.
func Runes(s string) int { return utf8.RuneCountInString(s) }
