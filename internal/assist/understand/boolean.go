package understand

import (
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// boolean fills a yes or no: what the words ask for or refuse, else what the schema states.
func (b *builder) boolean(c catalog.Capability, at string, p catalog.Property) (plan.Arg, bool) {
	if strings.Contains(strings.ToLower(p.Name), "confirm") && c.Effect != catalog.Read {
		return value(true, "mandate"), true // the step runs only under the person's mandate
	}
	if v, ok := b.saidYes(p); ok {
		return value(v, "said"), true
	}
	if v, ok := statedDefault(p.Schema); ok {
		return value(v, "default"), p.Required
	}
	if p.Required {
		return value(false, "default"), true
	}
	return plan.Arg{}, false
}

var (
	whether  = regexp.MustCompile(`^(?:是否(?:需要|要|为|有)?|是不是|要不要|需不需要|有没有|需要|whether (?:to |the |you |it |a )?(?:want |need |is )?|if |true (?:if|for|when) |set (?:to true )?(?:if|for) |include |includes |add |adds |with |需不需|勾选|加)?\s*(?:先|提前|另外|同时)?\s*`)
	boolCut  = regexp.MustCompile(`[/|,，;；。.(（)）:：\n]`)
	boolTail = regexp.MustCompile(`(?:服务|与否|标志|标记|\?|？)$`)
	// vague are words that a yes or no is often called by and that say nothing by themselves.
	vague = map[string]bool{"enabled": true, "flag": true, "only": true, "default": true, "true": true, "false": true, "is": true, "has": true, "need": true, "要": true}
)

// saidYes tells whether the words want what a yes-or-no input stands for; ok is false when they do not speak of it.
func (b *builder) saidYes(p catalog.Property) (yes, ok bool) {
	text := lexicon.Fold(b.goal.whole)
	for _, form := range boolForms(p) {
		if !lexicon.Mentions(text, form) {
			continue
		}
		at := indexWord(text, form)
		if at < 0 {
			at = b.tokenOf(text, form)
		}
		return !denied(text, at) || has("negate", form), true
	}
	return false, false
}

// besideWords are the words of a text that speak of a yes-or-no input, or refuse what an input counts beside what is
// ordered: they name no thing.
func besideWords(p catalog.Property, text string) []string {
	folded := lexicon.Fold(text)
	var out []string
	if p.Schema.Type != "boolean" {
		for _, w := range ownNames(p.Name, p.Schema) {
			i := indexWord(folded, w)
			if i < 0 {
				continue
			}
			if denied(folded, i) || p.Schema.Default != nil {
				out = append(out, w)
			}
		}
		return out
	}
	for _, form := range boolForms(p) {
		if i := indexWord(folded, form); i >= 0 {
			out = append(out, wholeToken(folded, i, form))
			continue
		}
		if c := lexicon.Concept(form); c != "" {
			for _, t := range lexicon.Tokens(folded) {
				if t.Concept == c {
					out = append(out, t.Text)
				}
			}
		}
	}
	return out
}

// wholeToken is the word of a text that a form at a place is a part of (gift wrap, of wrap); the form where it is a word itself.
func wholeToken(text string, at int, form string) string {
	for _, t := range lexicon.Tokens(text) {
		if t.Start <= at && t.End >= at+len(form) && t.Concept != "" {
			return t.Text
		}
	}
	return form
}

// boolForms are the ways to say what a yes-or-no input stands for.
func boolForms(p catalog.Property) []string {
	var out []string
	add := func(s string) {
		s = strings.TrimSpace(boolTail.ReplaceAllString(whether.ReplaceAllString(strings.TrimSpace(lexicon.Fold(s)), ""), ""))
		if s != "" && !vague[s] && !otherwise.MatchString(s) && lexicon.Runes(s) > 1 && lexicon.Runes(s) <= maxLabel {
			out = append(out, s)
		}
	}
	name := strings.ToLower(words(p.Name))
	for _, lead := range []string{"is ", "has ", "need ", "needs ", "want ", "wants ", "with ", "require ", "requires ", "include ", "use ", "add "} {
		name = strings.TrimPrefix(name, lead)
	}
	for _, tail := range []string{" required", " needed", " flag", " enabled", " included"} {
		name = strings.TrimSuffix(name, tail)
	}
	add(name)
	add(p.Schema.Title)
	for _, part := range boolCut.Split(clipRunes(p.Schema.Description, 120), 6) {
		add(part)
	}
	return out
}

// tokenOf is where the first word of a form that says the same thing stands in a text; 0 when none does.
func (b *builder) tokenOf(text, form string) int {
	fs := lexicon.Features(form)
	for _, t := range lexicon.Tokens(text) {
		if _, ok := fs["c:"+t.Concept]; ok && t.Concept != "" {
			return t.Start
		}
		if _, ok := fs["w:"+lexicon.Stem(t.Text)]; ok {
			return t.Start
		}
	}
	return 0
}
