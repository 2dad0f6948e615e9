package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// Call is one call of a capability as the journal knows it. Result is the merchant's structured answer, or its texts
// where it gave no structure; Error says why there is none.
type Call struct {
	Service    string           `json:"service"`
	Capability string           `json:"capability"`
	Args       map[string]any   `json:"args"`
	Result     json.RawMessage  `json:"result"`
	Error      string           `json:"error,omitempty"`
	Step       string           `json:"step"`
	State      assist.StepState `json:"state"`
}

// What stands between a goal's id and the try in the ids of the steps that cancel and that pay it.
const (
	cancelMark = "-cancel-"
	payMark    = "-pay-"
)

// Calls lists what a turn of the person's has called so far, in the order in which it began, and how earlier orders were taken back for it. Faults: not_found.
func (d *Desk) Calls(ctx context.Context, person, id string) ([]Call, error) {
	t := &turn{}
	if _, err := d.get(ctx, kindTurn, id, t); err != nil {
		return nil, err
	}
	if t.Person != person {
		return nil, fault.New(fault.NotFound, "no turn %q", id).With("turn", id)
	}
	out, err := d.callsOf(ctx, t, func(step) bool { return true })
	for i := 0; i < len(t.Asked) && err == nil; i++ {
		var more []Call
		more, err = d.takingBack(ctx, t.Asked[i])
		out = append(out, more...)
	}
	return out, err
}

// takingBack lists the calls by which an order was taken back, or tried to be.
func (d *Desk) takingBack(ctx context.Context, id string) ([]Call, error) {
	o, t := &orderRecord{}, &turn{}
	if _, err := d.get(ctx, kindOrder, id, o); err != nil {
		return nil, err
	}
	if _, err := d.get(ctx, kindTurn, o.Turn, t); err != nil {
		return nil, err
	}
	return d.callsOf(ctx, t, func(s step) bool { return strings.HasPrefix(s.Step, o.Goal+cancelMark) })
}

// callsOf lists the calls of a turn that are wanted, in the order in which they began.
func (d *Desk) callsOf(ctx context.Context, t *turn, wanted func(step) bool) ([]Call, error) {
	recs, err := d.Store.List(ctx, store.Query{Kind: kindStep, Group: t.ID})
	if err != nil {
		return nil, err
	}
	var steps []step
	for _, rec := range recs {
		var s step
		if err := decode(rec, &s.Entry); err != nil {
			return nil, err
		}
		if !s.Started.IsZero() && wanted(s) {
			steps = append(steps, s)
		}
	}
	slices.SortStableFunc(steps, func(a, b step) int { return cmp.Or(a.Started.Compare(b.Started), cmp.Compare(a.Step, b.Step)) })
	out := make([]Call, 0, len(steps))
	for _, s := range steps {
		out = append(out, callOf(t, s))
	}
	return out, nil
}

func planGoals(t *turn) []plan.GoalPlan {
	if t.Plan == nil {
		return nil
	}
	return t.Plan.Goals
}

func callOf(t *turn, s step) Call {
	c := Call{Args: s.Args, Step: s.Step, State: s.State, Result: json.RawMessage("null")}
	if c.Args == nil {
		c.Args = map[string]any{}
	}
	if t.Plan != nil {
		if planned, ok := t.Plan.Step(s.Step); ok {
			c.Service, c.Capability = planned.Service, planned.Capability
		}
	}
	for _, g := range planGoals(t) {
		for mark, own := range map[string]*plan.Step{cancelMark: g.Cancel, payMark: g.Pay} {
			if own != nil && strings.HasPrefix(s.Step, g.ID+mark) {
				c.Service, c.Capability = own.Service, own.Capability
			}
		}
	}
	for _, planned := range t.Dropped {
		if planned.ID == s.Step {
			c.Service, c.Capability = planned.Service, planned.Capability
		}
	}
	if s.Result != nil {
		switch {
		case len(s.Result.Structured) > 0 && !s.Result.FromText:
			c.Result = s.Result.Structured
		case len(s.Result.Text) > 0:
			if raw, err := json.Marshal(s.Result.Text); err == nil {
				c.Result = raw
			}
		}
	}
	if s.State == assist.StepFailed {
		c.Error = cmp.Or(s.Note, s.Code)
	}
	return c
}
