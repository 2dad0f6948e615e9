package app_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/httpapi"
	"github.com/bangwo/bangwo/internal/registry"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/store/pgtest"
	"github.com/bangwo/bangwo/internal/track/mcp/mcptest"
)

// kiosk is a merchant's server with one harmless tool.
func kiosk() http.Handler {
	server := sdk.NewServer(&sdk.Implementation{Name: "kiosk", Version: "1"}, nil)
	server.AddTool(&sdk.Tool{Name: "get_hours", Description: "Opening hours", InputSchema: map[string]any{"type": "object"},
		Annotations: &sdk.ToolAnnotations{ReadOnlyHint: true}},
		func(context.Context, *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
			return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: "always"}}}, nil
		})
	return sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return server }, nil)
}

// operator is a caller with an operator's token.
func (n *node) operator(t *testing.T) (b *browser, bearer []string) {
	t.Helper()
	token, _, err := n.app.People().IssueOperatorToken(t.Context(), "ops")
	if err != nil {
		t.Fatal(err)
	}
	return n.browser(t), []string{"Authorization", "Bearer " + token}
}

// comeBack is the operator's browser: it signs in at the link and returns where the callback would be, without going there.
func comeBack(t *testing.T, link string) *url.URL {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, link, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	back, err := res.Location()
	if err != nil {
		t.Fatal(err)
	}
	return back
}

// visit opens an address and returns status and page.
func visit(t *testing.T, n *node, u *url.URL) (int, string) {
	t.Helper()
	b := n.browser(t)
	b.url = n.url
	res, page := b.request(http.MethodGet, u.RequestURI(), nil, "Accept-Language", "en")
	return res.StatusCode, string(page)
}

func TestAnOperatorSignsInByALink(t *testing.T) {
	t.Parallel()
	guild := mcptest.New(t, kiosk())
	cfg := config(t)
	n := start(t, cfg)
	ops, bearer := n.operator(t)
	address := map[string]any{"url": guild.Base + "/mcp"}
	ops.wantCode("denied", http.MethodPost, "/operator/services", address, bearer...)
	var begun httpapi.SignIn
	ops.want(http.StatusOK, http.MethodPost, "/operator/sign-ins", address, &begun, bearer...)
	if begun.State != httpapi.SignInOpen || !strings.HasPrefix(begun.URL, guild.Base+"/authorize?") {
		t.Fatalf("begun: %+v", begun)
	}
	back := comeBack(t, begun.URL)
	if !strings.HasPrefix(back.String(), n.url+"/oauth/callback?") {
		t.Fatalf("it leads back to %s", back)
	}

	// Nobody else's return counts: not one with another state, and not one without.
	forged := *back
	q := forged.Query()
	q.Set("state", "forged")
	forged.RawQuery = q.Encode()
	if status, page := visit(t, n, &forged); status != http.StatusNotFound || strings.Contains(page, "forged") {
		t.Errorf("a forged return: %d, %s", status, page)
	}
	if status, _ := visit(t, n, &url.URL{Path: "/oauth/callback"}); status != http.StatusBadRequest {
		t.Errorf("an empty return: %d", status)
	}
	if status, page := visit(t, n, back); status != http.StatusOK || !strings.Contains(page, "signed in") {
		t.Errorf("the callback: %d, %s", status, page)
	}
	if status, _ := visit(t, n, back); status != http.StatusConflict {
		t.Errorf("the same return again: %d", status)
	}
	var now httpapi.SignIn
	ops.want(http.StatusOK, http.MethodGet, "/operator/sign-ins/"+begun.ID, nil, &now, bearer...)
	if now.State != httpapi.SignInDone || now.URL != "" {
		t.Errorf("afterwards: %+v", now)
	}
	var svc struct{ ID string }
	ops.want(http.StatusOK, http.MethodPost, "/operator/services", address, &svc, bearer...)
	ops.want(http.StatusOK, http.MethodDelete, "/operator/services/"+svc.ID, nil, nil, bearer...)
	ops.wantCode("not_found", http.MethodDelete, "/operator/services/"+svc.ID, nil, bearer...)
	ops.wantCode("denied", http.MethodPost, "/operator/services", address, bearer...) // the last service took the sign-in with it
	n.signedIn(t, "lin").wantCode("denied", http.MethodPost, "/operator/sign-ins", address)
	n.browser(t).wantCode("unsigned", http.MethodPost, "/operator/sign-ins", address)
}

