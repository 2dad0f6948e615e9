package run_test

import (
	"encoding/json"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/track"
)

// TestMinimumsAreRead reads what a merchant wants at the least from its words or its structure, and nothing into others.
func TestMinimumsAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]run.Least{
		"起送价 20 元":                              {Minor: 20_00},
		"未达到起送价，起送价为¥25.50":                     {Minor: 25_50},
		"还差 6 元起送":                              {Gap: 6_00},
		"满30元起送，还差12元":                          {Minor: 30_00, Gap: 12_00},
		"2份起购":                                  {Count: 2},
		"Minimum order is ¥30":                  {Minor: 30_00},
		"Below the minimum: add ¥5 more please": {Gap: 5_00},
		"order too small":                       {},
	} {
		if got := run.ReadRefusal(track.Result{IsError: true, Text: []string{text}}); got.Kind != run.TooLittle || got.Least != want {
			t.Errorf("%s: %s %+v", text, got.Kind, got.Least)
		}
	}
	coded := track.Result{IsError: true, Structured: json.RawMessage(`{"code":"MIN_ORDER","min_order_amount":40}`)}
	if got := run.ReadRefusal(coded); got.Kind != run.TooLittle || got.Least.Minor != 40_00 {
		t.Errorf("%+v", got)
	}
	for _, text := range []string{"只剩 2 份", "sold out", "价格已变动，现价 20 元", "no such dish"} {
		if got := run.ReadRefusal(track.Result{IsError: true, Text: []string{text}}); got.Kind == run.TooLittle || got.Least != (run.Least{}) {
			t.Errorf("%s: %+v", text, got)
		}
	}
}
