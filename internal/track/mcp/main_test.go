package mcp_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/internal/catalog"
)

// The test binary is also the servers that are tested against: MCP_TEST_SERVER says which.
func TestMain(m *testing.M) {
	if kind := os.Getenv("MCP_TEST_SERVER"); kind != "" {
		runServer(kind)
		return
	}
	os.Exit(m.Run())
}

// program is a source that starts this binary as a server.
func program(t *testing.T, kind string, env map[string]string) catalog.Source {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{"MCP_TEST_SERVER": kind}
	for k, v := range env {
		all[k] = v
	}
	return catalog.Source{Track: catalog.TrackMCP, Path: self, Env: all}
}

func runServer(kind string) {
	switch kind {
	case "shop":
		_ = shop(context.Background()).Run(context.Background(), &sdk.StdioTransport{})
	case "mute": // reads, never answers
		scanner := bufio.NewScanner(os.Stdin)
		for scanner.Scan() {
		}
	case "dead":
		fmt.Fprintln(os.Stderr, "cannot find my configuration")
		os.Exit(1)
	case "noise":
		fmt.Println("Welcome to our shop!")
		time.Sleep(time.Minute)
	case "flood":
		raw(func(id json.RawMessage, method string) string {
			if method == "tools/call" {
				return answer(id, `{"content":[{"type":"text","text":"`+strings.Repeat("x", 6<<20)+`"}]}`)
			}
			return plainShop(id, method)
		})
	case "circle":
		raw(func(id json.RawMessage, method string) string {
			if method == "tools/list" {
				return answer(id, `{"tools":[],"nextCursor":"again"}`)
			}
			return plainShop(id, method)
		})
	case "family": // leaves a child behind that holds its pipes
		child := exec.Command("sleep", "600")
		child.Stdout, child.Stderr = os.Stdout, os.Stderr
		if err := child.Start(); err != nil {
			os.Exit(1)
		}
		if err := os.WriteFile(os.Getenv("PID_FILE"), fmt.Appendf(nil, "%d", child.Process.Pid), 0o600); err != nil {
			os.Exit(1)
		}
		_ = shop(context.Background()).Run(context.Background(), &sdk.StdioTransport{})
	case "chatty": // greets and logs on standard output, where only messages belong
		fmt.Println("✅ Welcome to our shop!\n\n   [1/2] not json\n{ state: 'open' }\n{}")
		raw(func(id json.RawMessage, method string) string {
			fmt.Println("handling " + method + strings.Repeat(" and more", 20<<10))
			return "  " + plainShop(id, method) + "\nok"
		})
	case "plain": // speaks the older revision only
		raw(plainShop)
	}
}

// raw serves JSON-RPC lines by hand.
func raw(reply func(id json.RawMessage, method string) string) {
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		var req struct {
			ID     json.RawMessage `json:"id"`
			Method string          `json:"method"`
		}
		if json.Unmarshal(scanner.Bytes(), &req) == nil && req.ID != nil {
			if out := reply(req.ID, req.Method); out != "" {
				fmt.Println(out)
			}
		}
	}
}

func answer(id json.RawMessage, result string) string {
	return `{"jsonrpc":"2.0","id":` + string(id) + `,"result":` + result + `}`
}

func plainShop(id json.RawMessage, method string) string {
	switch method {
	case "initialize":
		return answer(id, `{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"old","version":"1"}}`)
	case "tools/list":
		return answer(id, `{"tools":[{"name":"get_all","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}}]}`)
	case "tools/call":
		return answer(id, `{"content":[{"type":"text","text":"{\"n\":12345678901234567890}"}]}`)
	}
	return `{"jsonrpc":"2.0","id":` + string(id) + `,"error":{"code":-32601,"message":"no"}}`
}

type object = map[string]any

