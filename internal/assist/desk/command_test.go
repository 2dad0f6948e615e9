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
