package desk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/lexicon"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
)

// alike is how near words must come to an order to mean it.
const alike = 0.3

// command does what is asked of Bangwo itself and answers in the conversation.
func (w *worker) command(c assist.Command, th assist.Thought) error {
	switch c.Kind {
	case assist.CommandBalance:
		return w.tellBalance()
	case assist.CommandHistory:
		return w.tellHistory()
	case assist.CommandStatus, assist.CommandReceipt, assist.CommandCancel, assist.CommandRefund:
		return w.aboutOrder(c)
	case assist.CommandChat:
		return w.end(assist.OutcomeDone, "", either(th.Reply, w.say("help")))
	}
	return w.end(assist.OutcomeDone, "", w.say("help"))
}

func (w *worker) tellBalance() error {
	bal, err := w.Ledger.Balance(w.ctx, order.Wallet(w.t.Person))
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	currency := either(bal.Currency, currencyDefault)
	text := w.say("balance", moneyOf(bal.Available(), currency).String())
	if bal.Reserved > 0 {
		text = w.say("balance_held", moneyOf(bal.Available(), currency).String(), moneyOf(bal.Reserved, currency).String())
	}
	return w.end(assist.OutcomeDone, "", text)
}

func (w *worker) tellHistory() error {
	orders, err := w.Desk.Orders(w.ctx, w.t.Person, "", MaxHistory)
	if err != nil {
		return err
	}
	if len(orders) == 0 {
		return w.end(assist.OutcomeDone, "", w.say("no_orders"))
	}
	return w.end(assist.OutcomeDone, "", joinLines(w.historyOf(orders)))
}

func (w *worker) historyOf(orders []order.Order) []string {
	lines := []string{w.say("history")}
	for _, o := range orders {
		lines = append(lines, w.orderLine(o))
	}
	return lines
}

// noneLike says that no order is what the words mean, and which ones there are.
func (w *worker) noneLike(orders []order.Order, words string) error {
	if len(orders) == 0 || words == "" {
		return w.end(assist.OutcomeDone, "", w.say("no_orders"))
	}
	lines := append([]string{w.say("none_like", words)}, w.historyOf(orders[:min(len(orders), MaxHistory)])...)
	return w.end(assist.OutcomeDone, "", joinLines(lines))
}

func (w *worker) orderLine(o order.Order) string {
	return w.say("order_line", w.local(o.Created, "01-02 15:04"), o.Quote.PayeeName, linesOf(o.Quote), wholeOf(o.Quote).String(), w.stateText(o))
}

// stateText is an order's state in words, with what a merchant kept.
func (w *worker) stateText(o order.Order) string {
	if o.Into != "" {
		return w.say("state_amended")
	}
	if !o.Kept.IsZero() && (o.State == order.Cancelled || o.State == order.Refunded) {
		return w.say("state_"+string(o.State)+"_part", money.Of(o.Back.Minor, o.Kept.Currency).String(), o.Kept.String())
	}
	switch {
	case o.State == order.Cancelled && !o.Back.IsZero():
		return w.say("state_cancelled_back", o.Back.String())
	case o.State == order.Refunded && !o.Back.IsZero():
		return w.say("state_refunded_back", o.Back.String())
	}
	return w.say("state_" + string(o.State))
}

func linesOf(q order.Quote) string {
	var parts []string
	for _, l := range q.Lines {
		text := l.Title
		if l.Quantity > 1 {
			text += fmt.Sprintf(" ×%d", l.Quantity)
		}
		parts = append(parts, text)
	}
	return clip(strings.Join(parts, ", "), 80)
}

// aboutOrder finds the order that is meant and tells of it, or takes it back.
func (w *worker) aboutOrder(c assist.Command) error {
	undoing := c.Kind == assist.CommandCancel || c.Kind == assist.CommandRefund
	if len(w.t.Asked) > 0 { // a restart broke in: these are meant, whatever is the latest by now
		return w.takeBackNow(c.Kind)
	}
	if undoing && (c.Turn != "" || len(c.Orders) == 0) {
		done, err := w.cancelOpen(c)
		if done || err != nil {
			return err
		}
	}
	orders, err := w.Desk.Orders(w.ctx, w.t.Person, "", MaxList)
	if err != nil {
		return err
	}
	if undoing {
		orders = slices.DeleteFunc(orders, func(o order.Order) bool {
			return o.State.Undone() && o.State != order.Cancelled && o.State != order.Refunded
		})
	}
	if c.Kind != assist.CommandReceipt { // an order that was changed is one with the one that stands for it
		orders = slices.DeleteFunc(orders, func(o order.Order) bool { return o.Into != "" })
	}
	if c.Kind == assist.CommandReceipt {
		return w.tellReceipts(orders, c.Words)
	}
	found := meant(orders, c.Words, undoing)
	if len(c.Orders) > 0 {
		found = slices.DeleteFunc(orders, func(o order.Order) bool { return !slices.Contains(c.Orders, o.ID) })
	}
	if id := w.t.Answers[orderKey]; id != "" && id != allOrders {
		found = slices.DeleteFunc(found, func(o order.Order) bool { return o.ID != id })
	}
	switch {
	case len(found) == 0 && undoing:
		return w.end(assist.OutcomeRefused, string(fault.NotFound), w.say("nothing_to_cancel"))
	case len(found) == 0:
		return w.noneLike(orders, c.Words)
	case undoing && len(found) > 1 && w.t.Answers[orderKey] == "":
		return w.askWhich(found)
	case undoing:
		err := w.save(func(b *batch) {
			for _, o := range found {
				w.t.Asked = append(w.t.Asked, o.ID)
			}
			b.turn(w.t)
		})
		if err != nil {
			return err
		}
		return w.takeBackNow(c.Kind)
	}
	var lines []string
	for _, o := range found {
		lines = append(lines, w.orderLine(o), w.liveStatus(o))
	}
	return w.end(assist.OutcomeDone, "", joinLines(lines))
}

