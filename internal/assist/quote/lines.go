package quote

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
)

func itoa(n int) string { return strconv.Itoa(n) }

// line is a line being read. priced: it has an amount; sure: the amount's unit did not have to be assumed.
type line struct {
	order.Line
	priced, sure bool
	currency     string
	unitPrice    *sum
	whole        *sum
}

func linesOf(lines []line) []order.Line {
	out := make([]order.Line, 0, len(lines))
	for _, l := range lines {
		out = append(out, l.Line)
	}
	return out
}

// total is the amount the merchant states for the whole order.
func (r *reader) total() (sum, bool) {
	var found sum
	score, ok := none, false
	r.scope.walk(func(k *node) bool {
		if k.kind == array && k != r.scope {
			return false
		}
		if k == r.scope {
			return true
		}
		rk := rank("total", k)
		if rk >= none || isCount(k) || 8*rk+k.depth >= score || r.isUnitPrice(k, rk) {
			return true
		}
		if s, good := sumOf(k); good {
			found, score, ok = s, 8*rk+k.depth, true
			return k.kind != object
		}
		return true
	})
	return found, ok
}

// onlyFee is the one amount of a result that has neither a total nor lines, where its name is that of a price and only its
// description calls it a fee for carrying: of a courier, that fee is the price.
func (r *reader) onlyFee() (sum, bool) {
	var found sum
	n := 0
	r.scope.walk(func(k *node) bool {
		if k == r.scope {
			return true
		}
		if k.kind == array {
			return false
		}
		s, good := sumOf(k)
		switch {
		case !good || isCount(k):
			return true
		case plays("unitPrice", k) || plays("subtotal", k) || plays("lineTotal", k):
			n += 2
		case plays("fee", k):
			n++
			name := *k
			name.head = ""
			if plays("total", &name) && !plays("fee", &name) {
				found = s
				return k.kind != object
			}
			n++
		}
		return k.kind != object
	})
	return found, n == 1
}

// isUnitPrice tells a price that stands beside a quantity other than one: it is of one piece.
func (r *reader) isUnitPrice(n *node, rk int) bool {
	if rk < 6 || n.parent == nil || !plays("unitPrice", n) {
		return false
	}
	for _, k := range n.parent.kids {
		if q, ok := quantityOf(k); ok && k != n && q != 1 {
			return true
		}
	}
	return false
}

// lines reads the list of what is ordered.
func (r *reader) lines(total sum, stated bool) []line {
	list := r.lineList()
	if list == nil {
		return r.single(stated)
	}
	var out []line
	for _, e := range list.kids {
		if len(out) == maxLines {
			break
		}
		if l, ok := r.line(e); ok {
			out = append(out, l)
		}
	}
	r.perPiece(out, total, stated)
	return out
}

// lineList is the list whose elements look most like ordered things.
func (r *reader) lineList() *node {
	var found *node
	score := 0
	r.scope.walk(func(k *node) bool {
		if k.kind != array {
			return true
		}
		if s := lineScore(k); s > score {
			found, score = k, s
		}
		return false
	})
	return found
}

func lineScore(list *node) int {
	if len(list.kids) == 0 || list.kids[0].kind != object {
		return 0
	}
	e := list.kids[0]
	name, priced, counted := bestIn(e, "name", none) != nil, false, false
	for _, k := range e.kids {
		if plays("unitPrice", k) || plays("lineTotal", k) {
			priced = priced || isMoney(k)
		}
		_, ok := quantityOf(k)
		counted = counted || ok
	}
	if !name || (!priced && !counted) {
		return 0
	}
	rk := rank("lines", list)
	if rk >= none && saysAny(list.words+list.head, words.Roles["lines"].Deny) {
		return 0
	}
	s := 1
	for _, yes := range []bool{rk < none, priced, counted, rk == 0} {
		if yes {
			s += 2
		}
	}
	return s
}

func (r *reader) line(e *node) (line, bool) {
	if e.kind != object {
		return line{}, false
	}
	l := line{Line: order.Line{Title: titleOf(e), Quantity: 1}}
	if l.Title == "" {
		return line{}, false
	}
	counted := false
	for _, k := range e.kids {
		if q, ok := quantityOf(k); ok && !counted {
			l.Quantity, counted = q, true
		}
	}
	l.whole, l.unitPrice = amountIn(e, "lineTotal"), amountIn(e, "unitPrice")
	if counted && l.whole != nil && l.unitPrice != nil && l.whole.node == l.unitPrice.node {
		l.whole = nil // "amount" or "price" alone: of one piece until the total says otherwise
	}
	l.Options = optionsOf(e)
	r.fill(&l)
	return l, true
}

