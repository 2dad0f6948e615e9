package understand

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/bangwo/bangwo/internal/catalog"
)

// Bounds of the shape that is kept of a result.
const (
	maxShapeDepth   = 6
	maxShapeMembers = 48 // of one object; one with more is a table keyed by data
	maxShapeSample  = 12 // elements of a list that are looked at
	maxShapeBytes   = 16 << 10
)

// saysNothing tells that an output schema names no value: there is none, or its objects and lists are left open.
func saysNothing(s *catalog.Schema, depth int) bool {
	if s == nil || depth > maxShapeDepth {
		return true
	}
	for _, p := range s.Properties {
		if scalarLike(p.Schema) && p.Schema.Type != "" || !saysNothing(p.Schema, depth+1) {
			return false
		}
	}
	return saysNothing(s.Items, depth+1)
}

// seenShape is the JSON Schema of a result as it was seen: the names and types of its members, no values. ok is false where it
// has no members to tell of.
func seenShape(v any) (json.RawMessage, bool) {
	s := shaped(v, 0)
	if s["properties"] == nil && s["items"] == nil {
		return nil, false
	}
	raw, err := json.Marshal(s)
	return raw, err == nil && len(raw) <= maxShapeBytes
}

func shaped(v any, depth int) map[string]any {
	switch t := v.(type) {
	case map[string]any:
		out := map[string]any{"type": "object"}
		if depth < maxShapeDepth && len(t) > 0 && len(t) <= maxShapeMembers {
			members := map[string]any{}
			for k, m := range t {
				members[k] = shaped(m, depth+1)
			}
			out["properties"] = members
		}
		return out
	case []any:
		out := map[string]any{"type": "array"}
		var element map[string]any
		for _, e := range t[:min(len(t), maxShapeSample)] {
			if one := shaped(e, depth+1); depth < maxShapeDepth {
				element = widened(element, one)
			}
		}
		if element != nil {
			out["items"] = element
		}
		return out
	case string:
		return map[string]any{"type": "string"}
	case bool:
		return map[string]any{"type": "boolean"}
	case float64, json.Number:
		return map[string]any{"type": "number"}
	}
	return map[string]any{}
}

// widened is a shape that both elements of a list have.
func widened(a, b map[string]any) map[string]any {
	if a == nil {
		return b
	}
	mine, _ := a["properties"].(map[string]any)
	theirs, _ := b["properties"].(map[string]any)
	if theirs == nil {
		return a
	}
	if mine == nil {
		return b
	}
	for _, k := range slices.Sorted(maps.Keys(theirs)) {
		one, _ := mine[k].(map[string]any)
		other, _ := theirs[k].(map[string]any)
		if len(mine) < maxShapeMembers || one != nil {
			mine[k] = widened(one, other)
		}
	}
	return a
}

// withShapes is a service whose reads declare what they were seen to return where they declare nothing themselves.
func withShapes(s catalog.Service) catalog.Service {
	if len(s.Shapes) == 0 {
		return s
	}
	s = s.Clone()
	for i, c := range s.Capabilities {
		raw, ok := s.Shapes[c.Within()]
		if !ok || !saysNothing(c.Output, 0) {
			continue
		}
		if shape, err := catalog.ParseSchema(raw); err == nil {
			s.Capabilities[i].Output = shape
		}
	}
	return s
}
