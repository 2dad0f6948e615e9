package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/httpapi"
	"github.com/bangwo/bangwo/internal/web"
)

// Bounds of the HTTP server.
const (
	headerTimeout   = 10 * time.Second
	idleTimeout     = 2 * time.Minute
	maxHeader       = 64 << 10
	shutdownTimeout = 10 * time.Second
)

// Listen takes the address of the settings.
func (a *App) Listen(ctx context.Context) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", a.cfg.Addr)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "listen on %s: %w", a.cfg.Addr, err).WithHint("is it in use? choose another with --addr")
	}
	return l, nil
}

// Run serves on l until ctx ends, then lets requests finish, and returns nil.
func (a *App) Run(ctx context.Context, l net.Listener) error {
	life, end := context.WithCancel(ctx)
	defer end()
	server := &http.Server{Handler: a.Handler(life, l.Addr()), ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader}
	swept := make(chan struct{})
	go func() {
		defer close(swept)
		a.sweepForever(life)
	}()
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
		err = server.Shutdown(stop)
		cancel()
	}
	end()
	<-swept
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Handler is the HTTP door as served at an address; its streams end with life.
func (a *App) Handler(life context.Context, at net.Addr) http.Handler {
	return httpapi.New(life, httpapi.Options{Desk: a.desk, Planner: a, Catalog: a.services, Prepays: a.desk.Prepays(),
		Operator: operations{a}, Exposures: a.Exposures(), SignIns: a.signIns, Store: a.db, Ledger: a.Ledger(),
		Identity: a.people, UI: web.Handler(), Version: a.cfg.Version, Demo: a.cfg.Demo, Hosts: a.cfg.hosts(at), Secure: a.cfg.Secure,
		Now: a.cfg.Now, Log: a.cfg.Log, Metrics: a.watched.write})
}
