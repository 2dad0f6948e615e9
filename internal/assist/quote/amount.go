package quote

import (
	"cmp"
	"math"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/track"
)

type unit int

const (
	unknown unit = iota
	yuan         // major units
	fen          // minor units
)

// plausible is the largest whole number that is taken for yuan when nothing tells its unit. Up to it a wrong reading
// errs to the dear side by a factor of a hundred and shows as an estimate; beyond it nothing is read.
const plausible = 1000

// sum is a number that may be money, before its unit is settled.
type sum struct {
	node     *node
	value    *big.Rat
	unit     unit
	currency string
}

// sumOf reads an amount from a number, a string such as "¥54.00" or an object such as {amount, currency}.
func sumOf(n *node) (sum, bool) {
	switch n.kind {
	case number, text:
		return scalarSum(n)
	case object:
		return objectSum(n)
	default:
		return sum{}, false
	}
}

func scalarSum(n *node) (sum, bool) {
	digits, around := splitDigits(n.text)
	r, ok := new(big.Rat).SetString(digits)
	if !ok || r.Sign() < 0 || (n.kind == text && !onlyUnits(around)) {
		return sum{}, false
	}
	s := sum{node: n, value: r, unit: unitIn(around), currency: currencyIn(around)}
	if strings.HasSuffix(" "+strings.TrimSpace(around), " 分") {
		s.unit = fen
	}
	if s.unit == unknown {
		s.unit = unitAround(n)
	}
	if s.unit != fen && !r.IsInt() {
		s.unit = yuan
	}
	if s.unit == unknown && n.kind == text && strings.Contains(digits, ".") {
		s.unit = yuan // "54.00": whoever writes fractions writes yuan
	}
	if s.currency == "" {
		s.currency = currencyAround(n)
	}
	return s, true
}

// maxUnitText is how many characters may stand beside the digits of an amount.
const maxUnitText = 16

// onlyUnits tells whether nothing but units, currencies and words such as "about" stand beside the digits: "约 ¥54.00 起"
// is an amount; "q1", "3 cups" and a sentence are not.
func onlyUnits(around string) bool {
	around = strings.ToLower(around)
	if len([]rune(around)) > maxUnitText {
		return false
	}
	for _, w := range unitWords() {
		if says(around, w) {
			around = strings.ReplaceAll(around, w, " ")
		}
	}
	return !strings.ContainsFunc(around, unicode.IsLetter)
}

