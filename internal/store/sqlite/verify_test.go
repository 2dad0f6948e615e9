package sqlite_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/store/storetest"
)

// tampers are changes to stored rows that keep the database's own constraints; each must be found.
var tampers = []string{
	"UPDATE entry SET amount = amount + 1 WHERE seq = 20",
	"UPDATE entry SET memo = 'other' WHERE seq = 20",
	"UPDATE entry SET memo = 'other' WHERE seq = 21",
	"UPDATE entry SET at = at + 1 WHERE seq = 20",
	"UPDATE entry SET key = 'other' WHERE seq = 20",
	"UPDATE entry SET key = 'other' WHERE seq = 21",
	"UPDATE entry SET src = dst, dst = src WHERE seq = 20",
	"UPDATE entry SET src_prev = src_prev - 1 WHERE seq = 20",
	"UPDATE entry SET dst_prev = 0 WHERE seq = 20",
	"UPDATE entry SET chain = zeroblob(32) WHERE seq = 20",
	"UPDATE entry SET chain = zeroblob(32) WHERE seq = 21",
	"UPDATE entry SET hash = zeroblob(32) WHERE seq = 21",
	"UPDATE entry SET posting = posting + 1 WHERE seq = 20",
	"DELETE FROM entry WHERE seq = 20",
	"DELETE FROM entry WHERE seq = (SELECT MAX(seq) FROM entry)",
	"UPDATE account SET posted = posted + 1 WHERE id = 'ann'",
	"UPDATE account SET reserved = reserved + 1 WHERE id = 'world'",
	"UPDATE account SET entries = entries + 1 WHERE id = 'ann'",
	"UPDATE account SET last = last + 1 WHERE id = 'ann'",
	"UPDATE account SET posted = 5 WHERE id = 'idle'",
	"UPDATE account SET id = 'ana' WHERE id = 'ann'",
	"INSERT INTO account (num, id, currency, overdraft, posted, reserved, entries, last) VALUES (99, 'new', 'CNY', true, 0, 0, 0, 0)",
	"UPDATE hold SET captured = 1 WHERE id = 'h1'",
	"UPDATE hold SET state = 'held' WHERE id = 'h1'",
	"DELETE FROM hold WHERE id = 'h1'",
	"DELETE FROM waypoint WHERE seq = (SELECT MAX(seq) FROM waypoint)",
	"UPDATE waypoint SET seq = seq - 1 WHERE seq = (SELECT MAX(seq) FROM waypoint)",
	"UPDATE writer SET entry = entry - 1",
	"UPDATE writer SET settled = entry",
	"UPDATE writer SET chain = zeroblob(32)",
}

func TestVerifyFindsEveryTampering(t *testing.T) {
	t.Parallel()
	for i, statement := range append([]string{""}, tampers...) {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "books.db")
			db := open(t, path, storetest.NewClock())
			fill(t, db.Ledger())
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if statement != "" {
				tamper(t, path, statement)
			}
			err := open(t, path, storetest.NewClock()).Ledger().Verify(t.Context())
			if (err == nil) != (statement == "") {
				t.Fatalf("after %q: %v", statement, err)
			}
		})
	}
}

func fill(t *testing.T, l ledger.Ledger) {
	t.Helper()
	for _, a := range []string{"world", "ann", "bob", "idle"} {
		if err := l.Open(t.Context(), a, money.CNY, a == "world"); err != nil {
			t.Fatal(err)
		}
	}
	post := func(key string, op ledger.Op, legs ...ledger.Leg) {
		t.Helper()
		for i := range legs {
			if legs[i].Amount.Minor > 0 {
				legs[i].Amount.Currency = money.CNY
			}
		}
		if err := l.Post(t.Context(), ledger.Posting{Key: key, Op: op, Legs: legs}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 40 {
		post(fmt.Sprint("t", i), ledger.Transfer, ledger.Leg{From: "world", To: "ann", Amount: money.Amount{Minor: 3}},
			ledger.Leg{From: "ann", To: "bob", Amount: money.Amount{Minor: 2}})
	}
	post("h1", ledger.Hold, ledger.Leg{ID: "h1", From: "ann", To: "bob", Amount: money.Amount{Minor: 9}})
	post("h2", ledger.Hold, ledger.Leg{ID: "h2", From: "ann", To: "bob", Amount: money.Amount{Minor: 9}})
	post("c1", ledger.Capture, ledger.Leg{ID: "h1", Amount: money.Amount{Minor: 8}})
	post("r1", ledger.Refund, ledger.Leg{ID: "h1", Amount: money.Amount{Minor: 1}})
	post("v2", ledger.Void, ledger.Leg{ID: "h2"})
}

func tamper(t *testing.T, path, statement string) {
	t.Helper()
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	result, err := raw.Exec(statement)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	if n, _ := result.RowsAffected(); n != 1 {
		t.Fatalf("%s changed %d rows", statement, n)
	}
}
