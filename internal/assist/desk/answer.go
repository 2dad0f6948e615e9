package desk

import (
	"context"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store"
)

// Answer closes a pause of the person's with their answer, exactly once: the same answer again is fine, another one
// is a fault conflict. Other faults: not_found, invalid (not an answer to this question), changed (the hash is not
// that of the bundle shown, or an automatic answer to a bundle that differs from the one confirmed before), limit (above
// the limit given with the answer), expired.
func (d *Desk) Answer(ctx context.Context, person, id string, a assist.Answer) error {
	for range MaxRetries {
		err := d.answer(ctx, person, id, a)
		if fault.Is(err, fault.Conflict) && !answeredAlready(err) {
			continue
		}
		return err
	}
	return fault.New(fault.Unavailable, "pause %s changes too fast", id)
}

func answeredAlready(err error) bool {
	f, ok := err.(*fault.Error)
	return ok && f.Params["answered"] != ""
}

func (d *Desk) answer(ctx context.Context, person, id string, a assist.Answer) error {
	p := &pause{}
	var err error
	if p.version, err = d.get(ctx, kindPause, id, p); err != nil {
		return err
	}
	if p.Person != person {
		return fault.New(fault.NotFound, "no pause %q", id).With("pause", id)
	}
	if p.State == pauseOpen && !d.Clock().Before(p.Expires) {
		if err := d.close(ctx, p, pauseExpired, assist.Answer{}); err != nil {
			return err
		}
	}
	switch {
	case p.State == pauseExpired:
		return fault.New(fault.Expired, "the question has expired").With("pause", id).
			WithHint("nothing more comes of it; say again what is wanted")
	case p.State == pauseAnswered && sameAnswer(p, a):
		return nil
	case p.State != pauseOpen:
		return fault.New(fault.Conflict, "the question was closed already: %s", p.State).With("pause", id).With("answered", string(p.State)).
			WithHint("only one answer counts; look at what became of it")
	}
	if a, err = d.check(ctx, p, a); err != nil {
		return err
	}
	if p.Consent != nil && a.Value == "always" {
		if err := d.Profiles.Allow(ctx, person, *p.Consent); err != nil {
			return err
		}
	}
	return d.close(ctx, p, pauseAnswered, a)
}

// sameAnswer compares with the answer as it was kept, however the choice was named.
func sameAnswer(p *pause, a assist.Answer) bool {
	if p.Kind != assist.AskConfirm {
		if v, ok := choiceOf(p, a.Value); ok {
			a.Value = v
		}
		return reflect.DeepEqual(p.Answer, a)
	}
	if !p.Answer.Approve || !a.Approve {
		return p.Answer.Approve == a.Approve
	}
	return p.Answer.Hash == a.Hash && (a.Policy == "" || p.Answer.Policy == a.Policy)
}

// check tells whether a answers the question, and returns it in the form that is kept.
func (d *Desk) check(ctx context.Context, p *pause, a assist.Answer) (assist.Answer, error) {
	if utf8.RuneCountInString(a.Value) > MaxValue || len(a.Form) > MaxForm {
		return a, fault.New(fault.Invalid, "the answer is longer than %d characters", MaxValue).With("field", "value")
	}
	switch p.Kind {
	case assist.AskConfirm:
		return d.checkConfirm(ctx, p, a)
	case assist.AskForm:
		return a, nil
	case assist.AskChoice, assist.AskConsent:
		v, ok := choiceOf(p, a.Value)
		if !ok {
			return a, fault.New(fault.Invalid, "%q is not one of the choices", a.Value).With("field", "value")
		}
		a.Value = v
	default:
		if v, ok := choiceOf(p, a.Value); ok {
			a.Value = v
		}
		if strings.TrimSpace(a.Value) == "" {
			return a, fault.New(fault.Invalid, "the answer is empty").With("field", "value")
		}
	}
	return a, nil
}

// choiceOf finds the choice meant by its value, its label or its number.
func choiceOf(p *pause, s string) (string, bool) {
	s = strings.TrimSpace(s)
	for _, c := range p.Choices {
		if c.Value == s {
			return c.Value, true
		}
	}
	for _, c := range p.Choices {
		if strings.EqualFold(c.Label, s) {
			return c.Value, true
		}
	}
	if n, err := strconv.Atoi(s); err == nil && p.Kind != assist.AskText && n >= 1 && n <= len(p.Choices) {
		return p.Choices[n-1].Value, true
	}
	return "", false
}

