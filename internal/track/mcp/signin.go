package mcp

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
)

// SignInFor bounds a sign-in: the operator may have to find a password first.
const SignInFor = 10 * time.Minute

// challenge is a server's wish for a sign-in, as it came.
type challenge struct {
	address string
	status  int
	header  http.Header
}

// note keeps what a server answered, for a sign-in to begin with.
func (c *conn) note(req *http.Request, resp *http.Response) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wanted = &challenge{address: req.URL.String(), status: resp.StatusCode, header: resp.Header.Clone()}
}

// SignIn leads the operator through the sign-in that the server at the source's address wants, and keeps the tokens.
// Scopes are asked for beside those the server names; with any, an earlier sign-in is given up first. A server that can be
// opened as it is needs none. Faults: invalid (the source), those of Open, denied (the operator or the authorization
// server refused), timeout, merchant (the authorization server failed).
func (d *Driver) SignIn(ctx context.Context, src catalog.Source, door Door, scopes ...string) error {
	if err := checkSource(src); err != nil {
		return err
	}
	if src.URL == "" {
		return fault.New(fault.Invalid, "only a server at an address is signed in at").With("field", "url")
	}
	ctx, cancel := context.WithTimeout(ctx, SignInFor)
	defer cancel()
	if len(scopes) > 0 {
		if err := d.SignOut(ctx, src); err != nil {
			return err
		}
	}
	quiet := &Driver{opt: Options{Log: d.log}, grants: d.grants, log: d.log} // nobody at the door: it only learns what is wanted
	c := newConn(quiet, src)
	c.asking = true
	defer c.Close()
	_, err := c.session(ctx)
	if c.wanted == nil || !fault.Is(err, fault.Denied) {
		return err
	}
	client := c.outsideClient()
	h, err := c.codeHandler(client, c.keeper(client), door, scopes)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.wanted.address, nil)
	if err != nil {
		return fault.New(fault.Internal, "sign in at %s: %w", c.label(), err)
	}
	resp := &http.Response{StatusCode: c.wanted.status, Header: c.wanted.header, Body: http.NoBody, Request: req}
	return c.signInFault(ctx, h.Authorize(ctx, req, resp))
}

// SignOut forgets what a sign-in brought.
func (d *Driver) SignOut(ctx context.Context, src catalog.Source) error {
	return d.grants.Forget(ctx, GrantKey(src))
}

// signInFault tells who is to blame for a sign-in that did not come about.
func (c *conn) signInFault(ctx context.Context, err error) error {
	var f *fault.Error
	switch {
	case err == nil, errors.As(err, &f):
		return err
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fault.New(fault.Timeout, "nobody signed in at %s within %s", c.label(), SignInFor).WithHint("try again").With("service", c.label())
	case ctx.Err() != nil:
		return fault.New(fault.Cancelled, "the sign-in at %s was stopped", c.label()).With("service", c.label())
	}
	return fault.New(fault.Merchant, "sign in at %s: %s", c.label(), clip(err.Error(), maxNote)).With("service", c.label())
}
