package examples_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

func lattes(n int) args {
	return args{"outletId": "FH-ZGC", "items": []any{args{"sku": "C101", "quantity": n, "sugar": "less"}}}
}

func TestCoffeeFromSearchToPickup(t *testing.T) {
	t.Parallel()
	s := open(t, "coffee", nil)
	_, found := s.call("findOutlets", args{"place": "国贸地铁站"})
	nearest := found["outlets"].([]any)[0].(args)
	if nearest["outletId"] != "FH-GMA" {
		t.Fatalf("nearest to 国贸 is %v", nearest)
	}
	_, menu := s.call("browseMenu", args{"keyword": "latte"})
	if first := menu["items"].([]any)[0].(args); first["name"] != "拿铁" || first["price"] != 19.0 {
		t.Errorf("first latte is %v", first)
	}
	want := args{"outletId": "FH-GMA", "items": []any{args{"sku": "C101", "quantity": 3, "sugar": "less"}, args{"sku": "F301", "quantity": 2}}}
	preview, _ := s.call("previewOrder", want)
	confirmed := s.quoteOf("previewOrder", want, preview)
	if confirmed.Amount.Minor != 85_00 || confirmed.Address == "" || confirmed.OrderRef != "" || len(confirmed.Lines) != 3 {
		t.Errorf("preview reads as %+v", confirmed)
	}
	if l := confirmed.Lines[0]; l.Title != "拿铁" || l.Quantity != 3 || l.Amount != 57_00 || !slices.Contains(l.Options, "少糖") {
		t.Errorf("lattes read as %+v", l)
	}
	made, out := s.call("createOrder", want)
	actual := s.quoteOf("createOrder", want, made)
	if d := quote.Compare(confirmed, actual); len(d) > 0 {
		t.Errorf("the order differs from its preview: %v", d)
	}
	no := out["orderNo"].(string)
	if actual.OrderRef != no || actual.Expires.IsZero() {
		t.Errorf("order reads as %+v", actual)
	}
	if state := s.state("orderStatus", args{"orderNo": no}); state != quote.Unpaid {
		t.Errorf("a new order is %s", state)
	}
	paid, _ := s.call("payOrder", args{"orderNo": no})
	pay, _ := s.service.Capability("", "payOrder")
	said, ok := quote.Read(pay, plan.GoalPlan{ID: "g1"}, plan.Step{}, nil, paid, nil, s.service)
	if d := quote.Compare(confirmed, said); !ok || len(d) > 0 {
		t.Errorf("what was paid differs from what was confirmed: %v %v", ok, d)
	}
	if len(s.doors.asked) != 1 || s.doors.asked[0].Kind != track.DoorPayment {
		t.Errorf("doors asked: %+v", s.doors.asked)
	}
	if state := s.state("orderStatus", nil); state != quote.Paid {
		t.Errorf("a paid order is %s", state)
	}
	s.refused("payOrder", args{"orderNo": no})
	if len(s.doors.asked) != 1 {
		t.Error("a paid order asked for money again")
	}
}

func TestCoffeeRefusedPaymentLeavesTheOrderUnpaid(t *testing.T) {
	t.Parallel()
	s := open(t, "coffee", nil)
	s.doors.grant = false
	_, out := s.call("createOrder", lattes(1))
	s.refused("payOrder", args{"orderNo": out["orderNo"]})
	if state := s.state("orderStatus", nil); state != quote.Unpaid {
		t.Errorf("after a refused payment the order is %s", state)
	}
}

func TestCoffeeStockRunsOutAndComesBack(t *testing.T) {
	t.Parallel()
	s := open(t, "coffee", nil)
	cakes := func(n int, outlet string) args {
		return args{"outletId": outlet, "items": []any{args{"sku": "F303", "quantity": n}}}
	}
	_, first := s.call("createOrder", cakes(5, "FH-ZGC"))
	if why := s.refused("createOrder", cakes(1, "FH-ZGC")); !strings.Contains(why, "售罄") {
		t.Errorf("sold out is told as %q", why)
	}
	s.call("createOrder", cakes(1, "FH-WDK")) // another outlet has its own
	s.call("cancelOrder", args{"orderNo": first["orderNo"]})
	s.call("cancelOrder", args{"orderNo": first["orderNo"]}) // twice gives nothing back twice
	s.call("createOrder", cakes(5, "FH-ZGC"))
	s.refused("createOrder", cakes(1, "FH-ZGC"))
}

