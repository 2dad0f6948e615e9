package desk

import (
	"context"
	"slices"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store"
)

// Receipt is what is kept of an order for the person: what was paid, on what mandate, and the steps that led to it.
type Receipt struct {
	Order    order.Order   `json:"order"`
	Payments []PaidLeg     `json:"payments"`
	Mandate  ReceiptYes    `json:"mandate"`
	Steps    []ReceiptStep `json:"steps"`
}

// PaidLeg is the ledger's word on the payment.
type PaidLeg struct {
	Payee    string    `json:"payee"`
	Name     string    `json:"name"`
	Amount   int64     `json:"amount"`
	Currency string    `json:"currency"`
	Status   string    `json:"status"`
	Back     int64     `json:"back,omitempty"` // of Amount, went back
	Sandbox  bool      `json:"sandbox,omitempty"`
	At       time.Time `json:"at"`
}

// ReceiptYes is the confirmation that the order rests on.
type ReceiptYes struct {
	Hash string    `json:"hash"`
	At   time.Time `json:"at"`
}

// ReceiptStep is one step of the order's goal.
type ReceiptStep struct {
	Title string           `json:"title"`
	State assist.StepState `json:"state"`
	At    time.Time        `json:"at"`
}

// Orders lists the person's orders, newest first, beyond the order id after, at most limit (0: MaxList).
func (d *Desk) Orders(ctx context.Context, person, after string, limit int) ([]order.Order, error) {
	if limit <= 0 || limit > MaxList {
		limit = MaxList
	}
	recs, err := d.Store.List(ctx, store.Query{Kind: kindOrder, Owner: person, After: after, Limit: limit, Descending: true})
	if err != nil {
		return nil, err
	}
	out := make([]order.Order, 0, len(recs))
	for _, r := range recs {
		var o orderRecord
		if err := decode(r, &o); err != nil {
			return nil, err
		}
		out = append(out, o.Order)
	}
	return out, nil
}

// Order returns one of the person's orders, or a fault not_found.
func (d *Desk) Order(ctx context.Context, person, id string) (order.Order, error) {
	o, err := d.order(ctx, person, id)
	if err != nil {
		return order.Order{}, err
	}
	return o.Order, nil
}

func (d *Desk) order(ctx context.Context, person, id string) (*orderRecord, error) {
	o := &orderRecord{}
	var err error
	if o.version, err = d.get(ctx, kindOrder, id, o); err != nil {
		return nil, err
	}
	if o.Person != person {
		return nil, fault.New(fault.NotFound, "no order %q", id).With("order", id)
	}
	return o, nil
}

// Receipt returns the receipt of one of the person's orders. Faults: not_found.
func (d *Desk) Receipt(ctx context.Context, person, id string) (Receipt, error) {
	o, err := d.order(ctx, person, id)
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{Order: o.Order, Payments: []PaidLeg{}, Steps: []ReceiptStep{}}
	var m mandate
	if _, err := d.get(ctx, kindMandate, o.Bundle, &m); err != nil {
		return Receipt{}, err
	}
	r.Mandate = ReceiptYes{m.Hash, m.At}
	chain, err := d.chain(ctx, o)
	if err != nil {
		return Receipt{}, err
	}
	for _, paid := range slices.Backward(chain) {
		info, err := d.Ledger.HoldOf(ctx, paid.Hold)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return Receipt{}, err
		}
		if err == nil {
			r.Payments = append(r.Payments, legOf(paid, info))
		}
	}
	recs, err := d.Store.List(ctx, store.Query{Kind: kindStep, Group: o.Turn})
	if err != nil {
		return Receipt{}, err
	}
	for _, rec := range recs {
		var s step
		if err := decode(rec, &s.Entry); err != nil {
			return Receipt{}, err
		}
		if s.Goal == o.Goal {
			r.Steps = append(r.Steps, ReceiptStep{s.Title, s.State, s.Finished})
		}
	}
	return r, nil
}

func legOf(o *orderRecord, info ledger.HoldInfo) PaidLeg {
	leg := PaidLeg{Payee: o.Quote.Payee, Name: o.Quote.PayeeName, Amount: info.Held.Minor, Currency: info.Held.Currency,
		Status: string(info.State), Sandbox: o.Quote.Sandbox, At: o.Updated}
	if info.State == ledger.Captured || info.State == ledger.Refunded {
		leg.Amount, leg.Back = info.Captured, info.Refunded
	}
	return leg
}

