package desk_test

import (
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/track"
)

// TestBilingualTitlesAreShownInTheTurnsLanguage splits titles that clearly are two, and leaves all others whole.
func TestBilingualTitlesAreShownInTheTurnsLanguage(t *testing.T) {
	t.Parallel()
	for title, want := range map[string][2]string{
		"冰美式 Iced Americano": {"冰美式", "Iced Americano"}, "Economy / 快车": {"快车", "Economy"}, "拿铁（Latte）": {"拿铁", "Latte"},
		"iPhone 17 手机壳": {"iPhone 17 手机壳", "iPhone 17 手机壳"}, "A型血检测": {"A型血检测", "A型血检测"}, "可乐 XL": {"可乐 XL", "可乐 XL"},
		"Latte": {"Latte", "Latte"}, "拿铁": {"拿铁", "拿铁"}, "卡布奇诺 Cappuccino 大杯": {"卡布奇诺 Cappuccino 大杯", "卡布奇诺 Cappuccino 大杯"},
	} {
		for i, lang := range []string{"zh", "en"} {
			w := newWorld(t)
			openMenu(w, "cafe", title, false, dish{id: "a", name: title, price: 18_00})
			p := menuErrand("cafe", title)
			p.Steps[1].Args["item"].Ref.Pick.Query = ""
			w.mind.think = func(assist.Request) assist.Thought { return assist.Thought{Lang: lang, Plan: &p} }
			w.merchants.after = func(string, track.Call) error { return nil }
			w.say("it")
			b, at := w.bundle(0)
			notes := ""
			for _, e := range w.events() {
				if e.kind == assist.EventStep && e.seq < at {
					var s assist.StepChanged
					e.into(t, &s)
					notes += s.Note + "\n"
				}
			}
			if b.Bundle.Quotes[0].Lines[0].Title != want[i] || !strings.Contains(notes, want[i]) {
				t.Errorf("%q in %s: %q, notes %q", title, lang, b.Bundle.Quotes[0].Lines[0].Title, notes)
			}
			if lang == "zh" && strings.Contains(notes, "the only one") || lang == "en" && strings.Contains(notes, "只有") {
				t.Errorf("notes in the wrong language: %q", notes)
			}
		}
	}
}

// TestCandidatesAreNamedInTheTurnsLanguage uses a merchant's own title in the language, where it states one.
func TestCandidatesAreNamedInTheTurnsLanguage(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string]string{"zh": "浓缩", "en": "Espresso"} {
		w := newWorld(t)
		openMenu(w, "cafe", "zzz", false)
		w.merchants.hook = func(_ string, c track.Call) (track.Result, error, bool) {
			return says(map[string]any{"items": []any{map[string]any{"id": "a", "name": "浓缩", "nameEn": "Espresso", "categoryName": "Coffee"}}}), nil, c.Capability == "search"
		}
		p := menuErrand("cafe", "zzz")
		w.mind.think = func(assist.Request) assist.Thought { return assist.Thought{Lang: lang, Plan: &p} }
		w.say("it")
		if q, _ := w.question(0); q.Choices[0].Label != want {
			t.Errorf("%s: %+v", lang, q.Choices)
		}
	}
}
