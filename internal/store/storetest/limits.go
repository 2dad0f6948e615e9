package storetest

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/ledger/ledgertest"
	"github.com/bangwo/bangwo/internal/store"
	"pgregory.net/rapid"
)

// limitScenarios keep accounts at their limit, where mistakes show.
var limitScenarios = []scenario{
	{"random postings do what the model does", model},
	{"many callers share a budget to the last fen", budget},
	{"two nodes share a budget to the last fen", twoNodes},
	{"two nodes answer one key once", twoNodesOneKey},
	{"callers at the limit end as the entries say", churn},
	{"what two nodes answer at the limit has one order", linear},
}

func model(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		d := ledgertest.Drawer{Prefix: fmt.Sprintf("%d/", round), Model: ledgertest.New(g.Clock.Now())}
		d.Open()
		for _, a := range d.Accounts() {
			ok(t, l.Open(ctx, a, d.Currency(a), d.Model.Accounts[a].Overdraft))
		}
		postings := d.Fund(rt)
		do := func(p ledger.Posting) {
			wants := d.Model.Post(p)
			if got := fault.CodeOf(l.Post(ctx, p)); got != wants {
				rt.Fatalf("%+v: got %q, the model says %q", p, got, wants)
			}
		}
		for _, p := range postings {
			do(p)
		}
		for range rapid.IntRange(1, 20).Draw(rt, "steps") {
			do(d.Posting(rt))
			if rapid.IntRange(0, 4).Draw(rt, "tick") == 0 {
				g.Clock.Advance(time.Second)
				d.Model.Now = g.Clock.Now()
			}
		}
		for id, a := range d.Model.Accounts {
			balance(t, l, id, a.Posted, d.Model.Reserved(id))
		}
		for id, h := range d.Model.Holds {
			state(t, l, id, d.Model.State(h), h.Captured, h.Refunded)
		}
	})
	ok(t, l.Verify(ctx))
}

func budget(t *testing.T, g Target) { shareBudget(t, g.Ledger, g.Ledger) }

func twoNodes(t *testing.T, g Target) {
	_, second := g.Reopen(t, true)
	shareBudget(t, g.Ledger, second)
}

// shareBudget lets many callers hold one fen each of a budget that is too small for all, at two doors.
func shareBudget(t *testing.T, doors ...ledger.Ledger) {
	const callers, each, fen = 12, 10, 50
	ctx := t.Context()
	rich(t, doors[0], fen, "ann")
	rich(t, doors[0], 0, "bob")
	var got, declined atomic.Int64
	var wg sync.WaitGroup
	for c := range callers {
		wg.Go(func() {
			l := doors[c%len(doors)]
			for n := range each {
				id := fmt.Sprint(c, "/", n)
				switch err := l.Post(ctx, hold(id, id, "ann", "bob", 1)); {
				case err == nil:
					got.Add(1)
					if err := l.Post(ctx, end(ledger.Capture, id+"/c", id, 1)); err != nil {
						t.Error(err)
					}
				case fault.Is(err, fault.Funds):
					declined.Add(1)
				default:
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got.Load() != fen || declined.Load() != callers*each-fen {
		t.Fatalf("%d got one, %d were declined", got.Load(), declined.Load())
	}
	balance(t, doors[0], "ann", 0, 0)
	balance(t, doors[1], "bob", fen, 0)
	ok(t, doors[1].Verify(ctx))
}

func twoNodesOneKey(t *testing.T, g Target) {
	s2, l2 := g.Reopen(t, true)
	ctx := t.Context()
	rich(t, g.Ledger, 100, "ann")
	rich(t, l2, 0, "bob")
	for round := range 10 {
		p := transfer(fmt.Sprint("k", round), "ann", "bob", 10)
		p.With = store.Write{Events: []store.Append{{Stream: "s", Type: "paid", Data: json.RawMessage(`1`)}}}
		won := race(t, func(i int) error { return []ledger.Ledger{g.Ledger, l2}[i%2].Post(ctx, p) })
		if won != rivalsPerHold {
			t.Fatalf("%d equal postings were answered", won)
		}
	}
	balance(t, l2, "bob", 100, 0)
	for _, s := range []store.Store{g.Store, s2} {
		events, err := s.Events(ctx, "s", 0, 0)
		ok(t, err)
		if len(events) != 10 || events[9].Seq != 10 {
			t.Fatalf("%d events", len(events))
		}
	}
	ok(t, l2.Verify(ctx))
}

// churn holds, captures, voids and refunds in every order at once; each caller checks what its own answers imply.
func churn(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 20, "ann", "bob")
	var net atomic.Int64 // what ann paid bob by accepted captures less refunds
	var wg sync.WaitGroup
	for c := range 16 {
		wg.Go(func() {
			for n := range 12 {
				id := fmt.Sprint(c, "/", n)
				if l.Post(ctx, hold(id, id, "ann", "bob", 3)) != nil {
					continue
				}
				if (c+n)%3 == 0 {
					_ = l.Post(ctx, end(ledger.Void, id+"v", id, 0))
					continue
				}
				if l.Post(ctx, end(ledger.Capture, id+"c", id, 2)) == nil {
					net.Add(2)
				}
				if l.Post(ctx, end(ledger.Refund, id+"r", id, 2)) == nil {
					net.Add(-2)
				}
			}
		})
	}
	wg.Wait()
	balance(t, l, "ann", 20-net.Load(), 0)
	balance(t, l, "bob", 20+net.Load(), 0)
	ok(t, l.Verify(ctx))
}

// linearRounds are the histories of one run; EnvHistories asks for more.
const linearRounds = 6

// EnvHistories says how many histories are checked; more of them make a soak.
const EnvHistories = "BANGWO_HISTORIES"

func linear(t *testing.T, g Target) {
	_, second := g.Reopen(t, true)
	rounds := linearRounds
	if n, err := strconv.Atoi(os.Getenv(EnvHistories)); err == nil {
		rounds = n
	}
	for round := range rounds {
		ok(t, ledgertest.CheckLinear(t.Context(), uint64(round), fmt.Sprintf("%d/", round), g.Ledger, second))
	}
	ok(t, g.Ledger.Verify(t.Context()))
}
