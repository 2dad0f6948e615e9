package mcp_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
	"github.com/bangwo/bangwo/internal/track/mcp"
)

// serve runs a handler as a server until the test ends.
func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	web := httptest.NewServer(h)
	t.Cleanup(func() { web.CloseClientConnections(); web.Close() })
	return web.URL
}

func streamable(t *testing.T) http.Handler {
	until, end := context.WithCancel(context.Background())
	t.Cleanup(end)
	server := shop(until)
	return sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return server }, nil)
}

func TestRedirectsToOtherHostsAreRefused(t *testing.T) {
	t.Parallel()
	var reached atomic.Bool
	elsewhere := serve(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Store(true) }))
	address := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere+"/secret", http.StatusTemporaryRedirect)
	}))
	_, err := mcp.New(mcp.Options{}).Open(t.Context(), catalog.Source{URL: address})
	if !fault.Is(err, fault.Merchant) || reached.Load() {
		t.Errorf("%v; the other host was reached: %v", err, reached.Load())
	}
}

func TestATokenIsSentToTheServerAndOnlyThere(t *testing.T) {
	t.Parallel()
	inner := streamable(t)
	address := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer open-sesame" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		inner.ServeHTTP(w, r)
	}))
	src := catalog.Source{URL: address, Storage: map[string]any{"token": "open-sesame"}}
	c := open(t, src)
	if _, err := c.Call(t.Context(), track.Call{Capability: "get_number"}); err != nil {
		t.Error(err)
	}
	src.Storage = map[string]any{"token": "wrong"}
	if _, err := mcp.New(mcp.Options{}).Open(t.Context(), src); !fault.Is(err, fault.Denied) || strings.Contains(err.Error(), "wrong") {
		t.Errorf("a refused token: %v", err)
	}
}

func TestAServerThatGoesAwayIsFoundAgain(t *testing.T) {
	t.Parallel()
	inner := streamable(t)
	var down atomic.Bool
	address := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down.Load() {
			if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
				_ = conn.Close() // without an answer
			}
			return
		}
		inner.ServeHTTP(w, r)
	}))
	c := open(t, catalog.Source{URL: address})
	down.Store(true)
	if _, err := c.Call(t.Context(), track.Call{Capability: "get_number"}); !fault.Is(err, fault.Merchant) {
		t.Errorf("a read from a server that is away: %v", err)
	}
	if _, err := c.Call(t.Context(), track.Call{Capability: "place_lie"}); err == nil {
		t.Error("an order at a server that is away went through")
	}
	down.Store(false)
	if _, err := c.Call(t.Context(), track.Call{Capability: "get_number"}); err != nil {
		t.Errorf("the server is not found again: %v", err)
	}
}

// older serves the older revision by hand and counts the orders that arrive.
func older(orders *atomic.Int32, call func(w http.ResponseWriter, id json.RawMessage)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var req struct {
			ID     json.RawMessage `json:"id"`
			Method string          `json:"method"`
		}
		if r.Method != http.MethodPost || json.NewDecoder(r.Body).Decode(&req) != nil {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		if req.ID == nil {
			w.WriteHeader(http.StatusAccepted)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		if req.Method == "tools/call" {
			orders.Add(1)
			call(w, req.ID)
			return
		}
		reply := plainShop(req.ID, req.Method)
		_, _ = io.WriteString(w, strings.ReplaceAll(strings.ReplaceAll(reply, "get_all", "place_order"), `"readOnlyHint":true`, `"destructiveHint":true`))
	})
}

func TestAnOrderIsNeverSentTwice(t *testing.T) {
	t.Parallel()
	for name, call := range map[string]func(w http.ResponseWriter, id json.RawMessage){
		"the connection breaks": func(w http.ResponseWriter, _ json.RawMessage) {
			if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
				_ = conn.Close()
			}
		},
		"an empty stream": func(w http.ResponseWriter, _ json.RawMessage) {
			w.Header().Set("Content-Type", "text/event-stream")
		},
		"nonsense": func(w http.ResponseWriter, _ json.RawMessage) { _, _ = io.WriteString(w, "<html>ok</html>") },
		"error page": func(w http.ResponseWriter, _ json.RawMessage) {
			w.WriteHeader(http.StatusBadGateway)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var orders atomic.Int32
			c := open(t, catalog.Source{URL: serve(t, older(&orders, call))})
			_, err := c.Call(t.Context(), track.Call{Capability: "place_order"})
			if !unknown(err) || orders.Load() != 1 {
				t.Errorf("%v; sent %d times", err, orders.Load())
			}
		})
	}
}

func TestRefusalsAreTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		reply string
		code  fault.Code
		url   string
	}{
		"arguments":   {`{"code":-32602,"message":"no such size"}`, fault.Invalid, ""},
		"failure":     {`{"code":-32000,"message":"kitchen closed"}`, fault.Merchant, ""},
		"an address":  {`{"code":-32042,"message":"sign here","data":{"elicitations":[{"url":"https://shop.test/sign"}]}}`, fault.Denied, "https://shop.test/sign"},
		"a challenge": {`{"code":-32042,"message":"pay","data":{"challenges":[{}]}}`, fault.Merchant, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var orders atomic.Int32
			conn := open(t, catalog.Source{URL: serve(t, older(&orders, func(w http.ResponseWriter, id json.RawMessage) {
				_, _ = io.WriteString(w, `{"jsonrpc":"2.0","id":`+string(id)+`,"error":`+c.reply+`}`)
			}))})
			_, err := conn.Call(t.Context(), track.Call{Capability: "place_order"})
			var f *fault.Error
			if !errors.As(err, &f) || f.Code != c.code || f.Params["url"] != c.url || unknown(err) {
				t.Errorf("%v (%s)", err, fault.CodeOf(err))
			}
		})
	}
}
