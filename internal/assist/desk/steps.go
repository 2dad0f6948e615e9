package desk

import (
	"slices"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/fault"
)

type finished struct {
	step string
	err  error
}

// runSteps runs the allowed steps as their dependencies become done, at most MaxParallel at a time, until none can
// start any more. Steps that can never start are skipped, and their goals fail. A step that meets a question is
// parked; the questions collect in w.asks.
func (w *worker) runSteps(steps []plan.Step, allowed func(plan.Step) bool) error {
	done := make(chan finished, MaxParallel)
	active, tried := 0, map[string]bool{}
	var first error
	for {
		for _, s := range steps {
			if first != nil || w.interrupted() || active >= MaxParallel {
				break
			}
			if tried[s.ID] || !allowed(s) {
				continue
			}
			ready, err := w.mayStart(s)
			first = err
			if ready && err == nil {
				tried[s.ID] = true
				active++
				go func() { done <- finished{s.ID, shielded(func() error { return w.runStep(s) })} }()
			}
		}
		if active == 0 {
			return first
		}
		f := <-done
		active--
		if first == nil {
			first = f.err
		}
	}
}

// mayStart tells whether the step is to be started now; one that never can is skipped.
func (w *worker) mayStart(s plan.Step) (bool, error) {
	w.mu.Lock()
	row, ok := w.steps[s.ID]
	if !ok || !slices.Contains([]assist.StepState{assist.StepQueued, assist.StepRunning, assist.StepWaiting}, row.State) {
		w.mu.Unlock()
		return false, nil
	}
	ready := run.Ready(s, w.entries())
	if ready == run.Never && w.undecided(s.Goal) {
		ready = run.Wait
	}
	w.mu.Unlock()
	if ready == run.Never {
		return false, w.skip(s)
	}
	return ready == run.Go, nil
}

// skip gives a step up because something before it failed.
func (w *worker) skip(s plan.Step) error {
	return w.save(func(b *batch) {
		row := w.steps[s.ID]
		row.State = assist.StepSkipped
		b.step(row)
		w.tellStep(b, row)
		w.failPart(b, s.Goal, string(fault.Merchant), "")
	})
}

// failPart marks a goal as failed, once; the caller is inside save.
func (w *worker) failPart(b *batch, goal, code, why string) {
	p := w.t.Parts[goal]
	if p == nil || p.Failed != "" {
		return
	}
	p.Failed, p.Why = code, why
	b.turn(w.t)
}

func (w *worker) tellStep(b *batch, row *step) {
	e := assist.StepChanged{Turn: row.Turn, ID: row.Step, Goal: row.Goal, Title: w.oneScript(row.Title), State: row.State, Note: row.Note}
	if !row.Started.IsZero() && !row.Finished.IsZero() {
		e.ElapsedMS = row.Finished.Sub(row.Started).Milliseconds()
	}
	b.tell(w.t.Conversation, assist.EventStep, e)
}

// begin notes the intent of a step that stands beside the plan's, before its call. The caller holds mu.
func (w *worker) begin(b *batch, s plan.Step, args map[string]any) *step {
	row := w.steps[s.ID]
	if row == nil {
		row = &step{Entry: run.Entry{Turn: w.t.ID, Step: s.ID, Goal: s.Goal, Title: s.Title, Effect: s.Effect}}
		w.steps[s.ID] = row
	}
	row.State, row.Args, row.Started = assist.StepRunning, args, w.Clock().UTC()
	b.step(row)
	w.tellStep(b, row)
	return row
}
