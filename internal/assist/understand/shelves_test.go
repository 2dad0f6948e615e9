package understand_test

import (
	"encoding/json"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
)

// noodleBar takes one list of dishes in Chinese, its options in other words than its codes.
const noodleBar = `{"type":"object","required":["dishes"],"properties":{"dishes":{"type":"array","description":"要点的面","items":{"type":"object","required":["dish","count"],"properties":{
	"dish":{"type":"string","enum":["N1","N2","N3"],"description":"面的种类：N1 牛肉面/红烧牛肉面，N2 阳春面，N3 酸辣粉"},
	"count":{"type":"integer","minimum":1,"description":"份数"},
	"spicy":{"type":"string","enum":["none","mild","hot"],"description":"辣度：none 不辣，mild 微辣，hot 特辣"},
	"add":{"type":"array","items":{"type":"string","enum":["egg","tofu","greens","coriander"]},"description":"加料：egg 卤蛋，tofu 豆腐，greens 青菜，coriander 香菜"},
	"without":{"type":"array","items":{"type":"string","enum":["egg","tofu","greens","coriander"]},"description":"不要的配料：egg 卤蛋，tofu 豆腐，greens 青菜，coriander 香菜"}}}},
	"note":{"type":"string","description":"备注"}}}`

// florist takes bouquets and cards in lists of their own, in English.
const florist = `{"type":"object","properties":{
	"bouquets":{"type":"array","title":"bouquets","items":{"type":"object","required":["flower"],"properties":{
		"flower":{"oneOf":[{"const":"ROSE_RED","title":"red roses / roses"},{"const":"TULIP","title":"tulips"},{"const":"LILY_WHITE","title":"white lilies / lilies"}]},
		"size":{"type":"string","enum":["S","M","L"],"description":"size of the bouquet: S small, M medium, L large"},
		"greens":{"type":"array","items":{"type":"object","required":["plant"],"properties":{
			"plant":{"type":"string","enum":["fern","eucalyptus","ivy"]},
			"amount":{"type":"string","enum":["light","extra"]},
			"leave_out":{"type":"boolean","description":"leave it out"}}}}}}},
	"cards":{"type":"array","items":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string","enum":["birthday card","thank-you card"]},"quantity":{"type":"integer"}}}}}}`

func shopOf(t *testing.T, name, description, input string) catalog.Service {
	t.Helper()
	in, err := catalog.ParseSchema([]byte(input))
	if err != nil {
		t.Fatal(err)
	}
	return catalog.Service{ID: "shop", Name: name, Description: description, Capabilities: []catalog.Capability{{
		Service: "shop", Name: "create_order", Description: description, Input: in, Effect: catalog.Irreversible}}}
}

// plainly writes arguments as the values that they hold.
func plainly(a plan.Arg) any {
	switch {
	case a.Object != nil:
		out := map[string]any{}
		for k, v := range a.Object {
			out[k] = plainly(v)
		}
		return out
	case a.List != nil:
		out := []any{}
		for _, v := range a.List {
			out = append(out, plainly(v))
		}
		return out
	}
	return a.Value
}

func TestListsOfThings(t *testing.T) {
	t.Parallel()
	noodles := shopOf(t, "巷口面馆", "在线点面：牛肉面、阳春面、酸辣粉", noodleBar)
	flowers := shopOf(t, "Corner Florist", "Order bouquets of flowers and cards", florist)
	for _, c := range []struct {
		shop catalog.Service
		text string
		want string
	}{
		{noodles, "帮我点两碗牛肉面微辣加卤蛋，一碗阳春面不要香菜", `{"dishes":[{"add":["egg"],"count":2,"dish":"N1","spicy":"mild"},{"count":1,"dish":"N2","without":["coriander"]}]}`},
		{noodles, "来三份酸辣粉，两份特辣一份不辣", `{"dishes":[{"count":2,"dish":"N3","spicy":"hot"},{"count":1,"dish":"N3","spicy":"none"}]}`},
		{noodles, "牛肉面一份、阳春面两份", `{"dishes":[{"count":1,"dish":"N1"},{"count":2,"dish":"N2"}]}`},
		{noodles, "阳春面和酸辣粉各一份，香菜不要", `{"dishes":[{"count":1,"dish":"N2"},{"count":1,"dish":"N3","without":["coriander"]}]}`},
		{flowers, "order a large bouquet of red roses with extra fern, no ivy and two birthday cards", `{"bouquets":[{"flower":"ROSE_RED","greens":[{"amount":"extra","plant":"fern"},{"leave_out":true,"plant":"ivy"}],"size":"L"}],"cards":[{"kind":"birthday card","quantity":2}]}`},
		{flowers, "order two small tulip bouquets with a touch of eucalyptus", `{"bouquets":[{"flower":"TULIP","greens":[{"amount":"light","plant":"eucalyptus"}],"size":"S"},{"flower":"TULIP","greens":[{"amount":"light","plant":"eucalyptus"}],"size":"S"}]}`},
	} {
		th := think(t, c.text, func(r *assist.Request) { r.Services = []catalog.Service{c.shop} })
		if th.Plan == nil || len(th.Plan.Steps) != 1 || len(th.Asks) > 0 {
			t.Errorf("%s: plan %+v, asks %v, refusal %q", c.text, th.Plan, th.Asks, th.Refusal)
			continue
		}
		got, _ := json.Marshal(plainly(plan.Arg{Object: th.Plan.Steps[0].Args}))
		if string(got) != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}
