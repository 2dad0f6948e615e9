package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/money"
)

const askHelp = `Ask runs one errand: it prints what it does while it does it, asks what it needs to know, shows one
confirmation and carries the orders out.

With --data DIR it needs no server: the platform runs in this process on that folder. Otherwise it talks to the
server at --server, as the person of BANGWO_TOKEN or, on a demo server, as a demo person.

Questions are asked in the terminal. Without a terminal the first open question ends it with exit code 3, and so
does the confirmation, unless --yes confirms it: --yes pays at most --limit yuan without asking. When a merchant
changes its terms after the yes, the new ones are shown and nothing is paid; only --yes-changed confirms those too.

What you said within the last half hour goes on: "make it four", "add a large one", "cancel it". --new begins anew.

--json prints one document (docs/ask-json.md) on standard output; progress stays on standard error.

Examples:
  bangwo ask --data ./data --demo "帮我叫辆车去机场，顺便在附近订三杯低糖拿铁"
  bangwo ask --data ./data --demo --yes --limit 300 --json "order a car to the airport"
  bangwo ask --data ./data "make it four"                            goes on with what was said last
  bangwo ask --data ./data --plan "three low-sugar lattes"          only the plan
  bangwo ask --data ./data --now 2026-11-24T08:00 --at "People's Square" "a car to the airport"`

// DefaultLimit is what --yes may pay without asking, in yuan.
const defaultLimit = "500"

// asking are the flags of ask.
type asking struct {
	*common
	cfg     app.Config
	data    bool // --data was given: no server
	server  string
	token   string
	person  string
	lang    string
	at      string
	now     string
	yes     bool
	changed bool
	limit   string
	policy  string
	plan    bool
	explain bool
	fresh   bool
	quiet   bool
	timeout time.Duration
}

func newAsk(c *common) *cobra.Command {
	a := &asking{common: c, cfg: app.Defaults()}
	cmd := &cobra.Command{Use: "ask SENTENCE", Short: "Run one errand", Long: askHelp, Args: usage(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			a.data = cmd.Flags().Changed("data")
			return a.run(cmd, strings.Join(args, " "))
		}}
	c.platform(cmd, &a.cfg)
	c.model(cmd, &a.cfg)
	f := cmd.Flags()
	f.BoolVar(&a.cfg.Demo, "demo", false, "add the demo merchants and a demo person with money to the data folder")
	f.StringVar(&a.server, "server", "http://127.0.0.1:8080", "`address` of a running server, where --data is not given")
	f.StringVar(&a.token, "token", "", "a person's token at the server")
	f.StringVar(&a.person, "person", "", "`id` of who asks (default: a demo person, else the folder's owner)")
	f.StringVar(&a.lang, "lang", "", "zh or en; left out, the sentence decides")
	f.StringVar(&a.at, "at", "", "where you are, in `words`")
	f.StringVar(&a.now, "now", "", "the `time` it is, as 2026-11-24T08:00 or RFC 3339 (needs --data)")
	f.BoolVar(&a.yes, "yes", false, "confirm without asking, within --limit")
	f.BoolVar(&a.changed, "yes-changed", false, "with --yes: confirm, within --limit, also what differs from what was confirmed before")
	f.StringVar(&a.limit, "limit", defaultLimit, "the most that --yes pays, in `yuan`")
	f.StringVar(&a.policy, "policy", "", "if one part fails: all (all or nothing) or some (what can be had)")
	f.BoolVar(&a.plan, "plan", false, "print the plan and run nothing")
	f.BoolVar(&a.explain, "explain", false, "say which words led to what")
	f.BoolVar(&a.fresh, "new", false, "begin a new conversation; otherwise the one of the last half hour goes on")
	f.BoolVar(&a.quiet, "quiet", false, "no progress on standard error")
	f.DurationVar(&a.timeout, "timeout", 10*time.Minute, "give up after this long")
	return cmd
}

