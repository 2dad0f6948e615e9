package lexicon

import (
	"bufio"
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/standards.tsv
var standardFile string

// Standard is a set of codes that the world agreed on.
type Standard string

// The standards whose codes schemas ask for.
const (
	Regions   Standard = "region"   // ISO 3166-1: JP, JPN
	Languages Standard = "language" // ISO 639: ja, jpn
)

// StandardCode is one of a standard's codes.
type StandardCode struct {
	Two, Three string // as the standard writes it
	English    string
	Chinese    string
	Names      []string // all, folded
}

// Named is a code whose name a text has.
type Named struct {
	StandardCode
	Start, End int // byte offsets of the name in the folded text
}

type standardTable struct {
	codes   []StandardCode
	named   map[string]int // folded name → index of its code
	coded   map[string]int // folded code → index
	longest int            // runes of a name
}

var standards = sync.OnceValue(func() map[Standard]*standardTable {
	out := map[Standard]*standardTable{}
	lines := bufio.NewScanner(strings.NewReader(standardFile))
	for lines.Scan() {
		f := strings.Split(lines.Text(), "\t")
		if len(f) != 4 || strings.HasPrefix(f[0], "#") {
			continue
		}
		t := out[Standard(f[0])]
		if t == nil {
			t = &standardTable{named: map[string]int{}, coded: map[string]int{}}
			out[Standard(f[0])] = t
		}
		names := strings.Split(f[3], "|")
		c := StandardCode{Two: f[1], Three: f[2], English: names[0], Chinese: names[1]}
		for _, n := range names {
			n = Fold(n)
			c.Names = append(c.Names, n)
			t.named[n] = len(t.codes)
			t.longest = max(t.longest, Runes(n))
		}
		t.coded[Fold(f[1])], t.coded[Fold(f[2])] = len(t.codes), len(t.codes)
		t.codes = append(t.codes, c)
	}
	return out
})

// CodeOf is the entry of a standard that has a code, in whatever letters.
func CodeOf(of Standard, code string) (StandardCode, bool) {
	t := standards()[of]
	if t == nil {
		return StandardCode{}, false
	}
	i, ok := t.coded[Fold(code)]
	if !ok {
		return StandardCode{}, false
	}
	return t.codes[i], true
}

// FindNamed lists the names of a standard's entries that stand in a text, in order; of names inside of each other the longest.
// A bare code is no name: "us" and "it" are words.
func FindNamed(of Standard, text string) []Named {
	t := standards()[of]
	if t == nil {
		return nil
	}
	s := Fold(text)
	var out []Named
	for i := 0; i < len(s); {
		_, size := utf8.DecodeRuneInString(s[i:])
		if n, code := t.at(s, i); n > 0 {
			out = append(out, Named{t.codes[code], i, i + n})
			size = n
		}
		i += size
	}
	return out
}

// at is the length of the longest name that begins at a place, and whose it is.
func (t *standardTable) at(s string, i int) (length, code int) {
	if i > 0 && plainWord(s[i]) && plainWord(s[i-1]) {
		return 0, 0 // inside of a word
	}
	n := 0
	for runes, j := 0, i; j < len(s) && runes < t.longest; runes++ {
		_, size := utf8.DecodeRuneInString(s[j:])
		j += size
		whole := j >= len(s) || !plainWord(s[j]) || !plainWord(s[j-1])
		if k, ok := t.named[s[i:j]]; ok && whole {
			n, code = j-i, k
		}
	}
	return n, code
}

// plainWord tells that a byte is a Latin letter or a digit of a folded text.
func plainWord(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
