package understand

import (
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// callsOn begins what is asked of a service that was named before it.
var callsOn = regexp.MustCompile(`[:：]|帮我|给我|替我|麻烦|\bplease\b`)

// beforeName stands before the name of a service that is asked for something.
var beforeName = regexp.MustCompile(`^(?:在|去|到|上|从|找|让|at|from)?\s*(?:the )?|(?:那边|那里|里|店)?$`)

// withoutSelf drops the words at the beginning of a piece that only call on the service, by its name or by the kind of shop
// that it is: 超市买两斤苹果, "groceries: two cartons of milk". They are no part of the name of what follows.
func (b *builder) withoutSelf(text string) string {
	s := lexicon.Fold(text)
	cut := len(s)
	if at := callsOn.FindStringIndex(s); at != nil {
		cut = at[0]
	}
	for _, t := range lexicon.Tokens(s) {
		if strings.HasPrefix(t.Concept, "v.") && t.Start < cut {
			cut = t.Start
			break
		}
	}
	head := strings.TrimSpace(beforeName.ReplaceAllString(strings.TrimSpace(s[:cut]), ""))
	if head == "" || cut == len(s) {
		return text
	}
	own := lexicon.Features(b.service().Name)
	for f := range lexicon.Features(head) {
		if _, ok := own[f]; !ok && !generic(f) && !b.kindOfShop(f) {
			return text
		}
	}
	rest := strings.TrimLeft(s[cut:], " :：")
	if b.queryOf(rest) == "" {
		return text
	}
	return rest
}

// kindOfShop tells that a word names the kind of shop that the service says it is.
func (b *builder) kindOfShop(f string) bool {
	_, ok := lexicon.Features(headOf(b.service().Description))[f]
	return ok && strings.HasPrefix(f, "c:")
}