// checkConfirm lets a yes through only to exactly what was shown. The policy may be chosen with the answer.
func (d *Desk) checkConfirm(ctx context.Context, p *pause, a assist.Answer) (assist.Answer, error) {
	if !a.Approve {
		return assist.Answer{}, nil
	}
	t := &turn{}
	if _, err := d.get(ctx, kindTurn, p.Turn, t); err != nil {
		return a, err
	}
	if t.Bundle == nil || t.Pause != p.ID() {
		return a, fault.New(fault.Conflict, "the bundle is no longer waiting")
	}
	b := *t.Bundle
	shown := b.Hash()
	switch a.Policy {
	case "":
	case order.AllOrNothing, order.WhatCanBeHad:
		b.Policy = a.Policy
	default:
		return a, fault.New(fault.Invalid, "the policy %q is not one of all, some", a.Policy).With("field", "policy")
	}
	if a.Hash != shown && a.Hash != b.Hash() {
		return a, fault.New(fault.Changed, "the confirmation is for another bundle than the one shown").With("hash", shown).
			WithHint("look at the bundle as it is now and confirm that")
	}
	if a.Limit > 0 && b.Total.Minor > a.Limit {
		return a, fault.New(fault.Limit, "the total of %s is above the limit of %s", b.Total, moneyOf(a.Limit, b.Total.Currency)).
			With("total", b.Total.String())
	}
	if a.Limit > 0 && !a.Changed && differsFromBefore(t) {
		return a, fault.New(fault.Changed, "the bundle differs from what was confirmed before").With("total", b.Total.String()).
			WithHint("show it to the person, or confirm with changed where they allowed that")
	}
	a.Changed = false // it permits, it is no part of what is signed
	a.Hash, a.Policy, a.Value, a.Form = shown, b.Policy, "", nil
	return a, nil
}

// differsFromBefore tells whether the bundle that is shown has a part that was confirmed before on other terms.
func differsFromBefore(t *turn) bool {
	for _, q := range t.Bundle.Quotes {
		if p := t.Parts[q.Goal]; p != nil && p.Changed {
			return true
		}
	}
	return false
}

// close ends a pause and lets its turn go on, in one commit.
func (d *Desk) close(ctx context.Context, p *pause, state pauseState, a assist.Answer) error {
	p.State, p.Answer = state, a
	b := &batch{}
	b.pause(p)
	b.tell(p.Conversation, assist.EventAnswered, assist.Answered{Pause: p.ID(), Turn: p.Turn, State: string(state), Answer: a})
	b.Events = append(b.Events, wake(p.Turn))
	t := &turn{}
	var err error
	if t.version, err = d.get(ctx, kindTurn, p.Turn, t); err != nil {
		return err
	}
	if t.Pause == p.ID() {
		if err := d.resume(b, t, p); err != nil {
			return err
		}
		b.turn(t)
	}
	if err := d.commit(b, func(w store.Write) error { return d.Store.Commit(ctx, w) }); err != nil {
		return err
	}
	d.kick(p.Turn)
	return nil
}

// resume puts what the pause brought into the turn.
func (d *Desk) resume(b *batch, t *turn, p *pause) error {
	t.Pause = ""
	switch p.State {
	case pauseCancelled:
		return nil // the signal tells the worker
	case pauseExpired:
		d.ranOut(t, p)
		return nil
	}
	switch {
	case p.Key != "":
		if t.Answers == nil {
			t.Answers = map[string]string{}
		}
		t.Answers[p.Key] = p.Answer.Value
		t.Rounds++
	case p.Unknown:
		setAnswer(t, unknownKey(p.Step), p.Answer.Value)
	case p.Offer != nil:
		return takeOffer(t, p)
	case p.Arg != "":
		return choose(t, p)
	case p.Consent != nil:
		c := *p.Consent
		c.Always = p.Answer.Value != "no"
		t.Consents = append(t.Consents, c)
	case p.Door != "":
		if t.Forms == nil {
			t.Forms = map[string]jsonForm{}
		}
		t.Forms[p.Door] = jsonForm{Granted: len(p.Answer.Form) > 0, Form: p.Answer.Form}
	case p.Bundle:
		return d.decide(b, t, p)
	}
	return nil
}

func setAnswer(t *turn, key, value string) {
	if t.Answers == nil {
		t.Answers = map[string]string{}
	}
	t.Answers[key] = value
}

// ranOut is what an unanswered question leads to: the turn stops, except where money or other parts still depend on it.
func (d *Desk) ranOut(t *turn, p *pause) {
	switch {
	case p.Unknown:
		// nobody told: a cancellation is taken as done, an order as not done, so that nothing is paid for it
		setAnswer(t, unknownKey(p.Step), p.Silence)
	case p.Bundle:
		decline(t, string(fault.Expired))
	default:
		t.Stop, t.Phase = string(fault.Expired), phaseUndo
	}
}

func unknownKey(step string) string { return "unknown/" + step }
