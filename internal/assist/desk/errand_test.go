package desk_test

import (
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

func TestOneSentenceTwoMerchantsOneConfirmationOnePayment(t *testing.T) {
	t.Parallel()
	w := twoShops(t)
	w.say("a coffee and a car")
	b, at := w.bundle(0)
	if len(b.Bundle.Quotes) != 2 || b.Bundle.Total.Minor != 60_00 || b.Balance != purse {
		t.Fatalf("the card shows %+v", b)
	}
	if w.merchants.times("cafe/place")+w.merchants.times("taxi/place") != 0 {
		t.Fatal("something was ordered before the yes")
	}
	w.approve(b, order.AllOrNothing)
	if d := w.done(at); d.Outcome != assist.OutcomeDone || d.Code != "" {
		t.Fatalf("it ended with %+v", d)
	}
	if got := w.available(); got != purse-60_00 {
		t.Fatalf("%d is left", got)
	}
	w.sound()
	for _, o := range w.orders() {
		r, err := w.desk.Receipt(t.Context(), person, o.ID)
		must(t, err)
		if len(r.Payments) != 1 || r.Payments[0].Status != "captured" || r.Mandate.Hash != b.Hash {
			t.Errorf("the receipt is %+v", r)
		}
	}
}

func TestOneFailsUnderEachPolicy(t *testing.T) {
	t.Parallel()
	for policy, left := range map[order.Policy]int64{order.AllOrNothing: purse, order.WhatCanBeHad: purse - 18_00} {
		t.Run(string(policy), func(t *testing.T) {
			t.Parallel()
			w := twoShops(t)
			w.merchants.hook = func(s string, c track.Call) (track.Result, error, bool) {
				return track.Result{IsError: true, Text: []string{"no car"}}, nil, s == "taxi" && c.Capability == "place"
			}
			w.say("both")
			b, at := w.bundle(0)
			w.approve(b, policy)
			d := w.done(at)
			if got := w.available(); got != left {
				t.Errorf("%d is left, want %d", got, left)
			}
			if want := (policy == order.WhatCanBeHad); (d.Outcome == assist.OutcomeDone) != want || d.Code != string(fault.Merchant) {
				t.Errorf("it ended with %+v", d)
			}
			w.sound()
		})
	}
}

func TestOtherPriceAtOrderTimeStopsAndAsksAgain(t *testing.T) {
	t.Parallel()
	for _, policy := range []order.Policy{order.AllOrNothing, order.WhatCanBeHad} {
		t.Run(string(policy), func(t *testing.T) {
			t.Parallel()
			w := twoShops(t)
			w.merchants.charge["taxi"] = 55_00
			w.say("both")
			b, at := w.bundle(0)
			w.approve(b, policy)
			again, at := w.bundle(at)
			if len(again.Changes) != 1 || again.Changes[0].What != "amount" || again.Changes[0].After != "¥55.00" {
				t.Fatalf("the changes shown are %+v", again.Changes)
			}
			if len(again.Bundle.Quotes) != 1 || again.Bundle.Total.Minor != 55_00 || again.Hash == b.Hash {
				t.Fatalf("the card shows %+v", again.Bundle)
			}
			w.approve(again, policy)
			if d := w.done(at); d.Outcome != assist.OutcomeDone || d.Code != "" {
				t.Fatalf("it ended with %+v", d)
			}
			if got := w.available(); got != purse-73_00 {
				t.Fatalf("%d is left", got)
			}
			w.sound()
		})
	}
}

func TestOtherPriceDeclined(t *testing.T) {
	t.Parallel()
	for policy, left := range map[order.Policy]int64{order.AllOrNothing: purse, order.WhatCanBeHad: purse - 18_00} {
		t.Run(string(policy), func(t *testing.T) {
			t.Parallel()
			w := twoShops(t)
			w.merchants.charge["taxi"] = 55_00
			w.say("both")
			b, at := w.bundle(0)
			w.approve(b, policy)
			again, at := w.bundle(at)
			must(t, w.desk.Answer(t.Context(), person, again.Pause, assist.Answer{}))
			w.done(at)
			if got := w.available(); got != left {
				t.Errorf("%d is left, want %d", got, left)
			}
			w.sound()
		})
	}
}

func TestConfirmationIsForWhatWasShown(t *testing.T) {
	t.Parallel()
	w := twoShops(t)
	w.say("both")
	b, at := w.bundle(0)
	ctx := t.Context()
	if err := w.desk.Answer(ctx, person, b.Pause, assist.Answer{Approve: true, Hash: "other"}); !fault.Is(err, fault.Changed) {
		t.Errorf("another hash: %v", err)
	}
	if err := w.desk.Answer(ctx, person, b.Pause, assist.Answer{Approve: true, Hash: b.Hash, Limit: 59_00}); !fault.Is(err, fault.Limit) {
		t.Errorf("above the limit: %v", err)
	}
	if err := w.desk.Answer(ctx, "eve", b.Pause, assist.Answer{Approve: true, Hash: b.Hash}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another person: %v", err)
	}
	w.approve(b, order.WhatCanBeHad)
	must(t, w.desk.Answer(ctx, person, b.Pause, assist.Answer{Approve: true, Hash: b.Hash, Policy: order.WhatCanBeHad})) // again the same
	if err := w.desk.Answer(ctx, person, b.Pause, assist.Answer{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second, different answer: %v", err)
	}
	w.done(at)
	if w.merchants.live("cafe") != 1 || w.merchants.live("taxi") != 1 {
		t.Error("not exactly one order each")
	}
	w.sound()
}

// TestAutomaticYesIsNotForChangedTerms refuses an automatic yes to terms that differ from the confirmed ones, unless it
// says that it is for those too; the limit holds all the same.
func TestAutomaticYesIsNotForChangedTerms(t *testing.T) {
	t.Parallel()
	w := twoShops(t)
	w.merchants.charge["taxi"] = 55_00
	w.say("both")
	b, at := w.bundle(0)
	must(t, w.desk.Answer(t.Context(), person, b.Pause, assist.Answer{Approve: true, Hash: b.Hash, Limit: 80_00}))
	again, at := w.bundle(at)
	yes := assist.Answer{Approve: true, Hash: again.Hash, Limit: 80_00}
	if err := w.desk.Answer(t.Context(), person, again.Pause, yes); !fault.Is(err, fault.Changed) {
		t.Errorf("an automatic yes to other terms: %v", err)
	}
	yes.Changed, yes.Limit = true, 54_99
	if err := w.desk.Answer(t.Context(), person, again.Pause, yes); !fault.Is(err, fault.Limit) {
		t.Errorf("above the limit: %v", err)
	}
	yes.Limit = 55_00
	must(t, w.desk.Answer(t.Context(), person, again.Pause, yes))
	if d := w.done(at); d.Outcome != assist.OutcomeDone || w.available() != purse-73_00 {
		t.Errorf("ended with %+v", d)
	}
	w.sound()
}

func TestFundsMissing(t *testing.T) {
	t.Parallel()
	w := twoShops(t)
	w.merchants.price["taxi"] = 90_00
	w.say("both")
	b, at := w.bundle(0)
	w.approve(b, order.WhatCanBeHad)
	if d := w.done(at); d.Outcome != assist.OutcomeRefused || d.Code != string(fault.Funds) {
		t.Fatalf("it ended with %+v", d)
	}
	if w.merchants.times("cafe/place") != 0 || w.available() != purse {
		t.Error("something was ordered or paid")
	}
	w.sound()
}

func TestSayTwice(t *testing.T) {
	t.Parallel()
	w := twoShops(t)
	u := desk.Utterance{Text: "both", Key: "k1"}
	one, err := w.desk.Say(t.Context(), person, w.conv, u)
	must(t, err)
	two, err := w.desk.Say(t.Context(), person, w.conv, u)
	must(t, err)
	if one != two {
		t.Error("the same key started two turns")
	}
	u.Text = "something else"
	if _, err := w.desk.Say(t.Context(), person, w.conv, u); !fault.Is(err, fault.Mismatch) {
		t.Errorf("the key with other words: %v", err)
	}
	if _, err := w.desk.Say(t.Context(), "eve", w.conv, desk.Utterance{Text: "hi"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another's conversation: %v", err)
	}
}

func TestCancelOrderAfterwards(t *testing.T) {
	t.Parallel()
	w := twoShops(t)
	w.say("both")
	b, at := w.bundle(0)
	w.approve(b, order.AllOrNothing)
	w.done(at)
	for _, o := range w.orders() {
		after, err := w.desk.CancelOrder(t.Context(), person, o.ID)
		must(t, err)
		if after.State != order.Cancelled {
			t.Errorf("%s is %s", o.Quote.Service, after.State)
		}
		again, err := w.desk.CancelOrder(t.Context(), person, o.ID)
		must(t, err)
		if again.State != order.Cancelled {
			t.Errorf("again: %s", again.State)
		}
	}
	if w.available() != purse || w.merchants.times("cafe/cancel") != 1 {
		t.Error("not everything came back, or it was cancelled more than once")
	}
	w.sound()
}
