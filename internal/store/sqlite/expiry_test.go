package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/store/sqlite"
)

// Holds end by themselves at their instants, in the store's own time, while nobody writes.
func TestHoldsExpireByThemselves(t *testing.T) {
	t.Parallel()
	const holds, longest = 200, 300 // seconds
	path := filepath.Join(t.TempDir(), "bank.db")
	synctest.Test(t, func(t *testing.T) {
		ctx := t.Context()
		db, err := sqlite.Open(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		l := db.Ledger()
		for _, a := range []string{"world", "ann"} {
			if err := l.Open(ctx, a, money.CNY, a == "world"); err != nil {
				t.Fatal(err)
			}
		}
		begun, ends := time.Now(), make([]time.Duration, holds)
		for i := range holds {
			ends[i] = time.Duration(1+rand.IntN(longest*1000)) * time.Millisecond
			p := ledger.Posting{Key: fmt.Sprint(i), Op: ledger.Hold, Expires: begun.Add(ends[i]),
				Legs: []ledger.Leg{{ID: fmt.Sprint(i), From: "world", To: "ann", Amount: money.Of(1, money.CNY)}}}
			if err := l.Post(ctx, p); err != nil {
				t.Fatal(err)
			}
		}
		for at := time.Duration(0); at <= longest*time.Second; at += 7 * time.Second {
			time.Sleep(begun.Add(at).Sub(time.Now()))
			b, err := l.Balance(ctx, "world")
			if err != nil {
				t.Fatal(err)
			}
			var open int64
			for _, e := range ends {
				if e > at {
					open++
				}
			}
			if b.Reserved != open {
				t.Fatalf("after %s %d are reserved, %d holds are open", at, b.Reserved, open)
			}
		}
		time.Sleep(begun.Add((longest + 2) * time.Second).Sub(time.Now())) // the sweeper comes by
		var voids int
		for after := int64(0); ; {
			page, err := l.Statement(ctx, "world", after, 0)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			for _, e := range page {
				if after = e.Seq; e.Op == ledger.Void {
					voids++
				}
			}
		}
		if voids != holds {
			t.Fatalf("%d holds were released, of %d", voids, holds)
		}
		if err := l.Post(ctx, ledger.Posting{Key: "late", Op: ledger.Void, Legs: []ledger.Leg{{ID: "0"}}}); !fault.Is(err, fault.Expired) {
			t.Fatalf("got %v", err)
		}
		if err := l.Verify(ctx); err != nil {
			t.Fatal(err)
		}
	})
}
