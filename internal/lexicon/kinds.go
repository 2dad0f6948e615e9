package lexicon

import (
	"bufio"
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/kinds.tsv
var kindFile string

var kinds = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	lines := bufio.NewScanner(strings.NewReader(kindFile))
	for lines.Scan() {
		kind, members, ok := strings.Cut(lines.Text(), "\t")
		if !ok || strings.HasPrefix(kind, "#") {
			continue
		}
		for _, m := range strings.Split(members, "|") {
			out[m] = append(out[m], kind)
		}
	}
	return out
})

// Kinds lists what a concept is a kind of, nearest first (latte: coffee, drink).
func Kinds(concept string) []string {
	var out []string
	level := kinds()[concept]
	for depth := 0; depth < 4 && len(level) > 0; depth++ {
		var next []string
		for _, k := range level {
			out = append(out, k)
			next = append(next, kinds()[k]...)
		}
		level = next
	}
	return out
}
