package eval_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/bangwo/bangwo/internal/eval"
	"github.com/bangwo/bangwo/internal/miniapp"
	"github.com/bangwo/bangwo/internal/miniapp/check"
	"github.com/bangwo/bangwo/internal/sandbox"
)

// TestMain makes this test binary also the script worker that the platform starts.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "worker" {
		os.Exit(sandbox.WorkerMain(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

// ours is the suite of this repository.
var ours = filepath.Join("..", "..", "eval")

// TestSuiteIsSound walks through every service by hand and holds every case against what its records look like.
func TestSuiteIsSound(t *testing.T) {
	t.Parallel()
	suite, err := eval.Load(ours, eval.SetHeld) // with the services of both sets
	if err != nil {
		t.Fatal(err)
	}
	dev, err := eval.Load(ours, eval.SetDev)
	if err != nil {
		t.Fatal(err)
	}
	suite.Cases = append(suite.Cases, dev.Cases...)
	wrong, err := eval.Check(t.Context(), suite, eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wrong {
		t.Error(w)
	}
}

// TestPackagesPassTheValidator holds the suite's packages to the platforms' own rules.
func TestPackagesPassTheValidator(t *testing.T) {
	t.Parallel()
	suite, err := eval.Load(ours, eval.SetHeld)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range suite.Services {
		if s.MCP {
			continue
		}
		pkg, err := miniapp.Open(s.Dir)
		if err != nil {
			t.Errorf("%s: %v", s.ID, err)
			continue
		}
		for _, f := range check.Run(pkg) {
			if f.Level == check.Error {
				t.Errorf("%s: %+v", s.ID, f)
			}
		}
	}
}
