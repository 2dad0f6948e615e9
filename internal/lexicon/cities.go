package lexicon

import (
	"bufio"
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/cities.tsv
var cityFile string

// City is a city that a text names.
type City struct {
	Chinese string
	English string // as people write it
	Start   int    // byte offsets in the folded text; 市 and "city" belong to it
	End     int
}

type cityTable struct {
	forms   map[string]City
	longest int
}

var cities = sync.OnceValue(func() cityTable {
	t := cityTable{forms: map[string]City{}}
	lines := bufio.NewScanner(strings.NewReader(cityFile))
	for lines.Scan() {
		zh, list, ok := strings.Cut(lines.Text(), "\t")
		if !ok || strings.HasPrefix(zh, "#") {
			continue
		}
		names := strings.Split(list, "|")
		c := City{Chinese: zh, English: capitals(names[0])}
		for _, f := range append(names, zh) {
			t.forms[Fold(f)] = c
			t.longest = max(t.longest, utf8.RuneCountInString(f))
		}
	}
	return t
})

func capitals(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// Cities finds the cities that a text (folded here) names, in order, the longest name first at each place. A name inside
// another word, or one followed by what makes it a road or a shop's name (北京路, 南京东路), is none.
func Cities(text string) []City {
	s := Fold(text)
	t := cities()
	var out []City
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isWord(r) {
			i += size
			continue
		}
		c, n := t.at(s, i)
		if n == 0 || isRoad(s[i+n:]) {
			i += max(size, latinRun(s, i))
			continue
		}
		c.Start, c.End = i, i+n
		for _, tail := range []string{"市", " city"} {
			if strings.HasPrefix(s[c.End:], tail) && !strings.HasPrefix(s[c.End:], "市场") {
				c.End += len(tail)
			}
		}
		out = append(out, c)
		i = c.End
	}
	return out
}

func latinRun(s string, i int) int {
	if r, _ := utf8.DecodeRuneInString(s[i:]); IsHan(r) {
		return 0
	}
	return wordEnd(s, i)
}

func isRoad(rest string) bool {
	for _, tail := range []string{"路", "街", "大道", "大街", "东路", "西路", "南路", "北路", "中路", "东街", "西街", "烤鸭", "菜", "啤酒", " road", " street", " avenue", " road", " duck"} {
		if strings.HasPrefix(rest, tail) {
			return true
		}
	}
	return false
}

func (t cityTable) at(s string, i int) (City, int) {
	first, _ := utf8.DecodeRuneInString(s[i:])
	prev, _ := utf8.DecodeLastRuneInString(s[:i])
	if i > 0 && !IsHan(first) && isWord(prev) && !IsHan(prev) {
		return City{}, 0
	}
	best, length, runes := City{}, 0, 0
	for j := range s[i:] {
		if runes > 0 {
			if c, ok := t.forms[s[i:i+j]]; ok && (table{}).ends(s, i+j) {
				best, length = c, j
			}
		}
		if runes++; runes > t.longest {
			return best, length
		}
	}
	if c, ok := t.forms[s[i:]]; ok {
		return c, len(s) - i
	}
	return best, length
}

// In is the city's name in a language, "zh" or "en".
func (c City) In(lang string) string {
	if lang == "zh" {
		return c.Chinese
	}
	return c.English
}
