// Package run holds the rules by which a plan's steps are run: the journal row of a step, which steps may start,
// what a crash or an unclear answer means for a step, and how an unknown outcome is looked up. It is pure: who
// calls merchants and stores rows is package desk.
package run

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

// Entry is the journal row of one step. Args stand in it before the call, Result after it.
type Entry struct {
	Turn     string           `json:"turn"`
	Step     string           `json:"step"`
	Goal     string           `json:"goal"`
	Title    string           `json:"title"`
	Effect   catalog.Effect   `json:"effect"`
	State    assist.StepState `json:"state"`
	Try      int              `json:"try,omitempty"` // grows when the step is meant to happen a second time
	Args     map[string]any   `json:"args,omitempty"`
	Picked   []plan.Picked    `json:"picked,omitempty"`
	Result   *track.Result    `json:"result,omitempty"`
	Pages    int              `json:"pages,omitempty"` // of a list in pages, that Result holds
	Next     map[string]any   `json:"next,omitempty"`  // the arguments that bring the page after them; nil: there is none
	Note     string           `json:"note,omitempty"`
	Code     string           `json:"code,omitempty"`    // fault code of a failure
	Open     bool             `json:"open,omitempty"`    // it failed, and what comes of that is not decided yet
	Unknown  bool             `json:"unknown,omitempty"` // it was started and nobody knows whether it happened
	Started  time.Time        `json:"started,omitzero"`
	Finished time.Time        `json:"finished,omitzero"`
}

// Key names the row in the store.
func (e *Entry) Key() string { return e.Turn + "/" + e.Step }

// CallID is the idempotency key of the step's call: the same for every repetition of the same intent.
func (e *Entry) CallID() string {
	if e.Next != nil {
		return fmt.Sprintf("%s/%s/%d/%d", e.Turn, e.Step, e.Try, e.Pages)
	}
	return fmt.Sprintf("%s/%s/%d", e.Turn, e.Step, e.Try)
}

// Harmless tells whether an effect may happen before the confirmation, and twice.
func Harmless(e catalog.Effect) bool { return e == catalog.Read || e == catalog.Reversible }

// Results lists what the done steps returned, for resolving references.
func Results(entries map[string]*Entry) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	for id, e := range entries {
		if e.State == assist.StepDone && e.Result != nil && len(e.Result.Structured) > 0 {
			out[id] = e.Result.Structured
		}
	}
	return out
}

// Late lists the steps that run only under a mandate: those with an effect that stays, and everything that waits for one.
func Late(p *plan.Plan) map[string]bool {
	late := map[string]bool{}
	finals := map[string]bool{}
	for _, g := range p.Goals {
		finals[g.Final] = g.Final != ""
	}
	for _, s := range p.Steps { // references point backwards, so one pass is enough
		isLate := !Harmless(s.Effect) || finals[s.ID]
		for _, d := range s.Deps() {
			isLate = isLate || late[d]
		}
		late[s.ID] = isLate
	}
	return late
}

// Readiness of a step.
type Readiness int

// A step waits for others, may start, or never can because something before it failed.
const (
	Wait Readiness = iota
	Go
	Never
)

// Ready tells whether a queued step may start.
func Ready(s plan.Step, entries map[string]*Entry) Readiness {
	out := Go
	for _, d := range s.Deps() {
		e, ok := entries[d]
		switch {
		case !ok, e.State == assist.StepFailed, e.State == assist.StepSkipped, e.State == assist.StepCompensated:
			return Never
		case e.State != assist.StepDone:
			out = Wait
		}
	}
	return out
}

// Outcome of a call with an effect, as far as its error tells.
type Outcome int

// What an error of a call means for whether the effect happened.
const (
	NotDone Outcome = iota // it certainly did not
	Unknown                // nobody knows
)

// OutcomeOf reads an error of a call: only refusals that come before anything was sent are certain.
func OutcomeOf(err error) Outcome {
	switch fault.CodeOf(err) {
	case fault.Invalid, fault.NotFound, fault.Denied, fault.Unsupported, fault.Unavailable, fault.Unsigned, fault.Funds:
		return NotDone
	}
	return Unknown
}

// Repeatable tells whether a call that only failed to answer is worth another attempt.
func Repeatable(err error) bool {
	switch fault.CodeOf(err) {
	case fault.Merchant, fault.Timeout, fault.Unavailable:
		return true
	}
	return false
}
