package lexicon

import (
	"bufio"
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed data/abroad.tsv
var abroadFile string

// Reach is how far a place is from where a country's own services go.
type Reach string

// The reaches that a text can name.
const (
	Abroad Reach = "abroad" // in another country
	Beyond Reach = "beyond" // where nobody goes on an errand
)

var abroad = sync.OnceValue(func() map[string]Reach {
	out := map[string]Reach{}
	lines := bufio.NewScanner(strings.NewReader(abroadFile))
	lines.Buffer(nil, MaxText)
	for lines.Scan() {
		kind, names, ok := strings.Cut(lines.Text(), "\t")
		if !ok || strings.HasPrefix(kind, "#") {
			continue
		}
		for _, n := range strings.Split(names, "|") {
			out[Fold(n)] = Reach(kind)
		}
	}
	return out
})

// ReachOf tells how far the place is that a text begins with, "" for one that is not known to be far. What follows the
// name may say more of where it is (美国纽约, "Paris tomorrow"), but makes no other word of it.
func ReachOf(place string) Reach {
	s := Fold(place)
	var best string
	for name := range abroad() {
		if strings.HasPrefix(s, name) && len(name) > len(best) && (HasHan(name) || boundaryAt(s, len(name))) {
			best = name
		}
	}
	if best == "" || slices.ContainsFunc(notPlaces, func(w string) bool { return strings.HasPrefix(s[len(best):], w) }) {
		return ""
	}
	return abroad()[best]
}

// notPlaces make the name of a road, a shop or a building here of a far place's name.
var notPlaces = []string{"路", "街", "大厦", "广场", "城", "店", "花园", "小镇", "餐厅", " road", " street", " plaza", " square", " cafe", " restaurant", " hotel", " garden"}

func boundaryAt(s string, i int) bool { return i >= len(s) || !isWord(rune(s[i])) }
