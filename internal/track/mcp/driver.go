// Package mcp reaches services by the Model Context Protocol, revisions 2026-07-28 and 2025-11-25 and older, over stdio and
// streamable HTTP, with the official SDK.
//
// A server is not trusted: it may die, hang, flood or lie. Everything it sends is bounded, a call that may have had an
// effect is never sent twice by itself, and what a server says of itself is kept as data. Whatever may have happened
// although no answer came is told by the fault's parameter outcome=unknown. A connection that broke is opened again by
// the next call.
//
// A Connection is safe for concurrent use. Its calls run side by side over one session, until the server asks the
// person something that cannot be told apart between calls; from then on they run one at a time.
package mcp

import (
	"context"
	"log/slog"
	"net/url"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

// Bounds of a connection.
const (
	MaxMessage      = 4 * track.MaxResult // bytes of one message on the wire
	MaxStream       = 64 << 20            // bytes of one answer's event stream
	MaxPages        = 100                 // of a tool list
	MaxStderr       = 8 << 10             // bytes kept of what a stdio server last wrote to stderr
	MaxSchema       = 256 << 10           // bytes of one tool's schema
	DiscoverTimeout = 10 * time.Second    // for a server to answer the newer handshake before the older one is tried
	DescribeTimeout = 30 * time.Second    // for reading the tool list again
	CloseGrace      = time.Second         // for a stdio server to end by itself before its process group is killed
	maxStrikes      = 2                   // calls in a row that ran out of time before the session is opened anew
)

// Options of the driver.
type Options struct {
	Log *slog.Logger
	// Grants keeps what sign-ins bring; nil: in memory only.
	Grants Grants
	// Door lets a server's wish for a sign-in be met while it is opened. Where it is nil, that is a fault denied with the
	// parameter sign_in, and SignIn is what to call.
	Door *Door
}

// Driver opens MCP servers. Use New.
type Driver struct {
	opt    Options
	grants Grants
	log    *slog.Logger
}

var _ track.Driver = (*Driver)(nil)

// New returns a driver.
func New(opt Options) *Driver {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Grants == nil {
		opt.Grants = &memoryGrants{}
	}
	return &Driver{opt: opt, grants: opt.Grants, log: opt.Log}
}

// Track is mcp.
func (d *Driver) Track() catalog.Track { return catalog.TrackMCP }

// Open connects to the server, which it starts when the source names a program, and reads its tools.
// Faults: invalid (the source), merchant, timeout, denied (it wants a sign-in), limit.
func (d *Driver) Open(ctx context.Context, src catalog.Source) (track.Connection, error) {
	if err := checkSource(src); err != nil {
		return nil, err
	}
	c := newConn(d, src)
	ctx, cancel := c.within(ctx)
	defer cancel()
	if _, err := c.session(ctx); err != nil {
		_ = c.Close()
		return nil, err
	}
	c.start()
	return c, nil
}

func checkSource(src catalog.Source) error {
	if (src.Path == "") == (src.URL == "") {
		return fault.New(fault.Invalid, "an MCP server needs either a program or an address").With("field", "source")
	}
	if src.URL == "" {
		return nil
	}
	u, err := url.Parse(src.URL)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil {
		return fault.New(fault.Invalid, "the address of an MCP server is an http or https URL without a user").With("field", "url")
	}
	return nil
}
