package desk

import (
	"context"
	"fmt"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

// settleUnknown finds out what became of a lasting step that was started and never answered: the merchant is asked by
// a capability that only reads, else the person is. The money stays reserved meanwhile. The step is never repeated.
func (w *worker) settleUnknown(s plan.Step) error {
	w.mu.Lock()
	row := w.steps[s.ID]
	open := row != nil && row.State == assist.StepRunning && !run.Harmless(s.Effect)
	answer := w.t.Answers[unknownKey(s.ID)]
	w.mu.Unlock()
	if !open {
		return nil
	}
	switch answer {
	case "yes":
		return w.finishStep(s, track.Result{})
	case "no":
		return w.failStep(s, fault.New(fault.Timeout, "it was not carried out"))
	}
	verdict, found := w.lookUp(s)
	if verdict == run.Unclear && w.idempotent(s) {
		if err := w.callStep(s, row.Args); err != nil || w.state(s.ID) != assist.StepRunning {
			return err // the merchant declares that the same call again is the same order
		}
	}
	switch verdict {
	case run.Happened:
		return w.finishStep(s, track.Result{Structured: found})
	case run.DidNot:
		return w.failStep(s, fault.New(fault.Timeout, "the merchant has no such order"))
	}
	if w.closing() {
		return nil
	}
	w.askUnknown(s, w.say("unknown", w.serviceName(s.Service), s.Title), "unknown_", "no")
	return nil
}

// askUnknown asks the person what nobody else can tell.
func (w *worker) askUnknown(s plan.Step, text, labels, silence string) {
	p := w.newPause(s.Goal, assist.AskChoice, text, UnknownFor)
	p.Step, p.Unknown, p.Silence = s.ID, true, silence
	for _, v := range []string{"check", "yes", "no"} {
		p.Choices = append(p.Choices, assist.Choice{Value: v, Label: w.say(labels + v)})
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asks = append(w.asks, p)
}

func (w *worker) idempotent(s plan.Step) bool {
	svc, ok := w.service(w.ctx, s.Service)
	if !ok {
		return false
	}
	c, ok := svc.Capability(s.Skill, s.Capability)
	return ok && c.Idempotent
}

// lookUp asks the merchant whether the step's order exists. A no that comes while the broken-off call may still be
// running is asked for once more.
func (w *worker) lookUp(s plan.Step) (run.Verdict, []byte) {
	verdict, found := w.lookOnce(s)
	w.mu.Lock()
	left := w.steps[s.ID].Started.Add(w.Grace).Sub(w.Clock())
	w.mu.Unlock()
	if verdict != run.DidNot || left <= 0 || !wait(w.ctx, left) {
		return verdict, found
	}
	return w.lookOnce(s)
}

func (w *worker) lookOnce(s plan.Step) (run.Verdict, []byte) {
	svc, ok := w.service(w.ctx, s.Service)
	if !ok {
		return run.Unclear, nil
	}
	own, id := w.ownOf(s)
	for n, l := range run.Lookups(svc, own) {
		ctx, cancel := context.WithTimeout(w.ctx, StepFor)
		r, err := w.Services.Call(ctx, svc.ID, track.Call{ID: fmt.Sprintf("%s/look/%d", id, n), Person: w.t.Person, Skill: l.Capability.Skill,
			Capability: l.Capability.Name, Args: l.Args})
		cancel()
		if err != nil || r.IsError {
			continue
		}
		if v, found := run.Judge(r.Structured, l.Args, own); v != run.Unclear {
			return v, found
		}
	}
	return run.Unclear, nil
}

// ownOf collects what names the step's order, and only it, to the merchant.
func (w *worker) ownOf(s plan.Step) (own map[string]any, call string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var before []*run.Entry
	for _, p := range w.t.Plan.Steps {
		if row := w.steps[p.ID]; p.Service == s.Service && p.ID != s.ID && row != nil && row.State == assist.StepDone {
			before = append(before, &row.Entry)
		}
	}
	row := w.steps[s.ID]
	own = run.Own(row.Args, before)
	if o := w.orderOf(s.Goal); o != nil && o.Quote.OrderRef != "" {
		for _, name := range []string{"orderid", "orderno", "outtradeno", "id"} {
			own[name] = o.Quote.OrderRef
		}
	}
	return own, row.CallID()
}
