package quote

import (
	"regexp"

	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
)

var (
	depositName = regexp.MustCompile(`(?i)\bdeposit\b|\bdown payment\b|订金|定金|首付`)
	// A deposit that is held beside the price (押金) is none.
	heldBeside = regexp.MustCompile(`(?i)\b(?:security|refundable|returnable|damage|bottle)\b|押金|可退`)
	depositNow = regexp.MustCompile(`(?i)\b(?:pays?|paid|charged?|collects?)\b[^.。]{0,24}\b(?:deposit|down payment)\b|\bdeposit\b[^.。]{0,40}\b(?:now|first|online|up front|upfront|on the page)\b|(?:支付|付|收|交)(?:\p{Han}{0,4})?(?:订金|定金|首付)|(?:订金|定金|首付)[^。]{0,10}(?:现在|先|在线|线上|锁定)`)
)

// onlyDeposit leaves of a total only the deposit that is paid now, where the result has one and the words of the call or
// of the deposit say that it is what is paid; the rest is told, not taken.
func (r *reader) onlyDeposit() {
	if r.scope == nil || r.quote.Amount.Minor == 0 {
		return
	}
	var due *node
	r.scope.walk(func(k *node) bool {
		if k.kind == array && k != r.scope {
			return false
		}
		if due == nil && k.scalar() && depositName.MatchString(k.full()) && !heldBeside.MatchString(k.full()) &&
			(depositNow.MatchString(k.full()) || depositNow.MatchString(r.cap.Description)) {
			due = k
		}
		return true
	})
	if due == nil {
		return
	}
	s, ok := sumOf(due)
	if !ok {
		return
	}
	amount, ok := s.minor(r.unit)
	if s.unit == unknown && r.unit == unknown || !ok || amount <= 0 || amount >= r.quote.Amount.Minor {
		return
	}
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
