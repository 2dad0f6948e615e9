package desk

import (
	"slices"
	"sync"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// place has the merchants carry the held orders out, judges what they say against what was confirmed, and settles.
// Under all-or-nothing, orders that can be cancelled go first and the others one by one, so that as little as
// possible has to be undone.
func (w *worker) place() error {
	w.asks = nil
	for _, wave := range w.waves() {
		if err := w.placeAll(wave); err != nil {
			return err
		}
		if len(w.asks) > 0 {
			return w.ask(w.asks[0], nil)
		}
		if w.t.Policy == order.AllOrNothing && w.anyFailed() {
			break
		}
	}
	if stopped, err := w.obeyStop(); stopped || err != nil {
		return err
	}
	if w.closing() {
		return nil
	}
	if w.requote() {
		return w.again()
	}
	if ready, err := w.takeBackSecured(); !ready || err != nil {
		return err
	}
	return w.settle()
}

// closing tells that the desk closes or the turn is lost: what is not finished is left for the next start.
func (w *worker) closing() bool { return w.ctx.Err() != nil }

// waves orders the goals that are to be placed.
func (w *worker) waves() [][]plan.GoalPlan {
	var first []plan.GoalPlan
	var rest [][]plan.GoalPlan
	for _, g := range w.t.Plan.Goals {
		o := w.orderOf(g.ID)
		if o == nil || (o.State != order.Held && o.State != order.Placing && o.State != order.Failing) {
			continue
		}
		if w.t.Policy != order.AllOrNothing || g.Cancel != nil {
			first = append(first, g)
		} else {
			rest = append(rest, []plan.GoalPlan{g})
		}
	}
	return append([][]plan.GoalPlan{first}, rest...)
}

func (w *worker) anyFailed() bool {
	for _, p := range w.t.Parts {
		if p.Quote != nil && p.Failed != "" {
			return true
		}
	}
	return false
}

func (w *worker) placeAll(goals []plan.GoalPlan) error {
	errs := make([]error, len(goals))
	slots := make(chan struct{}, MaxParallel)
	var all sync.WaitGroup
	for i, g := range goals {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			errs[i] = shielded(func() error { return w.placeOne(g) })
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// placeOne runs the lasting steps of one goal, one after the other.
func (w *worker) placeOne(g plan.GoalPlan) error {
	late := run.Late(w.t.Plan)
	o := w.orderAt(g.ID)
	if o.State == order.Failing {
		return w.undoOrder(g, o)
	}
	for _, s := range w.t.Plan.Steps {
		if s.Goal != g.ID || !late[s.ID] {
			continue
		}
		if err := w.settleUnknown(s); err != nil {
			return err
		}
		if w.interrupted() && w.state(s.ID) == assist.StepQueued {
			return nil
		}
		if err := w.runSteps([]plan.Step{s}, func(plan.Step) bool { return true }); err != nil {
			return err
		}
		if err := w.settleUnknown(s); err != nil {
			return err
		}
		switch w.state(s.ID) {
		case assist.StepDone:
		case assist.StepFailed, assist.StepSkipped:
			if w.isOpen(s.ID) {
				return w.mendPlaced(g, o, s)
			}
			return w.failOrder(g, o)
		default:
			return nil // waits for the person, or for the next start
		}
	}
	return w.judge(g, o)
}

func (w *worker) orderAt(goal string) *orderRecord {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.orderOf(goal)
}

func (w *worker) state(step string) assist.StepState {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.steps[step].State
}

// failOrder ends an order that the merchant certainly did not carry out: the money goes back.
func (w *worker) failOrder(g plan.GoalPlan, o *orderRecord) error {
	p := w.t.Parts[g.ID]
	code := either(p.Failed, string(fault.Merchant))
	return w.giveBack(o, order.Failed, code, either(p.Why, w.say("fault_"+code)), nil)
}

// judge compares what the merchant says of its order with what was confirmed, and pays only if it is the same.
func (w *worker) judge(g plan.GoalPlan, o *orderRecord) error {
	result := w.finalResult(g)
	if state, ok := quote.Status(result, nil); ok && (state == quote.Failed || state == quote.Cancelled || state == quote.Refunded) {
		if err := w.save(func(b *batch) { w.failPart(b, g.ID, string(fault.Merchant), firstText(result)) }); err != nil {
			return err
		}
		return w.failOrder(g, o)
	}
	if g.Final == "" && !w.hasLate(g) {
		return w.payPending(g, o, result)
	}
	if seen, differs := w.differing(g, o); differs {
		return w.changed(g, o, seen)
	}
	return w.placed(g, o, result)
}

func (w *worker) hasLate(g plan.GoalPlan) bool {
	late := run.Late(w.t.Plan)
	return slices.ContainsFunc(w.t.Plan.Steps, func(s plan.Step) bool { return s.Goal == g.ID && late[s.ID] })
}

// finalResult is the merchant's answer to the order: that of the final step, else of the one that ended the goal.
func (w *worker) finalResult(g plan.GoalPlan) track.Result {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s, ok := w.lastStep(g); ok {
		if row := w.steps[s.ID]; row != nil && row.Result != nil {
			return *row.Result
		}
	}
	return track.Result{}
}

// lastStep is the step whose answer is the merchant's last word on the goal's order.
func (w *worker) lastStep(g plan.GoalPlan) (*plan.Step, bool) {
	if s, ok := w.t.Plan.Step(g.Final); ok {
		return s, true
	}
	late := run.Late(w.t.Plan)
	for _, s := range slices.Backward(w.t.Plan.Steps) {
		if s.Goal == g.ID && late[s.ID] {
			return w.t.Plan.Step(s.ID)
		}
	}
	return w.t.Plan.Step(g.End)
}

// differing reads only what the merchant itself says in its final answer: what it leaves out cannot differ.
func (w *worker) differing(g plan.GoalPlan, o *orderRecord) (order.Quote, bool) {
	if g.Amends != "" {
		return w.amendedDiffers(g, o)
	}
	s, ok := w.lastStep(g)
	svc, found := w.service(w.ctx, o.Quote.Service)
	if !ok || !found {
		return order.Quote{}, false
	}
	c, ok := svc.Capability(s.Skill, s.Capability)
	if !ok {
		return order.Quote{}, false
	}
	said, ok := quote.Read(c, g, *s, nil, w.finalResult(g), nil, svc)
	if !ok || len(order.Differences(o.Quote, said)) == 0 {
		return order.Quote{}, false
	}
	seen := o.Quote // everything the merchant does not repeat stays as it was
	seen.Amount = said.Amount
	seen.Payee = said.Payee
	if len(said.Lines) > 0 {
		seen.Lines = counted(said.Lines, o.Quote.Lines)
	}
	seen.Address, seen.Time = either(said.Address, seen.Address), either(said.Time, seen.Time)
	seen.Expires = said.Expires
	return seen, true
}

// counted are the lines of a merchant's answer, with the quantities that were confirmed where the answer tells none.
func counted(said, confirmed []order.Line) []order.Line {
	out := slices.Clone(said)
	for i, l := range out {
		if l.Quantity > 0 {
			continue
		}
		out[i].Quantity = 1
		if len(said) == 1 && len(confirmed) == 1 {
			out[i].Quantity = confirmed[0].Quantity
		}
	}
	return out
}

// placed notes that the merchant took the order as confirmed. Where the parts do not depend on each other it is captured at once.
func (w *worker) placed(g plan.GoalPlan, o *orderRecord, r track.Result) error {
	old, err := w.amended(o)
	if err != nil {
		return err
	}
	err = w.save(func(b *batch) {
		o.Result = r.Structured
		w.move(b, o, order.Placed)
		w.amends(b, old, o.ID)
	})
	if err != nil || w.t.Policy == order.AllOrNothing {
		return err
	}
	return w.capture(g, o)
}

// payPending pays an order that the merchant keeps waiting for its payment: it must be registered with exactly this
// amount, except in the merchant's sandbox.
func (w *worker) payPending(g plan.GoalPlan, o *orderRecord, r track.Result) error {
	if !o.Paid.IsZero() {
		return w.placed(g, o, r)
	}
	_, err := w.prepays.Pay(w.ctx, o.Quote.Payee, o.Quote.OrderRef, o.Quote.Amount)
	notThere := fault.Is(err, fault.NotFound)
	switch {
	case err == nil || (notThere && (o.Quote.Sandbox || o.Quote.Amount.IsZero())):
		// looked at again, and marked as paid, in the commit that captures
		return w.placed(g, o, r)
	case notThere && g.Pay != nil: // a merchant may register an order only when it comes to paying it
		if _, err := w.payStep(g, o); err != nil || w.closing() {
			return err
		}
		if !o.Paid.IsZero() {
			return w.placed(g, o, r)
		}
	case !notThere && !slices.Contains([]fault.Code{fault.Changed, fault.Conflict, fault.Expired}, fault.CodeOf(err)):
		return err
	}
	w.Log.Warn("a pending order could not be paid", "turn", w.t.ID, "order", o.ID, "error", err)
	code := string(fault.CodeOf(err))
	why := w.say("not_registered", o.Quote.PayeeName)
	if err := w.save(func(b *batch) { w.failPart(b, g.ID, code, why) }); err != nil {
		return err
	}
	return w.giveBack(o, order.Failed, code, why, nil)
}
