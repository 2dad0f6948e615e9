package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/store"
)

// Bounds of looking for the numbers of an order.
const (
	maxOwnDepth = 6
	maxOwn      = 32
	maxAmends   = 64      // changes of one order that are followed back
	maxExact    = 1 << 53 // beyond it a JSON number may not be what the merchant wrote
)

// ownNumbers are the numbers by which an order's merchant knows it: the identifiers outside of lists in its answer that
// nobody gave it, and those of the order that it changed.
func (d *Desk) ownNumbers(ctx context.Context, o *orderRecord) (map[string]any, error) {
	out := map[string]any{}
	for range maxAmends {
		given, err := d.givenBy(ctx, o)
		if err != nil {
			return nil, err
		}
		var result any
		if json.Unmarshal(o.Result, &result) == nil {
			collectOwn(out, given, result, "", 0)
		}
		if o.Quote.OrderRef != "" && out["orderId"] == nil {
			out["orderId"] = o.Quote.OrderRef
		}
		if o.Quote.Amends == "" {
			break
		}
		if o, err = d.order(ctx, o.Person, o.Quote.Amends); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// givenBy are the values that the steps of an order's goal were given by its own plan: what bears them is no number of this order.
func (d *Desk) givenBy(ctx context.Context, o *orderRecord) (map[string]bool, error) {
	out := map[string]bool{}
	recs, err := d.Store.List(ctx, store.Query{Kind: kindStep, Group: o.Turn})
	if err != nil || o.Quote.Amends != "" {
		return out, err
	}
	for _, rec := range recs {
		var s step
		if err := decode(rec, &s.Entry); err != nil {
			return nil, err
		}
		if s.Goal == o.Goal && !strings.HasPrefix(s.Step, o.Goal+cancelMark) && !strings.HasPrefix(s.Step, o.Goal+payMark) && s.Effect == "read" {
			eachScalar(any(s.Args), 0, func(v any) { out[fmt.Sprint(v)] = true })
		}
	}
	return out, nil
}

func eachScalar(v any, depth int, visit func(any)) {
	switch x := v.(type) {
	case map[string]any:
		for _, k := range sortedKeys(x) {
			if depth < maxOwnDepth {
				eachScalar(x[k], depth+1, visit)
			}
		}
	case []any:
		for _, e := range x {
			if depth < maxOwnDepth {
				eachScalar(e, depth+1, visit)
			}
		}
	case string, float64:
		visit(x)
	}
}

func collectOwn(out map[string]any, given map[string]bool, v any, owner string, depth int) {
	m, ok := v.(map[string]any)
	if !ok || depth > maxOwnDepth {
		return
	}
	for _, name := range sortedKeys(m) {
		switch x := m[name].(type) {
		case map[string]any:
			collectOwn(out, given, x, name, depth+1)
		case string, float64:
			if f, is := x.(float64); is && (f != math.Trunc(f) || math.Abs(f) >= maxExact) || fmt.Sprint(x) == "" || given[fmt.Sprint(x)] {
				continue
			}
			bare := strings.EqualFold(name, "id") || strings.EqualFold(name, "no") || strings.EqualFold(name, "code")
			if !bare && !run.Identifies(name) {
				continue
			}
			for _, n := range []string{name, owner + "_" + name} {
				if _, known := out[n]; !known && len(out) < maxOwn && (bare || n == name) && n[0] != '_' {
					out[n] = x
				}
			}
		}
	}
}
