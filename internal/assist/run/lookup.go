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
		if !ok && p.Required {
			return nil, false
		}
		if ok {
			args[p.Name] = v
		}
	}
	return args, true
}

// Own finds among the arguments of a call the identifiers that belong to this very intent: those that name something
// of an order (a quote, a draft, a booking), and those that an earlier step of the errand made. The id of a thing on
// a menu is nobody's own: other orders bear it too.
func Own(args map[string]any, before []*Entry) map[string]any {
	out := map[string]any{}
	walk(args, 0, new(int), func(name string, v any) {
		if Identifies(name) && (ofOrder(name) || madeBy(before, fmt.Sprint(v))) {
			out[fold(name)] = v
		}
	})
	return out
}

var orderWords = []string{"order", "quote", "offer", "estimate", "trip", "booking", "reserv", "ride", "cart", "draft", "trade", "prepay",
	"request", "checkout", "session", "delivery"}

func ofOrder(name string) bool {
	name = fold(name)
	return slices.ContainsFunc(orderWords, func(w string) bool { return strings.Contains(name, w) })
}

// madeBy tells whether a value first appeared in an earlier step's answer, outside of lists, and was not given to any of them.
func madeBy(before []*Entry, value string) bool {
	made := false
	for _, e := range before {
		given := false
		walk(e.Args, 0, new(int), func(_ string, v any) { given = given || fmt.Sprint(v) == value })
		if given {
			return false
		}
		if e.Result == nil {
			continue
		}
		var v any
		if json.Unmarshal(e.Result.Structured, &v) != nil {
			continue
		}
		once, all := 0, 0
		walk(withoutLists(v, 0), 0, new(int), func(_ string, v any) { once += count(fmt.Sprint(v) == value) })
		walk(v, 0, new(int), func(_ string, v any) { all += count(fmt.Sprint(v) == value) })
		if all != once {
			return false // it stands in a list of things
		}
		made = made || once > 0
	}
	return made
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func withoutLists(v any, depth int) any {
	m, ok := v.(map[string]any)
	if !ok || depth > maxLookDepth {
		if _, list := v.([]any); list {
			return nil
		}
		return v
	}
	out := make(map[string]any, len(m))
	for k, sub := range m {
		out[k] = withoutLists(sub, depth+1)
	}
	return out
}

// Identifies tells whether a member's name is that of an identifier of something (orderId, trade_no, quote-ref).
func Identifies(name string) bool {
	n := strings.ToLower(strings.Trim(name, "_- "))
	for _, end := range []string{"id", "no", "ref", "number", "code", "key", "token"} {
		rest, ok := strings.CutSuffix(n, end)
		if !ok || rest == "" {
			continue
		}
		tail := name[len(name)-len(end):]
		if strings.HasSuffix(rest, "_") || strings.HasSuffix(rest, "-") || tail[0] >= 'A' && tail[0] <= 'Z' {
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

// shortList is the length up to which a list is taken for the whole of a person's orders.
const shortList = 10

// Judge reads the answer to a lookup. An object that bears one of the identifiers the step was made with is the order,
// and its state tells. Its absence tells something only where the lookup asked for exactly this identifier, or
// listed so few orders that nothing can have been left out. Everything else is Unclear.
func Judge(answer json.RawMessage, asked, own map[string]any) (Verdict, json.RawMessage) {
	var v any
	dec := json.NewDecoder(bytes.NewReader(answer))
	dec.UseNumber()
	if dec.Decode(&v) != nil {
		return Unclear, nil
	}
	kind, lists, longest := false, 0, 0
	var found map[string]any
	eachObject(v, 0, new(int), func(m map[string]any) {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			if l, ok := m[name].([]any); ok {
				lists++
				longest = max(longest, len(l))
			}
			want, ok := own[fold(name)]
			kind = kind || ok
			if ok && found == nil && fmt.Sprint(m[name]) == fmt.Sprint(want) {
				found = m
			}
		}
	})
	if l, ok := v.([]any); ok {
		lists, longest = lists+1, max(longest, len(l))
	}
	if found != nil {
		raw, err := json.Marshal(found)
		if err != nil {
			return Unclear, nil
		}
		return stateOf(raw), raw
	}
	if lists > 0 && (longest == 0 || (kind && (len(asked) > 0 || longest <= shortList))) {
		return DidNot, nil
	}
	return Unclear, nil
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

func sorted(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

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