func TestARefusedSignInIsTold(t *testing.T) {
	t.Parallel()
	guild := mcptest.New(t, kiosk())
	n := start(t, config(t))
	ops, bearer := n.operator(t)
	var begun httpapi.SignIn
	ops.want(http.StatusOK, http.MethodPost, "/operator/sign-ins", map[string]any{"url": guild.Base + "/mcp"}, &begun, bearer...)
	back := comeBack(t, begun.URL)
	q := url.Values{"state": {back.Query().Get("state")}, "error": {"access_denied"}}
	if status, page := visit(t, n, &url.URL{Path: "/oauth/callback", RawQuery: q.Encode()}); status != http.StatusBadGateway || strings.Contains(page, "access_denied") {
		t.Errorf("the callback: %d, %s", status, page)
	}
	var now httpapi.SignIn
	ops.want(http.StatusOK, http.MethodGet, "/operator/sign-ins/"+begun.ID, nil, &now, bearer...)
	if now.State != httpapi.SignInFailed || now.Error != string(fault.Denied) {
		t.Errorf("afterwards: %+v", now)
	}
}

// TestASignInComesBackToAnyNode begins at one node, comes back to another, and is used by both: they share the key.
func TestASignInComesBackToAnyNode(t *testing.T) {
	t.Parallel()
	db := pgtest.Database(t)
	guild := mcptest.New(t, kiosk())
	one, two, stranger := config(t), config(t), config(t)
	one.DB, two.DB, stranger.DB, one.Node, two.Node, stranger.Node = db, db, db, "one", "two", "three"
	one.KeyFile = filepath.Join(one.Data, "shared.key")
	two.KeyFile, stranger.Demo = one.KeyFile, false
	a, b := start(t, one), start(t, two)
	ops, bearer := a.operator(t)
	var begun httpapi.SignIn
	ops.want(http.StatusOK, http.MethodPost, "/operator/sign-ins", map[string]any{"url": guild.Base + "/mcp"}, &begun, bearer...)
	back := comeBack(t, begun.URL)
	if status, page := visit(t, b, &url.URL{Path: back.Path, RawQuery: back.RawQuery}); status != http.StatusOK {
		t.Fatalf("the callback at the other node: %d, %s", status, page)
	}
	src := catalog.Source{Track: catalog.TrackMCP, URL: guild.Base + "/mcp"}
	if _, err := b.app.Services().Add(t.Context(), src, registry.AddOptions{Sandbox: true}); err != nil {
		t.Errorf("the other node: %v", err)
	}
	c := start(t, stranger)
	if _, err := c.app.Services().Add(t.Context(), src, registry.AddOptions{Sandbox: true}); !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "key") {
		t.Errorf("a node with another key: %v", err)
	}
}

func TestTokensOfSignInsLieSealed(t *testing.T) {
	t.Parallel()
	guild := mcptest.New(t, kiosk())
	cfg := config(t)
	n := start(t, cfg)
	ops, bearer := n.operator(t)
	var begun httpapi.SignIn
	ops.want(http.StatusOK, http.MethodPost, "/operator/sign-ins", map[string]any{"url": guild.Base + "/mcp"}, &begun, bearer...)
	back := comeBack(t, begun.URL)
	if status, _ := visit(t, n, back); status != http.StatusOK {
		t.Fatal("no sign-in")
	}
	for _, kind := range []string{"grant", "sign_in"} {
		recs, err := n.app.Store().List(t.Context(), store.Query{Kind: kind})
		if err != nil || len(recs) != 1 {
			t.Fatalf("%s: %d records, %v", kind, len(recs), err)
		}
		for _, secret := range []string{"access-", "refresh-", "code-", back.Query().Get("state")} {
			if strings.Contains(string(recs[0].Data), secret) {
				t.Errorf("%s holds %q in the open", kind, secret)
			}
		}
	}
	info, err := os.Stat(filepath.Join(cfg.Data, "secret.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v, %v", info, err)
	}
}

func TestWhatRanOutIsSwept(t *testing.T) {
	t.Parallel()
	n := start(t, config(t))
	lin := n.signedIn(t, "lin")
	lin.want(http.StatusOK, http.MethodPost, "/conversations", map[string]string{}, nil, "Idempotency-Key", "k")
	count := func(kind string) int {
		recs, err := n.app.Store().List(t.Context(), store.Query{Kind: kind})
		if err != nil {
			t.Fatal(err)
		}
		return len(recs)
	}
	if err := n.app.Sweep(t.Context(), 400); err != nil || count("session") != 1 || count(httpapi.KindReplay) != 1 {
		t.Errorf("%v: what is in use was swept away", err)
	}
	later := noon.AddDate(0, 0, 40)
	if err := httpapi.Sweep(t.Context(), n.app.Store(), later, 400); err != nil || count(httpapi.KindReplay) != 0 {
		t.Errorf("%v: %d stored answers stay", err, count(httpapi.KindReplay))
	}
}
