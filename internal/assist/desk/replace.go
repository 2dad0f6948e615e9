package desk

import (
	"slices"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
)

type goalPlan = plan.GoalPlan

// replaced lists the earlier orders that a goal's order takes the place of and that are still alive.
func (w *worker) replaced(g goalPlan) ([]order.Order, error) {
	var out []order.Order
	for _, id := range g.Replaces {
		o, err := w.Desk.Order(w.ctx, w.t.Person, id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if !o.State.Undone() {
			out = append(out, o)
		}
	}
	return out, nil
}

// replacements tells the card which orders are taken back with the confirmation, and what differs from them.
func (w *worker) replacements(b *order.Bundle) ([]assist.Change, error) {
	var out []assist.Change
	for _, g := range w.t.Plan.Goals {
		i := slices.IndexFunc(b.Quotes, func(q order.Quote) bool { return q.Goal == g.ID })
		if i < 0 {
			continue
		}
		if g.Amends != "" {
			change, err := w.amendment(g, b.Quotes[i])
			if err != nil {
				return nil, err
			}
			out = append(out, change)
			continue
		}
		old, err := w.replaced(g)
		if err != nil {
			return nil, err
		}
		for _, o := range old {
			out = append(out, assist.Change{Goal: g.ID, Asked: true, What: w.say("replaces", o.Quote.PayeeName),
				Before: w.say("order_choice", linesOf(o.Quote), wholeOf(o.Quote).String()), After: w.say("replaces_after")})
			if len(old) == 1 && o.Quote.Service == b.Quotes[i].Service {
				for _, d := range order.Differences(o.Quote, b.Quotes[i]) {
					out = append(out, assist.Change{Goal: g.ID, Asked: true, What: d.What, Before: d.Before, After: d.After})
				}
			}
		}
	}
	return out, nil
}

// amendment tells the card what becomes of an order that is changed.
func (w *worker) amendment(g goalPlan, q order.Quote) (assist.Change, error) {
	old, err := w.Desk.Order(w.ctx, w.t.Person, g.Amends)
	if err != nil {
		return assist.Change{}, err
	}
	return assist.Change{Goal: g.ID, Asked: true, What: w.say("amends", old.Quote.PayeeName),
		Before: w.say("order_choice", linesOf(old.Quote), wholeOf(old.Quote).String()),
		After:  w.say("order_choice", linesOf(q), q.Whole.String())}, nil
}

// replaceKey is under which the answer is kept to whether an order is placed although the one before it stays.
func replaceKey(id string) string { return "replace/" + id }

// tookKey is under which it is kept that an order was taken back for the one that takes its place.
func tookKey(id string) string { return "took/" + id }

// takeBackReplaced has the merchants take back what the confirmed orders replace and cannot wait for: never are two kept
// by accident. One that stays is told, and whether another is to be placed beside it is asked. ready tells that the new
// orders may go on. Where both merchants allow it, the new order is secured first: see takeBackSecured.
func (w *worker) takeBackReplaced(all bool) (ready bool, err error) {
	for _, g := range w.t.Plan.Goals {
		if o := w.orderOf(g.ID); o == nil || o.State != order.Confirmed {
			continue
		}
		old, err := w.replaced(g)
		if err != nil {
			return false, err
		}
		for _, o := range old {
			if !all && w.canWait(g, o) {
				continue
			}
			if ready, err := w.takeBackFor(g, o); !ready || err != nil {
				return false, err
			}
		}
	}
	return true, nil
}

// canWait tells that an order may be taken back after the one that replaces it is placed: either can be cancelled, so
// that in the end one of them is left whatever fails.
func (w *worker) canWait(g goalPlan, old order.Order) bool {
	_, before, err := w.madeBy(old)
	return err == nil && namesOrder(g.Cancel) && namesOrder(before.Cancel)
}

// madeBy is the turn and the goal that an order comes from.
func (w *worker) madeBy(old order.Order) (*turn, goalPlan, error) {
	rec, t := &orderRecord{}, &turn{}
	if _, err := w.get(w.ctx, kindOrder, old.ID, rec); err != nil {
		return nil, goalPlan{}, err
	}
	if _, err := w.get(w.ctx, kindTurn, old.Turn, t); err != nil {
		return nil, goalPlan{}, err
	}
	for _, g := range planGoals(t) {
		if g.ID == rec.Goal {
			return t, g, nil
		}
	}
	return t, goalPlan{}, fault.New(fault.NotFound, "order %s belongs to no goal", old.ID)
}

// wouldCover tells that what the replaced orders give back makes the wallet cover the bundle.
func (w *worker) wouldCover(total money.Amount) (bool, error) {
	have, err := w.Ledger.Balance(w.ctx, order.Wallet(w.t.Person))
	if err != nil {
		return false, err
	}
	back := int64(0)
	for _, g := range w.t.Plan.Goals {
		old, err := w.replaced(g)
		if err != nil {
			return false, err
		}
		for _, o := range old {
			if w.t.Answers[replaceKey(o.ID)] != "yes" && o.Paid.Currency == total.Currency {
				back += o.Paid.Minor
			}
		}
	}
	return back > 0 && have.Available()+back >= total.Minor, nil
}

// takeBackSecured takes back what the orders that the merchants now have replace. When the old one stays after all, the
// person keeps both, or the new one is undone.
func (w *worker) takeBackSecured() (ready bool, err error) {
	for _, g := range w.t.Plan.Goals {
		o := w.orderAt(g.ID)
		if o == nil || o.State != order.Placed && o.State != order.Fulfilled || w.t.Policy == order.AllOrNothing && w.anyFailed() {
			continue
		}
		old, err := w.replaced(g)
		if err != nil {
			return false, err
		}
		for _, before := range old {
			if ready, err := w.takeBackFor(g, before); !ready || err != nil {
				return false, err
			}
		}
	}
	return true, nil
}

func (w *worker) takeBackFor(g goalPlan, o order.Order) (bool, error) {
	now := w.orderAt(g.ID)
	secured := now.State != order.Confirmed
	switch answer := w.t.Answers[replaceKey(o.ID)]; {
	case answer == "yes":
		return true, nil
	case answer == "no" && secured:
		return w.dropSecured(g, now)
	case answer == "no":
		return false, w.stop(string(fault.Cancelled))
	}
	after, err := w.takeBack(w.ctx, w.t.Person, o.ID, assist.CommandCancel)
	if w.closing() {
		return false, nil
	}
	if err := w.tellBack(o.ID); err != nil {
		return false, err
	}
	switch {
	case err == nil:
		return true, w.save(func(b *batch) {
			w.t.Answers[tookKey(o.ID)] = g.ID
			b.turn(w.t)
			text := w.say("taken_back", after.Quote.PayeeName, after.Quote.Amount.String(), w.stateText(after))
			b.tell(w.t.Conversation, assist.EventReply, assist.Reply{Turn: w.t.ID, Text: text})
		})
	case secured || fault.Is(err, fault.Unsupported):
		return false, w.ask(w.askBeside(g, o, after), nil)
	}
	w.Log.Warn("an order that is replaced could not be taken back", "order", o.ID, "error", err)
	return false, w.stop(string(fault.CodeOf(err)))
}

// dropSecured undoes the new order because the person wants no second one beside the old, which stays.
func (w *worker) dropSecured(g goalPlan, o *orderRecord) (bool, error) {
	why := w.say("stopped_" + string(fault.Cancelled))
	if err := w.save(func(b *batch) { w.failPart(b, g.ID, string(fault.Cancelled), why) }); err != nil {
		return false, err
	}
	if err := w.startUndo(o, order.Cancelled, string(fault.Cancelled), why); err != nil {
		return false, err
	}
	return true, w.undoOrder(g, o)
}

// leftWithout says plainly which orders were taken back for one that came to nothing, and what to say to have them again.
func (w *worker) leftWithout() []string {
	var lines []string
	for _, g := range w.t.Plan.Goals {
		if o := w.orderAt(g.ID); o != nil && !o.State.Undone() {
			continue
		}
		for _, id := range g.Replaces {
			if w.t.Answers[tookKey(id)] == "" {
				continue
			}
			old, err := w.Desk.Order(w.ctx, w.t.Person, id)
			if err != nil {
				continue
			}
			again := linesOf(old.Quote)
			if t, before, err := w.madeBy(old); err == nil {
				for _, v := range t.Goals {
					if v.ID == before.ID && v.Text != "" {
						again = v.Text
					}
				}
			}
			lines = append(lines, w.say("left_without", old.Quote.PayeeName, linesOf(old.Quote), again))
		}
	}
	return lines
}

func (w *worker) askBeside(g goalPlan, o, after order.Order) *pause {
	why := either(after.Reason, w.say("cannot_cancel", o.Quote.PayeeName))
	p := w.newPause(g.ID, assist.AskChoice, w.say("replace_stays", why), AskFor)
	p.Key = replaceKey(o.ID)
	p.Choices = []assist.Choice{{Value: "yes", Label: w.say("replace_beside")}, {Value: "no", Label: w.say("replace_leave")}}
	return p
}
