package desk

import (
	"slices"
	"strings"
	"unicode"

	"github.com/bangwo/bangwo/internal/i18n"
	"github.com/bangwo/bangwo/internal/lexicon"
	"github.com/bangwo/bangwo/internal/order"
)

// oneScript shows a merchant's bilingual title in the turn's language.
func (w *worker) oneScript(title string) string { return scriptOf(title, w.t.Lang) }

// titleIn is a thing's title in the turn's language, by its other names where the title itself is in the other one.
func (w *worker) titleIn(title string, names []string) string {
	zh := w.t.Lang == i18n.Chinese
	if one := w.oneScript(title); lexicon.HasHan(one) == zh {
		return one
	}
	for _, n := range names {
		if lexicon.HasHan(n) == zh && (zh || letters(n) >= minHalf) {
			return n
		}
	}
	return w.oneScript(title)
}

// scriptOf takes the half of a bilingual text ("标准间 Standard room", "上午 / Morning") that is in the language, where
// it clearly splits into a Chinese and a Latin half; any other text stays as it is. Parts joined by a dot are looked at one by one.
func scriptOf(text, lang string) string {
	if parts := strings.Split(text, " · "); len(parts) > 1 {
		for i := range parts {
			parts[i] = scriptOf(parts[i], lang)
		}
		return strings.Join(parts, " · ")
	}
	han, latin, ok := sides(text)
	if !ok {
		han, latin, ok = halves(strings.TrimSpace(text))
	}
	switch {
	case !ok:
		return text
	case lang == i18n.Chinese:
		return han
	}
	return latin
}

// sides splits a text at its one slash into what is Chinese and what has none.
func sides(s string) (han, latin string, ok bool) {
	a, b, cut := strings.Cut(s, " / ")
	if !cut || strings.Contains(b, " / ") || lexicon.HasHan(a) == lexicon.HasHan(b) {
		return "", "", false
	}
	if lexicon.HasHan(b) {
		a, b = b, a
	}
	return strings.TrimSpace(a), strings.TrimSpace(b), letters(b) >= minHalf
}

// letters counts the Latin ones.
func letters(s string) (n int) {
	for _, r := range s {
		if unicode.Is(unicode.Latin, r) {
			n++
		}
	}
	return n
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
	return han, latin, turns == 1 && lexicon.Runes(han) >= 2 && letters(latin) >= minHalf && !strings.ContainsFunc(latin, unicode.IsDigit)
}

// inOneScript writes a quote's lines and the labels of its facts in the turn's language, before it is shown and signed.
func (w *worker) inOneScript(q *order.Quote) {
	q.Lines, q.Details = slices.Clone(q.Lines), slices.Clone(q.Details)
	for i := range q.Lines {
		l := &q.Lines[i]
		l.Title, l.Options = w.oneScript(l.Title), slices.Clone(l.Options)
		for j := range l.Options {
			l.Options[j] = w.oneScript(l.Options[j])
		}
	}
	for i := range q.Details {
		q.Details[i].Label = w.oneScript(q.Details[i].Label)
	}
}