// CancelOrder cancels one of the person's orders at the merchant and gives the money back. An order of a turn that
// still runs stops the turn. Faults: not_found, unsupported (the merchant does not take it back), conflict.
func (d *Desk) CancelOrder(ctx context.Context, person, id string) (order.Order, error) {
	return d.takeBack(ctx, person, id, assist.CommandCancel)
}

// RefundOrder gives the money of a fulfilled order back, if the merchant takes the order back; in a merchant's
// sandbox also if it cannot. Faults: not_found, unsupported, conflict.
func (d *Desk) RefundOrder(ctx context.Context, person, id string) (order.Order, error) {
	return d.takeBack(ctx, person, id, assist.CommandRefund)
}

func (d *Desk) takeBack(ctx context.Context, person, id string, kind assist.CommandKind) (order.Order, error) {
	o, err := d.order(ctx, person, id)
	if err != nil {
		return order.Order{}, err
	}
	for n := 0; o.Into != "" && n < maxAmends; n++ { // it was changed: what stands for it now is meant
		if o, err = d.order(ctx, person, o.Into); err != nil {
			return order.Order{}, err
		}
	}
	id = o.ID
	if o.State.Undone() {
		return o.Order, nil
	}
	if err := d.reopen(ctx, o, kind); err != nil {
		return order.Order{}, err
	}
	if err := d.settled(ctx, o.Turn); err != nil {
		return order.Order{}, err
	}
	if o, err = d.order(ctx, person, id); err != nil {
		return order.Order{}, err
	}
	if !o.State.Undone() {
		return o.Order, fault.New(fault.Unsupported, "order %s stays: %s", id, o.Reason).With("order", id).With("reason", o.Reason)
	}
	return o.Order, nil
}

// reopen has the order's turn driven again to take the order back; a turn that has not ended is stopped as a whole.
func (d *Desk) reopen(ctx context.Context, o *orderRecord, kind assist.CommandKind) error {
	for range MaxRetries {
		t := &turn{}
		var err error
		if t.version, err = d.get(ctx, kindTurn, o.Turn, t); err != nil {
			return err
		}
		if t.Task != nil && t.Task.Order == o.ID {
			return nil // under way
		}
		if t.Phase != phaseEnded {
			return d.Cancel(ctx, o.Person, t.ID)
		}
		t.Task, t.Phase = &task{Kind: kind, Order: o.ID}, phaseTask
		b := &batch{}
		b.turn(t)
		err = d.Store.Commit(ctx, b.Write)
		if err == nil {
			d.kick(t.ID)
		}
		if !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return fault.New(fault.Unavailable, "turn %s changes too fast", o.Turn)
}

// settled waits until the turn neither runs nor does a task, on whichever node. A turn that waits for the person settles nothing and is not waited for.
func (d *Desk) settled(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, TaskWait)
	defer cancel()
	woken := d.Store.Watch(ctx, wakes(id))
	for {
		t := &turn{}
		if _, err := d.get(ctx, kindTurn, id, t); err != nil {
			return err
		}
		if t.Phase == phaseEnded || t.Pause != "" {
			return nil
		}
		select {
		case <-ctx.Done():
			return fault.New(fault.Timeout, "turn %s is still being worked on", id)
		case <-d.ctx.Done():
			return fault.New(fault.Unavailable, "the desk is closing")
		case _, ok := <-woken:
			if !ok {
				woken = nil
			}
		}
	}
}

// task takes one order of an ended turn back.
func (w *worker) task() error {
	o, g := w.orders[w.t.Task.Order], w.t.Task.Kind
	w.asks = nil
	if o != nil && !o.State.Undone() {
		goal, _ := w.goal(o.Goal)
		to, code := order.Cancelled, string(fault.Cancelled)
		if g == assist.CommandRefund {
			to = order.Refunded
		}
		if o.Undo == nil {
			if err := w.startUndo(o, to, code, w.say("state_"+string(to))); err != nil {
				return err
			}
		}
		if err := w.undoOrder(goal, o); err != nil {
			return err
		}
	}
	if w.closing() {
		return nil
	}
	if len(w.asks) > 0 {
		return w.ask(w.asks[0], nil)
	}
	return w.save(func(b *batch) {
		w.t.Task, w.t.Phase = nil, phaseEnded
		b.turn(w.t)
		b.Events = append(b.Events, wake(w.t.ID))
	})
}
