package catalog

import (
	"regexp"
	"strings"
)

var (
	// moneyWords are what merchants call members that hold a price.
	moneyWords = words(`price prices fare fares fee fees cost costs fen cents yuan payable charge charges deposit discount`)
	// sumWords are prices only where something else says so: there are totals of anything.
	sumWords = words(`amount total sum`)
	// notMoney are words beside which a sum is one of something else.
	notMoney = words(`count num number ml kg g gram grams litre liter page pages items size quantity qty water calories points minutes days`)

	saysMoney = regexp.MustCompile(`(?i)元|角|分[）)]|[¥￥$]|金额|价|费用?|钱|款|\bprice|\byuan\b|\brmb\b|\bcny\b|\bcurrency\b|\bpay|\bfee\b|\bcost\b|\bfen\b|\bcents\b`)
	saysOther = regexp.MustCompile(`(?i)毫升|公斤|千克|数量|条数|个数|总数|人数|\bnumber of\b|\bcount\b|\bml\b|\bhow many\b`)
)

// Priced tells that a result of this schema states a price somewhere.
func Priced(s *Schema) bool {
	if s == nil {
		return false
	}
	listed := false
	for _, p := range s.Properties {
		listed = listed || p.Schema.Type == "array"
	}
	for _, p := range s.Properties {
		if moneyMember(p, listed) || Priced(p.Schema) || Priced(p.Schema.Items) {
			return true
		}
	}
	return Priced(s.Items)
}

// moneyMember tells that a member holds a price; listed, that a list stands beside it, whose length a total may be.
func moneyMember(p Property, listed bool) bool {
	if !p.Schema.Is("number") && !p.Schema.Is("integer") && !p.Schema.Is("string") && p.Schema.Type != "object" {
		return false
	}
	tokens := nameTokens(p.Name)
	if anyOf(tokens, notMoney) {
		return false
	}
	if anyOf(tokens, moneyWords) || strings.Contains(p.Name, "价") || strings.Contains(p.Name, "金额") {
		return true
	}
	if !anyOf(tokens, sumWords) {
		return false
	}
	d := p.Schema.Title + " " + p.Schema.Description
	switch {
	case saysOther.MatchString(d) && !saysMoney.MatchString(d):
		return false
	case saysMoney.MatchString(d) || len(tokens) > 1 && tokens[0] != "total":
		return true
	}
	return !listed
}
