package quote_test

import (
	"encoding/json"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
)

// TestDeposit checks that a deposit which is what is paid is all that is taken, and that one which is held beside the
// price, or of which nothing says that it is paid now, changes nothing.
func TestDeposit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		call, deposit string
		want          int64
	}{
		{"Books a crew. The customer pays the deposit on the page; the rest later.", "Deposit, yuan", 11400},
		{"Price of a crew. Nothing is booked.", "Deposit to be paid now, yuan", 11400},
		{"预约师傅，先支付定金，尾款完工后付", "定金（元）", 11400},
		{"Rents a car.", "Security deposit, paid first and given back, yuan", 56800},
		{"租车下单，需支付押金", "押金（元），可退", 56800},
		{"Books a crew.", "Deposit, yuan", 56800},
	} {
		var out catalog.Schema
		schema := `{"type":"object","properties":{"total":{"type":"number","description":"总价 in all, yuan"},"deposit":{"type":"number","description":` + string(catalog.MustJSON(c.deposit)) + `}}}`
		if err := json.Unmarshal([]byte(schema), &out); err != nil {
			t.Fatal(err)
		}
		capability := catalog.Capability{Name: "bookCrew", Description: c.call, Input: &catalog.Schema{Type: "object"}, Output: &out}
		q, ok := quote.Read(capability, plan.GoalPlan{ID: "g1", Title: "crew"}, plan.Step{ID: "s1", Goal: "g1"}, map[string]any{},
			track.Result{Structured: json.RawMessage(`{"total":568,"deposit":114}`)}, nil, catalog.Service{ID: "s", Currency: "CNY"})
		if !ok || q.Amount.Minor != c.want {
			t.Errorf("%s / %s: %v %d, want %d", c.call, c.deposit, ok, q.Amount.Minor, c.want)
		}
		var sum int64
		for _, l := range q.Lines {
			sum += l.Amount
		}
		if sum != q.Amount.Minor {
			t.Errorf("%s / %s: the lines come to %d, the amount is %d", c.call, c.deposit, sum, q.Amount.Minor)
		}
	}
}

// TestDepositOfWhatWasPicked checks that the deposit of a picked element, or of what a hold says of itself, is all that is
// taken where the final call says that it charges the deposit; a deposit of nothing makes the booking free, and a call that
// charges the price takes the price.
func TestDepositOfWhatWasPicked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		call, element, held string
		want                int64
	}{
		{"Turns the reservation of a slot into a booking and charges the deposit.", `{"name":"Bridal shoot","fee_cents":90000,"deposit_cents":15000}`, "", 15000},
		{"Turn a hold into a booking and charge the deposit, if there is one.", `{"name":"Passport photo","fee_cents":6000,"deposit_cents":0}`, "", 0},
		{"Turn a hold into a booking and charge the deposit.", `{"name":"Bridal shoot","fee_cents":90000}`, `{"ref":"h7","deposit_cents":20000}`, 20000},
		{"Turn a hold into a booking and charge it.", `{"name":"Bridal shoot","fee_cents":90000,"deposit_cents":15000}`, `{"ref":"h7","deposit_cents":15000}`, 90000},
	} {
		capability := catalog.Capability{Name: "confirm_shoot", Description: c.call, Input: &catalog.Schema{Type: "object"}}
		picked := []plan.Picked{{Step: "s1", Arg: "shoot", Title: "shoot", Element: json.RawMessage(c.element)}}
		if c.held != "" {
			picked = append(picked, plan.Picked{Step: "s2", Element: json.RawMessage(c.held)})
		}
		q, ok := quote.Read(capability, plan.GoalPlan{ID: "g1", Title: "shoot"}, plan.Step{ID: "s3", Goal: "g1"}, map[string]any{"hold": "h7"},
			track.Result{}, picked, catalog.Service{ID: "s", Currency: "CNY"})
		if !ok || q.Amount.Minor != c.want {
			t.Errorf("%s %s %s: %v %d, want %d", c.call, c.element, c.held, ok, q.Amount.Minor, c.want)
		}
	}
}
