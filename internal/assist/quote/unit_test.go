package quote_test

import (
	"encoding/json"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
)

// TestAServiceTellsItsUnit checks that what a service says of its prices in words settles the unit of large whole sums, and
// that nothing is read where it says none or both.
func TestAServiceTellsItsUnit(t *testing.T) {
	t.Parallel()
	result := track.Result{Structured: json.RawMessage(`{"ref":"a1","amount":2400,"currency":"CNY"}`)}
	for text, want := range map[string]int64{
		"Berths and moorings. Prices in CNY.":                     240000,
		"帆船泊位。所有金额单位为分。":                                          2400,
		"Berths and moorings.":                                    -1,
		"Prices in CNY. Amounts of deposits are in minor units.":  -1,
		"We do not sell in EUR or anywhere near cents. No prices": -1,
	} {
		c := catalog.Capability{Name: "hold", Description: "Hold a berth", Input: &catalog.Schema{Type: "object"}}
		q, ok := quote.Read(c, plan.GoalPlan{ID: "g1", Title: "berth"}, plan.Step{ID: "s1", Goal: "g1"}, map[string]any{}, result, nil, catalog.Service{ID: "s", Currency: "CNY", Instruction: text})
		if got := q.Amount.Minor; ok && got != want || !ok && want >= 0 {
			t.Errorf("%s: %v %d, want %d", text, ok, got, want)
		}
	}
	if !quote.States(result) {
		t.Error("a sum whose unit nobody tells passes for none")
	}
	if quote.States(track.Result{Structured: json.RawMessage(`{"ref":"a1","status":"booked","count":3}`)}) {
		t.Error("a booking without a sum is said to cost something")
	}
}
