package understand

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// givenTo finds whom something is sent to: 寄给王芳, 给南京的赵敏寄, "send a parcel to Li Lei, …".
func (w *factReader) givenTo() {
	s := string(w.s)
	for _, m := range namings().given.FindAllStringSubmatchIndex(s, maxFacts) {
		n := nameLength(s[m[4]:m[5]], s[m[5]:])
		if n == 0 {
			continue
		}
		sent := lexicon.Runes(s[m[0]:m[4]]) > 1 && !strings.HasPrefix(s[m[0]:], "给")
		after := s[m[4]+n:]
		next, _ := utf8.DecodeRuneInString(after)
		if !sent && !strings.ContainsRune("寄送发快捎带递邮", next) {
			continue
		}
		if sent && lexicon.IsHan(next) && !strings.ContainsRune("地电手的在送寄收到住吧,", next) {
			continue
		}
		start := m[4] - len("给")
		f := fact{}
		if m[2] >= 0 {
			if cs := lexicon.Cities(s[m[2]:m[3]]); len(cs) > 0 {
				f.city, start = cs[0].Chinese, m[2]-len("给")
			}
		}
		if before := len(w.all); start >= 0 {
			w.addName(factName, start, m[4], m[4]+n)
			if len(w.all) > before {
				w.all[len(w.all)-1].city = f.city
				w.all[len(w.all)-1].party = partyReceiver
			}
		}
	}
	w.sentTo()
}

var sentForm = regexp.MustCompile(`\b(?:send|ship|post|mail|courier|deliver|express|parcel|package|pickup)\b[^;。!?]*?\bto ([a-z][a-z'-]*(?: [a-z][a-z'-]*){0,2})`)

// sentTo takes the capitalised name that something is sent to, where contact details are given too.
func (w *factReader) sentTo() {
	if !slices.ContainsFunc(w.all, func(f fact) bool { return f.kind == factPhone || f.kind == factAddress }) {
		return
	}
	s := string(w.s)
	for _, m := range sentForm.FindAllStringSubmatchIndex(s, 4) {
		if !w.capital(m[2]) || slices.ContainsFunc(w.all, func(f fact) bool { return f.kind == factName }) {
			continue
		}
		end := w.latinName(m[2], m[3])
		if end > m[2] && len(lexicon.Cities(s[m[2]:end])) == 0 && lexicon.Concept(s[m[2]:end]) == "" {
			w.addName(factName, m[2], m[2], end)
		}
	}
}

// parties tells whose each detail is: as the words before it say, else as the detail before it.
func (w *factReader) parties() {
	current := partyNone
	for i := range w.all {
		f := &w.all[i]
		if f.party == partyNone {
			f.party = w.partyAt(f)
		}
		switch {
		case f.party == partySelf:
		case f.party == partyNone && f.kind != factPet && f.kind != factPlate:
			f.party = current
		case f.party != partyNone:
			current = f.party
		}
	}
}

var toWords = regexp.MustCompile(`(?:到|至|往|给|\bto\b)\s?(?:the |my )?$`)

func (w *factReader) partyAt(f *fact) party {
	before := w.said.folded[:f.start]
	own := w.said.folded[f.start:f.from] // a label that was taken out with it
	text := strings.TrimRight(before+own, " :是为叫,")
	for _, p := range []struct {
		kind string
		of   party
	}{{"receiver", partyReceiver}, {"sender", partySender}} {
		for _, l := range people()[p.kind] {
			if strings.HasSuffix(text, l) || strings.Contains(own, l) || strings.HasSuffix(text, l+"的") {
				return p.of
			}
		}
	}
	lead := strings.TrimRight(before, " :")
	switch {
	case namings().ledFrom.MatchString(before):
		return partySender
	case toWords.MatchString(before) || strings.HasPrefix(own, "给"):
		return partyReceiver
	}
	for _, m := range people()["mine"] {
		if (strings.HasSuffix(lead, m) || strings.HasPrefix(own, m)) && f.kind == factPhone {
			return partySelf
		}
	}
	return partyNone
}

// forNamed introduces whom something is booked for: 帮张三挂号, 替王小明订, 给我同事李强买.
var forNamed = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:给|帮|替|为)(?:(?:我|咱|俺|他|她)?(?:们)?(?:家)?(?:的)?` + anyForm("relative") + `(?:的)?)?(\p{Han}{2,6})`)
})

// bookedFor finds somebody whom the words book for. Who is only called by a title has no name to book under.
func (w *factReader) bookedFor() {
	s := string(w.s)
	for _, m := range forNamed().FindAllStringSubmatchIndex(s, 4) {
		n := nameLength(s[m[2]:m[3]], "")
		if n == 0 {
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[m[2]+n:])
		if !strings.ContainsRune("挂订买约预报办定抢", next) {
			continue
		}
		kind := factName
		if endsInTitle(s[m[2] : m[2]+n]) {
			kind = factTitle
		}
		w.addName(kind, m[2], m[2], m[2]+n)
	}
}
