package main

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store"
)

// document is what `bangwo ask --json` prints; docs/ask-json.md describes it, and it only ever grows.
type document struct {
	Outcome   assist.Outcome    `json:"outcome"`
	Code      string            `json:"code,omitempty"`
	Turn      string            `json:"turn,omitempty"`
	Lang      string            `json:"lang,omitempty"`
	Engine    string            `json:"engine,omitempty"`
	Model     *assist.ModelUse  `json:"model,omitempty"`
	Goals     []assist.GoalView `json:"goals"`
	Plan      docPlan           `json:"plan"`
	Calls     []desk.Call       `json:"calls"`
	Questions []docQuestion     `json:"questions"`
	Bundle    *docBundle        `json:"bundle"`
	Payments  []docPayment      `json:"payments"`
	Cards     []assist.Card     `json:"cards,omitempty"`
	Explain   []string          `json:"explain,omitempty"`
	Reply     string            `json:"reply"`
}

type docPlan struct {
	Hash  string    `json:"hash,omitempty"`
	Steps []docStep `json:"steps"`
}

type docStep struct {
	ID         string         `json:"id"`
	Goal       string         `json:"goal"`
	Service    string         `json:"service"`
	Capability string         `json:"capability"`
	Title      string         `json:"title"`
	Args       map[string]any `json:"args"`
	Effect     string         `json:"effect"`
	Needs      []string       `json:"needs"`
	State      string         `json:"state,omitempty"`
}

type docQuestion struct {
	ID      string   `json:"id,omitempty"`
	Kind    string   `json:"kind"`
	Text    string   `json:"text"`
	Choices []string `json:"choices"`
}

type docBundle struct {
	Hash   string     `json:"hash"`
	Total  docTotal   `json:"total"`
	Policy string     `json:"policy"`
	Orders []docOrder `json:"orders"`
	// Changes is what differs from what was confirmed before, when it is shown again.
	Changes []assist.Change `json:"changes,omitempty"`
}

type docTotal struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
}

type docOrder struct {
	Service   string         `json:"service"`
	Payee     string         `json:"payee"`
	PayeeName string         `json:"payee_name"`
	Sandbox   bool           `json:"sandbox,omitempty"`
	Lines     []docLine      `json:"lines"`
	Amount    int64          `json:"amount"`
	Currency  string         `json:"currency"`
	Address   string         `json:"address"`
	Time      string         `json:"time"`
	Details   []order.Detail `json:"details,omitempty"`
}

type docLine struct {
	Title    string   `json:"title"`
	Options  []string `json:"options"`
	Quantity int      `json:"quantity"`
	Amount   int64    `json:"amount"`
}

type docPayment struct {
	Order    string `json:"order"`
	Payee    string `json:"payee"`
	Name     string `json:"name,omitempty"`
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
	Status   string `json:"status"`
	Sandbox  bool   `json:"sandbox,omitempty"`
}

func newDocument() *document {
	return &document{Goals: []assist.GoalView{}, Plan: docPlan{Steps: []docStep{}}, Calls: []desk.Call{},
		Questions: []docQuestion{}, Payments: []docPayment{}}
}

// take adds what one event of the turn tells.
func (d *document) take(e store.Event) {
	switch e.Type {
	case assist.EventTurn:
		d.Lang = read[assist.TurnStarted](e).Lang
	case assist.EventGoals:
		g := read[assist.Goals](e)
		d.Goals, d.Engine = append([]assist.GoalView{}, g.Goals...), g.Engine
	case assist.EventModel:
		use := read[assist.ModelUse](e)
		use.Turn = ""
		d.Model = &use
		if d.Engine = understand.Engine; use.Outcome == assist.ModelUsed {
			d.Engine = use.Model
		}
	case assist.EventPlan:
		d.plan(read[assist.PlanMade](e))
	case assist.EventStep:
		d.step(read[assist.StepChanged](e))
	case assist.EventQuestion:
		if q := read[assist.Question](e); q.Kind != assist.AskConfirm {
			d.question(q)
		}
	case assist.EventAnswered:
		d.answered(read[assist.Answered](e))
	case assist.EventBundle:
		d.Bundle = bundleOf(read[assist.BundleShown](e))
	case assist.EventPayment:
		d.payment(read[assist.Payment](e))
	case assist.EventCard:
		d.Cards = append(d.Cards, read[assist.Card](e))
	case assist.EventReply:
		d.Reply = strings.TrimSpace(d.Reply + "\n" + read[assist.Reply](e).Text)
	case assist.EventDone:
		done := read[assist.Done](e)
		d.Outcome, d.Code = done.Outcome, done.Code
	}
}

