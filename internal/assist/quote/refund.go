package quote

import (
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/track"
)

// Returned reads from a merchant's answer to a cancellation how much of what was paid goes back: what it states as the
// refund, else what its fee leaves. ok is false when it states neither: then all of it goes back. It is never more than
// was paid, and a bare refund of nothing without a fee is no reason to keep the money: a merchant that has none of it
// yet says so too.
func Returned(c catalog.Capability, svc catalog.Service, result track.Result, paid money.Amount) (money.Amount, bool) {
	r := &reader{cap: c, svc: svc, unit: consensus(c, svc)}
	if r.root = parse(result.Structured, c.Output); r.root == nil || result.IsError || paid.IsZero() {
		return paid, false
	}
	if r.unit == unknown {
		r.unit = r.fractions()
	}
	refund, fee := r.sumFor("refund"), r.sumFor("cancelFee")
	back, charged := r.minorOf(refund, fee, paid), r.minorOf(fee, refund, paid)
	switch {
	case back > 0:
		return money.Of(min(back, paid.Minor), paid.Currency), true
	case charged > 0:
		return money.Of(max(paid.Minor-charged, 0), paid.Currency), true
	}
	return paid, false
}

// sumFor is the amount that plays a role best.
func (r *reader) sumFor(role string) *sum {
	var found *sum
	score := none
	r.root.walk(func(k *node) bool {
		if k.kind == array && k != r.root {
			return false
		}
		rk := rank(role, k)
		if rk >= none || 8*rk+k.depth >= score {
			return true
		}
		if s, ok := sumOf(k); ok {
			found, score = &s, 8*rk+k.depth
			return k.kind != object
		}
		return true
	})
	return found
}

// minorOf turns a sum into minor units: by its own unit, the one in which both sums make up what was paid, the
// service's, else the larger reading that is not beyond it. -1 without a sum.
func (r *reader) minorOf(s, other *sum, paid money.Amount) int64 {
	if s == nil || s.currency != "" && s.currency != paid.Currency {
		return -1
	}
	readings := []unit{yuan, fen}
	for _, u := range readings {
		if other == nil || s.unit != unknown {
			break
		}
		a, okA := s.minor(u)
		if b, okB := other.minor(u); okA && okB && a+b == paid.Minor {
			return a
		}
	}
	u := s.unit
	if u == unknown {
		u = r.unit
	}
	if u != unknown {
		m, ok := s.minor(u)
		if !ok {
			return -1
		}
		return m
	}
	for _, u := range readings {
		if m, ok := s.minor(u); ok && m <= paid.Minor {
			return m
		}
	}
	return -1
}

// StatusText is what the merchant calls the order's state, in its own words for people; "" when it names none.
func StatusText(result track.Result, out *catalog.Schema) string {
	root := parse(result.Structured, out)
	if root == nil || result.IsError {
		return ""
	}
	if root.kind == array {
		if len(root.kids) != 1 {
			return ""
		}
		root = root.kids[0]
	}
	n := bestIn(root, "status", none-1)
	if n == nil || n.kind != text {
		return ""
	}
	for _, k := range root.kids { // statusText, status_desc: said for people beside the code
		if k != n && k.kind == text && k.text != "" && says(k.words, "status") && saysAny(k.words, []string{"text", "desc", "description", "name", "label", "title", "display"}) {
			return k.text
		}
	}
	return labelOfValue(n)
}
