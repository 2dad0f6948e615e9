package httpapi

import (
	"context"
	"net/http"
	"strings"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/identity"
)

const sessionCookie = "bangwo_session"

type callerKey struct{}

// caller is who calls, with the token they showed.
type caller struct {
	identity.Caller
	token string
	host  string // the name under which this server was called
	err   error  // why the token was not taken; told only where one is needed
}

// authenticate finds out who calls. It refuses nobody: endpoints say whom they need.
func (s *Server) authenticate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !found {
			token = ""
			if cookie, err := r.Cookie(sessionCookie); err == nil {
				token = cookie.Value
			}
		}
		c := &caller{token: token, host: r.Host}
		if token != "" {
			c.Caller, c.err = s.Identity.Who(r.Context(), token)
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, c)))
	})
}

func callerOf(ctx context.Context) *caller {
	if c, ok := ctx.Value(callerKey{}).(*caller); ok {
		return c
	}
	return &caller{}
}

// person returns the person who calls, or a fault.
func person(ctx context.Context) (string, error) {
	c := callerOf(ctx)
	switch {
	case c.err != nil:
		return "", c.err
	case c.Person != "":
		return c.Person, nil
	case c.Merchant != "" || c.Operator != "":
		return "", fault.New(fault.Denied, "the token is not a person's")
	}
	return "", fault.New(fault.Unsigned, "not signed in").WithHint("POST /api/v1/session, or send a token")
}

// merchant returns the merchant who calls, or a fault.
func merchant(ctx context.Context) (string, error) {
	c := callerOf(ctx)
	switch {
	case c.err != nil:
		return "", c.err
	case c.Merchant != "":
		return c.Merchant, nil
	case c.Person != "" || c.Operator != "":
		return "", fault.New(fault.Denied, "only a merchant's token may do this")
	}
	return "", fault.New(fault.Unsigned, "no merchant's token").WithHint("send Authorization: Bearer TOKEN")
}

// operator refuses everybody but operators.
func operator(ctx context.Context) error {
	c := callerOf(ctx)
	switch {
	case c.err != nil:
		return c.err
	case c.Operator != "":
		return nil
	case c.Person != "" || c.Merchant != "":
		return fault.New(fault.Denied, "only an operator's token may do this")
	}
	return fault.New(fault.Unsigned, "no operator's token").WithHint("make one with `bangwo operator token`, and send Authorization: Bearer TOKEN")
}
