package eval_test

import (
	"os"
	"slices"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/bench/scale"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/catalog/search"
	"github.com/bangwo/bangwo/internal/eval"
)

// leastAgreed is the share of sentences for which a mind that sees the shortlist chooses as one that sees every service.
const leastAgreed = 0.95

// TestTheShortlistChangesNoChoice lets one mind look at all of some thousand services, and another at the shortlist only: both
// must choose the same service, or one of the same made-up trade, of which there are many alike.
func TestTheShortlistChangesNoChoice(t *testing.T) {
	t.Parallel()
	every := 6
	if os.Getenv("BANGWO_ALL") != "" {
		every = 1
	}
	suite, err := eval.Load(ours, eval.SetDev)
	if err != nil {
		t.Fatal(err)
	}
	services, err := eval.Catalogue(t.Context(), suite, eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := scale.OfCapabilities(4_000, 12)
	x := hide(t, services, w)
	of := map[string]catalog.Service{}
	for i := range w.Services {
		services = append(services, w.Service(i))
	}
	for i := range services {
		services[i].Digest = services[i].ID
		of[services[i].ID] = services[i]
	}
	mind, agreed, asked := understand.New(), 0, 0
	for i, c := range suite.Cases {
		if i%every != 0 {
			continue
		}
		r := assist.Request{Text: c.Turns[0], Now: suite.Now, Place: c.Place, Profile: suite.Profile, Services: services}
		all := chosen(t, mind, r, w)
		r.Services, r.Spread = nil, x
		for _, id := range x.Shortlist(understand.Reader{}.Questions(r.Text, r.Place), nil) {
			r.Services = append(r.Services, of[id])
		}
		few := chosen(t, mind, r, w)
		asked++
		if slices.EqualFunc(all, few, overlap) {
			agreed++
			continue
		}
		t.Logf("%s: %q: of all %v, of the shortlist %v", c.ID, c.Turns[0], all, few)
	}
	if asked < 50 || float64(agreed) < leastAgreed*float64(asked) {
		t.Errorf("%d of %d sentences lead to the same services", agreed, asked)
	}
	t.Logf("%d of %d sentences lead to the same services, of %d with shortlists of at most %d", agreed, asked, len(services), search.MaxShort)
}

// chosen are, for each wish, the services that a thought goes to or asks about, made-up ones by their trade.
func chosen(t *testing.T, mind *understand.Mind, r assist.Request, w scale.World) [][]string {
	th, err := mind.Think(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	name := func(id string) string {
		if n := w.Number(id); n >= 0 {
			return w.Trade(n)
		}
		return id
	}
	var out [][]string
	for _, g := range th.Goals {
		if g.Service != "" {
			out = append(out, []string{name(g.Service)})
		}
	}
	for _, a := range th.Asks {
		var some []string
		for _, c := range a.Choices {
			if w.Number(c.Value) >= 0 || slices.ContainsFunc(r.Services, func(s catalog.Service) bool { return s.ID == c.Value }) {
				some = append(some, name(c.Value))
			}
		}
		if len(some) > 0 {
			out = append(out, some)
		}
	}
	return out
}

// overlap tells whether two readings of a wish have a service in common: what is chosen, or may be.
func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
