package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/bangwo/bangwo/internal/fault"
)

// base is the path under which everything of version 1 stands.
const base = "/api/v1"

// routes registers every endpoint.
func (s *Server) routes() {
	s.sessionRoutes()
	s.conversationRoutes()
	s.orderRoutes()
	s.merchantRoutes()
	s.operatorRoutes()
	s.exposureRoutes()
}

// result wraps a JSON answer.
type result[T any] struct{ Body T }

// ByID is an input that consists of an id in the path.
type ByID struct {
	ID string `path:"id" maxLength:"128"`
}

// none is an input or an answer without content.
type none struct{}

// security of an operation: a session cookie or a token.
var signedIn = []map[string][]string{{"session": {}}, {"token": {}}}

// add registers a JSON endpoint. Every error of its handler is a fault or becomes an internal one.
func add[I, O any](s *Server, op huma.Operation, handle func(context.Context, *I) (O, error)) {
	op.Path = base + op.Path
	op.MaxBodyBytes, op.BodyReadTimeout = MaxBody, RequestTimeout
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*result[O], error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, wrapped{err}
		}
		return &result[O]{Body: out}, nil
	})
}

// wrapped keeps the library from taking a fault apart: it is seen whole by NewErrorWithContext.
type wrapped struct{ error }

// Unwrap gives the fault.
func (w wrapped) Unwrap() error { return w.error }

// personal registers an endpoint that a signed-in person calls.
func personal[I, O any](s *Server, method, path, id, summary string, handle func(ctx context.Context, person string, in *I) (O, error)) {
	op := huma.Operation{Method: method, Path: path, OperationID: id, Summary: summary, Security: signedIn,
		Errors: []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusNotFound, http.StatusConflict}}
	add(s, op, func(ctx context.Context, in *I) (O, error) {
		who, err := person(ctx)
		if err != nil {
			var zero O
			return zero, err
		}
		return handle(ctx, who, in)
	})
}

// forMerchant registers an endpoint that a merchant calls with its token.
func forMerchant[I, O any](s *Server, method, path, id, summary string, handle func(ctx context.Context, merchant string, in *I) (O, error)) {
	op := huma.Operation{Method: method, Path: path, OperationID: id, Summary: summary, Security: signedIn[1:],
		Errors: []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict}}
	add(s, op, func(ctx context.Context, in *I) (O, error) {
		who, err := merchant(ctx)
		if err != nil {
			var zero O
			return zero, err
		}
		return handle(ctx, who, in)
	})
}

var errNotHere = fault.New(fault.NotFound, "this platform does not run with --demo")
