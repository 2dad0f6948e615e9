package quote_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// A carrier that names fares in a list of offers, takes an offer's id in another capability and states minor units.
const (
	offersSchema = `"origin":{"type":"string","description":"上车点 / pickup point"},"destination":{"type":"string","description":"目的地 / destination"},"distance_m":{"type":"integer","description":"路程，米"},"quotes":{"type":"array","items":{"type":"object","properties":{"quote_id":{"type":"string"},"name":{"type":"string","description":"车型名称"},"name_en":{"type":"string"},"seats":{"type":"integer","description":"可乘人数"},"price_fen":{"type":"integer","description":"一口价，单位：分（人民币）"},"expires_at":{"type":"string"}}}}`
	offers       = `{"origin":"中关村","destination":"首都国际机场 T3","distance_m":31000,"quotes":[{"quote_id":"q1","name":"快车","name_en":"Economy","seats":4,"price_fen":9850,"expires_at":"2026-11-24T04:05:00Z"},{"quote_id":"q2","name":"豪华车","name_en":"Premium","seats":4,"price_fen":20100,"expires_at":"2026-11-24T04:05:00Z"}]}`
	bookSchema   = `"order_id":{"type":"string","description":"订单号"},"status":{"type":"string","oneOf":[{"const":"accepted","title":"司机已接单"},{"const":"in_progress","title":"行程中"}]},"amount_fen":{"type":"integer","description":"应付车费，单位：分"},"currency":{"type":"string"},"origin":{"type":"string","description":"上车点"},"destination":{"type":"string","description":"目的地"},"name":{"type":"string","description":"车型名称"},"driver":{"type":"object","properties":{"driver_name":{"type":"string"},"plate":{"type":"string","description":"车牌"}}},"cancellation_fee_fen":{"type":"integer","description":"取消费，单位：分"},"refund_fen":{"type":"integer","description":"退还金额，单位：分"}`
	booked       = `{"order_id":"R1","status":"accepted","amount_fen":9850,"currency":"CNY","origin":"中关村","destination":"首都国际机场 T3","name":"快车","driver":{"driver_name":"王师傅","plate":"京A12345"},"cancellation_fee_fen":0,"refund_fen":0}`
)

func ride(t *testing.T) (estimate, book catalog.Capability, svc catalog.Service, picked []plan.Picked) {
	t.Helper()
	estimate = catalog.Capability{Name: "estimate", Effect: catalog.Read, Output: schema(t, offersSchema),
		Input: schema(t, `"pickup_place_id":{"type":"string","description":"上车点编号，由搜索返回"},"destination_place_id":{"type":"string","description":"目的地编号"},"passengers":{"type":"integer","description":"乘车人数 / number of passengers"}`)}
	book = catalog.Capability{Name: "book", Effect: catalog.Irreversible, Output: schema(t, bookSchema), Input: schema(t, `"quote_id":{"type":"string"}`)}
	svc = catalog.Service{ID: "ride", Name: "Ride", Payee: "m1", Capabilities: []catalog.Capability{estimate, book}}
	picked = []plan.Picked{
		{Step: "s1", Arg: "pickup_place_id", Value: "p1", Title: "中关村", Element: json.RawMessage(`{"place_id":"p1","name":"中关村","address":"海淀区"}`)},
		{Step: "s2", Arg: "destination_place_id", Value: "p2", Title: "首都国际机场 T3", Element: json.RawMessage(`{"place_id":"p2","name":"首都国际机场 T3","address":"顺义区"}`)},
		{Step: "s3", Arg: "quote_id", Value: "q1", Title: "快车", Element: json.RawMessage(`{"quote_id":"q1","name":"快车","name_en":"Economy","seats":4,"price_fen":9850,"expires_at":"2026-11-24T04:05:00Z"}`)},
	}
	return estimate, book, svc, picked
}

