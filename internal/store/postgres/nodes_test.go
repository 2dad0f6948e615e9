package postgres_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/store/pgtest"
	"github.com/bangwo/bangwo/internal/store/postgres"
	"github.com/bangwo/bangwo/internal/store/sqldb"
	"github.com/bangwo/bangwo/internal/store/storetest"
	"github.com/jackc/pgx/v5"
)

func TestKilledNodeLosesNothingAcknowledged(t *testing.T) {
	t.Parallel()
	storetest.Crash(t, pgtest.Database(t), func(t testing.TB, where string) storetest.DB {
		return open(t, where, storetest.NewClock())
	})
}

func TestWhatOneNodeWritesWakesAnother(t *testing.T) {
	t.Parallel()
	url := pgtest.Database(t)
	one, two := open(t, url, storetest.NewClock()), open(t, url, storetest.NewClock())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	woken := two.Watch(ctx, "chat")
	for n := int64(1); n <= 5; n++ {
		write := store.Write{Events: []store.Append{{Stream: "chat", Type: "said", Data: json.RawMessage(`"hi"`)}}}
		if err := one.Commit(ctx, write); err != nil {
			t.Fatal(err)
		}
		for last := int64(0); last < n; {
			<-woken
			seq, err := two.LastSeq(ctx, "chat")
			if err != nil {
				t.Fatal(err)
			}
			last = seq
		}
	}
}

func TestNodesThatStartTogetherMakeOneSchema(t *testing.T) {
	t.Parallel()
	url := pgtest.Database(t)
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			db, err := postgres.Open(t.Context(), url)
			if err != nil {
				t.Error(err)
				return
			}
			defer db.Close()
			if err := db.Ledger().Open(t.Context(), "world", "CNY", true); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestANewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	url := pgtest.Database(t)
	open(t, url, storetest.NewClock()).Close()
	admin(t, url, "INSERT INTO schema_migration (version, name, at) VALUES (9999, 'later', 0)")
	if _, err := postgres.Open(t.Context(), url); err == nil || !strings.Contains(err.Error(), "schema 9999") {
		t.Fatalf("got %v", err)
	}
}

func TestAWrongAddressIsAnError(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"postgres://%zz", "postgres://nobody@/none?host=/nonexistent"} {
		if db, err := postgres.Open(t.Context(), url); err == nil {
			db.Close()
			t.Fatalf("%s was opened", url)
		}
	}
}

// The server cuts the node's connections again and again, also in the middle of commits. Every answer must be true,
// also for events, which have no key of their own: each exactly once.
func TestLostConnectionsLoseAndRepeatNothing(t *testing.T) {
	t.Parallel()
	url := pgtest.Database(t)
	db := open(t, url, storetest.NewClock())
	ctx := t.Context()
	for account, overdraft := range map[string]bool{"world": true, "bob": false} {
		if err := db.Ledger().Open(ctx, account, money.CNY, overdraft); err != nil {
			t.Fatal(err)
		}
	}
	due, cut := make(chan struct{}, 1), make(chan int)
	go func() { cut <- cutter(t, url, due) }()
	const hands, each, between = 8, 40, 5
	var wg sync.WaitGroup
	for h := range hands {
		wg.Go(func() {
			for n := range each {
				p := ledger.Posting{Key: fmt.Sprint(h, "/", n), Op: ledger.Transfer, Legs: []ledger.Leg{{From: "world", To: "bob", Amount: money.Of(1, money.CNY)}}}
				if err := db.Ledger().Post(ctx, p); err != nil {
					t.Error(err)
				}
				if err := db.Commit(ctx, store.Write{Events: []store.Append{{Stream: "s", Type: "t", Data: json.RawMessage(`1`)}}}); err != nil {
					t.Error(err)
				}
				if n%between == 0 {
					select {
					case due <- struct{}{}:
					default:
					}
				}
			}
		})
	}
	wg.Wait()
	close(due)
	t.Logf("%d connections were cut", <-cut)
	check := open(t, url, storetest.NewClock())
	b, err := check.Ledger().Balance(ctx, "bob")
	if err != nil || b.Posted != hands*each {
		t.Fatalf("bob has %d of %d: %v", b.Posted, hands*each, err)
	}
	seq, err := check.LastSeq(ctx, "s")
	if err != nil || seq != hands*each {
		t.Fatalf("%d events of %d: %v", seq, hands*each, err)
	}
	if err := check.Ledger().Verify(ctx); err != nil {
		t.Fatal(err)
	}
}

// cutter ends all other connections to the database each time it is asked; it returns how many it ended.
func cutter(t *testing.T, url string, due <-chan struct{}) int {
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	total := 0
	for range due {
		var n int
		err := conn.QueryRow(t.Context(), `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()`).Scan(&n)
		if err != nil {
			t.Error(err)
		}
		total += n
	}
	return total
}

func admin(t *testing.T, url, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

func TestDataOfTheFirstSchemaIsCarriedOver(t *testing.T) {
	t.Parallel()
	url := pgtest.Database(t)
	storetest.Upgrade(t, sqldb.Postgres, func(statement string) { admin(t, url, statement) }, func() storetest.DB {
		return open(t, url, storetest.NewClock())
	})
}
