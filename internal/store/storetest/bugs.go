package storetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
)

// bugScenarios are bugs that other ledgers had, by the numbers of their reports.
var bugScenarios = []scenario{
	{"blnk 181: holds count against what is available", blnk181},
	{"blnk 171: one hold is captured once however many try", blnk171},
	{"blnk 315: void and capture change both sides or none", blnk315},
	{"blnk: a capture is refunded once however many try", blnkDoubleRefund},
	{"midaz 1519: a capture that comes twice counts once", midaz1519},
	{"midaz 1270: what was acknowledged is there after a restart", midaz1270},
	{"midaz 2492: capture and void race, one wins", midaz2492},
	{"midaz 2317: cancelling on an overdraft account keeps the sum", midaz2317},
	{"tigerbeetle: a hold ends at its instant, not after", tigerbeetleExpiry},
	{"tigerbeetle: expiry, capture and void release once", tigerbeetleReleaseOnce},
}

func blnk181(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "bob")
	ok(t, l.Post(ctx, hold("h1", "h1", "ann", "bob", 70)))
	want(t, l.Post(ctx, hold("h2", "h2", "ann", "bob", 31)), fault.Funds)
	want(t, l.Post(ctx, transfer("t", "ann", "bob", 31)), fault.Funds)
	ok(t, l.Post(ctx, hold("h3", "h3", "ann", "bob", 30)))
	want(t, l.Post(ctx, transfer("t2", "ann", "bob", 1)), fault.Funds)
	ok(t, l.Post(ctx, end(ledger.Capture, "c1", "h1", 70)))
	ok(t, l.Post(ctx, end(ledger.Capture, "c3", "h3", 30)))
	balance(t, l, "ann", 0, 0)
	ok(t, l.Verify(ctx))
}

const rivalsPerHold = 16

// race runs f at once for many rivals and returns how many had no fault; every other must have one of the codes.
func race(t *testing.T, f func(i int) error, codes ...fault.Code) int64 {
	t.Helper()
	var won atomic.Int64
	var wg sync.WaitGroup
	for i := range rivalsPerHold {
		wg.Go(func() {
			err := f(i)
			if err == nil {
				won.Add(1)
				return
			}
			for _, c := range codes {
				if fault.Is(err, c) {
					return
				}
			}
			t.Error(err)
		})
	}
	wg.Wait()
	return won.Load()
}

func blnk171(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "bob")
	for round := range 5 {
		id := fmt.Sprint("h", round)
		ok(t, l.Post(ctx, hold(id, id, "ann", "bob", 20)))
		won := race(t, func(i int) error { return l.Post(ctx, end(ledger.Capture, fmt.Sprint(id, "/c", i), id, 20)) }, fault.Conflict)
		if won != 1 {
			t.Fatalf("%d captures of %s succeeded", won, id)
		}
	}
	balance(t, l, "ann", 0, 0)
	balance(t, l, "bob", 100, 0)
	ok(t, l.Verify(ctx))
}

func blnk315(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "bob")
	ok(t, l.Post(ctx, hold("h1", "h1", "ann", "bob", 50)))
	ok(t, l.Post(ctx, hold("h2", "h2", "ann", "bob", 50)))
	ok(t, l.Post(ctx, end(ledger.Void, "v2", "h2", 0)))
	both := ledger.Posting{Op: ledger.Void, Legs: []ledger.Leg{{ID: "h1", Amount: yuan(50)}, {ID: "h2", Amount: yuan(50)}}}
	for i, op := range []ledger.Op{ledger.Void, ledger.Capture} {
		both.Key, both.Op = fmt.Sprint("both", i), op
		want(t, l.Post(ctx, both), fault.Conflict)
		state(t, l, "h1", ledger.Held, 0, 0)
		balance(t, l, "ann", 100, 50)
		balance(t, l, "bob", 0, 0)
	}
	ok(t, l.Verify(ctx))
}

func blnkDoubleRefund(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann", "bob")
	ok(t, l.Post(ctx, hold("h", "h1", "ann", "bob", 40)))
	ok(t, l.Post(ctx, end(ledger.Capture, "c", "h1", 40)))
	if won := race(t, func(i int) error { return l.Post(ctx, end(ledger.Refund, fmt.Sprint("r", i), "h1", 15)) }, fault.Conflict); won != 2 {
		t.Fatalf("%d refunds of 15 out of 40 succeeded", won)
	}
	state(t, l, "h1", ledger.Captured, 40, 30)
	balance(t, l, "bob", 110, 0)
	ok(t, l.Verify(ctx))
}

