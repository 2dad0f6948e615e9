package understand

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

func sortMatches(ms []match) {
	slices.SortStableFunc(ms, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.score*(0.5+b.cover), a.score*(0.5+a.cover)), cmp.Compare(a.service, b.service))
	})
}

func sortedFeatures(m map[string]float64) []string { return slices.Sorted(maps.Keys(m)) }

// number tells that a feature is only digits.
func number(f string) bool {
	return strings.HasPrefix(f, "w:") && strings.Trim(f[2:], "0123456789.") == ""
}
