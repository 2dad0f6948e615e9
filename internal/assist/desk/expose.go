package desk

import (
	"slices"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/exposure"
	"github.com/bangwo/bangwo/internal/catalog"
)

// expose keeps which services a thought put up for the turn's goals. While the turn looks for others in the place of services that
// do not answer, only the goals count that these were to carry out: all others stay with what they have.
func (w *worker) expose(b *batch, th assist.Thought) {
	b.exposures(w, w.exposed(th))
}

func (b *batch) exposures(w *worker, all []catalog.Exposure) {
	b.Puts = append(b.Puts, exposure.Puts(w.t.ID, w.t.Replans, w.Clock(), all)...)
}

// givenUp tells of the goals for which nobody else was found that those who came first cannot do it.
func givenUp(all []catalog.Exposure, failed map[string]string) []catalog.Exposure {
	for i := range all {
		if failed[all[i].Goal] != "" && all[i].Standing == catalog.StandingChosen {
			all[i].Standing = catalog.StandingUnable
		}
	}
	return all
}

func (w *worker) exposed(th assist.Thought) []catalog.Exposure {
	if w.t.Plan == nil {
		return th.Exposures
	}
	goals := map[string]string{} // of the thought, by the turn's
	for _, g := range w.t.Plan.Goals {
		if w.t.Parts[g.ID].Replan != "" {
			if with, ok := w.sameGoal(g, th); ok {
				goals[with] = g.ID
			}
		}
	}
	all := slices.DeleteFunc(slices.Clone(th.Exposures), func(e catalog.Exposure) bool { return goals[e.Goal] == "" })
	for i := range all {
		all[i].Goal = goals[all[i].Goal]
	}
	return all
}
