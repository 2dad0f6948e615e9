package catalog_test

import (
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
)

func TestWhatASiblingFinishesIsReversible(t *testing.T) {
	t.Parallel()
	schema := func(raw string) *catalog.Schema {
		s, err := catalog.ParseSchema([]byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	takes := func(name, about string) *catalog.Schema {
		return schema(`{"type":"object","required":["` + name + `"],"properties":{"` + name + `":{"type":"string","description":"` + about + `"}}}`)
	}
	gives := func(names string) *catalog.Schema { return schema(`{"type":"object","properties":{` + names + `}}`) }
	nothing := schema(`{}`)
	cap := func(name, description string, in, out *catalog.Schema) catalog.Capability {
		c := catalog.Capability{Name: name, Description: description, Input: in, Output: out}
		c.Effect, c.EffectWhy = catalog.ClassifyEffect(name, description, out, false, catalog.EffectHints{})
		return c
	}
	for name, c := range map[string]struct {
		caps []catalog.Capability
		want catalog.Effect // of the first
	}{
		"a lock that is confirmed": {want: catalog.Reversible, caps: []catalog.Capability{
			cap("lockSeats", "锁定座位，返回锁座号", nothing, gives(`"lock_id":{"type":"string"}`)),
			cap("confirmLock", "付款确认", takes("lock_id", ""), nil)}},
		"a hold without an output schema": {want: catalog.Reversible, caps: []catalog.Capability{
			cap("hold_berth", "Holds a berth for 15 minutes.", nothing, nil),
			cap("confirm_berth", "Confirms the berth.", takes("berth_ref", ""), nil)}},
		"a request that lapses": {want: catalog.Reversible, caps: []catalog.Capability{
			cap("requestTrip", "Makes a trip request, valid for 5 minutes.", nothing, gives(`"trip_code":{"type":"string"}`)),
			cap("submitTrip", "Submits it.", takes("trip_code", "from requestTrip"), nil)}},
		"an order whose receipt is confirmed": {want: catalog.Irreversible, caps: []catalog.Capability{
			cap("placeOrder", "Places the order, delivered within 30 minutes.", nothing, gives(`"order_id":{"type":"string"}`)),
			cap("confirmReceipt", "Confirms that the goods arrived.", takes("order_id", ""), nil)}},
		"a booking that only a review follows": {want: catalog.Irreversible, caps: []catalog.Capability{
			cap("bookTable", "Books a table, held for 15 minutes.", nothing, gives(`"booking_id":{"type":"string"}`)),
			cap("submitReview", "Submits a review.", takes("booking_id", ""), nil)}},
		"a generated name, and a bare id": {want: catalog.Reversible, caps: []catalog.Capability{
			cap("post_api_v2_bookings", "POST /api/v2/bookings — Create booking", nothing, nil),
			cap("post_api_v2_bookings_id_confirm", "POST /api/v2/bookings/{id}/confirm — Confirm booking", takes("id", ""), nil),
			cap("delete_api_v2_bookings_id", "DELETE /api/v2/bookings/{id} — Cancel booking", takes("id", ""), nil)}},
		"a bare id of something else": {want: catalog.Irreversible, caps: []catalog.Capability{
			cap("post_api_v2_bookings", "POST /api/v2/bookings — Create booking", nothing, nil),
			cap("post_api_v2_vouchers_id_confirm", "POST /api/v2/vouchers/{id}/confirm — Confirm voucher", takes("id", ""), nil),
			cap("delete_api_v2_bookings_id", "DELETE /api/v2/bookings/{id} — Cancel booking", takes("id", ""), nil)}},
		"nothing says that it lapses": {want: catalog.Irreversible, caps: []catalog.Capability{
			cap("createOrder", "创建订单", nothing, gives(`"orderId":{"type":"string"}`)),
			cap("payOrder", "支付", takes("orderId", ""), nil)}},
		"what takes the id itself makes none": {want: catalog.Irreversible, caps: []catalog.Capability{
			cap("lockRoom", "锁定房间", takes("room_id", ""), gives(`"room_id":{"type":"string"}`)),
			cap("confirmRoom", "确认", takes("room_id", ""), nil)}},
	} {
		catalog.WeighTogether(c.caps)
		if got := c.caps[0].Effect; got != c.want {
			t.Errorf("%s: got %s because %s, want %s", name, got, c.caps[0].EffectWhy, c.want)
		}
		if len(c.caps) > 1 && c.caps[1].Effect == catalog.Read {
			t.Errorf("%s: what finishes it reads only", name)
		}
	}
}
