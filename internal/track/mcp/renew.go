package mcp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"github.com/bangwo/bangwo/internal/fault"
)

// Bounds of asking for tokens.
const (
	renewTimeout = 30 * time.Second
	maxTokenForm = 64 << 10 // bytes of a request to a token endpoint
)

// invalidGrant is what an authorization server calls a refresh token that it no longer takes (RFC 6749, 5.2).
const invalidGrant = "invalid_grant"

// keeper is the token source of one server: it gives the kept token, renews it when it runs out and keeps the new one.
// Nodes and processes share what is kept: another's renewal is taken over before this one tries its own.
type keeper struct {
	grants Grants
	key    string
	client *http.Client
	server string

	mu    sync.Mutex
	grant *Grant
	tried string // the access token that was renewed because the server refused the one before
}

// Token returns a token that is not about to run out. A grant that can no longer be renewed is an
// oauth2.RetrieveError with the code invalid_grant: the request then goes without, and its 401 says what is wanted.
func (k *keeper) Token() (*oauth2.Token, error) {
	ctx, cancel := context.WithTimeout(context.Background(), renewTimeout)
	defer cancel()
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.grant != nil && k.grant.token().Valid() {
		return k.grant.token(), nil
	}
	if err := k.reload(ctx); err != nil {
		return nil, err
	}
	if k.grant == nil {
		return nil, &oauth2.RetrieveError{ErrorCode: invalidGrant}
	}
	if t := k.grant.token(); t.Valid() {
		return t, nil
	}
	return k.renew(ctx)
}

// refused looks for a better token than the one that the server has just refused: another node's, or, once, a renewed
// one. It tells whether there is one to try.
func (k *keeper) refused(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, renewTimeout)
	defer cancel()
	k.mu.Lock()
	defer k.mu.Unlock()
	sent := ""
	if k.grant != nil {
		sent = k.grant.Access
	}
	if err := k.reload(ctx); err != nil || k.grant == nil {
		return false
	}
	if k.grant.Access != sent {
		return true
	}
	if sent == k.tried {
		return false
	}
	token, err := k.renew(ctx)
	if err != nil {
		return false
	}
	k.tried = token.AccessToken
	return true
}

// reload reads what is kept now.
func (k *keeper) reload(ctx context.Context) error {
	g, err := k.grants.Load(ctx, k.key)
	if err != nil {
		return fault.New(fault.Unavailable, "read the sign-in at %s: %w", k.server, err)
	}
	k.grant = g
	return nil
}

func (k *keeper) renew(ctx context.Context) (*oauth2.Token, error) {
	used := *k.grant
	if used.Refresh == "" {
		return nil, &oauth2.RetrieveError{ErrorCode: invalidGrant, ErrorDescription: "the token ran out and cannot be renewed"}
	}
	client := *k.client
	client.Transport = &named{next: k.client.Transport, resource: used.Resource}
	token, err := used.config().TokenSource(context.WithValue(ctx, oauth2.HTTPClient, &client), &oauth2.Token{RefreshToken: used.Refresh}).Token()
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &refused) && refused.ErrorCode == invalidGrant:
		if err := k.reload(ctx); err != nil {
			return nil, err
		}
		if k.grant != nil && k.grant.Refresh != used.Refresh && k.grant.token().Valid() {
			return k.grant.token(), nil // another node was quicker
		}
		return nil, refused
	case err != nil:
		return nil, fault.New(fault.Merchant, "renew the sign-in at %s: %s", k.server, clip(err.Error(), maxNote)).With("service", k.server)
	}
	return token, k.keep(ctx, used.with(token))
}

// keep stores a grant that is used from now on.
func (k *keeper) keep(ctx context.Context, g Grant) error {
	if err := k.grants.Save(ctx, k.key, g); err != nil {
		return fault.New(fault.Unavailable, "keep the sign-in at %s: %w", k.server, err)
	}
	k.grant = &g
	return nil
}

// adopt keeps what a sign-in brought and is its token source.
func (k *keeper) adopt(ctx context.Context, cfg *oauth2.Config, t *oauth2.Token, resource string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	g := Grant{ClientID: cfg.ClientID, ClientSecret: cfg.ClientSecret, TokenURL: cfg.Endpoint.TokenURL,
		AuthStyle: cfg.Endpoint.AuthStyle, Scopes: cfg.Scopes, Resource: resource}
	return k.keep(ctx, g.with(t))
}

// named adds to a renewal whom the token is for; the library's own renewal cannot (RFC 8707, 2.2).
type named struct {
	next     http.RoundTripper
	resource string
}

func (n *named) RoundTrip(req *http.Request) (*http.Response, error) {
	next := n.next
	if next == nil {
		next = http.DefaultTransport
	}
	if n.resource == "" || req.Method != http.MethodPost || req.Body == nil {
		return next.RoundTrip(req)
	}
	raw, err := io.ReadAll(io.LimitReader(req.Body, maxTokenForm))
	if err = errors.Join(err, req.Body.Close()); err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(raw))
	if err != nil {
		return nil, fmt.Errorf("the renewal's form: %w", err)
	}
	form.Set("resource", n.resource)
	text := form.Encode()
	out := req.Clone(req.Context())
	out.Body, out.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
	out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader([]byte(text))), nil }
	return next.RoundTrip(out)
}
