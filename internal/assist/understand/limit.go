package understand

import (
	"regexp"
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

// moneyLimit is the most that may be spent, as the words say it, with where it stands in the folded text.
func moneyLimit(text string) (limit *money.Amount, start, end int) {
	s := lexicon.Fold(text)
	for _, n := range lexicon.Numbers(s) {
		from := max(0, n.Start-limitReach)
		for from < n.Start && s[from]&0xC0 == 0x80 {
			from++
		}
		before := limitBefore.FindStringIndex(s[from:n.Start])
		after := limitAfter.FindString(s[n.Last:])
		if before == nil && after == "" || timeAfter.MatchString(s[n.Last:]) {
			continue
		}
		a, err := money.FromMajor(n.Value, money.CNY)
		if err != nil || a.Minor <= 0 {
			continue
		}
		start, end = n.Start, n.Last+len(after)
		if before != nil {
			start = from + before[0]
		}
		if after == "" {
			end += len(unitAfter.FindString(s[n.Last:]))
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
