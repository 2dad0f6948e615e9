package desk

import (
	"slices"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

// A setback is a step that certainly did not do what it should: a list in which nothing fits, a refusal, a service that
// does not answer. What comes of it is decided afterwards, from the journal alone, so that a crash in between changes
// nothing: another search word, another item or value that the person chooses, a new quote, another service, or the
// end of the goal. Each goal has MaxMends of them, the person sees each, and nothing but a read is ever done again.

// setback journals a step that certainly did not happen.
func (w *worker) setback(s plan.Step, result *track.Result, cause error) error {
	code, why := fault.CodeOf(cause), w.reason(cause)
	return w.save(func(b *batch) {
		row := w.steps[s.ID]
		row.State, row.Code, row.Note, row.Unknown, row.Open, row.Finished = assist.StepFailed, string(code), why, false, true, w.Clock().UTC()
		if result != nil {
			kept := keep(*result)
			row.Result = &kept
		}
		b.step(row)
		w.tellStep(b, row)
	})
}

// found notes a pick that found nothing; its step stays queued.
func (w *worker) found(n *plan.Nothing) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.nothing = append(w.nothing, n)
}

// undecided tells whether a step of the goal failed and nothing was decided about it yet; the caller holds mu.
func (w *worker) undecided(goal string) bool {
	for _, row := range w.steps {
		if row.Goal == goal && row.Open {
			return true
		}
	}
	return false
}

func (w *worker) isOpen(step string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.steps[step].Open
}

// mend decides about the setbacks of gathering, one of each goal at a time. It returns whether there were any.
func (w *worker) mend() (bool, error) {
	seen := map[string]bool{}
	var asks []*pause
	for _, s := range w.t.Plan.Steps {
		none, open := w.setbackOf(s)
		p := w.t.Parts[s.Goal]
		if seen[s.Goal] || (none == nil && !open) || p == nil || p.Failed != "" || p.Replan != "" {
			continue
		}
		seen[s.Goal] = true
		ask, err := w.mendStep(s, none)
		if err != nil {
			return true, err
		}
		if ask != nil {
			asks = append(asks, w.offerPause(s.Goal, ask))
		}
	}
	if len(asks) > 0 {
		return true, w.ask(asks[0], nil)
	}
	return len(seen) > 0, nil
}

func (w *worker) setbackOf(s plan.Step) (*plan.Nothing, bool) {
	for _, n := range w.nothing {
		if n.Step == s.ID {
			return n, false
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	row := w.steps[s.ID]
	return nil, row != nil && row.Open
}

// mendStep meets one setback: by running something again, by what it returns to ask the person, or by failing the goal.
func (w *worker) mendStep(s plan.Step, none *plan.Nothing) (*offer, error) {
	if w.t.Parts[s.Goal].Mends >= MaxMends {
		return nil, w.giveUp(s, none)
	}
	var ask *offer
	done, err := false, error(nil)
	switch row := w.steps[s.ID]; {
	case none != nil:
		ask, done, err = w.mendNothing(s, none)
	case row.Result != nil:
		ask, done, err = w.mendRefusal(s, row)
	default:
		done, err = w.turnElsewhere(s, row)
	}
	if err != nil || done || ask != nil {
		return ask, err
	}
	return nil, w.giveUp(s, none)
}

// giveUp fails the goal with the step's own reason.
func (w *worker) giveUp(s plan.Step, none *plan.Nothing) error {
	if none != nil {
		return w.failStep(s, none)
	}
	return w.save(func(b *batch) {
		row := w.steps[s.ID]
		row.Open = false
		b.step(row)
		w.failPart(b, s.Goal, row.Code, row.Note)
	})
}

// mendRefusal meets a merchant's refusal before the confirmation.
func (w *worker) mendRefusal(s plan.Step, row *step) (*offer, bool, error) {
	r := run.ReadRefusal(*row.Result)
	switch {
	case r.Kind == run.Stale:
		done, err := w.rerun(s, w.say("requoted"), s.Deps()...)
		return nil, done, err
	case s.Effect == "read" && (r.Kind == run.Absent || r.Kind == run.SoldOut || r.Kind == run.Other && w.reworded(s)):
		if ask, done, err := w.otherWord(s, s, nil); done || ask != nil || err != nil {
			return ask, done, err
		}
	}
	return w.offerFor(s, r, row), false, nil
}

// rerun runs a step again, with the steps of its goal that are named and all that waits for them.
func (w *worker) rerun(s plan.Step, note string, ids ...string) (bool, error) {
	ids = slices.DeleteFunc(ids, func(id string) bool { p, ok := w.t.Plan.Step(id); return !ok || p.Goal != s.Goal })
	all := w.withDependents(append(ids, s.ID)...)
	if !w.repeatable(all) {
		return false, nil
	}
	return true, w.save(func(b *batch) {
		w.t.Parts[s.Goal].Mends++
		b.turn(w.t)
		w.requeue(b, all, note)
	})
}

// withDependents lists steps and all that waits for them, in the plan's order.
func (w *worker) withDependents(ids ...string) []string {
	in := map[string]bool{}
	for _, id := range ids {
		in[id] = true
		for _, d := range w.t.Plan.Dependents(id) {
			in[d] = true
		}
	}
	var out []string
	for _, s := range w.t.Plan.Steps {
		if in[s.ID] {
			out = append(out, s.ID)
		}
	}
	return out
}

// repeatable tells that running steps again does nothing twice: none that is done has more effect than a read.
func (w *worker) repeatable(ids []string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.mayRepeat(ids)
}

// mayRepeat is repeatable for a caller that holds mu.
func (w *worker) mayRepeat(ids []string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool {
		row := w.steps[id]
		return row == nil || row.Effect != "read" && (row.State == assist.StepDone || row.State == assist.StepRunning)
	})
}

// requeue lets steps run again, which is another intent and so has other call ids; the first one is told with the
// reason. The caller is inside save.
func (w *worker) requeue(b *batch, ids []string, note string) {
	for i, id := range ids {
		row := w.steps[id]
		row.Entry = run.Entry{Turn: row.Turn, Step: row.Step, Goal: row.Goal, Title: row.Title, Effect: row.Effect, State: assist.StepQueued, Try: row.Try + 1}
		if i == 0 {
			row.Note = clip(note, MaxNote)
		}
		b.step(row)
		w.tellStep(b, row)
	}
}

// redo runs again what an answer wants run again.
func (w *worker) redo() error {
	if len(w.t.Redo) == 0 {
		return nil
	}
	return w.save(func(b *batch) {
		for _, r := range w.t.Redo {
			s, ok := w.t.Plan.Step(r.Step)
			if !ok || w.steps[r.Step] == nil {
				continue
			}
			if word, searches := w.searchWord(*s); searches && r.Word != "" {
				s.SetArg(word.At, r.Word)
			}
			if all := w.withDependents(r.Step); w.mayRepeat(all) {
				w.requeue(b, all, w.say("retried", either(r.Label, r.Word)))
			}
		}
		w.t.Redo = nil
		b.turn(w.t)
	})
}
