package desk

import (
	"context"
	"fmt"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// A merchant may have a payment step of its own. The platform pays, so that step runs when the money is there: the door
// it opens is granted and moves nothing. Running it again after a crash can therefore not charge anybody a second time.

func (w *worker) payID(g plan.GoalPlan) string {
	return fmt.Sprintf("%s%s%d", g.ID, payMark, w.t.Parts[g.ID].Try)
}

// payAtMerchants has the merchants note what the platform has paid. What one does not note is told, and stays paid.
func (w *worker) payAtMerchants() error {
	for _, g := range w.t.Plan.Goals {
		o := w.orderAt(g.ID)
		if g.Pay == nil || o == nil || o.State != order.Fulfilled || o.Paid.IsZero() || (o.PaidRef != "" && !w.payStarted(g)) || w.closing() {
			continue
		}
		noted, err := w.payStep(g, o)
		if err != nil {
			return err
		}
		if noted || o.Reason != "" {
			continue
		}
		if err := w.save(func(b *batch) { o.Reason = w.say("pay_untold", o.Quote.PayeeName); b.order(o) }); err != nil {
			return err
		}
	}
	return nil
}

func (w *worker) payStarted(g plan.GoalPlan) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.steps[w.payID(g)] != nil
}

// payStep runs the merchant's own payment of an order, journalled like any other step, and returns whether it was noted.
func (w *worker) payStep(g plan.GoalPlan, o *orderRecord) (bool, error) {
	s := *g.Pay
	s.ID, s.Goal = w.payID(g), g.ID
	w.mu.Lock()
	row, resolved := w.steps[s.ID], plan.Resolved{}
	var err error
	if row == nil || row.State == assist.StepRunning {
		resolved, err = plan.Resolve(s, run.Results(w.entries()))
	}
	w.mu.Unlock()
	switch {
	case err != nil:
		return false, nil // there is nothing that could be named to the merchant
	case row != nil && row.State != assist.StepRunning:
		return row.State == assist.StepDone, nil
	}
	err = w.save(func(b *batch) {
		row = w.begin(b, s, resolved.Args)
		if o.State == order.Held {
			w.move(b, o, order.Placing)
		}
	})
	if err != nil {
		return false, err
	}
	var result track.Result
	for range MaxAttempts {
		if result, err = w.call(s, resolved.Args, w.doorsFor(s)); err == nil || !run.Repeatable(err) {
			break
		}
	}
	if w.closing() {
		return false, nil // asked again by the next start
	}
	noted := err == nil && !run.Refused(result)
	return noted, w.save(func(b *batch) {
		kept := keep(result)
		row.State, row.Result, row.Finished, row.Note = assist.StepDone, &kept, w.Clock().UTC(), ""
		if !noted {
			row.State, row.Note = assist.StepFailed, clip(w.oneScript(wordsOf(result)), MaxNote)
		}
		b.step(row)
		w.tellStep(b, row)
	})
}

// acknowledge answers the payment door of an order that the platform has paid: yes, if the door is for this order.
func (w *worker) acknowledge(ctx context.Context, o *orderRecord, ref string, request map[string]any) track.DoorAnswer {
	if !asksFor(request, o.Quote.Amount) {
		return refuse("the amount is not the one that was paid")
	}
	named, err := w.prepays.Get(ctx, o.Quote.Payee, ref)
	own, none := w.prepays.Get(ctx, o.Quote.Payee, o.Quote.OrderRef)
	b := &batch{}
	switch {
	case fault.Is(err, fault.NotFound) && o.Quote.Sandbox:
	case err != nil:
		return refuse("the order is not one that can be paid: " + string(fault.CodeOf(err)))
	case none == nil && own.ID != named.ID || named.State == order.PrepayPaid && none != nil:
		w.Log.Warn("a second payment of an order was refused", "turn", w.t.ID, "order", o.ID, "ref", ref)
		return refuse("the order is paid already")
	case named.State == order.PrepayOpen:
		put, err := w.prepays.Pay(ctx, o.Quote.Payee, ref, o.Quote.Amount)
		if err != nil {
			return refuse("the order is not one that can be paid: " + string(fault.CodeOf(err)))
		}
		b.Puts = append(b.Puts, put)
	}
	err = w.save(func(into *batch) {
		into.Puts = append(into.Puts, b.Puts...)
		o.PaidRef = ref
		into.order(o)
	})
	if err != nil {
		return refuse("the payment was declined")
	}
	return track.DoorAnswer{Granted: true, Value: map[string]any{}}
}
