// Package storetest is the conformance suite of storage drivers: what a store and its ledger promise, whichever
// database is under them. Every driver runs all of it.
package storetest

import (
	"context"
	"testing"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/store"
)

// Tail is how many entries rows lag behind in tests: so few that rows are settled all the time.
const Tail = 9

// Target is one fresh, empty store.
type Target struct {
	Store  store.Store
	Ledger ledger.Ledger
	Clock  *TestClock
	// Sweep ends expired holds now rather than at the next tick.
	Sweep func(ctx context.Context) error
	// Reopen closes the store and opens the same database again; with second it opens a second node beside the first.
	Reopen func(t testing.TB, second bool) (store.Store, ledger.Ledger)
}

// Run runs the suite; open makes an empty store that is closed when t ends.
func Run(t *testing.T, open func(t testing.TB) Target) {
	groups := map[string][]scenario{"store": storeScenarios, "ledger": ledgerScenarios, "bugs": bugScenarios, "limits": limitScenarios}
	for name, group := range groups {
		t.Run(name, func(t *testing.T) {
			for _, s := range group {
				t.Run(s.name, func(t *testing.T) {
					t.Parallel()
					s.run(t, open(t))
				})
			}
		})
	}
}

// scenario is one promise.
type scenario struct {
	name string
	run  func(t *testing.T, g Target)
}

func want(t testing.TB, err error, code fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != code {
		t.Fatalf("got %q (%v), want %q", got, err, code)
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func yuan(minor int64) money.Amount { return money.Of(minor, money.CNY) }

// rich opens a world account and one account for each name, with minor units in each.
func rich(t testing.TB, l ledger.Ledger, minor int64, names ...string) {
	t.Helper()
	ctx := t.Context()
	ok(t, l.Open(ctx, "world", money.CNY, true))
	for _, n := range names {
		ok(t, l.Open(ctx, n, money.CNY, false))
		if minor > 0 {
			ok(t, l.Post(ctx, transfer("fund/"+n, "world", n, minor)))
		}
	}
}

func transfer(key, from, to string, minor int64) ledger.Posting {
	return ledger.Posting{Key: key, Op: ledger.Transfer, Legs: []ledger.Leg{{From: from, To: to, Amount: yuan(minor)}}}
}

func hold(key, id, from, to string, minor int64) ledger.Posting {
	return ledger.Posting{Key: key, Op: ledger.Hold, Legs: []ledger.Leg{{ID: id, From: from, To: to, Amount: yuan(minor)}}}
}

func end(op ledger.Op, key, id string, minor int64) ledger.Posting {
	return ledger.Posting{Key: key, Op: op, Legs: []ledger.Leg{{ID: id, Amount: yuan(minor)}}}
}

// balance fails unless the account has exactly posted and reserved.
func balance(t testing.TB, l ledger.Ledger, account string, posted, reserved int64) {
	t.Helper()
	b, err := l.Balance(t.Context(), account)
	ok(t, err)
	if b.Posted != posted || b.Reserved != reserved {
		t.Fatalf("%s has %d posted, %d reserved; want %d, %d", account, b.Posted, b.Reserved, posted, reserved)
	}
}

func state(t testing.TB, l ledger.Ledger, id string, want ledger.HoldState, captured, refunded int64) {
	t.Helper()
	h, err := l.HoldOf(t.Context(), id)
	ok(t, err)
	if h.State != want || h.Captured != captured || h.Refunded != refunded {
		t.Fatalf("hold %s is %s, captured %d, refunded %d; want %s, %d, %d", id, h.State, h.Captured, h.Refunded, want, captured, refunded)
	}
}
