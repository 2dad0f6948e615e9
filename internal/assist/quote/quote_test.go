package quote_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

type readCase struct {
	name   string
	effect catalog.Effect
	output string // properties of the output schema, "" for no schema
	input  string // properties of the input schema
	args   string
	result string
	picked []plan.Picked

	refused bool
	want    string // "amount currency[ est] ref | title (options) ×q amount; … | address | time"
}

func schema(t *testing.T, props string) *catalog.Schema {
	t.Helper()
	if props == "" {
		return nil
	}
	s, err := catalog.ParseSchema([]byte(`{"type":"object","properties":{` + props + `}}`))
	if err != nil {
		t.Fatalf("schema: %v", err)
	}
	return s
}

func read(t *testing.T, c readCase) (order.Quote, bool) {
	t.Helper()
	args := map[string]any{}
	if c.args != "" {
		if err := json.Unmarshal([]byte(c.args), &args); err != nil {
			t.Fatalf("args: %v", err)
		}
	}
	capability := catalog.Capability{Service: "svc", Name: "api", Effect: c.effect, Input: schema(t, c.input), Output: schema(t, c.output)}
	svc := catalog.Service{ID: "svc", Name: "Shop", Payee: "m1", Capabilities: []catalog.Capability{capability}}
	return quote.Read(capability, plan.GoalPlan{ID: "g1", Order: true}, plan.Step{ID: "s1", Goal: "g1"}, args,
		track.Result{Structured: json.RawMessage(c.result)}, c.picked, svc)
}

func show(q order.Quote) string {
	var lines []string
	for _, l := range q.Lines {
		s := l.Title
		if len(l.Options) > 0 {
			s += " (" + strings.Join(l.Options, ",") + ")"
		}
		lines = append(lines, fmt.Sprintf("%s ×%d %d", s, l.Quantity, l.Amount))
	}
	head := fmt.Sprintf("%d %s", q.Amount.Minor, q.Amount.Currency)
	if q.Estimated {
		head += " est"
	}
	if q.OrderRef != "" {
		head += " " + q.OrderRef
	}
	return strings.TrimRight(strings.Join([]string{head, strings.Join(lines, "; "), q.Address, q.Time}, " | "), " |")
}

func TestReadManyShapes(t *testing.T) {
	t.Parallel()
	for _, c := range readCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			q, ok := read(t, c)
			if ok == c.refused {
				t.Fatalf("ok = %v, quote %s", ok, show(q))
			}
			if !ok {
				return
			}
			if got := show(q); got != c.want {
				t.Errorf("\n got %s\nwant %s\ndetails %v", got, c.want, q.Details)
			}
			if q.Goal != "g1" || q.Service != "svc" || q.Payee != "m1" || q.PayeeName != "Shop" {
				t.Errorf("goal, service or payee is not the caller's: %+v", q)
			}
		})
	}
}

func TestWithoutArgumentsOnlyTheMerchantSpeaks(t *testing.T) {
	t.Parallel()
	svc := catalog.Service{ID: "svc", Name: "Shop", Payee: "m1"}
	q, ok := quote.Read(catalog.Capability{Name: "pay", Title: "Pay"}, plan.GoalPlan{ID: "g1", Title: "two lattes"}, plan.Step{}, nil,
		track.Result{Structured: json.RawMessage(`{"orderId":"k","payable":"36.00","status":"paid"}`)}, nil, svc)
	if !ok || q.Amount.Minor != 3600 || len(q.Lines) != 0 {
		t.Errorf("a line was made up: %+v", q)
	}
}