// unitWords are the words that may stand beside an amount, longest first.
var unitWords = sync.OnceValue(func() []string {
	known := slices.Concat(words.Units["fen"], words.Units["yuan"], words.Units["beside"], []string{"分"})
	for _, l := range words.Currencies {
		known = append(known, l...)
	}
	slices.SortFunc(known, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return slices.Compact(known)
})

func splitDigits(s string) (digits, around string) {
	s = strings.TrimSpace(s)
	if len(s) > 40 {
		return "", s
	}
	start := strings.IndexAny(s, "0123456789")
	if start < 0 {
		return "", s
	}
	end := start
	for end < len(s) && strings.IndexByte("0123456789.,eE+-", s[end]) >= 0 {
		end++
	}
	digits = strings.TrimRight(strings.ReplaceAll(s[start:end], ",", ""), ".eE+-")
	if strings.ContainsAny(digits, "+-") || tooLong(digits) { // dates, telephone numbers, hostile exponents
		return "", s
	}
	if start > 0 && s[start-1] == '-' {
		return "-" + digits, s
	}
	return digits, s[:start] + " " + s[end:]
}

func tooLong(digits string) bool {
	i := strings.IndexAny(digits, "eE")
	return len(digits) > 24 || (i >= 0 && len(digits)-i > 3)
}

// objectSum reads {amount|value|total|price …, currency|currency_code|unit …}.
func objectSum(n *node) (sum, bool) {
	if len(n.kids) > 6 {
		return sum{}, false
	}
	for _, name := range []string{"amount", "value", "total", "price", "cents", "fen", "minor", "yuan", "number"} {
		for _, k := range n.kids {
			if !k.scalar() || !says(k.words, name) {
				continue
			}
			s, ok := scalarSum(k)
			if !ok {
				continue
			}
			s.node = n
			if s.unit == unknown {
				s.unit = unitAround(n)
			}
			if s.currency == "" {
				s.currency = currencyAround(k)
			}
			return s, true
		}
	}
	return sum{}, false
}

// unitAround reads the unit from what is said of the value, then from a member beside it, then from its parents.
func unitAround(n *node) unit {
	for at, up := n, 0; at != nil && up < 3; at, up = at.parent, up+1 {
		if u := unitIn(at.full()); u != unknown {
			return u
		}
		if at.kind == object || at.parent == nil {
			continue
		}
		for _, k := range at.parent.kids {
			if k != n && k.kind == text && saysAny(k.words, []string{"unit", "price unit", "amount unit"}) {
				if u := unitIn(" " + strings.ToLower(k.text) + " "); u != unknown {
					return u
				}
				if k.text == "分" {
					return fen
				}
			}
		}
	}
	return unknown
}

func unitIn(s string) unit {
	s = strings.ToLower(s)
	f, y := saysAny(s, words.Units["fen"]), saysAny(s, words.Units["yuan"])
	if f && y { // "price in cents (100 = 1 yuan)": the unit stands first
		if firstOf(s, words.Units["fen"]) < firstOf(s, words.Units["yuan"]) {
			return fen
		}
		return yuan
	}
	if f {
		return fen
	}
	if y {
		return yuan
	}
	return unknown
}

func firstOf(s string, list []string) int {
	at := len(s)
	for _, w := range list {
		if says(s, w) {
			at = min(at, strings.Index(s, w))
		}
	}
	return at
}

func currencyAround(n *node) string {
	for at, up := n, 0; at != nil && up < 3; at, up = at.parent, up+1 {
		if c := currencyIn(at.full()); c != "" {
			return c
		}
		if at.parent == nil {
			break
		}
		for _, k := range at.parent.kids {
			if k.kind == text && plays("currency", k) {
				return currencyCode(k.text)
			}
		}
	}
	return ""
}

func currencyCode(s string) string {
	up := strings.ToUpper(strings.TrimSpace(s))
	if len(up) == 3 && ascii(up) && strings.IndexFunc(up, func(r rune) bool { return r < 'A' || r > 'Z' }) < 0 {
		return up
	}
	return currencyIn(strings.ToLower(s))
}

func currencyIn(s string) string {
	s = strings.ToLower(s)
	for _, code := range []string{"HKD", "USD", "EUR", "GBP", "JPY", "CNY"} { // CNY last: "元" is part of 美元 and 港元
		if saysAny(s, words.Currencies[code]) {
			return code
		}
	}
	return ""
}

// minor converts a sum of a settled unit; ok is false when it is not whole minor units or out of range.
func (s sum) minor(u unit) (int64, bool) {
	if s.unit != unknown {
		u = s.unit
	}
	v := new(big.Rat).Set(s.value)
	if u == yuan {
		v.Mul(v, big.NewRat(100, 1))
	}
	if !v.IsInt() {
		v = rounded(v)
	}
	if v == nil || v.Sign() < 0 || v.Num().Cmp(big.NewInt(money.MaxMinor)) > 0 {
		return 0, false
	}
	return v.Num().Int64(), true
}

// rounded forgives what binary floating point leaves behind (17.999999999999996) and nothing more.
func rounded(v *big.Rat) *big.Rat {
	f, _ := v.Float64()
	if math.IsInf(f, 0) || math.Abs(f-math.Round(f)) > 1e-6 {
		return nil
	}
	return new(big.Rat).SetInt64(int64(math.Round(f)))
}

// consensus is the unit that everything said of money in the schemas of a service agrees on; unknown when it does not.
// It is asked in order: the capability itself, then the whole service.
func consensus(cap catalog.Capability, svc catalog.Service) unit {
	if u := unitOf([]catalog.Capability{cap}); u != unknown {
		return u
	}
	if u := unitOf(svc.Capabilities); u != unknown {
		return u
	}
	return toldUnit(svc)
}

var sentenceCut = regexp.MustCompile(`[。；;！!\n]|\.\s`)

// toldUnit is the unit that a service says in words that its sums are in ("Prices in CNY", 金额单位为分); unknown where it says
// none, or both. A currency by its code is its major unit.
func toldUnit(svc catalog.Service) unit {
	var seen [3]int
	for _, text := range []string{svc.Description, svc.Instruction} {
		for _, s := range sentenceCut.Split(strings.ToLower(text), -1) {
			if !saysAny(s, words.Units["money"]) && !saysAny(s, []string{"prices", "amounts", "fees", "fares"}) {
				continue
			}
			switch u := unitIn(s); {
			case u != unknown:
				seen[u]++
			case currencyIn(s) != "":
				seen[yuan]++
			}
		}
	}
	switch {
	case seen[yuan] > 0 && seen[fen] == 0:
		return yuan
	case seen[fen] > 0 && seen[yuan] == 0:
		return fen
	}
	return unknown
}

// States tells that a result which declares no schema states an amount, whether or not its unit can be told: what costs
// something must not pass for free.
func States(result track.Result) bool {
	if root := parse(result.Structured, nil); root != nil {
		if n := bestIn(root, "total", none-1); n != nil {
			s, ok := sumOf(n)
			return ok && s.value.Sign() > 0
		}
	}
	return false
}

func unitOf(caps []catalog.Capability) unit {
	var seen [3]int
	for _, c := range caps {
		countUnits("", c.Output, 0, &seen)
		countUnits("", c.Input, 0, &seen)
	}
	if seen[yuan] > 0 && seen[fen] == 0 {
		return yuan
	}
	if seen[fen] > 0 && seen[yuan] == 0 {
		return fen
	}
	return unknown
}

func countUnits(name string, s *catalog.Schema, depth int, seen *[3]int) {
	if s == nil || depth > maxDepth {
		return
	}
	said := splitName(name) + strings.ToLower(s.Title+" "+s.Description)
	if name != "" && (s.Is("number") || s.Type == "string") && s.Type != "object" && saysAny(said, words.Units["money"]) {
		seen[unitIn(said)]++
	}
	for _, p := range s.Properties {
		countUnits(p.Name, p.Schema, depth+1, seen)
	}
	countUnits(name, s.Items, depth+1, seen)
}
