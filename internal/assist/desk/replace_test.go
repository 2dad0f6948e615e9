package desk_test

import (
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// thinks lets the mind say something else from now on, about what the person said before.
func (w *world) thinks(think func(assist.Request) assist.Thought) {
	w.mind.mu.Lock()
	defer w.mind.mu.Unlock()
	w.mind.think = think
}

// ordered has a car ordered and paid, and lets the next thought replace it by another one.
func ordered(t *testing.T, can ...string) (*world, int64) {
	t.Helper()
	w := newWorld(t)
	w.merchants.open("taxi", 42_00, can...)
	w.mind.plans(errand(w.merchants.list[0]))
	w.say("a car")
	b, at := w.bundle(0)
	w.approve(b, "")
	w.done(at)
	w.thinks(func(r assist.Request) assist.Thought {
		p := errand(w.merchants.list[0])
		for _, e := range r.Earlier {
			for _, o := range e.Placed {
				if o.Alive {
					p.Goals[0].Replaces = append(p.Goals[0].Replaces, o.Order)
				}
			}
		}
		return assist.Thought{Lang: "en", Plan: &p}
	})
	return w, w.events()[len(w.events())-1].seq
}

func (w *world) ended(after int64, turn string) assist.Done {
	var d assist.Done
	w.until(after, func(e event) bool {
		if e.kind == assist.EventDone {
			e.into(w.t, &d)
		}
		return d.Turn == turn
	})
	return d
}

// TestReplacedOrderIsTakenBackFirst shows the old order on the card, takes it back with the yes and pays for one only.
func TestReplacedOrderIsTakenBackFirst(t *testing.T) {
	t.Parallel()
	w, at := ordered(t, "cancel")
	turn := w.say("make it another car")
	b, at := w.bundle(at)
	if len(b.Changes) == 0 || b.Changes[0].Before == "" {
		t.Errorf("the card does not tell of the order that goes: %+v", b.Changes)
	}
	if w.merchants.live("taxi") != 1 {
		t.Error("something was taken back or ordered before the yes")
	}
	w.approve(b, "")
	if d := w.ended(at, turn); d.Outcome != assist.OutcomeDone {
		t.Errorf("ended with %+v", d)
	}
	if got := purse - w.available(); got != 42_00 || w.merchants.live("taxi") != 1 {
		t.Errorf("%d is paid for %d orders", got, w.merchants.live("taxi"))
	}
	w.sound()
}

// TestDeclinedReplacementChangesNothing leaves the old order where the card is answered with no.
func TestDeclinedReplacementChangesNothing(t *testing.T) {
	t.Parallel()
	w, at := ordered(t, "cancel")
	turn := w.say("make it another car")
	b, at := w.bundle(at)
	must(t, w.desk.Answer(t.Context(), person, b.Pause, assist.Answer{}))
	w.ended(at, turn)
	if got := purse - w.available(); got != 42_00 || w.merchants.live("taxi") != 1 || w.orders()[0].State != order.Fulfilled {
		t.Errorf("%d is paid for %d orders", got, w.merchants.live("taxi"))
	}
	w.sound()
}

// TestReplacedOrderThatStays asks before a second one is paid; the question survives a crash.
func TestReplacedOrderThatStays(t *testing.T) {
	t.Parallel()
	for answer, paid := range map[string]int64{"yes": 84_00, "no": 42_00} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			w, at := ordered(t)
			turn := w.say("make it another car")
			b, at := w.bundle(at)
			w.approve(b, "")
			q, at := w.question(at)
			if got := purse - w.available(); got != 42_00 {
				t.Fatalf("%d is paid or held while it is asked", got)
			}
			w.restart()
			must(t, w.tell(q.Pause, answer))
			w.ended(at, turn)
			if got := purse - w.available(); got != paid {
				t.Errorf("%d is paid, want %d", got, paid)
			}
			if answer == "yes" { // both are wanted: what sound takes for an order done twice
				must(t, w.db.Ledger().Verify(t.Context()))
				if n := w.merchants.live("taxi"); n != 2 {
					t.Errorf("%d orders, want both", n)
				}
				return
			}
			w.sound()
		})
	}
}

