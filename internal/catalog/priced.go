package catalog

import "strings"

// moneyWords are what merchants call members that hold a price.
var moneyWords = []string{"price", "amount", "total", "fare", "fee", "cost", "fen", "cents"}

// Priced tells that a result of this schema states a price somewhere.
func Priced(s *Schema) bool {
	if s == nil {
		return false
	}
	for _, p := range s.Properties {
		low := strings.ToLower(p.Name)
		for _, w := range moneyWords {
			if strings.Contains(low, w) && !strings.Contains(low, "count") && (p.Schema.Is("number") || p.Schema.Is("integer") || p.Schema.Is("string") || p.Schema.Type == "object") {
				return true
			}
		}
		if Priced(p.Schema) || Priced(p.Schema.Items) {
			return true
		}
	}
	return Priced(s.Items)
}