func TestReadAPickedOfferAndTheOrderMadeOfIt(t *testing.T) {
	t.Parallel()
	estimate, book, svc, picked := ride(t)
	goal, step := plan.GoalPlan{ID: "g1"}, plan.Step{ID: "s3"}
	offer, ok := quote.Read(estimate, goal, step, map[string]any{"pickup_place_id": "p1", "destination_place_id": "p2", "passengers": 3.0}, track.Result{Structured: json.RawMessage(offers)}, picked, svc)
	if got := show(offer); !ok || got != "9850 CNY | 快车 ×1 9850 | 首都国际机场 T3" {
		t.Errorf("the picked offer reads as %s (%v)", got, ok)
	}
	if offer.Expires.IsZero() || !slices.Contains(offer.Details, order.Detail{Label: "上车点 / pickup point", Value: "中关村"}) {
		t.Errorf("expiry or origin is missing: %+v", offer)
	}
	before, ok := quote.Read(book, goal, step, map[string]any{"quote_id": "q1"}, track.Result{}, picked, svc)
	if got := show(before); !ok || got != "9850 CNY est | 快车 ×1 9850 | 首都国际机场 T3" {
		t.Errorf("before booking it reads as %s (%v)", got, ok)
	}
	actual, ok := quote.Read(book, goal, step, map[string]any{"quote_id": "q1"}, track.Result{Structured: json.RawMessage(booked)}, picked, svc)
	if got := show(actual); !ok || got != "9850 CNY R1 | 快车 ×1 9850 | 首都国际机场 T3" {
		t.Errorf("the booking reads as %s (%v)", got, ok)
	}
	for _, q := range []order.Quote{offer, before} {
		if d := quote.Compare(q, actual); len(d) > 0 {
			t.Errorf("the same ride differs: %v", d)
		}
	}
	if _, ok := quote.Read(estimate, goal, step, nil, track.Result{Structured: json.RawMessage(offers)}, nil, svc); ok {
		t.Error("offers of which none was picked gave a quote")
	}
	if state, _ := quote.Status(track.Result{Structured: json.RawMessage(booked)}, book.Output); state != quote.Confirmed {
		t.Errorf("an accepted ride is %q", state)
	}
}

func TestReadCountsOnlyTheLastPriceOfAChain(t *testing.T) {
	t.Parallel()
	goods := plan.Picked{Step: "s1", Arg: "goodsId", Value: "B1", Title: "Roses", Element: json.RawMessage(`{"goodsId":"B1","title":"Roses","fromPriceFen":16800}`)}
	sku := plan.Picked{Step: "s2", Arg: "skuId", Value: "B1-2", Title: "19 stems", Element: json.RawMessage(`{"skuId":"B1-2","spec":"19 stems","priceFen":25800}`)}
	capability := catalog.Capability{Name: "reserve", Effect: catalog.Irreversible}
	q, ok := quote.Read(capability, plan.GoalPlan{ID: "g1"}, plan.Step{}, map[string]any{"skuId": "B1-2", "quantity": 2.0}, track.Result{}, []plan.Picked{goods, sku}, catalog.Service{Name: "S"})
	if got := show(q); !ok || got != "51600 CNY est | Roses (19 stems) ×2 51600" {
		t.Errorf("reads as %s (%v)", got, ok)
	}
	detail := catalog.Capability{Name: "detail", Effect: catalog.Read}
	raw := json.RawMessage(`{"goodsId":"B1","title":"Roses","skus":[{"skuId":"B1-1","spec":"11 stems","priceFen":16800},{"skuId":"B1-2","spec":"19 stems","priceFen":25800}]}`)
	q, ok = quote.Read(detail, plan.GoalPlan{ID: "g1"}, plan.Step{}, map[string]any{"goodsId": "B1"}, track.Result{Structured: raw}, []plan.Picked{goods, sku}, catalog.Service{Name: "S"})
	if got := show(q); !ok || got != "25800 CNY | Roses (19 stems) ×1 25800" {
		t.Errorf("a picked size reads as %s (%v)", got, ok)
	}
}
