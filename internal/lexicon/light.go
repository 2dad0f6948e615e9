package lexicon

import (
	"bufio"
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/light.tsv
var lightFile string

var light = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	lines := bufio.NewScanner(strings.NewReader(lightFile))
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		_, words, _ := strings.Cut(lines.Text(), "\t")
		for _, w := range strings.Split(words, "|") {
			if w = Fold(w); HasHan(w) {
				out["h:"+w] = true
			} else {
				out["w:"+Stem(w)] = true
			}
		}
	}
	return out
})

// Light tells that a feature is a word of all talk, whatever it is about: somebody, 怎么.
func Light(feature string) bool { return light()[feature] }
