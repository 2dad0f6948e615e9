package httpapi_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/httpapi"
)

const api = "/api/v1"

// TestEveryFaultIsToldInBothLanguages has the house fail in every way there is.
func TestEveryFaultIsToldInBothLanguages(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for _, code := range []fault.Code{fault.Invalid, fault.NotFound, fault.Conflict, fault.Mismatch, fault.Denied, fault.Unsigned, fault.Funds,
		fault.Changed, fault.Expired, fault.Limit, fault.Merchant, fault.Timeout, fault.Unavailable, fault.Cancelled, fault.Unsupported, fault.Internal} {
		w.set(fault.New(code, "the inner workings").With("field", "x").WithHint("do this"))
		texts := map[string]bool{}
		for _, lang := range []string{"zh-CN", "en-GB"} {
			res, raw := w.send("lin", http.MethodPost, api+"/pauses/p1/answer", `{"value":"x"}`, "Accept-Language", lang)
			var f failure
			if err := json.Unmarshal([]byte(raw), &f); err != nil || f.Error.Code != string(code) || res.StatusCode != fault.Status(code) || f.Error.Params["field"] != "x" {
				t.Errorf("%s in %s: %d %s", code, lang, res.StatusCode, raw)
			}
			if hidden := f.Error.Message == "internal error"; hidden != (code == fault.Internal) {
				t.Errorf("%s says %q", code, f.Error.Message)
			}
			texts[f.Error.Text] = true
		}
		if len(texts) != 2 || texts[""] {
			t.Errorf("%s is told as %v", code, texts)
		}
	}
	w.set(errors.New("a secret of the database"))
	if res, raw := w.send("lin", http.MethodPost, api+"/conversations", `{}`); res.StatusCode != http.StatusInternalServerError || strings.Contains(raw, "secret") {
		t.Errorf("an error that is no fault: %d %s", res.StatusCode, raw)
	}
}

func TestWhatIsTooLargeOrTooFarIsRefused(t *testing.T) {
	t.Parallel()
	w := setup(t)
	long := strings.Repeat("x", 2001)
	for name, c := range map[string]struct{ method, path, body, code string }{
		"body":         {http.MethodPost, "/conversations/c1/turns", `{"text":"` + strings.Repeat("x", httpapi.MaxBody) + `"}`, "limit"},
		"text":         {http.MethodPost, "/conversations/c1/turns", `{"text":"` + long + `"}`, "invalid"},
		"no text":      {http.MethodPost, "/conversations/c1/turns", `{"text":""}`, "invalid"},
		"language":     {http.MethodPost, "/conversations/c1/turns", `{"text":"tea","lang":"fr"}`, "invalid"},
		"unknown name": {http.MethodPost, "/conversations/c1/turns", `{"text":"tea","nonsense":1}`, "invalid"},
		"not JSON":     {http.MethodPost, "/conversations/c1/turns", `{"text":`, "invalid"},
		"page":         {http.MethodGet, "/orders?limit=201", "", "invalid"},
		"negative":     {http.MethodGet, "/orders?limit=-1", "", "invalid"},
		"after":        {http.MethodGet, "/orders?after=" + strings.Repeat("x", 200), "", "invalid"},
		"id":           {http.MethodGet, "/orders/" + strings.Repeat("x", 200), "", "invalid"},
		"amount":       {http.MethodGet, "/nowhere", "", "not_found"},
	} {
		if got := w.code("lin", c.method, api+c.path, c.body); got != c.code {
			t.Errorf("%s: %q, want %q", name, got, c.code)
		}
	}
	if w.count("Say")+w.count("Orders")+w.count("Order") != 0 {
		t.Error("something of it got through to the house")
	}
}

func TestAPostIsDoneOncePerKey(t *testing.T) {
	t.Parallel()
	w := setup(t)
	say := func(who, key, text string) string {
		t.Helper()
		return w.code(who, http.MethodPost, api+"/conversations/c1/turns", fmt.Sprintf(`{"text":%q}`, text), "Idempotency-Key", key)
	}
	if a, b := say("lin", "k", "tea"), say("lin", "k", "tea"); a != "" || b != "" || w.count("Say") != 1 {
		t.Errorf("%q, %q; done %d times", a, b, w.count("Say"))
	}
	if got := say("lin", "k", "coffee"); got != "mismatch" {
		t.Errorf("the key with another body: %q", got)
	}
	if got := w.code("lin", http.MethodPost, api+"/turns/t1/cancel", `{"text":"tea"}`, "Idempotency-Key", "k"); got != "mismatch" {
		t.Errorf("the key at another address: %q", got)
	}
	if got := say("sam", "k", "coffee"); got != "" || w.count("Say") != 2 {
		t.Errorf("somebody else's key: %q, done %d times", got, w.count("Say"))
	}
	w.set(fault.New(fault.Unavailable, "away"))
	if got := say("lin", "later", "tea"); got != "unavailable" {
		t.Errorf("%q", got)
	}
	w.set(nil)
	if got := say("lin", "later", "tea"); got != "" { // a failure of ours is not kept
		t.Errorf("tried again: %q", got)
	}
	w.set(fault.New(fault.Changed, "another bundle"))
	if got := w.code("lin", http.MethodPost, api+"/pauses/p/answer", `{"approve":true,"hash":"x"}`, "Idempotency-Key", "h"); got != "changed" {
		t.Errorf("a wrong hash: %q", got)
	}
	w.set(nil)
	if got := w.code("lin", http.MethodPost, api+"/pauses/p/answer", `{"approve":true,"hash":"x"}`, "Idempotency-Key", "h"); got != "changed" {
		t.Errorf("a refusal is an answer and is given again: %q", got)
	}
}

func TestAPostUnderWayIsNotDoneTwice(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.block = make(chan struct{})
	first := make(chan string, 1)
	go func() {
		first <- w.code("lin", http.MethodPost, api+"/conversations", `{}`, "Idempotency-Key", "k")
	}()
	for w.count("Open") == 0 { // until the first is in the house
		if got := w.code("sam", http.MethodGet, api+"/me", ""); got != "" {
			t.Fatal(got)
		}
	}
	if got := w.code("lin", http.MethodPost, api+"/conversations", `{}`, "Idempotency-Key", "k"); got != "conflict" {
		t.Errorf("the same while the first is under way: %q", got)
	}
	close(w.block)
	if got := <-first; got != "" || w.count("Open") != 1 {
		t.Errorf("%q; done %d times", got, w.count("Open"))
	}
}

func TestMetricsAreTheOperators(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for who, status := range map[string]int{"ops": http.StatusOK, "": http.StatusOK} { // the test calls from this machine
		if res, raw := w.send(who, http.MethodGet, "/metrics", ""); res.StatusCode != status || !strings.Contains(raw, "bangwo_http_requests_total") {
			t.Errorf("as %q: %d %s", who, res.StatusCode, raw)
		}
	}
	for _, header := range []string{"X-Forwarded-For", "Forwarded"} { // through a proxy on this machine
		if got := w.code("", http.MethodGet, "/metrics", "", header, "203.0.113.1"); got != "unsigned" {
			t.Errorf("through a proxy (%s): %q", header, got)
		}
	}
	if got := w.code("lin", http.MethodGet, "/metrics", "", "X-Forwarded-For", "203.0.113.1"); got != "denied" {
		t.Errorf("a person through a proxy: %q", got)
	}
	if res, _ := w.send("ops", http.MethodGet, "/metrics", "", "X-Forwarded-For", "203.0.113.1"); res.StatusCode != http.StatusOK {
		t.Errorf("an operator through a proxy: %d", res.StatusCode)
	}
}
