package plan_test

import (
	"testing"

	"github.com/bangwo/bangwo/internal/assist/plan"
)

// TestANameInBothLanguages checks that a name that is written in two languages side by side is known by each of them.
func TestANameInBothLanguages(t *testing.T) {
	list := []any{
		map[string]any{"code": "E", "name": "Evening sail 18:00-20:00 夜航"},
		map[string]any{"code": "W", "name": "Whale watching 09:00-13:00 观鲸之旅"},
		map[string]any{"code": "T", "name": "Two-island hop 双岛游"},
	}
	for query, want := range map[string]string{"whale watching": "W", "观鲸之旅": "W", "evening sail": "E", "夜航": "E", "双岛游": "T"} {
		c := plan.Choose(list, plan.Pick{Query: query, Said: query, Ask: true}, []string{"code"})
		if c.Index < 0 || list[c.Index].(map[string]any)["code"] != want {
			t.Errorf("%q chose %+v, want %s", query, c, want)
		}
	}
	if c := plan.Choose(list, plan.Pick{Query: "sunset dinner", Ask: true}, []string{"code"}); c.Index >= 0 {
		t.Errorf("what is not there was chosen: %+v", c)
	}
}
