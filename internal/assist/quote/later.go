package quote

import (
	"regexp"

	"github.com/bangwo/bangwo/internal/catalog"
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
	later := paidLater.MatchString(text) && !paidNow.MatchString(text)
	if r.quote.Amount.Minor == 0 || !later && !r.guidedLater(text) {
		return
	}
	r.detail(r.say("到店支付", "To be paid there"), r.quote.Amount.String())
	r.quote.Amount = money.Of(0, r.quote.Amount.Currency)
	for i := range r.quote.Lines {
		r.quote.Lines[i].Amount = 0
	}
}

// costless is how a merchant says that booking itself costs nothing.
var costless = regexp.MustCompile(`(?i)(?:预约|预订|订位|占位|挂号|登记|下单)(?:时|本身|环节)?(?:无需|不需要?|不用|不会?|不必)(?:预?付|付款|支付|缴费|收费|收取|扣款)|(?:预约|预订|订位|占位)(?:服务)?(?:是)?免费(?:[,，。；;、]|$)|免费(?:预约|预订|订位)(?:[,，。；;、]|$)|不(?:在)?线上收(?:款|费)|\b(?:book(?:ing)?|reserv(?:ing|ation)|appointments?)s?(?: itself| online| here)?(?: is| are)? (?:free(?: of charge)?|costs? nothing)(?:[,.;]|$)|\bno (?:pre-?payment|payment (?:is )?(?:needed|required|taken|due)(?: (?:now|online|to book|in advance|up front|upfront))?)\b|\bnothing is (?:charged|paid|due) (?:now|online|until|when you book)`)

// guidedLater tells that the merchant's guide to the skill says that one pays at the shop or that booking costs nothing,
// where neither the call nor its declared result speaks of a payment: the price in its list is what is paid there.
func (r *reader) guidedLater(text string) bool {
	if paidNow.MatchString(text) || catalog.Priced(r.cap.Output) || r.cap.Output == nil || len(r.cap.Output.Properties) == 0 {
		return false
	}
	about := []string{r.svc.Description, r.svc.Instruction}
	for _, skill := range r.svc.Skills {
		if skill.Name == r.cap.Skill {
			about = []string{skill.Description, skill.Instruction}
		}
	}
	said := false
	for _, t := range append(about, r.cap.Description) {
		if paidNow.MatchString(t) {
			return false
		}
		said = said || paidLater.MatchString(t) || costless.MatchString(t)
	}
	return said
}

func moneyLike(k *node) bool { return plays("unitPrice", k) || plays("lineTotal", k) }
