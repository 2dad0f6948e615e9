package eval_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/bench/scale"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/catalog/search"
	"github.com/bangwo/bangwo/internal/eval"
)

// leastFound is the share of wanted services that must be on the shortlist though thousands of others are there. What is
// missed are services that do not say of themselves what is asked for, and of which the mind would not think either if it saw all
// (TestTheShortlistChangesNoChoice).
const leastFound = 0.91

// rivals are the made-up trades whose services fit a case's words as well as the service that it is about, or better: where
// hundreds of hotels are there, nothing tells which one is meant.
var rivals = map[string][]string{"train": {"train"}, "flight": {"flight"}, "hotel": {"hotel"}, "cinema": {"cinema"}, "hospital": {"hospital"},
	"courier": {"courier"}, "repair": {"repair"}, "bills": {"bills"}, "gym": {"gym"}, "pet": {"pet"}, "print": {"printing"}, "bubbletea": {"milktea", "coffee"},
	"food": {"food", "grocery"}, "grocer": {"grocery", "food", "pharmacy"}, "housekeeping": {"cleaning"}, "stationery": {"printing", "grocery"}, "footspa": {"hair", "pet"}, "laundry": {"cleaning"},
	"install": {"repair"}, "topup": {"bills"}}

// TestServicesAreFoundAmongTenThousand hides the dev set's services among 10,000 made-up capabilities, and asks for every
// service that a case needs whether its words bring it onto the shortlist: of all, and of those that are in another trade.
func TestServicesAreFoundAmongTenThousand(t *testing.T) {
	t.Parallel()
	suite, err := eval.Load(ours, eval.SetDev)
	if err != nil {
		t.Fatal(err)
	}
	services, err := eval.Catalogue(t.Context(), suite, eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := scale.OfCapabilities(10_000, 11)
	x := hide(t, services, w)
	wanted, crowded, found := 0, 0, 0
	for _, c := range suite.Cases {
		for _, id := range needs(c) {
			wanted++
			among, apart := ranks(x, w, c, id)
			if among {
				crowded++
			}
			if apart {
				found++
				continue
			}
			t.Logf("%s: %s is not found by %q", c.ID, id, c.Turns)
		}
	}
	if wanted < 200 || float64(found) < leastFound*float64(wanted) {
		t.Errorf("%d of %d services are found among those of other trades", found, wanted)
	}
	t.Logf("%d services: of %d that are wanted, %d are on the shortlist together with all of their trade, %d where those are left out", x.Services(), wanted, crowded, found)
}

// ranks tells whether a case's words bring a service onto the shortlist, among all and among those of other trades.
func ranks(x *search.Index, w scale.World, c eval.Case, id string) (among, apart bool) {
	for _, text := range c.Turns {
		qs := understand.Reader{}.Questions(text, c.Place)
		among = among || slices.Contains(x.Shortlist(qs, nil), id)
		for _, q := range qs {
			rank := 0
			for _, f := range x.Find(q, search.MaxFound) {
				if f.Service == id {
					apart = apart || rank < search.PerQuestion
					break
				}
				if n := w.Number(f.Service); n < 0 || !slices.Contains(rivals[id], w.Trade(n)) {
					rank++
				}
			}
		}
	}
	return among, apart
}

func hide(t *testing.T, services []catalog.Service, w scale.World) *search.Index {
	var x search.Index
	for i := range w.Services {
		if err := x.Put(w.ID(i), understand.Reader{}.Parts(w.Service(i))); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range services {
		if err := x.Put(s.ID, understand.Reader{}.Parts(s)); err != nil {
			t.Fatal(err)
		}
	}
	return &x
}

// needs are the services that a case cannot be right without.
func needs(c eval.Case) []string {
	ids := slices.Sorted(maps.Keys(c.Expect.Records))
	for _, r := range c.Expect.Reads {
		if !slices.Contains(ids, r.Service) {
			ids = append(ids, r.Service)
		}
	}
	return ids
}