// shop is a server by the SDK whose tools behave and misbehave as their names say; slow ones end with until.
func shop(until context.Context) *sdk.Server {
	server := sdk.NewServer(&sdk.Implementation{Name: "shop", Title: "Test Shop", Version: "1"}, &sdk.ServerOptions{
		Instructions: "A shop.\n\nMore words.", PageSize: 3})
	yes := true
	add := func(name string, annotations *sdk.ToolAnnotations, output any, h sdk.ToolHandler) {
		server.AddTool(&sdk.Tool{Name: name, Description: "does what its name says", Annotations: annotations,
			InputSchema: object{"type": "object"}, OutputSchema: output}, h)
	}
	reads, binds := &sdk.ToolAnnotations{ReadOnlyHint: true}, &sdk.ToolAnnotations{DestructiveHint: &yes}
	number := object{"type": "object", "properties": object{"n": object{"type": "integer"}}, "required": []string{"n"}}
	text := func(s string) (*sdk.CallToolResult, error) {
		return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: s}}}, nil
	}
	add("get_number", reads, number, func(context.Context, *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		return &sdk.CallToolResult{Meta: sdk.Meta{"secret": "x"}, StructuredContent: object{"n": 7, "extra": "harmless"}}, nil
	})
	add("get_lie", reads, number, func(context.Context, *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		return &sdk.CallToolResult{StructuredContent: object{"n": "seven"}}, nil
	})
	add("place_lie", binds, number, func(context.Context, *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		return &sdk.CallToolResult{StructuredContent: object{}}, nil
	})
	add("get_refusal", reads, number, func(context.Context, *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		return &sdk.CallToolResult{IsError: true, Content: []sdk.Content{&sdk.TextContent{Text: "sold out"}}}, nil
	})
	add("get_huge", reads, nil, func(context.Context, *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		return text(strings.Repeat("x", 2<<20))
	})
	add("get_key", reads, nil, func(_ context.Context, req *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		return text(fmt.Sprint(req.Params.Meta["io.github.bangwo/idempotency-key"]))
	})
	add("get_env", reads, nil, func(context.Context, *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		return text(strings.Join(os.Environ(), "\n"))
	})
	add("get_slowly", reads, nil, func(ctx context.Context, _ *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		select {
		case <-ctx.Done():
		case <-until.Done():
		}
		return nil, context.Canceled
	})
	add("place_slowly", binds, nil, func(ctx context.Context, _ *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		select {
		case <-ctx.Done():
		case <-until.Done():
		}
		return nil, context.Canceled
	})
	add("get_progress", reads, nil, func(ctx context.Context, req *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		token := req.Params.GetProgressToken()
		for tick := time.NewTicker(5 * time.Millisecond); ; { // until the caller has seen it and stops
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-until.Done():
				return nil, context.Canceled
			case <-tick.C:
			}
			if err := req.Session.NotifyProgress(ctx, &sdk.ProgressNotificationParams{ProgressToken: token, Progress: 1, Total: 4, Message: "a quarter"}); err != nil {
				return nil, err
			}
		}
	})
	add("get_death", reads, nil, mortal(text))
	add("place_death", binds, nil, mortal(text))
	add("ask_size", binds, nil, askSize(text))
	add("ask_model", reads, nil, func(ctx context.Context, req *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		if req.Session.InitializeParams() != nil && req.Session.InitializeParams().Capabilities.Sampling != nil {
			return text("may sample")
		}
		return text("may not sample")
	})
	add("add_tool", reads, nil, func(context.Context, *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		add("get_new", reads, nil, func(context.Context, *sdk.CallToolRequest) (*sdk.CallToolResult, error) { return text("new") })
		return text("added")
	})
	return server
}

// mortal dies at its first call, counted in a file, and lives at the next.
func mortal(text func(string) (*sdk.CallToolResult, error)) sdk.ToolHandler {
	return func(context.Context, *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		f, err := os.OpenFile(os.Getenv("DEATHS"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
		if err != nil {
			return nil, err
		}
		_, _ = f.WriteString("x")
		_ = f.Close()
		if b, _ := os.ReadFile(os.Getenv("DEATHS")); len(b) == 1 {
			fmt.Fprintln(os.Stderr, "out of memory")
			os.Exit(7)
		}
		return text("alive")
	}
}

// askSize asks for a size, by the round trips of the newer revision or by the requests of the older.
func askSize(text func(string) (*sdk.CallToolResult, error)) sdk.ToolHandler {
	ask := &sdk.ElicitParams{Mode: "form", Message: "Which size?", RequestedSchema: object{"type": "object", "properties": object{
		"size":  object{"type": "string", "enum": []string{"small", "large"}, "default": "small"},
		"gift":  object{"type": "boolean", "default": true},
		"words": object{"type": "string"}}, "required": []string{"size"}}}
	return func(_ context.Context, req *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		if r, ok := req.Params.InputResponses["size"].(*sdk.ElicitResult); ok {
			return text(fmt.Sprint(r.Action, " ", r.Content["size"], " ", r.Content["gift"]))
		}
		return &sdk.CallToolResult{InputRequests: sdk.InputRequestMap{"size": ask}}, nil
	}
}
