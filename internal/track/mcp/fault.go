package mcp

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"strconv"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
)

// codeURLElicitation is the older revision's error of a tool that first wants the person to open an address.
const codeURLElicitation = -32042

// rejectedByTransport is the message of the SDK's own error, in the shape of a server's, for a request that could not
// be delivered whole; the server may have got it all the same.
const rejectedByTransport = "rejected by transport"

// answered finds the error that the server itself answered.
func answered(err error) (*jsonrpc.Error, bool) {
	var rpc *jsonrpc.Error
	if !errors.As(err, &rpc) || rpc.Message == rejectedByTransport {
		return nil, false
	}
	return rpc, true
}

// broken tells whether a call failed because the session did, not because the server answered.
func broken(err error) bool {
	var f *fault.Error
	_, told := answered(err)
	return !told && !errors.As(err, &f)
}

// unknownIf marks a fault of a call that may have had its effect all the same.
func unknownIf(capability catalog.Capability, f *fault.Error) *fault.Error {
	if capability.Effect != catalog.Read {
		return f.With("outcome", "unknown")
	}
	return f
}

// told says why ctx ended, where that is the reason of the error.
func (c *conn) told(ctx context.Context, err error) error {
	if c.ctx.Err() != nil && ctx.Err() == nil {
		return fault.New(fault.Unavailable, "the connection to %s is closed", c.label())
	}
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.DeadlineExceeded) {
		return fault.New(fault.Cancelled, "the call to %s was stopped: %w", c.label(), cause)
	}
	return err
}

// flooded tells whether the server sent more than is taken. The SDK says it of a line in words only.
func flooded(err error, w wire) bool {
	return w.flooded != nil && w.flooded.Load() || strings.Contains(err.Error(), "maximum line length")
}

// dialFault says why the server could not be opened.
func (c *conn) dialFault(ctx context.Context, err error, w wire) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return f
	}
	words := c.withStderr(clip(err.Error(), maxNote), w)
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fault.New(fault.Timeout, "%s did not answer in time: %s", c.label(), words).With("service", c.label())
	case ctx.Err() != nil:
		return fault.New(fault.Cancelled, "opening %s was stopped", c.label()).With("service", c.label())
	case flooded(err, w):
		return fault.New(fault.Limit, "%s sent more than is taken: %s", c.label(), words).With("service", c.label())
	}
	return fault.New(fault.Merchant, "%s cannot be opened: %s", c.label(), words).With("service", c.label())
}

// callFault says why a call failed, and whether it may have had its effect.
func (c *conn) callFault(ctx context.Context, err error, s *session, capability catalog.Capability) error {
	var f *fault.Error
	var dial *net.OpError
	rpc, told := answered(err)
	what := c.label() + ", " + capability.Name
	switch {
	case errors.As(err, &f):
		return f
	case errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		c.strike(s)
		return unknownIf(capability, fault.New(fault.Timeout, "%s did not answer in time", what)).With("service", c.label())
	case ctx.Err() != nil:
		return unknownIf(capability, fault.New(fault.Cancelled, "%s was stopped", what))
	case c.ctx.Err() != nil:
		return unknownIf(capability, fault.New(fault.Unavailable, "%s: the connection is closed", what))
	case told:
		return refused(what, rpc)
	case flooded(err, s.wire):
		return unknownIf(capability, fault.New(fault.Limit, "%s answered more than %d bytes", what, MaxMessage)).With("service", c.label())
	case errors.As(err, &dial) && dial.Op == "dial":
		return fault.New(fault.Merchant, "%s cannot be reached: %w", what, err).With("service", c.label()) // nothing was sent
	}
	words := c.withStderr(clip(err.Error(), maxNote), s.wire)
	if capability.Effect == catalog.Read {
		return fault.New(fault.Merchant, "%s broke off: %s", what, words).With("service", c.label())
	}
	return unknownIf(capability, fault.New(fault.Timeout, "%s broke off before it answered: %s", what, words)).With("service", c.label())
}

// refused is a server's error answer: it did not do it.
func refused(what string, rpc *jsonrpc.Error) error {
	message := clip(rpc.Message, maxNote)
	code := strconv.FormatInt(rpc.Code, 10)
	switch rpc.Code {
	case jsonrpc.CodeInvalidParams:
		return fault.New(fault.Invalid, "%s refused the arguments: %s", what, message).With("why", message).With("code", code)
	case codeURLElicitation:
		if address := elicitedURL(rpc.Data); address != "" {
			return fault.New(fault.Denied, "%s wants the person to open an address first: %s", what, message).
				WithHint("open "+address).With("url", address).With("code", code)
		}
	}
	return fault.New(fault.Merchant, "%s answered error %s: %s", what, code, message).With("code", code)
}

func elicitedURL(data json.RawMessage) string {
	var d struct {
		Elicitations []struct {
			URL string `json:"url"`
		} `json:"elicitations"`
	}
	if json.Unmarshal(data, &d) != nil || len(d.Elicitations) == 0 {
		return ""
	}
	return clip(d.Elicitations[0].URL, maxNote)
}

// withStderr adds the last that a stdio server wrote to stderr, for the operator.
func (c *conn) withStderr(words string, w wire) string {
	if w.errors == nil {
		return words
	}
	if last := strings.TrimSpace(w.errors()); last != "" {
		return words + "; stderr: " + clip(last, MaxStderr)
	}
	return words
}
