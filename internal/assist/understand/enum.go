package understand

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// enumWord is one way to say an enum value.
type enumWord struct {
	text    string // folded
	concept string
}

// enumWords lists how each value of an enum may be said: the value itself opened into words, its title, and what the
// description says of it ('less'（少糖）, less=少糖, less: 少糖, 少糖(less)), also together with the property's own name.
func enumWords(name string, s *catalog.Schema, i int) []enumWord {
	value := fmt.Sprint(s.Enum[i])
	var out []enumWord
	add := func(text string) {
		if text = strings.Trim(lexicon.Fold(text), " '\"「」『』“”‘’`*"); text != "" && lexicon.Runes(text) <= 20 {
			out = append(out, enumWord{text, lexicon.Concept(text)})
		}
	}
	add(words(value))
	add(words(value) + " " + words(name))
	add(words(name) + " " + words(value))
	if i < len(s.EnumNames) {
		for _, part := range labelParts.Split(s.EnumNames[i], -1) {
			add(part)
		}
	}
	for _, part := range explained(s.Description, value) {
		add(part)
	}
	return out
}

var labelParts = regexp.MustCompile(`[/,，、;；|()（）]|\bor\b|或`)

// explained finds what a description says of a value.
func explained(desc, value string) []string {
	if desc == "" {
		return nil
	}
	v := `['"“”‘’「」\x60]?` + regexp.QuoteMeta(value) + `['"“”‘’「」\x60]?`
	var out []string
	for _, re := range []string{
		v + `\s*[（(]([^（）()]{1,40})[）)]`,
		v + `\s*(?:=|:|：|-|—|–|→|为|是|即|表示|means?|is)\s*([^,，;；、/|。.（(\n\]]{1,24})`,
		`([^\s,，;；、/|。.:：(（)）'"]{1,12})\s*[（(]\s*` + v + `\s*[）)]`,
		`([^\s,，;；、/|。.:：(（)）'"=]{1,12})\s*(?:=|→|->|传|填|用)\s*` + v,
	} {
		for _, m := range regexp.MustCompile(`(?i)(?:^|[^a-zA-Z0-9_])`+re).FindAllStringSubmatch(desc, 4) {
			out = append(out, labelParts.Split(m[1], -1)...)
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

// findEnum finds which values of an enum the text says; those that it says it does not want are left out. Best first.
func findEnum(name string, s *catalog.Schema, text string) []said {
	folded := lexicon.Fold(text)
	tokens := lexicon.Tokens(folded)
	var out []said
	shared := sharedConcepts(name, s)
	for i, value := range s.Enum {
		best := said{value: value}
		for _, w := range enumWords(name, s, i) {
			if shared[w.concept] {
				w.concept = "" // a word for the whole kind: only its very words tell the values apart
			}
			if at, score := matchWord(folded, tokens, w); score > best.score && !negated(folded, at, w) {
				best.words, best.score = at, score
			}
		}
		if best.score > 0 {
			out = append(out, best)
		}
	}
	return strongest(out)
}

// sharedConcepts are those that several values of an enum have in common.
func sharedConcepts(name string, s *catalog.Schema) map[string]bool {
	owner, out := map[string]int{}, map[string]bool{}
	for i := range s.Enum {
		for _, w := range enumWords(name, s, i) {
			if o, taken := owner[w.concept]; w.concept != "" && taken && o != i {
				out[w.concept] = true
			}
			owner[w.concept] = i
		}
	}
	return out
}

// matchWord looks for a way to say a value: the same concept, or the same words.
func matchWord(folded string, tokens []lexicon.Token, w enumWord) (string, float64) {
	if w.concept == "none" {
		return "", 0 // "no" belongs to the word after it
	}
	if w.concept != "" {
		for _, t := range tokens {
			if t.Concept == w.concept {
				return t.Text, 2 + float64(len(t.Text))/100
			}
		}
		return "", 0
	}
	if lexicon.Runes(w.text) < 2 && lexicon.HasHan(w.text) {
		return "", 0
	}
	if w.text == "none" || w.text == "no" || len(w.text) < 2 {
		return "", 0
	}
	if i := indexWord(folded, w.text); i >= 0 {
		return w.text, 1 + float64(len(w.text))/100
	}
	return "", 0
}

// negated tells that the text says "no …" right before the words, while the value itself is not a "no".
func negated(folded, at string, w enumWord) bool {
	if at == "" || has("negate", w.text) || strings.HasSuffix(w.concept, ".none") {
		return false
	}
	i := strings.Index(folded, at)
	before := strings.TrimSpace(folded[:max(i, 0)])
	for _, p := range phrases()["negate"] {
		if strings.HasSuffix(before, p) && boundary(before, len(before)-len(p)) {
			return true
		}
	}
	return false
}

// strongest drops values found by a weaker match on the same or a contained word.
func strongest(in []said) []said {
	var out []said
	for _, a := range in {
		covered := false
		for _, b := range in {
			if b.score > a.score && strings.Contains(b.words, a.words) {
				covered = true
			}
		}
		if !covered {
			out = append(out, a)
		}
	}
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

var stated = regexp.MustCompile(`(?i)(?:默认|缺省|default(?:s)?(?: to| is|:)?|不传(?:则)?(?:为|默认)?)\s*(?:为|是|值|走|用|使用|选择|选|取|按|=|:|：)?\s*['"“「]?([\p{Han}\w.-]{1,24})`)

// statedDefault is the default that a schema or its description gives; ok is false when there is none.
func statedDefault(s *catalog.Schema) (any, bool) {
	if s.Default != nil {
		return s.Default, true
	}
	at := stated.FindStringSubmatchIndex(s.Description)
	if at == nil {
		return nil, false
	}
	m := []string{"", s.Description[at[2]:at[3]]}
	near := lexicon.Fold(clipRunes(s.Description[at[2]:], statedReach))
	for _, e := range s.Enum {
		if indexWord(near, lexicon.Fold(fmt.Sprint(e))) >= 0 {
			return e, true
		}
	}
	for i, e := range s.Enum {
		if fmt.Sprint(e) == m[1] {
			return e, true
		}
		for _, w := range enumWords("", s, i) {
			if w.text == lexicon.Fold(m[1]) {
				return e, true
			}
		}
	}
	if len(s.Enum) == 0 {
		return coerce(s, m[1])
	}
	return nil, false
}
