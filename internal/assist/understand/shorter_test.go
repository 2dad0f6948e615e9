package understand_test

import (
	"strings"
	"testing"
)

// TestLabelsAreSaidShorter checks that the price and the word for a branch behind a label need not be said, and that what
// is refused is not taken.
func TestLabelsAreSaidShorter(t *testing.T) {
	t.Parallel()
	inputs := thing + `,"site":{"type":"string","enum":["N","R"],"description":"N 北门店，R 河滨店。未说明时为 N"},
	 "extras":{"type":"array","description":"加购：WRAP 礼盒包装 15 元，CARD 手写卡片 ¥5/张，SHELF 上架服务 20元","items":{"type":"string","enum":["WRAP","CARD","SHELF"]}}`
	for text, want := range map[string][2]string{
		"河滨店买一盏台灯，加礼盒包装":    {"extras=[WRAP]", "site=R"},
		"在河滨那家店买一盏台灯，要手写卡片": {"extras=[CARD]", "site=R"},
		"买一盏台灯，不要礼盒包装":      {"", "site=N"},
		"买一盏台灯，不用手写卡片":      {"", "site=N"},
	} {
		got := ordered(alone(t, "灯具店 lamps", inputs, `"thing_id"`, []string{"台灯|Desk lamp", "落地灯|Floor lamp"}, text))
		if !strings.Contains(got, want[0]) || !strings.Contains(got, want[1]) || want[0] == "" && strings.Contains(got, "extras=") {
			t.Errorf("%s: %s, want %v", text, got, want)
		}
	}
}

// TestAmountsStayApart checks that values which only their amounts tell apart are not said without them.
func TestAmountsStayApart(t *testing.T) {
	t.Parallel()
	inputs := thing + `,"card":{"type":"string","enum":["A","B"],"description":"A 礼品卡 50 元，B 礼品卡 100 元"}`
	th := alone(t, "灯具店 lamps", inputs, `"thing_id","card"`, []string{"台灯|Desk lamp"}, "买一盏台灯，带礼品卡")
	if got := ordered(th); strings.Contains(got, "card=A") || strings.Contains(got, "card=B") {
		t.Errorf("guessed the amount: %s", got)
	}
}

// TestNeededForSome checks that what must be told for some things is asked for these, and not for others.
func TestNeededForSome(t *testing.T) {
	t.Parallel()
	inputs := thing + `,"plug":{"type":"string","enum":["cn","uk"],"description":"插头：国标 cn、英标 uk。台灯和落地灯必填，其他不填"}`
	names := []string{"台灯|Desk lamp", "落地灯|Floor lamp", "蜡烛|Candle"}
	for text, asks := range map[string]bool{"买一盏台灯": true, "买一根蜡烛": false, "买一盏台灯，英标的": false} {
		if th := alone(t, "灯具店 lamps", inputs, `"thing_id"`, names, text); len(th.Asks) > 0 != asks {
			t.Errorf("%s: asked %v, want %v", text, th.Asks, asks)
		}
	}
}

// TestAnnouncedTotal checks that a sum of things which are named one by one is no further thing, and that what is said of
// all of them is heard for each.
func TestAnnouncedTotal(t *testing.T) {
	t.Parallel()
	inputs := thing + `,"site":{"type":"string","enum":["N","R"],"description":"取货门店：N 北门店，R 河滨店"}`
	got := ordered(alone(t, "灯具店，买灯 lamps", inputs, `"thing_id","site"`, []string{"台灯|Desk lamp", "落地灯|Floor lamp"}, "买两盏灯，河滨店取，一盏台灯，一盏落地灯"))
	if n := strings.Count(got, "site=R"); n != 2 || strings.Count(got, "thing_id=") != 2 {
		t.Errorf("%s: want two orders at R", got)
	}
}
