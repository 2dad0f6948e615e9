package quote_test

import (
	"encoding/json"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	base := order.Quote{Payee: "m1", PayeeName: "Shop", Amount: money.Of(3600, money.CNY), Address: "1 Long Road", Time: "15:00",
		Lines: []order.Line{{Title: "Latte", Options: []string{"less", "ice"}, Quantity: 2, Amount: 3600}}}
	for name, c := range map[string]struct {
		change func(*order.Quote)
		want   string
	}{
		"the same":               {func(*order.Quote) {}, ""},
		"an address is left out": {func(q *order.Quote) { q.Address, q.Time, q.Lines = "", "", nil }, ""},
		"options in another order": {func(q *order.Quote) {
			q.Lines = []order.Line{{Title: "latte", Options: []string{"ice", "less"}, Quantity: 2}}
		}, ""},
		"a fen more":                   {func(q *order.Quote) { q.Amount.Minor++ }, "amount"},
		"a fen less":                   {func(q *order.Quote) { q.Amount.Minor-- }, "amount"},
		"another currency":             {func(q *order.Quote) { q.Amount.Currency = "USD" }, "amount"},
		"another payee":                {func(q *order.Quote) { q.Payee = "m2" }, "payee"},
		"another thing, same price":    {func(q *order.Quote) { q.Lines = []order.Line{{Title: "Mocha", Quantity: 2, Amount: 3600}} }, "lines"},
		"other options":                {func(q *order.Quote) { q.Lines = []order.Line{{Title: "Latte", Options: []string{"more"}, Quantity: 2}} }, "lines"},
		"another quantity, same total": {func(q *order.Quote) { q.Lines = []order.Line{{Title: "Latte", Quantity: 1, Amount: 3600}} }, "lines"},
		"another address":              {func(q *order.Quote) { q.Address = "2 Short Road" }, "address"},
		"another time":                 {func(q *order.Quote) { q.Time = "16:00" }, "time"},
	} {
		actual := base
		c.change(&actual)
		got := ""
		for _, d := range quote.Compare(base, actual) {
			got += d.What
			if d.Before == d.After {
				t.Errorf("%s: nothing to show: %+v", name, d)
			}
		}
		if got != c.want {
			t.Errorf("%s: differs in %q, want %q", name, got, c.want)
		}
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`{"status":"pending"}`: quote.Pending, `{"status":"UNPAID"}`: quote.Unpaid, `{"order":{"status":"WAIT_BUYER_PAY"}}`: quote.Unpaid,
		`{"orderStatus":"待支付"}`: quote.Unpaid, `{"status":"未支付"}`: quote.Unpaid, `{"status":"not_paid"}`: quote.Unpaid, `{"status":"已支付"}`: quote.Paid,
		`{"status":"TRADE_SUCCESS"}`: quote.Paid, `{"data":{"state":"confirmed"}}`: quote.Confirmed, `{"status":"canceled"}`: quote.Cancelled,
		`{"status":"已取消"}`: quote.Cancelled, `{"status":"支付失败"}`: quote.Failed, `{"status":"payment_failed"}`: quote.Failed, `{"status":"制作中"}`: quote.Confirmed,
		`{"status":"已完成"}`: quote.Done, `{"status":"delivered"}`: quote.Done, `{"status":"已退款"}`: quote.Refunded, `{"cancelled":true}`: quote.Cancelled,
		`{"status":"driverAssigned"}`: quote.Confirmed, `{"status":"未完成"}`: quote.Confirmed, `{"status":"booked"}`: quote.Confirmed,
		`{"success":true}`: "", `{"status":"blue"}`: "", `{"status":7}`: "", `{"canCancel":true,"cancelled":false}`: "", `{"total":1}`: "", `nonsense`: "",
	} {
		got, ok := quote.Status(track.Result{Structured: json.RawMessage(raw)}, nil)
		if got != want || ok != (want != "") {
			t.Errorf("%s: %q %v, want %q", raw, got, ok, want)
		}
	}
	if _, ok := quote.Status(track.Result{IsError: true, Structured: json.RawMessage(`{"status":"paid"}`)}, nil); ok {
		t.Error("an error result has a state")
	}
}
