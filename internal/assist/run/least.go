package run

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Least is what a merchant wants at the least, as far as its refusal says it: money in minor units, what is missing to
// it, or a number of things. Zero: not said.
type Least struct {
	Minor, Gap int64
	Count      int
}

var (
	moneySaid  = regexp.MustCompile(`(?i)(?:[¥￥$]|rmb|cny|yuan)\s*(\d{1,6}(?:\.\d{1,2})?)|(\d{1,6}(?:\.\d{1,2})?)\s*(?:元|块|rmb|cny|yuan)`)
	countSaid  = regexp.MustCompile(`(?i)(\d{1,3})\s*(?:份|件|个|杯|瓶|盒|只|袋|斤|张|支|枝|束|pieces?|items?|units?|portions?|cups?|bottles?|pcs)`)
	gapSaid    = regexp.MustCompile(`(?i)(?:差|再加|再买|再点|再凑|\bshort\b|\badd\b|\banother\b)[^\d¥￥$]{0,12}$`)
	gapAfter   = regexp.MustCompile(`(?i)^\s*(?:more|short)\b`)
	leastNames = []string{"minorder", "minorderamount", "minimum", "minimumorder", "minimumamount", "minamount", "minprice", "startprice",
		"startdeliveryprice", "deliverymin", "minspend", "minimumspend", "deliverystartprice"}
)

// leastOf reads what a refusal wants at the least. What its structure names goes before its words.
func leastOf(words string, answer any) Least {
	var out Least
	walk(answer, 0, new(int), func(name string, v any) {
		if n, ok := numberOf(v); ok && n > 0 && slices.Contains(leastNames, fold(name)) {
			out.Minor = int64(math.Round(n * 100))
		}
	})
	for _, at := range moneySaid.FindAllStringSubmatchIndex(words, maxListed) {
		minor := minorOf(strings.Trim(words[at[0]:at[1]], "¥￥$元块 rmbcnyuaRMBCNYUA"))
		if gapSaid.MatchString(words[:at[0]]) || gapAfter.MatchString(words[at[1]:]) {
			out.Gap = max(out.Gap, minor)
		} else {
			out.Minor = max(out.Minor, minor)
		}
	}
	if m := countSaid.FindStringSubmatch(words); m != nil && out.Minor == 0 && out.Gap == 0 {
		out.Count, _ = strconv.Atoi(m[1])
	}
	return out
}

func minorOf(digits string) int64 {
	f, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if err != nil {
		return 0
	}
	return int64(math.Round(f * 100))
}

// Enough is the smallest number of things at this price that reaches the least, beside have of them now; 0: not known.
func (l Least) Enough(price int64, have int) int {
	switch {
	case l.Count > 0:
		return l.Count
	case price <= 0:
		return 0
	case l.Minor > 0:
		return int((l.Minor + price - 1) / price)
	case l.Gap > 0:
		return have + int((l.Gap+price-1)/price)
	}
	return 0
}
