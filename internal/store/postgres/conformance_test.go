package postgres_test

import (
	"context"
	"testing"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/store/pgtest"
	"github.com/bangwo/bangwo/internal/store/postgres"
	"github.com/bangwo/bangwo/internal/store/sqldb"
	"github.com/bangwo/bangwo/internal/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.ChildMain(func(ctx context.Context, where string) (storetest.DB, error) { return postgres.Open(ctx, where) })
	pgtest.Main(m)
}

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t testing.TB) storetest.Target {
		url := pgtest.Database(t)
		clock := storetest.NewClock()
		db := open(t, url, clock)
		return storetest.Target{
			Store: db, Ledger: db.Ledger(), Clock: clock, Sweep: db.Sweep,
			Reopen: func(t testing.TB, second bool) (store.Store, ledger.Ledger) {
				if !second {
					if err := db.Close(); err != nil {
						t.Fatal(err)
					}
				}
				again := open(t, url, clock)
				return again, again.Ledger()
			},
		}
	})
}

func open(t testing.TB, url string, clock *storetest.TestClock) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), url, sqldb.WithClock(clock.Now), sqldb.WithTail(storetest.Tail))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
