// Command client lets the official MCP conformance suite drive Bangwo's MCP client: it opens the server that the
// suite names through the same driver as the product, and does what each scenario wants a client to do.
//
//	client SERVER-URL     (scenario and its context come in MCP_CONFORMANCE_SCENARIO and MCP_CONFORMANCE_CONTEXT)
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/auth"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
	"github.com/bangwo/bangwo/internal/track/mcp"
)

const runTimeout = 60 * time.Second

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: client SERVER-URL")
		os.Exit(2)
	}
	ctx, cancel := context.WithTimeout(context.Background(), runTimeout)
	defer cancel()
	if err := run(ctx, os.Getenv("MCP_CONFORMANCE_SCENARIO"), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// scenarioContext is what the suite tells beside the scenario's name.
type scenarioContext struct {
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	ToolCalls    []struct {
		Name      string         `json:"name"`
		Arguments map[string]any `json:"arguments"`
	} `json:"toolCalls"`
}

func run(ctx context.Context, scenario, address string) error {
	var sc scenarioContext
	if text := os.Getenv("MCP_CONFORMANCE_CONTEXT"); text != "" {
		if err := json.Unmarshal([]byte(text), &sc); err != nil {
			return fmt.Errorf("scenario context: %w", err)
		}
	}
	src := catalog.Source{Track: catalog.TrackMCP, URL: address, Storage: map[string]any{}}
	opt := mcp.Options{Log: slog.New(slog.NewTextHandler(os.Stderr, nil))}
	if strings.HasPrefix(scenario, "auth/") {
		if sc.ClientID != "" {
			src.Storage["client_id"], src.Storage["client_secret"] = sc.ClientID, sc.ClientSecret
		}
		if !strings.HasPrefix(scenario, "auth/client-credentials") {
			opt.Door = &mcp.Door{Fetch: followSignIn, Redirect: "http://localhost:3000/callback",
				Metadata: "https://conformance-test.local/client-metadata.json"}
		}
	}
	conn, err := mcp.New(opt).Open(ctx, src)
	if err != nil {
		return err
	}
	defer conn.Close()
	return act(ctx, scenario, conn, sc)
}

// act does what the scenario wants of a client, in the words of a person's errands: it calls tools.
func act(ctx context.Context, scenario string, conn track.Connection, sc scenarioContext) error {
	svc := conn.Service()
	switch {
	case len(sc.ToolCalls) > 0:
		for _, c := range sc.ToolCalls {
			report(conn.Call(ctx, track.Call{Capability: c.Name, Args: c.Arguments, Doors: yes{}}))
		}
		return nil
	case scenario == "json-schema-2020-12-preservation":
		return echoSchema(ctx, conn)
	}
	for _, c := range svc.Capabilities {
		args := sample(c.Input)
		_, err := conn.Call(ctx, track.Call{Capability: c.Name, Args: args, Doors: yes{}})
		if err != nil && strings.HasPrefix(scenario, "auth/") {
			return err
		}
		report(track.Result{}, err)
	}
	return nil
}

// echoSchema gives the schema that the client kept back to the suite, which looks at what survived.
func echoSchema(ctx context.Context, conn track.Connection) error {
	svc := conn.Service()
	kept, ok := svc.Capability("", "json_schema_2020_12_tool")
	if !ok {
		return fmt.Errorf("the focal tool is missing")
	}
	_, err := conn.Call(ctx, track.Call{Capability: "json_schema_echo", Args: map[string]any{"schema": kept.Input.Raw}})
	return err
}

// sample makes the simplest arguments that a schema takes.
func sample(s *catalog.Schema) map[string]any {
	args := map[string]any{}
	for _, p := range s.Properties {
		switch {
		case p.Schema.Default != nil:
			args[p.Name] = p.Schema.Default
		case len(p.Schema.Enum) > 0:
			args[p.Name] = p.Schema.Enum[0]
		case p.Schema.Type == "number" || p.Schema.Type == "integer":
			args[p.Name] = 5
		case p.Schema.Type == "boolean":
			args[p.Name] = true
		case p.Schema.Type == "string":
			args[p.Name] = "us-west1"
		}
	}
	return args
}

func report(_ track.Result, err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "call:", err) // some scenarios offer what a client must refuse
	}
}

// yes accepts every form: defaults stand, and what is asked for as a boolean is granted.
type yes struct{}

func (yes) Open(_ context.Context, r track.DoorRequest) track.DoorAnswer {
	value := map[string]any{}
	if raw, ok := r.Request["schema"].(json.RawMessage); ok {
		if s, err := catalog.ParseSchema(raw); err == nil {
			for _, p := range s.Properties {
				if p.Required && p.Schema.Default == nil && p.Schema.Type == "boolean" {
					value[p.Name] = true
				}
			}
		}
	}
	return track.DoorAnswer{Granted: true, Value: value}
}

// followSignIn stands for the person in a browser: the suite's authorization server sends back at once.
func followSignIn(ctx context.Context, args *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, args.URL, nil)
	if err != nil {
		return nil, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	back, err := url.Parse(resp.Header.Get("Location"))
	if err != nil {
		return nil, err
	}
	q := back.Query()
	return &auth.AuthorizationResult{Code: q.Get("code"), State: q.Get("state"), Iss: q.Get("iss")}, nil
}
