package main

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/bangwo/bangwo/examples"
)

// asProgram makes this test binary behave as bangwo whatever its arguments.
const asProgram = "BANGWO_TEST_AS_PROGRAM"

// TestMain makes this test binary the bangwo program of the scripts; started as a worker or as the demo ride
// merchant it is those too.
func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" || len(os.Args) > 1 && (os.Args[1] == "worker" || os.Args[1] == examples.RideCommand || os.Args[1] == "serve") {
		main() // a process that a test started by this binary's own path
	}
	testscript.Main(m, map[string]func(){"bangwo": main, "salon": salon})
}

func TestScripts(t *testing.T) {
	t.Parallel()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:  "testdata",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
		Setup: func(env *testscript.Env) error {
			env.Setenv("EXAMPLES", here+"/../../examples")
			env.Setenv("LANG", "en_US.UTF-8")
			return nil
		},
	})
}

// exits runs a command and wants an exit code: exits 3 bangwo ask …
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG]…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exited *exec.ExitError
	if errors.As(err, &exited) {
		got = exited.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}