// TestTurnSaidAnewIsStopped stops the turn that waits for its confirmation: only the new one can be paid.
func TestTurnSaidAnewIsStopped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.merchants.open("taxi", 42_00, "cancel")
	w.mind.plans(errand(w.merchants.list[0]))
	first := w.say("a car")
	old, at := w.bundle(0)
	w.thinks(func(r assist.Request) assist.Thought {
		p := errand(w.merchants.list[0])
		for _, e := range r.Earlier {
			if e.Open {
				p.Supersedes = e.Turn
			}
		}
		return assist.Thought{Lang: "en", Plan: &p}
	})
	second := w.say("make it another car")
	var b assist.BundleShown
	at = w.until(at, func(e event) bool {
		if e.kind == assist.EventBundle {
			e.into(t, &b)
		}
		return b.Turn == second
	}).seq
	if err := w.desk.Answer(t.Context(), person, old.Pause, assist.Answer{Approve: true, Hash: old.Hash}); err == nil {
		t.Error("the card of the stopped turn still takes a yes")
	}
	w.approve(b, "")
	w.ended(at, second)
	if got := purse - w.available(); got != 42_00 || w.merchants.live("taxi") != 1 {
		t.Errorf("%d is paid for %d orders", got, w.merchants.live("taxi"))
	}
	if calls, err := w.desk.Calls(t.Context(), person, first); err != nil || len(calls) == 0 {
		t.Errorf("%v %v", calls, err)
	}
	w.sound()
}

// replies are all that Bangwo said.
func (w *world) replies() string {
	out := ""
	for _, e := range w.events() {
		var r assist.Reply
		if e.kind == assist.EventReply {
			e.into(w.t, &r)
			out += r.Text + "\n"
		}
	}
	return out
}

// TestTheNewOrderIsSecuredFirst: when the merchant refuses the new one, the old one is still there.
func TestTheNewOrderIsSecuredFirst(t *testing.T) {
	t.Parallel()
	for _, policy := range []order.Policy{order.AllOrNothing, order.WhatCanBeHad} {
		w, at := ordered(t, "cancel")
		w.merchants.hook = func(_ string, c track.Call) (track.Result, error, bool) {
			return track.Result{IsError: true, Text: []string{"no car today"}}, nil, c.Capability == "place"
		}
		turn := w.say("make it another car")
		b, at := w.bundle(at)
		w.approve(b, policy)
		if d := w.ended(at, turn); d.Outcome == assist.OutcomeDone {
			t.Errorf("%+v", d)
		}
		if got := purse - w.available(); got != 42_00 || w.merchants.live("taxi") != 1 || w.merchants.times("taxi/cancel") != 0 {
			t.Errorf("%d is paid for %d orders", got, w.merchants.live("taxi"))
		}
		w.sound()
	}
}

// TestAThinPurseIsFilledByTheOldOrder takes the old one back first where the money is needed for the new one.
func TestAThinPurseIsFilledByTheOldOrder(t *testing.T) {
	t.Parallel()
	w, at := ordered(t, "cancel")
	w.merchants.price["taxi"] = 70_00
	turn := w.say("make it a bigger car")
	b, at := w.bundle(at)
	w.approve(b, "")
	if d := w.ended(at, turn); d.Outcome != assist.OutcomeDone {
		t.Errorf("%+v", d)
	}
	if got := purse - w.available(); got != 70_00 || w.merchants.live("taxi") != 1 {
		t.Errorf("%d is paid for %d orders", got, w.merchants.live("taxi"))
	}
	w.sound()
	at = w.events()[len(w.events())-1].seq
	w.merchants.price["taxi"] = 170_00 // more than there is, whatever is taken back
	turn = w.say("make it a ship")
	b, at = w.bundle(at)
	w.approve(b, "")
	if d := w.ended(at, turn); d.Outcome == assist.OutcomeDone || w.available() != purse-70_00 || w.merchants.live("taxi") != 1 {
		t.Errorf("%+v, %d left: %s", d, w.available(), w.replies())
	}
}

