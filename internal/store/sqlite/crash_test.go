package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/bangwo/bangwo/internal/store/sqlite"
	"github.com/bangwo/bangwo/internal/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.ChildMain(func(ctx context.Context, where string) (storetest.DB, error) { return sqlite.Open(ctx, where) })
	os.Exit(m.Run())
}

func TestKilledProcessLosesNothingAcknowledged(t *testing.T) {
	t.Parallel()
	storetest.Crash(t, filepath.Join(t.TempDir(), "crash.db"), func(t testing.TB, where string) storetest.DB {
		return open(t, where, storetest.NewClock())
	})
}
