package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/store/sqldb"
	"github.com/bangwo/bangwo/internal/store/sqlite"
	"github.com/bangwo/bangwo/internal/store/storetest"
)

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t testing.TB) storetest.Target {
		path := filepath.Join(t.TempDir(), "data", "bangwo #1.db")
		clock := storetest.NewClock()
		db := open(t, path, clock)
		return storetest.Target{
			Store: db, Ledger: db.Ledger(), Clock: clock, Sweep: db.Sweep,
			Reopen: func(t testing.TB, second bool) (store.Store, ledger.Ledger) {
				if !second {
					if err := db.Close(); err != nil {
						t.Fatal(err)
					}
				}
				again := open(t, path, clock)
				return again, again.Ledger()
			},
		}
	})
}

func open(t testing.TB, path string, clock *storetest.TestClock) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, sqldb.WithClock(clock.Now), sqldb.WithTail(storetest.Tail))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
