package desk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/money"
)

// maxTopUp bounds the number of things that a merchant's minimum is met with.
const maxTopUp = 99

// howMany are the names of inputs that say how many of a thing are wanted, folded.
var howMany = []string{"quantity", "qty", "count", "num", "number", "copies", "portions", "pieces", "units", "itemcount", "goodscount", "goodsnum",
	"buynum", "buycount", "数量", "份数", "件数"}

// amountOf is an input that says how many.
type amountOf struct {
	step plan.Step
	at   string
	now  int
	max  float64
}

// minimumOffer meets a merchant's minimum: with the number of the same things that reaches it, and what that costs, for
// the person to say yes or no to. nil where that cannot be worked out: then the merchant's own words end the goal.
func (w *worker) minimumOffer(s plan.Step, r run.Refusal, row *step) *offer {
	w.mu.Lock()
	found := w.amounts(s, map[string]bool{})
	price := int64(0)
	for _, b := range w.inputs(s, map[string]bool{}) {
		if b.pick != nil && price == 0 {
			price, _ = plan.PriceOf(b.pick.Element)
		}
	}
	w.mu.Unlock()
	if len(found) != 1 {
		return nil
	}
	q := found[0]
	n := r.Least.Enough(price, q.now)
	if n <= q.now || n > maxTopUp || q.max > 0 && float64(n) > q.max || !w.repeatable(w.withDependents(q.step.ID)) {
		return nil
	}
	label := w.say("order_more", strconv.Itoa(n))
	if price > 0 {
		label = w.say("order_more_for", strconv.Itoa(n), money.Of(price*int64(n), currencyDefault).String())
	}
	o := &offer{Step: q.step.ID, At: q.at, Literal: true, Text: w.say("minimum_choose", w.serviceName(s.Service), w.oneScript(wordsOf(*row.Result)))}
	o.Values = []any{float64(n)}
	o.Choices = []assist.Choice{{Value: numbered(0), Label: label, Amount: price * int64(n)}, {Value: leaveOut, Label: w.say("leave_out")}}
	return o
}

// amounts lists the inputs that say how many, of a refused step and of those it rests on; the caller holds mu.
func (w *worker) amounts(s plan.Step, seen map[string]bool) []amountOf {
	svc, known := w.service(w.ctx, s.Service)
	c, ok := svc.Capability(s.Skill, s.Capability)
	if seen[s.ID] || !known || !ok || w.steps[s.ID] == nil {
		return nil
	}
	refused := len(seen) == 0
	seen[s.ID] = true
	out := amountsIn(s, s.Args, c.Input, "", refused)
	for _, d := range s.Deps() {
		if before, ok := w.t.Plan.Step(d); ok && before.Goal == s.Goal {
			out = append(out, w.amounts(*before, seen)...)
		}
	}
	return out
}

func amountsIn(s plan.Step, args map[string]plan.Arg, in *catalog.Schema, at string, refused bool) []amountOf {
	if in == nil {
		return nil
	}
	var out []amountOf
	for _, p := range in.Properties {
		a, given := args[p.Name]
		switch {
		case p.Schema == nil:
		case given && a.Object != nil:
			out = append(out, amountsIn(s, a.Object, p.Schema, at+p.Name+".", refused)...)
		case given && a.List != nil:
			for i, sub := range a.List {
				out = append(out, amountsIn(s, sub.Object, p.Schema.Items, fmt.Sprintf("%s%s[%d].", at, p.Name, i), refused)...)
			}
		case !p.Schema.Is("integer") && !p.Schema.Is("number") || !slices.Contains(howMany, folded(p.Name)):
		case given && a.Ref == nil || !given && at == "" && (refused || s.Effect != catalog.Read): // a search may count its results
			one := amountOf{step: s, at: at + p.Name, now: 1}
			if n, err := strconv.ParseFloat(fmt.Sprint(a.Value), 64); err == nil {
				one.now = int(n)
			}
			if p.Schema.Maximum != nil {
				one.max = *p.Schema.Maximum
			}
			out = append(out, one)
		}
	}
	return out
}

func folded(name string) string {
	return strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(name))
}
