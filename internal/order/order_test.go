package order_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store/sqlite"
)

func yuan(n int64) money.Amount { return money.Of(n*100, money.CNY) }

func TestOrdersMoveOnlyByTheTable(t *testing.T) {
	t.Parallel()
	o := order.Order{ID: "o", State: order.Confirmed}
	for _, s := range []order.State{order.Held, order.Placing, order.Placed, order.Fulfilled} {
		if err := o.Move(s); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []order.State{order.Held, order.Placing, order.Confirmed, order.Failed} {
		if err := o.Move(s); !fault.Is(err, fault.Conflict) || o.State != order.Fulfilled {
			t.Errorf("fulfilled to %s: %v", s, err)
		}
	}
	for _, s := range []order.State{order.Failed, order.Cancelled, order.Refunded} {
		done := order.Order{State: s}
		if err := done.Move(order.Held); err == nil || !s.Ended() || !s.Undone() {
			t.Errorf("%s is not an end", s)
		}
	}
}

func TestDifferences(t *testing.T) {
	t.Parallel()
	confirmed := order.Quote{Payee: "cafe", Amount: yuan(54), Address: "1 West Street", Time: "2026-11-24T10:00:00+08:00",
		Lines: []order.Line{{Title: "Latte", Options: []string{"less sugar"}, Quantity: 3, Amount: 54_00}}}
	for name, c := range map[string]struct {
		change func(*order.Quote)
		what   string // "" for none
	}{
		"nothing":             {func(*order.Quote) {}, ""},
		"says less":           {func(q *order.Quote) { q.Address, q.Time, q.Lines = "", "", nil }, ""},
		"says more":           {func(q *order.Quote) { q.Address = "1 West Street, Haidian"; q.Lines[0].Title = "Iced latte" }, ""},
		"the same instant":    {func(q *order.Quote) { q.Time = "2026-11-24T02:00:00Z" }, ""},
		"another payee":       {func(q *order.Quote) { q.Payee = "mallory" }, "payee"},
		"a cent more":         {func(q *order.Quote) { q.Amount.Minor++ }, "amount"},
		"a cent less":         {func(q *order.Quote) { q.Amount.Minor-- }, "amount"},
		"another currency":    {func(q *order.Quote) { q.Amount.Currency = "USD" }, "amount"},
		"one fewer":           {func(q *order.Quote) { q.Lines[0].Quantity = 2 }, "lines"},
		"another thing":       {func(q *order.Quote) { q.Lines[0].Title = "Tea" }, "lines"},
		"another option":      {func(q *order.Quote) { q.Lines[0].Options = []string{"full sugar"} }, "lines"},
		"something beside it": {func(q *order.Quote) { q.Lines = append(q.Lines, order.Line{Title: "Bag", Quantity: 1}) }, "lines"},
		"another address":     {func(q *order.Quote) { q.Address = "9 East Street" }, "address"},
		"another time":        {func(q *order.Quote) { q.Time = "2026-11-24T11:00:00+08:00" }, "time"},
	} {
		now := confirmed
		now.Lines = []order.Line{confirmed.Lines[0]}
		c.change(&now)
		diff := order.Differences(confirmed, now)
		if (c.what == "" && len(diff) != 0) || (c.what != "" && (len(diff) != 1 || diff[0].What != c.what)) {
			t.Errorf("%s: %+v", name, diff)
		}
	}
}

func TestSameLinesHoweverTheyAreCut(t *testing.T) {
	t.Parallel()
	less, full := []string{"less sugar"}, []string{"full sugar"}
	two := []order.Line{{Title: "Latte", Options: less, Quantity: 2}}
	for name, c := range map[string]struct {
		before, after []order.Line
		same          bool
	}{
		"two of one":              {two, []order.Line{{Title: "Latte", Options: less, Quantity: 1}, {Title: "Latte", Options: less, Quantity: 1}}, true},
		"one of two":              {[]order.Line{{Title: "Latte", Quantity: 1}, {Title: "Latte"}}, two, true},
		"one of them sweeter":     {two, []order.Line{{Title: "Latte", Options: less, Quantity: 1}, {Title: "Latte", Options: full, Quantity: 1}}, false},
		"three":                   {two, []order.Line{{Title: "Latte", Options: less, Quantity: 2}, {Title: "Latte", Options: less, Quantity: 1}}, false},
		"one":                     {two, []order.Line{{Title: "Latte", Options: less, Quantity: 1}}, false},
		"names within each other": {[]order.Line{{Title: "Iced latte"}, {Title: "Latte"}}, []order.Line{{Title: "Latte"}, {Title: "Iced latte"}}, true},
		"swapped for the other":   {[]order.Line{{Title: "Iced latte"}, {Title: "Tea"}}, []order.Line{{Title: "Iced latte"}, {Title: "Iced latte"}}, false},
	} {
		if got := len(order.Differences(order.Quote{Lines: c.before}, order.Quote{Lines: c.after})) == 0; got != c.same {
			t.Errorf("%s: same %v", name, got)
		}
	}
}

func TestEstimatesDriftPromisesDoNot(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before, after order.Quote
		same          bool
	}{
		"a waiting time":          {order.Quote{Time: "约 12 分钟"}, order.Quote{Time: "8 分钟"}, true},
		"a range of minutes":      {order.Quote{Time: "10-15 min"}, order.Quote{Time: "about 20 minutes"}, true},
		"a much longer wait":      {order.Quote{Time: "12 分钟"}, order.Quote{Time: "90 分钟"}, false},
		"an expected arrival":     {order.Quote{Time: "2026-11-24 10:30", About: true}, order.Quote{Time: "2026-11-24 10:42", About: true}, true},
		"expected another day":    {order.Quote{Time: "2026-11-24 10:30", About: true}, order.Quote{Time: "2026-11-25 10:30", About: true}, false},
		"a promised slot":         {order.Quote{Time: "2026-11-24 10:30"}, order.Quote{Time: "2026-11-24 10:31"}, false},
		"a slot, then an opinion": {order.Quote{Time: "2026-11-24 10:30"}, order.Quote{Time: "2026-11-24 10:31", About: true}, false},
	} {
		if got := len(order.Differences(c.before, c.after)) == 0; got != c.same {
			t.Errorf("%s: same %v", name, got)
		}
	}
}

