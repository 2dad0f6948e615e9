package understand

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// nameForms are the ways in which words introduce somebody's name. Phone numbers and addresses are signs already.
type nameForms struct {
	label, labelLatin, called, calledLatin, given, ledFrom, relative, address *regexp.Regexp
}

var namings = sync.OnceValue(func() nameForms {
	labels := anyForm("receiver", "sender", "named")
	return nameForms{
		label:       regexp.MustCompile(labels + `(?:的?(?:姓名|名字))?\s?(?:就?叫做?|是|为|写|填|:)?\s*(\p{Han}{2,6})`),
		labelLatin:  regexp.MustCompile(labels + `(?:'s)?(?: ?name)?(?: is|:|,)?\s+([a-z][a-z'-]*(?: [a-z][a-z'-]*){0,2})`),
		called:      regexp.MustCompile(`(` + anyForm("relative") + `|它|他|她|[猫狗犬兔鸟咪汪]+|名字|小名|大名|^|[,。;]|我)(?:的?名字|的?小名)?(?:就?叫做?|名叫|叫作|名字是|取名)\s?(\p{Han}{1,4}|[a-z][a-z'-]+)`),
		calledLatin: regexp.MustCompile(`((?:` + anyForm("relative") + `[a-z' ,]{0,12})?)(?:\bcalled|\bnamed|\b(?:his|her|its|the) name is|\bname's|\bgoes by)\s+([a-z][a-z'-]*(?: [a-z][a-z'-]*)?)`),
		given:       regexp.MustCompile(`(?:(?:寄|送|发|快递|捎|带|递|交|转|邮)(?:东西|包裹|快递|文件|一份|一件)?给|(?:寄|送|发|快递|捎|带|递|交|转|邮)[^,\x01-\x08]{0,12}给|[给帮替])(?:(\p{Han}{2,4})的)?(\p{Han}{2,6})`),
		relative:    regexp.MustCompile(anyForm("relative")),
		address:     regexp.MustCompile(anyForm("address") + `\s?(?:是|为|:|在|is)?\s*`),
		ledFrom:     regexp.MustCompile(`(?:` + anyForm("sender") + `|从|由|\bfrom\b)\s?[:是]?\s?$`),
	}
})

// names finds the names of people and of what else has a name. A name is only taken where words introduce it or a phone
// number stands beside it: no word is made into a name by guessing.
func (w *factReader) names() {
	w.besidePhone()
	s := string(w.s)
	for _, m := range namings().called.FindAllStringSubmatchIndex(s, maxFacts) {
		w.addCalled(s, m[0], m[2], m[3], m[4], m[5])
	}
	for _, m := range namings().calledLatin.FindAllStringSubmatchIndex(s, maxFacts) {
		end := m[5]
		if i := strings.IndexByte(s[m[4]:m[5]], ' '); i > 0 && !w.capital(m[4]+i+1) {
			end = m[4] + i
		}
		at := m[0]
		if m[3] > m[2] {
			at = m[3]
		}
		w.addCalled(s, at, m[2], m[3], m[4], end)
	}
	for _, m := range namings().label.FindAllStringSubmatchIndex(s, maxFacts) {
		n := nameLength(s[m[2]:m[3]], s[m[3]:])
		if n == 0 && whole2to4(s[m[2]:m[3]], s[m[3]:]) {
			n = m[3] - m[2]
		}
		if n > 0 {
			w.addName(factName, m[0], m[2], m[2]+n)
		}
	}
	for _, m := range namings().labelLatin.FindAllStringSubmatchIndex(s, maxFacts) {
		if end := w.latinName(m[2], m[3]); end > m[2] {
			w.addName(factName, m[0], m[2], end)
		}
	}
	w.givenTo()
	w.bookedFor()
}

