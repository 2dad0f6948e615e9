package httpapi_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
)

// described is the part of an OpenAPI document that the tests look at.
type described struct {
	OpenAPI    string
	Paths      map[string]map[string]operation
	Components struct {
		Schemas map[string]json.RawMessage
	}
}

type operation struct {
	OperationID string `json:"operationId"`
	Summary     string
	Security    []map[string][]string
	Parameters  []struct {
		Name, In string
		Required bool
		Schema   json.RawMessage
	}
	RequestBody *struct {
		Content map[string]struct{ Schema json.RawMessage }
	}
	Responses map[string]struct {
		Content map[string]struct{ Schema json.RawMessage }
	}
}

func (w *world) described() (described, string) {
	w.t.Helper()
	_, raw := w.send("", http.MethodGet, "/openapi.json", "")
	var d described
	if err := json.Unmarshal([]byte(raw), &d); err != nil {
		w.t.Fatal(err)
	}
	return d, raw
}

// TestTheDescriptionIsSound holds the document against OpenAPI's own rules: every reference leads somewhere, every schema is
// a JSON Schema 2020-12, operation ids are unique, and what a path names is declared.
func TestTheDescriptionIsSound(t *testing.T) {
	t.Parallel()
	w := setup(t)
	d, raw := w.described()
	if !strings.HasPrefix(d.OpenAPI, "3.1.") || len(d.Paths) < 20 {
		t.Fatalf("OpenAPI %q with %d paths", d.OpenAPI, len(d.Paths))
	}
	for _, ref := range regexp.MustCompile(`"\$ref":\s*"([^"]+)"`).FindAllStringSubmatch(raw, -1) {
		name, ok := strings.CutPrefix(ref[1], "#/components/schemas/")
		if !ok || d.Components.Schemas[name] == nil {
			t.Errorf("%s leads nowhere", ref[1])
		}
	}
	for name, s := range d.Components.Schemas {
		sound(t, name, s)
	}
	seen := map[string]bool{}
	inPath := regexp.MustCompile(`\{(\w+)\}`)
	for path, methods := range d.Paths {
		for method, op := range methods {
			what := method + " " + path
			if op.OperationID == "" || op.Summary == "" || seen[op.OperationID] || len(op.Responses) == 0 {
				t.Errorf("%s: id %q, summary %q, %d responses", what, op.OperationID, op.Summary, len(op.Responses))
			}
			seen[op.OperationID] = true
			for _, m := range inPath.FindAllStringSubmatch(path, -1) {
				if !slices.ContainsFunc(op.Parameters, func(p struct {
					Name, In string
					Required bool
					Schema   json.RawMessage
				}) bool {
					return p.Name == m[1] && p.In == "path" && p.Required
				}) {
					t.Errorf("%s does not declare %s", what, m[1])
				}
			}
			for _, p := range op.Parameters {
				sound(t, what+" "+p.Name, p.Schema)
			}
			if _, empty := op.Responses["204"]; op.Responses["200"].Content == nil && !empty {
				t.Errorf("%s does not say what it answers", what)
			}
		}
	}
}

// sound wants a schema that a validator takes; references into the document are looked at elsewhere.
func sound(t *testing.T, name string, raw json.RawMessage) {
	t.Helper()
	local := regexp.MustCompile(`"\$ref":\s*"[^"]+"`).ReplaceAll(raw, []byte(`"$comment":"a reference"`))
	var s jsonschema.Schema
	if err := json.Unmarshal(local, &s); err != nil {
		t.Errorf("%s is no schema: %v", name, err)
		return
	}
	if _, err := s.Resolve(nil); err != nil {
		t.Errorf("%s is no schema: %v", name, err)
	}
}

// bodies are the smallest requests that each operation takes.
var bodies = map[string]string{
	"signIn": `{"person":"lin"}`, "putProfile": `{"name":"Lin"}`, "newConversation": `{}`, "say": `{"text":"tea"}`, "answer": `{"value":"x"}`,
	"plan": `{"text":"tea"}`, "registerPrepay": `{"out_trade_no":"A1","amount":1,"currency":"CNY","subject":"tea"}`,
	"addService": `{"url":"https://shop.example/mcp"}`, "beginSignIn": `{"url":"https://shop.example/mcp"}`,
}

// TestEveryEndpointKnowsItsCallers goes through everything that is described, as everybody: nobody gets in without a token,
// nobody with somebody else's kind of token, and whom it is for gets through.
func TestEveryEndpointKnowsItsCallers(t *testing.T) {
	t.Parallel()
	w := setup(t)
	d, _ := w.described()
	open := []string{"listPeople", "signIn", "signOut"}
	for path, methods := range d.Paths {
		for method, op := range methods {
			if op.OperationID == "events" {
				continue // a stream has tests of its own
			}
			body := bodies[op.OperationID]
			if op.RequestBody != nil && body == "" {
				t.Errorf("%s has no request in this test", op.OperationID)
				continue
			}
			at := strings.ReplaceAll(path, "{id}", "c1")
			method := strings.ToUpper(method)
			mine := "lin"
			switch {
			case strings.Contains(path, "/merchant/"):
				mine = "corner"
			case strings.Contains(path, "/operator/"):
				mine = "ops"
			}
			if !slices.Contains(open, op.OperationID) {
				if got := w.code("", method, at, body); got != "unsigned" {
					t.Errorf("%s as nobody: %q", op.OperationID, got)
				}
				for _, other := range []string{"lin", "corner", "ops"} {
					if got := w.code(other, method, at, body); other != mine && got != "denied" {
						t.Errorf("%s as %s: %q", op.OperationID, other, got)
					}
				}
			}
			if got := w.code(mine, method, at, body); got != "" {
				t.Errorf("%s as %s: %q", op.OperationID, mine, got)
			}
			if op.OperationID == "signOut" { // lin is signed out now
				var err error
				if w.tokens["lin"], _, err = w.book.SignIn(t.Context(), "lin"); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
