package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/bangwo/bangwo/internal/store/sqldb"
	"github.com/bangwo/bangwo/internal/store/sqlite"
	"github.com/bangwo/bangwo/internal/store/storetest"
)

func TestANewerSchemaIsRefusedAndNotTouched(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "newer.db")
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec("INSERT INTO schema_migration (version, name, at) VALUES (9999, 'later', 0)"); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), "schema 9999") {
		t.Fatalf("got %v", err)
	}
}

func TestStartingTogetherMakesOneSchema(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "together.db")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			db, err := sqlite.Open(t.Context(), path)
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

func TestAFileThatIsNoDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(path, []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if db, err := sqlite.Open(t.Context(), path); err == nil {
		db.Close()
		t.Fatal("it was opened")
	}
}

func TestDataOfTheFirstSchemaIsCarriedOver(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "old.db")
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	run := func(statement string) {
		if _, err := raw.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	storetest.Upgrade(t, sqldb.SQLite, run, func() storetest.DB {
		raw.Close()
		return open(t, path, storetest.NewClock())
	})
}
