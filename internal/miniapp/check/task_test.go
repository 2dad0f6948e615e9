package check_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/miniapp"
	"github.com/bangwo/bangwo/internal/miniapp/check"
	"github.com/bangwo/bangwo/internal/sandbox"
)

const workerEnv = "BANGWO_TEST_WORKER"

func TestMain(m *testing.M) {
	if os.Getenv(workerEnv) != "" {
		os.Exit(sandbox.WorkerMain(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

func newPool(t *testing.T) *sandbox.Pool {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	pool, err := sandbox.NewPool(sandbox.Options{Command: []string{exe}, Env: []string{workerEnv + "=1"}, Fresh: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// TestApartFindsTheSame compares checking in a worker with checking here.
func TestApartFindsTheSame(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	for _, dir := range []string{"../testdata/wx-kiosk", "../testdata/wx-odd", "../testdata/my-mend"} {
		pkg, err := miniapp.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		got, err := check.Apart(context.Background(), pool, pkg)
		if want := check.Run(pkg); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: apart %+v (%v), here %+v", dir, got, err, want)
		}
	}
}

// TestApartSurvivesHostileScripts checks packages with scripts that keep parsers busy or overflow them. They do
// not keep the rest of the package from being checked.
func TestApartSurvivesHostileScripts(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	for name, bad := range map[string]string{
		"arrows": strings.Repeat("a=>", 3999) + "1", "compiled arrows": "export default " + strings.Repeat("a=>", 299) + "1", "signs": strings.Repeat("- ", 100_000) + "1",
		"members": "a" + strings.Repeat(".a", 100_000), "sums": "1" + strings.Repeat("+1", 100_000), "elses": "if(0);" + strings.Repeat("else if(0);", 20_000),
		"typed": "export const a: any = " + strings.Repeat("- ", 100_000) + "1", "labels": strings.Repeat("a:", 100_000) + "1", "news": strings.Repeat("new ", 60_000) + "a",
	} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS("../testdata/wx-kiosk")); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "skills/kiosk/utils/stock.js"), []byte(bad), 0o644); err != nil {
			t.Fatal(err)
		}
		pkg, err := miniapp.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		findings, err := check.Apart(context.Background(), pool, pkg)
		told := slices.ContainsFunc(findings, func(f check.Finding) bool { return f.Rule == "B003" && f.File == "skills/kiosk/utils/stock.js" })
		if err != nil || (name == "labels" && !told) {
			t.Errorf("%s: %v, %v", name, findings, err)
		}
	}
}
