package httpapi

import (
	"context"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
)

// contentPolicy is for answers of the API, which are never pages; the UI's handler sets its own.
const contentPolicy = "default-src 'none'; frame-ancestors 'none'"

// headers sets what keeps a browser from being talked into things.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Permissions-Policy", "camera=(), microphone=(), payment=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		if s.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if strings.HasPrefix(r.URL.Path, "/api/") {
			h.Set("Cache-Control", "no-store")
		}
		next.ServeHTTP(w, r)
	})
}

// sameOrigin refuses changes that a foreign page made a browser send. Programs send neither Origin nor
// Sec-Fetch-Site and pass; they bring a token, which a foreign page has not.
func (s *Server) sameOrigin(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := guard.Check(r); err != nil {
			s.fail(w, r, fault.New(fault.Denied, "request from another origin: %w", err))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// hostGuard refuses names that are not this server's: a page of another site that points its own name at this
// address would otherwise count as the same origin.
func (s *Server) hostGuard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if len(s.Hosts) > 0 && !slices.Contains(s.Hosts, strings.ToLower(strings.Trim(host, "[]"))) {
			s.fail(w, r, fault.New(fault.Denied, "called by the name %q, which is not this server's", host).
				WithHint("allow it with --host"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// bounded limits the body and the time of a request; a stream has its own limits.
func (s *Server) bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
		deadline := time.Now().Add(RequestTimeout) // the socket's clock
		if isStream(r) {
			deadline = time.Time{}
		}
		_ = http.NewResponseController(w).SetReadDeadline(deadline) // tests' writers have no socket
		if isStream(r) {
			next.ServeHTTP(w, r)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), RequestTimeout)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func isStream(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, base+"/conversations/") && strings.HasSuffix(r.URL.Path, "/events")
}
