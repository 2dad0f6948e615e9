package plan_test

import (
	"testing"

	"github.com/bangwo/bangwo/internal/assist/plan"
)

// A character that two names share says what kind of thing they are, not that one is the other.
func TestACharacterIsNoName(t *testing.T) {
	t.Parallel()
	list := []any{
		map[string]any{"id": "a", "label": "Floor lamp 落地灯", "price": 80.0},
		map[string]any{"id": "b", "label": "Desk lamp 护眼台灯", "price": 60.0},
		map[string]any{"id": "c", "label": "Candle 香薰蜡烛", "price": 30.0},
	}
	for said, want := range map[string]int{"煤油灯": -1, "孔明灯": -1, "落地灯": 0, "台灯": 1, "蜡烛": 2} {
		got := plan.Choose(list, plan.Pick{Query: said, Said: "买一盏" + said, Ask: true}, []string{"id"})
		if got.Index != want {
			t.Errorf("%s: %d (%+v), want %d", said, got.Index, got.Why, want)
		}
	}
}
