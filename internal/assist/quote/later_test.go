package quote_test

import (
	"encoding/json"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
)

// TestPaidAtTheShop checks that a price which is paid at the shop is told and not paid here, and that one which only
// mentions the shop is paid here.
func TestPaidAtTheShop(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{
		"预约到店服务，费用到店支付":                                         0,
		"Books a chair. The price is paid at the salon.":        0,
		"Orders a meal, cash on delivery.":                      0,
		"预约到店洗护，到店付款前可免费取消，在线支付。":                               8800,
		"Books an appointment; free to cancel, prepaid online.": 8800,
		"Creates an order that is picked up at the shop.":       8800,
	} {
		var out catalog.Schema
		if err := json.Unmarshal([]byte(`{"type":"object","properties":{"name":{"type":"string"},"price":{"type":"number","description":"元"}}}`), &out); err != nil {
			t.Fatal(err)
		}
		c := catalog.Capability{Name: "book", Description: text, Input: &catalog.Schema{Type: "object"}, Output: &out}
		q, ok := quote.Read(c, plan.GoalPlan{ID: "g1", Title: "剪发"}, plan.Step{ID: "s1", Goal: "g1"}, map[string]any{},
			track.Result{Structured: json.RawMessage(`{"name":"剪发","price":88}`)}, nil, catalog.Service{ID: "s", Currency: "CNY"})
		if !ok || q.Amount.Minor != want {
			t.Errorf("%s: %v %d, want %d", text, ok, q.Amount.Minor, want)
		}
	}
}
