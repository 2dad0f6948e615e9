package desk

import (
	"slices"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/fault"
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
		old, err := w.replaced(g)
		if err != nil {
			return nil, err
		}
		for _, o := range old {
			out = append(out, assist.Change{Goal: g.ID, What: w.say("replaces", o.Quote.PayeeName),
				Before: w.say("order_choice", linesOf(o.Quote), o.Quote.Amount.String()), After: w.say("replaces_after")})
			if len(old) == 1 && o.Quote.Service == b.Quotes[i].Service {
				for _, d := range order.Differences(o.Quote, b.Quotes[i]) {
					out = append(out, assist.Change{Goal: g.ID, What: d.What, Before: d.Before, After: d.After})
				}
			}
		}
	}
	return out, nil
}

// replaceKey is under which the answer is kept to whether an order is placed although the one before it stays.
func replaceKey(id string) string { return "replace/" + id }

// takeBackReplaced has the merchants take back what the confirmed orders replace, before anything new is paid for: never
// are two paid by accident. One that stays is told, and whether another is to be placed beside it is asked. ready tells
// that the new orders may go on.
func (w *worker) takeBackReplaced() (ready bool, err error) {
	for _, g := range w.t.Plan.Goals {
		if o := w.orderOf(g.ID); o == nil || o.State != order.Confirmed {
			continue
		}
		old, err := w.replaced(g)
		if err != nil {
			return false, err
		}
		for _, o := range old {
			if ready, err := w.takeBackFor(g, o); !ready || err != nil {
				return false, err
			}
		}
	}
	return true, nil
}

func (w *worker) takeBackFor(g goalPlan, o order.Order) (bool, error) {
	switch w.t.Answers[replaceKey(o.ID)] {
	case "yes":
		return true, nil
	case "no":
		return false, w.stop(string(fault.Cancelled))
	}
	after, err := w.takeBack(w.ctx, w.t.Person, o.ID, assist.CommandCancel)
	switch {
	case w.closing():
		return false, nil
	case err == nil:
		return true, w.save(func(b *batch) {
			text := w.say("taken_back", after.Quote.PayeeName, after.Quote.Amount.String(), w.stateText(after))
			b.tell(w.t.Conversation, assist.EventReply, assist.Reply{Turn: w.t.ID, Text: text})
		})
	case fault.Is(err, fault.Unsupported):
		return false, w.ask(w.askBeside(g, o, after), nil)
	}
	w.Log.Warn("an order that is replaced could not be taken back", "order", o.ID, "error", err)
	return false, w.stop(string(fault.CodeOf(err)))
}

func (w *worker) askBeside(g goalPlan, o, after order.Order) *pause {
	why := either(after.Reason, w.say("cannot_cancel", o.Quote.PayeeName))
	p := w.newPause(g.ID, assist.AskChoice, w.say("replace_stays", why), AskFor)
	p.Key = replaceKey(o.ID)
	p.Choices = []assist.Choice{{Value: "yes", Label: w.say("replace_beside")}, {Value: "no", Label: w.say("replace_leave")}}
	return p
}
