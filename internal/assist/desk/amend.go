package desk

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// An order may be changed at its merchant instead of being taken back and ordered anew. The change is an order of its own
// in the books: its amount is what is paid more, or its Back what goes back of the payments before; what the merchant has
// is still one order, which the later one stands for. The earlier one then names the later (Into) and is not touched
// any more. What is paid for all of it lies in the holds of the whole chain.

// wholeOf is what everything that an order stands for costs.
func wholeOf(q order.Quote) money.Amount {
	if q.Amends != "" {
		return q.Whole
	}
	return q.Amount
}

// amendQuote says what an order will be and cost when it is changed, before the merchant changes it.
func (w *worker) amendQuote(g plan.GoalPlan) (order.Quote, string) {
	old, err := w.order(w.ctx, w.t.Person, g.Amends)
	if err != nil || old.State != order.Fulfilled || old.Into != "" {
		return order.Quote{}, w.say("amend_gone")
	}
	svc, found := w.service(w.ctx, w.serviceOf(g))
	s, ok := w.t.Plan.Step(g.Final)
	c, known := svc.Capability(s.Skill, s.Capability)
	if !found || !ok || !known {
		return order.Quote{}, w.say("fault_not_found")
	}
	final, err := w.resolveFinal(*s)
	if err != nil {
		return order.Quote{}, w.reason(err)
	}
	q := old.Quote
	q.Goal, q.Lines, q.Details, q.Expires = g.ID, slices.Clone(q.Lines), nil, time.Time{}
	facts := quote.Facts(c, svc, final.Args, track.Result{})
	q.Address, q.Time, q.About = either(facts.Address, q.Address), clockTime(facts.Time), facts.About
	for _, p := range final.Picked {
		q.Time = either(q.Time, clockTime(quote.Facts(c, svc, nil, track.Result{Structured: p.Element}).Time))
	}
	whole := w.newWhole(g, &q)
	for _, at := range g.Alters {
		q.Details = append(q.Details, alteredDetails(c.Input, final.Args, at)...)
	}
	w.inOneScript(&q)
	q.Amends = old.ID
	w.owe(&q, wholeOf(old.Quote), whole)
	return q, ""
}

// timeForm tells a time from the number of a slot.
var timeForm = regexp.MustCompile(`\d{1,2}:\d{2}|\d{4}[-/年]\d{1,2}|\d月\d|\d点`)

func clockTime(s string) string {
	if timeForm.MatchString(s) {
		return s
	}
	return ""
}

// newWhole is what the changed order will cost in all, as far as it can be known: as the merchant quotes the change, else
// by the prices of what was chosen, else by the number of things; else it stays.
func (w *worker) newWhole(g plan.GoalPlan, q *order.Quote) money.Amount {
	whole := wholeOf(*q)
	read, known := w.quoteFor(g)
	known = known && read.Amount.Currency == whole.Currency
	if s, ok := w.t.Plan.Step(g.End); ok {
		if result, done := w.resultOf(g.End); done {
			if now, ok := w.statedWhole(*s, g, result, whole); ok {
				read.Amount, known = now, true
			}
		}
	}
	switch {
	case known:
		q.Estimated, q.Guessed, q.Expires = read.Estimated, read.Guessed, read.Expires
		if len(read.Lines) > 0 {
			q.Lines = read.Lines
		}
		return read.Amount
	case g.Count != nil:
		return scale(q, whole, *g.Count)
	}
	return whole
}

// statedWhole reads from a merchant's answer about a change what the order costs in all with it: a difference that it
// states is added to what it cost before.
func (w *worker) statedWhole(s plan.Step, g plan.GoalPlan, r track.Result, before money.Amount) (money.Amount, bool) {
	svc, found := w.service(w.ctx, s.Service)
	c, known := svc.Capability(s.Skill, s.Capability)
	if !found || !known {
		return before, false
	}
	said, total := quote.Read(c, g, s, nil, r, nil, svc)
	more, stated, fee := quote.Owed(c, svc, r, before.Currency)
	switch {
	case stated && !(fee && total):
		return money.Of(max(before.Minor+more, 0), before.Currency), true
	case total && said.Amount.Currency == before.Currency:
		return said.Amount, true
	}
	return before, false
}

// scale makes a quote one for another number of the same things.
func scale(q *order.Quote, whole money.Amount, n plan.Count) money.Amount {
	i := slices.IndexFunc(q.Lines, func(l order.Line) bool { return l.Quantity == n.Before })
	if i < 0 && len(q.Lines) == 1 {
		i = 0
	}
	if i < 0 {
		return whole
	}
	q.Estimated = true
	l := &q.Lines[i]
	was := l.Amount
	l.Amount = was * int64(n.After) / int64(max(n.Before, 1))
	if l.Quantity == n.Before {
		l.Quantity = n.After
	}
	return money.Of(whole.Minor+l.Amount-was, whole.Currency)
}

