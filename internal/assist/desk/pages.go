package desk

import (
	"strconv"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/track"
)

// A list that a merchant gives in pages is followed until what is picked from it is decided: something that was named and
// is found ends it, what is cheapest or nearest needs the whole list, within run.MaxPages and run.MaxListed. Each page is
// journalled with the arguments of the next one, so that a crash costs the page that was under way.

// intended is what a read that was under way is called with: its arguments, or those of the page that comes next.
func (w *worker) intended(s plan.Step) map[string]any {
	w.mu.Lock()
	defer w.mu.Unlock()
	if row := w.steps[s.ID]; row.Next != nil {
		return row.Next
	}
	return w.steps[s.ID].Args
}

// reading tells that a page after the first one is being read.
func (w *worker) reading(s plan.Step) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.steps[s.ID].Next != nil
}

// readOn takes an answer in. Where it is a page of a list that has to be read on, the next one is called for.
func (w *worker) readOn(s plan.Step, args map[string]any, page track.Result) error {
	whole, pages, grown := w.joined(s, page)
	if !grown {
		return w.finishStep(s, whole) // another page of the same, or more than can be kept
	}
	next := w.nextPage(s, args, page, whole)
	switch {
	case next == nil:
		return w.finishStep(s, whole)
	case pages >= run.MaxPages || run.Listed(whole.Structured) >= run.MaxListed:
		return w.finishPart(s, whole)
	}
	kept := keep(whole)
	err := w.save(func(b *batch) {
		row := w.steps[s.ID]
		row.Result, row.Pages, row.Next = &kept, pages, next
		b.step(row)
	})
	if err != nil || w.interrupted() {
		return err
	}
	return w.callStep(s, next)
}

// joined is a page with those read before it, and how many they are; grown tells that it brought anything new that can be kept.
func (w *worker) joined(s plan.Step, page track.Result) (whole track.Result, pages int, grown bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	row := w.steps[s.ID]
	if s.Effect != "read" || len(page.Structured) == 0 || row.Next == nil {
		return page, 1, true
	}
	whole = *row.Result
	joined, n := run.Join(row.Result.Structured, page.Structured)
	if grown = n > 0 && len(joined) <= MaxStepResult; grown {
		whole.Structured = joined
	}
	return whole, row.Pages + 1, grown
}

// nextPage is what brings the page after this one; nil where there is none, or nothing that is picked depends on it.
func (w *worker) nextPage(s plan.Step, args map[string]any, page, whole track.Result) map[string]any {
	if s.Effect != "read" || len(page.Structured) == 0 {
		return nil
	}
	svc, found := w.service(w.ctx, s.Service)
	c, ok := svc.Capability(s.Skill, s.Capability)
	if !found || !ok {
		return nil
	}
	next, more := run.NextPage(c.Input, args, page.Structured, whole.Structured)
	if !more {
		return nil
	}
	if picks, settled := plan.Settled(w.t.Plan, s.ID, whole.Structured); !picks || settled {
		return nil
	}
	return next
}

// readSoFar goes on with the pages that were read, where the next one is refused or does not come.
func (w *worker) readSoFar(s plan.Step, refusal track.Result, cause error) error {
	w.Log.Warn("a list could not be read to its end", "turn", w.t.ID, "step", s.ID, "said", wordsOf(refusal), "error", cause)
	w.mu.Lock()
	whole := *w.steps[s.ID].Result
	w.mu.Unlock()
	return w.finishPart(s, whole)
}

// finishPart finishes a list of which only a part was read, and says so.
func (w *worker) finishPart(s plan.Step, whole track.Result) error {
	w.mu.Lock()
	w.steps[s.ID].Note = w.say("list_part", strconv.Itoa(run.Listed(whole.Structured)))
	w.mu.Unlock()
	return w.finishStep(s, whole)
}
