package understand

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

func wholeNumber(s string) (int, bool) {
	v, err := strconv.Atoi(strings.TrimSpace(s))
	return v, err == nil
}

// enumWord is one way to say an enum value.
type enumWord struct {
	text    string // folded
	concept string
	parts   []string // the options that the words contain (做热饮: hot)
	amount  quantum  // what the words measure (50元话费)
}

// enumOf is an enum under the name of its input. A schema is never changed once it is in an index.
type enumOf struct {
	name   string
	schema *catalog.Schema
}

// knownEnums are the ways to say the values of the enums that were looked into, and knownLooks the texts that were.
var (
	knownEnums memo[enumOf, [][]enumWord]
	knownLooks memo[string, look]
)

// enumWords lists for each value of an enum how it may be said: the value itself opened into words, its title, what the
// description says of it in whatever style, and these together with the property's own name.
func enumWords(name string, s *catalog.Schema) [][]enumWord {
	return knownEnums.get(enumOf{name, s}, func() [][]enumWord { return readEnum(name, s) })
}

func readEnum(name string, s *catalog.Schema) [][]enumWord {
	out := make([][]enumWord, len(s.Enum))
	of := standardEnum(catalog.Property{Name: name, Schema: s})
	for i, labels := range enumLabels(s) {
		if c, ok := lexicon.CodeOf(of, fmt.Sprint(s.Enum[i])); ok && of != "" {
			labels = append(labels, c.Names...)
		}
		out[i] = waysToSay(name, fmt.Sprint(s.Enum[i]), labels, s)
	}
	return out
}

// enumLabels are for each value of an enum its title and what the description says of it, taken apart.
func enumLabels(s *catalog.Schema) [][]string {
	values := make([]string, len(s.Enum))
	for i, e := range s.Enum {
		values[i] = fmt.Sprint(e)
	}
	out := codebook(s.Description, values)
	for i := range out {
		if i < len(s.EnumNames) {
			out[i] = append(labelsIn(s.EnumNames[i], labelsOfTitle), out[i]...)
		}
	}
	return shorter(out)
}

func waysToSay(name, value string, labels []string, s *catalog.Schema) []enumWord {
	var out []enumWord
	add := func(text string) {
		if text = strings.Trim(lexicon.Fold(text), " '\"「」『』“”‘’`*"); text != "" && lexicon.Runes(text) <= maxLabel {
			out = append(out, enumWord{text: text, concept: lexicon.Concept(text), parts: optionsIn(text), amount: amountOf(text, labels)})
		}
	}
	own := words(value)
	add(own)
	add(own + " " + words(name))
	add(words(name) + " " + own)
	for _, w := range strings.Fields(words(name)) {
		add(own + " " + w)
		if lexicon.Concept(own) == "none" {
			add("no " + w)
		}
	}
	if len(labels) == 0 {
		if full, ok := shortSize(name, value, s); ok {
			add(full)
		}
	}
	for _, l := range labels {
		add(l)
	}
	return out
}

// shortSize opens the letters by which sizes go.
func shortSize(name, value string, s *catalog.Schema) (string, bool) {
	if _, ok := lexicon.Features(words(name) + " " + headOf(s.Description))["c:size"]; !ok {
		return "", false
	}
	full, ok := map[string]string{"s": "small", "m": "medium", "l": "large", "xl": "extra large"}[strings.ToLower(value)]
	return full, ok
}

// optionsIn are the options that a text of several words contains.
func optionsIn(text string) []string {
	var out []string
	tokens := lexicon.Tokens(text)
	for _, t := range tokens {
		if strings.Contains(t.Concept, ".") && !strings.HasPrefix(t.Concept, "v.") && len(tokens) > 1 {
			out = append(out, t.Concept)
		}
	}
	return out
}

// said is an enum value found in the words.
type said struct {
	value any
	words string // as they stand in the text
	score float64
}

