package mcp

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/schemacheck"
	"github.com/bangwo/bangwo/internal/track"
)

// conn is an open server.
type conn struct {
	driver  *Driver
	src     catalog.Source
	checker schemacheck.Checker
	changed chan struct{} // capacity 1: the description is another
	relist  chan struct{} // capacity 1: the server says that its tools changed
	dialing chan struct{} // capacity 1: held while a session is opened
	serial  chan struct{} // capacity 1: held by the one call of a server that must be called one at a time
	calls   atomic.Uint64

	ctx    context.Context // until Close
	cancel context.CancelFunc
	wait   sync.WaitGroup

	mu      sync.Mutex // guards what follows
	open    *session
	service catalog.Service
	flying  map[string]*flight // by progress token
	single  bool               // one call at a time
	strikes int                // calls in a row that ran out of time
	wanted  *challenge         // the server's last wish for a sign-in

	asking bool // opened only to learn how to sign in; set before use
}

// flight is a call under way: whom its questions and its progress belong to.
type flight struct {
	ctx      context.Context
	doors    track.Doors
	progress func(fraction float64, text string)
}

func newConn(d *Driver, src catalog.Source) *conn {
	c := &conn{driver: d, src: src, changed: make(chan struct{}, 1), relist: make(chan struct{}, 1),
		dialing: make(chan struct{}, 1), serial: make(chan struct{}, 1), flying: map[string]*flight{}}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	return c
}

// Service describes the server as it last described itself.
func (c *conn) Service() catalog.Service {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.service.Clone()
}

// Changed tells when Service is another.
func (c *conn) Changed() <-chan struct{} { return c.changed }

// Close ends the session, and the process of a stdio server with all its children, and waits for them.
func (c *conn) Close() error {
	c.cancel()
	c.mu.Lock()
	s := c.open
	c.open = nil
	c.mu.Unlock()
	if s != nil {
		s.close()
	}
	c.wait.Wait()
	return nil
}

// start follows the server's tool-list changes.
func (c *conn) start() {
	c.wait.Go(func() {
		for {
			select {
			case <-c.ctx.Done():
				return
			case <-c.relist:
				c.describeAgain()
			}
		}
	})
}

func (c *conn) describeAgain() {
	ctx, cancel := context.WithTimeout(c.ctx, DescribeTimeout)
	defer cancel()
	c.mu.Lock()
	s := c.open
	c.mu.Unlock()
	if s == nil {
		return // the next call opens it and reads the tools then
	}
	svc, err := c.describe(ctx, s)
	if err != nil {
		c.driver.log.WarnContext(ctx, "a changed tool list could not be read", "server", c.label(), "error", err)
		return
	}
	c.learn(svc)
}

// learn keeps a description and tells when it is another than before.
func (c *conn) learn(svc catalog.Service) {
	c.mu.Lock()
	differs := !reflect.DeepEqual(svc, c.service)
	c.service = svc
	c.mu.Unlock()
	if differs {
		signal(c.changed)
	}
}

func signal(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}

// label names the server in messages, without what may be secret in its address.
func (c *conn) label() string {
	if c.src.URL != "" {
		return hostOf(c.src.URL)
	}
	return c.src.Path
}

// within ends ctx also when the connection is closed.
func (c *conn) within(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(c.ctx, cancel)
	return ctx, func() { stop(); cancel() }
}

// take notes a call under way and returns its progress token.
func (c *conn) take(f *flight) string {
	token := fmt.Sprintf("call-%d", c.calls.Add(1))
	c.mu.Lock()
	defer c.mu.Unlock()
	c.flying[token] = f
	return token
}

func (c *conn) land(token string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.flying, token)
}

// only returns the call under way when there is exactly one: a question that names no call is its.
func (c *conn) only() (*flight, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.flying) != 1 {
		c.single = true
		return nil, false
	}
	for _, f := range c.flying {
		return f, true
	}
	return nil, false
}

func (c *conn) onProgress(_ context.Context, req *sdk.ProgressNotificationClientRequest) {
	p := req.Params
	c.mu.Lock()
	f := c.flying[fmt.Sprint(p.ProgressToken)]
	c.mu.Unlock()
	if f == nil || f.progress == nil {
		return
	}
	fraction := 0.0
	if p.Total > 0 && p.Progress > 0 {
		fraction = min(p.Progress/p.Total, 1)
	}
	f.progress(fraction, clip(p.Message, maxNote))
}

// turn waits for this call's turn where the server must be called one at a time.
func (c *conn) turn(ctx context.Context) (release func(), err error) {
	c.mu.Lock()
	single := c.single
	c.mu.Unlock()
	if !single {
		return func() {}, nil
	}
	select {
	case c.serial <- struct{}{}:
		return func() { <-c.serial }, nil
	case <-ctx.Done():
		return nil, fault.New(fault.Timeout, "%s was busy with another call: %w", c.label(), ctx.Err())
	}
}
