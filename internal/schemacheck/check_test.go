package schemacheck_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/schemacheck"
)

func schema(t testing.TB, text string) *catalog.Schema {
	t.Helper()
	s, err := catalog.ParseSchema([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSchemasOfAllDrafts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ schema, good, bad string }{
		"2020-12":        {`{"type":"object","properties":{"a":{"type":"array","prefixItems":[{"type":"string"}]}}}`, `{"a":["x"]}`, `{"a":[1]}`},
		"draft 7 tuple":  {`{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"a":{"type":"array","items":[{"type":"string"}],"additionalItems":false}}}`, `{"a":["x"]}`, `{"a":["x","y"]}`},
		"draft 7 ref":    {`{"definitions":{"s":{"type":"string"}},"type":"object","properties":{"a":{"$ref":"#/definitions/s"}}}`, `{"a":"x"}`, `{"a":1}`},
		"draft 4 bound":  {`{"type":"object","properties":{"a":{"type":"number","maximum":5,"exclusiveMaximum":true}}}`, `{"a":4}`, `{"a":5}`},
		"draft 3 flag":   {`{"type":"object","properties":{"a":{"type":"string","required":true}}}`, `{}`, `{"a":1}`},
		"openapi":        {`{"type":"object","properties":{"a":{"type":"string","nullable":true}}}`, `{"a":null}`, `{"a":1}`},
		"remote":         {`{"type":"object","properties":{"a":{"$ref":"http://169.254.169.254/x"},"b":{"type":"string"}}}`, `{"a":1}`, `{"b":1}`},
		"member named":   {`{"type":"object","properties":{"id":{"type":"string"},"default":{"type":"integer"},"format":{"type":"boolean"}}}`, `{"id":"x","default":1,"format":true}`, `{"id":1}`},
		"odd pattern":    {`{"type":"object","properties":{"a":{"type":"string","pattern":"(?!x)"}}}`, `{"a":"x"}`, `{"a":1}`},
		"closed":         {`{"type":"object","properties":{"a":{}},"additionalProperties":false}`, `{"a":1}`, `{"b":1}`},
		"required alone": {`{"type":"objekt","required":["a"]}`, `{"a":1}`, `{}`},
		"dependencies":   {`{"type":"object","dependencies":{"a":["b"]},"properties":{"c":{"type":"string"}}}`, `{"a":1,"b":2}`, `{"c":1}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var k schemacheck.Checker
			s := schema(t, c.schema)
			if err := k.Input(s, object(t, c.good)); err != nil {
				t.Errorf("%s is refused: %v", c.good, err)
			}
			if err := k.Input(s, object(t, c.bad)); err == nil {
				t.Errorf("%s passes", c.bad)
			}
		})
	}
}

func object(t testing.TB, text string) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestOutputsMayHaveMore(t *testing.T) {
	t.Parallel()
	var k schemacheck.Checker
	s := schema(t, `{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"],"additionalProperties":false}`)
	if err := k.Output(s, json.RawMessage(`{"a":1,"more":true}`)); err != nil {
		t.Errorf("more than was declared: %v", err)
	}
	for _, bad := range []string{`{"a":"1"}`, `{}`, `[1]`, `{"a":`} {
		if err := k.Output(s, json.RawMessage(bad)); err == nil {
			t.Errorf("%s passes", bad)
		}
	}
	if err := k.Input(s, map[string]any{"a": 1, "more": true}); err == nil {
		t.Error("inputs may have more too")
	}
}

func TestReasonsNameTheArgument(t *testing.T) {
	t.Parallel()
	var k schemacheck.Checker
	s := schema(t, `{"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{"size":{"enum":["small"]}}}}}}`)
	err := k.Input(s, object(t, `{"items":[{"size":"huge"}]}`))
	if err == nil || !strings.Contains(err.Error(), "items") || !strings.Contains(err.Error(), "size") || strings.Contains(err.Error(), "validating") {
		t.Errorf("the reason is %v", err)
	}
}

func TestHostileSchemasEnd(t *testing.T) {
	t.Parallel()
	laughs := `{"type":"object","properties":{"a":{"$ref":"#/$defs/d0"}},"required":["a"],"$defs":{`
	for i := range 60 {
		next := `{"$ref":"#/$defs/d` + strconv.Itoa(i+1) + `"}`
		laughs += `"d` + strconv.Itoa(i) + `":{"anyOf":[` + next + `,` + next + `]},`
	}
	laughs += `"d60":{"type":"string"}}}`
	deep := strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000)
	for name, c := range map[string]struct{ schema, value string }{
		"itself":           {`{"$ref":"#"}`, `{}`},
		"a circle":         {`{"$defs":{"x":{"$ref":"#/$defs/y"},"y":{"allOf":[{"$ref":"#/$defs/x"}]}},"properties":{"a":{"$ref":"#/$defs/x"}}}`, `{"a":1}`},
		"an anchor circle": {`{"$defs":{"x":{"$anchor":"x","$ref":"#x"}},"properties":{"a":{"$ref":"#x"}}}`, `{"a":1}`},
		"dynamic":          {`{"$dynamicAnchor":"n","properties":{"a":{"$dynamicRef":"#n"}},"allOf":[{"$dynamicRef":"#n"}]}`, `{"a":{"a":{}}}`},
		"multiplied":       {laughs, `{"a":1}`},
		"a bushy tree":     {`{"properties":{"a":{"anyOf":[{"$ref":"#"},{"$ref":"#"},{"type":"string"}]}}}`, deep},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var k schemacheck.Checker
			_ = k.Output(schema(t, c.schema), json.RawMessage(c.value)) // whatever it says, it ends
		})
	}
	var k schemacheck.Checker
	tree := schema(t, `{"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#"}}},"required":["name"]}`)
	if err := k.Output(tree, json.RawMessage(`{"name":"a","children":[{"name":"b","children":[]}]}`)); err != nil {
		t.Errorf("an honest tree is refused: %v", err)
	}
	if err := k.Output(tree, json.RawMessage(`{"name":7,"children":[]}`)); err == nil {
		t.Error("the root of a tree is not checked")
	}
}

// FuzzSchemas holds that no schema and no value make a check panic or run away.
func FuzzSchemas(f *testing.F) {
	f.Add(`{"type":"object","properties":{"a":{"$ref":"#"}}}`, `{"a":{"a":{}}}`)
	f.Add(`{"$defs":{"x":{"$ref":"#/$defs/x"}},"properties":{"a":{"$ref":"#/$defs/x"}}}`, `{"a":1}`)
	f.Add(`{"items":[{"items":[true]}],"required":"a"}`, `[]`)
	f.Fuzz(func(t *testing.T, text, value string) {
		s, err := catalog.ParseSchema([]byte(text))
		if err != nil {
			return
		}
		var k schemacheck.Checker
		_ = k.Output(s, json.RawMessage(value))
	})
}
