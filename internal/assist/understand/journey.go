package understand

import (
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// journey is the cities that a goal's words name, by what stands around them.
type journey struct {
	from, to, at *lexicon.City
}

var (
	leadsFrom  = []string{"从", "自", "离开", "由", "from", "leaving", "departing", "out of"}
	leadsTo    = []string{"去", "到", "至", "往", "回", "飞", "抵", "抵达", "飞往", "前往", "开往", "寄", "发", "to", "towards", "for", "into"}
	leadsAt    = []string{"在", "住", "in", "at", "near", "around"}
	followFrom = []string{"出发", "起飞", "动身", "上车", "departure"}
	between    = []string{"到", "至", "去", "飞", "飞往", "回", "往", "-", "→", "->", "to", "~", "开往"}
)

// readJourney reads which city is left, which is gone to and which one the errand is in.
func readJourney(s string) journey {
	s = lexicon.Fold(s)
	cs := lexicon.Cities(s)
	j := journey{}
	for i := range cs {
		c := &cs[i]
		before := strings.TrimSpace(s[:c.Start])
		after := strings.TrimSpace(s[c.End:])
		next := i+1 < len(cs) && slices.Contains(between, strings.TrimSpace(s[c.End:cs[i+1].Start]))
		switch {
		case ends(before, leadsFrom) || starts(after, followFrom) || next && j.from == nil && !ends(before, leadsTo):
			j.from = c
		case ends(before, leadsAt):
			j.at = c
		case ends(before, leadsTo) || i > 0 && j.from == &cs[i-1]:
			j.to = c
		case j.at == nil:
			j.at = c
		}
	}
	return j
}

func ends(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(s, w) && boundary(s, len(s)-len(w)) })
}

func starts(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(s, w) && boundary(s, len(w)) })
}

// withoutTimes blanks the times of a text.
func withoutTimes(s string, now time.Time) string {
	if now.IsZero() {
		return timeless.get(s)
	}
	return cutTimes(s, now)
}

var timeless = readAgain(func(s string) string { return cutTimes(s, time.Time{}) })

func cutTimes(s string, now time.Time) string {
	s = lexicon.Fold(s)
	ms := lexicon.FindTimes(s, now)
	for i := len(ms) - 1; i >= 0; i-- {
		s = s[:ms[i].Start] + " " + s[ms[i].End:]
	}
	return s
}

// withoutCities blanks the cities of a text, unless nothing else is said.
func withoutCities(s string) string {
	cs := lexicon.Cities(s)
	out := lexicon.Fold(s)
	for i := len(cs) - 1; i >= 0; i-- {
		out = out[:cs[i].Start] + " " + out[cs[i].End:]
	}
	if strings.TrimSpace(out) == "" {
		return s
	}
	return out
}

// byCity tells that an input is a city, or a place that is looked up or named by its city: a station, an airport.
func byCity(p catalog.Property) bool {
	text := lexicon.Fold(words(p.Name) + " " + p.Schema.Title + " " + p.Schema.Description)
	for _, w := range []string{"city", "station", "airport", "城市", "车站", "站名", "火车站", "出发站", "到达站", "机场", "三字码", "iata"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// cityFor is the city that the words (or, for the start of a journey, where the person is) say for a role.
func (b *builder) cityFor(r role) (*lexicon.City, string) {
	j := b.goal.cities
	switch r {
	case roleTo:
		return first(j.to, j.at), "said"
	case roleFrom:
		if j.from != nil {
			return j.from, "said"
		}
		return b.homeCity()
	}
	if c := first(j.at, j.to, j.from); c != nil {
		return c, "said"
	}
	return b.homeCity()
}

func first(cs ...*lexicon.City) *lexicon.City {
	for _, c := range cs {
		if c != nil {
			return c
		}
	}
	return nil
}

// homeCity is where the person is, as far as it is known: the city of the place they are at, else of their addresses.
func (b *builder) homeCity() (*lexicon.City, string) {
	texts := []string{b.req.Place, b.req.Profile.Place}
	for _, a := range b.req.Profile.Addresses {
		texts = append(texts, a.Detail)
	}
	for i, text := range texts {
		if cs := lexicon.Cities(text); len(cs) > 0 {
			if i == 0 {
				return &cs[0], "said"
			}
			return &cs[0], "profile"
		}
	}
	return nil, ""
}

// cityWords is what a city-like input should be given: the city, or the very place where more than the city was said.
func (b *builder) cityWords(r role, p catalog.Property) (string, string) {
	said := b.goalPlace(r)
	if r == roleCity {
		said = ""
	}
	c, from := b.cityFor(r)
	if said != "" && !anyOf([]string{"city"}, strings.Fields(strings.ToLower(words(p.Name)))) {
		cs := lexicon.Cities(said)
		j := b.goal.cities
		own := r == roleFrom && j.from != nil || r == roleTo && j.to != nil || r != roleFrom && r != roleTo
		switch { // the end that was said goes before a city that was said of the other end, and before where the person is
		case len(cs) == 0 && (!own || c == nil || from != "said"):
			return b.known(said), "said"
		case !own:
			c, from = &cs[0], "said"
		}
		for _, w := range []string{"站", "机场", "station", "airport", "railway"} {
			if len(cs) > 0 && strings.Contains(said, w) {
				return said, "said"
			}
		}
	}
	if c == nil {
		return "", ""
	}
	return c.In(b.serviceLang()), from
}

// cityArg is the value of a city-like input; what comes from the profile needs the person's consent.
func (b *builder) cityArg(c catalog.Capability, p catalog.Property, v, from string) (plan.Arg, bool) {
	if from == "said" || b.consented(c.Service, "location") {
		return value(clipTo(p.Schema, v), from), true
	}
	if p.Required {
		b.askConsent(c, "location")
	}
	return plan.Arg{}, false
}

// endWords is what should be looked for to find one end of a journey.
func (b *builder) endWords(r role, p catalog.Property) string {
	if byCity(p) {
		if v, from := b.cityWords(r, p); v != "" && (from == "said" || b.consented(b.service().ID, "location")) {
			return v
		}
		if r == roleFrom && b.goal.from == "" {
			return "" // where the person is says no station
		}
	}
	v, _ := b.placeOf(r)
	return v
}

// mayTellCity asks whether a service may know the city that the person's own addresses are in; false when there is none
// or the person has said no.
func (b *builder) mayTellCity(c catalog.Capability, p catalog.Property) bool {
	city, from := b.homeCity()
	if city == nil || from != "profile" || !byCity(p) || b.consented(c.Service, "location") || b.req.Answers[consentKey(c.Service, "location")] == "no" {
		return false
	}
	b.askConsent(c, "location")
	return true
}

// onlyCity tells that a place is a city and nothing nearer.
func onlyCity(place string) bool {
	cs := lexicon.Cities(place)
	return len(cs) == 1 && strings.TrimSpace(lexicon.Fold(place)[:cs[0].Start]+lexicon.Fold(place)[cs[0].End:]) == ""
}
