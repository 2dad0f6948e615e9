package mcp_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/auth"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
	"github.com/bangwo/bangwo/internal/track/mcp"
	"github.com/bangwo/bangwo/internal/track/mcp/mcptest"
)

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

// at is the server behind the guild.
func at(g *mcptest.Guild) catalog.Source {
	return catalog.Source{Track: catalog.TrackMCP, URL: g.Base + "/mcp"}
}

func count(g *mcptest.Guild, n *int) (out int) {
	g.Look(func() { out = *n })
	return out
}

var yesDoor = mcp.Door{Redirect: "http://127.0.0.1:1/callback", Fetch: mcptest.Through}

// wantsSignIn tells whether err is the fault that asks for one.
func wantsSignIn(err error) bool {
	var f *fault.Error
	return errors.As(err, &f) && f.Code == fault.Denied && f.Params["sign_in"] == "wanted" && f.Hint != ""
}

func TestASignInOpensTheServer(t *testing.T) {
	t.Parallel()
	g, kept := mcptest.New(t, streamable(t)), &shelf{}
	d := mcp.New(mcp.Options{Grants: kept})
	if _, err := d.Open(t.Context(), at(g)); !wantsSignIn(err) {
		t.Fatalf("before the sign-in: %v", err)
	}
	if count(g, &g.Clients) != 0 {
		t.Error("a client was registered although nobody signed in")
	}
	if err := d.SignIn(t.Context(), at(g), yesDoor); err != nil {
		t.Fatal(err)
	}
	c, err := d.Open(t.Context(), at(g))
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
	if err := d.SignIn(t.Context(), at(g), never); err != nil {
		t.Errorf("signing in again: %v", err)
	}
	other, err := mcp.New(mcp.Options{Grants: kept}).Open(t.Context(), at(g))
	if err != nil {
		t.Fatal(err)
	}
	_ = other.Close()
	if err := d.SignOut(t.Context(), at(g)); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Open(t.Context(), at(g)); !wantsSignIn(err) {
		t.Errorf("after signing out: %v", err)
	}
}

func TestTokensAreRenewed(t *testing.T) {
	t.Parallel()
	g, kept := mcptest.New(t, streamable(t)), &shelf{}
	g.Lifetime = 1 // always about to run out
	d := mcp.New(mcp.Options{Grants: kept})
	if err := d.SignIn(t.Context(), at(g), yesDoor); err != nil {
		t.Fatal(err)
	}
	for range 3 { // each with the refresh token that the one before brought
		c, err := d.Open(t.Context(), at(g))
		if err != nil {
			t.Fatal(err)
		}
		_ = c.Close()
	}
	if count(g, &g.Renewals) < 3 {
		t.Errorf("%d renewals", count(g, &g.Renewals))
	}
	g.Look(func() { g.Revoked = true })
	if _, err := d.Open(t.Context(), at(g)); !wantsSignIn(err) {
		t.Errorf("a sign-in that was taken back: %v", err)
	}
	g.Look(func() { g.Revoked, g.Lifetime = false, 3600 })
	if err := d.SignIn(t.Context(), at(g), yesDoor); err != nil {
		t.Fatalf("signing in anew: %v", err)
	}
	c, err := d.Open(t.Context(), at(g))
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
}

func TestATokenThatTheServerRefusesIsRenewedOnce(t *testing.T) {
	t.Parallel()
	g, kept := mcptest.New(t, streamable(t)), &shelf{}
	g.Lifetime = 0 // it does not say how long a token lives
	d := mcp.New(mcp.Options{Grants: kept})
	if err := d.SignIn(t.Context(), at(g), yesDoor); err != nil {
		t.Fatal(err)
	}
	c, err := d.Open(t.Context(), at(g))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	g.Drop(false)
	if _, err := c.Call(t.Context(), track.Call{Capability: "get_number"}); err != nil || count(g, &g.Renewals) != 1 {
		t.Errorf("%v after %d renewals", err, count(g, &g.Renewals))
	}
	g.Drop(true)
	if _, err := c.Call(t.Context(), track.Call{Capability: "get_number"}); !wantsSignIn(err) {
		t.Errorf("without anything that is valid: %v", err)
	}
	// Somebody signs in elsewhere: the open connection goes on with what that brought.
	if err := mcp.New(mcp.Options{Grants: kept}).SignIn(t.Context(), at(g), yesDoor); err != nil {
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
		set  func(*mcptest.Guild)
		ctx  context.Context
		code fault.Code
		says string
	}{
		"another state":  {yesDoor, func(g *mcptest.Guild) { g.BadState = true }, nil, fault.Merchant, "state"},
		"another issuer": {yesDoor, func(g *mcptest.Guild) { g.BadIssuer = true }, nil, fault.Merchant, "issuer"},
		"refused":        {refuse, func(*mcptest.Guild) {}, nil, fault.Denied, "said no"},
		"stopped": {mcp.Door{Redirect: yesDoor.Redirect, Fetch: func(ctx context.Context, a *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
			cancel()
			return absent.Fetch(ctx, a)
		}}, func(*mcptest.Guild) {}, cancelled, fault.Cancelled, "stopped"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, kept := mcptest.New(t, streamable(t)), &shelf{}
			c.set(g)
			ctx := c.ctx
			if ctx == nil {
				ctx = t.Context()
			}
			err := mcp.New(mcp.Options{Grants: kept}).SignIn(ctx, at(g), c.door)
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
	g := mcptest.New(t, streamable(t))
	g.Document = true
	door := yesDoor
	door.Metadata = "https://bangwo.example/oauth/client.json"
	if err := mcp.New(mcp.Options{}).SignIn(t.Context(), at(g), door); err != nil {
		t.Fatal(err)
	}
	if count(g, &g.Clients) != 0 || g.Client != door.Metadata {
		t.Errorf("%d clients registered; asked as %q", g.Clients, g.Client)
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
