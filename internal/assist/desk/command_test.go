package desk_test

import (
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// command has the mind hear a command in whatever is said next.
func (w *world) command(kind assist.CommandKind, words, lang string) (string, assist.Done) {
	w.t.Helper()
	w.mind.mu.Lock()
	w.mind.think = func(assist.Request) assist.Thought {
		return assist.Thought{Lang: lang, Command: &assist.Command{Kind: kind, Words: words}}
	}
	w.mind.mu.Unlock()
	turn := w.say(string(kind) + " " + words)
	var r assist.Reply
	w.until(0, func(e event) bool {
		if e.kind != assist.EventReply {
			return false
		}
		e.into(w.t, &r)
		return r.Turn == turn
	})
	var d assist.Done
	w.until(0, func(e event) bool {
		if e.kind != assist.EventDone {
			return false
		}
		e.into(w.t, &d)
		return d.Turn == turn
	})
	return r.Text, d
}

func TestCommandsInTheConversation(t *testing.T) {
	t.Parallel()
	w := twoShops(t)
	if text, d := w.command(assist.CommandCancel, "", "en"); d.Code != string(fault.NotFound) {
		t.Errorf("cancel nothing: %q, %+v", text, d)
	}
	w.mind.plans(errand(w.merchants.list...))
	w.say("both")
	b, at := w.bundle(0)
	w.approve(b, order.AllOrNothing)
	w.until(at, func(e event) bool { return e.kind == assist.EventDone })
	for _, c := range []struct {
		kind        assist.CommandKind
		words, lang string
		says        string
	}{
		{assist.CommandBalance, "", "zh", "¥40.00"},
		{assist.CommandHistory, "", "en", "The taxi"},
		{assist.CommandStatus, "taxi", "en", "¥42.00"},
		{assist.CommandReceipt, "cafe", "zh", "已付"},
		{assist.CommandHelp, "", "zh", "确认"},
		{assist.CommandCancel, "taxi", "en", "cancelled"},
		{assist.CommandRefund, "cafe", "zh", "已退款"},
		{assist.CommandBalance, "", "en", "¥100.00"},
	} {
		if text, d := w.command(c.kind, c.words, c.lang); !strings.Contains(text, c.says) || d.Outcome != assist.OutcomeDone {
			t.Errorf("%s %s: %q, %+v", c.kind, c.words, text, d)
		}
	}
	w.sound()
	if w.merchants.live("cafe")+w.merchants.live("taxi") != 0 {
		t.Error("a merchant still has an order")
	}
}

func TestCancelCommandStopsAnOpenTurn(t *testing.T) {
	t.Parallel()
	w := twoShops(t)
	open := w.say("both")
	b, _ := w.bundle(0)
	w.command(assist.CommandCancel, "", "en")
	w.until(0, func(e event) bool {
		var d assist.Done
		if e.kind == assist.EventDone {
			e.into(t, &d)
		}
		return d.Turn == open
	})
	if err := w.desk.Answer(t.Context(), person, b.Pause, assist.Answer{Approve: true, Hash: b.Hash}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a yes after the cancel: %v", err)
	}
	if w.available() != purse {
		t.Error("something was paid")
	}
}

func TestOrderThatCannotBeTakenBackStands(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.merchants.open("cafe", 18_00)
	w.mind.plans(errand(w.merchants.list...))
	w.say("coffee")
	b, at := w.bundle(0)
	w.approve(b, "")
	w.done(at)
	o := w.orders()[0]
	if after, err := w.desk.CancelOrder(t.Context(), person, o.ID); !fault.Is(err, fault.Unsupported) || after.State != order.Fulfilled {
		t.Errorf("%s, %v", after.State, err)
	}
	if _, err := w.desk.CancelOrder(t.Context(), "eve", o.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("another person's: %v", err)
	}
	w.sound()
}

// TestAnotherNodeTakesOver answers on one node what another asked, after that one died: it takes the turn over at once
// when the lease was given back, and after the lease ran out when it was not.
func TestAnotherNodeTakesOver(t *testing.T) {
	t.Parallel()
	w := twoShops(t)
	must(t, w.desk.Close())
	skew := make(chan time.Duration, 1)
	skew <- 0
	w.clock = func() time.Time { d := <-skew; skew <- d; return time.Now().Add(d) }
	w.start()
	w.say("both")
	b, at := w.bundle(0)
	var once sync.Once
	w.merchants.hook = func(_ string, c track.Call) (track.Result, error, bool) {
		if c.Capability == "place" {
			once.Do(w.crash.now) // in the middle of a step, so the lease is not given back
		}
		return track.Result{}, nil, false
	}
	w.answer(t.Context(), b.Pause, assist.Answer{Approve: true, Hash: b.Hash, Policy: order.AllOrNothing})
	<-w.crash.happened()
	w.node = "two"
	w.restart()
	other := desk.New(desk.Deps{Store: w.db, Ledger: w.db.Ledger(), Mind: w.mind, Services: w.merchants, Profiles: w.profiles,
		Clock: w.clock, Node: "three", Grace: time.Nanosecond, Backoff: time.Millisecond, Log: slog.New(slog.DiscardHandler)})
	must(t, other.Start(t.Context()))
	defer func() { must(t, other.Close()) }()
	for _, e := range w.events() {
		if e.kind == assist.EventDone {
			t.Fatal("a turn whose lease another node holds was driven")
		}
	}
	<-skew
	skew <- desk.LeaseFor
	w.done(at)
	w.sound()
	if w.merchants.times("cafe/place") > 1 || w.merchants.times("taxi/place") > 1 {
		t.Error("a merchant was asked twice")
	}
}

// TestMerchantKeepsItsCancellationFee gives back what the merchant's own answer to the cancellation says, and never more
// than was paid.
func TestMerchantKeepsItsCancellationFee(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		says string
		back int64
	}{
		"it states nothing":           {`{"status":"cancelled"}`, 18_00},
		"a fee":                       {`{"status":"cancelled","cancellation_fee":3.6}`, 14_40},
		"a fee in fen":                {`{"status":"cancelled","cancel_fee_fen":360}`, 14_40},
		"a refund":                    {`{"status":"cancelled","refund_amount":"¥10.00"}`, 10_00},
		"both, without a unit":        {`{"status":"cancelled","refundAmount":1440,"cancelFee":360}`, 14_40},
		"more than was paid":          {`{"status":"cancelled","refund_fen":999900}`, 18_00},
		"a fee of more than was paid": {`{"status":"cancelled","cancellation_fee":500}`, 0},
		"nothing back and no fee":     {`{"status":"cancelled","refund":0}`, 18_00},
		"a number that is no money":   {`{"status":"cancelled","refund_id":"777","refundTime":1700000000}`, 18_00},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.merchants.open("cafe", 18_00, "cancel")
			w.mind.plans(errand(w.merchants.list...))
			w.say("coffee")
			b, at := w.bundle(0)
			w.approve(b, "")
			w.done(at)
			w.merchants.hook = func(_ string, call track.Call) (track.Result, error, bool) {
				return track.Result{Structured: []byte(c.says)}, nil, call.Capability == "cancel"
			}
			text, d := w.command(assist.CommandCancel, "", "en")
			if got := w.available() - (purse - 18_00); got != c.back {
				t.Errorf("%d came back, want %d: %q", got, c.back, text)
			}
			must(t, w.db.Ledger().Verify(t.Context()))
			o := w.orders()[0]
			if d.Outcome != assist.OutcomeDone || o.State != order.Cancelled || o.Kept.Minor != 18_00-c.back {
				t.Errorf("ended with %+v, %+v", d, o)
			}
			if c.back < 18_00 && !strings.Contains(text, o.Kept.String()) {
				t.Errorf("the fee is not told: %q", text)
			}
			r, err := w.desk.Receipt(t.Context(), person, o.ID)
			must(t, err)
			if len(r.Payments) != 1 || r.Payments[0].Back != c.back {
				t.Errorf("the receipt says %+v", r.Payments)
			}
		})
	}
}

