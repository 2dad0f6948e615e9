package openai

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/assist/model"
	"github.com/bangwo/bangwo/internal/fault"
)

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// body is a request as the protocol has it.
func (c *Client) body(p model.Prompt, h habits) []byte {
	system, name := p.System, p.Purpose
	if h.format == byWords {
		system += "\n\nAnswer with one JSON object and nothing else. It must fit this JSON Schema:\n" + string(p.Schema)
	}
	messages := []message{{"system", system}, {"user", p.User}}
	if p.Again != nil {
		messages = append(messages, message{"assistant", p.Again.Answer}, message{"user", p.Again.Complaint})
	}
	b := map[string]any{"model": c.model, "messages": messages, "stream": true}
	if !h.countsNone {
		b["stream_options"] = map[string]any{"include_usage": true}
	}
	if !h.ownWarmth {
		b["temperature"] = 0
	}
	if h.newLimit {
		b["max_completion_tokens"] = p.MaxTokens
	} else {
		b["max_tokens"] = p.MaxTokens
	}
	switch h.format {
	case bySchema:
		b["response_format"] = map[string]any{"type": "json_schema", "json_schema": map[string]any{"name": name, "strict": true, "schema": p.Schema}}
	case byTool:
		b["tools"] = []any{map[string]any{"type": "function", "function": map[string]any{"name": name, "description": "Give the answer.", "parameters": p.Schema}}}
		b["tool_choice"] = map[string]any{"type": "function", "function": map[string]any{"name": name}}
	}
	out, err := json.Marshal(b)
	if err != nil {
		panic("openai: a request does not encode: " + err.Error()) // only a broken schema could, and that is ours
	}
	return out
}

// once makes one request and reads its answer.
func (c *Client) once(ctx context.Context, p model.Prompt, h habits) (model.Answer, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	idle := time.AfterFunc(c.timeout, func() { cancel(context.DeadlineExceeded) })
	defer idle.Stop()
	sent := c.body(p, h)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(sent))
	if err != nil {
		return model.Answer{}, fault.New(fault.Internal, "the request to the model: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "text/event-stream, application/json")
	if c.key != "" {
		req.Header.Set("Authorization", "Bearer "+c.key)
	}
	begun := c.now()
	resp, err := c.http.Do(req)
	if err != nil {
		return model.Answer{}, c.hushed(ctx, err)
	}
	defer resp.Body.Close()
	in := &watchedBody{r: io.LimitReader(resp.Body, maxBody+1), idle: idle, wait: max(minIdle, c.timeout/2)}
	if resp.StatusCode != http.StatusOK {
		return model.Answer{}, c.refused(resp, in)
	}
	r := &reading{now: c.now, begun: begun}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
		err = r.whole(in)
	} else {
		err = r.stream(in)
	}
	if cause := context.Cause(ctx); err != nil && cause != nil {
		err = cause
	}
	a := r.answer(len(sent))
	if err == nil {
		a.Text, err = r.text(h.format)
		if err == nil && h.format < byWords && !json.Valid([]byte(a.Text)) {
			err = errDeaf
		}
	}
	return a, err
}

// hushed is an error of the network without anything of the request in it.
func (c *Client) hushed(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err // without the address
	}
	return errors.New(c.without(err.Error()))
}

// without takes the key out of a text.
func (c *Client) without(s string) string {
	if c.key != "" {
		s = strings.ReplaceAll(s, c.key, "***")
	}
	return s
}

func (c *Client) refused(resp *http.Response, in io.Reader) error {
	raw, _ := io.ReadAll(io.LimitReader(in, 8<<10)) // what came of it is enough
	var told struct {
		Error json.RawMessage `json:"error"`
	}
	says := string(raw)
	if json.Unmarshal(raw, &told) == nil && len(told.Error) > 0 {
		says = string(told.Error)
		var e struct {
			Message string `json:"message"`
		}
		if json.Unmarshal(told.Error, &e) == nil && e.Message != "" {
			says = e.Message
		}
	}
	r := &refusal{status: resp.StatusCode, says: clip(c.without(says), maxComplaint)}
	if n, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && n > 0 {
		r.again = time.Duration(min(n, int(maxRest/time.Second))) * time.Second
	}
	return r
}

func clip(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// watchedBody puts the deadline for the next byte off with every byte.
type watchedBody struct {
	r    io.Reader
	idle *time.Timer
	wait time.Duration
	n    int
}

func (w *watchedBody) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if n > 0 {
		w.idle.Reset(w.wait)
	}
	if w.n += n; w.n > maxBody {
		return n, &broken{"it is longer than the bound"}
	}
	return n, err
}
