package skill

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/miniapp"
	"github.com/bangwo/bangwo/internal/track"
)

// Bounds of one result, as the platforms have them.
const (
	maxPart    = 200 << 10 // bytes each of content, structuredContent and the handoff's payload
	maxQuery   = 4 << 10   // bytes of a handoff's query
	maxContent = 200       // blocks of content
)

type rawResult struct {
	Missing    bool            `json:"missing"`
	Plain      json.RawMessage `json:"plain"`
	IsError    bool            `json:"isError"`
	Content    json.RawMessage `json:"content"`
	Structured json.RawMessage `json:"structuredContent"`
	Handoff    *struct {
		Path    any             `json:"path"`
		Query   string          `json:"query"`
		Payload json.RawMessage `json:"payload"`
		Title   string          `json:"title"`
	} `json:"handoff"`
}

// normalise makes a Result of what the context described. What is marked private never came out of it.
func normalise(a *miniapp.API, value json.RawMessage) (track.Result, error) {
	var raw rawResult
	if err := json.Unmarshal(value, &raw); err != nil {
		return track.Result{}, fault.New(fault.Merchant, "%s answered nonsense: %w", a.Name, err)
	}
	if raw.Missing {
		return track.Result{}, fault.New(fault.Merchant, "%s: missing result", a.Name).WithHint("a handler returns {content, structuredContent}")
	}
	if len(raw.Content) > maxPart || len(raw.Structured) > maxPart || len(raw.Plain) > maxPart {
		return track.Result{}, fault.New(fault.Limit, "the result of %s is more than %d bytes", a.Name, maxPart)
	}
	r := track.Result{IsError: raw.IsError, Text: texts(raw.Content)}
	if r.Text == nil {
		r.Text = texts(raw.Plain)
	}
	if s := bytes.TrimSpace(raw.Structured); len(s) > 0 && string(s) != "null" && !r.IsError {
		r.Structured = json.RawMessage(s)
	}
	if raw.Handoff == nil || r.IsError {
		return r, nil
	}
	if len(raw.Handoff.Payload) > maxPart || len(raw.Handoff.Query) > maxQuery {
		return track.Result{}, fault.New(fault.Limit, "the handoff of %s is too big", a.Name)
	}
	r.Handoff = &track.Handoff{Path: a.PagePath, Query: strings.TrimPrefix(raw.Handoff.Query, "?"), Payload: raw.Handoff.Payload, Title: raw.Handoff.Title}
	if p, ok := raw.Handoff.Path.(string); ok && p != "" {
		r.Handoff.Path = p
	}
	if _, err := url.ParseQuery(r.Handoff.Query); err != nil {
		return track.Result{}, fault.New(fault.Merchant, "%s: handoff.query is not a query: %w", a.Name, err)
	}
	return r, nil
}

// texts reads content in the forms that are out there: blocks, strings, one string.
func texts(raw json.RawMessage) []string {
	var one string
	if json.Unmarshal(raw, &one) == nil && one != "" {
		return []string{one}
	}
	var blocks []json.RawMessage
	if json.Unmarshal(raw, &blocks) != nil {
		return nil
	}
	var out []string
	for _, b := range blocks[:min(len(blocks), maxContent)] {
		var block struct {
			Type string `json:"type"`
			Text string `json:"text"`
		}
		switch {
		case json.Unmarshal(b, &one) == nil:
			out = append(out, one)
		case json.Unmarshal(b, &block) == nil && block.Text != "" && (block.Type == "" || block.Type == "text"):
			out = append(out, block.Text)
		}
	}
	return out
}
