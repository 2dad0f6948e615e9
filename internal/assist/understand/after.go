package understand

import (
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
)

// ownAndAfter are the capabilities that may go on with what a capability made: those of its own skill, then those of the
// other skills of its package that are meant for it: a skill that begins nothing of its own (a cashier, a list of one's
// orders), and what the words of the one or of the other skill name.
func (b *builder) ownAndAfter(made catalog.Capability) []catalog.Capability {
	var own, other []catalog.Capability
	for _, c := range b.service().Capabilities {
		if c.Skill == made.Skill {
			own = append(own, c)
		}
	}
	for i, s := range b.ix.services {
		if i == b.goal.service || s.ID != b.service().ID {
			continue
		}
		part := b.ix.openService(i)
		begins := beginsAnything(part.Capabilities)
		for _, c := range part.Capabilities {
			if !begins || b.namedFor(made, c) {
				other = append(other, c)
			}
		}
	}
	return append(own, other...)
}

// beginsAnything tells that a skill makes something itself that then is paid or cancelled.
func beginsAnything(cs []catalog.Capability) bool {
	for _, c := range cs {
		if c.Effect != catalog.Read && c.Effect != catalog.Payment && !isUndo(c) && !changes(c) {
			return true
		}
	}
	return false
}

// namedFor tells that a capability of another skill is named where the making one is told of, or the other way round.
func (b *builder) namedFor(made, other catalog.Capability) bool {
	told := []string{made.Description, b.service().Instruction}
	eachDescription(made.Output, 0, func(d string) { told = append(told, d) })
	if len(other.Name) > 2 && strings.Contains(strings.Join(told, "\n"), other.Name) {
		return true
	}
	back := []string{other.Description}
	eachDescription(other.Input, 0, func(d string) { back = append(back, d) })
	return len(made.Name) > 2 && strings.Contains(strings.Join(back, "\n"), made.Name)
}

func eachDescription(s *catalog.Schema, depth int, visit func(string)) {
	if s == nil || depth > maxDepth {
		return
	}
	visit(s.Description)
	for _, p := range s.Properties {
		eachDescription(p.Schema, depth+1, visit)
	}
	eachDescription(s.Items, depth+1, visit)
}
