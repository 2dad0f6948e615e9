package quote

import (
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// Facts reads what stands beside a price, whether there is one or not: address, time and details.
func Facts(c catalog.Capability, svc catalog.Service, args map[string]any, result track.Result) order.Quote {
	if result.IsError {
		return order.Quote{}
	}
	r := &reader{cap: c, svc: svc, unit: consensus(c, svc), zh: hasHan(c.Description + svc.Name + string(result.Structured))}
	if args != nil {
		r.args = parse(encode(args), c.Input)
	}
	r.root = parse(result.Structured, c.Output)
	r.scope = r.findScope(r.root)
	r.facts()
	return r.quote
}

// Owed reads from a merchant's answer to a change, or to the question what a change will cost, how much more is to be
// paid for it, in minor units; less than nothing goes back. fee tells that it is called a fee for changing, which may be
// part of a total beside it. ok is false when it states neither.
func Owed(c catalog.Capability, svc catalog.Service, result track.Result, currency string) (more int64, ok, fee bool) {
	r := &reader{cap: c, svc: svc, unit: consensus(c, svc)}
	if r.root = parse(result.Structured, c.Output); r.root == nil || result.IsError {
		return 0, false, false
	}
	for _, role := range []string{"difference", "changeFee"} {
		s := r.sumFor(role)
		if s == nil || s.currency != "" && s.currency != currency {
			continue
		}
		u := s.unit
		if u == unknown {
			u = r.unit
		}
		if u == unknown {
			u = yuan
		}
		m, fits := s.minor(u)
		if !fits {
			continue
		}
		if strings.Contains(s.node.text, "-") {
			m = -m
		}
		return m, true, role == "changeFee"
	}
	return 0, false, false
}
