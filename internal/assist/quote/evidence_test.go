package quote_test

import (
	"encoding/json"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
)

// TestUnitsComeFromEvidence reads bare numbers by what stands beside them; only without any they are a guess, and say so.
func TestUnitsComeFromEvidence(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw     string
		text    []string
		minor   int64 // -1: no quote
		guessed bool
	}{
		"nothing tells":                       {`{"orderId":"1","total":540}`, nil, 54000, true},
		"too large to be taken for yuan":      {`{"orderId":"1","total":5400}`, nil, -1, false},
		"a text beside it":                    {`{"orderId":"1","total":5400,"totalText":"¥54.00"}`, nil, 5400, false},
		"small, in fen":                       {`{"orderId":"1","total":540,"display":"5.40元"}`, nil, 540, false},
		"the merchant's words":                {`{"orderId":"1","total":540}`, []string{"合计 5.4 元，请确认"}, 540, false},
		"the merchant's words, in yuan":       {`{"orderId":"1","total":54}`, []string{"Total: ¥54.00"}, 5400, false},
		"words of other money":                {`{"orderId":"1","total":540}`, []string{"满 99 元减 5 元"}, 54000, true},
		"both readings are there":             {`{"orderId":"1","total":540,"a":"5.40元","b":"540元"}`, nil, 54000, true},
		"a line with a fraction":              {`{"orderId":"1","total":36,"items":[{"name":"A","price":17.5,"quantity":1},{"name":"B","price":18.5,"quantity":1}]}`, nil, 3600, false},
		"a fraction that is no price":         {`{"orderId":"1","total":540,"rating":4.5}`, nil, 54000, true},
		"lines in fen add up to a fen total":  {`{"orderId":"1","totalFen":540,"items":[{"name":"A","price":540,"quantity":1}]}`, nil, 540, false},
		"lines in yuan add up to a fen total": {`{"orderId":"1","totalFen":5400,"items":[{"name":"A","price":18,"quantity":3}]}`, nil, 5400, false},
	} {
		capability := catalog.Capability{Name: "preview", Effect: catalog.Read}
		q, ok := quote.Read(capability, plan.GoalPlan{ID: "g1", Title: "x"}, plan.Step{}, map[string]any{}, track.Result{Structured: json.RawMessage(c.raw), Text: c.text}, nil, catalog.Service{Name: "S"})
		if ok != (c.minor >= 0) || ok && (q.Amount.Minor != c.minor || q.Guessed != c.guessed) {
			t.Errorf("%s: %v %d guessed %v, want %d %v", name, ok, q.Amount.Minor, q.Guessed, c.minor, c.guessed)
		}
		var sum int64
		for _, l := range q.Lines {
			sum += l.Amount
		}
		if ok && len(q.Lines) > 0 && sum != q.Amount.Minor {
			t.Errorf("%s: the lines add up to %d of %d", name, sum, q.Amount.Minor)
		}
	}
}