func midaz1519(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "bob")
	ok(t, l.Post(ctx, hold("h", "h1", "ann", "bob", 40)))
	if won := race(t, func(int) error { return l.Post(ctx, end(ledger.Capture, "c", "h1", 40)) }); won != rivalsPerHold {
		t.Fatalf("%d of %d equal captures were answered", won, rivalsPerHold)
	}
	balance(t, l, "bob", 40, 0)
	balance(t, l, "ann", 60, 0)
	ok(t, l.Verify(ctx))
}

func midaz1270(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 588, "ann")
	rich(t, l, 0, "bob")
	won := race(t, func(i int) error { return l.Post(ctx, transfer(fmt.Sprint(i), "ann", "bob", 7)) })
	_, l = g.Reopen(t, false)
	balance(t, l, "bob", 7*won, 0)
	balance(t, l, "ann", 588-7*won, 0)
	ok(t, l.Post(ctx, transfer("0", "ann", "bob", 7)))
	balance(t, l, "bob", 7*won, 0)
	ok(t, l.Verify(ctx))
}

func midaz2492(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "bob")
	for round := range 10 {
		id := fmt.Sprint("h", round)
		ok(t, l.Post(ctx, hold(id, id, "ann", "bob", 10)))
		won := race(t, func(i int) error {
			op := []ledger.Op{ledger.Capture, ledger.Void}[i%2]
			return l.Post(ctx, end(op, fmt.Sprint(id, op, i), id, 10))
		}, fault.Conflict)
		if won != 1 {
			t.Fatalf("%d ends of %s succeeded", won, id)
		}
		a, err := l.Balance(ctx, "ann")
		ok(t, err)
		b, err := l.Balance(ctx, "bob")
		ok(t, err)
		if a.Reserved != 0 || a.Posted+b.Posted != 100 {
			t.Fatalf("ann %+v, bob %+v", a, b)
		}
	}
	ok(t, l.Verify(ctx))
}

func midaz2317(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 0, "bob")
	ok(t, l.Post(ctx, hold("h1", "h1", "world", "bob", 50)))
	balance(t, l, "world", 0, 50)
	ok(t, l.Post(ctx, end(ledger.Void, "v", "h1", 0)))
	balance(t, l, "world", 0, 0)
	ok(t, l.Post(ctx, hold("h2", "h2", "world", "bob", 50)))
	ok(t, l.Post(ctx, end(ledger.Capture, "c", "h2", 20)))
	balance(t, l, "world", -20, 0)
	balance(t, l, "bob", 20, 0)
	ok(t, l.Verify(ctx))
}

func tigerbeetleExpiry(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "bob")
	for i, early := range []time.Duration{time.Microsecond, 0, -time.Microsecond} {
		id := fmt.Sprint("h", i)
		p := hold(id, id, "ann", "bob", 10)
		p.Expires = g.Clock.Now().Add(time.Minute)
		ok(t, l.Post(ctx, p))
		g.Clock.Advance(time.Minute - early)
		code := fault.Expired
		if early > 0 {
			code = ""
		}
		want(t, l.Post(ctx, end(ledger.Capture, id+"c", id, 10)), code)
	}
	balance(t, l, "ann", 90, 0)
	want(t, l.Post(ctx, end(ledger.Refund, "r", "h1", 1)), fault.Conflict)
	ok(t, l.Verify(ctx))
}

func tigerbeetleReleaseOnce(t *testing.T, g Target) {
	ctx, l := t.Context(), g.Ledger
	rich(t, l, 100, "ann")
	rich(t, l, 0, "bob")
	p := hold("h", "h1", "ann", "bob", 60)
	p.Legs = append(p.Legs, hold("", "h2", "ann", "bob", 40).Legs...)
	p.Expires = g.Clock.Now().Add(time.Minute)
	ok(t, l.Post(ctx, p))
	g.Clock.Advance(time.Hour)
	won := race(t, func(i int) error {
		switch i % 3 {
		case 0:
			return l.Post(ctx, end(ledger.Capture, fmt.Sprint("c", i), "h1", 60))
		case 1:
			return l.Post(ctx, end(ledger.Void, fmt.Sprint("v", i), "h2", 0))
		}
		if err := g.Sweep(ctx); err != nil {
			return err
		}
		return fault.New(fault.Expired, "swept")
	}, fault.Expired)
	if won != 0 {
		t.Fatalf("%d ends of expired holds succeeded", won)
	}
	balance(t, l, "ann", 100, 0)
	entries, err := l.Statement(ctx, "ann", 0, 0)
	ok(t, err)
	if len(entries) != 5 { // money in, two holds, two releases
		t.Fatalf("%d entries: %+v", len(entries), entries)
	}
	ok(t, l.Verify(ctx))
}
