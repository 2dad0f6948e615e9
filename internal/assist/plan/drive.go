package plan

import (
	"slices"

	"github.com/bangwo/bangwo/internal/catalog"
)

// Drive adds a step to a goal that is driven step by step. Whatever was said of the step, its effect decides what it is to the goal: a
// read leads on or answers; what prepares something is quoted from and can be made final by a confirmation; what stays is final, runs
// after the confirmation, and ends the driving.
func Drive(g GoalPlan, s Step, ends bool, cancel *Step) GoalPlan {
	before := ""
	if len(g.Steps) > 0 {
		before = g.Steps[len(g.Steps)-1]
	}
	g.Steps = append(slices.Clone(g.Steps), s.ID)
	switch s.Effect {
	case catalog.Read:
		if !g.Order {
			g.End = s.ID
		}
	case catalog.Reversible:
		g.End, g.Order = s.ID, true
		if cancel != nil {
			g.Cancel = cancel
		}
		if ends {
			g.Driven = ""
		}
	default:
		g.End, g.Final, g.Order, g.Cancel, g.Driven = either(g.End, before), s.ID, true, cancel, ""
	}
	return g
}
