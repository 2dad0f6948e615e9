// Package openai speaks the chat-completions protocol that OpenAI's API began and that DeepSeek, Qwen, Ollama, llama.cpp, vLLM and
// others share. It asks for an answer in a JSON Schema in the best way that the endpoint has: json_schema first, a tool call second,
// plain words last; what works is found out once and remembered. Everything is bounded: the answer, the bytes read, the time until the
// first byte and between bytes, the requests of one question. After several failures the endpoint is left alone for a while. The key is
// in the Authorization header only and in no error and no log. A Client is safe for concurrent use.
package openai

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/bangwo/bangwo/internal/assist/model"
	"github.com/bangwo/bangwo/internal/fault"
)

// Bounds of one question.
const (
	DefaultTimeout = 30 * time.Second // all requests of one question
	minIdle        = 20 * time.Second // between bytes of an answer, at least: half the time of the question where that is longer
	maxRequests    = 5                // formats and quirks of the endpoint that are found out
	maxBody        = 1 << 20          // bytes of an answer with everything around it
	maxAnswer      = 64 << 10         // bytes of what the model said
	maxLine        = 256 << 10        // bytes of one event
	maxComplaint   = 300              // bytes of an endpoint's error that are kept
	maxIdleConns   = 4
)

// When an endpoint is left alone.
const (
	restAfter = 3                // failures in a row
	restFor   = 15 * time.Second // after them
	maxRest   = time.Minute      // that an endpoint may ask for itself
)

// Options are an endpoint's.
type Options struct {
	URL     string // base, such as http://localhost:11434/v1
	Key     string // "" sends none
	Model   string
	Timeout time.Duration    // 0: DefaultTimeout
	Now     func() time.Time // nil: time.Now
}

// Client is one endpoint with one model.
type Client struct {
	url     string
	key     string
	model   string
	timeout time.Duration
	now     func() time.Time
	http    *http.Client

	mu     sync.Mutex
	known  habits
	failed int // in a row
	rest   time.Time
}

var _ model.LLM = (*Client)(nil)

// New checks the settings. Faults: invalid.
func New(o Options) (*Client, error) {
	u, err := url.Parse(o.URL)
	switch {
	case err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "":
		return nil, fault.New(fault.Invalid, "the model's address is an http or https URL").WithHint("such as http://localhost:11434/v1").With("field", "model-url")
	case u.User != nil:
		return nil, fault.New(fault.Invalid, "the model's address holds a user or a password").WithHint("give the key by --model-key or BANGWO_MODEL_KEY").With("field", "model-url")
	case o.Model == "":
		return nil, fault.New(fault.Invalid, "no model is named").WithHint("--model-name, such as qwen2.5:7b").With("field", "model-name")
	case o.Key != "" && u.Scheme == "http" && !onThisMachine(u.Hostname()):
		return nil, fault.New(fault.Invalid, "the model's key would go over the network in the clear").WithHint("use https, or leave the key out").With("field", "model-url")
	case strings.ContainsAny(o.Key, "\r\n"):
		return nil, fault.New(fault.Invalid, "the model's key has line breaks").With("field", "model-key")
	}
	c := &Client{url: strings.TrimSuffix(u.Scheme+"://"+u.Host+u.Path, "/"), key: o.Key, model: o.Model, timeout: o.Timeout, now: o.Now}
	c.url = strings.TrimSuffix(c.url, "/chat/completions") + "/chat/completions"
	if c.timeout <= 0 {
		c.timeout = DefaultTimeout
	}
	if c.now == nil {
		c.now = time.Now
	}
	c.http = &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConns: maxIdleConns, MaxIdleConnsPerHost: maxIdleConns,
		IdleConnTimeout: time.Minute, ForceAttemptHTTP2: true}, // how long an answer may take is watched by once
		// a redirect would carry the key and the person's words to somewhere that nobody named
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return c, nil
}

func onThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Name is the model's.
func (c *Client) Name() string { return c.model }

// Close lets idle connections go.
func (c *Client) Close() error {
	c.http.CloseIdleConnections()
	return nil
}

// Complete asks the model, in the format that the endpoint has.
func (c *Client) Complete(ctx context.Context, p model.Prompt) (model.Answer, error) {
	total := model.Answer{}
	if wait := c.resting(); wait > 0 {
		return total, fault.New(fault.Unavailable, "the model's endpoint failed and is left alone for %s", wait.Round(time.Second))
	}
	begun := c.now()
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	h := c.habits()
	var last error
	for range maxRequests {
		a, err := c.once(ctx, p, h)
		total.PromptTok += a.PromptTok
		total.AnswerTok += a.AnswerTok
		total.Estimated = total.Estimated || a.Estimated
		total.Requests++
		total.Text, total.Format, total.First, total.Elapsed = a.Text, h.format.String(), a.First, c.now().Sub(begun)
		if err == nil {
			c.learn(h)
			return total, nil
		}
		last = err
		next, ok := h.after(err)
		if !ok || ctx.Err() != nil {
			break
		}
		h = next
	}
	c.note(last)
	return total, asFault(last)
}

func (c *Client) habits() habits {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.known
}

func (c *Client) learn(h habits) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known, c.failed = h, 0
}

func (c *Client) resting() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rest.Sub(c.now())
}

// note counts a failure; a person who stopped, or a question that was too much, is none of the endpoint's.
func (c *Client) note(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if fault.Is(asFault(err), fault.Cancelled) {
		return
	}
	c.failed++
	wait := time.Duration(0)
	if c.failed >= restAfter {
		wait = restFor
	}
	if r, ok := refusalOf(err); ok && r.again > 0 {
		wait = max(wait, min(r.again, maxRest))
	}
	if wait > 0 {
		c.rest = c.now().Add(wait)
	}
}
