package mcp_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/auth"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
	"github.com/bangwo/bangwo/internal/track/mcp"
)

// guild is an authorization server by the book, with the shop behind it. It counts what it was asked and refuses what
// breaks the rules of OAuth 2.1: codes and refresh tokens are taken once, and only with their verifier and resource.
type guild struct {
	base     string
	lifetime int  // seconds of an access token
	document bool // it knows clients by their metadata document

	mu        sync.Mutex
	clients   int
	codes     map[string]url.Values // by code: the request it was given for
	access    map[string]bool
	refresh   map[string]bool
	renewals  int
	issued    int
	client    string // the last that asked
	broken    []string
	badState  bool
	badIssuer bool
	revoked   bool
}

func newGuild(t *testing.T) *guild {
	g := &guild{lifetime: 3600, codes: map[string]url.Values{}, access: map[string]bool{}, refresh: map[string]bool{}}
	mux := http.NewServeMux()
	say := func(path string, v func() any) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { speak(w, http.StatusOK, v()) })
	}
	say("/.well-known/oauth-protected-resource/mcp", func() any {
		return object{"resource": g.base + "/mcp", "authorization_servers": []string{g.base}, "scopes_supported": []string{"order"}}
	})
	say("/.well-known/oauth-authorization-server", func() any {
		return object{"issuer": g.base, "authorization_endpoint": g.base + "/authorize", "token_endpoint": g.base + "/token",
			"registration_endpoint": g.base + "/register", "response_types_supported": []string{"code"},
			"code_challenge_methods_supported": []string{"S256"}, "authorization_response_iss_parameter_supported": true,
			"client_id_metadata_document_supported": g.document, "scopes_supported": []string{"order", "offline_access"}}
	})
	mux.HandleFunc("POST /register", g.register)
	mux.HandleFunc("GET /authorize", g.authorize)
	mux.HandleFunc("POST /token", g.token)
	shop := streamable(t)
	mux.HandleFunc("/mcp", func(w http.ResponseWriter, r *http.Request) {
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		g.mu.Lock()
		ok := g.access[token] && !g.revoked
		g.mu.Unlock()
		if ok {
			shop.ServeHTTP(w, r)
			return
		}
		w.Header().Set("WWW-Authenticate", `Bearer resource_metadata="`+g.base+`/.well-known/oauth-protected-resource/mcp"`)
		w.WriteHeader(http.StatusUnauthorized)
	})
	g.base = serve(t, mux)
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

func (g *guild) source() catalog.Source {
	return catalog.Source{Track: catalog.TrackMCP, URL: g.base + "/mcp"}
}

func (g *guild) register(w http.ResponseWriter, r *http.Request) {
	var m struct {
		RedirectURIs []string `json:"redirect_uris"`
	}
	if json.NewDecoder(r.Body).Decode(&m) != nil || len(m.RedirectURIs) != 1 {
		speak(w, http.StatusBadRequest, object{"error": "invalid_client_metadata"})
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.clients++
	speak(w, http.StatusCreated, object{"client_id": fmt.Sprintf("client-%d", g.clients), "redirect_uris": m.RedirectURIs, "token_endpoint_auth_method": "none"})
}

func (g *guild) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	g.mu.Lock()
	defer g.mu.Unlock()
	if q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "" || q.Get("state") == "" || q.Get("resource") != g.base+"/mcp" ||
		!strings.Contains(q.Get("scope"), "order") || !strings.Contains(q.Get("scope"), "offline_access") {
		g.broken = append(g.broken, "authorize: "+r.URL.RawQuery)
	}
	code := fmt.Sprintf("code-%d", len(g.codes)+1)
	g.codes[code], g.client = q, q.Get("client_id")
	back := url.Values{"code": {code}, "state": {q.Get("state")}, "iss": {g.base}}
	if g.badState {
		back.Set("state", "another")
	}
	if g.badIssuer {
		back.Set("iss", "https://elsewhere.example")
	}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (g *guild) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		speak(w, http.StatusBadRequest, object{"error": "invalid_request"})
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if f := r.PostForm; f.Get("resource") != g.base+"/mcp" {
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
		ok = g.refresh[r.PostForm.Get("refresh_token")] && !g.revoked
		delete(g.refresh, r.PostForm.Get("refresh_token"))
		g.renewals++
	}
	if !ok {
		speak(w, http.StatusBadRequest, object{"error": "invalid_grant"})
		return
	}
	g.issued++
	access, refresh := fmt.Sprintf("access-%d", g.issued), fmt.Sprintf("refresh-%d", g.issued)
	g.access[access], g.refresh[refresh] = true, true
	speak(w, http.StatusOK, object{"access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_in": g.lifetime})
}

