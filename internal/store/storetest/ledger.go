package storetest

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/store"
)

const ledgerCapture = ledger.Capture

var ledgerScenarios = []scenario{
	{"opening is idempotent and never changes an account", opening},
	{"transfers move, and never overdraw", transfers},
	{"a hold of several legs is all or nothing", severalLegs},
	{"capture in part releases the rest", partialCapture},
	{"void releases", voids},
	{"refunds in part, never over", refunds},
	{"a hold expires by itself", expiry},
	{"a clock that jumps ends no hold twice and brings none back", clockJumps},
	{"the same key answers the same, other inputs mismatch", idempotency},
	{"a declined posting leaves its key free", declinedKeyFree},
	{"currencies do not mix", currencies},
	{"malformed postings are refused", malformedPostings},
	{"orders commit with the money or not at all", withWrite},
	{"a statement pages through every entry once", statement},
	{"what is unknown is not found", unknown},
}

func opening(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	ok(t, l.Open(ctx, "ann", "CNY", false))
	ok(t, l.Open(ctx, "ann", "CNY", false))
	want(t, l.Open(ctx, "ann", "USD", false), fault.Conflict)
	want(t, l.Open(ctx, "ann", "CNY", true), fault.Conflict)
	want(t, l.Open(ctx, "", "CNY", true), fault.Invalid)
	want(t, l.Open(ctx, "bob", "", true), fault.Invalid)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if err := l.Open(ctx, "same", "CNY", false); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	balance(t, l, "same", 0, 0)
}

func transfers(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "bob")
	balance(t, l, "world", -100, 0)
	ok(t, l.Post(ctx, transfer("1", "ann", "bob", 60)))
	want(t, l.Post(ctx, transfer("2", "ann", "bob", 41)), fault.Funds)
	ok(t, l.Post(ctx, transfer("3", "ann", "bob", 40)))
	balance(t, l, "ann", 0, 0)
	balance(t, l, "bob", 100, 0)
	chain := ledger.Posting{Key: "4", Op: ledger.Transfer, Legs: []ledger.Leg{
		{From: "bob", To: "ann", Amount: yuan(100)}, {From: "ann", To: "world", Amount: yuan(100)}}}
	ok(t, l.Post(ctx, chain))
	balance(t, l, "world", 0, 0)
	ok(t, l.Verify(ctx))
}

func severalLegs(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "car", "cafe")
	p := ledger.Posting{Key: "h", Op: ledger.Hold, Legs: []ledger.Leg{
		{ID: "h1", From: "ann", To: "car", Amount: yuan(60)}, {ID: "h2", From: "ann", To: "cafe", Amount: yuan(41)}}}
	want(t, l.Post(ctx, p), fault.Funds)
	balance(t, l, "ann", 100, 0)
	_, err := l.HoldOf(ctx, "h1")
	want(t, err, fault.NotFound)
	p.Legs[1].Amount = yuan(40)
	ok(t, l.Post(ctx, p))
	balance(t, l, "ann", 100, 100)
	want(t, l.Post(ctx, transfer("t", "ann", "car", 1)), fault.Funds)
	ends := ledger.Posting{Key: "c", Op: ledger.Capture, Legs: []ledger.Leg{{ID: "h1", Amount: yuan(60)}, {ID: "no", Amount: yuan(1)}}}
	want(t, l.Post(ctx, ends), fault.NotFound)
	state(t, l, "h1", ledger.Held, 0, 0)
	ends.Legs[1].ID = "h2"
	ends.Legs[1].Amount = yuan(40)
	ok(t, l.Post(ctx, ends))
	balance(t, l, "ann", 0, 0)
	balance(t, l, "car", 60, 0)
	balance(t, l, "cafe", 40, 0)
	ok(t, l.Verify(ctx))
}

func partialCapture(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "car")
	ok(t, l.Post(ctx, hold("h", "h1", "ann", "car", 80)))
	want(t, l.Post(ctx, end(ledger.Capture, "c0", "h1", 81)), fault.Invalid)
	ok(t, l.Post(ctx, end(ledger.Capture, "c1", "h1", 50)))
	balance(t, l, "ann", 50, 0)
	balance(t, l, "car", 50, 0)
	want(t, l.Post(ctx, end(ledger.Capture, "c2", "h1", 30)), fault.Conflict)
	want(t, l.Post(ctx, end(ledger.Void, "v", "h1", 0)), fault.Conflict)
	state(t, l, "h1", ledger.Captured, 50, 0)
	ok(t, l.Verify(ctx))
}

