package understand

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// What people leave out of a label when they say it: the price behind it (化妆 80 元, "gift box +¥15"), and the word for a
// branch behind the place that tells it (望京店, "Riverside branch").
var (
	priceTail  = regexp.MustCompile(`[\s(:,+]*(?:另?加收?|需?另付|每\p{Han}|\+)?\s?(?:[¥$€£]\s?\d+(?:\.\d+)?|\d+(?:\.\d+)?\s?(?:元|块钱?|yuan|rmb|cny|usd|dollars?))(?:起|一\p{Han}|每\p{Han}|\s?(?:each|per [a-z]+))?[\s)]*$`)
	branchTail = regexp.MustCompile(`(?:门店|分店|旗舰店|店|分馆|馆|校区|院区|分院|营业厅|网点|站点)$|\s(?:store|shop|branch|outlet|campus|location|site)$`)
)

// shorter adds to the labels of each value what is left of them without such a tail, where no other value has as much
// left: 50元话费 and 100元话费 are told apart by their amounts alone.
func shorter(labels [][]string) [][]string {
	out := make([][]string, len(labels))
	for i := range labels {
		out[i] = slices.Clone(labels[i])
	}
	for _, tail := range []*regexp.Regexp{priceTail, branchTail} {
		owners := map[string]int{}
		short := make([][]string, len(labels))
		for i, ways := range out {
			for _, l := range ways {
				rest := strings.TrimSpace(tail.ReplaceAllString(l, ""))
				if rest == l || lexicon.Runes(rest) < 2 || slices.Contains(short[i], rest) || slices.Contains(ways, rest) || tail == branchTail && lexicon.Concept(rest) != "" {
					continue
				}
				short[i] = append(short[i], rest)
				owners[rest]++
			}
		}
		for i := range short {
			for _, s := range short[i] {
				if owners[s] == 1 {
					out[i] = append(out[i], s)
				}
			}
		}
	}
	return out
}

// amountOf is what a label measures: nothing where its amount is only the price of what it names, which has a label of its own.
func amountOf(text string, labels []string) quantum {
	if rest := strings.TrimSpace(priceTail.ReplaceAllString(text, "")); rest != text && slices.Contains(labels, rest) {
		return quantum{}
	}
	return quantumOf(text)
}
