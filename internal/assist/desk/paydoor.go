package desk

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/track"
)

// payDoor answers a merchant's request for payment. It is granted only inside the confirmed order of this goal, only
// for its amount, and only for an order that the merchant registered (in a merchant's sandbox also for one it did
// not). Granted means that the ledger has captured.
func (w *worker) payDoor(ctx context.Context, s plan.Step, request map[string]any) track.DoorAnswer {
	if run.Harmless(s.Effect) {
		return refuse("nothing is confirmed")
	}
	w.mu.Lock()
	o := w.orderOf(s.Goal)
	g, _ := w.goal(s.Goal)
	noting := g.Pay != nil && s.ID == w.payID(g) && o != nil && o.State == order.Fulfilled
	fits := o != nil && (o.State == order.Placing || noting) && o.Quote.Service == s.Service
	w.mu.Unlock()
	if !fits {
		return refuse("nothing is confirmed")
	}
	ref := paymentRef(request)
	if !o.Paid.IsZero() {
		if ref == o.PaidRef {
			return track.DoorAnswer{Granted: true, Value: map[string]any{}}
		}
		if noting && o.PaidRef == "" {
			return w.acknowledge(ctx, o, ref, request)
		}
		return refuse("the order is paid already")
	}
	if !asksFor(request, o.Quote.Amount) {
		w.Log.Warn("a payment was refused", "turn", w.t.ID, "order", o.ID, "ref", ref, "error", "it asks for another amount")
		return refuse("the amount is not the one that was confirmed")
	}
	prepay, err := w.prepays.Pay(ctx, o.Quote.Payee, ref, o.Quote.Amount)
	if err != nil && !(o.Quote.Sandbox && fault.Is(err, fault.NotFound)) {
		w.Log.Warn("a payment was refused", "turn", w.t.ID, "order", o.ID, "ref", ref, "error", err)
		return refuse("the order is not one that can be paid: " + string(fault.CodeOf(err)))
	}
	if err := w.captureNow(o, ref, prepay); err != nil {
		return refuse("the payment was declined")
	}
	return track.DoorAnswer{Granted: true, Value: map[string]any{}}
}

// captureNow pays while the merchant's step is still under way.
func (w *worker) captureNow(o *orderRecord, ref string, prepay store.Put) error {
	edit := func(b *batch) {
		o.Paid, o.PaidRef, o.Updated = o.Quote.Amount, ref, w.Clock().UTC()
		if prepay.ID != "" {
			b.Puts = append(b.Puts, prepay)
		}
		b.order(o)
		w.tellPayment(b, o, ledger.Captured)
	}
	if o.Quote.Amount.IsZero() {
		return w.save(edit)
	}
	paid := o.Paid
	return w.post(capturePosting(o), edit, func() { o.Paid, o.PaidRef = paid, "" })
}

func capturePosting(orders ...*orderRecord) ledger.Posting {
	p := ledger.Posting{Key: orders[0].ID + "/capture", Op: ledger.Capture, Memo: memo(orders...)}
	for _, o := range orders {
		p.Legs = append(p.Legs, ledger.Leg{ID: o.Hold, Amount: o.Quote.Amount})
	}
	return p
}

// memo names all payees of a posting: every leg of it bears the same one.
func memo(orders ...*orderRecord) string {
	var names []string
	for _, o := range orders {
		if !slices.Contains(names, o.Quote.PayeeName) {
			names = append(names, o.Quote.PayeeName)
		}
	}
	return clip(strings.Join(names, ", "), MaxMemo)
}

// paymentRef finds what names the merchant's order in a payment call of either dialect.
func paymentRef(request map[string]any) string {
	for _, m := range []map[string]any{request, inner(request, "args"), inner(request, "raw"), inner(request, "params")} {
		for _, name := range []string{"prepay_id", "prepayId", "package", "tradeNO", "trade_no", "tradeNo", "out_trade_no", "outTradeNo", "order_id", "orderId"} {
			if v, ok := m[name].(string); ok && v != "" {
				return strings.TrimPrefix(v, "prepay_id=")
			}
		}
	}
	return ""
}

// asksFor tells whether a payment call asks for the confirmed amount, in yuan or in fen, wherever it names one.
func asksFor(request map[string]any, confirmed money.Amount) bool {
	for _, m := range []map[string]any{request, inner(request, "args"), inner(request, "raw"), inner(request, "params")} {
		for _, name := range []string{"total_fee", "totalFee", "total_amount", "totalAmount", "amount", "price"} {
			v, given := m[name]
			if sub, ok := v.(map[string]any); ok {
				v, given = sub["total"], sub["total"] != nil
			}
			digits := strings.TrimSpace(fmt.Sprint(v))
			if !given || digits == "" {
				continue
			}
			got, ok := new(big.Rat).SetString(digits)
			fen := new(big.Rat).SetInt64(confirmed.Minor)
			if !ok || got.Cmp(fen) != 0 && new(big.Rat).Mul(got, big.NewRat(100, 1)).Cmp(fen) != 0 {
				return false
			}
		}
	}
	return true
}

func inner(m map[string]any, name string) map[string]any {
	sub, _ := m[name].(map[string]any)
	return sub
}

func (w *worker) tellPayment(b *batch, o *orderRecord, status ledger.HoldState) {
	w.tellPaid(b, o, status, o.Quote.Amount)
}

func (w *worker) tellPaid(b *batch, o *orderRecord, status ledger.HoldState, amount money.Amount) {
	b.tell(o.Conversation, assist.EventPayment, assist.Payment{Turn: o.Turn, Order: o.ID, Payee: o.Quote.Payee, Name: o.Quote.PayeeName,
		Amount: amount.Minor, Currency: amount.Currency, Status: string(status), Sandbox: o.Quote.Sandbox})
}

// orderOf is the goal's order; the caller holds mu.
func (w *worker) orderOf(goal string) *orderRecord {
	if p := w.t.Parts[goal]; p != nil && p.Order != "" {
		return w.orders[p.Order]
	}
	return nil
}

// move changes an order's state inside a save. A move that the machine forbids stops the worker before anything is stored.
func (w *worker) move(b *batch, o *orderRecord, to order.State) {
	if err := o.Move(to); err != nil {
		w.broken = err
		return
	}
	o.Updated = w.Clock().UTC()
	b.order(o)
}
