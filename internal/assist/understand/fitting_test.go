package understand_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
)

// flowerCart is a florist whose bunches go into a basket, which is then ordered with an optional time slot.
func flowerCart() catalog.Service {
	return serviceOf("florist", "Petal Corner", "Flower shop. Bunches and pot plants, delivered.",
		call{name: "findFlowers", about: "Search for flowers", effect: catalog.Read,
			in:  `{"type":"object","properties":{"keyword":{"type":"string"}},"required":["keyword"]}`,
			out: `{"type":"object","properties":{"flowers":{"type":"array","items":{"type":"object","properties":{"flowerId":{"type":"string"},"name":{"type":"string"},"price":{"type":"number"}}}}}}`},
		call{name: "addToBasket", about: "Add one kind of flowers to the basket", effect: catalog.Reversible,
			in: `{"type":"object","properties":{"flowerId":{"type":"string","description":"from findFlowers"},"quantity":{"type":"integer","minimum":1}},"required":["flowerId","quantity"]}`},
		call{name: "listSlots", about: "List delivery slots of a day", effect: catalog.Read,
			in:  `{"type":"object","properties":{"date":{"type":"string","description":"yyyy-MM-dd, today if left out"}}}`,
			out: `{"type":"object","properties":{"slots":{"type":"array","items":{"type":"object","properties":{"slotId":{"type":"string"},"window":{"type":"string","description":"time slot"}}}}}}`},
		call{name: "submitBasket", about: "Order what is in the basket", effect: catalog.Irreversible,
			in: `{"type":"object","properties":{"address":{"type":"string"},"slotId":{"type":"string","description":"from listSlots, as soon as possible if left out"}},"required":["address"]}`})
}

type call struct {
	name, about, in, out string
	effect               catalog.Effect
}

func serviceOf(id, name, about string, calls ...call) catalog.Service {
	s := catalog.Service{ID: id, Name: name, Description: about}
	for _, c := range calls {
		k := catalog.Capability{Service: id, Name: c.name, Description: c.about, Effect: c.effect}
		for _, one := range []struct {
			raw string
			to  **catalog.Schema
		}{{c.in, &k.Input}, {c.out, &k.Output}} {
			if one.raw == "" {
				continue
			}
			schema, err := catalog.ParseSchema(json.RawMessage(one.raw))
			if err != nil {
				panic(err)
			}
			*one.to = schema
		}
		s.Capabilities = append(s.Capabilities, k)
	}
	return s
}

func thinkOf(t *testing.T, text string, services ...catalog.Service) assist.Thought {
	t.Helper()
	th, err := understand.New().Think(context.Background(), assist.Request{Text: text, Services: services,
		Now:     time.Date(2026, 11, 24, 10, 0, 0, 0, time.FixedZone("", 8*3600)),
		Profile: assist.Profile{Name: "Ann", Phone: "13800001111", Addresses: []assist.Address{{Label: "home", Detail: "9 Elm Road, Building 2"}}}})
	if err != nil {
		t.Fatal(err)
	}
	return th
}

func callsOf(p *plan.Plan) []string {
	if p == nil {
		return nil
	}
	var out []string
	for _, s := range p.Steps {
		out = append(out, s.Capability)
	}
	return out
}

// A cart is filled before it is submitted, though submitting takes the id of a slot.
func TestCartIsFilledBesideAnOptionalSlot(t *testing.T) {
	th := thinkOf(t, "Petal Corner: two bunches of tulips and one bunch of lilies, deliver to my home", flowerCart())
	got := callsOf(th.Plan)
	if n := len(slices.DeleteFunc(slices.Clone(got), func(c string) bool { return c != "addToBasket" })); n != 2 {
		t.Fatalf("%d things were put into the basket, want 2: %v", n, got)
	}
	if last := got[len(got)-1]; last != "submitBasket" {
		t.Errorf("the last step is %s, want submitBasket", last)
	}
	for _, s := range th.Plan.Steps {
		if ref := s.Args["slotId"].Ref; ref != nil && (!ref.Optional || !ref.Pick.Spare) {
			t.Errorf("the slot would be asked for: %+v", ref)
		}
	}
}