// TestAnOldOrderThatStaysAfterAll asks what to keep, and undoes the new one when both are not wanted.
func TestAnOldOrderThatStaysAfterAll(t *testing.T) {
	t.Parallel()
	for answer, paid := range map[string]int64{"yes": 84_00, "no": 42_00} {
		w, at := ordered(t, "cancel")
		first := w.orders()[0].ID
		w.merchants.hook = func(_ string, c track.Call) (track.Result, error, bool) {
			return track.Result{IsError: true, Text: []string{"the driver is there"}}, nil, c.Capability == "cancel" && c.Args["order_id"] == "taxi-1"
		}
		turn := w.say("make it another car")
		b, at := w.bundle(at)
		w.approve(b, "")
		q, at := w.question(at)
		w.restart()
		must(t, w.tell(q.Pause, answer))
		w.ended(at, turn)
		if got := purse - w.available(); got != paid || w.merchants.live("taxi") != int(paid/42_00) {
			t.Errorf("%s: %d is paid for %d orders", answer, got, w.merchants.live("taxi"))
		}
		for _, o := range w.orders() {
			if kept := o.State == order.Fulfilled; kept != (o.ID == first || answer == "yes") {
				t.Errorf("%s: order %s is %s", answer, o.ID, o.State)
			}
		}
		must(t, w.db.Ledger().Verify(t.Context()))
	}
}

// TestLeftWithoutEither says so, and how to order the first one again, where the new one could not be secured first.
func TestLeftWithoutEither(t *testing.T) {
	t.Parallel()
	w, at := ordered(t, "cancel")
	think := w.mind.think
	w.thinks(func(r assist.Request) assist.Thought {
		th := think(r)
		th.Plan.Goals[0].Cancel = nil
		return th
	})
	w.merchants.hook = func(_ string, c track.Call) (track.Result, error, bool) {
		return track.Result{IsError: true, Text: []string{"no car today"}}, nil, c.Capability == "place"
	}
	turn := w.say("make it another car")
	b, at := w.bundle(at)
	w.approve(b, "")
	w.ended(at, turn)
	if w.available() != purse || w.merchants.live("taxi") != 0 || !strings.Contains(w.replies(), "you have neither now") {
		t.Errorf("%d left, %d orders: %s", w.available(), w.merchants.live("taxi"), w.replies())
	}
}

// TestACancellationThatNamesNoOrder does not hit the order that has taken the old one's place at a merchant that keeps
// one at a time, and still takes back the only one there is.
func TestACancellationThatNamesNoOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.merchants.open("cafe", 18_00, "cancel")
	shop := &w.merchants.list[0]
	for i, c := range shop.Capabilities {
		if c.Name == "cancel" {
			shop.Capabilities[i].Input = schema(`{"type":"object","properties":{}}`)
		}
	}
	drafts := func(replaces ...string) plan.Plan {
		return plan.Plan{ID: "p", Lang: "en", Steps: []plan.Step{{ID: "s1", Goal: "g1", Service: "cafe", Capability: "draft", Title: "Order",
			Effect: catalog.Reversible, Args: map[string]plan.Arg{"item": {Value: "thing"}}}},
			Goals: []plan.GoalPlan{{ID: "g1", Title: "A thing", Service: "cafe", Steps: []string{"s1"}, End: "s1", Order: true, Replaces: replaces,
				Cancel: &plan.Step{ID: "c", Goal: "g1", Service: "cafe", Capability: "cancel", Title: "Cancel", Effect: catalog.Irreversible}}}}
	}
	w.mind.plans(drafts())
	w.say("a thing")
	b, at := w.bundle(0)
	w.approve(b, "")
	w.done(at)
	at = w.events()[len(w.events())-1].seq
	w.mind.plans(drafts(w.orders()[0].ID))
	second := w.say("make it another")
	b, at = w.bundle(at)
	w.approve(b, "")
	if d := w.ended(at, second); d.Outcome != assist.OutcomeDone {
		t.Fatalf("ended with %+v", d)
	}
	if n := w.merchants.times("cafe/cancel"); n != 0 {
		t.Errorf("the merchant was told %d times to cancel, which would have hit the new order", n)
	}
	if got := purse - w.available(); got != 18_00 {
		t.Errorf("%d is paid, want one order", got)
	}
	newest := w.orders()[0]
	if _, err := w.desk.CancelOrder(t.Context(), person, newest.ID); err != nil {
		t.Fatal(err)
	}
	if n := w.merchants.times("cafe/cancel"); n != 1 || w.available() != purse {
		t.Errorf("cancelled %d times, %d available", n, w.available())
	}
}