// fill computes the line's amount.
func (r *reader) fill(l *line) {
	s, times := l.whole, int64(1)
	if s == nil {
		s, times = l.unitPrice, int64(l.Quantity)
	}
	if s == nil {
		return
	}
	u, sure := s.unit, true
	if u == unknown {
		u, sure = r.unit, r.unit != unknown
	}
	if u == unknown {
		if v, _ := s.value.Float64(); v > plausible {
			return
		}
		u = yuan
	}
	m, ok := s.minor(u)
	if !ok || m > money.MaxMinor/max(times, 1) {
		return
	}
	l.Amount, l.priced, l.sure, l.currency = m*times, true, sure, s.currency
}

// perPiece decides whether a bare price beside a quantity is of the piece or of the line: the reading that agrees with the stated total wins.
func (r *reader) perPiece(lines []line, total sum, stated bool) {
	if !stated {
		return
	}
	each, whole := new(big.Rat), new(big.Rat)
	for _, l := range lines {
		if l.unitPrice == nil || l.whole != nil {
			return
		}
		each.Add(each, new(big.Rat).Mul(l.unitPrice.value, new(big.Rat).SetInt64(int64(l.Quantity))))
		whole.Add(whole, l.unitPrice.value)
	}
	if each.Cmp(total.value) == 0 || whole.Cmp(total.value) != 0 {
		return
	}
	for i := range lines {
		lines[i].whole = lines[i].unitPrice
		r.fill(&lines[i])
	}
}

// single reads an order of one thing that is not a list: {name, price, quantity}.
func (r *reader) single(stated bool) []line {
	if r.scope == nil {
		return nil
	}
	for _, n := range r.objects() {
		name := titleOf(n)
		price := amountIn(n, "unitPrice")
		if name == "" || price == nil || (stated && n == r.scope && !hasQuantity(n)) {
			continue
		}
		l, ok := r.line(n)
		if ok && l.priced && (!stated || hasQuantity(n)) {
			return []line{l}
		}
		if ok && l.priced && r.cap.Output != nil {
			return []line{l}
		}
	}
	return nil
}

func hasQuantity(n *node) bool {
	for _, k := range n.kids {
		if _, ok := quantityOf(k); ok {
			return true
		}
	}
	return false
}

func (r *reader) objects() []*node {
	var out []*node
	r.scope.walk(func(k *node) bool {
		if k.kind == array {
			return false
		}
		if k.kind == object {
			out = append(out, k)
		}
		return true
	})
	return out
}

func quantityOf(n *node) (int, bool) {
	if !n.scalar() || !plays("quantity", n) {
		return 0, false
	}
	if rank("quantity", n) >= 2 && !strings.Contains(n.head, "数量") { // "amount" is a count only where the schema says so
		return 0, false
	}
	q, err := strconv.Atoi(strings.TrimSuffix(n.text, ".0"))
	if err != nil || q < 1 || q > maxQuantity {
		return 0, false
	}
	return q, true
}

func amountIn(e *node, role string) *sum {
	var found *sum
	score := none
	for _, k := range e.kids {
		rk := rank(role, k)
		if rk >= score {
			continue
		}
		if s, ok := sumOf(k); ok {
			found, score = &s, rk
		}
	}
	return found
}

func titleOf(e *node) string {
	var found *node
	score := none
	e.walk(func(k *node) bool {
		if k == e {
			return true
		}
		if k.kind == array || k.depth > e.depth+2 {
			return false
		}
		if s := 4*rank("name", k) + k.depth; k.kind == text && k.text != "" && rank("name", k) < none && s < score {
			found, score = k, s
		}
		return true
	})
	if found == nil {
		return ""
	}
	return clean(found.text, maxTitle)
}

// fees are what the merchant charges beside the lines.
func (r *reader) fees() ([]order.Line, bool) {
	var out []order.Line
	ok := true
	r.scope.walk(func(k *node) bool {
		if k.kind == array && k != r.scope {
			return false
		}
		if k == r.scope || !plays("fee", k) || len(out) == maxOptions {
			return true
		}
		s, good := sumOf(k)
		if !good || s.value.Sign() == 0 {
			return true
		}
		u := s.unit
		if u == unknown {
			u = r.unit
		}
		if u == unknown {
			u = yuan
		}
		m, fits := s.minor(u)
		if ok = ok && fits; fits {
			out = append(out, order.Line{Title: r.label(k), Quantity: 1, Amount: m})
		}
		return k.kind != object
	})
	return out, ok
}
