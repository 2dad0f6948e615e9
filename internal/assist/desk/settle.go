package desk

import (
	"fmt"
	"slices"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store"
)

// settle ends a turn whose orders have all been tried: by the policy the others go on or are undone.
func (w *worker) settle() error {
	if w.t.Policy == order.AllOrNothing && w.anyFailed() {
		if err := w.undoOthers(); err != nil {
			return err
		}
		if len(w.asks) > 0 {
			return w.ask(w.asks[0], nil)
		}
	}
	var due []*orderRecord
	for _, g := range w.t.Plan.Goals {
		if o := w.orderAt(g.ID); o != nil && o.State == order.Placed {
			due = append(due, o)
		}
	}
	if len(due) > 0 {
		if err := w.captureAll(due); err != nil {
			return err
		}
	}
	if err := w.returnDifferences(); err != nil {
		return err
	}
	if err := w.payAtMerchants(); err != nil {
		return err
	}
	if err := w.compensateFailed(); err != nil {
		return err
	}
	if w.closing() {
		return nil
	}
	if err := w.showResults(); err != nil {
		return err
	}
	return w.conclude()
}

// undoOthers takes back what was ordered, the latest first, because one part failed and the person wanted all or nothing.
func (w *worker) undoOthers() error {
	for _, g := range slices.Backward(w.t.Plan.Goals) {
		o := w.orderAt(g.ID)
		if o == nil || o.State.Ended() {
			continue
		}
		if err := w.startUndo(o, order.Failed, string(fault.Cancelled), w.say("other_failed")); err != nil {
			return err
		}
		if err := w.undoOrder(g, o); err != nil {
			return err
		}
	}
	return nil
}

// capture pays one placed order.
func (w *worker) capture(g plan.GoalPlan, o *orderRecord) error {
	return w.captureAll([]*orderRecord{o})
}

// captureAll pays placed orders in one posting and fulfils them in the same commit.
func (w *worker) captureAll(orders []*orderRecord) error {
	var due []*orderRecord
	var prepays []store.Put
	for _, o := range orders {
		if o.Quote.Amount.IsZero() || !o.Paid.IsZero() {
			continue
		}
		due = append(due, o)
		if put, err := w.prepays.Pay(w.ctx, o.Quote.Payee, o.Quote.OrderRef, o.Quote.Amount); err == nil {
			prepays = append(prepays, put)
		}
	}
	edit := func(b *batch) {
		b.Puts = append(b.Puts, prepays...)
		for _, o := range due {
			o.Paid = o.Quote.Amount
			w.tellPayment(b, o, ledger.Captured)
		}
		for _, o := range orders {
			w.move(b, o, order.Fulfilled)
		}
	}
	if len(due) == 0 {
		return w.save(edit)
	}
	err := w.post(capturePosting(due...), edit, func() {
		for _, o := range orders {
			o.State = order.Placed
		}
		for _, o := range due {
			o.Paid.Minor, o.Paid.Currency = 0, ""
		}
	})
	if fault.Is(err, fault.Expired) {
		return w.heldTooLong(due)
	}
	return err
}

// heldTooLong undoes orders whose money was reserved for too long to be taken.
func (w *worker) heldTooLong(orders []*orderRecord) error {
	for _, o := range orders {
		g, _ := w.goal(o.Goal)
		err := w.save(func(b *batch) { w.failPart(b, g.ID, string(fault.Expired), w.say("fault_expired")) })
		if err == nil {
			err = w.startUndo(o, order.Failed, string(fault.Expired), w.say("fault_expired"))
		}
		if err == nil {
			err = w.undoOrder(g, o)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *worker) goal(id string) (plan.GoalPlan, bool) {
	for _, g := range w.t.Plan.Goals {
		if g.ID == id {
			return g, true
		}
	}
	return plan.GoalPlan{ID: id}, false
}

// compensateFailed drops the drafts and carts of goals that came to nothing, the latest first.
func (w *worker) compensateFailed() error {
	for _, g := range slices.Backward(w.t.Plan.Goals) {
		p, o := w.t.Parts[g.ID], w.orderAt(g.ID)
		if p == nil || (p.Failed == "" && w.t.Stop == "") || (o != nil && !o.State.Undone()) || !w.left(g) || w.cancelFailed(g) {
			continue
		}
		if _, err := w.cancelStep(g, false); err != nil {
			return err
		}
	}
	return nil
}

// left tells whether a step of the goal left something behind at the merchant.
func (w *worker) left(g plan.GoalPlan) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.t.Plan.Steps {
		row := w.steps[s.ID]
		if s.Goal == g.ID && s.Effect != "read" && row != nil && (row.State == assist.StepDone || row.State == assist.StepRunning && run.Harmless(s.Effect)) {
			return true
		}
	}
	return false
}

// cancelFailed tells whether the merchant was asked to cancel and did not.
func (w *worker) cancelFailed(g plan.GoalPlan) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	row := w.steps[w.cancelID(g)]
	return row != nil && row.State == assist.StepFailed
}

