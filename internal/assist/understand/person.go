package understand

import (
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// placeOf is what the words (or, for the start of a journey, where the person is) say for a role; "" when nothing does.
func (b *builder) placeOf(r role) (string, string) {
	g := b.goal
	switch r {
	case roleTo:
		return b.known(g.to), "said"
	case roleFrom:
		if g.from != "" {
			return b.known(g.from), "said"
		}
		if own := b.leaves(); own != "" {
			return own, "said"
		}
		if b.req.Place != "" {
			return b.req.Place, "said"
		}
		return b.profilePlace(), "profile"
	case roleAddress:
		return b.addressSaid(), "said"
	}
	return "", ""
}

// leaves is the person's own place that the words name beside where something goes: 公司拉回家, 家里到和平里北街21号.
func (b *builder) leaves() string {
	to, from := b.ownPlaces()
	if a, ok := b.addressNamed(from); ok && from != to && b.known(b.goal.to) != a.Detail {
		return a.Detail
	}
	return ""
}

// addressSaid is where the words say that something should come to: an address of the person's own that they name
// anywhere, else the place that they say.
func (b *builder) addressSaid() string {
	g := b.goal
	for _, f := range g.told {
		if f.kind == factAddress && f.value != g.from && f.party != partySender {
			return f.value
		}
	}
	for _, text := range []string{g.to, g.at, strings.Replace(g.whole, g.from, "", 1)} {
		if a, ok := b.addressIn(text); ok {
			return a.Detail
		}
	}
	for _, v := range []string{g.to, g.at} {
		if v != "" {
			return b.known(v)
		}
	}
	return ""
}

// addressIn finds the person's own address that a text names: home, the office, or a label of theirs.
func (b *builder) addressIn(text string) (assist.Address, bool) {
	for _, t := range lexicon.Tokens(text) {
		if t.Concept == "home" || t.Concept == "work" {
			a, ok := b.addressNamed(t.Concept)
			return a, ok && sameCity(text, t, a) && !othersPlace(lexicon.Fold(text)[:t.End])
		}
	}
	folded := lexicon.Fold(text)
	for _, a := range b.req.Profile.Addresses {
		if label := lexicon.Fold(a.Label); lexicon.Runes(label) > 1 && indexWord(folded, label) >= 0 {
			return a, true
		}
	}
	return assist.Address{}, false
}

// known turns "home" and "work" and the person's own labels into the address behind them: who says the word means it.
func (b *builder) known(v string) string {
	if a, ok := b.addressNamed(v); ok {
		return a.Detail
	}
	if c := lexicon.Concept(v); c == "home" || c == "work" || c == "person" || othersPlace(lexicon.Fold(v)) {
		return "" // the profile does not say where that is, and nobody's name is an address: asked, never guessed
	}
	return v
}

// another tells that an input is about somebody else: the receiving side of a capability that has a sending side too.
func another(c catalog.Capability, at string) bool {
	head, _, nested := strings.Cut(at, ".")
	if !nested || !anyOf([]string{"receiver", "recipient", "to", "consignee", "destination", "dest", "receive"}, strings.Fields(strings.ToLower(words(head)))) {
		return false
	}
	return slices.ContainsFunc(c.Input.Properties, func(p catalog.Property) bool { return sending(p.Name) })
}

func sending(name string) bool {
	return anyOf([]string{"sender", "from", "shipper", "origin", "send"}, strings.Fields(strings.ToLower(words(name))))
}

func (b *builder) addressNamed(v string) (assist.Address, bool) {
	label := lexicon.Fold(v)
	if c := lexicon.Concept(label); c == "home" || c == "work" {
		label = c
	}
	for _, a := range b.req.Profile.Addresses {
		own := lexicon.Fold(a.Label)
		if label != "" && (own == label || (label == "home" || label == "work") && lexicon.Concept(own) == label) {
			return a, true
		}
	}
	return assist.Address{}, false
}

func (b *builder) profilePlace() string { return b.req.Profile.Place }

func (b *builder) place(c catalog.Capability, at string, p catalog.Property, r role, w want) (plan.Arg, bool) {
	if w.place && w.subject != "" && r != roleCity {
		return value(w.subject, "said"), true
	}
	if r == roleFrom && !travelling(c) {
		r = roleAddress // where something is picked up, with nowhere to go to
		if v := b.known(b.goal.from); v != "" {
			return value(clipTo(p.Schema, v), "said"), true
		}
	}
	if byCity(p) && r != roleAddress {
		if v, from := b.cityWords(r, p); v != "" {
			return b.cityArg(c, p, v, from)
		}
	}
	v, from := b.placeOf(r)
	if head, _, nested := strings.Cut(at, "."); nested && sending(head) {
		v, from = b.placeOf(roleFrom)
	}
	if v == "" && r == roleAddress && p.Required && !another(c, at) && b.goal.to == "" && !b.ownPlace() {
		if a, ok := b.homeAddress(c); ok {
			return value(a.Detail, "profile"), true
		}
	}
	if v != "" && (p.Required || from == "said") && r != roleCity {
		return value(clipTo(p.Schema, v), from), true
	}
	if d, ok := statedDefault(p.Schema); ok {
		return value(d, "default"), p.Required
	}
	if p.Required {
		b.ask(c, at, p, b.addressChoices())
	}
	return plan.Arg{}, false
}

// travelling tells that a capability goes from one place to another.
func travelling(c catalog.Capability) bool {
	return slices.ContainsFunc(c.Input.Properties, func(p catalog.Property) bool {
		return side(p.Name) == roleTo || roleOf(p.Name, p.Schema, false) == roleTo
	})
}

// whereabouts fills an input that says near what to look: the place said, else where the person is.
func (b *builder) whereabouts(c catalog.Capability, at string, p catalog.Property, w want) (plan.Arg, bool) {
	switch {
	case w.place && w.subject != "":
		return value(clipTo(p.Schema, w.subject), "said"), true
	case b.goal.at != "" && !onlyCity(b.goal.at):
		return value(clipTo(p.Schema, b.known(b.goal.at)), "said"), true
	case b.goal.to != "" && !onlyCity(b.goal.to) && !travelling(c) && b.known(b.goal.to) != "":
		return value(clipTo(p.Schema, b.known(b.goal.to)), "said"), true
	case b.req.Place != "" && (p.Required || b.goal.near):
		return value(clipTo(p.Schema, b.req.Place), "said"), true
	case p.Required && b.profilePlace() != "" && b.consented(c.Service, "location"):
		return value(clipTo(p.Schema, b.profilePlace()), "profile"), true
	case p.Required:
		b.ask(c, at, p, b.addressChoices())
	}
	return plan.Arg{}, false
}

// placeObject fills an object that describes a place: {name, address, latitude, longitude}.
func (b *builder) placeObject(c catalog.Capability, at string, p catalog.Property, r role, w want, depth int) (plan.Arg, bool) {
	v, from := b.placeOf(r)
	if head, _, _ := strings.Cut(at, "."); sending(head) {
		v, from = b.placeOf(roleFrom)
	}
	known, _ := b.addressNamed(b.goalPlace(r))
	if v == "" && r == roleAddress && b.goalPlace(r) == "" && !another(c, at+".") {
		if home, ok := b.homeAddress(c); ok {
			known, v, from = home, home.Detail, "profile"
		}
	}
	if v == "" {
		return plan.Arg{}, false
	}
	args := map[string]plan.Arg{}
	for _, sub := range p.Schema.Properties {
		if a, ok := b.placeMember(c, at+"."+sub.Name, sub, v, from, known, want{item: w.item, subject: v, place: true}, depth); ok {
			args[sub.Name] = a
		}
	}
	return plan.Arg{Object: args}, len(args) > 0
}

func (b *builder) goalPlace(r role) string {
	switch {
	case r == roleTo || r == roleAddress && b.goal.to != "":
		return b.goal.to
	case r == roleFrom:
		return b.goal.from
	}
	return b.goal.at
}

func (b *builder) placeMember(c catalog.Capability, at string, p catalog.Property, v, from string, known assist.Address, w want, depth int) (plan.Arg, bool) {
	switch roleOf(p.Name, p.Schema, false) {
	case roleLat:
		if known.Latitude != 0 {
			return value(known.Latitude, "profile"), true
		}
	case roleLng:
		if known.Longitude != 0 {
			return value(known.Longitude, "profile"), true
		}
	case rolePhone, roleName:
		return b.source(c, at, p, w, depth)
	default:
		flat := strings.ToLower(p.Name)
		if p.Schema.Is("string") && len(p.Schema.Enum) == 0 && (p.Required || strings.Contains(flat, "name") || strings.Contains(flat, "address") || strings.Contains(flat, "detail")) && roleOf(p.Name, p.Schema, false) != roleID {
			return value(clipTo(p.Schema, v), from), true
		}
	}
	if !p.Required {
		return plan.Arg{}, false
	}
	return b.source(c, at, p, w, depth)
}

// ownPlace tells that the words speak of home or the office, wherever that is.
func (b *builder) ownPlace() bool {
	_, home := b.feats()["c:home"]
	_, work := b.feats()["c:work"]
	return home || work
}

func (b *builder) homeAddress(c catalog.Capability) (assist.Address, bool) {
	if len(b.req.Profile.Addresses) == 0 || !b.consented(c.Service, "address") {
		return assist.Address{}, false
	}
	if a, ok := b.addressNamed("home"); ok {
		return a, true
	}
	return b.req.Profile.Addresses[0], true
}

// consented tells that a service may have a profile value. A consent for the service "*" is for all services.
func (b *builder) consented(service, what string) bool {
	for _, c := range b.req.Profile.Consents {
		if (c.Service == service || c.Service == "*") && (c.Value == what || c.Value == "*") {
			return true
		}
	}
	return b.req.Answers[consentKey(service, what)] == "yes" || b.req.Answers[consentKey(service, what)] == "always"
}

func consentKey(service, what string) string { return "consent/" + service + "/" + what }

// person fills a name or a number that belongs to no side: the said one, else the person's own with consent. For
// somebody else (a patient, a guest, a phone to be topped up) the person's own would be wrong: asked.
func (b *builder) person(c catalog.Capability, at string, p catalog.Property, r role) (plan.Arg, bool) {
	kind, k := factName, partName
	if r == rolePhone {
		kind, k = factPhone, partPhone
	}
	if v, ok := b.saidOf(c, p, kind); ok {
		return value(clipTo(p.Schema, v), "said"), true
	}
	if !p.Required {
		return plan.Arg{}, false
	}
	if b.otherPerson() && (r == roleName && beneficiary(p) || r == rolePhone && isObject(c, p)) {
		b.askOf(c, at, p, k, partyNone)
		return plan.Arg{}, false
	}
	return b.own(c, at, p, k)
}

func (b *builder) coordinate(c catalog.Capability, at string, p catalog.Property, r role, w want, depth int) (plan.Arg, bool) {
	place := roleFrom
	if s := side(p.Name); s != roleOther {
		place = s
	}
	said := b.goalPlace(place)
	a, ok := b.addressNamed(said)
	if !ok && said == "" {
		if a, ok = b.addressNamed("home"); !b.consented(c.Service, "location") {
			ok = false
		}
	}
	if ok && a.Latitude != 0 {
		v := a.Latitude
		if r == roleLng {
			v = a.Longitude
		}
		return value(v, "profile"), true
	}
	if !p.Required {
		return plan.Arg{}, false
	}
	return b.upstream(c, at, p, w, depth)
}

func (b *builder) addressChoices() []assist.Choice {
	var out []assist.Choice
	for _, a := range b.req.Profile.Addresses {
		name := a.Label
		switch a.Label {
		case "home":
			name = tr(b.lang, "家", "Home")
		case "work":
			name = tr(b.lang, "公司", "Work")
		}
		out = append(out, assist.Choice{Value: a.Detail, Label: name, Detail: a.Detail})
	}
	return out
}