// count reads a number under the lock.
func (g *guild) count(n *int) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return *n
}

// through is a door at which the operator says yes at once.
func through(ctx context.Context, args *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
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

// shelf is a Grants that tests look into.
type shelf struct {
	mu   sync.Mutex
	kept map[string]mcp.Grant
}

func (s *shelf) Load(_ context.Context, key string) (*mcp.Grant, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if g, ok := s.kept[key]; ok {
		return &g, nil
	}
	return nil, nil
}

func (s *shelf) Save(_ context.Context, key string, g mcp.Grant) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string]mcp.Grant{}
	}
	s.kept[key] = g
	return nil
}

func (s *shelf) Forget(_ context.Context, key string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.kept, key)
	return nil
}

func (s *shelf) size() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.kept)
}

var yesDoor = mcp.Door{Redirect: "http://127.0.0.1:1/callback", Fetch: through}

// wantsSignIn tells whether err is the fault that asks for one.
func wantsSignIn(err error) bool {
	var f *fault.Error
	return errors.As(err, &f) && f.Code == fault.Denied && f.Params["sign_in"] == "wanted" && f.Hint != ""
}

func TestASignInOpensTheServer(t *testing.T) {
	t.Parallel()
	g, kept := newGuild(t), &shelf{}
	d := mcp.New(mcp.Options{Grants: kept})
	if _, err := d.Open(t.Context(), g.source()); !wantsSignIn(err) {
		t.Fatalf("before the sign-in: %v", err)
	}
	if g.count(&g.clients) != 0 {
		t.Error("a client was registered although nobody signed in")
	}
	if err := d.SignIn(t.Context(), g.source(), yesDoor); err != nil {
		t.Fatal(err)
	}
	c, err := d.Open(t.Context(), g.source())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Call(t.Context(), track.Call{Capability: "get_number"}); err != nil {
		t.Error(err)
	}
	// Who is signed in is not asked again, neither here nor by another process with the same grants.
	never := mcp.Door{Redirect: yesDoor.Redirect, Fetch: func(context.Context, *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
		t.Error("asked again")
		return nil, errors.New("no")
	}}
	if err := d.SignIn(t.Context(), g.source(), never); err != nil {
		t.Errorf("signing in again: %v", err)
	}
	other, err := mcp.New(mcp.Options{Grants: kept}).Open(t.Context(), g.source())
	if err != nil {
		t.Fatal(err)
	}
	_ = other.Close()
	if err := d.SignOut(t.Context(), g.source()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Open(t.Context(), g.source()); !wantsSignIn(err) {
		t.Errorf("after signing out: %v", err)
	}
}

func TestTokensAreRenewed(t *testing.T) {
	t.Parallel()
	g, kept := newGuild(t), &shelf{}
	g.lifetime = 1 // always about to run out
	d := mcp.New(mcp.Options{Grants: kept})
	if err := d.SignIn(t.Context(), g.source(), yesDoor); err != nil {
		t.Fatal(err)
	}
	for range 3 { // each with the refresh token that the one before brought
		c, err := d.Open(t.Context(), g.source())
		if err != nil {
			t.Fatal(err)
		}
		_ = c.Close()
	}
	if g.count(&g.renewals) < 3 {
		t.Errorf("%d renewals", g.count(&g.renewals))
	}
	g.mu.Lock()
	g.revoked = true
	g.mu.Unlock()
	if _, err := d.Open(t.Context(), g.source()); !wantsSignIn(err) {
		t.Errorf("a sign-in that was taken back: %v", err)
	}
	g.mu.Lock()
	g.revoked, g.lifetime = false, 3600
	g.mu.Unlock()
	if err := d.SignIn(t.Context(), g.source(), yesDoor); err != nil {
		t.Fatalf("signing in anew: %v", err)
	}
	c, err := d.Open(t.Context(), g.source())
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
}

func TestATokenThatTheServerRefusesIsRenewedOnce(t *testing.T) {
	t.Parallel()
	g, kept := newGuild(t), &shelf{}
	g.lifetime = 0 // it does not say how long a token lives
	d := mcp.New(mcp.Options{Grants: kept})
	if err := d.SignIn(t.Context(), g.source(), yesDoor); err != nil {
		t.Fatal(err)
	}
	c, err := d.Open(t.Context(), g.source())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	g.mu.Lock()
	clear(g.access)
	g.mu.Unlock()
	if _, err := c.Call(t.Context(), track.Call{Capability: "get_number"}); err != nil || g.count(&g.renewals) != 1 {
		t.Errorf("%v after %d renewals", err, g.count(&g.renewals))
	}
	g.mu.Lock()
	clear(g.access)
	clear(g.refresh)
	g.mu.Unlock()
	if _, err := c.Call(t.Context(), track.Call{Capability: "get_number"}); !wantsSignIn(err) {
		t.Errorf("without anything that is valid: %v", err)
	}
	// Somebody signs in elsewhere: the open connection goes on with what that brought.
	if err := mcp.New(mcp.Options{Grants: kept}).SignIn(t.Context(), g.source(), yesDoor); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Call(t.Context(), track.Call{Capability: "get_number"}); err != nil {
		t.Errorf("after the sign-in: %v", err)
	}
}

func TestSignInsThatGoWrongKeepNothing(t *testing.T) {
	t.Parallel()
	refuse := mcp.Door{Redirect: yesDoor.Redirect, Fetch: func(context.Context, *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
		return nil, fault.New(fault.Denied, "the operator said no")
	}}
	absent := mcp.Door{Redirect: yesDoor.Redirect, Fetch: func(ctx context.Context, _ *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
		return nil, context.Cause(ctx)
	}}
	cancelled, cancel := context.WithCancel(t.Context())
	for name, c := range map[string]struct {
		door mcp.Door
		set  func(*guild)
		ctx  context.Context
		code fault.Code
		says string
	}{
		"another state":  {yesDoor, func(g *guild) { g.badState = true }, nil, fault.Merchant, "state"},
		"another issuer": {yesDoor, func(g *guild) { g.badIssuer = true }, nil, fault.Merchant, "issuer"},
		"refused":        {refuse, func(*guild) {}, nil, fault.Denied, "said no"},
		"stopped": {mcp.Door{Redirect: yesDoor.Redirect, Fetch: func(ctx context.Context, a *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
			cancel()
			return absent.Fetch(ctx, a)
		}}, func(*guild) {}, cancelled, fault.Cancelled, "stopped"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, kept := newGuild(t), &shelf{}
			c.set(g)
			ctx := c.ctx
			if ctx == nil {
				ctx = t.Context()
			}
			err := mcp.New(mcp.Options{Grants: kept}).SignIn(ctx, g.source(), c.door)
			if !fault.Is(err, c.code) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v (%s), want %s", err, fault.CodeOf(err), c.code)
			}
			if kept.size() != 0 {
				t.Error("something was kept")
			}
		})
	}
}

