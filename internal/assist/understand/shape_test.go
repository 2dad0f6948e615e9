package understand_test

import (
	"context"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
)

// seedShop declares of its list only that it is one, and what an order line takes by the arguments of the tool's own words.
func seedShop(t *testing.T) catalog.Service {
	t.Helper()
	return catalog.Service{ID: "seeds", Name: "Green Thumb", Description: "Seeds and bulbs by post", Currency: "CNY", Capabilities: []catalog.Capability{
		{Service: "seeds", Name: "get_range", Description: "All seeds with prices in CNY.", Effect: catalog.Read, Input: parse(t, `{"type":"object","properties":{}}`),
			Output: parse(t, `{"type":"object","properties":{"result":{"type":"array","items":{"type":"object","additionalProperties":true}}}}`)},
		{Service: "seeds", Name: "place_order", Effect: catalog.Irreversible,
			Description: "Order seeds. Charged right away.\n\nArgs:\n    lines: what to send, article comes from get_range\n",
			Input: parse(t, `{"type":"object","properties":{"lines":{"type":"array","items":{"type":"object","properties":{
				"article":{"type":"string"},"quantity":{"type":"integer","default":1}},"required":["article"]}}},"required":["lines"]}`)},
	}}
}

func parse(t *testing.T, raw string) *catalog.Schema {
	t.Helper()
	s, err := catalog.ParseSchema([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What a list that declares nothing was seen to return shows where an order takes its articles from; without having been
// seen, nothing is made up.
func TestSeenShapesLinkWhatIsNotDeclared(t *testing.T) {
	t.Parallel()
	shop := seedShop(t)
	learnt := understand.Harvest(t.Context(), shop, func(context.Context, track.Call) (track.Result, error) {
		return track.Result{Structured: []byte(`{"result":[{"article":"S-1","name":"Sweet pea","price":12},{"article":"S-2","name":"Foxglove","price":15,"note":null}]}`)}, nil
	})
	if len(learnt.Items) != 2 || len(learnt.Shapes) != 1 {
		t.Fatalf("learnt %d items, %d shapes", len(learnt.Items), len(learnt.Shapes))
	}
	for key, shape := range learnt.Shapes {
		if strings.Contains(string(shape), "S-1") || strings.Contains(string(shape), "Foxglove") || !strings.Contains(string(shape), "article") {
			t.Errorf("the shape of %s is %s: names and types are kept, no values", key, shape)
		}
	}
	shop.Items, shop.Shapes = learnt.Items, learnt.Shapes
	th, err := understand.New().Think(t.Context(), assist.Request{Text: "order three foxglove seeds", Now: monday, Services: []catalog.Service{shop}})
	if err != nil {
		t.Fatal(err)
	}
	if len(th.Asks) > 0 || th.Plan == nil || !strings.Contains(argsOf(th.Plan), `"article"`) || !strings.Contains(argsOf(th.Plan), `"quantity":{"value":3`) {
		t.Errorf("asks %+v, plan %s, refusal %q", th.Asks, argsOf(th.Plan), th.Refusal)
	}
}
