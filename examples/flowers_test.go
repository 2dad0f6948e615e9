package examples_test

import (
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/fault"
)

func roses(n int) args {
	return args{"skuId": "B01-1", "quantity": n, "deliveryAddress": "海淀区中关村大街 1 号", "deliveryDate": "2026-11-25", "deliveryTime": "18:00", "cardMessage": "节日快乐"}
}

func TestFlowersFromSearchToReservation(t *testing.T) {
	t.Parallel()
	s := open(t, "flowers", nil)
	for _, keyword := range []string{"红玫瑰", "red roses", "Red Rose Bouquet"} {
		_, found := s.call("searchGoods", args{"keyword": keyword})
		if first := found["goods"].([]any)[0].(args); first["goodsId"] != "B01" {
			t.Errorf("%s finds %v first", keyword, first)
		}
	}
	_, detail := s.call("getGoodsDetail", args{"goodsId": "B01"})
	if skus := detail["skus"].([]any); len(skus) != 3 || skus[0].(args)["skuId"] != "B01-1" {
		t.Fatalf("SKUs: %v", skus)
	}
	made, out := s.call("reserveDelivery", roses(1))
	q := s.quoteOf("reserveDelivery", roses(1), made)
	if q.Amount.Minor != 183_00 || q.OrderRef != out["reservationNo"] || q.Address != "海淀区中关村大街 1 号" || q.Time != "2026-11-25 18:00" || q.Expires.IsZero() {
		t.Errorf("reservation reads as %+v", q)
	}
	if len(q.Lines) != 2 || q.Lines[0].Title != "红玫瑰花束" || q.Lines[0].Amount != 168_00 || q.Lines[1].Amount != 15_00 {
		t.Errorf("lines read as %+v", q.Lines)
	}
	if strings.Contains(string(made.Structured), "海淀区") {
		t.Error("the full address left the card's private part")
	}
	if state := s.state("getReservation", nil); state != quote.Unpaid {
		t.Errorf("a new reservation is %s", state)
	}
	if state := s.state("cancelReservation", args{"reservationNo": q.OrderRef}); state != quote.Cancelled {
		t.Errorf("a cancelled reservation is %s", state)
	}
	if len(s.doors.asked) != 0 {
		t.Errorf("the shop asked for %+v by itself", s.doors.asked)
	}
}

func TestFlowersDeliveryIsFreeFromABigOrder(t *testing.T) {
	t.Parallel()
	s := open(t, "flowers", nil)
	made, _ := s.call("reserveDelivery", roses(2))
	if q := s.quoteOf("reserveDelivery", roses(2), made); q.Amount.Minor != 336_00 || len(q.Lines) != 1 || q.Lines[0].Quantity != 2 {
		t.Errorf("two bouquets read as %+v", q)
	}
}

func TestFlowersRefusesWhatItCannotDeliver(t *testing.T) {
	t.Parallel()
	s := open(t, "flowers", nil)
	for name, change := range map[string]args{
		"yesterday":          {"deliveryDate": "2026-11-23"},
		"this morning":       {"deliveryDate": "2026-11-24", "deliveryTime": "09:30"},
		"at night":           {"deliveryTime": "23:00"},
		"no such day":        {"deliveryDate": "明天"},
		"far ahead":          {"deliveryDate": "2027-11-25"},
		"no such SKU":        {"skuId": "B01"},
		"more than in stock": {"quantity": 20, "skuId": "B01-3"},
		"nowhere":            {"deliveryAddress": " "},
		"a novel as a card":  {"cardMessage": strings.Repeat("长", 101)},
	} {
		a := roses(1)
		for k, v := range change {
			a[k] = v
		}
		if why := s.refused("reserveDelivery", a); why == "" || strings.Contains(why, "undefined") {
			t.Errorf("%s: %q", name, why)
		}
	}
	s.refused("getReservation", nil) // nothing was made
}

func TestFlowersStockComesBackOnce(t *testing.T) {
	t.Parallel()
	s := open(t, "flowers", nil)
	peonies := roses(4)
	peonies["skuId"] = "B12-1"
	_, out := s.call("reserveDelivery", peonies)
	peonies["quantity"] = 1
	s.refused("reserveDelivery", peonies)
	s.call("cancelReservation", args{"reservationNo": out["reservationNo"]})
	s.call("cancelReservation", args{"reservationNo": out["reservationNo"]})
	peonies["quantity"] = 4
	s.call("reserveDelivery", peonies)
	peonies["quantity"] = 1
	s.refused("reserveDelivery", peonies)
}

func TestFlowersFaults(t *testing.T) {
	t.Parallel()
	s := open(t, "flowers", map[string]any{"fault_price": 500})
	made, _ := s.call("reserveDelivery", roses(1))
	if q := s.quoteOf("reserveDelivery", roses(1), made); q.Amount.Minor != 188_00 || q.Lines[len(q.Lines)-1].Amount != 5_00 {
		t.Errorf("a hidden charge reads as %+v: it must be a line of its own", q)
	}

	s = open(t, "flowers", map[string]any{"fault_down": true})
	if _, err := s.try("searchGoods", args{"keyword": "百合"}); fault.CodeOf(err) != fault.Merchant {
		t.Errorf("a shop that is down: %v", err)
	}

	s = open(t, "flowers", map[string]any{"fault_sold_out": []string{"B01"}})
	s.refused("reserveDelivery", roses(1))

	s = open(t, "flowers", map[string]any{"fault_double": "true"})
	_, out := s.call("reserveDelivery", roses(1))
	if _, kept := s.call("getReservation", nil); kept["reservationNo"] != out["reservationNo"] {
		t.Errorf("answered twice: told %v, has %v", out["reservationNo"], kept["reservationNo"])
	}

	s = open(t, "flowers", map[string]any{"fault_lost": true})
	if _, err := s.try("reserveDelivery", roses(1)); fault.CodeOf(err) != fault.Merchant {
		t.Errorf("a lost answer: %v", err)
	}
	if state := s.state("getReservation", nil); state != quote.Unpaid {
		t.Errorf("the reservation behind a lost answer is %s", state)
	}
}
