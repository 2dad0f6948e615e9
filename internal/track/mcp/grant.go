package mcp

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"github.com/bangwo/bangwo/internal/catalog"
)

// Grant is what a sign-in of the operator's brought: the tokens, and what is needed to renew them. It is a secret.
type Grant struct {
	ClientID     string           `json:"client_id"`
	ClientSecret string           `json:"client_secret,omitempty"`
	TokenURL     string           `json:"token_url"`
	AuthStyle    oauth2.AuthStyle `json:"auth_style,omitempty"`
	Scopes       []string         `json:"scopes,omitempty"`
	Resource     string           `json:"resource,omitempty"` // whom the tokens are for (RFC 8707)
	Access       string           `json:"access"`
	Refresh      string           `json:"refresh,omitempty"`
	Expires      time.Time        `json:"expires,omitzero"`
}

// Grants keeps grants by key, one for each server and client id. Implementations keep them from being read by others.
type Grants interface {
	// Load returns the grant, or nil where there is none.
	Load(ctx context.Context, key string) (*Grant, error)
	Save(ctx context.Context, key string, g Grant) error
	// Forget removes a grant; one that does not exist is no fault.
	Forget(ctx context.Context, key string) error
}

// GrantKey names the grant of a source in Grants. Services at one address with one client id share it.
func GrantKey(src catalog.Source) string {
	sum := sha256.Sum256([]byte(src.URL + "\n" + setting(src, "client_id", "MCP_CLIENT_ID")))
	return hex.EncodeToString(sum[:])
}

func (g Grant) config() *oauth2.Config {
	return &oauth2.Config{ClientID: g.ClientID, ClientSecret: g.ClientSecret, Scopes: g.Scopes,
		Endpoint: oauth2.Endpoint{TokenURL: g.TokenURL, AuthStyle: g.AuthStyle}}
}

func (g Grant) token() *oauth2.Token {
	return &oauth2.Token{AccessToken: g.Access, RefreshToken: g.Refresh, Expiry: g.Expires, TokenType: "Bearer"}
}

// with is the grant with another token; an authorization server that gives no new refresh token lets the old one stand.
func (g Grant) with(t *oauth2.Token) Grant {
	g.Access, g.Expires = t.AccessToken, t.Expiry
	if t.RefreshToken != "" {
		g.Refresh = t.RefreshToken
	}
	return g
}

// memoryGrants lose everything with the process.
type memoryGrants struct {
	mu   sync.Mutex
	kept map[string]Grant
}

func (m *memoryGrants) Load(_ context.Context, key string) (*Grant, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if g, ok := m.kept[key]; ok {
		return &g, nil
	}
	return nil, nil
}

func (m *memoryGrants) Save(_ context.Context, key string, g Grant) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil {
		m.kept = map[string]Grant{}
	}
	m.kept[key] = g
	return nil
}

func (m *memoryGrants) Forget(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, key)
	return nil
}