func TestCoffeeRefusesWhatItCannotMake(t *testing.T) {
	t.Parallel()
	s := open(t, "coffee", nil)
	one := func(item args) args { return args{"outletId": "FH-ZGC", "items": []any{item}} }
	for name, a := range map[string]args{
		"no such outlet":           {"outletId": "X", "items": []any{args{"sku": "C101", "quantity": 1}}},
		"nothing":                  {"outletId": "FH-ZGC", "items": []any{}},
		"no such product":          one(args{"sku": "Z9", "quantity": 1}),
		"no quantity of it":        one(args{"sku": "C101", "quantity": 0}),
		"half a cup":               one(args{"sku": "C101", "quantity": 0.5}),
		"too many":                 one(args{"sku": "C101", "quantity": 31}),
		"sugar in a croissant":     one(args{"sku": "F301", "quantity": 1, "sugar": "less"}),
		"a hot cold brew":          one(args{"sku": "C114", "quantity": 1, "temperature": "hot"}),
		"an unknown sugar":         one(args{"sku": "C101", "quantity": 1, "sugar": "低糖"}),
		"more than is left, twice": {"outletId": "FH-ZGC", "items": []any{args{"sku": "F303", "quantity": 3}, args{"sku": "F303", "quantity": 3}}},
	} {
		for _, api := range []string{"previewOrder", "createOrder"} {
			if why := s.refused(api, a); strings.Contains(why, "undefined") {
				t.Errorf("%s: %s says %q", name, api, why)
			}
		}
	}
	if why := s.refused("orderStatus", nil); why == "" {
		t.Error("a refused order was made")
	}
}

func TestCoffeeFaults(t *testing.T) {
	t.Parallel()
	s := open(t, "coffee", map[string]any{"fault_price": "3"})
	preview, _ := s.call("previewOrder", lattes(2))
	made, _ := s.call("createOrder", lattes(2))
	d := quote.Compare(s.quoteOf("previewOrder", lattes(2), preview), s.quoteOf("createOrder", lattes(2), made))
	if len(d) == 0 || d[0].What != "amount" || d[0].Before != "¥38.00" || d[0].After != "¥41.00" {
		t.Errorf("a price that rose after the preview reads as %v", d)
	}

	s = open(t, "coffee", map[string]any{"fault_down": "createOrder"})
	s.call("previewOrder", lattes(1))
	if _, err := s.try("createOrder", lattes(1)); fault.CodeOf(err) != fault.Merchant {
		t.Errorf("a shop that is down: %v", err)
	}

	s = open(t, "coffee", map[string]any{"fault_sold_out": "C101,C102"})
	s.refused("previewOrder", lattes(1))

	s = open(t, "coffee", map[string]any{"fault_double": true})
	_, out := s.call("createOrder", lattes(1))
	if _, status := s.call("orderStatus", nil); status["orderNo"] != out["orderNo"] {
		t.Errorf("answered twice: told %v, has %v", out["orderNo"], status["orderNo"])
	}

	s = open(t, "coffee", map[string]any{"fault_lost": "true"})
	if _, err := s.try("createOrder", lattes(1)); fault.CodeOf(err) != fault.Merchant {
		t.Errorf("a lost answer: %v", err)
	}
	if state := s.state("orderStatus", nil); state != quote.Unpaid {
		t.Errorf("the order behind a lost answer is %s", state)
	}

	s = open(t, "coffee", map[string]any{"fault_slow": 400})
	s.call("previewOrder", lattes(1))

	s = open(t, "coffee", map[string]any{"fault_slow": 3_600_000})
	if _, err := s.try("previewOrder", lattes(1)); fault.CodeOf(err) != fault.Timeout && fault.CodeOf(err) != fault.Limit {
		t.Errorf("a shop that takes an hour: %v", err)
	}
}

func TestCoffeePersonsAreApart(t *testing.T) {
	t.Parallel()
	s := open(t, "coffee", nil)
	_, out := s.call("createOrder", lattes(1))
	s.person = "p2"
	s.refused("orderStatus", args{"orderNo": out["orderNo"]})
	s.refused("cancelOrder", args{"orderNo": out["orderNo"]})
}

func TestEffectsOfTheExamples(t *testing.T) {
	t.Parallel()
	for folder, want := range map[string]map[string][]catalog.Effect{
		"coffee": {"findOutlets": {catalog.Read}, "browseMenu": {catalog.Read}, "previewOrder": {catalog.Read}, "orderStatus": {catalog.Read},
			"createOrder": {catalog.Reversible, catalog.Irreversible}, "payOrder": {catalog.Payment}, "cancelOrder": {catalog.Reversible, catalog.Irreversible}},
		"flowers": {"searchGoods": {catalog.Read}, "getGoodsDetail": {catalog.Read}, "getReservation": {catalog.Read},
			"reserveDelivery": {catalog.Reversible, catalog.Irreversible}, "cancelReservation": {catalog.Reversible, catalog.Irreversible}},
	} {
		s := open(t, folder, nil)
		if len(s.service.Capabilities) != len(want) {
			t.Errorf("%s has %d capabilities, want %d", folder, len(s.service.Capabilities), len(want))
		}
		for _, c := range s.service.Capabilities {
			if !slices.Contains(want[c.Name], c.Effect) {
				t.Errorf("%s/%s is classed %s (%s), want one of %v", folder, c.Name, c.Effect, c.EffectWhy, want[c.Name])
			}
		}
	}
}