// owe makes a quote one for the difference: what is paid more, or what goes back.
func (w *worker) owe(q *order.Quote, before, after money.Amount) {
	q.Whole, q.Back = after, money.Amount{}
	q.Amount = money.Of(max(after.Minor-before.Minor, 0), before.Currency)
	if after.Minor < before.Minor {
		q.Back = money.Of(before.Minor-after.Minor, before.Currency)
	}
	q.Details = slices.DeleteFunc(q.Details, func(d order.Detail) bool {
		return d.Label == w.say("amend_before") || d.Label == w.say("amend_after") || d.Label == w.say("amend_back")
	})
	if before.IsZero() && after.IsZero() {
		return
	}
	q.Details = append(q.Details, order.Detail{Label: w.say("amend_before"), Value: before.String()}, order.Detail{Label: w.say("amend_after"), Value: after.String()})
	if !q.Back.IsZero() {
		q.Details = append(q.Details, order.Detail{Label: w.say("amend_back"), Value: q.Back.String()})
	}
}

// alteredDetails tells, for people, what an input of a change says.
func alteredDetails(in *catalog.Schema, args map[string]any, at string) []order.Detail {
	var v any = args
	var p catalog.Property
	for _, name := range strings.Split(at, ".") {
		m, ok := v.(map[string]any)
		sub, known := in.Property(name)
		if !ok || !known {
			return nil
		}
		v, p, in = m[name], catalog.Property{Name: name, Schema: sub}, sub
	}
	switch v.(type) {
	case string, float64, int:
		if run.Identifies(p.Name) {
			return nil // a number of the merchant's tells people nothing
		}
		return []order.Detail{{Label: labelOf(p), Value: clip(quote.Label(p.Schema, v), MaxNote)}}
	}
	return nil
}

func (w *worker) resultOf(step string) (track.Result, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if row := w.steps[step]; row != nil && row.State == assist.StepDone && row.Result != nil {
		return *row.Result, true
	}
	return track.Result{}, false
}

// amendedDiffers compares what the merchant says of a change with what was confirmed. What it leaves out cannot differ.
func (w *worker) amendedDiffers(g plan.GoalPlan, o *orderRecord) (order.Quote, bool) {
	s, ok := w.t.Plan.Step(g.Final)
	result, done := w.resultOf(g.Final)
	old, err := w.order(w.ctx, w.t.Person, g.Amends)
	if !ok || !done || err != nil {
		return order.Quote{}, false
	}
	svc, _ := w.service(w.ctx, s.Service)
	c, _ := svc.Capability(s.Skill, s.Capability)
	before := wholeOf(old.Quote)
	seen, facts := o.Quote, quote.Facts(c, svc, nil, result)
	whole, stated := w.statedWhole(*s, g, result, before)
	differs := stated && whole != o.Quote.Whole && !(o.Quote.Amount.Minor > 0 && whole == o.Quote.Amount) // it may state only what is paid more
	for _, d := range order.Differences(o.Quote, order.Quote{Address: facts.Address, Time: facts.Time}) {
		differs = true
		switch d.What {
		case "address":
			seen.Address = facts.Address
		case "time":
			seen.Time = facts.Time
		}
	}
	if !differs {
		return order.Quote{}, false
	}
	seen.Details = slices.Clone(seen.Details)
	if stated {
		w.owe(&seen, before, whole)
	}
	return seen, true
}

// amends puts into the batch that an order stands for the one that it changed, or does not any more.
func (w *worker) amends(b *batch, old *orderRecord, into string) {
	if old == nil {
		return
	}
	old.Into, old.Updated = into, w.Clock().UTC()
	b.order(old)
}

// amended is the order that o changes; nil where it changes none.
func (w *worker) amended(o *orderRecord) (*orderRecord, error) {
	if o.Quote.Amends == "" {
		return nil, nil
	}
	return w.order(w.ctx, o.Person, o.Quote.Amends)
}

