package quote

import (
	_ "embed"
	"encoding/json"
	"errors"
	"strings"
	"unicode"
)

//go:embed lexicon.json
var lexiconJSON []byte

var errBounds = errors.New("the result is larger than a quote may be")

type role struct {
	Tiers  [][]string `json:"tiers"`
	Deny   []string   `json:"deny"`
	Strong bool       `json:"strong"` // what is in the first tier cannot be denied
}

type lexicon struct {
	Roles      map[string]role     `json:"roles"`
	Units      map[string][]string `json:"units"`
	Currencies map[string][]string `json:"currencies"`
	States     map[string][]string `json:"states"`
	Awaits     []string            `json:"awaits"` // a payment that is still to come
}

var words = mustLexicon(lexiconJSON)

func mustLexicon(raw []byte) lexicon {
	var l lexicon
	if err := json.Unmarshal(raw, &l); err != nil {
		panic("lexicon.json: " + err.Error()) // embedded: a build mistake
	}
	return l
}

// none is the rank of a value that does not play a role.
const none = 1 << 10

// rank tells how well a value plays a role by its name, then by what its schema says: lower is better.
func rank(roleName string, n *node) int {
	r := words.Roles[roleName]
	denied := saysAny(n.words, r.Deny) || saysAny(n.head, r.Deny)
	for i, tier := range r.Tiers {
		if denied && !(r.Strong && i == 0) {
			return none
		}
		if saysAny(n.words, tier) {
			return 2 * i
		}
		if saysAny(n.head, tier) {
			return 2*i + 1
		}
	}
	return none
}

func plays(roleName string, n *node) bool { return rank(roleName, n) < none }

// saysAny looks for whole English words or for a piece of Chinese in " words ".
func saysAny(s string, list []string) bool {
	for _, w := range list {
		if says(s, w) {
			return true
		}
	}
	return false
}

func says(s, w string) bool {
	for from := 0; ; {
		i := strings.Index(s[from:], w)
		if i < 0 {
			return false
		}
		i += from
		if !ascii(w) || (border(s, i-1) && border(s, i+len(w))) {
			return true
		}
		from = i + 1
	}
}

func ascii(w string) bool {
	for i := range len(w) {
		if w[i] >= 0x80 {
			return false
		}
	}
	return true
}

// border tells whether an ASCII word may end beside byte i. Digits and Chinese beside it are fine.
func border(s string, i int) bool {
	return i < 0 || i >= len(s) || !(s[i] < 0x80 && unicode.IsLetter(rune(s[i])))
}