func TestAClientIsKnownByItsDocument(t *testing.T) {
	t.Parallel()
	g := newGuild(t)
	g.document = true
	door := yesDoor
	door.Metadata = "https://bangwo.example/oauth/client.json"
	if err := mcp.New(mcp.Options{}).SignIn(t.Context(), g.source(), door); err != nil {
		t.Fatal(err)
	}
	if g.count(&g.clients) != 0 || g.client != door.Metadata {
		t.Errorf("%d clients registered; asked as %q", g.clients, g.client)
	}
}

func TestOnlyAddressesAreSignedInAt(t *testing.T) {
	t.Parallel()
	d := mcp.New(mcp.Options{})
	if err := d.SignIn(t.Context(), program(t, "shop", nil), yesDoor); !fault.Is(err, fault.Invalid) {
		t.Errorf("a program: %v", err)
	}
	if err := d.SignIn(t.Context(), catalog.Source{URL: serve(t, streamable(t))}, yesDoor); err != nil {
		t.Errorf("a server that wants none: %v", err)
	}
	if err := d.SignIn(t.Context(), catalog.Source{URL: "http://127.0.0.1:1/mcp"}, yesDoor); !fault.Is(err, fault.Merchant) {
		t.Errorf("a server that is away: %v", err)
	}
}
