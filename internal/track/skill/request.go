package skill

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
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
	allow    []domain // the operator's
	declared []domain // the package's own
	private  bool
	public   *http.Client
	inside   *http.Client
}

func newFetcher(src catalog.Source, declared []string, dialect string) *fetcher {
	f := &fetcher{allow: parseDomains(src.Allow, dialect), declared: parseDomains(declared, dialect), private: src.Private}
	f.public = f.client(checkAddress)
	f.inside = f.client(checkInside)
	return f
}

// client makes requests to addresses that check admits. The address that is really dialled is looked at, so a name
// that resolves differently the second time gains nothing.
func (f *fetcher) client(check func(address string) error) *http.Client {
	dialer := &net.Dialer{Timeout: dialTimeout, Control: func(_, address string, _ syscall.RawConn) error { return check(address) }}
	transport := &http.Transport{DialContext: dialer.DialContext, MaxResponseHeaderBytes: maxHeaderBytes, MaxIdleConnsPerHost: 2,
		IdleConnTimeout: 30 * time.Second, TLSHandshakeTimeout: dialTimeout, ForceAttemptHTTP2: true}
	return &http.Client{Transport: transport, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return errors.New("too many redirects")
		}
		// The client was chosen for the first address: a redirect may not lead to one that the other would have been for.
		named, ok := f.permits(r.URL)
		first, _ := f.permits(via[0].URL)
		if !ok || (f.private && named != first) {
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
	covers := func(d domain) bool { return d.covers(u) }
	if slices.ContainsFunc(f.allow, covers) {
		return true, true
	}
	return false, slices.ContainsFunc(f.declared, covers)
}

// do makes one request. What fails is told to the code in the platform's words.
func (f *fetcher) do(ctx context.Context, r fetchRequest) fetchResponse {
	u, err := url.Parse(r.URL)
	if err != nil || len(r.URL) > maxURL {
		return fetchResponse{Fail: "invalid url", Kind: "missing"}
	}
	named, ok := f.permits(u)
	if !ok {
		return fetchResponse{Fail: errNotInList.Error(), Kind: "forbidden"}
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
		return fetchResponse{Fail: errNotInList.Error(), Kind: "forbidden"}
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
