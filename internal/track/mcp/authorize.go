package mcp

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/auth/extauth"
	"github.com/modelcontextprotocol/go-sdk/oauthex"
	"golang.org/x/oauth2"

	"github.com/bangwo/bangwo/internal/fault"
)

// Door is where an operator signs in: it shows them the authorization server's address and returns what they came back with.
type Door struct {
	Redirect string // where the authorization server sends them back to
	Metadata string // the address of this client's metadata document, where it has one (https)
	Fetch    auth.AuthorizationCodeFetcher
}

// authHandler answers a server's 401: with the token of the source's configuration, with what a sign-in brought, with
// client credentials, or by a sign-in of the operator's.
func (c *conn) authHandler(client *http.Client) (auth.OAuthHandler, error) {
	if token := setting(c.src, "token", "MCP_TOKEN"); token != "" {
		return &fixedToken{source: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token}), server: c.label()}, nil
	}
	creds := credentials(setting(c.src, "client_id", "MCP_CLIENT_ID"), setting(c.src, "client_secret", "MCP_CLIENT_SECRET"))
	signedIn, err := c.driver.grants.Load(context.Background(), GrantKey(c.src))
	if err != nil {
		return nil, fault.New(fault.Unavailable, "read the sign-in at %s: %w", c.label(), err)
	}
	if creds != nil && creds.ClientSecretAuth != nil && c.driver.opt.Door == nil && signedIn == nil && !c.asking {
		h, err := extauth.NewClientCredentialsHandler(&extauth.ClientCredentialsHandlerConfig{Credentials: creds, HTTPClient: client})
		if err != nil {
			return nil, fault.New(fault.Invalid, "client credentials of %s: %w", c.label(), err)
		}
		return h, nil
	}
	h := &operator{conn: c, keeper: c.keeper(client)}
	if c.driver.opt.Door != nil {
		h.code, err = c.codeHandler(client, h.keeper, *c.driver.opt.Door, nil)
	}
	return h, err
}

func (c *conn) keeper(client *http.Client) *keeper {
	return &keeper{grants: c.driver.grants, key: GrantKey(c.src), client: client, server: c.label()}
}

func credentials(id, secret string) *oauthex.ClientCredentials {
	if id == "" {
		return nil
	}
	creds := &oauthex.ClientCredentials{ClientID: id}
	if secret != "" {
		creds.ClientSecretAuth = &oauthex.ClientSecretAuth{ClientSecret: secret}
	}
	return creds
}

// codeHandler signs in by the authorization code flow, with PKCE, state, issuer and resource checked by the SDK: as a
// client known by its metadata document, by an id the operator was given, or by registering.
func (c *conn) codeHandler(client *http.Client, k *keeper, door Door, scopes []string) (*auth.AuthorizationCodeHandler, error) {
	resource := ""
	config := &auth.AuthorizationCodeHandlerConfig{RedirectURL: door.Redirect, Client: client, RequestRefreshToken: true,
		PreregisteredClient: credentials(setting(c.src, "client_id", "MCP_CLIENT_ID"), setting(c.src, "client_secret", "MCP_CLIENT_SECRET")),
		DynamicClientRegistrationConfig: &auth.DynamicClientRegistrationConfig{Metadata: &oauthex.ClientRegistrationMetadata{
			ClientName: "Bangwo", RedirectURIs: []string{door.Redirect}, GrantTypes: []string{"authorization_code", "refresh_token"}}},
		ScopeFilter: func(wanted []string) []string { return union(wanted, scopes) },
		AuthorizationCodeFetcher: func(ctx context.Context, args *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
			if u, err := url.Parse(args.URL); err == nil {
				resource = u.Query().Get("resource")
			}
			return door.Fetch(ctx, args)
		},
		NewTokenSource: func(ctx context.Context, cfg *oauth2.Config, t *oauth2.Token) (oauth2.TokenSource, error) {
			return k, k.adopt(ctx, cfg, t, resource)
		}}
	if door.Metadata != "" {
		config.ClientIDMetadataDocumentConfig = &auth.ClientIDMetadataDocumentConfig{URL: door.Metadata}
	}
	h, err := auth.NewAuthorizationCodeHandler(config)
	if err != nil {
		return nil, fault.New(fault.Invalid, "sign-in at %s: %w", c.label(), err)
	}
	return h, nil
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// operator sends what the operator's sign-in brought. Where it is not enough, it signs in anew if somebody is at the
// door, else it notes what was wanted and refuses.
type operator struct {
	conn   *conn
	keeper *keeper
	code   *auth.AuthorizationCodeHandler // nil: nobody is at the door
}

func (o *operator) TokenSource(context.Context) (oauth2.TokenSource, error) { return o.keeper, nil }

func (o *operator) Authorize(ctx context.Context, req *http.Request, resp *http.Response) error {
	if o.code != nil {
		return o.code.Authorize(ctx, req, resp)
	}
	_ = resp.Body.Close()
	if resp.StatusCode == http.StatusUnauthorized && o.keeper.refused(ctx) {
		return nil
	}
	o.conn.note(req, resp)
	return fault.New(fault.Denied, "%s wants a sign-in (%s)", o.conn.label(), resp.Status).
		WithHint("sign in with `bangwo service sign-in "+o.conn.src.URL+"`, or give a token: --env MCP_TOKEN=…").
		With("service", o.conn.label()).With("sign_in", "wanted").With("url", o.conn.src.URL)
}

// fixedToken sends one token; a server that refuses it is not asked again.
type fixedToken struct {
	source oauth2.TokenSource
	server string
}

func (f *fixedToken) TokenSource(context.Context) (oauth2.TokenSource, error) { return f.source, nil }

func (f *fixedToken) Authorize(_ context.Context, _ *http.Request, resp *http.Response) error {
	_ = resp.Body.Close()
	return fault.New(fault.Denied, "%s refused the token (%s)", f.server, resp.Status).
		WithHint("give a valid token with the service").With("service", f.server)
}