// TestWhichOrderIsAsked takes no order back on a guess.
func TestWhichOrderIsAsked(t *testing.T) {
	t.Parallel()
	for answer, left := range map[string]int64{"1": 42_00, "all": 0} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			w := twoShops(t)
			w.say("both")
			b, at := w.bundle(0)
			w.approve(b, "")
			w.done(at)
			w.mind.mu.Lock()
			w.mind.think = func(assist.Request) assist.Thought {
				return assist.Thought{Lang: "en", Command: &assist.Command{Kind: assist.CommandCancel}}
			}
			w.mind.mu.Unlock()
			turn := w.say("cancel it")
			q, at := w.question(at)
			if len(q.Choices) != 3 || w.merchants.live("cafe")+w.merchants.live("taxi") != 2 {
				t.Fatalf("the question is %+v", q)
			}
			value := answer
			if answer == "1" {
				for _, c := range q.Choices {
					if strings.Contains(c.Label, "The cafe") {
						value = c.Value
					}
				}
			}
			w.restart()
			must(t, w.tell(q.Pause, value))
			w.until(at, func(e event) bool {
				var d assist.Done
				if e.kind == assist.EventDone {
					e.into(t, &d)
				}
				return d.Turn == turn
			})
			if got := purse - w.available(); got != left {
				t.Errorf("%d is still paid, want %d", got, left)
			}
			w.sound()
		})
	}
}

// TestStatusIsAskedOfTheMerchant tells what the merchant says of the order now, as its words, and changes nothing by it.
func TestStatusIsAskedOfTheMerchant(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.merchants.open("taxi", 42_00, "cancel", "find_order")
	svc := &w.merchants.list[0]
	for i := range svc.Capabilities {
		if svc.Capabilities[i].Name == "find_order" {
			svc.Capabilities[i].Input = schema(`{"type":"object","properties":{"order_id":{"type":"string"}},"required":["order_id"]}`)
			svc.Capabilities[i].Output = schema(`{"type":"object","properties":{"status":{"type":"string","enum":["accepted"],"description":"accepted (driver coming)"}}}`)
		}
	}
	w.mind.plans(errand(*svc))
	w.say("a car")
	b, at := w.bundle(0)
	w.approve(b, "")
	w.done(at)
	w.merchants.hook = func(_ string, c track.Call) (track.Result, error, bool) {
		if c.Capability != "find_order" || c.Args["order_id"] != "taxi-1" {
			return track.Result{}, nil, false
		}
		return track.Result{Structured: []byte(`{"order_id":"taxi-1","status":"accepted"}`)}, nil, true
	}
	if text, _ := w.command(assist.CommandStatus, "", "en"); !strings.Contains(text, "driver coming") || !strings.Contains(text, "The merchant says") {
		t.Errorf("the status is %q", text)
	}
	w.merchants.hook = func(string, track.Call) (track.Result, error, bool) {
		return track.Result{}, fault.New(fault.Unavailable, "down"), true
	}
	if text, d := w.command(assist.CommandStatus, "", "en"); d.Outcome != assist.OutcomeDone || !strings.Contains(text, "¥42.00") {
		t.Errorf("without an answer of the merchant: %q", text)
	}
	w.sound()
}
