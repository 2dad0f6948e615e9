package httpapi

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/i18n"
)

type noteKey struct{}

// note is what guards and handlers leave for the log line of a request.
type note struct {
	lang string
	err  error
}

// observe logs each request once, counts it, and turns a panic into an internal fault.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.Now()
		n := &note{lang: i18n.Match(r.Header.Get("Accept-Language"))}
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		r = r.WithContext(context.WithValue(r.Context(), noteKey{}, n))
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler { //nolint:errorlint // the sentinel is compared by identity
				n.err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
				if !rec.wrote {
					s.fail(rec, r, fault.New(fault.Internal, "panic"))
					n.err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
				}
			}
			s.metrics.count(rec.status)
			s.logRequest(r, rec, n.err, s.Now().Sub(start))
		}()
		next.ServeHTTP(rec, r)
	})
}

func (s *Server) logRequest(r *http.Request, rec *recorder, err error, took time.Duration) {
	level := slog.LevelDebug
	if rec.status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	attrs := []slog.Attr{slog.String("method", r.Method), slog.String("path", r.URL.Path),
		slog.Int("status", rec.status), slog.Int64("bytes", rec.bytes), slog.Duration("took", took)}
	if err != nil {
		attrs = append(attrs, slog.String("error", err.Error()))
	}
	s.Log.LogAttrs(r.Context(), level, "http request", attrs...)
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
	wrote  bool
}

// WriteHeader notes the status.
func (r *recorder) WriteHeader(status int) {
	if !r.wrote {
		r.status, r.wrote = status, true
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write counts what is sent.
func (r *recorder) Write(b []byte) (int, error) {
	r.wrote = true
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// metrics are the counters of /metrics, in the Prometheus text format.
type metrics struct{ classes [6]atomic.Int64 }

func (m *metrics) count(status int) {
	if class := status / 100; class > 0 && class < len(m.classes) {
		m.classes[class].Add(1)
	}
}

func (m *metrics) serve(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4")
	fmt.Fprintln(w, "# TYPE bangwo_http_requests_total counter")
	for class := 1; class < len(m.classes); class++ {
		fmt.Fprintf(w, "bangwo_http_requests_total{class=\"%dxx\"} %d\n", class, m.classes[class].Load())
	}
}

// metricsPage shows the counters to operators, and to whoever is on this machine, unless they come through a proxy.
func (s *Server) metricsPage(w http.ResponseWriter, r *http.Request) {
	if !s.fromHere(r) {
		if err := operator(r.Context()); err != nil {
			s.fail(w, r, err)
			return
		}
	}
	s.metrics.serve(w, r)
	if s.Metrics != nil {
		s.Metrics(w)
	}
}

// fromHere tells whether a request was made on this machine. A proxy in front, which says so by its headers or by --secure,
// makes everybody seem to be here.
func (s *Server) fromHere(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil || s.Secure {
		return false
	}
	for _, h := range []string{"X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// health answers 200 while the database does.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	_, err := s.Store.Events(r.Context(), "health", 0, 1)
	if err != nil {
		s.fail(w, r, fault.New(fault.Unavailable, "database: %w", err))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, "{\"status\":\"ok\",\"version\":%q}\n", s.Version)
}

// counter bounds how many of something one key has open.
type counter struct {
	mu   sync.Mutex
	open map[string]int
}

// enter takes a place and returns how to give it back; false when limit are taken.
func (c *counter) enter(key string, limit int) (leave func(), ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open == nil {
		c.open = map[string]int{}
	}
	if c.open[key] >= limit {
		return nil, false
	}
	c.open[key]++
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.open[key]--; c.open[key] == 0 {
			delete(c.open, key)
		}
	}, true
}
