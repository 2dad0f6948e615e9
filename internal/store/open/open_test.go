package open_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/store/open"
	"github.com/bangwo/bangwo/internal/store/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func TestOpensWhatTheAddressNames(t *testing.T) {
	t.Parallel()
	for name, where := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "a.db"), "postgres": pgtest.Database(t)} {
		t.Run(name, func(t *testing.T) {
			db, err := open.Open(t.Context(), where)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if err := db.Commit(t.Context(), store.Write{Puts: []store.Put{{Kind: "k", ID: "a", Data: json.RawMessage(`1`)}}}); err != nil {
				t.Fatal(err)
			}
			if err := db.Ledger().Verify(t.Context()); err != nil {
				t.Fatal(err)
			}
		})
	}
}
