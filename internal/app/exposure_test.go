package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/httpapi"
	"github.com/bangwo/bangwo/internal/track"
)

// asServer offers what a package of the platform offers as an MCP server: the same words, and every call is answered by the package.
func (n *node) asServer(t *testing.T, id string) (address string) {
	t.Helper()
	svc, err := n.app.Services().Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	server := sdk.NewServer(&sdk.Implementation{Name: id, Title: svc.Name, Version: "1"}, &sdk.ServerOptions{Instructions: svc.Description + "\n\n" + svc.Instruction})
	for _, c := range svc.Capabilities {
		tool := &sdk.Tool{Name: c.Name, Title: c.Title, Description: c.Description, InputSchema: c.Input.Raw, Annotations: &sdk.ToolAnnotations{ReadOnlyHint: c.Effect == catalog.Read}}
		if c.Output != nil {
			tool.OutputSchema = c.Output.Raw
		}
		server.AddTool(tool, func(ctx context.Context, req *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
			args := map[string]any{}
			if err := json.Unmarshal(req.Params.Arguments, &args); err != nil {
				return nil, err
			}
			r, err := n.app.Services().Call(ctx, id, track.Call{ID: "call", Person: "lin", Skill: c.Skill, Capability: c.Name, Args: args})
			if err != nil {
				return nil, err
			}
			return &sdk.CallToolResult{StructuredContent: r.Structured, IsError: r.IsError, Content: []sdk.Content{&sdk.TextContent{Text: strings.Join(r.Text, "\n")}}}, nil
		})
	}
	web := httptest.NewServer(sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return server }, nil))
	t.Cleanup(func() { web.CloseClientConnections(); web.Close() })
	return web.URL
}

// standings are the ranks for a sentence, as goal/rank=service; the service named also is called by its twin's name.
func (n *node) standings(t *testing.T, text, also, twin string) []string {
	t.Helper()
	th, err := n.app.Think(t.Context(), "lin", desk.Utterance{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range th.Exposures {
		if e.Service == also {
			e.Service = twin
		}
		out = append(out, fmt.Sprintf("%s/%d=%s %s", e.Goal, e.Rank, e.Service, e.Standing))
	}
	return out
}

// TestAPackageAndAServerOfTheSameWordsRankAlike reads the same service by the drivers of two tracks, on two platforms that are otherwise
// the same, and then has both on one.
func TestAPackageAndAServerOfTheSameWordsRankAlike(t *testing.T) {
	t.Parallel()
	packaged, served := start(t, config(t)), start(t, config(t))
	ops, bearer := served.operator(t)
	twin := map[string]any{"url": packaged.asServer(t, "coffee"), "id": "kaffee"}
	ops.want(http.StatusOK, http.MethodDelete, "/operator/services/coffee", nil, nil, bearer...)
	ops.want(http.StatusOK, http.MethodPost, "/operator/services", twin, nil, bearer...)
	sentences := []string{"帮我叫辆车去机场，顺便在附近订三杯低糖拿铁", "订两杯大杯冰美式", "three low-sugar lattes please", "买一束玫瑰送到家", "来点喝的"}
	for _, text := range sentences {
		want := packaged.standings(t, text, "", "")
		if got := served.standings(t, text, "kaffee", "coffee"); !slices.Equal(got, want) {
			t.Errorf("%s: as a server %v, as a package %v", text, got, want)
		}
	}
	ops, bearer = packaged.operator(t)
	ops.want(http.StatusOK, http.MethodPost, "/operator/services", twin, nil, bearer...)
	for _, text := range sentences[1:3] {
		got := packaged.standings(t, text, "", "")
		if !slices.Contains(got, "g1/1=coffee offered") && !slices.Contains(got, "g1/2=coffee offered") || !strings.Contains(strings.Join(got, " "), "=kaffee offered") {
			t.Errorf("%s: twins stand at %v, want both offered", text, got)
		}
	}
}

// TestOperatorsSeeWhyServicesStoodWhereTheyStood carries an errand to its card and asks for its exposures over HTTP.
func TestOperatorsSeeWhyServicesStoodWhereTheyStood(t *testing.T) {
	t.Parallel()
	n := start(t, config(t))
	lin := n.signedIn(t, "lin")
	var conv struct{ ID string }
	var said struct{ Turn string }
	lin.want(http.StatusOK, http.MethodPost, "/conversations", map[string]string{}, &conv)
	lin.want(http.StatusOK, http.MethodPost, "/conversations/"+conv.ID+"/turns", httpapi.Saying{Text: "帮我叫辆车去机场，顺便在附近订三杯低糖拿铁"}, &said)
	lin.follow(conv.ID, 0, func(e event) bool { return e.kind == "bundle" })
	lin.wantCode("denied", http.MethodGet, "/operator/exposures", nil)
	ops, bearer := n.operator(t)
	var page struct {
		Exposures []struct {
			Turn, Goal, Words, Service, Standing, By string
			Rank, Of                                 int
			Fit                                      catalog.Fit
		}
	}
	ops.want(http.StatusOK, http.MethodGet, "/operator/exposures?turn="+said.Turn, nil, &page, bearer...)
	chosen := map[string]string{}
	for _, e := range page.Exposures {
		if e.Turn != said.Turn || e.Words == "" || e.Rank < 1 || e.Of < e.Rank || e.Fit.Score <= 0 || len(e.Fit.By) == 0 {
			t.Errorf("%+v", e)
		}
		if e.Standing == "chosen" && e.By == "fit" {
			chosen[e.Goal] = e.Service
		}
	}
	if len(chosen) != 2 || chosen["g1"] != "ride" || chosen["g2"] != "coffee" {
		t.Errorf("chosen are %v in %+v", chosen, page.Exposures)
	}
	ops.want(http.StatusOK, http.MethodGet, "/operator/exposures?service=ride", nil, &page, bearer...)
	if len(page.Exposures) != 1 || page.Exposures[0].Service != "ride" {
		t.Errorf("of one service: %+v", page.Exposures)
	}
	ops.wantCode("invalid", http.MethodGet, "/operator/exposures?turn=a/b", nil, bearer...)
	ops.wantCode("invalid", http.MethodGet, "/operator/exposures?limit=1000", nil, bearer...)
}
