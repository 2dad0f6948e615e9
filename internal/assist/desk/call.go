package desk

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/track"
)

// runStep runs one step of the plan: resolve, store the intent, call, store the result. A failure of the merchant's
// fails the step and its goal, not the turn; an error is the worker's end.
func (w *worker) runStep(s plan.Step) error {
	again, resolved, err := w.resolve(s)
	var tie *plan.Close
	var none *plan.Nothing
	switch {
	case again && !run.Harmless(s.Effect):
		return nil // started before a crash: settled by unknown, never repeated
	case again:
		return w.callStep(s, w.intended(s)) // the same intent, whatever has changed since
	case errors.As(err, &tie):
		return w.park(s, w.tiePause(s, tie))
	case errors.As(err, &none):
		w.found(none)
		return nil
	case err != nil:
		return w.failStep(s, err)
	}
	if err := w.intend(s, resolved); err != nil {
		return err
	}
	return w.callStep(s, resolved.Args)
}

// resolve works the step's arguments out; again tells that it was begun before.
func (w *worker) resolve(s plan.Step) (again bool, r plan.Resolved, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	r, err = plan.Resolve(s, run.Results(w.entries()))
	return w.steps[s.ID].State == assist.StepRunning, r, err
}

// intend stores what will be done before it is done. An order whose first lasting step this is becomes Placing in the same commit.
func (w *worker) intend(s plan.Step, r plan.Resolved) error {
	return w.save(func(b *batch) {
		row := w.steps[s.ID]
		row.Result, row.Pages, row.Next = nil, 0, nil
		row.State, row.Args, row.Picked, row.Started, row.Note = assist.StepRunning, r.Args, r.Picked, w.Clock().UTC(), w.pickedNote(r.Picked)
		b.step(row)
		w.tellStep(b, row)
		if o := w.orderOf(s.Goal); o != nil && o.State == order.Held && !run.Harmless(s.Effect) {
			w.move(b, o, order.Placing)
		}
	})
}

// callStep calls the merchant and stores what came of it. A step that only looks something up is tried again when the
// merchant did not answer; one with an effect whose outcome is open is marked as unknown.
func (w *worker) callStep(s plan.Step, args map[string]any) error {
	d := w.doorsFor(s)
	result, err := w.callPatiently(s, args, d)
	if p := d.pending(); p != nil {
		return w.park(s, p)
	}
	if err != nil && run.Harmless(s.Effect) && w.interrupted() {
		return nil // stays running in the journal and is repeated, or undone
	}
	refused := err == nil && run.Refused(result)
	switch {
	case w.reading(s) && (refused || err != nil):
		return w.readSoFar(s, result, err)
	case refused:
		return w.setback(s, &result, fault.New(fault.Merchant, "%s", wordsOf(result)))
	case err == nil:
		return w.readOn(s, args, result)
	case run.Harmless(s.Effect) || run.OutcomeOf(err) == run.NotDone:
		return w.setback(s, nil, err)
	}
	return w.markUnknown(s, err)
}

// callPatiently calls, and repeats a read that got no answer, waiting longer each time. Nothing else is ever repeated.
func (w *worker) callPatiently(s plan.Step, args map[string]any, d *doors) (track.Result, error) {
	start, pause := w.Clock(), w.Backoff
	for n := 1; ; n++ {
		result, err := w.call(s, args, d)
		if err == nil || s.Effect != "read" || !run.Repeatable(err) || n == MaxReads || w.interrupted() || w.Clock().Sub(start) >= ReadFor {
			return result, err
		}
		if !wait(w.calls(), pause) {
			return result, err
		}
		pause *= 2
	}
}

// call makes one call. A call that may have a lasting effect is not broken off by cancelling or closing: its outcome would be unknown.
func (w *worker) call(s plan.Step, args map[string]any, d *doors) (track.Result, error) {
	ctx := w.calls()
	if !run.Harmless(s.Effect) {
		ctx = context.WithoutCancel(ctx)
	}
	w.mu.Lock()
	id := w.steps[s.ID].CallID()
	w.mu.Unlock()
	ctx, stop := d.clock(ctx)
	defer stop()
	return w.Services.Call(ctx, s.Service, track.Call{ID: id, Person: w.t.Person, Skill: s.Skill, Capability: s.Capability,
		Args: args, Doors: d, Progress: w.progress(s)})
}

// progress tells how far a call is. Such events may be dropped: they are bounded and written beside the journal.
func (w *worker) progress(s plan.Step) func(float64, string) {
	told := make(chan assist.StepChanged, 1)
	count := 0
	return func(fraction float64, text string) {
		if count++; count > MaxProgress {
			return
		}
		e := assist.StepChanged{Turn: w.t.ID, ID: s.ID, Goal: s.Goal, Title: w.oneScript(s.Title), State: assist.StepRunning,
			Progress: min(max(fraction, 0), 1), Note: clip(w.oneScript(text), MaxNote)}
		select {
		case told <- e:
		default:
			return // the last one is still being written
		}
		w.background(func() {
			b := &batch{}
			b.tell(w.t.Conversation, assist.EventStep, <-told)
			if err := w.Store.Commit(w.ctx, store.Write{Events: b.Events}); err != nil && w.ctx.Err() == nil {
				w.Log.Debug("progress was not told", "turn", w.t.ID, "error", err)
			}
		})
	}
}

