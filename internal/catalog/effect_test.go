package catalog_test

import (
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
)

func TestClassifyEffect(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	pending, err := catalog.ParseSchema([]byte(`{"type":"object","properties":{"status":{"type":"string","description":"订单状态：pending / confirmed"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, description string
		output            *catalog.Schema
		handoff           bool
		hints             catalog.EffectHints
		want              catalog.Effect
	}{
		{name: "searchFlowers", description: "检索花束", want: catalog.Read},
		{name: "list_outlets", want: catalog.Read},
		{name: "get_api_v1_orders_id", description: "GET /api/v1/orders/{id} — Get order", want: catalog.Read},
		{name: "post_api_v1_orders_id_pay", description: "POST /api/v1/orders/{id}/pay — Pay order", want: catalog.Payment},
		{name: "post_api_v1_orders", description: "POST /api/v1/orders — Create order", want: catalog.Irreversible},
		{name: "post_v2_orders_search", description: "POST /v2/orders/search: Search orders", want: catalog.Read},
		{name: "ride_quote", description: "Price of a ride.", want: catalog.Read},
		{name: "getPaymentStatus", want: catalog.Read},
		{name: "selectRoom", description: "查看房型详情", handoff: true, want: catalog.Read},
		{name: "selectSeat", description: "锁定座位", want: catalog.Irreversible},
		{name: "estimate", want: catalog.Read},
		{name: "查询天气", description: "查询城市天气", want: catalog.Read},
		{name: "weather", description: "Returns the weather of a city.", want: catalog.Read},
		{name: "createOrder", description: "新建订单，覆盖之前的活动订单", output: pending, handoff: true, want: catalog.Reversible},
		{name: "addToOrder", description: "追加一件", output: pending, handoff: true, hints: catalog.EffectHints{Undo: true}, want: catalog.Reversible},
		{name: "createOrder", description: "创建订单", want: catalog.Irreversible},
		{name: "create_order", description: "Creates an unpaid order; it can be cancelled.", want: catalog.Reversible},
		{name: "createOrder", description: "创建订单并立即扣款", handoff: true, hints: catalog.EffectHints{Undo: true}, want: catalog.Payment},
		{name: "createOrder", description: "创建待支付订单，不会立即扣款", hints: catalog.EffectHints{Undo: true}, want: catalog.Reversible},
		{name: "addToCart", want: catalog.Reversible},
		{name: "saveAddress", want: catalog.Reversible},
		{name: "removeOrderItem", want: catalog.Reversible},
		{name: "cancelOrder", want: catalog.Irreversible},
		{name: "book_ride", description: "Book a ride now.", want: catalog.Irreversible},
		{name: "book_ride", description: "Book a ride. Nothing is charged until paid.", hints: catalog.EffectHints{Undo: true}, want: catalog.Reversible},
		{name: "payOrder", want: catalog.Payment},
		{name: "pay_order", hints: catalog.EffectHints{ReadOnly: &yes}, want: catalog.Payment},
		{name: "createRefund", want: catalog.Payment},
		{name: "frobnicate", want: catalog.Irreversible},
		{name: "frobnicate", hints: catalog.EffectHints{ReadOnly: &yes}, want: catalog.Read},
		{name: "book_ride", hints: catalog.EffectHints{ReadOnly: &yes}, want: catalog.Irreversible},
		{name: "get_token", hints: catalog.EffectHints{ReadOnly: &no}, want: catalog.Irreversible},
		{name: "get_token", hints: catalog.EffectHints{ReadOnly: &no, Destructive: &no}, want: catalog.Reversible},
		{name: "addToCart", hints: catalog.EffectHints{Destructive: &yes}, want: catalog.Irreversible},
	} {
		got, why := catalog.ClassifyEffect(c.name, c.description, c.output, c.handoff, c.hints)
		if got != c.want {
			t.Errorf("%s (%q): got %s because %s, want %s", c.name, c.description, got, why, c.want)
		}
		if why == "" {
			t.Errorf("%s: no evidence given", c.name)
		}
	}
}

func TestHasUndo(t *testing.T) {
	t.Parallel()
	all := []string{"createOrder", "addToOrder", "removeOrderItem", "cancelOrder", "book_ride", "cancel_ride", "saveAddress"}
	for name, want := range map[string]bool{"createOrder": true, "addToOrder": true, "book_ride": true, "saveAddress": false} {
		if got := catalog.HasUndo(name, all); got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}
