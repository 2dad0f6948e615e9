package main

import (
	"context"
	"fmt"
	"os"
	"regexp"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/eval"
)

const evalHelp = `Eval plays the cases of a suite through the whole platform, on throw-away data folders with the suite's services as
sandbox merchants, and judges them by the final state of the merchants' own data and by the money that moved.

A suite is a folder with suite.json, and services and cases for each set (docs/evaluation.md). The set dev is for
tuning; the set held was put aside before and its cases are only counted, unless --failed asks for them.

Examples:
  bangwo eval eval                          the dev set of the suite in ./eval
  bangwo eval eval --set held               the figures of the held-out set
  bangwo eval eval --only coffee --failed   the cases of one kind, and why they went wrong
  bangwo eval eval --repeat 3 --min 90      three times each; exit 1 below 90 % right`

// evaluating are the flags of eval.
type evaluating struct {
	*common
	set      string
	only     string
	repeat   int
	parallel int
	failed   bool
	min      float64
	quiet    bool
}

func newEval(c *common) *cobra.Command {
	e := &evaluating{common: c}
	cmd := &cobra.Command{Use: "eval SUITE…", Short: "Measure understanding and planning on a suite", Long: evalHelp, Args: usage(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return e.run(cmd, args) }}
	f := cmd.Flags()
	f.StringVar(&e.set, "set", eval.SetDev, "the set of cases: dev or held")
	f.StringVar(&e.only, "only", "", "play only cases whose id, sentence, service, trade or tag matches this regular `expression`")
	f.IntVar(&e.repeat, "repeat", 1, "play every case this often")
	f.IntVar(&e.parallel, "parallel", 0, "platforms side by side (0: one for each core)")
	f.BoolVar(&e.failed, "failed", false, "print every case that went wrong, and why")
	f.Float64Var(&e.min, "min", 0, "exit 1 when fewer cases (in `percent`) end in the right state, or anything was paid wrongly")
	f.BoolVar(&e.quiet, "quiet", false, "no progress on standard error")
	cmd.AddCommand(newEvalPublic(c))
	return cmd
}

func (e *evaluating) run(cmd *cobra.Command, dirs []string) error {
	opt := eval.Options{Repeat: e.repeat, Parallel: e.parallel, Log: e.logger(cmd.ErrOrStderr())}
	if e.only != "" {
		re, err := regexp.Compile("(?i)" + e.only)
		if err != nil {
			return usageError{fmt.Errorf("--only: %w", err)}
		}
		opt.Only = re
	}
	if !e.quiet && isTerminal(os.Stdin) {
		opt.Progress = func(done, all int) { fmt.Fprintf(cmd.ErrOrStderr(), "\r%d of %d", done, all) }
	}
	var reports []*eval.Report
	for _, dir := range dirs {
		r, err := e.one(cmd.Context(), dir, opt)
		if err != nil {
			return err
		}
		reports = append(reports, r)
	}
	if err := e.print(cmd, reports); err != nil {
		return err
	}
	for _, r := range reports {
		if e.min > 0 && (r.All.PlanShare < e.min || r.All.WrongPayments > 0) {
			return exit(exitFailed)
		}
	}
	return nil
}

func (e *evaluating) one(ctx context.Context, dir string, opt eval.Options) (*eval.Report, error) {
	suite, err := eval.Load(dir, e.set)
	if err != nil {
		return nil, err
	}
	return eval.Run(ctx, suite, opt)
}

func (e *evaluating) print(cmd *cobra.Command, reports []*eval.Report) error {
	if e.json {
		for _, r := range reports {
			if e.set == eval.SetHeld && !e.failed {
				r.Verdicts = nil
			}
		}
		return printJSON(cmd.OutOrStdout(), reports)
	}
	for _, r := range reports {
		if err := r.WriteText(cmd.OutOrStdout(), e.failed); err != nil {
			return err
		}
	}
	return nil
}
