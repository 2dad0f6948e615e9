package order

import (
	"fmt"
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
	if confirmed.Time != "" && now.Time != "" && !sameTime(confirmed.Time, now.Time) {
		add("time", confirmed.Time, now.Time)
	}
	return out
}

// sameLines pairs every line with one of the other side that it could be. What lines cost counts by their sum, the amount.
func sameLines(before, after []Line) bool {
	if len(before) != len(after) {
		return false
	}
	used := make([]bool, len(after))
	for _, b := range before {
		found := false
		for i, a := range after {
			if !used[i] && sameLine(b, a) {
				used[i], found = true, true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

func sameLine(b, a Line) bool {
	if max(b.Quantity, 1) != max(a.Quantity, 1) || !sameWords(b.Title, a.Title) {
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
