// Package schemacheck validates values against the JSON Schemas that merchants write, which are of several drafts and
// not always right. What cannot be understood in a schema is let pass: a merchant's slip must not make its service
// unusable. Remote references are never fetched. Compiled schemas are kept; all functions are safe for concurrent use.
package schemacheck

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/bangwo/bangwo/internal/catalog"
)

// Bounds of what is kept.
const (
	maxCompiled = 4096 // schemas; beyond it all are compiled again
	maxWords    = 600  // bytes of a reason
)

// Checker validates. The zero value is ready to use.
type Checker struct {
	mu       sync.Mutex
	compiled map[string]*compiled
}

type compiled struct {
	resolved *jsonschema.Resolved // nil when the schema is not one; then only required members are checked
	required []string
	cost     int // nodes of the schema with references followed
}

// Input says which rule of the schema the arguments break, or nil.
func (c *Checker) Input(s *catalog.Schema, args map[string]any) error {
	plain := map[string]any{}
	if args != nil {
		b, err := json.Marshal(args)
		if err == nil {
			err = json.Unmarshal(b, &plain)
		}
		if err != nil {
			return fmt.Errorf("arguments are not JSON: %w", err)
		}
	}
	return c.get(s, false).validate(plain)
}

// Output says in what a result breaks its schema, or nil. Members that the schema does not name do no harm and pass.
func (c *Checker) Output(s *catalog.Schema, result json.RawMessage) error {
	var v any
	if err := json.Unmarshal(result, &v); err != nil {
		return fmt.Errorf("the result is not JSON: %w", err)
	}
	return c.get(s, true).validate(v)
}

func (c *Checker) get(s *catalog.Schema, open bool) *compiled {
	if s == nil || len(s.Raw) == 0 {
		return &compiled{}
	}
	key := string(s.Raw)
	if open {
		key = "open:" + key
	}
	c.mu.Lock()
	known, ok := c.compiled[key]
	c.mu.Unlock()
	if ok {
		return known
	}
	made := compile(s, open)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.compiled == nil || len(c.compiled) >= maxCompiled {
		c.compiled = map[string]*compiled{}
	}
	c.compiled[key] = made
	return made
}

func compile(s *catalog.Schema, open bool) *compiled {
	c := &compiled{required: s.Required}
	var raw any
	if json.Unmarshal(s.Raw, &raw) != nil {
		return c
	}
	mended := mender{open: open}.mend(raw, 0)
	cost, ok := tame(mended)
	if !ok {
		return c
	}
	c.cost = cost
	b, err := json.Marshal(mended)
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

func (c *compiled) validate(v any) error {
	if object, ok := v.(map[string]any); ok {
		for _, name := range c.required {
			if _, ok := object[name]; !ok {
				return fmt.Errorf("%q is missing", name)
			}
		}
	}
	if c.resolved == nil {
		return nil
	}
	if most := maxWork / max(c.cost, 1); nodes(v, most) >= most {
		return fmt.Errorf("it is too large to be checked against its schema")
	}
	if err := c.resolved.Validate(v); err != nil {
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
	if len(rest) > maxWords {
		rest = strings.ToValidUTF8(rest[:maxWords], "") + "…"
	}
	if path = strings.TrimPrefix(path, "."); path == "" {
		return rest
	}
	return path + ": " + rest
}
