package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync/atomic"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store"
)

// stopWait is how long an interrupted errand may take to undo what it began.
const stopWait = 30 * time.Second

// talk is one errand from the sentence to its end.
type talk struct {
	counter
	*asking
	limit    money.Amount
	doc      *document
	out      io.Writer // progress and questions
	in       io.Reader
	lines    chan string
	terminal bool
	turn     string
	heard    atomic.Value    // the language of the turn, a string
	typing   context.Context // ends when the person stops the errand or its time is up
}

// run says the sentence and follows what happens until it ends or somebody would have to be asked who is not there.
func (t *talk) run(ctx context.Context, s saying) (*document, error) {
	conversation, turn, err := t.say(ctx, s)
	if err != nil {
		return nil, err
	}
	t.turn, t.doc.Turn, t.typing = turn, turn, ctx
	life, release := context.WithCancel(context.WithoutCancel(ctx))
	defer release()
	stop := context.AfterFunc(ctx, func() { t.interrupt(life, release) })
	defer stop()
	for e, err := range t.events(life, conversation, 0) {
		if err != nil {
			return nil, t.ended(ctx, err)
		}
		if of := read[struct{ Turn string }](e).Turn; of != "" && of != turn {
			continue // said before, in the same conversation
		}
		t.doc.take(e)
		t.heard.Store(t.doc.Lang)
		t.show(e)
		open, err := t.respond(life, e)
		if err != nil {
			return nil, t.ended(ctx, err)
		}
		if open != "" {
			t.doc.Outcome = open
		}
		if t.doc.Outcome != "" {
			t.doc.Calls, err = t.calls(life, turn)
			return t.doc, err
		}
	}
	return nil, t.ended(ctx, errStopped)
}

// interrupt asks for the turn to be stopped, and after a while stops listening.
func (t *talk) interrupt(life context.Context, release func()) {
	ctx, cancel := context.WithTimeout(life, stopWait)
	defer cancel()
	fmt.Fprintln(t.out, t.word("cli.stopping"))
	if err := t.cancel(ctx, t.turn); err != nil && !fault.Is(err, fault.Conflict) {
		fmt.Fprintln(t.out, t.word("cli.not_stopped", "why", err.Error()))
		release()
		return
	}
	time.AfterFunc(stopWait, release)
}

func (t *talk) ended(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return timedOut(t.timeout)
	}
	return err
}

// respond answers what is asked, or tells with which outcome the errand stays open.
func (t *talk) respond(ctx context.Context, e store.Event) (assist.Outcome, error) {
	switch e.Type {
	case assist.EventQuestion:
		q := read[assist.Question](e)
		if q.Kind == assist.AskConfirm {
			return "", nil // the bundle says it all
		}
		if !t.terminal {
			return assist.OutcomeQuestion, nil
		}
		return t.askQuestion(t.typing, q)
	case assist.EventBundle:
		return t.confirm(ctx, read[assist.BundleShown](e))
	}
	return "", nil
}

// confirm says yes within the limit, asks in the terminal, or leaves it open. What changed since it was confirmed is
// said yes to only where the person allowed that beforehand.
func (t *talk) confirm(ctx context.Context, shown assist.BundleShown) (assist.Outcome, error) {
	total := shown.Bundle.Total
	within := total.Minor <= t.limit.Minor && (total.Currency == t.limit.Currency || total.Minor == 0)
	differs := slices.ContainsFunc(shown.Changes, func(c assist.Change) bool { return !c.Asked })
	if t.yes && within && (t.changed || !differs) {
		a := assist.Answer{Approve: true, Hash: shown.Hash, Policy: t.policyFor(shown), Limit: t.limit.Minor, Changed: t.changed}
		err := t.answer(ctx, shown.Pause, a)
		if !fault.Is(err, fault.Changed) {
			return "", t.settled(err)
		}
		within = true // it differs in a way that has no line on the card
	}
	switch {
	case t.yes && !within:
		t.doc.Code = string(fault.Limit)
		fmt.Fprintln(t.out, t.word("cli.over_limit", "total", total.String(), "limit", t.limit.String()))
	case t.yes:
		t.doc.Code = string(fault.Changed)
		fmt.Fprintln(t.out, t.word("cli.not_confirmed"))
		printChanges(t.out, shown.Changes)
	}
	if !t.terminal {
		return assist.OutcomeWaiting, nil
	}
	t.doc.Code = ""
	yes, err := t.askConfirm(t.typing, shown)
	if errors.Is(err, errStopped) {
		return "", nil
	}
	if err != nil {
		return assist.OutcomeWaiting, nil //nolint:nilerr // the terminal was closed: the card stays open
	}
	return "", t.settled(t.answer(ctx, shown.Pause, assist.Answer{Approve: yes, Hash: shown.Hash, Policy: t.policyFor(shown)}))
}

func (t *talk) policyFor(shown assist.BundleShown) order.Policy {
	if t.policy != "" {
		return order.Policy(t.policy)
	}
	return shown.Bundle.Policy
}
