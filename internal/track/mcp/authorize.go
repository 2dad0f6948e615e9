package mcp

import (
	"context"
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/auth/extauth"
	"github.com/modelcontextprotocol/go-sdk/oauthex"
	"golang.org/x/oauth2"

	"github.com/bangwo/bangwo/internal/fault"
)

// defaultRedirect is where a sign-in leads back to when the operator runs no door for it.
const defaultRedirect = "http://localhost:8799/oauth/callback"

// authHandler answers a server's 401: with the token of the source's configuration, with client credentials, or by a
// sign-in of the operator's.
func (c *conn) authHandler(client *http.Client) (auth.OAuthHandler, error) {
	if token := setting(c.src, "token", "MCP_TOKEN"); token != "" {
		return &fixedToken{source: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token}), server: c.label()}, nil
	}
	creds := credentials(setting(c.src, "client_id", "MCP_CLIENT_ID"), setting(c.src, "client_secret", "MCP_CLIENT_SECRET"))
	if creds != nil && creds.ClientSecretAuth != nil && c.driver.opt.Authorize == nil {
		h, err := extauth.NewClientCredentialsHandler(&extauth.ClientCredentialsHandlerConfig{Credentials: creds, HTTPClient: client})
		if err != nil {
			return nil, fault.New(fault.Invalid, "client credentials of %s: %w", c.label(), err)
		}
		return h, nil
	}
	return c.signIn(client, creds)
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

func (c *conn) signIn(client *http.Client, creds *oauthex.ClientCredentials) (auth.OAuthHandler, error) {
	opt := c.driver.opt
	redirect := opt.RedirectURL
	if redirect == "" {
		redirect = defaultRedirect
	}
	config := &auth.AuthorizationCodeHandlerConfig{RedirectURL: redirect, AuthorizationCodeFetcher: opt.Authorize,
		Client: client, PreregisteredClient: creds,
		DynamicClientRegistrationConfig: &auth.DynamicClientRegistrationConfig{Metadata: &oauthex.ClientRegistrationMetadata{
			ClientName: "Bangwo", RedirectURIs: []string{redirect}}}}
	if opt.ClientMetadataURL != "" {
		config.ClientIDMetadataDocumentConfig = &auth.ClientIDMetadataDocumentConfig{URL: opt.ClientMetadataURL}
	}
	if opt.Authorize == nil {
		config.AuthorizationCodeFetcher = c.refuseSignIn
	}
	h, err := auth.NewAuthorizationCodeHandler(config)
	if err != nil {
		return nil, fault.New(fault.Invalid, "sign-in at %s: %w", c.label(), err)
	}
	return h, nil
}

func (c *conn) refuseSignIn(_ context.Context, args *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
	return nil, fault.New(fault.Denied, "%s wants a sign-in", c.label()).
		WithHint("open "+args.URL+" to sign in, or give a token or client credentials with the service").
		With("service", c.label()).With("url", args.URL)
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
