package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/money"
)

func amountText(minor int64, currency string) string { return money.Of(minor, currency).String() }

// printText writes a document for people.
func (a *asking) printText(w io.Writer, d *document) error {
	lang := a.tongue(d.Lang)
	if a.plan || a.explain {
		printPlan(w, lang, d)
	}
	for _, line := range d.Explain {
		fmt.Fprintln(w, " ", wordIn(lang, "cli.because"), plain(line))
	}
	if d.Bundle != nil {
		printBundle(w, lang, d.Bundle)
	}
	for _, p := range d.Payments {
		fmt.Fprintf(w, "%s: %s %s%s\n", plain(p.Name), amountText(p.Amount, p.Currency), wordIn(lang, "payment."+p.Status), sandboxMark(lang, p.Sandbox))
	}
	for _, q := range d.Questions {
		fmt.Fprintln(w, "?", plain(q.Text))
		for _, c := range q.Choices {
			fmt.Fprintln(w, "   ·", plain(c))
		}
	}
	if d.Model != nil && (a.plan || a.quiet) {
		fmt.Fprintln(w, modelLine(lang, *d.Model))
	}
	for line := range strings.SplitSeq(d.Reply, "\n") {
		if line != "" {
			fmt.Fprintln(w, plain(line))
		}
	}
	if d.Outcome != assist.OutcomeDone {
		fmt.Fprintln(w, "→", wordIn(lang, "cli.outcome_"+string(d.Outcome)))
	}
	return nil
}

// modelLine says which engine answered, where a language model was asked.
func modelLine(lang string, u assist.ModelUse) string {
	return "  ◦ " + wordIn(lang, "model."+u.Outcome, "model", plain(u.Model))
}

func sandboxMark(lang string, on bool) string {
	if on {
		return " " + wordIn(lang, "cli.sandbox")
	}
	return ""
}

func printPlan(w io.Writer, lang string, d *document) {
	for _, g := range d.Goals {
		fmt.Fprintln(w, wordIn(lang, "cli.goal"), g.ID, plain(g.Title))
	}
	for _, s := range d.Plan.Steps {
		args, err := json.Marshal(s.Args)
		if err != nil {
			args = []byte("?")
		}
		fmt.Fprintf(w, "  %s %s/%s [%s] %s", s.ID, s.Service, s.Capability, s.Effect, plain(string(args)))
		if len(s.Needs) > 0 {
			fmt.Fprint(w, " ", wordIn(lang, "cli.after", "steps", strings.Join(s.Needs, ", ")))
		}
		fmt.Fprintln(w)
	}
}

func printBundle(w io.Writer, lang string, b *docBundle) {
	for _, o := range b.Orders {
		name := o.PayeeName
		if name == "" {
			name = o.Payee
		}
		fmt.Fprintf(w, "%s%s\n", plain(name), sandboxMark(lang, o.Sandbox))
		for _, l := range o.Lines {
			fmt.Fprintf(w, "  %d × %s", l.Quantity, plain(l.Title))
			if len(l.Options) > 0 {
				fmt.Fprintf(w, " (%s)", plain(strings.Join(l.Options, ", ")))
			}
			fmt.Fprintf(w, "  %s\n", amountText(l.Amount, o.Currency))
		}
		for _, d := range o.Details {
			fmt.Fprintf(w, "  %s: %s\n", plain(d.Label), plain(d.Value))
		}
		for _, s := range []string{o.Address, o.Time} {
			if s != "" {
				fmt.Fprintln(w, " ", plain(s))
			}
		}
		fmt.Fprintln(w, " ", amountText(o.Amount, o.Currency))
	}
	fmt.Fprintln(w, wordIn(lang, "bundle.total"), amountText(b.Total.Amount, b.Total.Currency))
}

// thoughtDocument shows a thought that was not acted on.
func thoughtDocument(t assist.Thought) *document {
	d := newDocument()
	d.Lang, d.Engine, d.Model, d.Explain, d.Reply = t.Lang, t.Engine, t.Model, t.Explain, strings.TrimSpace(t.Reply+"\n"+t.Refusal)
	d.Goals = append(d.Goals, t.Goals...)
	d.Outcome = assist.OutcomeDone
	for _, ask := range t.Asks {
		q := assist.Question{Kind: ask.Kind, Text: ask.Text, Choices: ask.Choices}
		d.question(q)
		d.Outcome = assist.OutcomeQuestion
	}
	if t.Refusal != "" && t.Plan == nil && len(t.Asks) == 0 {
		d.Outcome = assist.OutcomeRefused
	}
	if t.Plan != nil {
		d.plan(planMade(t.Plan))
	}
	return d
}

func planMade(p *plan.Plan) assist.PlanMade {
	out := assist.PlanMade{Hash: plan.Hash(p)}
	for _, s := range p.Steps {
		out.Steps = append(out.Steps, assist.StepView{ID: s.ID, Goal: s.Goal, Service: s.Service, Capability: s.Capability,
			Title: s.Title, Args: s.Args, Effect: s.Effect, Needs: s.Deps()})
	}
	return out
}
