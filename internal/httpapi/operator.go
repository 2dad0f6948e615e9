package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
)

// The states of a sign-in.
const (
	SignInOpen   = "open"
	SignInDone   = "done"
	SignInFailed = "failed"
)

// SignIn is an operator's sign-in at a merchant's server.
type SignIn struct {
	ID      string    `json:"id,omitempty"`
	State   string    `json:"state" enum:"open,done,failed"`
	URL     string    `json:"url,omitempty" doc:"Where the operator signs in, while it is open"`
	Error   string    `json:"error,omitempty" doc:"A fault code, when it failed"`
	Expires time.Time `json:"expires,omitzero"`
}

// SignInBack is what an authorization server sent the operator back with.
type SignInBack struct{ State, Code, Issuer, Error string }

// SignIns leads operators through merchants' sign-ins.
type SignIns interface {
	Begin(ctx context.Context, address, redirect, metadata string, scopes []string) (SignIn, error)
	Look(ctx context.Context, id string) (SignIn, error)
	Return(ctx context.Context, back SignInBack) (SignIn, error)
}

// ServiceRequest is a merchant's server to be brought in.
type ServiceRequest struct {
	URL  string `json:"url" minLength:"8" maxLength:"2000" doc:"An MCP server by streamable HTTP"`
	Name string `json:"name,omitempty" maxLength:"200" doc:"For people; left out, the server's own"`
	ID   string `json:"id,omitempty" maxLength:"64"`
}

// Operator brings merchants in and takes them out.
type Operator interface {
	AddService(ctx context.Context, r ServiceRequest) (catalog.Service, error)
	RemoveService(ctx context.Context, id string) error
}

type signInInput struct {
	Body struct {
		URL    string   `json:"url" minLength:"8" maxLength:"2000" doc:"The MCP server's address"`
		Scopes []string `json:"scopes,omitempty" maxItems:"50" doc:"To be asked for beside those the server names"`
	}
}

// forOperator registers an endpoint that an operator calls with a token.
func forOperator[I, O any](s *Server, method, path, id, summary string, handle func(ctx context.Context, in *I) (O, error)) {
	op := huma.Operation{Method: method, Path: path, OperationID: id, Summary: summary, Security: signedIn[1:],
		Errors: []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusBadGateway}}
	add(s, op, func(ctx context.Context, in *I) (O, error) {
		if err := operator(ctx); err != nil {
			var zero O
			return zero, err
		}
		return handle(ctx, in)
	})
}

func (s *Server) operatorRoutes() {
	forOperator(s, http.MethodPost, "/operator/services", "addService", "Bring an MCP server in as a sandbox merchant",
		func(ctx context.Context, in *struct{ Body ServiceRequest }) (ServiceView, error) {
			svc, err := s.Operator.AddService(ctx, in.Body)
			return viewOf(svc), err
		})
	forOperator(s, http.MethodDelete, "/operator/services/{id}", "removeService", "Take a service out", func(ctx context.Context, in *ByID) (StateAnswer, error) {
		return StateAnswer{State: "removed"}, s.Operator.RemoveService(ctx, in.ID)
	})
	forOperator(s, http.MethodPost, "/operator/sign-ins", "beginSignIn", "Begin a sign-in at an MCP server: open the link that comes back", s.beginSignIn)
	forOperator(s, http.MethodGet, "/operator/sign-ins/{id}", "signInState", "How a sign-in stands", func(ctx context.Context, in *ByID) (SignIn, error) {
		return s.SignIns.Look(ctx, in.ID)
	})
}

func (s *Server) beginSignIn(ctx context.Context, in *signInInput) (SignIn, error) {
	origin := s.origin(ctx)
	if origin == "" {
		return SignIn{}, fault.New(fault.Invalid, "called without a name to come back to").With("field", "Host")
	}
	metadata := ""
	if s.Secure { // a document that nobody else can reach is no use
		metadata = origin + clientDocumentPath
	}
	return s.SignIns.Begin(ctx, in.Body.URL, origin+callbackPath, metadata, in.Body.Scopes)
}

// origin is this server as the caller reached it; the guards have looked at the name.
func (s *Server) origin(ctx context.Context) string {
	host := callerOf(ctx).host
	switch {
	case host == "":
		return ""
	case s.Secure:
		return "https://" + host
	}
	return "http://" + host
}