func (w *worker) finishStep(s plan.Step, result track.Result) error {
	kept := keep(result)
	if len(kept.Structured) > MaxStepResult {
		return w.failStep(s, fault.New(fault.Limit, "the result has %d bytes", len(kept.Structured)))
	}
	return w.save(func(b *batch) {
		row := w.steps[s.ID]
		row.State, row.Result, row.Unknown, row.Finished, row.Next = assist.StepDone, &kept, false, w.Clock().UTC(), nil
		b.step(row)
		w.tellStep(b, row)
	})
}

// keep is the part of a result that the journal holds.
func keep(r track.Result) track.Result {
	r.Logs = nil
	texts := make([]string, 0, MaxTexts)
	for _, t := range r.Text[:min(len(r.Text), MaxTexts)] {
		texts = append(texts, clip(t, MaxTextKept))
	}
	r.Text = texts
	return r
}

// firstText is what the merchant says in words; data that it repeats as text is not for people.
func firstText(r track.Result) string {
	for _, t := range r.Text {
		if t = strings.TrimSpace(t); t != "" && !((t[0] == '{' || t[0] == '[') && strings.Contains(t, `":`)) {
			return clip(t, MaxNote)
		}
	}
	return ""
}

// wordsOf is what a merchant says in words of a refusal: its text, else the message in its structure.
func wordsOf(r track.Result) string {
	if text := firstText(r); text != "" {
		return text
	}
	var m map[string]any
	if json.Unmarshal(r.Structured, &m) != nil {
		return ""
	}
	for _, name := range []string{"message", "msg", "errMsg", "error_message", "errorMessage", "error", "reason"} {
		if s, ok := m[name].(string); ok && s != "" {
			return clip(s, MaxNote)
		}
	}
	return ""
}

// failStep ends a step that certainly did not happen, and fails its goal.
func (w *worker) failStep(s plan.Step, cause error) error {
	code, why := fault.CodeOf(cause), w.reason(cause)
	if none := (*plan.Nothing)(nil); errors.As(cause, &none) {
		code = fault.NotFound // there is nothing wrong: what was wanted is not to be had
	}
	return w.save(func(b *batch) {
		row := w.steps[s.ID]
		row.State, row.Code, row.Note, row.Unknown, row.Finished = assist.StepFailed, string(code), why, false, w.Clock().UTC()
		b.step(row)
		w.tellStep(b, row)
		w.failPart(b, s.Goal, string(code), why)
	})
}

// reason is a failure in words for the person: the merchant's own where it gave some, else ours.
func (w *worker) reason(err error) string {
	var nothing *plan.Nothing
	var f *fault.Error
	switch {
	case errors.As(err, &nothing) && either(nothing.Query, nothing.Barred.Title) == "":
		return w.say("nothing_fits")
	case errors.As(err, &nothing):
		return w.say("nothing_found", either(nothing.Query, nothing.Barred.Title))
	case errors.As(err, &f) && f.Code == fault.Merchant && f.Cause == nil && run.ForPeople(f.Message) != "" && len(f.Params) == 0:
		return clip(w.oneScript(run.ForPeople(f.Message)), MaxNote)
	}
	return w.say("fault_" + string(fault.CodeOf(err)))
}

// markUnknown keeps in the journal that a step was started and nobody knows what became of it.
func (w *worker) markUnknown(s plan.Step, cause error) error {
	w.Log.Warn("the outcome of a step is unknown", "turn", w.t.ID, "step", s.ID, "error", cause)
	return w.save(func(b *batch) {
		row := w.steps[s.ID]
		row.Unknown = true
		b.step(row)
	})
}

// park lets a step wait for the person.
func (w *worker) park(s plan.Step, p *pause) error {
	return w.save(func(b *batch) {
		row := w.steps[s.ID]
		row.State = assist.StepWaiting
		b.step(row)
		w.tellStep(b, row)
		w.asks = append(w.asks, p)
	})
}

// tiePause asks which of equally good candidates is meant.
func (w *worker) tiePause(s plan.Step, tie *plan.Close) *pause {
	p := w.newPause(s.Goal, assist.AskChoice, w.say("which_one", w.oneScript(s.Title)), AskFor)
	p.Step, p.Arg = s.ID, tie.Arg
	for i, c := range tie.Candidates {
		p.Values = append(p.Values, c.Value)
		p.Choices = append(p.Choices, assist.Choice{Value: numbered(i), Label: clip(w.titleIn(c.Title, c.Names), MaxNote), Detail: clip(c.Detail, MaxNote), Amount: c.Amount})
	}
	return p
}
