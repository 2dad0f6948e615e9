package lexicon

import (
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/dictionary"
	"github.com/mozillazg/go-pinyin"
)

// Bounds of reading Chinese names that were typed in pinyin.
const (
	maxSyllables  = 6   // of one name
	minSpelled    = 4   // letters: shorter words are too many other things
	maxSpelledIn  = 40  // characters of a name that are looked at
	spelledTokens = 200 // Latin words of a text that are looked at
)

// syllable is one of pinyin, without its tone.
var syllable = regexp.MustCompile(`^(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|er|i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ua|uo|uai|ui|uan|un|uang|ong|v|ve|ue)$`)

var plainStyle = pinyin.NewArgs()

// Pinyin writes a Chinese word in pinyin without tones or spaces; "" when a character of it has no reading.
func Pinyin(word string) string {
	var b strings.Builder
	for _, r := range word {
		rs := pinyin.SinglePinyin(r, plainStyle)
		if len(rs) == 0 {
			return ""
		}
		b.WriteString(rs[0])
	}
	return b.String()
}

// SpelledIn finds the Chinese characters of a folded text that a word spells in pinyin (zhongguancun: 中关村); ok is false
// when none do, and for a word that is short or English.
func SpelledIn(text, word string) (han string, ok bool) {
	word = strings.ReplaceAll(Fold(word), " ", "")
	if len(word) < minSpelled || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" || !HasHan(text) || len(dictionary.Chinese(word)) > 0 {
		return "", false
	}
	chars := []rune(text)
	for i := range chars {
		spelt := ""
		for j := i; j < len(chars) && j-i < maxSyllables && IsHan(chars[j]); j++ {
			next := Pinyin(string(chars[j]))
			if next == "" || !strings.HasPrefix(word[len(spelt):], next) {
				break
			}
			if spelt += next; spelt == word && j > i {
				return string(chars[i : j+1]), true
			}
		}
	}
	return "", false
}

// spelledWords are the words of a text that may be names in pinyin, with the features that they have: a word as it stands
// (xiehe), or syllables written apart (xie he).
func spelledWords(text string) map[string][]string {
	out := map[string][]string{}
	var run []Token
	for i, t := range Tokens(text) {
		if t.Han || i >= spelledTokens {
			run = nil
			continue
		}
		if len(t.Text) >= minSpelled && t.Concept == "" && len(dictionary.Chinese(t.Text)) == 0 {
			out[t.Text] = []string{"w:" + Stem(t.Text)}
		}
		if !syllable.MatchString(t.Text) {
			run = nil
			continue
		}
		run = append(run, t)
		for from := max(0, len(run)-maxSyllables); from < len(run)-1; from++ {
			word, fs := "", []string(nil)
			for _, one := range run[from:] {
				word, fs = word+one.Text, append(fs, "w:"+Stem(one.Text))
			}
			if len(word) >= minSpelled {
				out[word] = append(out[word], fs...)
			}
		}
	}
	return out
}

// spell finds what of a Chinese text was typed in pinyin: the features of its characters that words spell, and those of the
// words that spell them.
func spell(han string, words map[string][]string) (of, by map[string]float64) {
	of, by = map[string]float64{}, map[string]float64{}
	if len(words) == 0 {
		return of, by
	}
	chars := []rune(Fold(han))
	chars = chars[:min(len(chars), maxSpelledIn)]
	for i := range chars {
		word := ""
		for j := i; j < len(chars) && j-i < maxSyllables && IsHan(chars[j]); j++ {
			next := Pinyin(string(chars[j]))
			if next == "" {
				break
			}
			word += next
			fs, said := words[word]
			if !said || j == i {
				continue
			}
			for f := range Features(string(chars[i : j+1])) {
				of[f] = carried
			}
			for _, f := range fs {
				by[f] = carried
			}
		}
	}
	return of, by
}

// Spelled lists the features of a Chinese text that words among known features spell in pinyin, with how far.
func Spelled(han string, known map[string]float64) map[string]float64 {
	if !HasHan(han) {
		return nil
	}
	words := map[string][]string{}
	for f := range known {
		if w, ok := strings.CutPrefix(f, "w:"); ok && len(w) >= minSpelled {
			words[w] = []string{f}
		}
	}
	of, _ := spell(han, words)
	return of
}

// spelledTogether adds to what is met of two texts what one says in Chinese and the other in pinyin.
func spelledTogether(q, n string, metQ, metN map[string]float64) {
	add := func(to, from map[string]float64) {
		for f, v := range from {
			to[f] = max(to[f], v)
		}
	}
	if HasHan(n) && strings.ContainsFunc(q, isLetter) {
		of, by := spell(n, spelledWords(q))
		add(metN, of)
		add(metQ, by)
	}
	if HasHan(q) && strings.ContainsFunc(n, isLetter) {
		of, by := spell(q, spelledWords(n))
		add(metQ, of)
		add(metN, by)
	}
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }
