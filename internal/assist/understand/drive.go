package understand

import (
	"slices"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
	"github.com/bangwo/bangwo/internal/money"
)

// Step is a capability that may be called next for a goal.
type Step struct {
	catalog.Capability
	Ends bool // it is the order that the person's words ask for
}

// NextSteps lists what may be called for a goal of a service, whatever the service says: what looks something up; where the words ask
// for something to be done also what prepares it, and the one order that they ask for. Nothing that undoes, and no payment.
func (m *Mind) NextSteps(r assist.Request, service, words string) []Step {
	ix := m.index(r)
	i := ix.part(service)
	if i < 0 {
		return nil
	}
	r.Text = words
	b := ix.probe(i, r)
	ends := b.ends()
	does := len(ends) > 0 && !b.informs(ends)
	var out []Step
	for _, c := range ix.services[i].Capabilities {
		end := does && c.Key() == ends[0].Key()
		switch {
		case isUndo(c) || c.Effect == catalog.Payment:
		case c.Effect == catalog.Read, does && c.Effect == catalog.Reversible, end:
			out = append(out, Step{Capability: c, Ends: end})
		}
	}
	return out
}

// ReadInput reads an input's value from words of the person's.
func ReadInput(p catalog.Property, words string, now time.Time) (any, bool) {
	if roleOf(p.Name, p.Schema, false) == roleTime {
		if m, ok := lexicon.FindTime(words, now); ok {
			return formatTime(p, m), true
		}
	}
	return coerce(p.Schema, words)
}

// OpensDetails tells that an input is meant for a phone number, a name, an address or a plate.
func OpensDetails(p catalog.Property) bool {
	return slices.Contains([]role{rolePhone, roleName, roleAddress, roleTo, roleFrom}, roleOf(p.Name, p.Schema, false))
}

// LimitIn is the most that may be spent, as the words say it; nil when they do not.
func LimitIn(words string) *money.Amount {
	limit, _, _ := moneyLimit(words)
	return limit
}

// Cancel finds what takes a step back; nil when the service cannot.
func (m *Mind) Cancel(r assist.Request, service string, step plan.Step) *plan.Step {
	ix := m.index(r)
	i := ix.part(service)
	if i < 0 {
		return nil
	}
	b := ix.probe(i, r)
	b.goal.id, b.steps = step.Goal, []plan.Step{step}
	return b.cancelOf(step.ID)
}
