package understand

import (
	"regexp"
	"strings"
	"sync"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/lexicon"
)

var (
	fetched  = regexp.MustCompile(`^(?:里|的|那边|这边)?(?:门口)?(?:来|上门)?(?:取|寄|拿|收|揽|发货|发件)`)
	bringsTo = regexp.MustCompile(`(?:到|去|回|至|往|给|\bto|\bdeliver(?:ed)?)\s?(?:the |my |我|我们)?$`)
	comesFor = regexp.MustCompile(`(?:来|上门到|pick ?up (?:at|from)|collect(?:ed)? (?:at|from)|pickup (?:at|from)|from|从|在)\s?(?:the |my |我|我们)?$`)
)

// ownPlaces are the labels of the person's own places that the words name as where something goes to and comes from.
func (b *builder) ownPlaces() (to, from string) {
	s := lexicon.Fold(withoutMarks(b.goal.masked))
	set := func(i, j int, label string) {
		before, after := s[:i], strings.TrimLeft(s[j:], " ")
		switch {
		case fetched.MatchString(after) || comesFor.MatchString(before) || !bringsTo.MatchString(before):
			if from == "" {
				from = label
			}
		case to == "":
			to = label
		}
	}
	for _, t := range lexicon.Tokens(s) {
		if (t.Concept == "home" || t.Concept == "work") && !othersPlace(s[:t.End]) {
			set(t.Start, t.End, t.Concept)
		}
	}
	for _, a := range b.req.Profile.Addresses {
		label := lexicon.Fold(a.Label)
		if i := indexWord(s, label); lexicon.Runes(label) > 1 && i >= 0 {
			set(i, i+len(label), label)
		}
	}
	return to, from
}

// sameCity tells that an own place which is named with a city in front (上海公司) is the one that the person has there.
func sameCity(text string, t lexicon.Token, a assist.Address) bool {
	for _, c := range lexicon.Cities(text) {
		if c.End == t.Start && !strings.Contains(a.Detail, c.Chinese) && !strings.Contains(lexicon.Fold(a.Detail), lexicon.Fold(c.English)) {
			return false
		}
	}
	return true
}

var othersForm = sync.OnceValue(func() *regexp.Regexp {
	rel := anyForm("relative")
	return regexp.MustCompile(`(?:` + rel + `|[他她]们?|别人)(?:的|那边|那)?(?:家里|家|公司|单位|办公室)$|` + rel + `(?:'s?)? (?:home|house|place|office|work)$|\b(?:his|her|their)(?: [a-z]+'s)? (?:home|house|place|office|work)$`)
})

// othersPlace tells that a text ends in somebody else's home or office: 我妈家, "my sister's place".
func othersPlace(s string) bool { return othersForm().MatchString(strings.TrimRight(s, " ,.")) }

// thingOf is a thing with what it belongs to in front: 望京SOHO的车位.
var thingOf = regexp.MustCompile(`^\s*(.{2,40}?)的([^的]{1,24})\s*$`)

// placeOfThing reads a place that stands in front of the kind of thing that the service has, where the service must be
// told a place and the words name none otherwise.
func (b *builder) placeOfThing() {
	g := b.goal
	needs := false
	for _, c := range b.service().Capabilities {
		for _, p := range c.Input.Properties {
			needs = needs || p.Required && roleOf(p.Name, p.Schema, true) == roleAt
		}
	}
	if !needs || g.at != "" || g.to != "" {
		return
	}
	for _, p := range g.pieces {
		m := thingOf.FindStringSubmatch(withoutMarks(g.strip(p.text, b.now)))
		if m == nil {
			continue
		}
		place, thing := bare(m[1]), b.queryOf(m[2])
		if lexicon.Runes(place) < 2 || thing == "" || !b.kindOfService(thing) || b.queryOf(place) == "" || b.kindOfService(place) || b.canonical(place) != "" {
			continue
		}
		g.at = place
		return
	}
}
