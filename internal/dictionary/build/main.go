// Command build derives the word lists of package dictionary from the JSON form of CC-CEDICT.
// Usage: build CEDICT.json FOLDER
package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what is kept.
const (
	maxForms     = 8 // of one key
	maxHan       = 6 // characters of a Chinese word
	maxWords     = 3 // of an English phrase
	maxGlossRank = 6 // glosses of one entry that are looked at
)

type entry struct {
	Traditional string   `json:"traditional"`
	Simplified  string   `json:"simplified"`
	English     []string `json:"english"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: build CEDICT.json FOLDER")
		os.Exit(2)
	}
	if err := build(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "dictionary:", err)
		os.Exit(1)
	}
}

func build(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var entries []entry
	if err := json.Unmarshal(b, &entries); err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	zhEn, enZh := words(entries)
	for name, text := range map[string]string{"zh-en.tsv": zhEn, "en-zh.tsv": enZh, "simplified.tsv": characters(entries)} {
		if err := os.WriteFile(filepath.Join(to, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// form is one translation with how likely it is; lower is likelier.
type form struct {
	text string
	rank int
}

func words(entries []entry) (zhEn, enZh string) {
	toEn, toZh := map[string][]form{}, map[string][]form{}
	for _, e := range entries {
		n := utf8.RuneCountInString(e.Simplified)
		if n > maxHan || !han(e.Simplified) {
			continue
		}
		rank := 0
		for _, line := range e.English {
			for _, gloss := range strings.Split(line, ";") {
				text := clean(gloss)
				if text == "" || rank >= maxGlossRank {
					continue
				}
				toEn[e.Simplified] = append(toEn[e.Simplified], form{text, rank})
				toZh[text] = append(toZh[text], form{e.Simplified, 4*rank + length(n)})
				rank++
			}
		}
	}
	return table(toEn), table(toZh)
}

// length prefers the words of everyday speech: two characters, then three.
func length(n int) int {
	switch n {
	case 2:
		return 0
	case 3:
		return 1
	case 1:
		return 2
	}
	return n
}

var (
	aside   = regexp.MustCompile(`\([^)]*\)|\[[^\]]*\]`)
	lead    = regexp.MustCompile(`^(?:to be |to |a |an |the |one's |sb's )`)
	inner   = regexp.MustCompile(`\b(?:a|an|the|one's|sb's|sb|sth) `)
	useless = regexp.MustCompile(`^(?:surname|CL:|abbr|variant|old variant|see |also |used |classifier|euphemis|idiom|lit\.|fig\.|Japanese|Taiwan pr)|\d`)
	plain   = regexp.MustCompile(`^[a-z][a-z' -]*$`)
)

// clean is the bare words of a gloss; "" when it is not a short one.
func clean(gloss string) string {
	g := strings.TrimSpace(aside.ReplaceAllString(gloss, ""))
	if useless.MatchString(g) {
		return ""
	}
	g = strings.ToLower(g)
	g = lead.ReplaceAllString(g, "")
	g = inner.ReplaceAllString(g, "")
	g = strings.Join(strings.Fields(strings.Trim(g, " .,!?")), " ")
	if !plain.MatchString(g) || len(g) < 2 || len(strings.Fields(g)) > maxWords {
		return ""
	}
	return g
}

func han(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}

func table(m map[string][]form) string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var b strings.Builder
	for _, k := range keys {
		forms := m[k]
		slices.SortStableFunc(forms, func(x, y form) int { return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.text, y.text)) })
		var texts []string
		for _, f := range forms {
			if !slices.Contains(texts, f.text) && len(texts) < maxForms {
				texts = append(texts, f.text)
			}
		}
		fmt.Fprintf(&b, "%s\t%s\n", k, strings.Join(texts, "|"))
	}
	return b.String()
}

// characters maps traditional characters to the simplified ones that they are written as in most words.
func characters(entries []entry) string {
	count := map[rune]map[rune]int{}
	for _, e := range entries {
		t, s := []rune(e.Traditional), []rune(e.Simplified)
		if len(t) != len(s) {
			continue
		}
		for i := range t {
			if count[t[i]] == nil {
				count[t[i]] = map[rune]int{}
			}
			count[t[i]][s[i]]++
		}
	}
	var lines []string
	for from, tos := range count {
		best := from
		for to, n := range tos {
			if n > tos[best] || n == tos[best] && to < best {
				best = to
			}
		}
		if best != from {
			lines = append(lines, fmt.Sprintf("%c\t%c\n", from, best))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}
