package understand

import (
	"slices"

	"github.com/bangwo/bangwo/internal/catalog"
)

// timelyShare is how well a service must fit, beside one that fits best and takes no time, to be preferred because it does.
const timelyShare = 0.3

// speaksOfIt tells that the goal's service, or else one of those that fit nearly as well, speaks of what the words name; the goal
// goes to the first that does. What fitted better by other words (a measure word, a place) does not keep it, nor does
// one that cannot be told when, where a day to come was said and another can.
func (b *builder) speaksOfIt() bool {
	first := b.goal.service
	what, strange := b.strange()
	if strange {
		b.note("service %s does not speak of %s", b.service().Name, what)
	}
	late := b.goal.timed && b.goal.moment.HasDate && day(b.goal.moment.At).After(day(b.now))
	if !strange && (!late || b.goal.given || takesTime(b.service())) {
		return true
	}
	best := b.goal.match
	for _, m := range b.goal.others {
		if m.service == first || b.goal.given || !strange && m.rank() < timelyShare*best.rank() {
			continue
		}
		b.turnTo(m)
		if _, other := b.strange(); !other && (strange || takesTime(b.service())) {
			return true
		}
	}
	b.turnTo(best)
	return !strange
}

// readFor reads the goal's items as for its service.
func (b *builder) readFor() {
	b.hearTimes()
	b.unread = *b.goal
	b.unread.pieces = slices.Clone(b.goal.pieces)
	b.readItems()
}

// turnTo reads the goal as one for another service.
func (b *builder) turnTo(m match) {
	*b.goal = b.unread
	b.goal.pieces = slices.Clone(b.unread.pieces)
	b.goal.service, b.goal.match, b.goal.rivals, b.remarks, b.unheard = m.service, m, nil, nil, nil
	b.hearTimes()
	b.readItems()
}

// takesTime tells that a service can be told when: a call that does something takes a moment, or a slot from a list.
func takesTime(s *catalog.Service) bool {
	for _, c := range s.Capabilities {
		for _, p := range c.Input.Properties {
			if r := roleOf(p.Name, p.Schema, c.Effect == catalog.Read); r == roleTime || timedMember.MatchString(headOf(p.Schema.Title+" "+p.Schema.Description)) || len(p.Schema.Properties) > 0 && takesTime(&catalog.Service{Capabilities: []catalog.Capability{{Input: p.Schema}}}) {
				return true
			}
		}
	}
	return false
}
