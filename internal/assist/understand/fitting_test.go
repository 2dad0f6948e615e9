package understand_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
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

// A reference that only another call's words give is sought there, and the day is written as the search wants it.
func TestQuoteInWordsFeedsTheBooking(t *testing.T) {
	rafts := serviceOf("rafts", "Whitewater Rafting", "Rafting trips on the river.",
		call{name: "list_trips", about: "List rafting trips of a day, one line each", effect: catalog.Read,
			in: `{"type":"object","properties":{"trip_date":{"type":"string","description":"DD-MM-YYYY"}},"required":["trip_date"]}`},
		call{name: "quote_trip", about: "Get the price for a party. The quote reference is valid for an hour.", effect: catalog.Read,
			in: `{"type":"object","properties":{"trip_code":{"type":"string"},"adults":{"type":"integer","default":1},"children":{"type":"integer","minimum":0,"default":0}},"required":["trip_code"]}`},
		call{name: "book", about: "Book and pay a quote", effect: catalog.Irreversible,
			in: `{"type":"object","properties":{"quote_ref":{"type":"string"}},"required":["quote_ref"]}`})
	th := thinkOf(t, "book a rafting trip for three people on Saturday at 10 am", rafts)
	if got := callsOf(th.Plan); !slices.Equal(got, []string{"list_trips", "quote_trip", "book"}) {
		t.Fatalf("calls %v, asks %+v", got, th.Asks)
	}
	if v := th.Plan.Steps[0].Args["trip_date"].Value; v != "28-11-2026" {
		t.Errorf("the day is %v", v)
	}
	if _, counted := th.Plan.Steps[1].Args["children"]; counted {
		t.Error("children were counted, though nobody spoke of any")
	}
	if ref := th.Plan.Steps[2].Args["quote_ref"].Ref; ref == nil || ref.Like == nil || ref.Step != th.Plan.Steps[1].ID {
		t.Errorf("the reference comes from %+v", ref)
	}
}

// Something that the first service does not speak of goes to the next that does; what a service may do without is not asked.
func TestContextOfASearchIsTheSentence(t *testing.T) {
	seeds := serviceOf("seeds", "Seed Barn", "Seeds and bulbs for the garden.",
		call{name: "search_catalog", about: "Search for seeds", effect: catalog.Read,
			in:  `{"type":"object","properties":{"query":{"type":"string","description":"what is looked for"},"context":{"type":"string","description":"Anything known about the request"}},"required":["query","context"]}`,
			out: `{"type":"object","properties":{"products":{"type":"array","items":{"type":"object","properties":{"product_id":{"type":"string"},"title":{"type":"string"}}}}}}`},
		call{name: "create_order", about: "Order seeds", effect: catalog.Irreversible,
			in: `{"type":"object","properties":{"product_id":{"type":"string"},"quantity":{"type":"integer","minimum":1}},"required":["product_id","quantity"]}`})
	th := thinkOf(t, "order two packs of sunflower seeds, my phone is 13912345678", seeds)
	if len(th.Asks) > 0 || th.Plan == nil {
		t.Fatalf("asked %+v", th.Asks)
	}
	context, _ := th.Plan.Steps[0].Args["context"].Value.(string)
	if context == "" || strings.Contains(context, "13912345678") {
		t.Errorf("the search was told %q", context)
	}
}
