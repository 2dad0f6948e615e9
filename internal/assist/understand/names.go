package understand

import (
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// nameIn is the longest name of a live item that stands in a text as it is, plural or singular: its words are no options,
// though one of them may be the name of an option too. "" when none does.
func (b *builder) nameIn(text string) string {
	folded, best := lexicon.Fold(text), ""
	svc := b.service()
	for _, it := range svc.Items[:min(len(svc.Items), maxItems)] {
		for _, name := range append([]string{it.Name}, it.Aliases...) {
			name = lexicon.Fold(name)
			if lexicon.Runes(name) < 2 || len(name) <= len(best) {
				continue
			}
			for _, form := range []string{name + "s", name + "es", name, strings.TrimSuffix(name, "s")} {
				if len(form) > len(best) && lexicon.Runes(form) > 1 && indexWord(folded, form) >= 0 {
					best = form
					break
				}
			}
		}
	}
	return best
}