// How plainly words say a value: by its own words, these with an ending (ironed), the same concept, an amount, the concept next to it, a word that the
// value's explanation contains, its translation.
const (
	byWords     = 3.0
	byInflected = 2.2
	byConcept   = 2.0
	byAmount    = 1.9
	byCarried   = 1.7
	byKind      = 1.5
	byPart      = 1.4
	lengthStep  = 100.0 // of bytes that decide between equals
)

// findEnum finds which values of an enum the text says; those that it says it does not want are left out. Best first.
func findEnum(name string, s *catalog.Schema, text string) []said {
	look := newLook(text)
	all := enumWords(name, s)
	shared := sharedConcepts(all)
	var out []said
	for i, value := range s.Enum {
		best, refused := said{value: value}, ""
		for _, w := range all[i] {
			if shared[w.concept] {
				w.concept = "" // a word for the whole kind: only its very words tell the values apart
			}
			at, score := look.match(w, shared)
			switch {
			case score <= 0:
			case negated(look.folded, at, w):
				if len(at) > len(refused) {
					refused = at
				}
			case score > best.score:
				best.words, best.score = at, score
			}
		}
		if best.score > 0 && (refused == "" || !strings.Contains(refused, best.words)) { // 包装 of 不要礼盒包装 is refused with it
			out = append(out, best)
		}
	}
	if len(out) == 0 {
		out = numbered(name, s, look.folded)
	}
	return strongest(out)
}

// sharedConcepts are those that several values of an enum have in common.
func sharedConcepts(all [][]enumWord) map[string]bool {
	owner, out := map[string]int{}, map[string]bool{}
	claim := func(c string, i int) {
		if o, taken := owner[c]; c != "" && taken && o != i {
			out[c] = true
		}
		owner[c] = i
	}
	for i, ws := range all {
		for _, w := range ws {
			claim(w.concept, i)
			for _, c := range w.parts {
				claim(c, i)
			}
		}
	}
	return out
}

// look is a text in which values are looked for.
type look struct {
	folded string
	tokens []lexicon.Token
	spans  []lexicon.Span
}

func newLook(text string) look {
	return knownLooks.get(text, func() look {
		folded := lexicon.Fold(text)
		return look{folded: folded, tokens: lexicon.Tokens(folded), spans: lexicon.Bridge(folded)}
	})
}

// match looks for a way to say a value, plainest first.
func (l look) match(w enumWord, shared map[string]bool) (string, float64) {
	if w.concept == "none" || w.text == "none" || w.text == "no" {
		return "", 0 // "no" belongs to the word after it
	}
	long := lexicon.Runes(w.text) > 1
	if long && wholeIn(l.folded, w.text) >= 0 {
		return w.text, byWords + float64(len(w.text))/lengthStep
	}
	if long {
		for _, ending := range []string{"ed", "d", "ing", "s", "es"} {
			if !lexicon.HasHan(w.text) && len(w.text) > 3 && wholeIn(l.folded, w.text+ending) >= 0 {
				return w.text + ending, byInflected
			}
		}
	}
	if w.concept != "" {
		if at, score := l.concept(w.concept); score > 0 {
			return at, score
		}
	}
	if at, ok := w.amount.in(l.folded); ok {
		return at, byAmount + float64(len(at))/lengthStep
	}
	for _, c := range w.parts {
		for _, t := range l.tokens {
			if t.Concept == c && !shared[c] {
				return t.Text, byPart
			}
		}
	}
	if w.concept == "" && long {
		if han, ok := lexicon.SpelledIn(l.folded, w.text); ok {
			return han, byInflected
		}
		return l.carried(w.text)
	}
	return "", 0
}

// concept finds a word of the same concept, or of the one next to it (three tenths of sugar for little sugar).
func (l look) concept(c string) (string, float64) {
	for _, t := range l.tokens {
		if t.Concept == c {
			return t.Text, byConcept + float64(len(t.Text))/lengthStep
		}
	}
	if !strings.Contains(c, ".") {
		return "", 0
	}
	for _, t := range l.tokens {
		for _, k := range lexicon.Kinds(t.Concept) {
			if k == c {
				return t.Text, byKind
			}
		}
		for _, k := range lexicon.Kinds(c) {
			if k == t.Concept && strings.Contains(k, ".") {
				return t.Text, byKind - 0.1
			}
		}
	}
	return "", 0
}

