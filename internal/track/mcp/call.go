package mcp

import (
	"context"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

// idempotencyKey tells the server which call this is, so that it can recognise one that comes again.
const idempotencyKey = "io.github.bangwo/idempotency-key"

type flightKey struct{}

// Call runs one tool. A call that only reads is sent once more over a new session when the session broke; any
// other is not, and its fault says outcome=unknown when it may have had its effect.
func (c *conn) Call(ctx context.Context, call track.Call) (track.Result, error) {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, track.CallTimeout)
		defer cancel()
	}
	inner, cancel := c.within(ctx)
	defer cancel()
	s, err := c.session(inner)
	if err != nil {
		return track.Result{}, c.told(ctx, err)
	}
	svc := c.Service()
	capability, ok := svc.Capability("", call.Capability)
	if !ok {
		return track.Result{}, fault.New(fault.Invalid, "%s has no tool %q", c.label(), call.Capability).With("capability", call.Capability)
	}
	release, err := c.turn(inner)
	if err != nil {
		return track.Result{}, c.told(ctx, err)
	}
	defer release()
	result, err := c.send(inner, s, call)
	if err != nil && capability.Effect == catalog.Read && broken(err) && inner.Err() == nil {
		if s, err = c.reopen(inner, s); err != nil {
			return track.Result{}, c.told(ctx, err)
		}
		result, err = c.send(inner, s, call)
	}
	if err != nil {
		return track.Result{}, c.callFault(ctx, err, s, capability)
	}
	return c.accept(result, capability)
}

// reopen gives up a broken session and opens another.
func (c *conn) reopen(ctx context.Context, s *session) (*session, error) {
	c.mu.Lock()
	if c.open == s {
		c.open = nil
	}
	c.mu.Unlock()
	s.close()
	return c.session(ctx)
}

// send makes the call, with its doors and its progress.
func (c *conn) send(ctx context.Context, s *session, call track.Call) (*sdk.CallToolResult, error) {
	f := &flight{doors: call.Doors, progress: call.Progress}
	ctx = context.WithValue(ctx, flightKey{}, f)
	f.ctx = ctx
	token := c.take(f)
	defer c.land(token)
	args := call.Args
	if args == nil {
		args = map[string]any{}
	}
	params := &sdk.CallToolParams{Name: call.Capability, Arguments: args, Meta: sdk.Meta{}}
	if call.ID != "" {
		params.Meta[idempotencyKey] = call.ID
	}
	if call.Progress != nil {
		params.SetProgressToken(token)
	}
	type answer struct {
		result *sdk.CallToolResult
		err    error
	}
	got := make(chan answer, 1)
	go func() {
		result, err := s.client.CallTool(ctx, params)
		got <- answer{result, err}
	}()
	select {
	case a := <-got:
		if a.err == nil {
			c.mu.Lock()
			c.strikes = 0
			c.mu.Unlock()
		}
		return a.result, a.err
	case <-ctx.Done():
		return nil, context.Cause(ctx) // what the server still says is dropped
	}
}