func (a *asking) run(cmd *cobra.Command, sentence string) error {
	ctx, cancel := context.WithTimeout(cmd.Context(), a.timeout)
	defer cancel()
	limit, err := a.check()
	if err != nil {
		return err
	}
	door, err := a.open(ctx, cmd)
	if err != nil {
		return err
	}
	defer door.close()
	s := saying{text: sentence, lang: a.lang, place: a.at, fresh: a.fresh}
	var doc *document
	if a.plan {
		doc, err = planOnly(ctx, door, s)
	} else {
		t := &talk{counter: door, asking: a, limit: limit, doc: newDocument(), out: cmd.ErrOrStderr(), in: cmd.InOrStdin()}
		t.terminal = isTerminal(cmd.InOrStdin()) && !a.json
		doc, err = t.run(ctx, s)
	}
	if err != nil {
		return err
	}
	if a.explain && !a.plan {
		if doc.Explain, err = door.explain(ctx, s); err != nil {
			return err
		}
		if doc.Model != nil {
			doc.Explain = append(doc.Explain, doc.Model.Notes...)
		}
	}
	return a.print(cmd.OutOrStdout(), doc)
}

// check refuses flags that contradict each other and returns the limit.
func (a *asking) check() (money.Amount, error) {
	limit, err := money.Parse(a.limit, money.CNY)
	if err != nil {
		return limit, usageError{fmt.Errorf("--limit is a number of yuan: %w", err)}
	}
	if a.changed && !a.yes {
		return limit, usageError{errors.New("--yes-changed goes with --yes")}
	}
	if a.lang != "" && a.lang != "zh" && a.lang != "en" {
		return limit, usageError{fmt.Errorf("--lang is zh or en, not %q", a.lang)}
	}
	if a.policy != "" && a.policy != "all" && a.policy != "some" {
		return limit, usageError{fmt.Errorf("--policy is all or some, not %q", a.policy)}
	}
	if !a.data && !a.cfg.Demo && a.now == "" && a.cfg.DB == "" {
		return limit, nil
	}
	if a.now != "" {
		at, err := parseNow(a.now)
		if err != nil {
			return limit, usageError{err}
		}
		a.cfg.Now = clockFrom(at)
	}
	a.data = true // --demo, --now and --db mean a platform in this process
	return limit, nil
}

// clockFrom starts a clock at a time: pauses and prices still run out.
func clockFrom(at time.Time) func() time.Time {
	start := time.Now()
	return func() time.Time { return at.Add(time.Since(start)) }
}

func parseNow(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, s, time.Local); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("--now is a time such as 2026-11-24T08:00, not %q", s)
}

func (a *asking) open(ctx context.Context, cmd *cobra.Command) (counter, error) {
	if !a.data {
		lang := a.lang
		if lang == "" {
			lang = systemLang()
		}
		return dial(ctx, a.server, a.token, a.person, lang)
	}
	a.cfg.Log, a.cfg.Version = a.logger(cmd.ErrOrStderr()), version
	return openLocal(ctx, a.cfg, a.person)
}

// planOnly shows what would be done.
func planOnly(ctx context.Context, door counter, s saying) (*document, error) {
	thought, err := door.think(ctx, s)
	if err != nil {
		return nil, err
	}
	return thoughtDocument(thought), nil
}

// print writes the document, for programs or for people, and returns the exit code.
func (a *asking) print(w io.Writer, doc *document) error {
	var err error
	if a.json {
		err = printJSON(w, doc)
	} else {
		err = a.printText(w, doc)
	}
	if err != nil {
		return err
	}
	if code := exitOf(doc.Outcome); code != exitDone {
		return exit(code)
	}
	return nil
}

func exitOf(o assist.Outcome) int {
	switch o {
	case assist.OutcomeDone:
		return exitDone
	case assist.OutcomeQuestion, assist.OutcomeWaiting:
		return exitOpen
	case assist.OutcomeRefused:
		return exitRefused
	}
	return exitFailed
}

// isTerminal tells whether somebody can be asked.
func isTerminal(r io.Reader) bool {
	f, ok := r.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

var errStopped = errors.New("stopped")

// timedOut is told when the errand took longer than --timeout.
func timedOut(d time.Duration) error {
	return fault.New(fault.Timeout, "no end after %s", d).WithHint("the errand is kept; --timeout waits longer")
}