// carried finds a word that says the label in the other language.
func (l look) carried(label string) (string, float64) {
	fs := lexicon.Features(label)
	pairs := 0
	for f := range fs {
		if !strings.HasPrefix(f, "h:") || lexicon.Runes(f[2:]) > 1 {
			pairs++
		}
	}
	for _, sp := range l.spans {
		form, ok := sp.Carried(func(f string) bool { _, ok := fs[f]; return ok })
		if ok && len(form)+1 > pairs && lexicon.Runes(sp.Text) > 1 {
			return sp.Text, byCarried
		}
	}
	return "", 0
}

// wholeIn finds words in a text: Latin ones as whole words, Chinese ones anywhere.
func wholeIn(text, words string) int { return indexWord(text, words) }

// negated tells that the text says "no …" right before the words, while the value itself is not a "no".
func negated(folded, at string, w enumWord) bool {
	if at == "" || has("negate", w.text) || strings.HasSuffix(w.concept, ".none") {
		return false
	}
	return denied(folded, strings.Index(folded, at))
}

// denied tells that a "no" stands right before a place of a folded text.
func denied(folded string, at int) bool { return deniedFrom(folded, at) < at }

// deniedFrom is where the "no" right before a place of a folded text begins; the place itself when there is none.
func deniedFrom(folded string, at int) int {
	before := strings.TrimSpace(folded[:max(at, 0)])
	for _, p := range phrases()["negate"] {
		if i := len(before) - len(p); strings.HasSuffix(before, p) && boundary(before, i) {
			return i
		}
	}
	if i := len(before) - len("不"); strings.HasSuffix(before, "不") && len(before) == max(at, 0) && boundary(before, i) {
		return i // 不化妆, 不辣
	}
	return at
}

// strongest drops values found by a weaker match on the same or a contained word; the best come first.
func strongest(in []said) []said {
	var out []said
	for _, a := range in {
		covered := false
		for _, b := range in {
			if b.score > a.score && (strings.Contains(b.words, a.words) || strings.Contains(a.words, b.words) && b.score >= byWords) {
				covered = true
			}
		}
		if !covered {
			out = append(out, a)
		}
	}
	sortSaid(out)
	return out
}

// statedReach is how far behind the word "default" its value may stand, in characters.
const statedReach = 16

func clipRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

var (
	stated  = regexp.MustCompile(`(?i)(?:默认|缺省|default(?:s)?(?: to| is|:)?|(?:没有?|未|不)(?:指定|说明|说|传|填|选)时?(?:则|就|即)?(?:为|默认|按|用|取|填)|if (?:not|un)\s?(?:said|given|specified|stated),?(?: use| it is)?)\s*(?:为|是|值|走|用|使用|选择|选|取|按|=|:|：)?\s*['"“「]?([\p{Han}\w.-]{1,24})`)
	nothing = regexp.MustCompile(`^(?:不填|不传|为?空|不用|不需要|留空|无$|null|none|empty|omit)`)
)

// statedDefault is the default that a schema or its description gives; ok is false when there is none.
func statedDefault(s *catalog.Schema) (any, bool) {
	if s.Default != nil {
		return s.Default, true
	}
	at := stated.FindStringSubmatchIndex(s.Description)
	if at == nil {
		return nil, false
	}
	word := s.Description[at[2]:at[3]]
	if nothing.MatchString(word) {
		return nil, false
	}
	near := lexicon.Fold(clipRunes(s.Description[at[2]:], statedReach))
	for _, e := range s.Enum {
		code := lexicon.Fold(fmt.Sprint(e))
		if i := strings.Index(near, code); i >= 0 && wholeCode(near, i, i+len(code)) {
			return e, true
		}
	}
	if len(s.Enum) == 0 {
		return coerce(s, word)
	}
	for i, ways := range enumWords("", s) {
		for _, w := range ways {
			if w.text == lexicon.Fold(word) {
				return s.Enum[i], true
			}
		}
	}
	return nil, false
}
