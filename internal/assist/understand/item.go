package understand

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// strip takes away politeness, times, places, money limits and preferences: what is left names things and options.
func (g *goal) strip(s string, now time.Time) string {
	s = withoutTimes(withoutLimit(s), now)
	if g.people > 0 {
		_, s = readPeople(s)
	}
	for _, place := range []string{g.from, g.to, g.at} {
		if place == "" {
			continue
		}
		for _, lead := range []string{"从", "送到", "送去", "寄到", "去", "到", "回", "在", "from the ", "from ", "to the ", "to my ", "to ", "at the ", "at ", "near the ", "near ", ""} {
			if i := strings.Index(s, lead+place); i >= 0 {
				s = s[:i] + " " + placeTail.ReplaceAllString(s[i+len(lead+place):], "")
				break
			}
		}
	}
	for _, kind := range []string{"polite", "near", "cheap", "best", "fast", "ask", "whom"} {
		s = blank(kind, s)
	}
	return s
}

// placeTail is the word for a shop that may follow the name of its place.
var placeTail = regexp.MustCompile(`^(?:门店|分店|店|那家店|那家| (?:store|shop|branch|outlet)\b)`)

// countsIn cuts a text at its numbers of things: "两件衬衫一条裤子" is two items.
func countsIn(s string) []item {
	s = lexicon.Fold(s)
	var marks []lexicon.Number
	for _, n := range lexicon.Numbers(s) {
		word := s[n.Start:n.End]
		if lexicon.IsCount(s, n) && (word != "a" && word != "an" || len(marks) == 0) && !inName(s, n) {
			marks = append(marks, n)
		}
	}
	if len(marks) == 0 {
		return []item{{text: s}}
	}
	var out []item
	for i, n := range marks {
		end := len(s)
		if i+1 < len(marks) {
			end = marks[i+1].Start
		}
		it := item{text: s[n.End:end], count: int(n.Value), measure: n.Measure}
		if i == 0 {
			it.text = s[:n.Start] + " " + it.text
		}
		it.text = strings.TrimSpace(it.text)
		out = append(out, it)
	}
	return out
}

var wordBefore = regexp.MustCompile(`([a-z][a-z-]*) $`)

// inName tells that a bare number belongs to the name before it: "Mini 4 Pro", "Model 3". Behind a word of the language
// (a verb, a thing) it counts.
func inName(s string, n lexicon.Number) bool {
	m := wordBefore.FindStringSubmatch(s[:n.Start])
	if m == nil || n.Measure != "" || strings.Trim(s[n.Start:n.End], "0123456789") != "" || isFiller(m[1]) {
		return false
	}
	if after := strings.TrimLeft(s[n.End:], " "); after == "" || strings.ContainsRune(",.;!?，。", firstRuneOf(after)) || lexicon.HasHan(firstRune(after)) {
		return true
	}
	ts := lexicon.Tokens(m[1])
	return len(ts) == 1 && ts[0].Concept == "" && !has("split", m[1]) && !has("join", m[1]) && !commonWord[m[1]]
}

// commonWord are English words before a number that counts what follows.
var commonWord = map[string]bool{"for": true, "of": true, "with": true, "about": true, "around": true, "only": true, "just": true, "me": true, "us": true, "them": true, "get": true, "need": true, "have": true, "like": true, "is": true, "are": true, "than": true, "up": true, "least": true, "most": true, "over": true, "under": true, "these": true, "those": true, "my": true, "our": true, "their": true, "his": true, "her": true}

