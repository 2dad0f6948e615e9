package understand

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

func sortMatches(ms []match) {
	slices.SortStableFunc(ms, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.rank(), a.rank()), cmp.Compare(a.service, b.service))
	})
}

// rank is what matches are compared by: how well the words fit, and how many of them.
func (m match) rank() float64 { return m.score * (0.5 + m.cover) }

func sortedFeatures(m map[string]float64) []string { return slices.Sorted(maps.Keys(m)) }

// number tells that a feature is only digits.
func number(f string) bool {
	return strings.HasPrefix(f, "w:") && strings.Trim(f[2:], "0123456789.") == ""
}
