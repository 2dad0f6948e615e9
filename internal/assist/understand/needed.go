package understand

import (
	"regexp"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// neededFor is how a description says for what an input must be given that else may be left out: 证件照和签证照必填,
// "required for overnight stays".
var (
	neededFor  = regexp.MustCompile(`([^。.；;,，：:]{2,30}?)(?:时|的话|则|才)*(?:必填|必传|必选|必须填写?|必须提供|需要?填写?|需要?提供)|(?i:\b(?:required|mandatory|must be (?:set|given|provided|present)) (?:for|when|if)\b)([^.;,，。；]{3,40})`)
	neededPart = regexp.MustCompile(`[、/]|和|或者?|及|与|(?i:\b(?:and|or|the|is|a|an|booking|ordering)\b)`)
)

// neededHere tells that the goal names something for which an input must be given.
func (b *builder) neededHere(p catalog.Property) bool {
	text := lexicon.Fold(b.goal.text)
	for _, m := range neededFor.FindAllStringSubmatch(lexicon.Fold(p.Schema.Description), 4) {
		for _, part := range neededPart.Split(m[1]+m[2], -1) {
			if len(tellingFeatures(part)) > 0 && lexicon.Runes(part) > 1 && lexicon.Mentions(text, part) {
				return true
			}
		}
	}
	return false
}
