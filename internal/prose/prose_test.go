package prose_test

import (
	"encoding/json"
	"testing"

	"github.com/bangwo/bangwo/internal/prose"
)

func TestRead(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"lines with codes": {"3 tours on 02-12-2026:\n[TR-7K] Old town walk | adult CNY 80.00 | starts 09:30 | 4 left\n[TR-8K] Night walk | adult CNY 95.00 | starts 19:00 | sold out",
			`{"items":[{"adult":"CNY 80.00","code":"TR-7K","name":"Old town walk","text":"[TR-7K] Old town walk | adult CNY 80.00 | starts 09:30 | 4 left","time":"09:30"},{"adult":"CNY 95.00","available":false,"code":"TR-8K","name":"Night walk","text":"[TR-8K] Night walk | adult CNY 95.00 | starts 19:00 | sold out","time":"19:00"}]}`},
		"a quote":         {"Quote QX81: two rafts, dep 14:00 on 28-11-2026. Total: CNY 240.50", `{"date":"2026-11-28","quote":"two rafts","quote_id":"QX81","time":"14:00","total":"CNY 240.50"}`},
		"a receipt":       {"Reserved! Reference RF-20. CNY 99.00 paid.", `{"price":"CNY 99.00","ref":"RF-20"}`},
		"Chinese receipt": {"预约成功！单号：YY10023。师傅将于2026-11-26 09:00-12:00上门。", `{"date":"2026-11-26","order_no":"YY10023","time":"09:00-12:00"}`},
		"a price list":    {"今日价格：\n黄铜 30元/公斤\n废铁 1.5元/公斤", `{"items":[{"name":"黄铜","price":"30元","text":"黄铜 30元/公斤"},{"name":"废铁","price":"1.5元","text":"废铁 1.5元/公斤"}]}`},
		"a table":         {"| Room | Rate | Room ID |\n|---|---|---|\n| Garden | ¥300 | G1 |\n| Tower | ¥420 | T9 |", `{"items":[{"rate":"¥300","room":"Garden","room_id":"G1"},{"rate":"¥420","room":"Tower","room_id":"T9"}]}`},
		"JSON in words":   {"Found 1:\n```json\n[{\"id\":\"a1\"}]\n```", `{"items":[{"id":"a1"}]}`},
		"blocks":          {"1. Blue kayak (ID: KY-2)\n   Price: ¥60 per hour\n   Stock: 3\n2. Red kayak (ID: KY-3)\n   Price: ¥70 per hour", `{"items":[{"id":"KY-2","name":"Blue kayak","price":"¥60 per hour","stock":"3","text":"Blue kayak (ID: KY-2)"},{"id":"KY-3","name":"Red kayak","price":"¥70 per hour","text":"Red kayak (ID: KY-3)"}]}`},
		"talk":            {"We are open from nine, and free shipping is offered.", ``},
		"dates are none":  {"Nothing found for 2026-12-03.", `{"date":"2026-12-03"}`},
	} {
		var got, want any
		raw := prose.Read([]string{c.text})
		if c.want == "" {
			if raw != nil {
				t.Errorf("%s: %s, want nothing", name, raw)
			}
			continue
		}
		if json.Unmarshal(raw, &got) != nil || json.Unmarshal([]byte(c.want), &want) != nil {
			t.Errorf("%s: %s", name, raw)
			continue
		}
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(want)
		if string(a) != string(b) {
			t.Errorf("%s:\n got %s\nwant %s", name, a, b)
		}
	}
}
