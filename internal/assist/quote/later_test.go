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

// TestGuideSaysPaidThere checks that a price from a list is paid at the shop where the guide to the skill says so and the
// booking itself states no price, and that it is paid here where anything speaks of a payment now.
func TestGuideSaysPaidThere(t *testing.T) {
	t.Parallel()
	booked := `{"type":"object","properties":{"ref":{"type":"string"},"state":{"type":"string"}}}`
	for _, c := range []struct {
		guide, output string
		want          int64
	}{
		{"先看项目，再预约。到店后付款，预约不收费。", booked, 0},
		{"Pick a tune-up, then a slot. Booking is free; you pay at the counter.", booked, 0},
		{"预约免费，修好再结账。", booked, 0},
		{"先看项目，再预约。", booked, 12000},
		{"到店后付款或在线支付。", booked, 12000},
		{"预约不收费。", `{"type":"object","properties":{"ref":{"type":"string"},"amount":{"type":"number","description":"应付，元"}}}`, 12000},
		{"免费取消。", booked, 12000},
	} {
		var out catalog.Schema
		if err := json.Unmarshal([]byte(c.output), &out); err != nil {
			t.Fatal(err)
		}
		book := catalog.Capability{Name: "book", Skill: "bikes", Description: "预约修车", Input: &catalog.Schema{Type: "object"}, Output: &out}
		svc := catalog.Service{ID: "s", Currency: "CNY", Skills: []catalog.Skill{{Name: "bikes", Instruction: c.guide}, {Name: "other", Instruction: "到店付款"}}}
		picked := []plan.Picked{{Step: "s1", Title: "整车保养", Element: json.RawMessage(`{"title":"整车保养","price":120}`)}}
		q, ok := quote.Read(book, plan.GoalPlan{ID: "g1", Title: "修车"}, plan.Step{ID: "s2", Goal: "g1"}, map[string]any{"item": 1}, track.Result{}, picked, svc)
		if !ok || q.Amount.Minor != c.want {
			t.Errorf("%s: %v %d, want %d", c.guide, ok, q.Amount.Minor, c.want)
		}
	}
}