func voids(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "car")
	ok(t, l.Post(ctx, hold("h", "h1", "ann", "car", 80)))
	want(t, l.Post(ctx, hold("h'", "h1", "ann", "car", 1)), fault.Conflict)
	ok(t, l.Post(ctx, end(ledger.Void, "v", "h1", 0)))
	balance(t, l, "ann", 100, 0)
	balance(t, l, "car", 0, 0)
	state(t, l, "h1", ledger.Voided, 0, 0)
	want(t, l.Post(ctx, end(ledger.Capture, "c", "h1", 80)), fault.Conflict)
	want(t, l.Post(ctx, end(ledger.Refund, "r", "h1", 1)), fault.Conflict)
	want(t, l.Post(ctx, end(ledger.Void, "v2", "h1", 0)), fault.Conflict)
	ok(t, l.Verify(ctx))
}

func refunds(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "car")
	ok(t, l.Post(ctx, hold("h", "h1", "ann", "car", 80)))
	want(t, l.Post(ctx, end(ledger.Refund, "r0", "h1", 1)), fault.Conflict)
	ok(t, l.Post(ctx, end(ledger.Capture, "c", "h1", 70)))
	ok(t, l.Post(ctx, end(ledger.Refund, "r1", "h1", 30)))
	balance(t, l, "ann", 60, 0)
	state(t, l, "h1", ledger.Captured, 70, 30)
	want(t, l.Post(ctx, end(ledger.Refund, "r2", "h1", 41)), fault.Conflict)
	ok(t, l.Post(ctx, transfer("t", "car", "world", 1)))
	want(t, l.Post(ctx, end(ledger.Refund, "r3", "h1", 40)), fault.Funds)
	ok(t, l.Post(ctx, transfer("t2", "world", "car", 1)))
	ok(t, l.Post(ctx, end(ledger.Refund, "r3", "h1", 40)))
	state(t, l, "h1", ledger.Refunded, 70, 70)
	want(t, l.Post(ctx, end(ledger.Refund, "r4", "h1", 1)), fault.Conflict)
	balance(t, l, "ann", 100, 0)
	ok(t, l.Verify(ctx))
}

func expiry(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "car")
	p := hold("h", "h1", "ann", "car", 80)
	p.Expires = g.Clock.Now()
	want(t, l.Post(ctx, p), fault.Expired)
	p.Expires = g.Clock.Now().Add(time.Minute)
	ok(t, l.Post(ctx, p))
	g.Clock.Advance(time.Minute - time.Microsecond)
	ok(t, g.Sweep(ctx))
	state(t, l, "h1", ledger.Held, 0, 0)
	balance(t, l, "ann", 100, 80)
	g.Clock.Advance(time.Microsecond)
	state(t, l, "h1", ledger.Voided, 0, 0) // even before the writer came by
	balance(t, l, "ann", 100, 0)
	want(t, l.Post(ctx, end(ledger.Capture, "c", "h1", 80)), fault.Expired)
	ok(t, g.Sweep(ctx))
	want(t, l.Post(ctx, end(ledger.Capture, "c", "h1", 80)), fault.Expired)
	want(t, l.Post(ctx, end(ledger.Void, "v", "h1", 0)), fault.Expired)
	balance(t, l, "ann", 100, 0)
	ok(t, l.Post(ctx, hold("h2", "h2", "ann", "car", 100)))
	ok(t, l.Post(ctx, p)) // the first result of its key stands
	ok(t, l.Verify(ctx))
}

