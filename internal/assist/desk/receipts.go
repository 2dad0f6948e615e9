package desk

import (
	"slices"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/order"
)

// tellReceipts tells the receipts that the words mean; without words those of the latest errand. Where all of it was
// taken back, what became of it is told, and the latest receipt of what stands.
func (w *worker) tellReceipts(orders []order.Order, words string) error {
	found := meant(orders, words, false)
	if len(found) == 0 {
		return w.noneLike(orders, words)
	}
	undone := func(o order.Order) bool { return o.State.Undone() }
	var lines []string
	if !slices.ContainsFunc(found, func(o order.Order) bool { return !undone(o) }) {
		standing := meant(slices.DeleteFunc(slices.Clone(orders), undone), words, false)
		if len(standing) > 0 {
			for _, o := range found {
				lines = append(lines, w.orderLine(o))
			}
			found = standing
		}
	}
	for _, o := range found {
		more, err := w.receiptLines(o)
		if err != nil {
			return err
		}
		lines = append(lines, more...)
	}
	return w.end(assist.OutcomeDone, "", joinLines(lines))
}

func (w *worker) receiptLines(o order.Order) ([]string, error) {
	r, err := w.Receipt(w.ctx, w.t.Person, o.ID)
	if err != nil {
		return nil, err
	}
	lines := []string{w.say("receipt", o.ID), w.orderLine(o)}
	for _, p := range r.Payments {
		lines = append(lines, w.say("receipt_payment", p.Name, moneyOf(p.Amount, p.Currency).String(), w.say("paid_"+p.Status)))
		if p.Back > 0 && p.Back < p.Amount {
			lines = append(lines, w.say("receipt_back", moneyOf(p.Back, p.Currency).String(), moneyOf(p.Amount-p.Back, p.Currency).String()))
		}
	}
	return append(lines, w.say("receipt_mandate", w.local(r.Mandate.At, "2006-01-02 15:04"), clip(r.Mandate.Hash, 13))), nil
}

// tellBack notes that an order's merchant was asked to take it back and tells, as a payment of this turn, what became of
// its money: an order may come of another conversation, whose stream nobody follows who takes it back here.
func (w *worker) tellBack(id string) error {
	o, err := w.order(w.ctx, w.t.Person, id)
	if err != nil {
		return err
	}
	info, err := w.Ledger.HoldOf(w.ctx, o.Hold)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	moved := (err == nil || o.Quote.Amends != "") && o.State.Undone()
	p := assist.Payment{Turn: w.t.ID, Order: o.ID, Payee: o.Quote.Payee, Name: o.Quote.PayeeName, Amount: info.Held.Minor,
		Currency: info.Held.Currency, Status: string(info.State), Sandbox: o.Quote.Sandbox}
	switch {
	case o.Quote.Amends != "" && moved: // it stands for all that was paid for it
		p.Status, p.Amount, p.Currency = string(ledger.Refunded), wholeOf(o.Quote).Minor-o.Kept.Minor, wholeOf(o.Quote).Currency
	case info.Refunded > 0:
		p.Status, p.Amount = string(ledger.Refunded), info.Refunded
	case info.State == ledger.Captured:
		p.Amount = info.Captured
	}
	return w.save(func(b *batch) {
		if !slices.Contains(w.t.Asked, id) {
			w.t.Asked = append(w.t.Asked, id)
		}
		b.turn(w.t)
		if moved && p.Amount > 0 {
			b.tell(w.t.Conversation, assist.EventPayment, p)
		}
	})
}
