package desk

import (
	"fmt"
	"slices"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// undo takes everything of a stopped turn back, the latest first.
func (w *worker) undo() error {
	if w.t.Plan == nil {
		return w.end(w.stopOutcome(), w.t.Stop, w.say("stopped_"+w.t.Stop))
	}
	w.asks = nil
	late := run.Late(w.t.Plan)
	for _, g := range slices.Backward(w.t.Plan.Goals) {
		for _, s := range w.t.Plan.Steps {
			if s.Goal == g.ID && late[s.ID] {
				if err := w.settleUnknown(s); err != nil {
					return err
				}
			}
		}
		if len(w.asks) > 0 {
			return w.ask(w.asks[0], nil)
		}
		if err := w.undoGoal(g); err != nil {
			return err
		}
		if len(w.asks) > 0 {
			return w.ask(w.asks[0], nil)
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
	return w.concludeStop()
}

func (w *worker) undoGoal(g plan.GoalPlan) error {
	o := w.orderAt(g.ID)
	if o == nil || o.State.Undone() {
		return nil
	}
	person := w.t.Stop == string(fault.Cancelled)
	if o.State == order.Fulfilled && !person {
		return nil // paid for and delivered; nothing of it depends on what stopped
	}
	if o.State != order.Failing {
		to := order.Failed
		if person {
			to = order.Cancelled
		}
		if err := w.startUndo(o, to, w.t.Stop, w.say("stopped_"+w.t.Stop)); err != nil {
			return err
		}
	}
	return w.undoOrder(g, o)
}

// stopOutcome is how a stopped turn ends of which nothing came.
func (w *worker) stopOutcome() assist.Outcome {
	if w.t.Stop == string(fault.Internal) {
		return assist.OutcomeFailed
	}
	return assist.OutcomeRefused
}

// concludeStop ends a stopped turn and says what could not be taken back.
func (w *worker) concludeStop() error {
	outcome, lines := w.stopOutcome(), []string{w.say("stopped_" + w.t.Stop)}
	for _, g := range w.t.Plan.Goals {
		if o := w.orderAt(g.ID); o != nil && o.State == order.Fulfilled {
			outcome = assist.OutcomeDone
			lines = append(lines, w.partLine(g, o))
		}
	}
	return w.endAll(outcome, w.t.Stop, joinLines(append(lines, w.leftWithout()...)))
}

// startUndo stores the intent to take an order back before anything is done about it.
func (w *worker) startUndo(o *orderRecord, to order.State, code, why string) error {
	return w.save(func(b *batch) {
		o.Undo, o.Reason = &undoing{To: to, Code: code}, why
		if o.State == order.Confirmed || o.State == order.Failing {
			b.order(o)
			return
		}
		w.move(b, o, order.Failing)
	})
}

// undoOrder takes an order back at the merchant, then gives the money back. An order that the merchant has and that
// cannot be cancelled stands: what was confirmed for it is paid. It resumes where a crash left it.
func (w *worker) undoOrder(g plan.GoalPlan, o *orderRecord) error {
	if o.Undo == nil {
		return fault.New(fault.Internal, "order %s is being undone for no reason", o.ID)
	}
	if o.Undo.Code == string(fault.Changed) {
		return w.finishChanged(g, o)
	}
	bound := w.bound(g, o)
	f := gone
	if w.left(g) || w.cancelStarted(g) {
		var err error
		if f, err = w.cancelStep(g, bound); err != nil || (f == open && bound) {
			return err
		}
	}
	if bound && f == stays && !(o.Undo.To == order.Refunded && o.Quote.Sandbox) {
		return w.stands(o)
	}
	return w.giveBack(o, o.Undo.To, o.Undo.Code, o.Reason, nil)
}

// bound tells whether the merchant has an order that it believes to be final.
func (w *worker) bound(g plan.GoalPlan, o *orderRecord) bool {
	if !o.Paid.IsZero() {
		return true
	}
	late := run.Late(w.t.Plan)
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.t.Plan.Steps {
		if s.Goal == g.ID && late[s.ID] && w.steps[s.ID] != nil && w.steps[s.ID].State == assist.StepDone {
			return true
		}
	}
	return false
}

// stands keeps an order that cannot be undone: the merchant did its part, so it is paid as confirmed.
func (w *worker) stands(o *orderRecord) error {
	why := w.cannotCancel(o)
	old, err := w.amended(o)
	if err != nil {
		return err
	}
	edit := func(b *batch) {
		w.amends(b, old, o.ID)
		o.Undo, o.Reason = nil, why
		if o.Paid.IsZero() && !o.Quote.Amount.IsZero() {
			o.Paid = o.Quote.Amount
			w.tellPayment(b, o, ledger.Captured)
		}
		w.move(b, o, order.Fulfilled)
	}
	if o.Quote.Amount.IsZero() || !o.Paid.IsZero() {
		return w.save(edit)
	}
	info, err := w.Ledger.HoldOf(w.ctx, o.Hold)
	if fault.Is(err, fault.NotFound) || err == nil && info.State != ledger.Held {
		return w.giveBack(o, order.Failed, o.Undo.Code, w.say("stands_unpaid", o.Quote.PayeeName), nil) // nothing was held for it
	}
	if err != nil {
		return err
	}
	undo := *o.Undo
	err = w.post(capturePosting(o), edit, func() { o.State, o.Undo, o.Paid = order.Failing, &undo, money.Amount{} })
	if fault.Is(err, fault.Expired) {
		return w.giveBack(o, order.Failed, string(fault.Expired), why, nil)
	}
	return err
}

// cannotCancel says that an order stands, with what the merchant said of it.
func (w *worker) cannotCancel(o *orderRecord) string {
	g, _ := w.goal(o.Goal)
	w.mu.Lock()
	defer w.mu.Unlock()
	if row := w.steps[w.cancelID(g)]; row != nil && row.State == assist.StepFailed && row.Note != "" {
		return w.say("cannot_cancel_why", o.Quote.PayeeName, row.Note)
	}
	return w.say("cannot_cancel", o.Quote.PayeeName)
}

// backOf is how much of what was paid goes back when the person cancels: what the merchant's own answer to the
// cancellation says, else all. Nobody else's reason to undo an order costs the person a fee.
func (w *worker) backOf(o *orderRecord, left money.Amount) money.Amount {
	g, ok := w.goal(o.Goal)
	if !ok || g.Cancel == nil || o.Undo == nil || o.Undo.Code != string(fault.Cancelled) || o.Undo.To == order.Failed {
		return left
	}
	w.mu.Lock()
	row := w.steps[w.cancelID(g)]
	w.mu.Unlock()
	svc, found := w.service(w.ctx, g.Cancel.Service)
	c, known := svc.Capability(g.Cancel.Skill, g.Cancel.Capability)
	if row == nil || row.State != assist.StepDone || row.Result == nil || !found || !known {
		return left
	}
	back, _ := quote.Returned(c, svc, *row.Result, left)
	return back
}

func orElse(a, b money.Amount) money.Amount {
	if !a.IsZero() {
		return a
	}
	return b
}

// giveBack releases or refunds what an order holds, whatever the ledger says that is, and ends the order in the same commit.
func (w *worker) giveBack(o *orderRecord, to order.State, code, why string, also func(*batch)) error {
	if o.Quote.Amends != "" && w.t.Phase == phaseTask {
		return w.giveAllBack(o, to, why)
	}
	old, err := w.amended(o)
	if err != nil {
		return err
	}
	info, err := w.Ledger.HoldOf(w.ctx, o.Hold)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	var back, kept money.Amount
	status := ledger.HoldState("")
	p := ledger.Posting{Memo: memo(o)}
	switch info.State {
	case ledger.Held:
		p.Key, p.Op, status = o.ID+"/void", ledger.Void, ledger.Voided
		p.Legs = []ledger.Leg{{ID: o.Hold}}
	case ledger.Captured:
		left := money.Of(info.Captured-info.Refunded, info.Held.Currency)
		back = w.backOf(o, left)
		p.Key, p.Op, status = o.ID+"/refund", ledger.Refund, ledger.Refunded
		p.Legs = []ledger.Leg{{ID: o.Hold, Amount: back}}
		if kept = money.Of(left.Minor-back.Minor, left.Currency); !kept.IsZero() {
			why = w.say("fee_kept", o.Quote.PayeeName, kept.String(), back.String())
		}
		if back.IsZero() {
			p.Legs, status = nil, ""
		}
	case ledger.Voided:
		status = ledger.Voided
	}
	was := *o
	edit := func(b *batch) {
		o.Undo, o.Reason, o.Back, o.Kept = nil, why, back, kept
		w.move(b, o, to)
		w.amends(b, old, "")
		if status != "" {
			w.tellPaid(b, o, status, orElse(back, o.Quote.Amount))
		}
		if also != nil {
			also(b)
		}
	}
	if len(p.Legs) == 0 {
		return w.save(edit)
	}
	err = w.post(p, edit, func() { version := o.version; *o = was; o.version = version })
	switch {
	case fault.Is(err, fault.Expired): // released by itself meanwhile
		return w.save(edit)
	case fault.Is(err, fault.Funds): // the merchant's account does not cover it: the order stays paid, and says so
		return w.save(func(b *batch) {
			o.Undo, o.Reason = nil, w.say("refund_uncovered", o.Quote.PayeeName)
			w.move(b, o, order.Fulfilled)
		})
	}
	return err
}

// changed stops a part whose merchant says something else than what was confirmed.
func (w *worker) changed(g plan.GoalPlan, o *orderRecord, seen order.Quote) error {
	err := w.save(func(b *batch) {
		o.Undo, o.Reason = &undoing{To: order.Failed, Code: string(fault.Changed)}, w.say("fault_changed")
		w.move(b, o, order.Failing)
		w.t.Parts[g.ID].Seen = &seen
		b.turn(w.t)
	})
	if err != nil {
		return err
	}
	return w.finishChanged(g, o)
}

// finishChanged cancels the changed order at the merchant, gives the money back and makes the part ready to be quoted and
// confirmed anew. An order that cannot be cancelled stands at the merchant, unpaid, until the person says yes or no to the new terms.
func (w *worker) finishChanged(g plan.GoalPlan, o *orderRecord) error {
	f, err := w.cancelStep(g, true)
	if err != nil || f == open {
		return err
	}
	paid := !o.Paid.IsZero()
	return w.giveBack(o, order.Failed, string(fault.Changed), w.say("fault_changed"), func(b *batch) {
		p := w.t.Parts[g.ID]
		p.Order, p.Changed, p.Stands = "", true, f == stays && !paid
		if !p.Stands {
			p.Try++
			w.reset(b, g)
		}
		b.turn(w.t)
	})
}

// reset queues the goal's steps for another run, which is another intent and so has other call ids.
func (w *worker) reset(b *batch, g plan.GoalPlan) {
	for _, s := range w.t.Plan.Steps {
		row := w.steps[s.ID]
		if s.Goal != g.ID || row == nil {
			continue
		}
		try := row.Try + 1
		row.Entry = run.Entry{Turn: row.Turn, Step: row.Step, Goal: row.Goal, Title: row.Title, Effect: row.Effect, State: assist.StepQueued, Try: try}
		b.step(row)
		w.tellStep(b, row)
	}
	delete(w.t.Answers, unknownKey(g.Final))
}

func (w *worker) cancelID(g plan.GoalPlan) string {
	return fmt.Sprintf("%s%s%d", g.ID, cancelMark, w.t.Parts[g.ID].Try)
}

func (w *worker) cancelStarted(g plan.GoalPlan) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.steps[w.cancelID(g)] != nil
}

// cancelStep has the merchant drop what the goal's steps made, journalled like any other step. It returns whether the
// merchant has it no more. Asking to cancel twice is harmless, so it is repeated after a crash. Where the merchant
// neither confirms nor refuses and cannot be asked, the person is, if money depends on it (bound): then it is open.
func (w *worker) cancelStep(g plan.GoalPlan, bound bool) (fate, error) {
	by := w.takenBackBy(g)
	if by == nil {
		return stays, nil
	}
	s := *by
	s.ID, s.Goal = w.cancelID(g), g.ID
	w.mu.Lock()
	row, started := w.steps[s.ID], w.steps[s.ID] != nil
	resolved, err := plan.Resolve(s, run.Results(w.entries()))
	w.mu.Unlock()
	switch {
	case started && row.State == assist.StepDone:
		return gone, nil
	case err != nil:
		return stays, nil // there is nothing that could be named to the merchant
	}
	if later, err := w.supplanted(g, by); later || err != nil {
		return gone, err
	}
	switch w.t.Answers[unknownKey(s.ID)] {
	case "yes":
		return gone, w.cancelled(g, row, track.Result{}, gone)
	case "no":
		return stays, w.cancelled(g, row, track.Result{}, stays)
	}
	err = w.save(func(b *batch) {
		row = w.begin(b, s, resolved.Args)
	})
	if err != nil {
		return stays, err
	}
	var result track.Result
	for range MaxAttempts {
		if result, err = w.call(s, resolved.Args, w.doorsFor(s)); err == nil || !run.Repeatable(err) {
			break
		}
	}
	f := w.fateOf(s, result, err)
	if f == open {
		if bound && !w.closing() {
			w.askUnknown(s, w.say("unknown_cancel", w.serviceName(s.Service)), "unknown_cancel_", "yes")
		}
		return open, nil
	}
	return f, w.cancelled(g, row, result, f)
}

// fate of what a merchant was asked to cancel.
type fate int

const (
	stays fate = iota
	gone
	open // nobody knows yet
)

func (w *worker) fateOf(s plan.Step, r track.Result, err error) fate {
	switch {
	case err == nil && !run.Refused(r):
		return gone
	case err == nil || run.OutcomeOf(err) == run.NotDone:
		return stays
	}
	switch verdict, _ := w.lookOnce(s); verdict {
	case run.DidNot:
		return gone
	case run.Happened:
		return stays
	}
	return open
}

func (w *worker) cancelled(g plan.GoalPlan, row *step, result track.Result, f fate) error {
	return w.save(func(b *batch) {
		row.State, row.Finished = assist.StepFailed, w.Clock().UTC()
		row.Note = w.oneScript(wordsOf(result))
		if f == gone {
			kept := keep(result)
			row.State, row.Result = assist.StepDone, &kept
		}
		b.step(row)
		w.tellStep(b, row)
		for _, s := range w.t.Plan.Steps {
			done := w.steps[s.ID]
			if f == gone && s.Goal == g.ID && s.Effect != "read" && done != nil && done.State == assist.StepDone {
				done.State = assist.StepCompensated
				b.step(done)
				w.tellStep(b, done)
			}
		}
	})
}
