package desk

import (
	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
)

// confirm shows the one card and waits for the yes.
func (w *worker) confirm() error {
	bundle := w.t.Bundle
	balance := int64(0)
	if bal, err := w.Ledger.Balance(w.ctx, order.Wallet(w.t.Person)); err == nil {
		balance = bal.Available()
	} else if !fault.Is(err, fault.NotFound) {
		return err
	}
	replaced, err := w.replacements(bundle)
	if err != nil {
		return err
	}
	changes := append(replaced, w.changes(bundle)...)
	p := w.newPause("", assist.AskConfirm, w.say("confirm", bundle.Total.String()), ConfirmFor)
	p.Bundle, p.Expires = true, bundle.Expires
	shown := assist.BundleShown{Pause: p.ID(), Turn: w.t.ID, Hash: bundle.Hash(), Bundle: *bundle, Balance: balance, Changes: changes}
	return w.ask(p, func(b *batch) { b.tell(w.t.Conversation, assist.EventBundle, shown) })
}

// changes lists what differs from what was confirmed before.
func (w *worker) changes(b *order.Bundle) []assist.Change {
	var out []assist.Change
	for _, q := range b.Quotes {
		p := w.t.Parts[q.Goal]
		if p == nil || p.Quote == nil || !p.Changed {
			continue
		}
		for _, d := range order.Differences(*p.Quote, q) {
			out = append(out, assist.Change{Goal: q.Goal, What: d.What, Before: d.Before, After: d.After})
		}
	}
	return out
}

// decide turns the person's answer to the card into a mandate and orders, or into a no; in the commit of the answer.
func (d *Desk) decide(b *batch, t *turn, p *pause) error {
	if t.Bundle == nil {
		return fault.New(fault.Internal, "turn %s has no bundle to confirm", t.ID)
	}
	if !p.Answer.Approve {
		decline(t, string(fault.Cancelled))
		return nil
	}
	now := d.Clock().UTC()
	t.Bundle.Policy, t.Policy = p.Answer.Policy, p.Answer.Policy
	m := order.Mandate{Bundle: t.Bundle.ID, Hash: t.Bundle.Hash(), Person: t.Person, At: now, Limit: p.Answer.Limit}
	b.put(kindMandate, m.Bundle, t.Person, t.ID, mandate{m, *t.Bundle}, new(int64))
	for i := range t.Bundle.Quotes {
		q := t.Bundle.Quotes[i]
		o := &orderRecord{Conversation: t.Conversation, Goal: q.Goal}
		o.Order = order.Order{ID: d.NewID(), Bundle: t.Bundle.ID, Turn: t.ID, Person: t.Person, Quote: q, State: order.Confirmed, Created: now, Updated: now}
		o.Hold = o.ID + "/hold"
		b.order(o)
		part := t.Parts[q.Goal]
		part.Order, part.Quote, part.Changed, part.Seen = o.ID, &q, false, nil
	}
	t.Phase = phaseHold
	return nil
}

// decline gives up what the shown bundle holds. Other parts of the turn, if any, are settled by its policy.
func decline(t *turn, code string) {
	if t.Bundle != nil {
		for _, q := range t.Bundle.Quotes {
			if p := t.Parts[q.Goal]; p != nil && p.Failed == "" {
				p.Failed = code
			}
		}
	}
	t.Bundle = nil
	for _, p := range t.Parts {
		if p.Order != "" {
			t.Phase = phasePlace
			return
		}
	}
	t.Stop, t.Phase = code, phaseUndo
}

// hold reserves the money for all payees of the bundle in one posting: all of it or nothing.
func (w *worker) hold() error {
	if ready, err := w.takeBackReplaced(false); !ready || err != nil {
		return err
	}
	orders := w.confirmed()
	p := ledger.Posting{Key: w.t.Bundle.ID + "/hold", Op: ledger.Hold, Memo: clip(w.t.Said.Text, 60), Expires: w.Clock().Add(HoldFor)}
	for _, o := range orders {
		if o.Quote.Amount.IsZero() {
			continue
		}
		if err := w.Ledger.Open(w.ctx, order.Till(o.Quote.Payee), o.Quote.Amount.Currency, false); err != nil {
			return err
		}
		p.Legs = append(p.Legs, ledger.Leg{ID: o.Hold, From: order.Wallet(w.t.Person), To: order.Till(o.Quote.Payee), Amount: o.Quote.Amount})
	}
	edit := func(b *batch) {
		for _, o := range orders {
			w.move(b, o, order.Held)
			if !o.Quote.Amount.IsZero() {
				w.tellPayment(b, o, ledger.Held)
			}
		}
		w.t.Phase = phasePlace
		w.t.Bundle = nil
		b.turn(w.t)
		w.guard(b)
	}
	if len(p.Legs) == 0 {
		return w.save(edit)
	}
	if err := w.Ledger.Open(w.ctx, order.Wallet(w.t.Person), p.Legs[0].Amount.Currency, false); err != nil {
		return err
	}
	bundle := w.t.Bundle
	err := w.post(p, edit, func() {
		for _, o := range orders {
			o.State = order.Confirmed
		}
		w.t.Phase, w.t.Bundle = phaseHold, bundle
	})
	if fault.Is(err, fault.Funds) {
		return w.short()
	}
	return err
}

// short meets a wallet that does not cover the bundle: what an order replaces gives its money back first, if it can.
func (w *worker) short() error {
	may, err := w.wouldCover(w.t.Bundle.Total)
	if err != nil {
		return err
	}
	if may {
		_, err := w.takeBackReplaced(true)
		return err // and again, with that money
	}
	return w.stop(string(fault.Funds))
}

// confirmed lists the orders whose money is to be held, in the order of the goals.
func (w *worker) confirmed() []*orderRecord {
	var out []*orderRecord
	for _, g := range w.t.Plan.Goals {
		if o := w.orderOf(g.ID); o != nil && o.State == order.Confirmed {
			out = append(out, o)
		}
	}
	return out
}

func moneyOf(minor int64, currency string) money.Amount { return money.Of(minor, currency) }
