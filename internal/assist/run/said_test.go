package run_test

import (
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/run"
)

// A person hears what happened, and nothing that was meant for whoever reads it to them.
func TestInstructionsAreNotForPeople(t *testing.T) {
	for text, want := range map[string]string{
		"门店「城南店」当前暂停营业。禁止向用户宣布已成功，请引导用户更换门店。":                         "门店「城南店」当前暂停营业。",
		"禁止编造商品名再次调用本接口。没有这件商品。":                                      "没有这件商品。",
		"The slot is taken. Do not tell the user that it was booked.": "The slot is taken.",
		"Never retry. Ask the customer for another day.":              "",
		"已售罄": "已售罄",
		"The total is 12.50 yuan. Nothing was ordered.": "The total is 12.50 yuan. Nothing was ordered.",
		"余额不足，请先充值。":                                    "余额不足，请先充值。",
		"":                                              "",
	} {
		got := run.ForPeople(text)
		if strings.Join(strings.Fields(got), " ") != want {
			t.Errorf("%q tells %q, want %q", text, got, want)
		}
	}
}
