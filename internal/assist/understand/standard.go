package understand

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// Words by which an input asks for a country or a language.
var (
	asksRegion   = regexp.MustCompile(`\bcountry\b|\bcountries\b|\bnationality\b|\biso ?3166|国家|国别|国籍`)
	asksLanguage = regexp.MustCompile(`\blanguages?\b|\blang\b|\blocale\b|\biso ?639|语言|语种`)
	asCode       = regexp.MustCompile(`(?i)\biso\b|\biso ?\d|alpha-?[23]|\bcodes?\b|代码|编码|二字码|三字码|两位|三位|缩写`)
	threeLetters = regexp.MustCompile(`(?i)alpha-?3|3166-3|639-[23]|three.letter|三字码|三位|\{3\}`)
	codeExample  = regexp.MustCompile(`\b[A-Z]{2,3}\b|\b[a-z]{2}\b`)
)

// standardOf is the standard whose entries an input asks for; "" where it asks for none.
func standardOf(p catalog.Property) lexicon.Standard {
	text := lexicon.Fold(words(p.Name) + " " + p.Schema.Title + " " + headOf(p.Schema.Description))
	switch {
	case !p.Schema.Is("string") || p.Schema.Format != "":
		return ""
	case asksRegion.MatchString(text):
		return lexicon.Regions
	case asksLanguage.MatchString(text):
		return lexicon.Languages
	}
	return ""
}

// standardEnum is the standard whose codes the values of an enum are; "" where most are none.
func standardEnum(p catalog.Property) lexicon.Standard {
	of := standardOf(p)
	if of == "" {
		return ""
	}
	known := 0
	for _, e := range p.Schema.Enum {
		if _, ok := lexicon.CodeOf(of, fmt.Sprint(e)); ok {
			known++
		}
	}
	if known*2 <= len(p.Schema.Enum) {
		return ""
	}
	return of
}

// standardForm writes an entry of a standard as an input wants it: as a code of two or three letters where it speaks of codes, else
// by its name in the service's language.
func (b *builder) standardForm(of lexicon.Standard, p catalog.Property, c lexicon.StandardCode) (string, bool) {
	text := p.Schema.Title + " " + p.Schema.Description
	coded := asCode.MatchString(words(p.Name)+" "+text) || p.Schema.Pattern != "" || p.Schema.MaxLength != nil && *p.Schema.MaxLength <= 3 || exampleCodes(of, text) > 1
	forms := []string{c.Two, strings.ToLower(c.Two), strings.ToUpper(c.Two), c.Three, strings.ToLower(c.Three), strings.ToUpper(c.Three)}
	if threeLetters.MatchString(text + p.Schema.Pattern) {
		forms = append(forms[3:], forms[:3]...)
	}
	if !coded {
		forms = []string{c.English, c.Chinese}
		if b.serviceLang() == "zh" {
			forms = []string{c.Chinese, c.English}
		}
	}
	for _, f := range forms {
		n := lexicon.Runes(f)
		if fitsPattern(p.Schema, f) && (p.Schema.MaxLength == nil || n <= *p.Schema.MaxLength) && (p.Schema.MinLength == nil || n >= *p.Schema.MinLength) {
			return f, true
		}
	}
	return "", false
}

// exampleCodes is how many codes of a standard a text gives as examples.
func exampleCodes(of lexicon.Standard, text string) int {
	n := 0
	for _, w := range codeExample.FindAllString(text, maxFacts) {
		if _, ok := lexicon.CodeOf(of, w); ok && (of == lexicon.Languages || w == strings.ToUpper(w)) {
			n++
		}
	}
	return n
}

// standard fills an input that asks for a country or a language with the one that the words name: those of this item, else
// of the whole goal. Two of them name none. ok is false where nothing was said.
func (b *builder) standard(p catalog.Property, w want) (plan.Arg, bool) {
	of := standardOf(p)
	if of == "" || len(p.Schema.Enum) > 0 || coded(p.Schema) && !asCode.MatchString(p.Schema.Description) {
		return plan.Arg{}, false
	}
	for _, text := range []string{w.item.text, b.goal.whole} {
		if said, ok := oneNamed(of, text); ok {
			form, fits := b.standardForm(of, p, said.StandardCode)
			if !fits {
				return plan.Arg{}, false
			}
			words := lexicon.Fold(text)[said.Start:said.End]
			b.note("“%s” → %s=%s", words, p.Name, form)
			b.told = append(b.told, words)
			return value(form, "said"), true
		}
	}
	return plan.Arg{}, false
}

// oneNamed is the only entry of a standard that a text names, however often.
func oneNamed(of lexicon.Standard, text string) (lexicon.Named, bool) {
	var found lexicon.Named
	for _, n := range lexicon.FindNamed(of, text) {
		if found.Two != "" && found.Two != n.Two {
			return lexicon.Named{}, false
		}
		if found.Two == "" {
			found = n
		}
	}
	return found, found.Two != ""
}

// standardAnswer is what an answer names for an input that asks for a country or a language.
func (b *builder) standardAnswer(p catalog.Property, answer string) (string, bool) {
	of := standardOf(p)
	if of == "" || len(p.Schema.Enum) > 0 {
		return "", false
	}
	said, ok := oneNamed(of, answer)
	if !ok {
		return "", false
	}
	return b.standardForm(of, p, said.StandardCode)
}

// standardQuestion asks for a country or a language in everyday words.
func standardQuestion(p catalog.Property, lang string) string {
	switch standardOf(p) {
	case lexicon.Regions:
		return tr(lang, "哪个国家或地区？", "Which country or region?")
	case lexicon.Languages:
		return tr(lang, "哪种语言？", "Which language?")
	}
	return ""
}
