package assist

import (
	"context"
	"encoding/json"

	"github.com/bangwo/bangwo/internal/assist/plan"
)

// MaxDriven bounds the steps of a goal that is driven step by step.
const MaxDriven = 8

// Driver is a Mind that may propose a goal's next step from what its steps returned so far, as a merchant's SKILL.md tells it. It only
// proposes: the step is checked and run as any other, and nothing but reads and reversible steps runs before the confirmation.
type Driver interface {
	Next(ctx context.Context, d Driven) (Next, error)
}

// Driven is a goal on its way.
type Driven struct {
	Request
	Goal    plan.GoalPlan
	Words   string                     // of the person, that the goal was read from
	Steps   []plan.Step                // of the goal, in order
	Results map[string]json.RawMessage // by step: what those that are done returned
}

// Next is the proposal. No step: there is nothing more to do.
type Next struct {
	Step   *plan.Step
	Ends   bool       // the step is the order itself
	Cancel *plan.Step // takes the step back, where the service can
	Model  *ModelUse
}
