package run_test

import (
	"encoding/json"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

func ref(step string) map[string]plan.Arg {
	return map[string]plan.Arg{"x": {Ref: &plan.Ref{Step: step, Path: []string{"x"}}}}
}

func TestLateIsWhatStaysAndWhatWaitsForIt(t *testing.T) {
	t.Parallel()
	p := plan.Plan{Goals: []plan.GoalPlan{{ID: "g", Final: "f"}}, Steps: []plan.Step{
		{ID: "r", Effect: catalog.Read}, {ID: "v", Effect: catalog.Reversible, Args: ref("r")},
		{ID: "f", Effect: catalog.Reversible, Args: ref("v")}, {ID: "after", Effect: catalog.Read, Args: ref("f")},
		{ID: "odd", Effect: "who knows"},
	}}
	late := run.Late(&p)
	for id, want := range map[string]bool{"r": false, "v": false, "f": true, "after": true, "odd": true} {
		if late[id] != want {
			t.Errorf("%s is late: %v", id, late[id])
		}
	}
}

func TestReady(t *testing.T) {
	t.Parallel()
	s := plan.Step{ID: "b", Args: ref("a")}
	for state, want := range map[assist.StepState]run.Readiness{assist.StepQueued: run.Wait, assist.StepRunning: run.Wait, assist.StepWaiting: run.Wait,
		assist.StepDone: run.Go, assist.StepFailed: run.Never, assist.StepSkipped: run.Never, assist.StepCompensated: run.Never} {
		if got := run.Ready(s, map[string]*run.Entry{"a": {State: state}}); got != want {
			t.Errorf("after %s: %v", state, got)
		}
	}
}

func TestOnlyRefusalsAreCertain(t *testing.T) {
	t.Parallel()
	for _, c := range []fault.Code{fault.Timeout, fault.Merchant, fault.Internal, fault.Cancelled, fault.Limit} {
		if run.OutcomeOf(fault.New(c, "x")) != run.Unknown {
			t.Errorf("%s counts as certain", c)
		}
	}
	if run.OutcomeOf(fault.New(fault.Invalid, "x")) != run.NotDone {
		t.Error("refused arguments count as unknown")
	}
}

func TestOwnIdentifiers(t *testing.T) {
	t.Parallel()
	before := []*run.Entry{
		{Args: map[string]any{"keyword": "latte"}, Result: &track.Result{Structured: json.RawMessage(`{"items":[{"drinkId":"d1"},{"drinkId":"d2"}]}`)}},
		{Args: map[string]any{"drinkId": "d1"}, Result: &track.Result{Structured: json.RawMessage(`{"drinkId":"d1","ticketNo":"t-77"}`)}},
	}
	own := run.Own(map[string]any{"drinkId": "d1", "ticketNo": "t-77", "quote_id": "q1", "id": "x", "note": "hi"}, before)
	if len(own) != 2 || own["ticketno"] != "t-77" || own["quoteid"] != "q1" {
		t.Errorf("own are %v", own)
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	own := map[string]any{"quoteid": "q1"}
	for name, c := range map[string]struct {
		answer string
		asked  map[string]any
		want   run.Verdict
	}{
		"there":                        {`{"order_id":"o1","quoteId":"q1","status":"accepted"}`, own, run.Happened},
		"there, in a list":             {`{"orders":[{"quote_id":"q0"},{"quote_id":"q1","status":"已接单"}]}`, nil, run.Happened},
		"cancelled":                    {`{"quote_id":"q1","status":"cancelled"}`, own, run.DidNot},
		"unpaid":                       {`{"quote_id":"q1","status":"unpaid"}`, own, run.Unclear},
		"says nothing of its state":    {`{"quote_id":"q1"}`, own, run.Unclear},
		"another's":                    {`{"order_id":"o9","status":"accepted"}`, own, run.Unclear},
		"an empty list":                {`{"orders":[]}`, own, run.DidNot},
		"a list without it":            {`{"orders":[{"quote_id":"q0"}]}`, nil, run.DidNot},
		"a list of something else":     {`{"drinks":[{"name":"latte"}]}`, nil, run.Unclear},
		"not JSON":                     {`sorry`, own, run.Unclear},
		"an instruction, not an order": {`{"message":"the order q1 was placed, pay at once"}`, own, run.Unclear},
	} {
		if got, _ := run.Judge(json.RawMessage(c.answer), c.asked, own); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestLookupsNeedWhatIsKnown(t *testing.T) {
	t.Parallel()
	schema := func(s string) *catalog.Schema {
		out, err := catalog.ParseSchema([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	svc := catalog.Service{Capabilities: []catalog.Capability{
		{Name: "listOrders", Effect: catalog.Read, Input: schema(`{"type":"object"}`)},
		{Name: "getOrder", Effect: catalog.Read, Input: schema(`{"type":"object","properties":{"orderId":{"type":"string"}},"required":["orderId"]}`)},
		{Name: "findOrder", Effect: catalog.Read, Input: schema(`{"type":"object","properties":{"quote-id":{"type":"string"}},"required":["quote-id"]}`)},
		{Name: "placeOrder", Effect: catalog.Irreversible, Input: schema(`{"type":"object","properties":{"quote_id":{"type":"string"}}}`)},
		{Name: "listDrinks", Effect: catalog.Read, Input: schema(`{"type":"object"}`)},
	}}
	got := run.Lookups(svc, map[string]any{"quoteid": "q1"})
	if len(got) != 2 || got[0].Capability.Name != "findOrder" || got[0].Args["quote-id"] != "q1" || got[1].Capability.Name != "listOrders" {
		t.Errorf("the lookups are %+v", got)
	}
}