// addCalled takes "它叫豆豆", "孩子叫陈小宝", "a dog called Biscuit".
func (w *factReader) addCalled(s string, at, whoStart, whoEnd, i, j int) {
	who := strings.Trim(s[whoStart:whoEnd], ",。; ")
	kind := factPet
	mine, word := who == "我", s[i:j]
	if mine && nameLength(word, "") == 0 {
		return // 我叫个车
	}
	if mine || slices.Contains(people()["relative"], who) || who == "他" || who == "她" || namings().relative.MatchString(who) {
		kind = factName
	}
	if who == "" && lexicon.HasHan(word) && (lexicon.Concept(word) != "" || len(lexicon.Numbers(word)) > 0 || nameLength(word, s[j:]) == 0 && s[at:i] == strings.TrimLeft(s[at:i], ",。;")) {
		return // 叫辆车: a verb
	}
	if lexicon.HasHan(word) && nameLength(word, "") != len(word) && (lexicon.Concept(word) != "" && kind == factName || bareMeasure(firstRune(word)) || namesPlaceOrCar(word)) {
		return
	}
	if who == "" && nameLength(word, s[j:]) > 0 {
		kind = factName
	}
	start := at
	if lexicon.HasHan(who) || who == "" {
		start = whoEnd
	}
	w.addName(kind, start, i, j)
	if n := len(w.all); mine && n > 0 && w.all[n-1].from == i {
		w.all[n-1].party = partySelf
	}
}

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// namesPlaceOrCar tells that what is "called" is a car or somebody who comes: 叫个车, 叫外卖.
func namesPlaceOrCar(word string) bool {
	for _, t := range lexicon.Tokens(word) {
		if t.Concept != "" {
			return true
		}
	}
	return false
}

func (w *factReader) addName(k factKind, start, i, j int) {
	w.add(k, start, j, i, j, w.original(i, j))
}

// besidePhone finds the name that stands right before or after a phone number: 王芳 18600005678, "Li Lei, 13800001234".
func (w *factReader) besidePhone() {
	for _, f := range slices.Clone(w.all) {
		if f.kind != factPhone {
			continue
		}
		s := string(w.s)
		end := len(strings.TrimRight(s[:f.start], " ,:、的"))
		if i := hanNameBefore(s[:end]); i >= 0 {
			w.addName(factName, w.leadOf(s, i), i, end)
			continue
		}
		if i := w.latinBefore(s, end); i >= 0 {
			w.addName(factName, w.leadOf(s, i), i, end)
			continue
		}
		at := f.end + len(s[f.end:]) - len(strings.TrimLeft(s[f.end:], " ,:、"))
		if n := nameLength(hanRun(s[at:]), ""); n > 0 && n == len(hanRun(s[at:])) {
			w.addName(factName, at, at, at+n)
		}
	}
}

func hanRun(s string) string {
	for i, r := range s {
		if !lexicon.IsHan(r) {
			return s[:i]
		}
	}
	return s
}

// leadOf takes the word for whom the name is of (收件人, 给) into what is taken out.
func (w *factReader) leadOf(s string, at int) int {
	head := strings.TrimRight(strings.TrimSuffix(strings.TrimRight(s[:at], " :是叫"), " is"), " :")
	for _, kind := range []string{"receiver", "sender", "named"} {
		for _, l := range people()[kind] {
			if strings.HasSuffix(head, l) && boundary(head, len(head)-len(l)) {
				return len(head) - len(l)
			}
		}
	}
	return at
}

// hanNameBefore is where a Chinese name begins that a text ends in; -1 where it ends in none. Before the name there is
// nothing, a sign, a space or a word that leads to a person.
func hanNameBefore(s string) int {
	at := len(s)
	starts := []int{}
	for range 4 {
		r, n := utf8.DecodeLastRuneInString(s[:at])
		if !lexicon.IsHan(r) {
			break
		}
		at -= n
		starts = append(starts, at)
	}
	for _, i := range slices.Backward(starts) {
		if lexicon.Runes(s[i:]) < 2 || nameLength(s[i:], "") != len(s)-i {
			continue
		}
		r, _ := utf8.DecodeLastRuneInString(s[:i])
		if i == 0 || !lexicon.IsHan(r) || endsInTitle(s[i:]) || strings.ContainsRune("给人到帮替叫是名为的方者客", r) {
			return i
		}
	}
	return -1
}

// nameLength is how many bytes of a run of Chinese characters are a person's name, with what follows the run: a surname
// with one or two characters, or with a title. 0 where it is none, or is a word of the language (高中, 金毛).
func nameLength(run, after string) int {
	for _, fam := range people()["surname"] {
		rest, ok := strings.CutPrefix(run, fam)
		for _, p := range people()["familiar"] {
			if !ok {
				if rest, ok = strings.CutPrefix(run, p+fam); ok {
					if n := titled(rest); n > 0 {
						return len(p) + len(fam) + n
					}
					if rest == "" || notNamePart(firstRune(rest)) {
						return len(p) + len(fam)
					}
				}
			}
		}
		if !ok {
			continue
		}
		if n := titled(rest); n > 0 {
			return len(fam) + n
		}
		return givenName(run, len(fam), rest)
	}
	return 0
}

