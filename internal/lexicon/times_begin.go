package lexicon

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// hanBegins are the characters that a time may begin with, besides numerals and those of the word lists.
const hanBegins = "今明后昨前大当上下这本周星礼月年底早晚凌清中正午傍夜深差从自约不最赶再过等现马立尽越待稍未接整全去农"

// latinBegins are the words that a time may begin with, besides numerals, months, weekdays and holidays.
const latinBegins = `at on by before no not until till up after since starting as around about approximately from between in within the this next last coming following upcoming previous past rest my
	day today tomorrow tmrw tmr tonight tonite yesterday weekend month week year end beginning start noon midday mid noontime noonish midmorning midafternoon midnight half quarter three early late morning mornings afternoon evening lunchtime lunch
	during for now right immediately straight shortly soon asap another all whole full entire few several`

// begins are all words and characters that a time may begin with; what begins otherwise is not tried.
var begins = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, r := range hanBegins {
		out[string(r)] = true
	}
	first := func(w string) {
		r, _ := utf8.DecodeRuneInString(w)
		if isLatin(w[0]) {
			out[wordFrom(w, 0)] = true
		} else {
			out[string(r)] = true
		}
	}
	for _, h := range holidays() {
		first(h.word)
	}
	for _, d := range hanDays {
		first(d.word)
	}
	for _, p := range hanParts {
		first(p.word)
	}
	names := "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec " +
		"monday tuesday wednesday thursday friday saturday sunday mon tues tue weds wed thurs thur thu fri sat sun"
	for _, w := range strings.Fields(latinBegins + " " + names) {
		out[w] = true
	}
	for w := range nth {
		out[w] = true
	}
	return out
})

// mayBegin tells quickly that a time may begin at byte i.
func mayBegin(s string, i int) bool {
	r, size := utf8.DecodeRuneInString(s[i:])
	switch {
	case r >= 'a' && r <= 'z':
		w := wordFrom(s, i)
		return begins()[w] || englishNumeral(w)
	case r < utf8.RuneSelf:
		return r >= '0' && r <= '9' || r == '@'
	}
	return numeral(r) || r == '零' || r == '〇' || begins()[s[i:i+size]]
}
