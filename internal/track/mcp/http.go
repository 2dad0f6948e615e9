package mcp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync/atomic"
	"syscall"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
)

// Bounds of HTTP.
const (
	dialTimeout   = 10 * time.Second
	headerTimeout = 2 * track.CallTimeout // a tool may work before it answers
	maxRedirects  = 5
	maxReconnects = 3 // of a broken event stream
)

var errFlood = errors.New("the server sent more than is taken")

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "server"
	}
	return u.Host
}

// httpWire prepares streamable HTTP to the address that the operator gave, and to nowhere else.
func (c *conn) httpWire() (wire, error) {
	ctx, cancel := context.WithCancel(context.Background())
	flooded := new(atomic.Bool)
	base := &http.Transport{Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: dialTimeout}).DialContext,
		ResponseHeaderTimeout: headerTimeout, TLSHandshakeTimeout: dialTimeout, ForceAttemptHTTP2: true}
	guard := &guarded{next: base, until: ctx, host: hostOf(c.src.URL), flooded: flooded}
	handler, err := c.authHandler(c.outsideClient())
	if err != nil {
		cancel()
		return wire{}, err
	}
	transport := &sdk.StreamableClientTransport{Endpoint: c.src.URL, MaxEventSize: MaxMessage, MaxRetries: maxReconnects,
		OAuthHandler: handler, HTTPClient: &http.Client{Transport: guard, CheckRedirect: sameHostOnly}}
	return wire{transport: transport, flooded: flooded, errors: func() string { return "" },
		stop: func() { cancel(); base.CloseIdleConnections() }}, nil
}

// outsideClient reaches authorization servers, while the connection lasts.
func (c *conn) outsideClient() *http.Client {
	return &http.Client{Transport: &guarded{next: outside(c.src), until: c.ctx, flooded: new(atomic.Bool)}, Timeout: headerTimeout}
}

// sameHostOnly follows redirects within the server that the operator named.
func sameHostOnly(req *http.Request, via []*http.Request) error {
	if len(via) >= maxRedirects {
		return fmt.Errorf("more than %d redirects", maxRedirects)
	}
	if req.URL.Host != via[0].URL.Host || (via[0].URL.Scheme == "https" && req.URL.Scheme != "https") {
		return fmt.Errorf("a redirect to another host (%s) is refused", req.URL.Host)
	}
	return nil
}

// outside reaches the authorization servers that an MCP server names: public addresses, and private ones only
// where the MCP server itself is at one or the operator allowed it.
func outside(src catalog.Source) *http.Transport {
	dialer := &net.Dialer{Timeout: dialTimeout}
	if !src.Private && !isPrivateHost(src.URL) {
		dialer.Control = func(_, address string, _ syscall.RawConn) error {
			host, err := netip.ParseAddrPort(address)
			if err != nil || private(host.Addr()) {
				return fmt.Errorf("%s is a private address", address)
			}
			return nil
		}
	}
	return &http.Transport{DialContext: dialer.DialContext, ResponseHeaderTimeout: dialTimeout * 2, DisableKeepAlives: true}
}

func isPrivateHost(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	if u.Hostname() == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(u.Hostname())
	return err == nil && private(addr)
}

func private(a netip.Addr) bool {
	a = a.Unmap()
	return a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast() || a.IsLinkLocalMulticast() ||
		a.IsInterfaceLocalMulticast() || a.IsMulticast() || a.IsUnspecified()
}

// guarded ends requests with the session, keeps them to one host where set, and bounds what they bring.
type guarded struct {
	next    http.RoundTripper
	until   context.Context
	host    string
	flooded *atomic.Bool
}

func (g *guarded) RoundTrip(req *http.Request) (*http.Response, error) {
	if g.host != "" && req.URL.Host != g.host {
		return nil, fmt.Errorf("host %s is not the server's", req.URL.Host)
	}
	ctx, cancel := context.WithCancel(req.Context())
	stop := context.AfterFunc(g.until, cancel)
	end := func() { stop(); cancel() }
	resp, err := g.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		end()
		return nil, err
	}
	resp.Body = &boundedBody{body: resp.Body, left: bodyLimit(req, resp), end: end, flooded: g.flooded}
	return resp, nil
}

// bodyLimit is the number of bytes taken of an answer; -1 for the streams that live as long as the session.
func bodyLimit(req *http.Request, resp *http.Response) int64 {
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	switch {
	case kind != "text/event-stream":
		return MaxMessage
	case req.Method == http.MethodGet || req.Header.Get("Mcp-Method") == "subscriptions/listen":
		return -1
	}
	return MaxStream
}

type boundedBody struct {
	body    io.ReadCloser
	left    int64
	end     func()
	flooded *atomic.Bool
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left < 0 {
		return b.body.Read(p)
	}
	if b.left == 0 {
		if n, err := b.body.Read(make([]byte, 1)); n == 0 {
			return 0, err
		}
		b.flooded.Store(true)
		return 0, errFlood
	}
	n, err := b.body.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

func (b *boundedBody) Close() error {
	err := b.body.Close()
	b.end()
	return err
}
