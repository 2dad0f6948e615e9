package run

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/bangwo/bangwo/internal/catalog"
)

// mainList is the longest list of an answer that is in no other list.
func mainList(v any) []any {
	var best []any
	var walk func(v any, depth int)
	walk = func(v any, depth int) {
		switch x := v.(type) {
		case []any:
			if len(x) > len(best) {
				best = x
			}
		case map[string]any:
			if depth <= maxLookDepth {
				for _, name := range sorted(x) {
					walk(x[name], depth+1)
				}
			}
		}
	}
	walk(v, 0)
	return best
}

// Listed counts the elements of an answer's longest list.
func Listed(answer json.RawMessage) int {
	var v any
	if json.Unmarshal(answer, &v) != nil {
		return 0
	}
	return len(mainList(v))
}

// Join adds a page to what was gathered: its lists go behind those of the same place, without what is there already,
// and everything else is as the later page says. grown is how many elements of the longest list it brought.
func Join(whole, page json.RawMessage) (joined json.RawMessage, grown int) {
	var a, b any
	if json.Unmarshal(whole, &a) != nil || json.Unmarshal(page, &b) != nil {
		return whole, 0
	}
	before := len(mainList(a))
	out := join(a, b, 0)
	raw, err := json.Marshal(out)
	if err != nil {
		return whole, 0
	}
	return raw, len(mainList(out)) - before
}

func join(a, b any, depth int) any {
	switch x := a.(type) {
	case []any:
		y, ok := b.([]any)
		if !ok {
			return a
		}
		seen := map[string]bool{}
		for _, e := range x {
			seen[string(catalog.MustJSON(e))] = true
		}
		out := slices.Clone(x)
		for _, e := range y {
			if len(out) < MaxListed && !seen[string(catalog.MustJSON(e))] {
				out = append(out, e)
			}
		}
		return out
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok || depth > maxLookDepth {
			return a
		}
		out := maps.Clone(x)
		for name, v := range y {
			if old, both := out[name]; both {
				v = join(old, v, depth+1)
			}
			out[name] = v
		}
		return out
	}
	if b == nil {
		return a
	}
	return b
}
