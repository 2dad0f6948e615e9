package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// maxLiveFacts bounds what of a merchant's answer about an order is told beside its state.
const maxLiveFacts = 4

// liveStatus asks the order's merchant how it stands, by a capability that only reads and takes this order's own number.
// It is told as what the merchant says; "" when there is nobody to ask, no answer, or an order that is over.
func (w *worker) liveStatus(o order.Order) string {
	svc, ok := w.service(w.ctx, o.Quote.Service)
	if !ok || o.State.Undone() {
		return ""
	}
	for n, l := range run.Lookups(svc, ownIDs(o)) {
		if len(l.Args) == 0 {
			continue // a list of orders, not this one
		}
		ctx, cancel := context.WithTimeout(w.calls(), StatusFor)
		r, err := w.Services.Call(ctx, svc.ID, track.Call{ID: fmt.Sprintf("%s/status/%s/%d", w.t.ID, o.ID, n), Person: w.t.Person, Skill: l.Capability.Skill,
			Capability: l.Capability.Name, Args: l.Args})
		cancel()
		if err != nil || run.Refused(r) {
			continue
		}
		if state := quote.StatusText(r, l.Capability.Output); state != "" {
			facts := []string{w.oneScript(state)}
			q, _ := quote.Read(l.Capability, plan.GoalPlan{ID: o.Quote.Goal}, plan.Step{}, nil, r, nil, svc)
			for _, d := range q.Details {
				if len(facts) > maxLiveFacts || toldBefore(o.Quote, d) {
					continue
				}
				facts = append(facts, w.oneScript(d.Label)+" "+d.Value)
			}
			return clip(w.say("live_status", strings.Join(facts, w.say("picked_join"))), MaxNote)
		}
	}
	return ""
}

// toldBefore leaves out what the confirmation showed already.
func toldBefore(q order.Quote, d order.Detail) bool {
	return d.Value == q.Address || slices.ContainsFunc(q.Details, func(k order.Detail) bool { return k.Value == d.Value })
}

// ownIDs are the numbers by which the merchant knows an order, from its own answer to it.
func ownIDs(o order.Order) map[string]any {
	out := map[string]any{}
	var v any
	if json.Unmarshal(o.Result, &v) == nil {
		if m, ok := v.(map[string]any); ok {
			out = run.Own(m, nil)
		}
	}
	if o.Quote.OrderRef != "" {
		for _, name := range []string{"orderid", "orderno", "outtradeno", "id"} {
			if _, known := out[name]; !known {
				out[name] = o.Quote.OrderRef
			}
		}
	}
	return out
}
