package quote

import "github.com/bangwo/bangwo/internal/order"

// Difference is one thing that is not as it was confirmed.
type Difference = order.Difference

// Compare tells what of the actual quote differs from the confirmed one: package order owns that rule.
func Compare(confirmed, actual order.Quote) []Difference { return order.Differences(confirmed, actual) }
