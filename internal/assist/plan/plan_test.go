package plan_test

import (
	"encoding/json"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/money"
)

func list(t testing.TB, raw string) []any {
	t.Helper()
	var out []any
	if err := json.Unmarshal([]byte(raw), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

const drinks = `[{"id":1,"name":"榛果拿铁","price":22},{"id":2,"name":"拿铁","price":18},{"id":3,"name":"冰美式","price":15},{"id":4,"name":"拿铁","price":18,"soldOut":true}]`

func TestChoose(t *testing.T) {
	t.Parallel()
	ten := money.Of(1600, money.CNY)
	for name, c := range map[string]struct {
		list string
		pick plan.Pick
		want int // index, -1 for none
		near int // candidates of a close call
	}{
		"exact name wins over containing": {drinks, plan.Pick{Query: "拿铁"}, 1, 0},
		"the other language":              {drinks, plan.Pick{Query: "latte"}, 1, 0},
		"cheapest":                        {drinks, plan.Pick{Prefer: "cheapest"}, 2, 0},
		"the second":                      {drinks, plan.Pick{Index: 2}, 1, 0},
		"beyond the end":                  {drinks, plan.Pick{Index: 9}, -1, 0},
		"nothing like it":                 {drinks, plan.Pick{Query: "宫保鸡丁"}, -1, 0},
		"too dear is left out":            {drinks, plan.Pick{Query: "拿铁", Max: &ten}, -1, 0},
		"a kind of service is soft":       {`[{"type":"economy","fare":30},{"type":"comfort","fare":45}]`, plan.Pick{Query: "车", Soft: true}, 0, 0},
		"sold out is never chosen":        {`[{"name":"拿铁","stock":0}]`, plan.Pick{Query: "拿铁"}, -1, 0},
		"two good readings":               {`[{"name":"生椰拿铁"},{"name":"榛果拿铁"}]`, plan.Pick{Query: "拿铁"}, -1, 2},
		"the person's choice":             {drinks, plan.Pick{Query: "拿铁", Chosen: "3"}, 2, 0},
		"the nearest shop":                {`[{"name":"A","distance":900},{"name":"B","distance":"0.3km"}]`, plan.Pick{}, 1, 0},
		"the slot nearest to the time":    {`[{"slot":"x","start":"09:00"},{"slot":"y","start":"15:00"}]`, plan.Pick{At: "2026-11-24T15:10:00+08:00"}, 1, 0},
		"slots in seconds":                {`[{"slot":"x","startTime":1795503600},{"slot":"y","startTime":1795514400}]`, plan.Pick{At: "2026-11-24T18:00:00+08:00"}, 1, 0},
		"slots in milliseconds":           {`[{"slot":"x","begin":1795503600000},{"slot":"y","begin":1795514400000}]`, plan.Pick{At: "2026-11-24T15:00:00+08:00"}, 0, 0},
		"slots by the hour":               {`[{"n":"x","hour":9},{"n":"y","hour":15}]`, plan.Pick{At: "2026-11-24T15:00:00+08:00"}, 1, 0},
		"slots in words":                  {`[{"n":"x","time":"11月24日上午9点"},{"n":"y","time":"11月24日下午3点"}]`, plan.Pick{At: "2026-11-24T15:00:00+08:00"}, 1, 0},
		"slots within an object":          {`[{"n":"x","period":{"start":"09:00","end":"10:00"}},{"n":"y","period":{"start":"15:00","end":"16:00"}}]`, plan.Pick{At: "2026-11-24T15:00:00+08:00"}, 1, 0},
		"numbers that are no times":       {`[{"n":"x","slot":9},{"n":"y","slot":15}]`, plan.Pick{At: "2026-11-24T15:00:00+08:00", Query: "y"}, 1, 0},
		"half a name in a wider list":     {drinks, plan.Pick{Query: "榛果恐龙特饮", Said: "来杯榛果恐龙特饮", Loose: true}, -1, 0},
		"sold out is not swapped":         {`[{"name":"拿铁","stock":0},{"name":"榛果拿铁"}]`, plan.Pick{Query: "拿铁", Ranked: true}, -1, 0},
		"no slot near the time":           {`[{"slot":"x","start":"09:00"},{"slot":"y","start":"10:00"}]`, plan.Pick{At: "2026-11-24T15:10:00+08:00"}, -1, 2},
	} {
		got := plan.Choose(list(t, c.list), c.pick, []string{"id"})
		if got.Index != c.want || len(got.Close) != c.near {
			t.Errorf("%s: %+v, want %d and %d candidates", name, got, c.want, c.near)
		}
	}
}

func TestResolve(t *testing.T) {
	t.Parallel()
	results := map[string]json.RawMessage{"s1": json.RawMessage(`{"data":{"items":` + drinks + `},"token":"t"}`)}
	step := plan.Step{ID: "s2", Args: map[string]plan.Arg{
		"id":    {Ref: &plan.Ref{Step: "s1", Path: []string{"data", "items", "*", "id"}, Pick: &plan.Pick{Query: "拿铁"}}},
		"deep":  {Ref: &plan.Ref{Step: "s1", Path: []string{"**", "id"}, Pick: &plan.Pick{Query: "冰美式"}}},
		"nest":  {Object: map[string]plan.Arg{"token": {Ref: &plan.Ref{Step: "s1", Path: []string{"token"}}}}},
		"plain": {Value: "x"},
	}}
	r, err := plan.Resolve(step, results)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(catalog.MustJSON(r.Args)); got != `{"deep":3,"id":2,"nest":{"token":"t"},"plain":"x"}` {
		t.Error(got)
	}
	if len(r.Picked) != 2 {
		t.Errorf("picked %+v", r.Picked)
	}
	missing := plan.Step{ID: "s2", Args: map[string]plan.Arg{"x": {Ref: &plan.Ref{Step: "s1", Path: []string{"nope"}}}}}
	if _, err := plan.Resolve(missing, results); !fault.Is(err, fault.Merchant) {
		t.Errorf("a result that lacks what it promised is the merchant's fault, got %v", err)
	}
	var nothing *plan.Nothing
	none := plan.Step{ID: "s2", Args: map[string]plan.Arg{"x": {Ref: &plan.Ref{Step: "s1", Path: []string{"data", "items", "*", "id"}, Pick: &plan.Pick{Query: "宫保鸡丁"}}}}}
	if _, err := plan.Resolve(none, results); !errors.As(err, &nothing) {
		t.Errorf("want Nothing, got %v", err)
	}
}

func schema(t testing.TB, raw string) *catalog.Schema {
	t.Helper()
	s, err := catalog.ParseSchema([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCheckRefuses(t *testing.T) {
	t.Parallel()
	book := catalog.Capability{Service: "a", Name: "book", Effect: catalog.Irreversible, Input: schema(t, `{"type":"object","properties":{"n":{"type":"integer"},"size":{"enum":["s","m"]}},"required":["n"],"additionalProperties":false}`)}
	find := func(service, _, name string) (catalog.Capability, bool) {
		return book, service == "a" && name == "book"
	}
	good := plan.Step{ID: "s1", Service: "a", Capability: "book", Effect: catalog.Irreversible, Args: map[string]plan.Arg{"n": {Value: 2.0}}}
	if err := plan.Check(&plan.Plan{Steps: []plan.Step{good}}, find); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*plan.Step){
		"a milder effect":       func(s *plan.Step) { s.Effect = catalog.Read },
		"an unknown capability": func(s *plan.Step) { s.Capability = "pay" },
		"a missing input":       func(s *plan.Step) { s.Args = nil },
		"a wrong type":          func(s *plan.Step) { s.Args = map[string]plan.Arg{"n": {Value: "two"}} },
		"a fraction":            func(s *plan.Step) { s.Args = map[string]plan.Arg{"n": {Value: 1.5}} },
		"a value beyond enum":   func(s *plan.Step) { s.Args = map[string]plan.Arg{"n": {Value: 1.0}, "size": {Value: "xl"}} },
		"an unknown input":      func(s *plan.Step) { s.Args = map[string]plan.Arg{"n": {Value: 1.0}, "payee": {Value: "me"}} },
		"a forward reference": func(s *plan.Step) {
			s.Args = map[string]plan.Arg{"n": {Ref: &plan.Ref{Step: "s9", Path: []string{"n"}}}}
		},
		"a reference to itself": func(s *plan.Step) {
			s.Args = map[string]plan.Arg{"n": {Ref: &plan.Ref{Step: "s1", Path: []string{"n"}}}}
		},
	} {
		s := good
		spoil(&s)
		if err := plan.Check(&plan.Plan{Steps: []plan.Step{s}}, find); err == nil {
			t.Errorf("%s passed the check", name)
		}
	}
}

// TestChooseNeverBreaks feeds arbitrary lists: a choice is always an index of the list or none.
func TestChooseNeverBreaks(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 8).Draw(t, "n")
		var in []any
		for range n {
			in = append(in, rapid.SampledFrom([]any{"x", 1.5, nil, true, []any{}, map[string]any{"name": "拿铁", "price": -3.0}, map[string]any{"name": map[string]any{"zh": "茶"}, "price": "¥9"}, map[string]any{"title": ""}}).Draw(t, "e"))
		}
		p := plan.Pick{Query: rapid.SampledFrom([]string{"", "拿铁", "tea", "\u0000"}).Draw(t, "q"), Prefer: rapid.SampledFrom([]string{"", "cheapest", "nearest", "odd"}).Draw(t, "p"), Index: rapid.IntRange(-1, 9).Draw(t, "i"), Soft: rapid.Bool().Draw(t, "s")}
		c := plan.Choose(in, p, []string{"id"})
		if c.Index < -1 || c.Index >= len(in) || (c.Index >= 0 && c.Why.Key == "") {
			t.Fatalf("%+v of %d", c, len(in))
		}
	})
}
