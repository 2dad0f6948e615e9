package desk

import (
	"slices"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store"
)

// Bounds of what a Mind is told of before.
const (
	maxListings = 3 // turns whose listings are told, the latest
	maxPast     = 5 // orders of other conversations that are looked at
)

// earlier lists the conversation's turns before this one, after the latest errands of the person's other conversations.
func (w *worker) earlier() ([]assist.Earlier, error) {
	c := &conversation{}
	if _, err := w.get(w.ctx, kindConversation, w.t.Conversation, c); err != nil {
		return nil, err
	}
	ids := c.Turns
	if i := slices.Index(ids, w.t.ID); i >= 0 {
		ids = ids[:i]
	}
	ids = ids[max(0, len(ids)-assist.MaxEarlier):]
	out, err := w.past(c.Turns, assist.MaxEarlier-len(ids))
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		e, err := w.earlierTurn(id, len(ids)-i <= maxListings)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// past are the turns of other conversations that the person's latest orders came of, the latest last.
func (w *worker) past(here []string, room int) ([]assist.Earlier, error) {
	orders, err := w.Desk.Orders(w.ctx, w.t.Person, "", maxPast)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, o := range slices.Backward(orders) {
		if !slices.Contains(here, o.Turn) && !slices.Contains(ids, o.Turn) && len(ids) < room {
			ids = append(ids, o.Turn)
		}
	}
	var out []assist.Earlier
	for _, id := range ids {
		e, err := w.earlierTurn(id, false)
		if err != nil {
			return nil, err
		}
		e.Past, e.Open = true, false
		out = append(out, e)
	}
	return out, nil
}

func (w *worker) earlierTurn(id string, listing bool) (assist.Earlier, error) {
	t := &turn{}
	if _, err := w.get(w.ctx, kindTurn, id, t); err != nil {
		return assist.Earlier{}, err
	}
	e := assist.Earlier{Turn: id, Text: t.Said.Text, At: t.Said.Clock(t.At), Goals: t.Goals, Plan: t.Plan, Answers: t.Answers, Open: t.unconfirmed()}
	recs, err := w.Store.List(w.ctx, store.Query{Kind: kindOrder, Group: id})
	if err != nil {
		return e, err
	}
	for _, r := range recs {
		var o orderRecord
		if err := decode(r, &o); err != nil {
			return e, err
		}
		p := assist.Placed{Order: o.ID, Goal: o.Goal, Alive: !o.State.Undone() && o.State != order.Failing && o.Into == "", Says: textsOf(o.Order)[1:]}
		if p.Alive && o.State == order.Fulfilled {
			if p.Own, err = w.ownNumbers(w.ctx, &o); err != nil {
				return e, err
			}
		}
		e.Orders, e.Placed = append(e.Orders, o.ID), append(e.Placed, p)
	}
	if listing {
		e.Found, err = w.foundBy(t)
	}
	return e, err
}

// unconfirmed tells that a turn can be stopped without anything to take back: no order came of it yet.
func (t *turn) unconfirmed() bool {
	if t.Phase != phaseThink && t.Phase != phaseGather && t.Phase != phaseConfirm {
		return false
	}
	for _, p := range t.Parts {
		if p.Order != "" {
			return false
		}
	}
	return true
}

// foundBy lists the titles of what a turn only looked up.
func (w *worker) foundBy(t *turn) ([]string, error) {
	if t.Plan == nil || !slices.ContainsFunc(t.Plan.Goals, func(g goalPlan) bool { return !g.Order }) {
		return nil, nil
	}
	recs, err := w.Store.List(w.ctx, store.Query{Kind: kindStep, Group: t.ID})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, g := range t.Plan.Goals {
		for _, r := range recs {
			var s step
			if err := decode(r, &s.Entry); err != nil {
				return nil, err
			}
			if g.Order || s.Step != g.End || s.Result == nil {
				continue
			}
			for _, item := range w.items(s.Result.Structured) {
				out = append(out, item.Title)
			}
		}
	}
	return out, nil
}

// supersede stops the earlier turn that this one says anew and waits for its end. again tells that the turn was
// confirmed or ended meanwhile: what is there now is to be thought over.
func (w *worker) supersede(id string) (again bool, err error) {
	if id == "" {
		return false, nil
	}
	t := &turn{}
	if _, err := w.get(w.ctx, kindTurn, id, t); err != nil {
		return false, err
	}
	if t.Phase == phaseEnded && t.Stop == string(fault.Cancelled) {
		return false, nil
	}
	if !t.unconfirmed() {
		return true, w.save(func(b *batch) {
			w.t.Rounds++
			b.turn(w.t)
		})
	}
	if err := w.Desk.Cancel(w.ctx, w.t.Person, id); err != nil && !fault.Is(err, fault.Conflict) {
		return false, err
	}
	return false, w.settled(w.ctx, id)
}
