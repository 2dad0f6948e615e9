package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/i18n"
	"github.com/bangwo/bangwo/internal/store"
)

// maxTries is how often a question is put again when the answer does not fit.
const maxTries = 5

// line reads what the person types. It ends with ctx: Ctrl-C must be heard while nothing is typed.
func (t *talk) line(ctx context.Context, prompt string) (string, error) {
	if t.lines == nil {
		t.lines = make(chan string)
		go t.readLines()
	}
	fmt.Fprint(t.out, prompt)
	select {
	case said, ok := <-t.lines:
		if !ok {
			fmt.Fprintln(t.out)
			return "", io.EOF
		}
		return strings.TrimSpace(said), nil
	case <-ctx.Done():
		fmt.Fprintln(t.out)
		return "", errStopped
	}
}

// readLines lives as long as the command: a read of a terminal cannot be broken off.
func (t *talk) readLines() {
	defer close(t.lines)
	for lines := bufio.NewScanner(t.in); lines.Scan(); {
		t.lines <- lines.Text()
	}
}

// askQuestion puts a question in the terminal until its answer is taken. When the question was settled meanwhile, or the
// person stops the errand, what follows is told by events.
func (t *talk) askQuestion(ctx context.Context, q assist.Question) (assist.Outcome, error) {
	for range maxTries {
		fmt.Fprintln(t.out, "?", plain(q.Text))
		for i, c := range q.Choices {
			fmt.Fprintf(t.out, "  %d) %s\n", i+1, plain(strings.TrimSpace(c.Label+"  "+c.Detail)))
		}
		a, err := t.typed(ctx, q)
		if errors.Is(err, errStopped) {
			return "", nil
		}
		if err != nil {
			return assist.OutcomeQuestion, nil //nolint:nilerr // the terminal was closed: the question stays open
		}
		err = t.settled(t.answer(context.WithoutCancel(ctx), q.Pause, a))
		if !fault.Is(err, fault.Invalid) {
			return "", err
		}
		fmt.Fprintln(t.out, " ", i18n.Fault(t.tongue(), string(fault.Invalid), nil))
	}
	return assist.OutcomeQuestion, nil
}

// settled passes over that a pause was closed before the answer came, and says so.
func (t *talk) settled(err error) error {
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Expired) || fault.Is(err, fault.Changed) {
		fmt.Fprintln(t.out, " ", i18n.Fault(t.tongue(), string(fault.CodeOf(err)), nil))
		return nil
	}
	return err
}

// typed reads an answer: a number or label of a choice, yes or no, a form's fields, or free text.
func (t *talk) typed(ctx context.Context, q assist.Question) (assist.Answer, error) {
	switch q.Kind {
	case assist.AskForm:
		return t.form(ctx, q)
	case assist.AskConsent:
		said, err := t.yesOrNo(ctx, "  "+t.word("cli.consent"))
		return assist.Answer{Value: said}, err
	}
	said, err := t.line(ctx, "  > ")
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

// consentWord reads yes, always and no in both languages; "" is none of them.
func consentWord(s string) string {
	switch strings.ToLower(s) {
	case "y", "yes", "ok", "是", "是的", "好", "好的", "可以", "这次可以", "同意", "确认":
		return "yes"
	case "a", "always", "总是", "一直", "一直可以":
		return "always"
	case "n", "no", "否", "不", "不是", "不要", "不可以", "不同意", "先不要", "取消":
		return "no"
	}
	return ""
}

// yesOrNo asks until one of the words is said; what stays unclear is a no.
func (t *talk) yesOrNo(ctx context.Context, prompt string) (string, error) {
	for range maxTries {
		said, err := t.line(ctx, prompt)
		if err != nil {
			return "", err
		}
		if word := consentWord(said); word != "" {
			return word, nil
		}
		fmt.Fprintln(t.out, " ", t.word("cli.again"))
	}
	return "no", nil
}

// askConfirm shows the bundle and asks for the one yes.
func (t *talk) askConfirm(ctx context.Context, shown assist.BundleShown) (bool, error) {
	fmt.Fprintln(t.out)
	if len(shown.Changes) > 0 {
		fmt.Fprintln(t.out, "!", t.word("bundle.title_again"))
	}
	printBundle(t.out, t.tongue(), bundleOf(shown))
	printChanges(t.out, shown.Changes)
	said, err := t.yesOrNo(ctx, t.word("cli.confirm"))
	return err == nil && said != "no", err
}

// tongue is the language in which the person is spoken to: that of --lang, else of what they said, else of the terminal.
func (a *asking) tongue(heard string) string {
	switch {
	case a.lang != "":
		return a.lang
	case heard != "":
		return heard
	}
	return systemLang()
}

func (t *talk) tongue() string {
	heard, _ := t.heard.Load().(string)
	return t.asking.tongue(heard)
}

// word is one of our own sentences, with parameters as name, value pairs.
func (t *talk) word(key string, params ...string) string { return wordIn(t.tongue(), key, params...) }

func wordIn(lang, key string, params ...string) string {
	filled := map[string]string{}
	for i := 0; i+1 < len(params); i += 2 {
		filled[params[i]] = params[i+1]
	}
	return i18n.Text(lang, key, filled)
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
	case assist.EventModel:
		fmt.Fprintln(t.out, modelLine(t.tongue(), read[assist.ModelUse](e)))
	case assist.EventStep:
		showStep(t.out, read[assist.StepChanged](e))
	case assist.EventPayment:
		p := read[assist.Payment](e)
		fmt.Fprintf(t.out, "  ¤ %s %s %s\n", plain(p.Name), amountText(p.Amount, p.Currency), t.word("payment."+p.Status))
	case assist.EventQuestion:
		if q := read[assist.Question](e); !t.terminal && q.Kind != assist.AskConfirm {
			fmt.Fprintln(t.out, "?", plain(q.Text))
		}
	case assist.EventDone:
		if d := read[assist.Done](e); i18n.Has(i18n.English, "fault."+d.Code) {
			fmt.Fprintln(t.out, "  "+i18n.Fault(t.tongue(), d.Code, nil))
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
