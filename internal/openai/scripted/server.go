// Package scripted is an OpenAI-compatible endpoint for tests: it answers by a script, and can fail in every way that real ones do.
// It listens on loopback. Safe for concurrent use.
package scripted

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

// Request is what came in.
type Request struct {
	Model    string
	System   string
	User     string
	Again    string // the complaint about an earlier answer
	Format   string // json_schema, tools or text
	Purpose  string // the schema's name
	Schema   json.RawMessage
	Key      string
	Bytes    int
	Raw      map[string]any
	MaxToken int
}

// Reply is what goes out. The zero value answers nothing at all and finishes.
type Reply struct {
	Text   string        // the answer
	Status int           // an error status in place of an answer
	Error  string        // its message
	Retry  int           // Retry-After, seconds
	Cut    bool          // the stream breaks off
	Hang   chan struct{} // nothing comes until it is closed
	Raw    string        // a body sent as it is
	Whole  bool          // one JSON document, no stream
	Silent bool          // no token counts
	Finish string        // "": stop
}

// Server is a running endpoint. Close it in the end.
type Server struct {
	*httptest.Server

	mu     sync.Mutex
	answer func(Request) Reply
	seen   []Request
}

// New starts an endpoint that answers by the script.
func New(answer func(Request) Reply) *Server {
	s := &Server{answer: answer}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	return s
}

// Base is the address that clients are given.
func (s *Server) Base() string { return s.URL + "/v1" }

// Script changes the script.
func (s *Server) Script(answer func(Request) Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = answer
}

// Seen lists what came in so far.
func (s *Server) Seen() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.seen...)
}

type wire struct {
	Model    string `json:"model"`
	Messages []struct {
		Role    string `json:"role"`
		Content string `json:"content"`
	} `json:"messages"`
	MaxTokens int `json:"max_tokens"`
	Format    *struct {
		Schema struct {
			Name   string          `json:"name"`
			Schema json.RawMessage `json:"schema"`
		} `json:"json_schema"`
	} `json:"response_format"`
	Tools []struct {
		Function struct {
			Name       string          `json:"name"`
			Parameters json.RawMessage `json:"parameters"`
		} `json:"function"`
	} `json:"tools"`
}

func read(r *http.Request) (Request, error) {
	var w wire
	raw := json.RawMessage{}
	if err := json.NewDecoder(r.Body).Decode(&raw); err != nil {
		return Request{}, err
	}
	if err := json.Unmarshal(raw, &w); err != nil {
		return Request{}, err
	}
	out := Request{Model: w.Model, Format: "text", Key: strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), MaxToken: w.MaxTokens, Bytes: len(raw)}
	_ = json.Unmarshal(raw, &out.Raw)
	for i, m := range w.Messages {
		switch {
		case m.Role == "system":
			out.System = m.Content
		case m.Role == "user" && i < 2:
			out.User = m.Content
		case m.Role == "user":
			out.Again = m.Content
		}
	}
	switch {
	case w.Format != nil:
		out.Format, out.Purpose, out.Schema = "json_schema", w.Format.Schema.Name, w.Format.Schema.Schema
	case len(w.Tools) > 0:
		out.Format, out.Purpose, out.Schema = "tools", w.Tools[0].Function.Name, w.Tools[0].Function.Parameters
	}
	return out, nil
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	in, err := read(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.seen = append(s.seen, in)
	answer := s.answer
	s.mu.Unlock()
	out := answer(in)
	if out.Hang != nil {
		select {
		case <-out.Hang:
		case <-r.Context().Done():
			return
		}
	}
	switch {
	case out.Status != 0:
		if out.Retry > 0 {
			w.Header().Set("Retry-After", fmt.Sprint(out.Retry))
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(out.Status)
		_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"message": out.Error}})
	case out.Raw != "":
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = w.Write([]byte(out.Raw))
	case out.Whole:
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": message(in, out.Text), "finish_reason": finish(out)}}, "usage": usage(in, out)})
	default:
		stream(w, in, out)
	}
}

func finish(out Reply) string {
	if out.Finish != "" {
		return out.Finish
	}
	return "stop"
}

func usage(in Request, out Reply) any {
	if out.Silent {
		return nil
	}
	return map[string]any{"prompt_tokens": in.Bytes / 4, "completion_tokens": len(out.Text)/4 + 1}
}

// message is the answer in the shape of the format it was asked in.
func message(in Request, part string) map[string]any {
	if in.Format == "tools" {
		return map[string]any{"content": nil, "tool_calls": []any{map[string]any{"index": 0, "type": "function",
			"function": map[string]any{"name": in.Purpose, "arguments": part}}}}
	}
	return map[string]any{"content": part}
}

// pieces is how many events an answer is sent in.
const pieces = 5

func stream(w http.ResponseWriter, in Request, out Reply) {
	w.Header().Set("Content-Type", "text/event-stream")
	send := func(v any) {
		raw, _ := json.Marshal(v)
		fmt.Fprintf(w, "data: %s\n\n", raw)
		_ = http.NewResponseController(w).Flush()
	}
	send(map[string]any{"choices": []any{map[string]any{"delta": map[string]any{"role": "assistant", "content": nil}}}})
	text := []rune(out.Text)
	step := len(text)/pieces + 1
	for i := 0; i < len(text); i += step {
		if out.Cut && i > 0 {
			return
		}
		send(map[string]any{"choices": []any{map[string]any{"delta": message(in, string(text[i:min(i+step, len(text))]))}}})
	}
	if out.Cut {
		return
	}
	send(map[string]any{"choices": []any{map[string]any{"delta": map[string]any{}, "finish_reason": finish(out)}}})
	if u := usage(in, out); u != nil {
		send(map[string]any{"choices": []any{}, "usage": u})
	}
	fmt.Fprint(w, "data: [DONE]\n\n")
}

// Patience bounds what a test waits for, where something is lost; nothing is asserted of it.
const Patience = 20 * time.Second
