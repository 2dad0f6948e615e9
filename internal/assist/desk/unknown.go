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
	switch verdict {
	case run.Happened:
		return w.finishStep(s, track.Result{Structured: found})
	case run.DidNot:
		return w.failStep(s, fault.New(fault.Timeout, "the merchant has no such order"))
	}
	p := w.newPause(s.Goal, assist.AskChoice, w.say("unknown", w.serviceName(s.Service), s.Title), UnknownFor)
	p.Step, p.Unknown = s.ID, true
	for _, v := range []string{"check", "yes", "no"} {
		p.Choices = append(p.Choices, assist.Choice{Value: v, Label: w.say("unknown_" + v)})
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asks = append(w.asks, p)
	return nil
}

// lookUp asks the merchant whether the step's order exists.
func (w *worker) lookUp(s plan.Step) (run.Verdict, []byte) {
	svc, ok := w.service(w.ctx, s.Service)
	if !ok {
		return run.Unclear, nil
	}
	w.mu.Lock()
	row := w.steps[s.ID]
	sent, id := run.Known(row.Args), row.CallID()
	if o := w.orderOf(s.Goal); o != nil && o.Quote.OrderRef != "" {
		for _, name := range []string{"orderid", "orderno", "outtradeno", "id"} {
			sent[name] = o.Quote.OrderRef
		}
	}
	w.mu.Unlock()
	for n, l := range run.Lookups(svc, sent) {
		ctx, cancel := context.WithTimeout(w.ctx, StepFor)
		r, err := w.Services.Call(ctx, svc.ID, track.Call{ID: fmt.Sprintf("%s/look/%d", id, n), Person: w.t.Person, Skill: l.Capability.Skill,
			Capability: l.Capability.Name, Args: l.Args})
		cancel()
		if err != nil || r.IsError {
			continue
		}
		if v, found := run.Judge(r.Structured, sent); v != run.Unclear {
			return v, found
		}
	}
	return run.Unclear, nil
}
