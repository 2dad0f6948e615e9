// Package mcptest holds what tests of signing in at MCP servers share: a scripted authorization server that is strict about
// what the protocol wants of a client.
package mcptest

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/auth"
)

// Guild is an authorization server by the book, with an MCP server behind it at Base/mcp. It counts what it was asked and refuses what
// breaks the rules of OAuth 2.1: codes and refresh tokens are taken once, and only with their verifier and resource.
type Guild struct {
	Base     string
	Lifetime int  // seconds of an access token; 0 says none
	Document bool // it knows clients by their metadata document

	mu        sync.Mutex
	Clients   int                   // that were registered
	codes     map[string]url.Values // by code: the request it was given for
	access    map[string]bool
	refresh   map[string]bool
	Renewals  int // of tokens that were asked for
	issued    int
	Client    string // the last that asked
	broken    []string
	BadState  bool // it sends back another state
	BadIssuer bool // it names another issuer
	Revoked   bool // nothing that was given counts any more
}

// New starts one that lives as long as the test; shop is what tokens open.
func New(t testing.TB, shop http.Handler) *Guild {
	t.Helper()
	g := &Guild{Lifetime: 3600, codes: map[string]url.Values{}, access: map[string]bool{}, refresh: map[string]bool{}}
	mux := http.NewServeMux()
	say := func(path string, v func() any) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { speak(w, http.StatusOK, v()) })
	}
	say("/.well-known/oauth-protected-resource/mcp", func() any {
		return map[string]any{"resource": g.Base + "/mcp", "authorization_servers": []string{g.Base}, "scopes_supported": []string{"order"}}
	})
	say("/.well-known/oauth-authorization-server", func() any {
		return map[string]any{"issuer": g.Base, "authorization_endpoint": g.Base + "/authorize", "token_endpoint": g.Base + "/token",
			"registration_endpoint": g.Base + "/register", "response_types_supported": []string{"code"},
			"code_challenge_methods_supported": []string{"S256"}, "authorization_response_iss_parameter_supported": true,
			"client_id_metadata_document_supported": g.Document, "scopes_supported": []string{"order", "offline_access"}}
	})
	mux.HandleFunc("POST /register", g.register)
	mux.HandleFunc("GET /authorize", g.authorize)
	mux.HandleFunc("POST /token", g.token)
	mux.HandleFunc("/mcp", func(w http.ResponseWriter, r *http.Request) {
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		g.mu.Lock()
		ok := g.access[token] && !g.Revoked
		g.mu.Unlock()
		if ok {
			shop.ServeHTTP(w, r)
			return
		}
		w.Header().Set("WWW-Authenticate", `Bearer resource_metadata="`+g.Base+`/.well-known/oauth-protected-resource/mcp"`)
		w.WriteHeader(http.StatusUnauthorized)
	})
	web := httptest.NewServer(mux)
	t.Cleanup(func() { web.CloseClientConnections(); web.Close() })
	g.Base = web.URL
	t.Cleanup(func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		for _, b := range g.broken {
			t.Errorf("the authorization server was asked wrongly: %s", b)
		}
	})
	return g
}

func speak(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// Look reads and changes the guild while it serves.
func (g *Guild) Look(f func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	f()
}

// Drop makes every access token void and, when all, every refresh token too.
func (g *Guild) Drop(all bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	clear(g.access)
	if all {
		clear(g.refresh)
	}
}

func (g *Guild) register(w http.ResponseWriter, r *http.Request) {
	var m struct {
		RedirectURIs []string `json:"redirect_uris"`
	}
	if json.NewDecoder(r.Body).Decode(&m) != nil || len(m.RedirectURIs) != 1 {
		speak(w, http.StatusBadRequest, map[string]any{"error": "invalid_client_metadata"})
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.Clients++
	speak(w, http.StatusCreated, map[string]any{"client_id": fmt.Sprintf("client-%d", g.Clients), "redirect_uris": m.RedirectURIs, "token_endpoint_auth_method": "none"})
}

func (g *Guild) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	g.mu.Lock()
	defer g.mu.Unlock()
	if q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "" || q.Get("state") == "" || q.Get("resource") != g.Base+"/mcp" ||
		!strings.Contains(q.Get("scope"), "order") || !strings.Contains(q.Get("scope"), "offline_access") {
		g.broken = append(g.broken, "authorize: "+r.URL.RawQuery)
	}
	code := fmt.Sprintf("code-%d", len(g.codes)+1)
	g.codes[code], g.Client = q, q.Get("client_id")
	back := url.Values{"code": {code}, "state": {q.Get("state")}, "iss": {g.Base}}
	if g.BadState {
		back.Set("state", "another")
	}
	if g.BadIssuer {
		back.Set("iss", "https://elsewhere.example")
	}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (g *Guild) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		speak(w, http.StatusBadRequest, map[string]any{"error": "invalid_request"})
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if f := r.PostForm; f.Get("resource") != g.Base+"/mcp" {
		g.broken = append(g.broken, f.Get("grant_type")+" for resource "+f.Get("resource"))
	}
	ok := false
	switch r.PostForm.Get("grant_type") {
	case "authorization_code":
		asked := g.codes[r.PostForm.Get("code")]
		sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
		ok = asked != nil && base64.RawURLEncoding.EncodeToString(sum[:]) == asked.Get("code_challenge") && r.PostForm.Get("redirect_uri") == asked.Get("redirect_uri")
		g.codes[r.PostForm.Get("code")] = nil
	case "refresh_token":
		ok = g.refresh[r.PostForm.Get("refresh_token")] && !g.Revoked
		delete(g.refresh, r.PostForm.Get("refresh_token"))
		g.Renewals++
	}
	if !ok {
		speak(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
		return
	}
	g.issued++
	access, refresh := fmt.Sprintf("access-%d", g.issued), fmt.Sprintf("refresh-%d", g.issued)
	g.access[access], g.refresh[refresh] = true, true
	speak(w, http.StatusOK, map[string]any{"access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_in": g.Lifetime})
}

// Through is a door at which the operator says yes at once.
func Through(ctx context.Context, args *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
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
	back, err := resp.Location()
	if err != nil {
		return nil, err
	}
	q := back.Query()
	return &auth.AuthorizationResult{Code: q.Get("code"), State: q.Get("state"), Iss: q.Get("iss")}, nil
}