// clockJumps moves the clock forth over expiries and back before them: what has ended stays so, what has not ends once.
func clockJumps(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "car")
	for i, minutes := range []time.Duration{1, 60, 120} {
		p := hold(fmt.Sprint("h", i), fmt.Sprint("h", i), "ann", "car", 10)
		p.Expires = g.Clock.Now().Add(minutes * time.Minute)
		ok(t, l.Post(ctx, p))
	}
	g.Clock.Advance(90 * time.Minute)
	ok(t, g.Sweep(ctx)) // the first two end
	g.Clock.Advance(-89*time.Minute - 30*time.Second)
	state(t, l, "h0", ledger.Voided, 0, 0)
	want(t, l.Post(ctx, end(ledger.Capture, "c1", "h1", 10)), fault.Expired)
	ok(t, g.Sweep(ctx))
	balance(t, l, "ann", 100, 10)
	ok(t, l.Post(ctx, end(ledger.Capture, "c2", "h2", 10)))
	g.Clock.Advance(20 * 365 * 24 * time.Hour)
	ok(t, g.Sweep(ctx))
	want(t, l.Post(ctx, end(ledger.Void, "v2", "h2", 0)), fault.Conflict)
	g.Clock.Advance(-40 * 365 * 24 * time.Hour)
	ok(t, l.Post(ctx, end(ledger.Refund, "r2", "h2", 10)))
	balance(t, l, "ann", 100, 0)
	if n := countStatement(t, l, "car", 3); n != 3+2+2 {
		t.Fatalf("%d entries", n)
	}
	ok(t, l.Verify(ctx))
}

