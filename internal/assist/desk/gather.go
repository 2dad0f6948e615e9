package desk

import (
	"slices"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
)

// gather runs everything that may run before the confirmation, asks what came up, and shows the bundle.
func (w *worker) gather() error {
	if err := w.redo(); err != nil {
		return err
	}
	late := run.Late(w.t.Plan)
	w.asks, w.nothing = w.offered(), nil
	if len(w.asks) > 0 {
		return w.ask(w.asks[0], nil)
	}
	err := w.runSteps(w.t.Plan.Steps, func(s plan.Step) bool {
		p := w.t.Parts[s.Goal]
		return !late[s.ID] && p.open() && !p.Stands
	})
	if err != nil || w.interrupted() {
		return err
	}
	if len(w.asks) == 0 {
		err = w.foresee()
	}
	if err != nil {
		return err
	}
	if mended, err := w.mend(); mended || err != nil {
		return err // looked at again from the start
	}
	if len(w.asks) > 0 {
		return w.ask(w.asks[0], nil)
	}
	if more, err := w.driveOn(); more || err != nil {
		return err
	}
	if err := w.readQuotes(late); err != nil {
		return err
	}
	if err := w.showAnswers(); err != nil {
		return err
	}
	if w.t.Bundle != nil {
		return w.to(phaseConfirm)
	}
	return w.to(phasePlace)
}

// to moves the turn on.
func (w *worker) to(p phase) error {
	return w.save(func(b *batch) {
		w.t.Phase = p
		b.turn(w.t)
	})
}

// buys tells whether a goal ends in something to be confirmed: an order, or a step that cannot be taken back.
func buys(g plan.GoalPlan, p *plan.Plan, late map[string]bool) bool {
	return g.Order || g.Final != "" || slices.ContainsFunc(p.Steps, func(s plan.Step) bool { return s.Goal == g.ID && late[s.ID] })
}

// open tells whether a goal still is to be quoted.
func (p *part) open() bool { return p != nil && p.Failed == "" && p.Order == "" }

// readQuotes reads what each open goal will cost. What a service says of its payee is not asked: the catalogue knows it.
func (w *worker) readQuotes(late map[string]bool) error {
	quotes := map[string]order.Quote{}
	failed := map[string]string{}
	for _, g := range w.t.Plan.Goals {
		if p := w.t.Parts[g.ID]; !p.open() || !buys(g, w.t.Plan, late) {
			continue
		}
		q, why := w.quoteOf(g)
		if why != "" {
			failed[g.ID] = why
			continue
		}
		quotes[g.ID] = q
	}
	w.oneCurrency(quotes, failed)
	return w.save(func(b *batch) {
		for _, g := range w.t.Plan.Goals {
			if why, ok := failed[g.ID]; ok {
				w.failPart(b, g.ID, string(fault.Merchant), why)
			}
		}
		w.t.Bundle = w.bundle(quotes)
		b.turn(w.t)
	})
}

func (w *worker) quoteOf(g plan.GoalPlan) (order.Quote, string) {
	p := w.t.Parts[g.ID]
	if p.Stands {
		return *p.Seen, ""
	}
	if g.Amends != "" {
		q, why := w.amendQuote(g)
		if p.Changed && p.Seen != nil && why == "" {
			q = *p.Seen
		}
		return q, why
	}
	q, ok := w.quoteFor(g)
	switch {
	case !ok && w.priced(g):
		return q, w.say("no_price")
	case !ok:
		q = order.Quote{Lines: []order.Line{{Title: g.Title, Quantity: 1}}}
	}
	svc, found := w.service(w.ctx, w.serviceOf(g))
	if !found {
		return q, w.say("fault_not_found")
	}
	w.inOneScript(&q)
	if q.Guessed {
		q.Details = append(q.Details, order.Detail{Label: w.say("unit_label"), Value: w.say("unit_guess")})
	}
	w.bind(&q, g, svc.ID, svc.Payee, svc.Name, svc.Sandbox)
	if q.Amount.Currency == "" {
		q.Amount.Currency = either(svc.Currency, currencyDefault)
	}
	if q.Amount.Minor < 0 || q.Amount.Minor > money.MaxMinor {
		return q, w.say("no_price")
	}
	if p.Changed && p.Seen != nil && p.Quote != nil && len(order.Differences(*p.Quote, q)) == 0 {
		q = *p.Seen // it still quotes the old terms, but these are what it asked for when it came to it
	}
	return q, ""
}

func (w *worker) bind(q *order.Quote, g plan.GoalPlan, service, payee, name string, sandbox bool) {
	q.Goal, q.Service, q.Payee, q.PayeeName, q.Sandbox = g.ID, service, payee, name, sandbox
}

func (w *worker) serviceOf(g plan.GoalPlan) string {
	for _, id := range []string{g.Final, g.End} {
		if s, ok := w.t.Plan.Step(id); ok {
			return s.Service
		}
	}
	return g.Service
}

// oneCurrency fails the goals whose currency is not the first one's: one payment has one currency.
func (w *worker) oneCurrency(quotes map[string]order.Quote, failed map[string]string) {
	currency := ""
	for _, g := range w.t.Plan.Goals {
		q, ok := quotes[g.ID]
		switch {
		case !ok || q.Amount.IsZero():
		case currency == "":
			currency = q.Amount.Currency
		case q.Amount.Currency != currency:
			failed[g.ID] = w.say("other_currency", q.Amount.Currency)
			delete(quotes, g.ID)
		}
	}
}

// bundle puts the quotes onto one card; nil when there is nothing to confirm.
func (w *worker) bundle(quotes map[string]order.Quote) *order.Bundle {
	if len(quotes) == 0 {
		return nil
	}
	b := &order.Bundle{ID: w.NewID(), Turn: w.t.ID, Person: w.t.Person, Policy: w.t.Policy, PlanHash: plan.Hash(w.t.Plan),
		Expires: w.Clock().UTC().Add(ConfirmFor)}
	for _, g := range w.t.Plan.Goals {
		q, ok := quotes[g.ID]
		if !ok {
			continue
		}
		b.Quotes = append(b.Quotes, q)
		if !q.Amount.IsZero() {
			b.Total, _ = b.Total.Add(q.Amount) // one currency: see oneCurrency
		}
		if !q.Expires.IsZero() && q.Expires.Before(b.Expires) && q.Expires.After(w.Clock()) {
			b.Expires = q.Expires
		}
	}
	if b.Total.Currency == "" {
		b.Total.Currency = b.Quotes[0].Amount.Currency
	}
	if b.Policy == "" {
		b.Policy = order.AllOrNothing
	}
	return b
}
