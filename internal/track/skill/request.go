package skill

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"time"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/catalog"
)

// Bounds of the requests of one call.
const (
	maxRequests     = 50
	maxRedirects    = 5
	maxRequestBody  = 1 << 20
	maxResponseBody = 2 << 20
	maxHeaders      = 100
	maxHeaderBytes  = 64 << 10
	maxURL          = 8 << 10
	requestTimeout  = 30 * time.Second
	dialTimeout     = 10 * time.Second
)

type fetchRequest struct {
	URL     string            `json:"url"`
	Method  string            `json:"method"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
	Binary  bool              `json:"binary"`  // Body is base64
	Bytes   bool              `json:"bytes"`   // answer with base64
	Timeout float64           `json:"timeout"` // milliseconds
}

type fetchResponse struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Cookies []string          `json:"cookies,omitempty"`
	Body    string            `json:"body"`
	Fail    string            `json:"fail,omitempty"`
	Kind    string            `json:"kind,omitempty"`
}

// fetcher makes the requests of one package: only to its domains, never to a private address unless the
// operator allowed that for a domain that the operator named.
type fetcher struct {
	allow    []string // the operator's: any port unless one is named
	declared []string // the package's own: default ports unless one is named
	private  bool
	public   *http.Client
	inside   *http.Client
}

func newFetcher(src catalog.Source, declared []string) *fetcher {
	f := &fetcher{allow: lower(src.Allow), declared: lower(declared), private: src.Private}
	f.public = f.client(false)
	f.inside = f.client(true)
	return f
}

func lower(list []string) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		s = strings.ToLower(strings.TrimSpace(s))
		if u, err := url.Parse(s); err == nil && u.Host != "" {
			s = u.Host
		}
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (f *fetcher) client(private bool) *http.Client {
	dialer := &net.Dialer{Timeout: dialTimeout}
	if !private {
		// The address that is really dialled is looked at, so a name that resolves differently the second time gains nothing.
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return checkAddress(address) }
	}
	transport := &http.Transport{DialContext: dialer.DialContext, MaxResponseHeaderBytes: maxHeaderBytes, MaxIdleConnsPerHost: 2,
		IdleConnTimeout: 30 * time.Second, TLSHandshakeTimeout: dialTimeout, ForceAttemptHTTP2: true}
	return &http.Client{Transport: transport, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return errors.New("too many redirects")
		}
		named, ok := f.permits(r.URL)
		if !ok || (private && !named) {
			return errNotInList
		}
		return nil
	}}
}

var errNotInList = errors.New("url not in domain list")

// permits tells whether a URL may be asked, and whether the operator named its host.
func (f *fetcher) permits(u *url.URL) (named, ok bool) {
	if (u.Scheme != "https" && u.Scheme != "http") || u.User != nil || u.Hostname() == "" {
		return false, false
	}
	host, port := strings.ToLower(u.Hostname()), u.Port()
	standard := port == "" || (u.Scheme == "https" && port == "443") || (u.Scheme == "http" && port == "80")
	for _, entry := range f.allow {
		if matches(entry, host, port, u.Scheme, true) {
			return true, true
		}
	}
	for _, entry := range f.declared {
		if matches(entry, host, port, u.Scheme, standard) {
			return false, true
		}
	}
	return false, false
}

// matches compares with "host", "host:port" or "*.host".
func matches(entry, host, port, scheme string, anyPort bool) bool {
	name, want := entry, ""
	if h, p, err := net.SplitHostPort(entry); err == nil {
		name, want = h, p
	}
	name = strings.Trim(name, "[]")
	if suffix, wild := strings.CutPrefix(name, "*."); wild {
		if !strings.HasSuffix(host, "."+suffix) {
			return false
		}
	} else if name != host {
		return false
	}
	if want == "" {
		return anyPort
	}
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[scheme]
	}
	return port == want
}

// do makes one request. What fails is told to the code in the platform's words.
func (f *fetcher) do(ctx context.Context, r fetchRequest) fetchResponse {
	u, err := url.Parse(r.URL)
	if err != nil || len(r.URL) > maxURL {
		return fetchResponse{Fail: "invalid url", Kind: "missing"}
	}
	named, ok := f.permits(u)
	if !ok {
		return fetchResponse{Fail: errNotInList.Error(), Kind: "denied"}
	}
	ctx, cancel := context.WithTimeout(ctx, timeoutOf(r.Timeout))
	defer cancel()
	req, err := build(ctx, r)
	if err != nil {
		return fetchResponse{Fail: err.Error(), Kind: "missing"}
	}
	client := f.public
	if named && f.private {
		client = f.inside
	}
	resp, err := client.Do(req)
	if err != nil {
		return failed(ctx, err)
	}
	defer resp.Body.Close()
	return readResponse(ctx, resp, r.Bytes)
}

func timeoutOf(millis float64) time.Duration {
	if millis > 0 && millis < float64(requestTimeout/time.Millisecond) {
		return time.Duration(millis) * time.Millisecond
	}
	return requestTimeout
}

var methods = map[string]bool{"GET": true, "POST": true, "PUT": true, "DELETE": true, "HEAD": true, "OPTIONS": true, "PATCH": true}

// withheld are headers that are not the code's to set.
var withheld = map[string]bool{"Host": true, "Connection": true, "Content-Length": true, "Transfer-Encoding": true, "Upgrade": true, "Te": true,
	"Trailer": true, "Keep-Alive": true, "Referer": true, "Expect": true, "Forwarded": true, "X-Forwarded-For": true, "X-Forwarded-Host": true, "X-Real-Ip": true}

func build(ctx context.Context, r fetchRequest) (*http.Request, error) {
	body := []byte(r.Body)
	if r.Binary {
		var err error
		if body, err = base64.StdEncoding.DecodeString(r.Body); err != nil {
			return nil, errors.New("invalid body")
		}
	}
	if len(body) > maxRequestBody || len(r.Headers) > maxHeaders || !methods[r.Method] {
		return nil, errors.New("parameter error")
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, r.URL, bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("invalid url")
	}
	for k, v := range r.Headers {
		name := http.CanonicalHeaderKey(k)
		if !withheld[name] && !strings.HasPrefix(name, "Proxy-") {
			req.Header.Set(name, v)
		}
	}
	if req.Header.Get("User-Agent") == "" {
		req.Header.Set("User-Agent", "Bangwo")
	}
	return req, nil
}

func failed(ctx context.Context, err error) fetchResponse {
	switch {
	case errors.Is(err, errNotInList):
		return fetchResponse{Fail: errNotInList.Error(), Kind: "denied"}
	case errors.Is(err, errPrivate):
		return fetchResponse{Fail: errPrivate.Error(), Kind: "denied"}
	case ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded):
		return fetchResponse{Fail: "timeout", Kind: "timeout"}
	}
	// The error's own text may name addresses of our network.
	return fetchResponse{Fail: "connection failed", Kind: "network"}
}

func readResponse(ctx context.Context, resp *http.Response, asBytes bool) fetchResponse {
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxResponseBody+1))
	if err != nil {
		return failed(ctx, err)
	}
	if len(body) > maxResponseBody {
		return fetchResponse{Fail: "response is too large", Kind: "network"}
	}
	out := fetchResponse{Status: resp.StatusCode, Headers: map[string]string{}, Cookies: resp.Header.Values("Set-Cookie")}
	for k, v := range resp.Header {
		out.Headers[k] = strings.Join(v, ",")
	}
	switch {
	case asBytes:
		out.Body = base64.StdEncoding.EncodeToString(body)
	case utf8.Valid(body):
		out.Body = string(body)
	default:
		out.Body = strings.ToValidUTF8(string(body), "\ufffd")
	}
	return out
}

func (f *fetcher) close() {
	f.public.CloseIdleConnections()
	f.inside.CloseIdleConnections()
}

var errPrivate = errors.New("address not allowed")

// reserved are networks that are not the public internet, beside those that netip knows by itself.
var reserved = func() []netip.Prefix {
	var out []netip.Prefix
	for _, s := range []string{"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
		"240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fec0::/10"} {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}()

// checkAddress refuses an address that is not on the public internet.
func checkAddress(address string) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return errPrivate
	}
	ip := ap.Addr().Unmap().WithZone("")
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return errPrivate
	}
	for _, p := range reserved {
		if p.Contains(ip) {
			return errPrivate
		}
	}
	return nil
}

// counter bounds what one call asks.
type counter struct {
	mu              sync.Mutex
	requests, doors int
}

func (c *counter) request() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests++
	return c.requests <= maxRequests
}

func (c *counter) door() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.doors++
	return c.doors <= maxDoors
}
