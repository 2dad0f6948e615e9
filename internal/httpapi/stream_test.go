package httpapi_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/httpapi"
	"github.com/bangwo/bangwo/internal/store"
)

// tell appends events to conversation c1.
func (w *world) tell(texts ...string) {
	w.t.Helper()
	var wr store.Write
	for _, text := range texts {
		wr.Events = append(wr.Events, store.Append{Stream: desk.Stream("c1"), Type: "reply", Data: json.RawMessage(fmt.Sprintf("{\n\"text\": %q}", text))})
	}
	if err := w.store.Commit(w.t.Context(), wr); err != nil {
		w.t.Fatal(err)
	}
}

// listen opens the stream as lin and returns a function that waits for the next event.
func (w *world) listen(query string, headers ...string) (next func() string, end func()) {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.url+api+"/conversations/c1/events"+query, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+w.tokens["lin"])
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/event-stream" {
		w.t.Fatalf("%s, %s", res.Status, res.Header.Get("Content-Type"))
	}
	lines := bufio.NewScanner(res.Body)
	return func() string {
			var parts []string
			for lines.Scan() {
				switch line := lines.Text(); {
				case line == "" && len(parts) > 0:
					return strings.Join(parts, " ")
				case line != "" && !strings.HasPrefix(line, "retry") && !strings.HasPrefix(line, ":"):
					parts = append(parts, line)
				}
			}
			return "ended"
		}, func() {
			cancel()
			_ = res.Body.Close()
		}
}

func TestAStreamResumesAfterTheLastEventSeen(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.tell("one", "two", "three")
	for _, c := range []struct {
		query, last, first string
	}{
		{"", "", `id: 1 event: reply data: {"text":"one"}`},
		{"?after=1", "", `id: 2 event: reply data: {"text":"two"}`},
		{"", "2", `id: 3 event: reply data: {"text":"three"}`},
		{"?after=1", "2", `id: 3 event: reply data: {"text":"three"}`}, // what the browser saw last wins over the page's address
	} {
		var headers []string
		if c.last != "" {
			headers = []string{"Last-Event-ID", c.last}
		}
		next, end := w.listen(c.query, headers...)
		if got := next(); got != c.first {
			t.Errorf("%q after %q: %s", c.query, c.last, got)
		}
		end()
	}
	next, end := w.listen("", "Last-Event-ID", "3")
	defer end()
	w.tell("four") // told while somebody listens
	if got := next(); got != `id: 4 event: reply data: {"text":"four"}` {
		t.Errorf("live: %s", got)
	}
}

func TestStreamsAreRefusedAndBounded(t *testing.T) {
	t.Parallel()
	w := setup(t)
	at := api + "/conversations/c1/events"
	for name, c := range map[string]struct{ who, path, code string }{
		"nobody":         {"", at, "unsigned"},
		"somebody else":  {"sam", at, "not_found"},
		"a merchant":     {"corner", at, "denied"},
		"an operator":    {"ops", at, "denied"},
		"unknown":        {"lin", api + "/conversations/nonsense/events", "not_found"},
		"no sequence":    {"lin", at + "?after=x", "invalid"},
		"before the one": {"lin", at + "?after=-1", "invalid"},
	} {
		if got := w.code(c.who, http.MethodGet, c.path, ""); got != c.code {
			t.Errorf("%s: %q, want %q", name, got, c.code)
		}
	}
	var ends []func()
	for range httpapi.MaxStreams {
		_, end := w.listen("")
		ends = append(ends, end)
	}
	if got := w.code("lin", http.MethodGet, at, ""); got != "limit" {
		t.Errorf("one too many: %q", got)
	}
	for _, end := range ends {
		end()
	}
	for { // as soon as the server has noticed, there is room again
		res, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+at, nil)
		if err != nil {
			t.Fatal(err)
		}
		res.Header.Set("Authorization", "Bearer "+w.tokens["lin"])
		got, err := http.DefaultClient.Do(res)
		if err != nil {
			t.Fatal(err)
		}
		got.Body.Close()
		if got.StatusCode == http.StatusOK {
			return
		}
	}
}
