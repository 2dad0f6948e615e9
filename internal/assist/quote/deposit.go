package quote

import (
	"regexp"
	"slices"

	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
)

var (
	depositName = regexp.MustCompile(`(?i)\bdeposit\b|\bdown payment\b|订金|定金|首付`)
	// A deposit that is held beside the price (押金) is none.
	heldBeside = regexp.MustCompile(`(?i)\b(?:security|refundable|returnable|damage|bottle)\b|押金|可退`)
	depositNow = regexp.MustCompile(`(?i)\b(?:pays?|paid|charged?|charges|collects?)\b[^.。]{0,24}\b(?:deposit|down payment)\b|\bdeposit\b[^.。]{0,40}\b(?:now|first|online|up front|upfront|on the page)\b|(?:支付|付|收|交)(?:\p{Han}{0,4})?(?:订金|定金|首付)|(?:订金|定金|首付)[^。]{0,10}(?:现在|先|在线|线上|锁定)`)
	// depositOnly is how a call says that the deposit is what it charges, and not the price.
	depositOnly = regexp.MustCompile(`(?i)\b(?:charges?|collects?|takes?|pays?)\b[^.。]{0,8}\b(?:only )?the deposit\b|只(?:收|付|支付)(?:订金|定金)|(?:扣|收取)(?:订金|定金)`)
)

// onlyDeposit leaves of a total only the deposit that is paid now, where the result, or what was picked from the lists
// before it, has one and the words of the call or of the deposit say that it is what is paid; the rest is told, not taken.
func (r *reader) onlyDeposit() {
	if r.quote.Amount.Minor == 0 {
		return
	}
	due := r.depositIn(r.scope)
	for _, p := range slices.Backward(r.picked) {
		if due == nil {
			due = r.depositIn(parse(p.Element, r.listSchema(p)))
		}
	}
	if due == nil {
		return
	}
	s, ok := sumOf(due)
	if !ok {
		return
	}
	amount, ok := s.minor(r.unit)
	none := amount == 0 && depositOnly.MatchString(r.cap.Description)
	if s.unit == unknown && r.unit == unknown || !ok || amount <= 0 && !none || amount >= r.quote.Amount.Minor {
		return
	}
	r.takeDeposit(amount)
}

// depositIn is the deposit among the values of a node that is paid now.
func (r *reader) depositIn(n *node) *node {
	var due *node
	n.walk(func(k *node) bool {
		if k.kind == array && k != n {
			return false
		}
		if due == nil && k.scalar() && depositName.MatchString(k.full()) && !heldBeside.MatchString(k.full()) &&
			(depositNow.MatchString(k.full()) || depositNow.MatchString(r.cap.Description)) {
			due = k
		}
		return true
	})
	return due
}

// takeDeposit makes the deposit the amount and tells the rest.
func (r *reader) takeDeposit(amount int64) {
	whole := r.quote.Amount
	r.detail(r.say("总价", "In all"), whole.String())
	r.detail(r.say("之后再付", "To be paid later"), money.Of(whole.Minor-amount, whole.Currency).String())
	title := r.say("订金", "Deposit")
	if len(r.quote.Lines) > 0 {
		title += " · " + r.quote.Lines[0].Title
	}
	r.quote.Amount = money.Of(amount, whole.Currency)
	r.quote.Lines = []order.Line{{Title: clean(title, maxTitle), Quantity: 1, Amount: amount}}
}
