package order

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Difference is one fact that a merchant says now and that is not what was confirmed.
type Difference struct {
	What   string // payee, amount, lines, address or time
	Before string
	After  string
}

// Differences compares what was confirmed with what the merchant says afterwards. What the merchant does not repeat
// cannot differ; what it says for the first time is news, not a difference, except the payee, the amount and the things bought.
func Differences(confirmed, now Quote) []Difference {
	var out []Difference
	add := func(what, before, after string) { out = append(out, Difference{what, before, after}) }
	if now.Payee != "" && now.Payee != confirmed.Payee {
		add("payee", confirmed.Payee, now.Payee)
	}
	if now.Amount.Currency != "" && now.Amount != confirmed.Amount {
		add("amount", confirmed.Amount.String(), now.Amount.String())
	}
	if len(now.Lines) > 0 && !sameLines(confirmed.Lines, now.Lines) {
		add("lines", linesText(confirmed.Lines), linesText(now.Lines))
	}
	if confirmed.Address != "" && now.Address != "" && !sameWords(confirmed.Address, now.Address) {
		add("address", confirmed.Address, now.Address)
	}
	if confirmed.Time != "" && now.Time != "" && !sameTime(confirmed.Time, now.Time) && !drifted(confirmed, now) {
		add("time", confirmed.Time, now.Time)
	}
	return out
}

// sameLines pairs what is ordered on one side with the other: of each thing as many. One line of two equals two lines of
// one. What lines cost counts by their sum, the amount.
//
// A line that does not say how many there are, which only a merchant's own words may not, differs by its title alone.
func sameLines(before, after []Line) bool {
	if len(after) == 1 && after[0].Quantity == 0 {
		return slices.ContainsFunc(before, func(l Line) bool { return sameLine(l, after[0]) })
	}
	left, right := pieces(before), pieces(after)
	for _, same := range []func(b, a Line) bool{equalLine, sameLine} { // what is named alike is paired first
		for i := range left {
			for j := range right {
				if left[i].Quantity > 0 && right[j].Quantity > 0 && same(left[i], right[j]) {
					n := min(left[i].Quantity, right[j].Quantity)
					left[i].Quantity -= n
					right[j].Quantity -= n
				}
			}
		}
	}
	over := func(l Line) bool { return l.Quantity > 0 }
	return !slices.ContainsFunc(left, over) && !slices.ContainsFunc(right, over)
}

// pieces copies lines with at least one piece each.
func pieces(lines []Line) []Line {
	out := slices.Clone(lines)
	for i := range out {
		out[i].Quantity = max(out[i].Quantity, 1)
	}
	return out
}

func equalLine(b, a Line) bool {
	return letters(b.Title) == letters(a.Title) && len(b.Options) == len(a.Options) && sameOptions(b.Options, a.Options)
}

func sameLine(b, a Line) bool {
	if !sameWords(b.Title, a.Title) {
		return false
	}
	return len(a.Options) == 0 || len(b.Options) == 0 || sameOptions(b.Options, a.Options)
}

func sameOptions(b, a []string) bool {
	for _, x := range a {
		found := false
		for _, y := range b {
			found = found || sameWords(x, y)
		}
		if !found {
			return false
		}
	}
	return true
}

// sameWords ignores case, spaces and punctuation; one side may say more than the other.
func sameWords(a, b string) bool {
	x, y := letters(a), letters(b)
	return x == y || (x != "" && y != "" && (strings.Contains(x, y) || strings.Contains(y, x)))
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func sameTime(a, b string) bool {
	x, errX := time.Parse(time.RFC3339, a)
	y, errY := time.Parse(time.RFC3339, b)
	if errX == nil && errY == nil {
		return x.Equal(y)
	}
	return sameWords(a, b)
}

// MaxDrift is how far a time that a merchant only expects may move without being another time.
const MaxDrift = 45 * time.Minute

// drifted tells that two times differ only as estimates do: neither is a promise, and they are not far apart.
func drifted(confirmed, now Quote) bool {
	x, waitX, okX := expected(confirmed)
	y, waitY, okY := expected(now)
	return okX && okY && waitX == waitY && (y-x).Abs() <= MaxDrift
}

// expected reads an estimated time as a duration, either from now (wait) or since the day began or the epoch.
func expected(q Quote) (at time.Duration, wait, ok bool) {
	if m := waiting.FindStringSubmatch(strings.ToLower(q.Time)); m != nil {
		n, err := strconv.Atoi(either(m[2], m[1]))
		return time.Duration(n) * time.Minute, true, err == nil
	}
	if !q.About {
		return 0, false, false
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", "15:04:05", "15:04"} {
		if t, err := time.Parse(layout, strings.TrimSpace(q.Time)); err == nil {
			return time.Duration(t.Unix()) * time.Second, false, true
		}
	}
	return 0, false, false
}

// waiting matches a time to wait: "12 分钟", "about 10-15 min".
var waiting = regexp.MustCompile(`^[^\d:]{0,16}(\d{1,4})(?:\s*[-–~至到]\s*(\d{1,4}))?\s*(?:分钟|分|min|mins|minute|minutes)[^\d]{0,16}$`)

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func linesText(lines []Line) string {
	parts := make([]string, len(lines))
	for i, l := range lines {
		parts[i] = l.Title
		if len(l.Options) > 0 {
			parts[i] += " (" + strings.Join(l.Options, ", ") + ")"
		}
		if l.Quantity > 1 {
			parts[i] += fmt.Sprintf(" ×%d", l.Quantity)
		}
	}
	return strings.Join(parts, ", ")
}
