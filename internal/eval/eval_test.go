package eval_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/bangwo/bangwo/internal/eval"
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
	for _, set := range []string{eval.SetDev, eval.SetHeld} {
		suite, err := eval.Load(ours, set)
		if err != nil {
			t.Fatal(err)
		}
		wrong, err := eval.Check(t.Context(), suite, eval.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range wrong {
			t.Errorf("%s: %s", set, w)
		}
	}
}
