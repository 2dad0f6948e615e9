package run

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
)

// Bounds of looking an order up.
const (
	MaxLookups   = 3 // capabilities asked
	maxLookDepth = 8
	maxLookNodes = 5000
)

// Lookup is a call that may tell whether an effect happened.
type Lookup struct {
	Capability catalog.Capability
	Args       map[string]any
}

// Lookups finds read capabilities of a service whose required inputs are all among the identifiers that are known of an
// order: they can be asked instead of repeating the step. Those that use an identifier come first; those that need
// nothing (a list of the person's own orders) come last.
func Lookups(svc catalog.Service, known map[string]any) []Lookup {
	var byID, lists []Lookup
	for _, c := range svc.Capabilities {
		if c.Effect != catalog.Read || c.Input == nil {
			continue
		}
		args, ok := lookupArgs(c.Input, known)
		switch {
		case !ok || !namesOrders(c):
		case len(args) > 0:
			byID = append(byID, Lookup{c, args})
		default:
			lists = append(lists, Lookup{c, args})
		}
	}
	all := append(byID, lists...)
	return all[:min(len(all), MaxLookups)]
}

func lookupArgs(in *catalog.Schema, known map[string]any) (map[string]any, bool) {
	args := map[string]any{}
	for _, p := range in.Properties {
		v, ok := known[fold(p.Name)]
		ok = ok && Identifies(p.Name)
		if !ok && p.Required {
			return nil, false
		}
		if ok {
			args[p.Name] = v
		}
	}
	return args, true
}

// Known collects the identifiers in values (arguments and structured results): name → value, later ones winning.
func Known(values ...any) map[string]any {
	out := map[string]any{}
	for _, v := range values {
		walk(v, 0, new(int), func(name string, v any) {
			if Identifies(name) {
				out[fold(name)] = v
			}
		})
	}
	return out
}

// Identifies tells whether a member's name is that of an identifier (orderId, trade_no, quote-ref).
func Identifies(name string) bool {
	n := strings.ToLower(strings.Trim(name, "_- "))
	for _, end := range []string{"id", "no", "ref", "number", "code", "key", "token"} {
		rest, ok := strings.CutSuffix(n, end)
		if !ok {
			continue
		}
		tail := name[len(name)-len(end):]
		if rest == "" || strings.HasSuffix(rest, "_") || strings.HasSuffix(rest, "-") || tail[0] >= 'A' && tail[0] <= 'Z' {
			return true
		}
	}
	return false
}

func namesOrders(c catalog.Capability) bool {
	s := strings.ToLower(c.Name + " " + c.Title + " " + c.Description)
	for _, w := range []string{"order", "booking", "trip", "reservation", "订单", "行程", "预订"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// Verdict is what a lookup says.
type Verdict int

// The verdicts.
const (
	Unclear Verdict = iota
	Happened
	DidNot
)

// Judge reads a lookup's structured result: an object that bears one of the identifiers the call was made with, and
// whose state is not one of being undone or unpaid, is the order. Nothing certain is Unclear: silence is never a no
// unless a list came back that bears this kind of identifier and lacks ours.
func Judge(result json.RawMessage, sent map[string]any) (Verdict, json.RawMessage) {
	var v any
	dec := json.NewDecoder(bytes.NewReader(result))
	dec.UseNumber()
	if dec.Decode(&v) != nil {
		return Unclear, nil
	}
	kind, found := false, map[string]any(nil)
	eachObject(v, 0, new(int), func(m map[string]any) {
		for name, val := range m {
			want, ok := sent[fold(name)]
			if !ok || !Identifies(name) {
				continue
			}
			kind = true
			if fmt.Sprint(val) == fmt.Sprint(want) && found == nil {
				found = m
			}
		}
	})
	switch {
	case found == nil && kind:
		return DidNot, nil
	case found == nil:
		return Unclear, nil
	}
	raw, err := json.Marshal(found)
	if err != nil {
		return Unclear, nil
	}
	return stateOf(raw), raw
}

// stateOf reads the order's state from the merchant's own words.
func stateOf(order json.RawMessage) Verdict {
	state, ok := quote.Status(track.Result{Structured: order}, nil)
	if !ok {
		return Unclear
	}
	switch state {
	case quote.Confirmed, quote.Paid, quote.Done:
		return Happened
	case quote.Cancelled, quote.Failed, quote.Refunded:
		return DidNot
	}
	return Unclear
}

func eachObject(v any, depth int, nodes *int, visit func(map[string]any)) {
	if *nodes++; depth > maxLookDepth || *nodes > maxLookNodes {
		return
	}
	switch x := v.(type) {
	case map[string]any:
		visit(x)
		for _, name := range slices.Sorted(maps.Keys(x)) {
			eachObject(x[name], depth+1, nodes, visit)
		}
	case []any:
		for _, sub := range x {
			eachObject(sub, depth+1, nodes, visit)
		}
	}
}

func walk(v any, depth int, nodes *int, visit func(string, any)) {
	eachObject(v, depth, nodes, func(m map[string]any) {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			sub := m[name]
			switch sub.(type) {
			case string, float64, int, int64, json.Number:
				visit(name, sub)
			}
		}
	})
}

// fold makes orderId, order_id and Order-ID one name.
func fold(s string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(s))
}
