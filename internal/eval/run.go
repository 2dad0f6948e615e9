package eval

import (
	"context"
	"errors"
	"log/slog"
	"regexp"
	"runtime"
	"sync"

	"github.com/bangwo/bangwo/internal/fault"
)

// maxParallel bounds the platforms that play cases side by side.
const maxParallel = 8

// Options of a run.
type Options struct {
	Only     *regexp.Regexp // cases whose id, sentence, trade or tag matches; nil: all
	Repeat   int            // how often every case is played; 0: once
	Parallel int            // platforms side by side; 0: as many as the machine has cores
	Worker   []string       // the command that starts a script worker; empty: this program with the argument "worker"
	Log      *slog.Logger
	Progress func(done, all int) // may be nil
}

// job is one case to be played for the n-th time.
type job struct{ n, i int }

// Run plays the suite's cases and judges them. Faults: invalid when no case is left, and those of the platform.
func Run(ctx context.Context, suite *Suite, opt Options) (*Report, error) {
	cases := suite.chosen(opt.Only)
	if len(cases) == 0 {
		return nil, fault.New(fault.Invalid, "no case is left to be played").WithHint("is --only right?")
	}
	repeat := max(opt.Repeat, 1)
	workers := opt.Parallel
	if workers <= 0 {
		workers = runtime.NumCPU()
	}
	workers = min(workers, maxParallel, len(cases))
	r := &runner{suite: suite, opt: opt, cases: cases, jobs: make(chan job), all: repeat * len(cases)}
	r.verdicts = make([][]Verdict, repeat)
	for n := range r.verdicts {
		r.verdicts[n] = make([]Verdict, len(cases))
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make([]error, workers)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			if errs[w] = r.work(ctx); errs[w] != nil {
				cancel()
			}
		})
	}
	r.hand(ctx, repeat)
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return suite.report(r.verdicts), nil
}

// chosen are the cases that only asks for.
func (s *Suite) chosen(only *regexp.Regexp) []Case {
	var out []Case
	for _, c := range s.Cases {
		if only == nil || c.matches(only, s.trades(c)) {
			out = append(out, c)
		}
	}
	return out
}

func (c Case) matches(only *regexp.Regexp, trades []string) bool {
	for _, words := range [][]string{{c.ID}, c.Turns, trades, c.Tags, c.services()} {
		for _, w := range words {
			if only.MatchString(w) {
				return true
			}
		}
	}
	return false
}

type runner struct {
	suite    *Suite
	opt      Options
	cases    []Case
	jobs     chan job
	all      int
	mu       sync.Mutex // guards what follows
	done     int
	verdicts [][]Verdict
}

func (r *runner) hand(ctx context.Context, repeat int) {
	defer close(r.jobs)
	for n := range repeat {
		for i := range r.cases {
			select {
			case r.jobs <- job{n, i}:
			case <-ctx.Done():
				return
			}
		}
	}
}

// work opens a platform and plays what it is handed.
func (r *runner) work(ctx context.Context) error {
	st, err := newStage(ctx, r.suite, r.opt)
	if err != nil {
		return err
	}
	for j := range r.jobs {
		v := r.suite.judge(r.cases[j.i], st.play(ctx, r.cases[j.i]))
		r.mu.Lock()
		r.verdicts[j.n][j.i] = v
		r.done++
		done := r.done
		r.mu.Unlock()
		if r.opt.Progress != nil {
			r.opt.Progress(done, r.all)
		}
	}
	return errors.Join(ctx.Err(), st.close())
}
