package mcp

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
)

// olderVersion is asked for when a server does not answer the newer handshake at all.
const olderVersion = "2025-11-25"

// session is one session with the server: a process's life, or an HTTP session.
type session struct {
	client *sdk.ClientSession
	wire   wire
	ended  chan struct{} // closed when the server or the connection is gone
	once   sync.Once
}

// wire is what carries a session.
type wire struct {
	transport sdk.Transport
	stop      func()        // ends it, with everything that belongs to it
	errors    func() string // what a stdio server last wrote to stderr
	flooded   *atomic.Bool  // it sent more than is taken
}

func (s *session) alive() bool {
	select {
	case <-s.ended:
		return false
	default:
		return true
	}
}

// close ends the session and its carrier and waits.
func (s *session) close() {
	s.once.Do(func() {
		closed := make(chan struct{})
		go func() {
			defer close(closed)
			_ = s.client.Close()
		}()
		timer := time.NewTimer(CloseGrace)
		defer timer.Stop()
		select {
		case <-closed:
		case <-timer.C: // the server hangs: its end lets Close return
		}
		s.wire.stop()
		<-closed
	})
}

// session returns the session that is open, or opens one; callers at the same time share one opening.
func (c *conn) session(ctx context.Context) (*session, error) {
	select {
	case c.dialing <- struct{}{}:
		defer func() { <-c.dialing }()
	case <-ctx.Done():
		return nil, c.dialFault(ctx, ctx.Err(), wire{})
	}
	c.mu.Lock()
	s := c.open
	c.mu.Unlock()
	if s != nil && s.alive() {
		return s, nil
	}
	if s != nil {
		s.close()
	}
	s, err := c.dial(ctx)
	if err != nil {
		return nil, err
	}
	svc, err := c.describe(ctx, s)
	if err != nil {
		err = c.dialFault(ctx, err, s.wire)
		s.close()
		return nil, err
	}
	if err := c.keep(s); err != nil {
		return nil, err
	}
	c.learn(svc)
	return s, nil
}

// keep makes s the open session, unless the connection was closed meanwhile.
func (c *conn) keep(s *session) error {
	c.mu.Lock()
	if c.ctx.Err() != nil {
		c.mu.Unlock()
		s.close()
		return fault.New(fault.Unavailable, "the connection to %s is closed", c.label())
	}
	c.open, c.strikes = s, 0
	c.wait.Go(func() {
		_ = s.client.Wait()
		close(s.ended)
	})
	c.mu.Unlock()
	return nil
}

// dial opens a session by the newest revision; a server that does not even answer that is tried once more by an older one.
func (c *conn) dial(ctx context.Context) (*session, error) {
	short, cancel := context.WithTimeout(ctx, DiscoverTimeout)
	defer cancel()
	s, err := c.attempt(short, "")
	if err != nil && short.Err() != nil && ctx.Err() == nil {
		return c.attempt(ctx, olderVersion)
	}
	return s, err
}

func (c *conn) attempt(ctx context.Context, version string) (*session, error) {
	w, err := c.wire()
	if err != nil {
		return nil, err
	}
	type opened struct {
		client *sdk.ClientSession
		err    error
	}
	result := make(chan opened, 1)
	go func() {
		cs, err := c.client().Connect(ctx, w.transport, &sdk.ClientSessionOptions{ProtocolVersion: version})
		result <- opened{cs, err}
	}()
	var o opened
	select {
	case o = <-result:
	case <-ctx.Done():
		w.stop() // the SDK does not end everything with ctx
		if o = <-result; o.err == nil {
			o.err = errors.Join(ctx.Err(), o.client.Close())
		}
	}
	if o.err != nil {
		w.stop()
		return nil, c.dialFault(ctx, o.err, w)
	}
	return &session{client: o.client, wire: w, ended: make(chan struct{})}, nil
}

func (c *conn) client() *sdk.Client {
	return sdk.NewClient(&sdk.Implementation{Name: "bangwo", Title: "Bangwo", Version: "1"}, &sdk.ClientOptions{
		Logger:                      c.driver.log,
		Capabilities:                &sdk.ClientCapabilities{}, // no roots, no sampling
		ElicitationHandler:          c.onElicit,
		ToolListChangedHandler:      func(context.Context, *sdk.ToolListChangedRequest) { signal(c.relist) },
		ProgressNotificationHandler: c.onProgress,
	})
}

func (c *conn) wire() (wire, error) {
	if c.src.URL != "" {
		return c.httpWire()
	}
	return startProcess(c.src)
}

// strike counts a call that ran out of time; after several in a row the session is given up, so that the next
// call starts afresh. One alone may be slow work that should not be cut off.
func (c *conn) strike(s *session) {
	c.mu.Lock()
	c.strikes++
	giveUp := c.strikes >= maxStrikes && c.open == s && len(c.flying) == 0
	if giveUp {
		c.open = nil
	}
	c.mu.Unlock()
	if giveUp {
		s.close()
	}
}

// setting is a word of the source's configuration, e.g. token: of its environment as MCP_TOKEN, or of its presets.
func setting(src catalog.Source, name, env string) string {
	if v := src.Env[env]; v != "" {
		return v
	}
	v, _ := src.Storage[name].(string)
	return v
}