func firstRuneOf(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// onlyOptions tells that a text has nothing but options, verbs and filler.
func onlyOptions(s string) bool {
	for _, t := range lexicon.Tokens(blank("filler", s)) {
		if t.Concept == "" || !isOption(t.Concept) && !strings.HasPrefix(t.Concept, "v.") {
			return false
		}
	}
	return true
}

func isOption(concept string) bool {
	head, _, _ := strings.Cut(concept, ".")
	switch head {
	case "sugar", "temp", "ice", "size", "spicy", "topping", "none", "normal", "window", "aisle", "oatmilk", "soymilk", "pearl", "jelly", "extrashot":
		return true
	}
	return false
}

// query is what an item is called when options that the service knows are taken away: the words to search and choose by.
func query(text string, taken []string) string {
	s := lexicon.Fold(text)
	for _, t := range taken {
		if i := indexWord(s, t); i >= 0 {
			s = s[:deniedFrom(s, i)] + " " + s[i+len(t):]
		}
	}
	for _, f := range phrases()["filler"] {
		if lexicon.HasHan(f) && lexicon.Runes(f) > 1 {
			s = strings.ReplaceAll(s, f, " ")
		}
	}
	var b strings.Builder
	end := 0
	tokens := lexicon.Tokens(s)
	if onlyKinds(tokens) {
		return ""
	}
	for i, t := range tokens {
		if b.Len() == 0 && i+1 < len(tokens) && t.Han && lexicon.Runes(t.Text) == 1 && (t.Concept == "drink" || t.Concept == "food") {
			continue // 喝 of 想喝拿铁
		}
		if b.Len() == 0 && i > 0 && i+1 < len(tokens) && loneMeasure(tokens[i-1:i+2]) {
			continue
		}
		if !insideName(s, tokens, i) && (strings.HasPrefix(t.Concept, "v.") || isFiller(t.Text) || t.Concept == "goods" || t.Concept == "orders" || aroundGoods[t.Concept] && len(tokens) > 1) {
			continue
		}
		if b.Len() > 0 && (t.Start != end || !t.Han) {
			if !t.Han || t.Start != end && t.Start > end+3 {
				b.WriteByte(' ')
			}
		}
		b.WriteString(t.Text)
		end = t.End
	}
	return strings.TrimSpace(b.String())
}

// insideName tells that a Chinese word begins a longer one that is the name of a thing (洗衣 of 洗衣液, 打印 of 打印纸): the
// dictionary has it with what follows, and not what follows by itself.
func insideName(s string, tokens []lexicon.Token, i int) bool {
	t := tokens[i]
	if !t.Han || i+1 >= len(tokens) || tokens[i+1].Start != t.End || lexicon.Runes(t.Text) < 2 {
		return false
	}
	next := tokens[i+1]
	return lexicon.Runes(next.Text) == 1 && !isFiller(next.Text) && !bareMeasure(next.Text) && next.Concept == "" && lexicon.Known(t.Text+next.Text)
}

// aroundGoods are what is said around goods: where they go, and that they are brought.
// The work that is done on a thing is not its name either (打印简历).
var aroundGoods = map[string]bool{"home": true, "work": true, "takeaway": true, "person": true, "print": true, "laundry": true, "carwash": true, "moving": true, "courier": true, "onsite": true, "shop": true}

// onlyKinds tells that nothing but words for a whole kind of goods is left ("something to drink"): nothing to search by.
func onlyKinds(tokens []lexicon.Token) bool {
	for _, t := range tokens {
		switch t.Concept {
		case "drink", "food", "goods", "menu", "orders", "shop":
		default:
			if !strings.HasPrefix(t.Concept, "v.") && !isFiller(t.Text) {
				return false
			}
		}
	}
	return true
}

// loneMeasure tells that the second of three tokens is a measure word without a number: right behind a verb, and no part
// of a word (叫辆车, but not 买杯子).
func loneMeasure(ts []lexicon.Token) bool {
	verb := strings.HasPrefix(ts[0].Concept, "v.") || isFiller(ts[0].Text)
	return verb && ts[0].End == ts[1].Start && ts[1].Concept == "" && bareMeasure(ts[1].Text) && !lexicon.Known(ts[1].Text+firstRune(ts[2].Text))
}

// bareMeasure tells that a character is a measure word.
func bareMeasure(w string) bool {
	return lexicon.Runes(w) == 1 && lexicon.IsMeasure(w)
}

func isFiller(w string) bool {
	for _, f := range phrases()["filler"] {
		if f == w {
			return true
		}
	}
	return false
}