// requote tells whether a changed part is to be shown again; when that was done too often it fails instead.
func (w *worker) requote() bool {
	open := false
	for _, p := range w.t.Parts {
		open = open || (p.Changed && p.open())
	}
	return open && w.t.Requotes < MaxRequotes && !(w.t.Policy == order.AllOrNothing && w.anyFailed())
}

// again goes back for a fresh quote of the changed parts.
func (w *worker) again() error {
	return w.save(func(b *batch) {
		w.t.Requotes++
		w.t.Phase = phaseGather
		b.turn(w.t)
	})
}

// conclude ends the turn with what became of its goals.
func (w *worker) conclude() error {
	good, bad, code := 0, 0, ""
	var lines []string
	for _, g := range w.t.Plan.Goals {
		p, o := w.t.Parts[g.ID], w.orderAt(g.ID)
		switch {
		case p.Changed && p.open(): // shown again too often
			p.Failed, p.Why = string(fault.Changed), w.say("fault_changed")
			fallthrough
		case p.Failed != "" || (o != nil && o.State.Undone()):
			bad++
			code = either(code, p.Failed)
			lines = append(lines, w.say("part_failed", g.Title, either(p.Why, w.reasonOf(o, p))))
			if g.Amends != "" {
				lines = append(lines, w.amendStays(g))
			}
		default:
			good++
			lines = append(lines, w.partLine(g, o))
		}
	}
	text := joinLines(append(lines, w.leftWithout()...))
	if bad > 0 {
		code = either(code, string(fault.Cancelled))
	}
	switch {
	case good == 0 && (code == string(fault.Cancelled) || code == string(fault.Expired) || code == string(fault.NotFound)):
		return w.endAll(assist.OutcomeRefused, code, text)
	case good == 0:
		return w.endAll(assist.OutcomeFailed, code, text)
	case bad > 0:
		return w.endAll(assist.OutcomeDone, code, text)
	}
	return w.endAll(assist.OutcomeDone, "", text)
}

func (w *worker) reasonOf(o *orderRecord, p *part) string {
	if o != nil && o.Reason != "" {
		return o.Reason
	}
	return w.say("fault_" + either(p.Failed, string(fault.Cancelled)))
}

func (w *worker) partLine(g plan.GoalPlan, o *orderRecord) string {
	if o == nil {
		return w.say("part_answered", g.Title)
	}
	if g.Amends != "" {
		return w.amendLine(g, o)
	}
	if o.Quote.Amount.IsZero() {
		return w.say("part_done", g.Title)
	}
	key := "part_paid"
	if o.Quote.Sandbox {
		key = "part_paid_sandbox"
	}
	line := w.say(key, g.Title, o.Quote.Amount.String(), o.Quote.PayeeName)
	if page, waits := w.paysOnPage(g, o); waits {
		line += w.say("pay_on_page", o.Quote.PayeeName, page)
	}
	if o.Reason != "" {
		line += fmt.Sprintf(" (%s)", o.Reason)
	}
	return line
}

// endAll ends the turn; steps that were never finished are closed with it.
func (w *worker) endAll(outcome assist.Outcome, code, reply string) error {
	err := w.save(func(b *batch) {
		for _, s := range w.t.Plan.Steps {
			row := w.steps[s.ID]
			if row == nil || !slices.Contains([]assist.StepState{assist.StepQueued, assist.StepWaiting, assist.StepRunning}, row.State) {
				continue
			}
			row.State = assist.StepSkipped
			b.step(row)
			w.tellStep(b, row)
		}
	})
	if err != nil {
		return err
	}
	return w.end(outcome, code, reply)
}
