package app_test

import (
	"encoding/json"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/order"
)

// answer sends an answer and returns the status and the fault's code.
func (b *browser) answer(pause string, a assist.Answer) (int, string) {
	b.t.Helper()
	res, raw := b.request(http.MethodPost, "/pauses/"+pause+"/answer", a)
	var failure struct{ Error struct{ Code string } }
	if err := json.Unmarshal(raw, &failure); err != nil {
		b.t.Errorf("answer: %v in %s", err, raw)
	}
	return res.StatusCode, failure.Error.Code
}

// orders lists the person's orders.
func (b *browser) orders() []order.Order {
	b.t.Helper()
	var out []order.Order
	b.want(http.StatusOK, http.MethodGet, "/orders", nil, &out)
	return out
}

// TestExactlyOneOfManyAnswersCounts lets answers that contradict each other come at the same time, to a question and to
// the confirmation: one of each counts, every other is a conflict, and what the one said is what happens.
func TestExactlyOneOfManyAnswersCounts(t *testing.T) {
	t.Parallel()
	n := start(t, config(t))
	lin := n.signedIn(t, "lin")
	conversation, _ := lin.say("Get me a car")
	events := lin.follow(conversation, 0, until(assist.EventQuestion))
	asked := decode[assist.Question](t, events[len(events)-1])
	said := lin.race(asked.Pause, assist.Answer{Value: "首都机场"}, assist.Answer{Value: "国贸"}, assist.Answer{Value: "北京南站"})

	events = lin.follow(conversation, events[len(events)-1].seq, until(assist.EventBundle))
	shown := decode[assist.BundleShown](t, events[len(events)-1])
	for _, e := range events {
		if e.kind == assist.EventAnswered {
			if got := decode[assist.Answered](t, e); got.Answer.Value != said.Value {
				t.Errorf("told that %q was answered, the one that counted was %q", got.Answer.Value, said.Value)
			}
		}
	}
	yes := assist.Answer{Approve: true, Hash: shown.Hash, Policy: order.AllOrNothing}
	some := assist.Answer{Approve: true, Hash: shown.Hash, Policy: order.WhatCanBeHad}
	counted := lin.race(shown.Pause, yes, assist.Answer{}, some)

	done := decode[assist.Done](t, last(lin.follow(conversation, events[len(events)-1].seq, until(assist.EventDone))))
	want, paid := assist.OutcomeRefused, int64(0)
	if counted.Approve {
		want, paid = assist.OutcomeDone, shown.Bundle.Total.Minor
	}
	if got := n.balance(t, lin); done.Outcome != want || got != 2000_00-paid || len(lin.orders()) != int(min(paid, 1)) {
		t.Errorf("outcome %s, balance %d, %d orders after %+v counted", done.Outcome, got, len(lin.orders()), counted)
	}
}

func last(es []event) event { return es[len(es)-1] }

// race sends all answers at once and returns the one that counted.
func (b *browser) race(pause string, answers ...assist.Answer) assist.Answer {
	b.t.Helper()
	var all sync.WaitGroup
	status, code := make([]int, len(answers)), make([]string, len(answers))
	for i, a := range answers {
		all.Go(func() { status[i], code[i] = b.answer(pause, a) })
	}
	all.Wait()
	var counted []assist.Answer
	for i, a := range answers {
		switch {
		case status[i] == http.StatusOK:
			counted = append(counted, a)
		case status[i] != http.StatusConflict || code[i] != "conflict":
			b.t.Errorf("an answer that came too late: %d %s", status[i], code[i])
		}
	}
	if len(counted) != 1 {
		b.t.Fatalf("%d answers counted: %+v", len(counted), counted)
	}
	return counted[0]
}

// TestAnAnswerAfterItsTime is refused with a code of its own; nothing is ordered, nothing stays reserved, at the merchant neither.
func TestAnAnswerAfterItsTime(t *testing.T) {
	t.Parallel()
	var skew atomic.Int64
	cfg := config(t)
	now := cfg.Now
	cfg.Now = func() time.Time { return now().Add(time.Duration(skew.Load())) }
	n := start(t, cfg)
	lin := n.signedIn(t, "lin")
	conversation, turn := lin.say(lattes)
	events := lin.follow(conversation, 0, until(assist.EventBundle))
	shown := decode[assist.BundleShown](t, last(events))
	asking, _ := lin.say("Get me a car")
	asked := decode[assist.Question](t, last(lin.follow(asking, 0, until(assist.EventQuestion))))

	skew.Store(int64(desk.AskFor + time.Minute))
	yes := assist.Answer{Approve: true, Hash: shown.Hash, Policy: order.AllOrNothing}
	for range 2 {
		if status, code := lin.answer(shown.Pause, yes); status != http.StatusGone || code != "expired" {
			t.Errorf("a yes after its time: %d %s", status, code)
		}
		if status, code := lin.answer(asked.Pause, assist.Answer{Value: "首都机场"}); status != http.StatusGone || code != "expired" {
			t.Errorf("an answer after its time: %d %s", status, code)
		}
	}
	for conversation, after := range map[string]int64{conversation: last(events).seq, asking: 0} {
		if done := decode[assist.Done](t, last(lin.follow(conversation, after, until(assist.EventDone)))); done.Outcome != assist.OutcomeRefused || done.Code != "expired" {
			t.Errorf("it ended with %+v", done)
		}
	}
	var calls []desk.Call
	lin.want(http.StatusOK, http.MethodGet, "/turns/"+turn+"/calls", nil, &calls)
	if c := calls[len(calls)-1]; c.Capability != "cancelOrder" || c.State != assist.StepDone {
		t.Errorf("what the merchant had prepared was not dropped: %+v", c)
	}
	if got := n.balance(t, lin); got != 2000_00 || len(lin.orders()) != 0 {
		t.Errorf("balance %d, orders %+v", got, lin.orders())
	}
	if err := n.app.Ledger().Verify(t.Context()); err != nil {
		t.Errorf("ledger: %v", err)
	}
}

// TestUnansweredQuestionsGiveWay says more than may be open at once: the oldest that only waits is let go, and the person
// can go on asking.
func TestUnansweredQuestionsGiveWay(t *testing.T) {
	t.Parallel()
	n := start(t, config(t))
	lin := n.signedIn(t, "lin")
	var first string
	for i := range desk.MaxOpenTurns + 2 {
		conversation, _ := lin.say("Get me a car")
		if i == 0 {
			first = conversation
		}
		lin.follow(conversation, 0, until(assist.EventQuestion))
	}
	done := decode[assist.Done](t, last(lin.follow(first, 0, until(assist.EventDone))))
	if done.Outcome != assist.OutcomeRefused || done.Code != "cancelled" {
		t.Errorf("the oldest: %+v", done)
	}
	conversation, _ := lin.say("history")
	if done := decode[assist.Done](t, last(lin.follow(conversation, 0, until(assist.EventDone)))); done.Outcome != assist.OutcomeDone {
		t.Errorf("a command: %+v", done)
	}
}
