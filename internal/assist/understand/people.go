package understand

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// maxPeople bounds a party.
const maxPeople = 500

// peopleWords are the measure words that count people.
var peopleWords = map[string]bool{"人": true, "位": true, "名": true, "people": true, "persons": true, "person": true, "guests": true, "guest": true, "adults": true, "passengers": true, "passenger": true}

var forSome = regexp.MustCompile(`\b(?:for|party of|group of|table of) (\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)\b(?: (people|persons|guests|adults|of us))?(?: [a-z]+)?|\b(\d+|two|three|four|five|six|seven|eight) of us\b`)
var forTime = regexp.MustCompile(`^ ?(?:nights?|days?|hours?|minutes?|weeks?|months?|years?|am|pm|o'clock|yuan|rmb|:)`)

// readPeople is how many people the words speak of, and the words without them. 0 where they speak of none.
func readPeople(text string) (int, string) {
	s := lexicon.Fold(text)
	for _, n := range lexicon.Numbers(s) {
		if n.Measure == "个" {
			for _, w := range []string{"人", "大人", "成人", "小孩", "孩子", "朋友", "学生"} {
				if strings.HasPrefix(s[n.End:], w) {
					n.Measure, n.End = "人", n.End+len(w)
					break
				}
			}
		}
		if peopleWords[n.Measure] && n.Value >= 1 && n.Value <= maxPeople && n.Value == float64(int(n.Value)) {
			return int(n.Value), strings.TrimSpace(s[:n.Start] + " " + keepTail(s[n.End:]))
		}
	}
	if m := forSome.FindStringSubmatchIndex(s); m != nil {
		at := m[2:4]
		if m[2] < 0 {
			at = m[6:8]
		}
		end := at[1]
		if m[4] >= 0 {
			end = m[5]
		}
		if forTime.MatchString(s[at[1]:]) {
			return 0, s
		}
		if v, err := strconv.Atoi(s[at[0]:at[1]]); err == nil {
			return min(v, maxPeople), strings.TrimSpace(s[:m[0]] + " " + s[end:])
		}
		if ns := lexicon.Numbers(s[at[0]:at[1]]); len(ns) > 0 {
			return min(int(ns[0].Value), maxPeople), strings.TrimSpace(s[:m[0]] + " " + s[end:])
		}
	}
	return 0, s
}

// keepTail keeps 位 and 间 of 四人位, 四人间 apart from what follows.
func keepTail(s string) string { return strings.TrimPrefix(s, "的") }
