package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/i18n"
	"github.com/bangwo/bangwo/internal/store"
)

// maxTries is how often a question is put again when the answer does not fit.
const maxTries = 5

// line reads what the person types.
func (t *talk) line(prompt string) (string, error) {
	if t.lines == nil {
		t.lines = bufio.NewScanner(t.in)
	}
	fmt.Fprint(t.out, prompt)
	if !t.lines.Scan() {
		fmt.Fprintln(t.out)
		return "", io.EOF
	}
	return strings.TrimSpace(t.lines.Text()), nil
}

// askQuestion puts a question in the terminal until its answer is taken.
func (t *talk) askQuestion(ctx context.Context, q assist.Question) (assist.Outcome, error) {
	for range maxTries {
		fmt.Fprintln(t.out, "?", plain(q.Text))
		for i, c := range q.Choices {
			fmt.Fprintf(t.out, "  %d) %s\n", i+1, plain(strings.TrimSpace(c.Label+"  "+c.Detail)))
		}
		a, err := t.typed(q)
		if err != nil {
			return assist.OutcomeQuestion, nil //nolint:nilerr // the terminal was closed: the question stays open
		}
		err = t.answer(ctx, q.Pause, a)
		if !fault.Is(err, fault.Invalid) {
			return "", err
		}
		fmt.Fprintln(t.out, " ", err)
	}
	return assist.OutcomeQuestion, nil
}

// typed reads an answer: a number or label of a choice, yes or no, a form's fields, or free text.
func (t *talk) typed(q assist.Question) (assist.Answer, error) {
	switch q.Kind {
	case assist.AskForm:
		return t.form(q)
	case assist.AskConsent:
		said, err := t.line("  yes / always / no > ")
		return assist.Answer{Value: consentWord(said)}, err
	}
	said, err := t.line("  > ")
	if n, bad := strconv.Atoi(said); bad == nil && n >= 1 && n <= len(q.Choices) {
		return assist.Answer{Value: q.Choices[n-1].Value}, err
	}
	for _, c := range q.Choices {
		if strings.EqualFold(said, c.Label) {
			return assist.Answer{Value: c.Value}, err
		}
	}
	return assist.Answer{Value: said}, err
}

// consentWord reads yes, always and no in both languages; anything else is no.
func consentWord(s string) string {
	switch strings.ToLower(s) {
	case "y", "yes", "是", "好", "可以", "同意":
		return "yes"
	case "a", "always", "总是", "一直":
		return "always"
	}
	return "no"
}

// form asks for the fields of a form one by one; values that parse as JSON are taken as such where the field is not text.
func (t *talk) form(q assist.Question) (assist.Answer, error) {
	schema, err := catalog.ParseSchema(q.Schema)
	if err != nil {
		return assist.Answer{}, err
	}
	values := map[string]any{}
	for _, p := range schema.Properties {
		said, err := t.line(fmt.Sprintf("  %s > ", plain(strings.TrimSpace(p.Name+"  "+p.Schema.Description))))
		if err != nil {
			return assist.Answer{}, err
		}
		if said == "" {
			continue
		}
		values[p.Name] = said
		var parsed any
		if p.Schema.Type != "string" && json.Unmarshal([]byte(said), &parsed) == nil {
			values[p.Name] = parsed
		}
	}
	return assist.Answer{Form: catalog.MustJSON(values)}, nil
}

// askConfirm shows the bundle and asks for the one yes.
func (t *talk) askConfirm(shown assist.BundleShown) (bool, error) {
	fmt.Fprintln(t.out)
	printBundle(t.out, bundleOf(shown))
	printChanges(t.out, shown.Changes)
	said, err := t.line("Confirm and pay? yes / no > ")
	return consentWord(said) != "no", err
}

// printChanges shows what differs from what was confirmed before.
func printChanges(w io.Writer, changes []assist.Change) {
	for _, c := range changes {
		fmt.Fprintf(w, "  ! %s: %s → %s\n", plain(c.What), plain(c.Before), plain(c.After))
	}
}

// show writes progress.
func (t *talk) show(e store.Event) {
	if t.quiet {
		return
	}
	switch e.Type {
	case assist.EventGoals:
		for _, g := range read[assist.Goals](e).Goals {
			fmt.Fprintln(t.out, "•", plain(g.Title))
		}
	case assist.EventStep:
		showStep(t.out, read[assist.StepChanged](e))
	case assist.EventPayment:
		p := read[assist.Payment](e)
		fmt.Fprintf(t.out, "  ¤ %s %s %s\n", plain(p.Name), amountText(p.Amount, p.Currency), p.Status)
	case assist.EventQuestion:
		if q := read[assist.Question](e); !t.terminal && q.Kind != assist.AskConfirm {
			fmt.Fprintln(t.out, "?", plain(q.Text))
		}
	case assist.EventDone:
		if d := read[assist.Done](e); i18n.Has(i18n.English, "fault."+d.Code) {
			fmt.Fprintln(t.out, "  "+i18n.Fault(systemLang(), d.Code, nil))
		}
	}
}

func showStep(w io.Writer, s assist.StepChanged) {
	mark := map[assist.StepState]string{assist.StepRunning: "…", assist.StepDone: "✓", assist.StepFailed: "✗",
		assist.StepSkipped: "-", assist.StepCompensated: "↶", assist.StepWaiting: "?"}[s.State]
	if mark == "" || s.State == assist.StepRunning && s.Progress == 0 && s.Note == "" {
		return
	}
	line := fmt.Sprintf("  %s %s", mark, plain(s.Title))
	if s.Note != "" {
		line += ": " + plain(s.Note)
	}
	if s.State == assist.StepRunning && s.Progress > 0 {
		line += fmt.Sprintf(" %.0f%%", 100*s.Progress)
	}
	if s.ElapsedMS > 0 {
		line += fmt.Sprintf(" (%d ms)", s.ElapsedMS)
	}
	fmt.Fprintln(w, line)
}