func TestPrepay(t *testing.T) {
	t.Parallel()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	r := order.NewRegistry(db, func() time.Time { return now })
	ctx := t.Context()
	p, err := r.Register(ctx, "cafe", "no-1", yuan(54), "coffee")
	if err != nil || p.State != order.PrepayOpen || !p.Expires.Equal(now.Add(order.PrepayFor)) {
		t.Fatalf("%+v, %v", p, err)
	}
	if again, err := r.Register(ctx, "cafe", "no-1", yuan(54), "coffee"); err != nil || again.ID != p.ID {
		t.Errorf("the same again: %+v, %v", again, err)
	}
	if _, err := r.Register(ctx, "cafe", "no-1", yuan(1), "coffee"); !fault.Is(err, fault.Mismatch) {
		t.Errorf("with another amount: %v", err)
	}
	for name, bad := range map[string]func() error{
		"no id":      func() error { _, err := r.Register(ctx, "cafe", "", yuan(1), "x"); return err },
		"no amount":  func() error { _, err := r.Register(ctx, "cafe", "no-2", yuan(0), "x"); return err },
		"no subject": func() error { _, err := r.Register(ctx, "cafe", "no-2", yuan(1), ""); return err },
	} {
		if !fault.Is(bad(), fault.Invalid) {
			t.Errorf("%s: %v", name, bad())
		}
	}
	for name, c := range map[string]struct {
		merchant, ref string
		amount        money.Amount
		code          fault.Code
	}{
		"another merchant's": {"mallory", p.ID, yuan(54), fault.NotFound},
		"unknown":            {"cafe", "no-9", yuan(54), fault.NotFound},
		"another amount":     {"cafe", "no-1", yuan(53), fault.Changed},
		"by its own id":      {"cafe", "no-1", yuan(54), ""},
		"by the prepay id":   {"cafe", p.ID, yuan(54), ""},
	} {
		if _, err := r.Pay(ctx, c.merchant, c.ref, c.amount); fault.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	now = now.Add(order.PrepayFor)
	if _, err := r.Pay(ctx, "cafe", "no-1", yuan(54)); !fault.Is(err, fault.Expired) {
		t.Errorf("after two hours: %v", err)
	}
}
