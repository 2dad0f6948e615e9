package desk

import (
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/order"
)

// mendPlaced meets a merchant's refusal of an order whose money is reserved. The money goes back first; a new quote, or
// another thing that the person chooses, is shown and confirmed anew before any is reserved again. Without that
// choice the part fails as it stands.
func (w *worker) mendPlaced(g plan.GoalPlan, o *orderRecord, s plan.Step) error {
	w.mu.Lock()
	row := *w.steps[s.ID]
	p := w.t.Parts[g.ID]
	may := p.Mends < MaxMends && w.t.Requotes < MaxRequotes && row.Result != nil && o.Paid.IsZero()
	w.mu.Unlock()
	if !may || (w.t.Policy == order.AllOrNothing && w.anyFailed()) {
		return w.refuseOrder(g, o, s)
	}
	var ask *offer
	r := run.ReadRefusal(*row.Result)
	if r.Kind != run.Stale {
		if ask = w.offerFor(s, r, &row); ask == nil {
			return w.refuseOrder(g, o, s)
		}
	}
	if w.left(g) {
		if f, err := w.cancelStep(g, false); err != nil || f != gone {
			if err == nil {
				err = w.refuseOrder(g, o, s)
			}
			return err
		}
	}
	return w.giveBack(o, order.Failed, string(fault.Changed), row.Note, func(b *batch) {
		p.Order, p.Changed, p.Ask = "", true, ask
		p.Try++
		p.Mends++
		w.reset(b, g)
		b.turn(w.t)
	})
}

// refuseOrder ends a part whose order the merchant refused.
func (w *worker) refuseOrder(g plan.GoalPlan, o *orderRecord, s plan.Step) error {
	err := w.save(func(b *batch) {
		row := w.steps[s.ID]
		row.Open = false
		b.step(row)
		w.failPart(b, g.ID, row.Code, row.Note)
	})
	if err != nil {
		return err
	}
	return w.failOrder(g, o)
}