func titled(rest string) int {
	for _, t := range people()["style"] {
		if strings.HasPrefix(rest, t) {
			return len(t)
		}
	}
	return 0
}

// givenName measures the one or two characters after a surname.
func givenName(run string, fam int, rest string) int {
	n, count := 0, 0
	for i, r := range rest {
		if count == 2 || !lexicon.IsHan(r) || notNamePart(string(r)) && count > 0 {
			break
		}
		if notNamePart(string(r)) {
			return 0
		}
		count++
		n = i + utf8.RuneLen(r)
	}
	for ; n > 0; n -= len("字") {
		name := run[:fam+n]
		if !lexicon.Known(name) && lexicon.Concept(name) == "" {
			return fam + n
		}
	}
	return 0
}

// notNamePart are characters that go on with the sentence behind a name.
func notNamePart(c string) bool {
	return strings.Contains("寄送发打充订买挂约取拿带的了在到去从给把和跟与是有要住电手点订预报看收地址上下个件个份张位斤公", c)
}

// whole2to4 tells that a labelled run is a name though nobody's surname opens it: it is short, and the clause ends.
func whole2to4(run, after string) bool {
	r, _ := utf8.DecodeRuneInString(after)
	if lexicon.Runes(run) > 4 || lexicon.IsHan(r) {
		return false
	}
	familiar := lexicon.Runes(run) < 4 && slices.ContainsFunc(people()["surname"], func(fam string) bool { return strings.HasPrefix(run, fam) && run != fam })
	return familiar && lexicon.Concept(run) == "" || !lexicon.Known(run) && !namesPlaceOrCar(run)
}

// capital tells that the text has a capital letter at a place.
func (w *factReader) capital(i int) bool {
	r, _ := utf8.DecodeRuneInString(w.said.text[w.said.at[i]:])
	return unicode.IsUpper(r)
}

var latinStop = regexp.MustCompile(`^(?:it|this|that|them|her|him|after|phone|tel|mobile|at|in|on|to|from|for|and|with|is|the|please|address|number|no|name|tomorrow|today|tonight|my|a|an|of|by)$`)

// latinName is where the Latin name that begins at i ends: its words with capitals, or, after a label, the first ones that
// go on with no sentence.
func (w *factReader) latinName(i, j int) int {
	end := i
	for at := i; at < j; {
		word := string(w.s[at:j])
		if k := strings.IndexByte(word, ' '); k > 0 {
			word = word[:k]
		}
		if latinStop.MatchString(word) || end > i && w.capital(i) && !w.capital(at) {
			break
		}
		end = at + len(word)
		at = end + 1
	}
	if end > i && !w.capital(i) && lexicon.Concept(string(w.s[i:end])) != "" {
		return i
	}
	return end
}

// latinBefore is where the capitalised words begin that a text ends in, at most three; -1 where there are none, or they
// are a city or no name.
func (w *factReader) latinBefore(s string, end int) int {
	at, n := end, 0
	for n < 3 {
		i := strings.LastIndexAny(s[:at], " ,:\x01\x02\x03\x04\x05\x06") + 1
		if i < len(s) && i < at && s[i] >= 'a' && s[i] <= 'z' && w.capital(i) && !latinStop.MatchString(s[i:at]) && (i > 0 || n > 0) {
			n++
			end2 := i
			if i == 0 || s[i-1] != ' ' {
				return end2
			}
			at = i - 1
			if prev := s[:at]; !w.capital(strings.LastIndexAny(prev, " ,:") + 1) {
				return end2
			}
			continue
		}
		break
	}
	if n == 0 || at+1 >= end || len(lexicon.Cities(s[at+1:end])) > 0 {
		return -1
	}
	return at + 1
}

// endsInTitle tells that a name has a title: 王小姐.
func endsInTitle(name string) bool {
	return slices.ContainsFunc(people()["style"], func(t string) bool { return strings.HasSuffix(name, t) })
}