func (d *document) plan(p assist.PlanMade) {
	d.Plan = docPlan{Hash: p.Hash, Steps: []docStep{}}
	for _, s := range p.Steps {
		args := map[string]any{}
		for k, a := range s.Args {
			args[k] = flat(a)
		}
		d.Plan.Steps = append(d.Plan.Steps, docStep{ID: s.ID, Goal: s.Goal, Service: s.Service, Capability: s.Capability, Title: s.Title,
			Args: args, Effect: string(s.Effect), Needs: append([]string{}, s.Needs...)})
	}
}

func (d *document) step(c assist.StepChanged) {
	for i := range d.Plan.Steps {
		if d.Plan.Steps[i].ID == c.ID {
			d.Plan.Steps[i].State = string(c.State)
		}
	}
}

func (d *document) question(q assist.Question) {
	out := docQuestion{ID: q.Pause, Kind: string(q.Kind), Text: q.Text, Choices: []string{}}
	for _, c := range q.Choices {
		label := c.Label
		if label == "" {
			label = c.Value
		}
		out.Choices = append(out.Choices, label)
	}
	d.Questions = append(d.Questions, out)
}

// answered drops a question that is no longer open.
func (d *document) answered(a assist.Answered) {
	d.Questions = slices.DeleteFunc(d.Questions, func(q docQuestion) bool { return q.ID == a.Pause })
}

// payment keeps one line per order and payee: the latest state.
func (d *document) payment(p assist.Payment) {
	line := docPayment{Order: p.Order, Payee: p.Payee, Name: p.Name, Amount: p.Amount, Currency: p.Currency, Status: p.Status, Sandbox: p.Sandbox}
	for i, have := range d.Payments {
		if have.Order == p.Order && have.Payee == p.Payee {
			d.Payments[i] = line
			return
		}
	}
	d.Payments = append(d.Payments, line)
}

func bundleOf(shown assist.BundleShown) *docBundle {
	b := shown.Bundle
	out := &docBundle{Hash: shown.Hash, Policy: string(b.Policy), Orders: []docOrder{}, Changes: shown.Changes,
		Total: docTotal{Amount: b.Total.Minor, Currency: b.Total.Currency}}
	for _, q := range b.Quotes {
		o := docOrder{Service: q.Service, Payee: q.Payee, PayeeName: q.PayeeName, Sandbox: q.Sandbox, Lines: []docLine{},
			Amount: q.Amount.Minor, Currency: q.Amount.Currency, Address: q.Address, Time: q.Time, Details: q.Details}
		for _, l := range q.Lines {
			o.Lines = append(o.Lines, docLine{Title: l.Title, Options: append([]string{}, l.Options...), Quantity: l.Quantity, Amount: l.Amount})
		}
		out.Orders = append(out.Orders, o)
	}
	return out
}

// flat shows an argument as plain JSON: a value as it is, a reference as {"$ref": "step#/path"} with its pick.
func flat(a plan.Arg) any {
	switch {
	case a.Ref != nil:
		out := map[string]any{"$ref": a.Ref.Step + "#/" + strings.Join(a.Ref.Path, "/")}
		if a.Ref.Pick != nil {
			out["pick"] = a.Ref.Pick
		}
		return out
	case a.Object != nil:
		out := map[string]any{}
		for k, v := range a.Object {
			out[k] = flat(v)
		}
		return out
	case a.List != nil:
		out := []any{}
		for _, v := range a.List {
			out = append(out, flat(v))
		}
		return out
	}
	return a.Value
}

// read decodes an event; what does not decode reads as empty and is not shown.
func read[T any](e store.Event) T {
	var v T
	_ = json.Unmarshal(e.Data, &v)
	return v
}
