package understand

import (
	"maps"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// saying gives words that were compared in folded form back as the person wrote them: a name, a message or an address
// keeps its capitals and characters.
type saying struct {
	folded string
	at     []int // for each byte of folded, where in the original it begins
	text   string
}

func newSaying(text string, answers map[string]string) saying {
	for _, key := range slices.Sorted(maps.Keys(answers)) {
		text += "\n" + answers[key]
	}
	var b strings.Builder
	s := saying{text: text}
	space := true
	for i, r := range text {
		f := lexicon.Fold(string(r))
		if f == "" {
			if !space {
				b.WriteByte(' ')
				s.at = append(s.at, i)
			}
			space = true
			continue
		}
		space = false
		b.WriteString(f)
		for range len(f) {
			s.at = append(s.at, i)
		}
	}
	s.folded = b.String()
	s.at = append(s.at, len(text))
	return s
}

// restore puts the original wording into what was said.
func (s saying) restore(args map[string]plan.Arg) {
	for name, a := range args {
		args[name] = s.original(a)
	}
}

func (s saying) original(a plan.Arg) plan.Arg {
	if a.Object != nil {
		s.restore(a.Object)
	}
	for i := range a.List {
		a.List[i] = s.original(a.List[i])
	}
	text, ok := a.Value.(string)
	if !ok || a.From != "said" || strings.Trim(text, "0123456789+-. :") == "" { // digits stay as they were read
		return a
	}
	if i := strings.Index(s.folded, text); i >= 0 {
		a.Value = strings.TrimSpace(s.text[s.at[i]:s.at[i+len(text)]])
	}
	return a
}
