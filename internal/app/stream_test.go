package app_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// patience is how long a test waits for what should happen at once; it only ends tests that would hang.
const patience = 60 * time.Second

// event is one server-sent event.
type event struct {
	seq  int64
	kind string
	data json.RawMessage
}

// follow reads a conversation's stream after a sequence until stop returns true, and returns what came.
func (b *browser) follow(conversation string, after int64, stop func(event) bool) []event {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, b.url+"/conversations/"+conversation+"/events", nil)
	if err != nil {
		b.t.Fatal(err)
	}
	if after > 0 {
		req.Header.Set("Last-Event-ID", strconv.FormatInt(after, 10))
	}
	res, err := b.http.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	if kind := res.Header.Get("Content-Type"); res.StatusCode != http.StatusOK || kind != "text/event-stream" {
		b.t.Fatalf("events: status %d, %s", res.StatusCode, kind)
	}
	var out []event
	var e event
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		switch name {
		case "id":
			if e.seq, err = strconv.ParseInt(value, 10, 64); err != nil {
				b.t.Fatal(err)
			}
		case "event":
			e.kind = value
		case "data":
			e.data = json.RawMessage(value)
		case "":
			if e.kind == "" {
				continue
			}
			out = append(out, e)
			if stop(e) {
				return out
			}
			e = event{}
		}
	}
	b.t.Fatalf("the stream ended after %d events: %s", len(out), kinds(out))
	return nil
}

func kinds(events []event) string {
	var out []string
	for _, e := range events {
		out = append(out, e.kind)
	}
	return strings.Join(out, " ")
}

// until stops at the first event of a kind.
func until(kind string) func(event) bool { return func(e event) bool { return e.kind == kind } }

func decode[T any](t *testing.T, e event) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(e.data, &v); err != nil {
		t.Fatalf("%s: %v", e.kind, err)
	}
	return v
}

// say begins a conversation and says something in it.
func (b *browser) say(text string) (conversation, turn string) {
	b.t.Helper()
	var conv struct{ ID string }
	b.want(http.StatusOK, http.MethodPost, "/conversations", map[string]string{}, &conv)
	var said struct{ Turn string }
	b.want(http.StatusOK, http.MethodPost, "/conversations/"+conv.ID+"/turns", map[string]string{"text": text}, &said)
	return conv.ID, said.Turn
}
