package desk

import (
	"strings"
	"unicode"

	"github.com/bangwo/bangwo/internal/i18n"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// oneScript shows a merchant's bilingual title in the turn's language.
func (w *worker) oneScript(title string) string { return scriptOf(title, w.t.Lang) }

// scriptOf takes the half of a bilingual title ("冰美式 Iced Americano", "快车 / Economy") that is in the language, where
// the title clearly splits into a Chinese and a Latin half; any other title stays as it is.
func scriptOf(title, lang string) string {
	han, latin, ok := halves(strings.TrimSpace(title))
	switch {
	case !ok:
		return title
	case lang == i18n.Chinese:
		return han
	}
	return latin
}

// minHalf is how many letters a half must have: a size or a model number beside a name is no translation of it.
const minHalf = 3

func halves(s string) (han, latin string, ok bool) {
	words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("/|｜·（）()", r) })
	turns, before := 0, false
	for i, word := range words {
		isHan := lexicon.HasHan(word)
		if i > 0 && isHan != before {
			turns++
		}
		if before = isHan; isHan {
			han += word
			if strings.ContainsFunc(word, func(r rune) bool { return r < unicode.MaxASCII && unicode.IsLetter(r) }) {
				return "", "", false // a word of both: "A型血", "iPhone手机"
			}
			continue
		}
		latin = strings.TrimSpace(latin + " " + word)
	}
	letters := strings.Count(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Latin, r) {
			return 'x'
		}
		return -1
	}, latin), "x")
	return han, latin, turns == 1 && lexicon.Runes(han) >= 2 && letters >= minHalf && !strings.ContainsFunc(latin, unicode.IsDigit)
}
