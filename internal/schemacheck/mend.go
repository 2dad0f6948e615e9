package schemacheck

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
)

// mender rewrites schemas; open ones also admit members that they do not name.
type mender struct{ open bool }

// mend rewrites what older drafts and careless schemas write differently from draft 2020-12.
func (m mender) mend(v any, depth int) any {
	switch x := v.(type) {
	case []any:
		out := make([]any, len(x))
		for i, e := range x {
			out[i] = m.mend(e, depth+1)
		}
		return out
	case map[string]any:
		if depth > catalog.MaxSchemaDepth*2 {
			return map[string]any{}
		}
		return m.schema(x, depth)
	}
	return v
}

func (m mender) schema(in map[string]any, depth int) map[string]any {
	if ref, ok := in["$ref"].(string); ok && !strings.HasPrefix(ref, "#") {
		return map[string]any{} // remote references are never fetched: anything goes there
	}
	out := make(map[string]any, len(in))
	for k, v := range in {
		switch k {
		case "$schema", "$id", "id", "$vocabulary", "format", "default", "examples", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveAnchor", "$recursiveRef":
			continue // identify or annotate; "id" is also a property's name, but then it stands under "properties"
		case "enum", "const":
			out[k] = v
		case "properties", "patternProperties", "$defs", "definitions", "dependentSchemas":
			out[k] = m.members(v, depth)
		default:
			out[k] = m.mend(v, depth+1)
		}
	}
	m.keywords(out)
	return out
}

// members mends the schemas of a map whose keys are names, not keywords.
func (m mender) members(v any, depth int) any {
	members, ok := v.(map[string]any)
	if !ok {
		return map[string]any{}
	}
	out := make(map[string]any, len(members))
	for name, schema := range members {
		switch schema.(type) {
		case map[string]any, bool:
			out[name] = m.mend(schema, depth+1)
		default:
			out[name] = true
		}
	}
	return out
}

func (m mender) keywords(s map[string]any) {
	if _, ok := s["required"].([]any); !ok {
		delete(s, "required") // draft 03: a flag on the member
	}
	for flag, bound := range map[string]string{"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"} {
		if on, ok := s[flag].(bool); ok { // draft 04: a flag beside the bound
			delete(s, flag)
			if on && s[bound] != nil {
				s[flag] = s[bound]
				delete(s, bound)
			}
		}
	}
	if list, ok := s["items"].([]any); ok { // drafts before 2020-12: a tuple
		s["prefixItems"] = list
		delete(s, "items")
		if rest, ok := s["additionalItems"]; ok {
			s["items"] = rest
		}
	}
	delete(s, "additionalItems")
	if p, ok := s["pattern"].(string); ok {
		if _, err := regexp.Compile(p); err != nil {
			delete(s, "pattern") // valid in ECMAScript, perhaps, but not here
		}
	}
	if nullable, ok := s["nullable"].(bool); ok && nullable { // OpenAPI 3.0
		if t, ok := s["type"].(string); ok {
			s["type"] = []any{t, "null"}
		}
	}
	delete(s, "nullable")
	mendType(s)
	if m.open {
		if s["additionalProperties"] == false {
			delete(s, "additionalProperties")
		}
		delete(s, "unevaluatedProperties")
		delete(s, "uniqueItems") // no harm, and comparing all with all is not for nothing
	}
}

var types = []any{"null", "boolean", "object", "array", "number", "string", "integer"}

// mendType drops types that do not exist.
func mendType(s map[string]any) {
	switch x := s["type"].(type) {
	case string:
		if !slices.Contains(types, any(x)) {
			delete(s, "type")
		}
	case []any:
		known := slices.DeleteFunc(slices.Clone(x), func(t any) bool { return !slices.Contains(types, t) })
		if len(known) == 0 {
			delete(s, "type")
			return
		}
		s["type"] = known
	default:
		delete(s, "type")
	}
}
