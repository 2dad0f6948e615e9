package catalog_test

import (
	"encoding/json"
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
)

// TestPriced checks that a price is seen where one is, and that the total of a list, of water or of people is none.
func TestPriced(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`{"properties":{"price":{"type":"number"}}}`:                                                                  true,
		`{"properties":{"order":{"type":"object","properties":{"totalFee":{"type":"integer"}}}}}`:                     true,
		`{"properties":{"total":{"type":"number"}}}`:                                                                  true,
		`{"properties":{"total_amount":{"type":"number","description":"应付金额（元）"}}}`:                                   true,
		`{"properties":{"items":{"type":"array","items":{"type":"object"}},"total":{"type":"number"}}}`:               false,
		`{"properties":{"items":{"type":"array","items":{"type":"object","properties":{"fare":{"type":"number"}}}}}}`: true,
		`{"properties":{"totalMl":{"type":"number"},"amountMl":{"type":"number"}}}`:                                   false,
		`{"properties":{"total":{"type":"integer","description":"门店数量"},"list":{"type":"array"}}}`:                    false,
		`{"properties":{"waitingCount":{"type":"integer"},"feeling":{"type":"string"},"coffee":{"type":"string"}}}`:   false,
		`{"properties":{"total":{"type":"number","description":"Order total in yuan"},"lines":{"type":"array"}}}`:     true,
	} {
		var s catalog.Schema
		if err := json.Unmarshal([]byte(text), &s); err != nil {
			t.Fatal(err)
		}
		if got := catalog.Priced(&s); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