func idempotency(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "bob")
	var wg sync.WaitGroup
	for range 30 {
		wg.Go(func() {
			if err := l.Post(ctx, transfer("same", "ann", "bob", 60)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	balance(t, l, "bob", 60, 0)
	want(t, l.Post(ctx, transfer("same", "ann", "bob", 59)), fault.Mismatch)
	want(t, l.Post(ctx, transfer("same", "bob", "ann", 60)), fault.Mismatch)
	memo := transfer("same", "ann", "bob", 60)
	memo.Memo = "other"
	want(t, l.Post(ctx, memo), fault.Mismatch)
	want(t, l.Post(ctx, hold("same", "h", "ann", "bob", 60)), fault.Mismatch)
	balance(t, l, "bob", 60, 0)
	ok(t, l.Verify(ctx))
}

func declinedKeyFree(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 0, "ann", "bob")
	want(t, l.Post(ctx, transfer("k", "ann", "bob", 10)), fault.Funds)
	ok(t, l.Post(ctx, transfer("top", "world", "ann", 10)))
	ok(t, l.Post(ctx, transfer("k", "ann", "bob", 10)))
	balance(t, l, "bob", 10, 0)
}

func currencies(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	ok(t, l.Open(ctx, "usd", "USD", true))
	want(t, l.Post(ctx, transfer("1", "ann", "usd", 10)), fault.Invalid)
	dollars := transfer("2", "ann", "usd", 10)
	dollars.Legs[0].Amount = money.Of(10, "USD")
	want(t, l.Post(ctx, dollars), fault.Invalid)
	rich(t, l, 0, "bob")
	ok(t, l.Post(ctx, hold("h", "h1", "ann", "bob", 10)))
	c := end(ledger.Capture, "c", "h1", 10)
	c.Legs[0].Amount.Currency = "USD"
	want(t, l.Post(ctx, c), fault.Invalid)
	balance(t, l, "ann", 100, 10)
	ok(t, l.Verify(ctx))
}

func malformedPostings(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann", "bob")
	long := strings.Repeat("x", 300)
	many := transfer("many", "ann", "bob", 1)
	for range ledger.MaxLegs {
		many.Legs = append(many.Legs, many.Legs[0])
	}
	twice := hold("twice", "h", "ann", "bob", 1)
	twice.Legs = append(twice.Legs, twice.Legs[0])
	with := transfer("with", "ann", "bob", 1)
	with.With = put("", "", ``, 0)
	bad := []ledger.Posting{
		{}, {Key: "a", Op: ledger.Transfer}, {Key: "a", Op: "steal", Legs: many.Legs[:1]}, many, twice, with,
		transfer("", "ann", "bob", 1), transfer(long, "ann", "bob", 1), transfer("~x", "ann", "bob", 1), transfer("a\x00", "ann", "bob", 1),
		transfer("a", "ann", "ann", 1), transfer("a", "", "ann", 1), transfer("a", "ann", "bob", 0), transfer("a", "ann", "bob", -5),
		transfer("a", "ann", "bob", money.MaxMinor+1), transfer("a", "ann", "\xff", 1), hold("a", "", "ann", "bob", 1),
		end(ledger.Capture, "a", "h", 0), end(ledger.Refund, "a", "h", -1), end(ledger.Void, "a", "", 0),
	}
	for i, p := range bad {
		if err := l.Post(ctx, p); !fault.Is(err, fault.Invalid) {
			t.Errorf("malformed posting %d: got %v", i, err)
		}
	}
	balance(t, l, "ann", 100, 0)
	balance(t, l, "bob", 100, 0)
}

func withWrite(t *testing.T, g Target) {
	ctx, l, s := t.Context(), g.Ledger, g.Store
	rich(t, l, 100, "ann")
	rich(t, l, 0, "car")
	p := hold("h", "h1", "ann", "car", 80)
	p.With = store.Write{
		Puts:   []store.Put{{Kind: "order", ID: "o", Data: json.RawMessage(`"held"`)}},
		Events: []store.Append{{Stream: "o", Type: "held", Data: json.RawMessage(`{}`)}},
	}
	ok(t, l.Post(ctx, p))
	ok(t, l.Post(ctx, p)) // the same again neither moves money nor writes
	r, err := s.Get(ctx, "order", "o")
	ok(t, err)
	if r.Version != 1 {
		t.Fatalf("got %+v", r)
	}
	c := end(ledger.Capture, "c", "h1", 80)
	c.With = put("order", "o", `"captured"`, 5)
	want(t, l.Post(ctx, c), fault.Conflict)
	state(t, l, "h1", ledger.Held, 0, 0)
	refused := hold("h2", "h2", "ann", "car", 21)
	refused.With = put("order", "o", `"more"`, 1)
	want(t, l.Post(ctx, refused), fault.Funds)
	c.With.Puts[0].Expect = 1
	ok(t, l.Post(ctx, c))
	r, err = s.Get(ctx, "order", "o")
	ok(t, err)
	if r.Version != 2 || string(r.Data) != `"captured"` {
		t.Fatalf("got %+v", r)
	}
	conflictInBatch(t, g)
}

// conflictInBatch sends many postings at once that want the same version: one gets it, the others are declined alone.
func conflictInBatch(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	ok(t, l.Open(ctx, "sink", money.CNY, false))
	var won, lost, free atomic.Int64
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			p := transfer(fmt.Sprint("w", i), "world", "sink", 1)
			if i%2 == 0 {
				p.With = put("race", "r", fmt.Sprint(i), 0)
			}
			switch err := l.Post(ctx, p); {
			case err == nil && i%2 == 0:
				won.Add(1)
			case err == nil:
				free.Add(1)
			case fault.Is(err, fault.Conflict):
				lost.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 || lost.Load() != 19 || free.Load() != 20 {
		t.Fatalf("%d won, %d lost, %d went through", won.Load(), lost.Load(), free.Load())
	}
	balance(t, l, "sink", 21, 0)
	ok(t, l.Verify(ctx))
}

func statement(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 1000, "ann")
	rich(t, l, 0, "bob")
	for i := range 10 {
		ok(t, l.Post(ctx, transfer(fmt.Sprint(i), "ann", "bob", int64(i)+1)))
		ok(t, l.Post(ctx, hold(fmt.Sprint("h", i), fmt.Sprint("h", i), "bob", "ann", 1)))
	}
	ok(t, l.Post(ctx, end(ledger.Capture, "c", "h3", 1)))
	ok(t, l.Post(ctx, end(ledger.Void, "v", "h4", 0)))
	var all []ledger.Entry
	for after := int64(0); ; {
		page, err := l.Statement(ctx, "ann", after, 4)
		ok(t, err)
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			if e.Seq <= after {
				t.Fatalf("entry %d came again", e.Seq)
			}
			after = e.Seq
		}
		all = append(all, page...)
	}
	if len(all) != 23 {
		t.Fatalf("%d entries, want 23", len(all))
	}
	last := all[len(all)-2]
	if last.Op != ledger.Capture || last.HoldID != "h3" || last.From != "bob" || last.To != "ann" || last.Amount != yuan(1) || last.Key != "c" {
		t.Fatalf("got %+v", last)
	}
}

func unknown(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	_, err := l.Balance(ctx, "no")
	want(t, err, fault.NotFound)
	_, err = l.HoldOf(ctx, "no")
	want(t, err, fault.NotFound)
	_, err = l.Statement(ctx, "no", 0, 0)
	want(t, err, fault.NotFound)
	want(t, l.Post(ctx, transfer("1", "ann", "no", 1)), fault.NotFound)
	want(t, l.Post(ctx, end(ledger.Void, "2", "no", 0)), fault.NotFound)
	balance(t, l, "ann", 100, 0)
}
