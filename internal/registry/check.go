package registry

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
)

// maxCheckers bounds the compiled schemas kept; beyond it all are compiled again.
const maxCheckers = 4096

// checker is a compiled input schema. Where the merchant's schema is not valid JSON Schema only its
// required members are checked: a merchant's slip must not make its service unusable.
type checker struct {
	resolved *jsonschema.Resolved
	required []string
}

// check validates arguments against the capability's input schema; a fault invalid says which rule they break.
func (r *Registry) check(c catalog.Capability, args map[string]any) error {
	plain := map[string]any{}
	if args != nil {
		b, err := json.Marshal(args)
		if err == nil {
			err = json.Unmarshal(b, &plain)
		}
		if err != nil {
			return invalid(c, fmt.Errorf("arguments are not JSON: %w", err))
		}
	}
	if err := r.checker(c.Input).validate(plain); err != nil {
		return invalid(c, err)
	}
	return nil
}

func invalid(c catalog.Capability, err error) error {
	return fault.New(fault.Invalid, "arguments of %s: %w", c.Key(), err).
		With("service", c.Service).With("capability", c.Name).With("why", err.Error())
}

func (r *Registry) checker(s *catalog.Schema) *checker {
	if s == nil || len(s.Raw) == 0 {
		return &checker{}
	}
	key := string(s.Raw)
	r.mu.Lock()
	known, ok := r.schemas[key]
	r.mu.Unlock()
	if ok {
		return known
	}
	made := compile(s)
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.schemas) >= maxCheckers {
		clear(r.schemas)
	}
	r.schemas[key] = made
	return made
}

func compile(s *catalog.Schema) *checker {
	c := &checker{required: s.Required}
	var raw any
	if json.Unmarshal(s.Raw, &raw) != nil {
		return c
	}
	b, err := json.Marshal(mend(raw, 0))
	if err != nil {
		return c
	}
	var schema jsonschema.Schema
	if json.Unmarshal(b, &schema) != nil {
		return c
	}
	if resolved, err := schema.Resolve(nil); err == nil {
		c.resolved = resolved
	}
	return c
}

func (c *checker) validate(args map[string]any) error {
	for _, name := range c.required {
		if _, ok := args[name]; !ok {
			return fmt.Errorf("%q is missing", name)
		}
	}
	if c.resolved == nil {
		return nil
	}
	if err := c.resolved.Validate(args); err != nil {
		return errors.New(plainWords(err.Error()))
	}
	return nil
}

var schemaPath = regexp.MustCompile(`validating (root|/\S*): `)

// plainWords turns the validator's chain of schema paths into the path of the argument.
func plainWords(msg string) string {
	path := ""
	for _, m := range schemaPath.FindAllStringSubmatch(msg, -1) {
		if m[1] != "root" {
			path = m[1]
		}
	}
	rest := schemaPath.ReplaceAllString(msg, "")
	path = strings.ReplaceAll(strings.ReplaceAll(path, "/properties/", "."), "/items", "[]")
	if path = strings.TrimPrefix(path, "."); path == "" {
		return rest
	}
	return path + ": " + rest
}

// mend rewrites what older drafts and careless schemas write differently from draft 2020-12.
func mend(v any, depth int) any {
	switch x := v.(type) {
	case []any:
		out := make([]any, len(x))
		for i, e := range x {
			out[i] = mend(e, depth+1)
		}
		return out
	case map[string]any:
		if depth > catalog.MaxSchemaDepth*2 {
			return map[string]any{}
		}
		return mendSchema(x, depth)
	}
	return v
}

func mendSchema(in map[string]any, depth int) map[string]any {
	if ref, ok := in["$ref"].(string); ok && !strings.HasPrefix(ref, "#") {
		return map[string]any{} // remote references are never fetched: anything goes there
	}
	out := make(map[string]any, len(in))
	for k, v := range in {
		switch k {
		case "$schema", "$id", "id", "$vocabulary", "format", "default", "examples":
			continue // identify or annotate; "id" is also a property's name, but then it stands under "properties"
		case "enum", "const":
			out[k] = v
		case "properties", "patternProperties", "$defs", "definitions", "dependentSchemas":
			out[k] = mendMembers(v, depth)
		default:
			out[k] = mend(v, depth+1)
		}
	}
	mendKeywords(out)
	return out
}

// mendMembers mends the schemas of a map whose keys are names, not keywords.
func mendMembers(v any, depth int) any {
	members, ok := v.(map[string]any)
	if !ok {
		return map[string]any{}
	}
	out := make(map[string]any, len(members))
	for name, schema := range members {
		switch schema.(type) {
		case map[string]any, bool:
			out[name] = mend(schema, depth+1)
		default:
			out[name] = true
		}
	}
	return out
}

func mendKeywords(s map[string]any) {
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
}
