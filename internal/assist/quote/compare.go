package quote

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
)

// What a Difference is about.
const (
	WhatPayee   = "payee"
	WhatAmount  = "amount"
	WhatLines   = "lines"
	WhatAddress = "address"
	WhatTime    = "time"
)

// Difference is one thing that is not as it was confirmed. Before and After are for people.
type Difference struct {
	What   string
	Before string
	After  string
}

// Compare tells what of the actual quote differs from the confirmed one. None means: what was confirmed is what would
// be paid. A value that one side leaves out (no address, no time, no lines) is not a difference, nor are two waiting
// times ("in about 8 minutes"); another payee or amount always is, and so is a line with another thing, other options
// or another quantity.
func Compare(confirmed, actual order.Quote) []Difference {
	var out []Difference
	add := func(what, before, after string) {
		out = append(out, Difference{What: what, Before: before, After: after})
	}
	if confirmed.Payee != actual.Payee {
		add(WhatPayee, payeeText(confirmed), payeeText(actual))
	}
	if confirmed.Amount != actual.Amount {
		add(WhatAmount, confirmed.Amount.String(), actual.Amount.String())
	}
	if len(actual.Lines) > 0 && !sameLines(confirmed, actual) {
		add(WhatLines, linesText(confirmed), linesText(actual))
	}
	if bothSay(confirmed.Address, actual.Address) {
		add(WhatAddress, confirmed.Address, actual.Address)
	}
	if bothSay(confirmed.Time, actual.Time) && !(about(confirmed.Time) && about(actual.Time)) {
		add(WhatTime, confirmed.Time, actual.Time)
	}
	return out
}

func bothSay(a, b string) bool { return a != "" && b != "" && fold(a) != fold(b) }

// about tells a waiting time from a time on the clock.
func about(s string) bool { return saysAny(" "+fold(s)+" ", words.Units["about"]) }

func payeeText(q order.Quote) string {
	if q.PayeeName != "" && q.PayeeName != q.Payee {
		return q.PayeeName + " (" + q.Payee + ")" // two payees may have one name
	}
	return q.Payee
}

// sameLines compares what is ordered and how many, whatever the order and however it is split over lines. Options count
// where both sides state them; the amounts of lines count by their sum, which is the total.
func sameLines(a, b order.Quote) bool {
	withOptions := stated(a.Lines) && stated(b.Lines)
	return slices.Equal(counts(a.Lines, withOptions), counts(b.Lines, withOptions))
}

func stated(lines []order.Line) bool {
	return slices.ContainsFunc(lines, func(l order.Line) bool { return len(l.Options) > 0 })
}

func counts(lines []order.Line, withOptions bool) []string {
	sum := map[string]int{}
	for _, l := range lines {
		key := fold(l.Title)
		if withOptions {
			options := slices.Clone(l.Options)
			slices.Sort(options)
			key += "\x00" + fold(strings.Join(options, "\x00"))
		}
		sum[key] += l.Quantity
	}
	out := make([]string, 0, len(sum))
	for k, n := range sum {
		out = append(out, fmt.Sprintf("%s\x01%d", k, n))
	}
	slices.Sort(out)
	return out
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

func linesText(q order.Quote) string {
	var parts []string
	for _, l := range q.Lines {
		t := l.Title
		if len(l.Options) > 0 {
			t += " (" + strings.Join(l.Options, ", ") + ")"
		}
		parts = append(parts, fmt.Sprintf("%s × %d %s", t, l.Quantity, money.Of(l.Amount, q.Amount.Currency)))
	}
	return strings.Join(parts, "; ")
}
