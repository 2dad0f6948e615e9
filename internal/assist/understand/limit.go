package understand

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
	"github.com/bangwo/bangwo/internal/money"
)

// limitReach is how many bytes before or after an amount the words may stand that make it a limit.
const limitReach = 24

var (
	limitBefore = regexp.MustCompile(`(?:不要?超过|别超过?|不超|最多花?|至多|低于|少于|预算(?:是|在)?|控制在|under|below|less than|at most|not more than|no more than|max(?:imum)?(?: of)?|up to|within|budget(?: of| is)?|cheaper than)\s*[¥￥$]?\s*$`)
	limitAfter  = regexp.MustCompile(`^\s*(?:元|块钱|块|yuan|rmb|cny)?\s*(?:钱)?\s*(?:以内|以下|之内|封顶|为限|or less|or under|tops|max\b|at most)`)
	unitAfter   = regexp.MustCompile(`^\s*(?:元|块钱|块|yuan|rmb|cny)(?:钱)?`)
	timeAfter   = regexp.MustCompile(`^\s*(?:分钟|小时|点|天|公里|千米|米|人|位|个|minutes?|mins?|hours?|days?|km|meters?|miles?|people|persons?)`)
)

// sum is an amount that may be a limit: a sum of money, or a bare number beside the words of a limit.
type sum struct {
	value      float64
	currency   string // "" of a bare number
	start, end int
}

// sumsIn lists the sums of money of a folded text and its bare numbers, in order.
func sumsIn(s string) []sum {
	var out []sum
	for _, m := range lexicon.Sums(s) {
		out = append(out, sum{max(m.Amount, m.High), m.Currency, m.Start, m.End})
	}
	for _, n := range lexicon.Numbers(s) {
		if !slices.ContainsFunc(out, func(o sum) bool { return n.Start < o.end && o.start < n.Last }) {
			out = append(out, sum{n.Value, "", n.Start, n.Last})
		}
	}
	slices.SortStableFunc(out, func(a, b sum) int { return a.start - b.start })
	return out
}

// moneyLimit is the most that may be spent, as the words say it, with where it stands in the folded text. A limit in
// another currency is none: nothing says what it is in yuan.
func moneyLimit(text string) (limit *money.Amount, start, end int) {
	s := lexicon.Fold(text)
	for _, n := range sumsIn(s) {
		from := max(0, n.start-limitReach)
		for from < n.start && s[from]&0xC0 == 0x80 {
			from++
		}
		before := limitBefore.FindStringIndex(s[from:n.start])
		after := limitAfter.FindString(s[n.end:])
		if before == nil && after == "" || n.currency == "" && timeAfter.MatchString(s[n.end:]) || n.currency != "" && n.currency != money.CNY {
			continue
		}
		a, err := money.FromMajor(n.value, money.CNY)
		if err != nil || a.Minor <= 0 {
			continue
		}
		start, end = n.start, n.end+len(after)
		if before != nil {
			start = from + before[0]
		}
		if after == "" {
			end += len(unitAfter.FindString(s[n.end:]))
		}
		return &a, start, end
	}
	return nil, 0, 0
}

// withoutLimit blanks the words of a money limit.
func withoutLimit(s string) string {
	s = lexicon.Fold(s)
	if l, start, end := moneyLimit(s); l != nil {
		return strings.Join(strings.Fields(s[:start]+" "+s[end:]), " ")
	}
	return s
}
