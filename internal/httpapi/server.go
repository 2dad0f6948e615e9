// Package httpapi is the HTTP door: JSON endpoints under /api/v1 described by OpenAPI 3.1 at /openapi.json,
// server-sent events for a conversation, and the UI. It decides nothing: every endpoint checks who calls,
// hands a typed request to the domain and translates what comes back, faults included.
//
// A Server is an http.Handler, safe for concurrent use. Streams end when the context given to New ends, so
// that a server can shut down while pages are open.
package httpapi

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/bangwo/bangwo/internal/identity"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store"
)

// Bounds of what comes in and how long it may take.
const (
	MaxBody        = 256 << 10        // bytes of a request's body
	RequestTimeout = 2 * time.Minute  // of everything but streams; cancelling an order waits for its merchant
	MaxStreams     = 32               // open event streams of one person on one node
	StreamTTL      = time.Hour        // after which a stream ends and the page resumes it
	Heartbeat      = 15 * time.Second // between signs of life on a quiet stream
)

// Options is what a Server needs.
type Options struct {
	Desk      Desk
	Planner   Planner
	Catalog   Catalog
	Prepays   Prepays
	Operator  Operator
	Exposures Exposures
	SignIns   SignIns
	Store     store.Store
	Ledger    ledger.Ledger
	Identity  *identity.Book
	UI        http.Handler // nil: no pages
	Version   string
	Demo      bool             // anyone may sign in as a demo person
	Hosts     []string         // names under which it may be called; empty: any (see HostGuard)
	Secure    bool             // it is reached by https: cookies say so
	Metrics   func(io.Writer)  // prints more for /metrics; nil: nothing more
	Now       func() time.Time // nil: time.Now
	Log       *slog.Logger     // nil: slog.Default
}

// Server answers HTTP requests.
type Server struct {
	Options
	life    context.Context
	api     huma.API
	handler http.Handler
	streams counter
	metrics metrics
}

// New returns a server whose streams end with life.
func New(life context.Context, o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	s := &Server{Options: o, life: life}
	mux := http.NewServeMux()
	s.api = humago.New(mux, describe(o.Version))
	s.routes()
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("GET /metrics", s.metricsPage)
	mux.HandleFunc("GET "+callbackPath, s.callback)
	mux.HandleFunc("GET "+clientDocumentPath, s.clientDocument)
	mux.HandleFunc("/api/", s.noSuchPath)
	if o.UI != nil {
		mux.Handle("/", o.UI)
	}
	s.handler = s.wrap(mux)
	return s
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// OpenAPI is the description of the API as JSON.
func (s *Server) OpenAPI() ([]byte, error) { return s.api.OpenAPI().MarshalJSON() }

// wrap puts the guards around the routes, the outermost last.
func (s *Server) wrap(h http.Handler) http.Handler {
	h = s.idempotent(h)
	h = s.authenticate(h)
	h = s.sameOrigin(h)
	h = s.bounded(h)
	h = s.headers(h)
	h = s.hostGuard(h)
	return s.observe(h)
}

// describe is the frame of the OpenAPI document.
func describe(version string) huma.Config {
	config := huma.DefaultConfig("Bangwo", version)
	config.CreateHooks = nil // no $schema members in answers
	config.DocsPath, config.SchemasPath = "", ""
	config.Info.Description = "One sentence becomes orders at several merchants, one confirmation and one payment. Amounts are integers of minor units."
	config.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: sessionCookie},
		"token":   {Type: "http", Scheme: "bearer"},
	}
	return config
}
