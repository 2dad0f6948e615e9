package quote_test

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// checkQuote holds for every quote, whatever a merchant answered.
func checkQuote(t *testing.T, raw []byte, q order.Quote) {
	t.Helper()
	sound := func(v int64) bool { return v >= 0 && v <= money.MaxMinor }
	if !sound(q.Amount.Minor) || q.Amount.Currency == "" {
		t.Fatalf("amount %+v of %s", q.Amount, raw)
	}
	var sum int64
	for _, l := range q.Lines {
		if !sound(l.Amount) || l.Quantity < 1 || l.Title == "" {
			t.Fatalf("line %+v of %s", l, raw)
		}
		sum += l.Amount
	}
	if len(q.Lines) == 0 || sum < q.Amount.Minor {
		t.Fatalf("lines add up to %d, the total is %d, of %s", sum, q.Amount.Minor, raw)
	}
	if sum > q.Amount.Minor && !hasDiscount(q) && len(q.Details) < 10 {
		t.Fatalf("lines add up to %d, the total is %d and no discount is shown, of %s", sum, q.Amount.Minor, raw)
	}
	if _, err := json.Marshal(q); err != nil {
		t.Fatalf("cannot be hashed: %v, of %s", err, raw)
	}
}

func hasDiscount(q order.Quote) bool {
	for _, d := range q.Details {
		if d.Label == "优惠" || d.Label == "Discount" {
			return true
		}
	}
	return false
}

func readRaw(raw []byte, effect catalog.Effect) (order.Quote, bool) {
	input, _ := catalog.ParseSchema(nil)
	capability := catalog.Capability{Name: "api", Input: input, Effect: effect}
	picked := []plan.Picked{{Arg: "items[0].id", Value: 1.0, Title: "X", Element: raw}}
	return quote.Read(capability, plan.GoalPlan{ID: "g1"}, plan.Step{}, map[string]any{"items": []any{map[string]any{"id": 1.0, "quantity": 2.0}}},
		track.Result{Structured: raw}, picked, catalog.Service{ID: "s", Name: "S", Payee: "p"})
}

func FuzzRead(f *testing.F) {
	for _, c := range readCases {
		f.Add([]byte(c.result))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, effect := range []catalog.Effect{catalog.Read, catalog.Irreversible} {
			if q, ok := readRaw(raw, effect); ok {
				checkQuote(t, raw, q)
			}
		}
		quote.Status(track.Result{Structured: raw}, nil)
	})
}

var (
	names  = []string{"total", "totalPrice", "price", "amount", "quantity", "qty", "name", "items", "orderId", "id", "deliveryFee", "discount", "总价", "小计", "data", "order", "address", "expiresAt", "status", "currency", "fee", "price_fen", "specs", "options", "时间"}
	values = []any{0, 1, 18, 54.5, -3, 1e18, 17.999999999999996, "¥18.00", "-5", "1e9", "", "拿铁", "CNY", nil, true, 1234567890123, "2026-11-24 10:00", 0.1, 3600, 5400}
)

func random(r *rand.Rand, depth int) any {
	switch n := r.Intn(10); {
	case depth > 4 || n < 5:
		return values[r.Intn(len(values))]
	case n < 8:
		out := map[string]any{}
		for range r.Intn(7) {
			out[names[r.Intn(len(names))]] = random(r, depth+1)
		}
		return out
	default:
		var out []any
		for range r.Intn(4) {
			out = append(out, random(r, depth+1))
		}
		return out
	}
}

func TestEveryQuoteIsSound(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(1))
	read := 0
	for i := range 4_000 {
		raw, err := json.Marshal(map[string]any{names[i%len(names)]: random(r, 0), "order": random(r, 1), "total": random(r, 2)})
		if err != nil {
			t.Fatal(err)
		}
		for _, effect := range []catalog.Effect{catalog.Read, catalog.Reversible} {
			if q, ok := readRaw(raw, effect); ok {
				read++
				checkQuote(t, raw, q)
			}
		}
	}
	if read < 500 {
		t.Errorf("only %d of the random results gave a quote: the test tests little", read)
	}
}

func TestHugeResultIsRefused(t *testing.T) {
	t.Parallel()
	deep := []byte(`{"total":"1.00"}`)
	for range 40 {
		deep = fmt.Appendf(nil, `{"a":%s}`, deep)
	}
	if _, ok := readRaw(deep, catalog.Read); ok {
		t.Error("a result nested beyond the bound gave a quote")
	}
}
