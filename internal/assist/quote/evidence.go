package quote

import (
	"math/big"
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/order"
)

// maxMoneyWords bounds how many sums are read from a merchant's sentences.
const maxMoneyWords = 40

// settleUnit looks for what tells the unit of amounts that do not say it themselves, before any is taken for yuan: the
// same money written in another form in this answer, then a fraction anywhere among its prices.
func (r *reader) settleUnit(total sum, stated bool) sum {
	if stated && total.unit == unknown {
		total.unit = r.twoForms(total)
	}
	if r.unit == unknown && stated && total.unit != unknown && total.node != nil && unitIn(total.node.full()) == unknown {
		r.unit = total.unit // found by its other form, it holds for its neighbours too
	}
	if r.unit == unknown {
		r.unit = r.fractions()
	}
	if r.unit == unknown {
		r.unit = r.moneyObjects()
	}
	return total
}

// twoForms finds the total in another form whose unit is known: "¥54.00" in a text or a sentence beside a bare 5400.
func (r *reader) twoForms(total sum) unit {
	var found [3]bool
	seen := func(minor int64, ok bool) {
		for _, u := range []unit{yuan, fen} {
			if m, fits := total.minor(u); ok && fits && m > 0 && m == minor {
				found[u] = true
			}
		}
	}
	r.root.walk(func(k *node) bool {
		if k.kind == array && len(k.kids) > maxLines || k == total.node {
			return false
		}
		if s, ok := sumOf(k); ok && s.unit != unknown && s.node.kind != object {
			seen(s.minor(s.unit))
		}
		return true
	})
	for _, s := range r.said {
		seen(s.minor(s.unit))
	}
	switch {
	case found[yuan] && !found[fen]:
		return yuan
	case found[fen] && !found[yuan]:
		return fen
	}
	return unknown
}

// moneyWords matches a sum of money in a sentence: ¥54, 54.00元, 54 yuan, 5400 分.
var moneyWords = regexp.MustCompile(`(?i)([¥￥$€£]|rmb|cny)\s*(\d{1,9}(?:\.\d{1,2})?)|(\d{1,9}(?:\.\d{1,2})?)\s*(元|块|yuan\b|rmb\b|cny\b|分钱|fen\b|cents?\b)`)

// moneyIn reads sums with their units from what a merchant says in words. They are evidence of a unit, never an amount.
func moneyIn(texts []string) []sum {
	var out []sum
	for _, t := range texts {
		for _, m := range moneyWords.FindAllStringSubmatch(clean(t, maxSentence), maxMoneyWords-len(out)) {
			digits, u := m[2]+m[3], yuan
			if word := strings.ToLower(m[4]); word == "分钱" || word == "fen" || strings.HasPrefix(word, "cent") {
				u = fen
			}
			if v, ok := new(big.Rat).SetString(digits); ok {
				out = append(out, sum{value: v, unit: u})
			}
		}
		if len(out) >= maxMoneyWords {
			break
		}
	}
	return out
}

// maxSentence is how much of a merchant's words is looked at.
const maxSentence = 2000

// fractions tells that the merchant writes yuan: a price of the answer, or of what was picked from its lists, has a fraction.
func (r *reader) fractions() unit {
	found := unknown
	look := func(k *node) bool {
		if found == unknown && k.kind == number && strings.Contains(k.text, ".") && isPriceNode(k) {
			if s, ok := sumOf(k); ok && !s.value.IsInt() {
				found = yuan
			}
		}
		return found == unknown
	}
	r.root.walk(look)
	for _, p := range r.picked {
		parse(p.Element, nil).walk(look)
	}
	return found
}

// moneyObjects tells that the merchant writes minor units: its sums are objects of nothing but a whole number and the code
// of a currency, as payment services write them, and one of them is more than anybody would mean in yuan without saying so.
func (r *reader) moneyObjects() unit {
	whole, large := true, false
	look := func(k *node) bool {
		if k.kind != object || len(k.kids) != 2 {
			return true
		}
		var n, code *node
		for _, m := range k.kids {
			switch {
			case m.kind == number:
				n = m
			case m.kind == text && isCode(m.text):
				code = m
			}
		}
		if n == nil || code == nil {
			return true
		}
		s, ok := scalarSum(n)
		if !ok || !s.value.IsInt() {
			whole = false
			return true
		}
		v, _ := s.value.Float64()
		large = large || v > plausible
		return true
	}
	r.root.walk(look)
	for _, p := range r.picked {
		parse(p.Element, nil).walk(look)
	}
	if whole && large {
		return fen
	}
	return unknown
}

// isCode tells that a text is the code of a currency, as ISO 4217 writes it.
func isCode(s string) bool {
	return len(s) == 3 && strings.ToUpper(s) == s && currencyCode(s) == s
}

func isPriceNode(k *node) bool {
	return plays("unitPrice", k) || plays("lineTotal", k) || plays("total", k) || plays("fee", k) || plays("subtotal", k)
}

// byTotal gives lines that name no unit the one in which they add up to a total that does.
func (r *reader) byTotal(lines []line, total sum, stated bool) {
	if !stated || total.unit == unknown || r.unit != unknown || len(lines) == 0 {
		return
	}
	want, ok := total.minor(total.unit)
	if !ok {
		return
	}
	fits := unknown
	for _, u := range []unit{yuan, fen} {
		r.unit = u
		all, with, priced := r.sumAs(lines)
		if !priced || (all != want && with != want) {
			continue
		}
		if fits != unknown {
			fits = unknown
			break
		}
		fits = u
	}
	if r.unit = fits; fits != unknown {
		for i := range lines {
			r.fill(&lines[i])
		}
	}
}

// sumAs adds lines up, without and with fees, as the unit that is set now reads them.
func (r *reader) sumAs(lines []line) (all, with int64, priced bool) {
	for _, l := range lines {
		try := l
		try.Line, try.priced = order.Line{Quantity: l.Quantity}, false
		r.fill(&try)
		if !try.priced {
			return 0, 0, false
		}
		all += try.Amount
	}
	fees, _ := r.fees()
	with = all
	for _, f := range fees {
		with += f.Amount
	}
	return all, with, true
}

// unsure tells that an amount of a line had to be assumed.
func unsure(lines []line) bool {
	for _, l := range lines {
		if l.priced && !l.sure {
			return true
		}
	}
	return false
}
