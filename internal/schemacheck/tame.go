package schemacheck

import (
	"net/url"
	"strconv"
	"strings"
)

// Bounds of the work of one check. A merchant's schema must not be able to loop or to multiply itself: the validator
// has no limits of its own, and a stack that overflows cannot be caught.
const (
	maxCost = 10_000     // schema nodes with every reference followed
	maxWork = 50_000_000 // cost times the nodes of the value
)

// tame cuts references that lead back into themselves (there, anything goes) and counts the schema's nodes with all
// references followed. ok is false when there are more than maxCost.
func tame(schema any) (cost int, ok bool) {
	t := tamer{root: schema, known: map[string]int{}, open: map[string]bool{}}
	cost = t.walk(schema)
	return cost, cost <= maxCost
}

type tamer struct {
	root  any
	known map[string]int  // cost of a reference's target
	open  map[string]bool // targets that are being walked
}

func (t *tamer) walk(v any) int {
	cost := 1
	switch x := v.(type) {
	case []any:
		for _, e := range x {
			cost = capped(cost + t.walk(e))
		}
	case map[string]any:
		if ref, ok := x["$ref"].(string); ok {
			if target := t.follow(ref); target < 0 {
				delete(x, "$ref")
			} else {
				cost = capped(cost + target)
			}
		}
		for k, e := range x {
			if k != "$defs" && k != "definitions" && k != "enum" && k != "const" { // definitions count where they are used
				cost = capped(cost + t.walk(e))
			}
		}
	}
	return cost
}

func capped(n int) int { return min(n, maxCost+1) }

// follow is the cost of a reference's target, or -1 when the reference leads nowhere or back to itself.
func (t *tamer) follow(ref string) int {
	if t.open[ref] {
		return -1
	}
	if cost, ok := t.known[ref]; ok {
		return cost
	}
	target, ok := resolve(t.root, ref)
	if !ok {
		return -1
	}
	t.open[ref] = true
	cost := t.walk(target)
	delete(t.open, ref)
	t.known[ref] = cost
	return cost
}

// resolve follows a JSON pointer in the form of a fragment.
func resolve(root any, ref string) (any, bool) {
	path, ok := strings.CutPrefix(ref, "#")
	if !ok {
		return nil, false
	}
	if path == "" {
		return root, true
	}
	at := root
	for i, part := range strings.Split(path, "/") {
		if i == 0 {
			if part != "" {
				return nil, false // an anchor
			}
			continue
		}
		part, err := url.PathUnescape(part)
		if err != nil {
			return nil, false
		}
		part = strings.ReplaceAll(strings.ReplaceAll(part, "~1", "/"), "~0", "~")
		switch x := at.(type) {
		case map[string]any:
			if at, ok = x[part]; !ok {
				return nil, false
			}
		case []any:
			n, err := strconv.Atoi(part)
			if err != nil || n < 0 || n >= len(x) {
				return nil, false
			}
			at = x[n]
		default:
			return nil, false
		}
	}
	return at, true
}

// nodes counts the parts of a value, up to max.
func nodes(v any, max int) int {
	n := 1
	switch x := v.(type) {
	case []any:
		for _, e := range x {
			if n += nodes(e, max-n); n >= max {
				return max
			}
		}
	case map[string]any:
		for _, e := range x {
			if n += nodes(e, max-n); n >= max {
				return max
			}
		}
	}
	return n
}