// orderKey is under which the answer to "which order?" is kept; allOrders is the answer that means each.
const (
	orderKey  = "order"
	allOrders = "all"
)

// askWhich asks which of several orders is to be taken back: money is not moved on a guess.
func (w *worker) askWhich(found []order.Order) error {
	p := w.newPause("", assist.AskChoice, w.say("which_order"), AskFor)
	p.Key = orderKey
	for _, o := range found[:min(len(found), MaxCardItems)] {
		p.Choices = append(p.Choices, assist.Choice{Value: o.ID, Label: w.say("order_choice", o.Quote.PayeeName, linesOf(o.Quote)), Amount: wholeOf(o.Quote).Minor})
	}
	p.Choices = append(p.Choices, assist.Choice{Value: allOrders, Label: w.say("all_orders")})
	return w.ask(p, nil)
}

// meant lists the orders that the words are nearest to, all equally; without words those of the latest errand. For taking
// back, orders that are still alive go before others.
func meant(orders []order.Order, words string, alive bool) []order.Order {
	var out []order.Order
	best := 0.0
	for _, o := range orders {
		s := 1.0
		if words != "" {
			s = 0
			for _, t := range textsOf(o) {
				s = max(s, lexicon.Likeness(words, t))
				if lexicon.Mentions(t, words) {
					s = 1
				}
			}
		}
		if alive && o.State.Undone() {
			s /= 2
		}
		switch {
		case s < alike || s < best:
		case s > best:
			best, out = s, []order.Order{o}
		case words == "" && o.Turn == out[0].Turn || words != "" && (alive || o.Turn == out[0].Turn):
			out = append(out, o)
		}
	}
	if alive && len(out) > 1 && out[0].State.Undone() {
		out = out[:1] // none is alive: the latest tells what became of it
	}
	return out
}

func textsOf(o order.Order) []string {
	out := []string{o.ID, o.Quote.PayeeName, o.Quote.Service, o.Quote.OrderRef}
	for _, l := range o.Quote.Lines {
		out = append(append(out, l.Title), l.Options...)
	}
	return out
}

// cancelOpen stops the conversation's latest turn that has not ended, unless the words mean something else.
func (w *worker) cancelOpen(command assist.Command) (bool, error) {
	words := command.Words
	c := &conversation{}
	if _, err := w.get(w.ctx, kindConversation, w.t.Conversation, c); err != nil {
		return false, err
	}
	for _, id := range slices.Backward(c.Turns[max(0, len(c.Turns)-assist.MaxEarlier):]) {
		t := &turn{}
		if id == w.t.ID {
			continue
		}
		if _, err := w.get(w.ctx, kindTurn, id, t); err != nil {
			return false, err
		}
		if t.Phase == phaseEnded || command.Turn != "" && id != command.Turn || command.Turn == "" && words != "" && !mentions(t, words) {
			continue
		}
		err := w.Desk.Cancel(w.ctx, w.t.Person, id)
		if fault.Is(err, fault.Conflict) {
			continue
		}
		if err != nil {
			return false, err
		}
		return true, w.end(assist.OutcomeDone, "", w.say("turn_cancelled", clip(t.Said.Text, 60)))
	}
	return false, nil
}

func mentions(t *turn, words string) bool {
	return lexicon.Mentions(t.Said.Text, words) || slices.ContainsFunc(t.Goals, func(g assist.GoalView) bool {
		return lexicon.Likeness(words, g.Title) >= alike || lexicon.Mentions(g.Text, words)
	})
}

// takeBackNow has the merchants take the orders back that were found and tells what became of each.
func (w *worker) takeBackNow(kind assist.CommandKind) error {
	outcome, code, lines := assist.OutcomeDone, "", []string{}
	for _, id := range w.t.Asked {
		o, err := w.order(w.ctx, w.t.Person, id)
		if err != nil {
			return err
		}
		after, err := w.takeBack(w.ctx, w.t.Person, id, kind)
		if w.closing() {
			return nil // the command is done again at the next start
		}
		if err := w.tellBack(o.ID); err != nil {
			return err
		}
		switch {
		case err == nil:
			lines = append(lines, w.say("taken_back", after.Quote.PayeeName, wholeOf(after.Quote).String(), w.stateText(after)))
		case fault.Is(err, fault.Unsupported):
			outcome, code = assist.OutcomeRefused, string(fault.Unsupported)
			lines = append(lines, either(after.Reason, w.say("cannot_cancel", o.Quote.PayeeName)))
		default:
			w.Log.Warn("an order could not be taken back", "order", o.ID, "error", err)
			outcome, code = assist.OutcomeFailed, string(fault.CodeOf(err))
			lines = append(lines, w.say("fault_"+code))
		}
	}
	return w.end(outcome, code, joinLines(lines))
}
