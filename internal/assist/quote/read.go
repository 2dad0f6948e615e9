package quote

import (
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// reader gathers one quote.
type reader struct {
	cap     catalog.Capability
	svc     catalog.Service
	args    *node // as they were sent, with the input schema
	root    *node // the whole result
	scope   *node // the part of it that speaks of the order; nil when there is none
	picked  []plan.Picked
	unit    unit // what the service's schemas agree on
	zh      bool
	title   string // of the goal, for a line that nothing else names
	variant *line  // names the line where a size of a product was picked
	said    []sum  // of money, in the merchant's own words
	guess   bool   // a unit was taken without evidence
	bare    bool   // nothing but the merchant's own words counts
	quote   order.Quote
}

// Read finds in a capability's result what the order costs. goal and step tell which goal's quote it is and args
// what was asked for; picked are the elements chosen on the way, which supply lines where the result has none.
// With an empty result it works from picked and args alone (a service that only has an irreversible order). With
// neither args nor picked it tells only what the merchant itself says: no line is made for an amount without one.
// ok is false when the result is an error, a list of offers of which none was picked, or has no amount that can be trusted.
func Read(cap catalog.Capability, goal plan.GoalPlan, step plan.Step, args map[string]any, result track.Result,
	picked []plan.Picked, svc catalog.Service) (order.Quote, bool) {
	if result.IsError {
		return order.Quote{}, false
	}
	r := &reader{cap: cap, svc: svc, picked: picked, unit: consensus(cap, svc),
		args: parse(encode(args), cap.Input), zh: hasHan(cap.Description + svc.Name + string(result.Structured))}
	r.quote = order.Quote{Goal: goal.ID, Service: svc.ID, Payee: svc.Payee, PayeeName: svc.Name, Sandbox: svc.Sandbox}
	if r.quote.Goal == "" {
		r.quote.Goal = step.Goal
	}
	r.bare = args == nil && picked == nil
	if !r.bare {
		r.title = either(goal.Title, cap.Title, svc.Name)
	}
	r.root = parse(result.Structured, cap.Output)
	r.said = moneyIn(result.Text)
	r.scope = r.findScope(r.root)
	if !r.price() {
		return order.Quote{}, false
	}
	r.facts()
	r.onlyDeposit()
	r.atTheShop()
	return r.quote, true
}

// price fills lines and amount; false when there is no amount.
func (r *reader) price() bool {
	total, stated := r.total()
	if stated && total.unit == unknown && r.declaresNone() {
		stated = false // a total of something else: of water drunk, of pages
	}
	total = r.settleUnit(total, stated)
	lines := r.lines(total, stated)
	r.byTotal(lines, total, stated)
	lines = r.ofProduct(lines)
	if len(lines) == 0 && r.variant == nil {
		lines = r.pickedLines()
	}
	if !stated && len(lines) == 0 {
		total, stated = r.onlyFee()
	}
	if !stated {
		return r.estimate(lines)
	}
	amount, ok := r.settle(total, lines)
	if !ok {
		return false
	}
	currency := r.currency(total)
	r.quote.Amount = money.Of(amount, currency)
	r.quote.Estimated, r.quote.Guessed = r.guess, r.guess
	r.quote.Lines = r.balance(linesOf(lines), amount, currency)
	return true
}

// declaresNone tells that the capability declares its result and that nothing in it is a price.
func (r *reader) declaresNone() bool {
	return r.cap.Output != nil && len(r.cap.Output.Properties) > 0 && !catalog.Priced(r.cap.Output)
}

// estimate adds up the lines where the merchant states no total.
func (r *reader) estimate(lines []line) bool {
	if len(lines) == 0 {
		return false
	}
	var all int64
	for _, l := range lines {
		if !l.priced {
			return false
		}
		all += l.Amount
	}
	fees, ok := r.fees()
	if !ok {
		return false
	}
	for _, f := range fees {
		all += f.Amount
	}
	if all > money.MaxMinor {
		return false
	}
	r.quote.Lines = append(linesOf(lines), fees...)
	r.quote.Amount = money.Of(all, r.currencyOfLines(lines))
	r.quote.Estimated, r.quote.Guessed = true, unsure(lines)
	return true
}

// settle turns the stated total into minor units: by its own unit, else by the unit in which it agrees with the sum
// of the lines, else by what the service's schemas say; else a small number is read as yuan and marked as a guess.
func (r *reader) settle(total sum, lines []line) (int64, bool) {
	if total.unit != unknown {
		return total.minor(total.unit)
	}
	if u := r.unitByLines(total, lines); u != unknown {
		return total.minor(u)
	}
	if r.unit != unknown {
		return total.minor(r.unit)
	}
	if v, _ := total.value.Float64(); v > plausible {
		return 0, false
	}
	r.guess = true
	return total.minor(yuan)
}

// ofProduct names the one line of a picked size or kind by the product around the list it was picked from.
func (r *reader) ofProduct(lines []line) []line {
	if r.scope == nil || !r.scope.listed && (r.scope.parent == nil || r.scope.parent.kind != array) {
		return lines
	}
	title, product := titleOf(r.scope), bestIn(r.root, "name", 3)
	if n := bestIn(r.scope, "options", 1); title == "" && n != nil && n.kind == text {
		title = n.text
	}
	if product == nil || product.kind != text || product.text == "" || !variant(r.scope, title) {
		return lines
	}
	named := line{Line: order.Line{Title: product.text, Options: []string{title}, Quantity: 1}}
	if len(lines) == 1 {
		named.Quantity, named.Amount, named.priced, named.sure = lines[0].Quantity, lines[0].Amount, lines[0].priced, lines[0].sure
		return []line{named}
	}
	r.variant = &named
	return lines
}

func (r *reader) unitByLines(total sum, lines []line) unit {
	var all int64
	for _, l := range lines {
		if !l.sure {
			return unknown
		}
		all += l.Amount
	}
	if len(lines) == 0 || all == 0 {
		return unknown
	}
	fees, _ := r.fees()
	with := all
	for _, f := range fees {
		with += f.Amount
	}
	for _, u := range []unit{yuan, fen} {
		if m, ok := total.minor(u); ok && (m == all || m == with) {
			return u
		}
	}
	return unknown
}

// balance makes the lines add up to the amount: fees the merchant names become lines; what remains above is shown as
// other charges, so that nothing hides in a total; what remains below is a discount and becomes a detail.
func (r *reader) balance(lines []order.Line, amount int64, currency string) []order.Line {
	rest := amount
	for _, l := range lines {
		rest -= l.Amount
	}
	if rest == 0 || len(lines) == 0 {
		if r.variant != nil && len(lines) == 0 {
			r.variant.Amount = amount
			return []order.Line{r.variant.Line}
		}
		if title := r.lineTitle(); len(lines) == 0 && title != "" {
			return []order.Line{{Title: title, Quantity: r.howMany(), Amount: amount}}
		}
		return lines
	}
	fees, _ := r.fees()
	for _, f := range fees {
		if f.Amount > 0 {
			lines, rest = append(lines, f), rest-f.Amount
		}
	}
	if rest > 0 {
		lines = append(lines, order.Line{Title: r.say("其他费用", "Other charges"), Quantity: 1, Amount: rest})
	}
	if rest < 0 {
		r.detail(r.say("优惠", "Discount"), "-"+money.Of(-rest, currency).String())
	}
	return lines
}

// howMany there are of the one thing that an amount is for: as the merchant says beside it, else as it was told. 0 where
// only the merchant's own words count and it does not say.
func (r *reader) howMany() int {
	for _, from := range []*node{r.scope, r.root, r.args} {
		found, n := 0, 0
		if from == nil || from.kind != object {
			continue
		}
		for _, k := range from.kids {
			if q, ok := quantityOf(k); ok {
				found, n = q, n+1
			}
		}
		if n == 1 {
			return found
		}
	}
	if r.bare {
		return 0
	}
	return 1
}

// lineTitle names the one line of an amount without lines: by the result, by what was picked, by the goal.
func (r *reader) lineTitle() string {
	if n := r.best("name", 3); n != nil && n.kind == text && n.text != "" {
		return clean(n.text, maxTitle)
	}
	for _, p := range r.picked {
		if p.Title != "" {
			return clean(p.Title, maxTitle)
		}
	}
	return clean(r.title, maxTitle)
}

func either(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func (r *reader) say(zh, en string) string {
	if r.zh {
		return zh
	}
	return en
}

func (r *reader) currency(s sum) string {
	if s.currency != "" {
		return s.currency
	}
	if n := r.best("currency", 1<<10); n != nil && n.kind == text {
		if c := currencyCode(n.text); c != "" {
			return c
		}
	}
	if r.svc.Currency != "" {
		return r.svc.Currency
	}
	return money.CNY
}

func (r *reader) currencyOfLines(lines []line) string {
	for _, l := range lines {
		if l.currency != "" {
			return l.currency
		}
	}
	return r.currency(sum{})
}