// chain are an order and those that it changed, the latest first.
func (d *Desk) chain(ctx context.Context, o *orderRecord) ([]*orderRecord, error) {
	out := []*orderRecord{o}
	for len(out) < maxAmends && o.Quote.Amends != "" {
		var err error
		if o, err = d.order(ctx, o.Person, o.Quote.Amends); err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

// backLegs spreads an amount over what is left of the payments for a chain of orders, the latest first.
func (d *Desk) backLegs(ctx context.Context, chain []*orderRecord, amount int64) ([]ledger.Leg, error) {
	var out []ledger.Leg
	for _, o := range chain {
		info, err := d.Ledger.HoldOf(ctx, o.Hold)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if n := min(info.Captured-info.Refunded, amount); info.State == ledger.Captured && n > 0 {
			out = append(out, ledger.Leg{ID: o.Hold, Amount: money.Of(n, info.Held.Currency)})
			amount -= n
		}
	}
	return out, nil
}

// returnDifferences gives back what changed orders cost less, once their merchants changed them.
func (w *worker) returnDifferences() error {
	for _, g := range w.t.Plan.Goals {
		o := w.orderAt(g.ID)
		if o == nil || o.State != order.Fulfilled || o.Quote.Back.IsZero() || !o.Back.IsZero() || w.closing() {
			continue
		}
		chain, err := w.chain(w.ctx, o)
		if err != nil {
			return err
		}
		legs, err := w.backLegs(w.ctx, chain[1:], o.Quote.Back.Minor)
		if err != nil {
			return err
		}
		if len(legs) == 0 {
			continue
		}
		p := ledger.Posting{Key: o.ID + "/difference", Op: ledger.Refund, Memo: memo(o), Legs: legs}
		err = w.post(p, func(b *batch) {
			o.Back = o.Quote.Back
			b.order(o)
			w.tellPaid(b, o, ledger.Refunded, o.Back)
		}, func() { o.Back = money.Amount{} })
		if fault.Is(err, fault.Funds) {
			err = w.save(func(b *batch) { o.Reason = w.say("refund_uncovered", o.Quote.PayeeName); b.order(o) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// giveAllBack ends an order that changed others, with all that was paid for it and for them.
func (w *worker) giveAllBack(o *orderRecord, to order.State, why string) error {
	chain, err := w.chain(w.ctx, o)
	if err != nil {
		return err
	}
	legs, err := w.backLegs(w.ctx, chain, money.MaxMinor)
	if err != nil {
		return err
	}
	var left money.Amount
	for _, l := range legs {
		left = money.Of(left.Minor+l.Amount.Minor, l.Amount.Currency)
	}
	back := w.backOf(o, left)
	if legs, err = w.backLegs(w.ctx, chain, back.Minor); err != nil {
		return err
	}
	kept := money.Of(left.Minor-back.Minor, left.Currency)
	if !kept.IsZero() {
		why = w.say("fee_kept", o.Quote.PayeeName, kept.String(), back.String())
	}
	was := *o
	edit := func(b *batch) {
		o.Undo, o.Reason, o.Kept = nil, why, kept
		o.Back = money.Of(o.Back.Minor+back.Minor, back.Currency)
		w.move(b, o, to)
		if !back.IsZero() {
			w.tellPaid(b, o, ledger.Refunded, back)
		}
	}
	if back.IsZero() {
		return w.save(edit)
	}
	p := ledger.Posting{Key: o.ID + "/refund", Op: ledger.Refund, Memo: memo(o), Legs: legs}
	err = w.post(p, edit, func() { version := o.version; *o = was; o.version = version })
	if fault.Is(err, fault.Funds) {
		return w.save(func(b *batch) {
			o.Undo, o.Reason = nil, w.say("refund_uncovered", o.Quote.PayeeName)
			w.move(b, o, order.Fulfilled)
		})
	}
	return err
}

// takenBackBy is the step that undoes what a goal did: while its turn is under way a change is only made undone; the whole
// order is taken back when the person says so afterwards.
func (w *worker) takenBackBy(g plan.GoalPlan) *plan.Step {
	if g.Amends != "" && w.t.Phase != phaseTask {
		return g.Revert
	}
	return g.Cancel
}

// amendLine says what a change came to.
func (w *worker) amendLine(g plan.GoalPlan, o *orderRecord) string {
	line := w.say("amend_done", o.Quote.PayeeName, linesOf(o.Quote))
	switch {
	case !o.Quote.Amount.IsZero():
		line = w.say("amend_done_more", o.Quote.PayeeName, linesOf(o.Quote), o.Quote.Amount.String())
	case !o.Back.IsZero():
		line = w.say("amend_done_back", o.Quote.PayeeName, linesOf(o.Quote), o.Back.String())
	}
	if o.Reason != "" {
		line += fmt.Sprintf(" (%s)", o.Reason)
	}
	return line
}

// amendStays says that an order which was to be changed is as it was.
func (w *worker) amendStays(g plan.GoalPlan) string {
	old, err := w.Desk.Order(w.ctx, w.t.Person, g.Amends)
	if err != nil || old.State.Undone() || old.Into != "" {
		return ""
	}
	return w.say("amend_stays", old.Quote.PayeeName, linesOf(old.Quote), wholeOf(old.Quote).String())
}
