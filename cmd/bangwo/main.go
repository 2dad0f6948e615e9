// Command bangwo turns one sentence into finished errands: it serves the platform, runs single errands from the
// command line, brings merchants in and checks their packages.
//
// Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a question or the confirmation is open, 4 refused (no service
// can do it, or it was declined).
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // a person's zone is known on machines without a zone database too

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/i18n"
)

// version is set by the build.
var version = "dev"

// Exit codes.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitOpen    = 3
	exitRefused = 4
)

// exit ends a command with a code after everything was said already.
type exit int

// Error makes it an error; nobody reads it.
func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends at once
	root := newRoot()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitDone
	}
	var code exit
	if errors.As(err, &code) {
		return int(code)
	}
	tell(cmd, err)
	var f *fault.Error
	switch {
	case errors.As(err, &f) && f.Code == fault.Invalid:
		return exitUsage
	case errors.As(err, &f):
		return exitFailed
	}
	var usage usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}

// usageError is a command line that cannot be understood.
type usageError struct{ error }

// tell prints an error for people, and what the developer may want to know behind it.
func tell(cmd *cobra.Command, err error) {
	w := cmd.ErrOrStderr()
	var f *fault.Error
	if !errors.As(err, &f) {
		fmt.Fprintln(w, "bangwo:", err)
		var usage usageError
		if errors.As(err, &usage) {
			fmt.Fprintf(w, "see %s --help\n", cmd.CommandPath())
		}
		return
	}
	fmt.Fprintf(w, "bangwo: %s (%s)\n", f.Message, f.Code)
	if f.Hint != "" {
		fmt.Fprintln(w, " ", f.Hint)
	} else if text := i18n.Fault(systemLang(), string(f.Code), f.Params); text != "" && f.Code != fault.Internal {
		fmt.Fprintln(w, " ", text)
	}
}

// systemLang is the language of the terminal.
func systemLang() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if len(v) >= 2 && v[:2] == "zh" {
				return i18n.Chinese
			}
			return i18n.English
		}
	}
	return i18n.English
}
