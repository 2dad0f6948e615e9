package quote

import (
	"regexp"

	"github.com/bangwo/bangwo/internal/money"
)

var (
	paidLater = regexp.MustCompile(`(?i)到店(?:再|后)?(?:支付|付款|付|结算)|现场(?:支付|付款|结算)|店内(?:支付|付款)|货到付款|上门(?:后)?(?:支付|付款)|\b(?:pay|paid|payable|settled?|payment(?: is)?(?: made)?)(?: (?:for )?(?:it|this|the \w+))? (?:at|in|on) (?:the |your )?(?:shop|store|salon|venue|counter|clinic|hotel|restaurant|arrival|site|door|delivery|spot|premises)|\bcash on delivery\b|\bpay on (?:arrival|delivery)\b`)
	paidNow   = regexp.MustCompile(`(?i)预付|在线支付|线上支付|立即(?:支付|付款|扣款)|待支付|未支付|\bprepaid\b|\bpaid online\b|\bcharge[sd]?\b|\bunpaid\b`)
)

// atTheShop takes an amount that is paid at the shop, by its own words or the call's, for what it is: told on the card, not paid here.
func (r *reader) atTheShop() {
	text := r.cap.Description
	if r.scope != nil {
		r.scope.walk(func(k *node) bool {
			if k.schema != nil && k.scalar() && moneyLike(k) {
				text += "\n" + k.schema.Description
			}
			return true
		})
	}
	if r.quote.Amount.Minor == 0 || !paidLater.MatchString(text) || paidNow.MatchString(text) {
		return
	}
	r.detail(r.say("到店支付", "To be paid there"), r.quote.Amount.String())
	r.quote.Amount = money.Of(0, r.quote.Amount.Currency)
	for i := range r.quote.Lines {
		r.quote.Lines[i].Amount = 0
	}
}

func moneyLike(k *node) bool { return plays("unitPrice", k) || plays("lineTotal", k) }
