package desk

import (
	"slices"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store"
)

// namesOrder tells that a cancellation says which order it takes back. One that does not takes back whatever the merchant
// has at that moment.
func namesOrder(cancel *plan.Step) bool { return cancel != nil && len(cancel.Args) > 0 }

// supplanted tells that the merchant has a later order of the person's in the place of this goal's: a merchant whose
// cancellation names no order keeps one at a time, and would take the later one back.
func (w *worker) supplanted(g plan.GoalPlan, cancel *plan.Step) (bool, error) {
	o := w.orderAt(g.ID)
	if namesOrder(cancel) || o == nil {
		return false, nil
	}
	orders, err := w.Desk.Orders(w.ctx, w.t.Person, "", maxPast)
	if err != nil {
		return false, err
	}
	for _, later := range orders {
		if later.Turn == w.t.ID || later.Quote.Service != o.Quote.Service || later.State.Undone() {
			continue
		}
		if made, err := w.madeAlready(later, o.Order); made || err != nil {
			return made, err
		}
	}
	return false, nil
}

// madeAlready tells that the merchant has heard of an order that comes after another one: a step of it that is no look-up
// was begun. One that replaces the other comes after it whatever the clock says.
func (w *worker) madeAlready(later, before order.Order) (bool, error) {
	rec, t := &orderRecord{}, &turn{}
	if _, err := w.get(w.ctx, kindOrder, later.ID, rec); err != nil {
		return false, err
	}
	if _, err := w.get(w.ctx, kindTurn, later.Turn, t); err != nil {
		return false, err
	}
	replaces := slices.ContainsFunc(planGoals(t), func(g goalPlan) bool { return g.ID == rec.Goal && slices.Contains(g.Replaces, before.ID) })
	if !replaces && !later.Created.After(before.Created) {
		return false, nil
	}
	rows, err := w.Store.List(w.ctx, store.Query{Kind: kindStep, Group: later.Turn})
	if err != nil {
		return false, err
	}
	for _, r := range rows {
		var row step
		if err := decode(r, &row.Entry); err != nil {
			return false, err
		}
		begun := row.State == assist.StepDone || row.State == assist.StepRunning
		if begun && row.Goal == rec.Goal && row.Effect != catalog.Read {
			return true, nil
		}
	}
	return false, nil
}
