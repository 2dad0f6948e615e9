package desk

import (
	"encoding/json"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// showAnswers tells the results of goals that only looked something up, each once.
func (w *worker) showAnswers() error {
	late := run.Late(w.t.Plan)
	for _, g := range w.t.Plan.Goals {
		p := w.t.Parts[g.ID]
		w.mu.Lock()
		row := w.steps[g.End]
		w.mu.Unlock()
		if p.Shown || p.Failed != "" || buys(g, w.t.Plan, late) || row == nil || row.Result == nil {
			continue
		}
		c := assist.Card{Turn: w.t.ID, Goal: g.ID, Kind: "result", Title: g.Title, Handoff: row.Result.Handoff}
		if !row.Result.FromText {
			c.Items = w.items(row.Result.Structured)
		}
		if text := firstText(*row.Result); text != "" {
			c.Details = append(c.Details, order.Detail{Label: w.serviceName(w.serviceOf(g)), Value: text})
		}
		if err := w.show(g, c); err != nil {
			return err
		}
	}
	return nil
}

// showResults tells what became of the orders that were fulfilled, each once.
func (w *worker) showResults() error {
	for _, g := range w.t.Plan.Goals {
		o := w.orderAt(g.ID)
		if o == nil || o.State != order.Fulfilled || w.t.Parts[g.ID].Shown {
			continue
		}
		r := w.finalResult(g)
		c := assist.Card{Turn: w.t.ID, Goal: g.ID, Kind: "result", Title: o.Quote.PayeeName, Details: o.Quote.Details, Handoff: w.handoff(g, r)}
		for _, l := range o.Quote.Lines {
			c.Items = append(c.Items, assist.CardItem{Title: l.Title, Detail: strings.Join(l.Options, ", "), Amount: l.Amount, Chosen: true})
		}
		if text := firstText(r); text != "" && !(!o.Paid.IsZero() && quote.AwaitsPayment(text)) {
			c.Details = append(c.Details, order.Detail{Label: o.Quote.PayeeName, Value: w.oneScript(text)})
		}
		if err := w.show(g, c); err != nil {
			return err
		}
	}
	return nil
}

func (w *worker) show(g plan.GoalPlan, c assist.Card) error {
	return w.save(func(b *batch) {
		w.t.Parts[g.ID].Shown = true
		b.turn(w.t)
		b.tell(w.t.Conversation, assist.EventCard, c)
	})
}

// handoff is where the person can go on in the merchant's own pages: that of the last step that named one.
func (w *worker) handoff(g plan.GoalPlan, r track.Result) *track.Handoff {
	if r.Handoff != nil {
		return r.Handoff
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	var last *track.Handoff
	for _, s := range w.t.Plan.Steps {
		if row := w.steps[s.ID]; s.Goal == g.ID && row != nil && row.Result != nil && row.Result.Handoff != nil {
			last = row.Result.Handoff
		}
	}
	return last
}

// paysOnPage tells that the merchant's own record of an order still waits for a payment that only its page takes, and
// which page that is. In a sandbox the platform's payment is play money, and nothing tells the merchant of it.
func (w *worker) paysOnPage(g plan.GoalPlan, o *orderRecord) (string, bool) {
	if g.Pay != nil || o.PaidRef != "" || !o.Quote.Sandbox {
		return "", false
	}
	r := w.finalResult(g)
	state, known := quote.Status(r, nil)
	page := w.handoff(g, r)
	if page == nil || !(known && state == quote.Unpaid) && !quote.AwaitsPayment(firstText(r)) {
		return "", false
	}
	return either(page.Title, page.Path), true
}

// items are the first elements of the list that a lookup returned, by their titles.
func (w *worker) items(raw json.RawMessage) []assist.CardItem {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return nil
	}
	list, ok := v.([]any)
	if m, isMap := v.(map[string]any); isMap {
		for _, name := range sortedKeys(m) {
			if l, isList := m[name].([]any); isList && len(l) > len(list) {
				list, ok = l, true
			}
		}
	}
	if !ok {
		return nil
	}
	var out []assist.CardItem
	for _, e := range list {
		if title := plan.TitleOf(e); title != "" && len(out) < MaxCardItems {
			out = append(out, assist.CardItem{Title: clip(w.oneScript(title), MaxNote)})
		}
	}
	return out
}
