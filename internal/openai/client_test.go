package openai_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist/model"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/openai"
	"github.com/bangwo/bangwo/internal/openai/scripted"
)

const key = "sk-very-secret"

var prompt = model.Prompt{Purpose: "goals", System: "rules", User: "question", Schema: json.RawMessage(`{"type":"object"}`), MaxTokens: 50}

func client(t *testing.T, answer func(scripted.Request) scripted.Reply, change func(*openai.Options)) (*openai.Client, *scripted.Server) {
	t.Helper()
	s := scripted.New(answer)
	t.Cleanup(s.Close)
	o := openai.Options{URL: s.Base(), Key: key, Model: "m", Timeout: scripted.Patience}
	if change != nil {
		change(&o)
	}
	c, err := openai.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c, s
}

func says(text string) func(scripted.Request) scripted.Reply {
	return func(scripted.Request) scripted.Reply { return scripted.Reply{Text: text} }
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	const want = `{"goals":[1,2,3]}`
	for name, r := range map[string]scripted.Reply{
		"stream":    {Text: want},
		"whole":     {Text: want, Whole: true},
		"uncounted": {Text: want, Silent: true},
		"thinking":  {Text: "<think>{\"goals\":[]} hm</think>\n" + want},
		"fenced":    {Text: "Here you are:\n```json\n" + want + "\n```"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := client(t, func(scripted.Request) scripted.Reply { return r }, nil)
			a, err := c.Complete(t.Context(), prompt)
			if err != nil || a.Text != want || a.Format != "json_schema" || a.Requests != 1 {
				t.Fatalf("%+v, %v", a, err)
			}
			if a.PromptTok <= 0 || a.AnswerTok <= 0 || a.Estimated != r.Silent {
				t.Errorf("tokens: %+v", a)
			}
			if got := s.Seen()[0]; got.Key != key || got.System != "rules" || got.User != "question" || string(got.Schema) != `{"type":"object"}` || got.MaxToken != 50 {
				t.Errorf("asked %+v", got)
			}
		})
	}
}

// TestFormats checks that the best format that an endpoint has is found once and remembered.
func TestFormats(t *testing.T) {
	t.Parallel()
	refuses := func(status int, formats ...string) func(scripted.Request) scripted.Reply {
		return func(r scripted.Request) scripted.Reply {
			for _, f := range formats {
				if r.Format == f {
					return scripted.Reply{Status: status, Error: f + " is not supported here"}
				}
			}
			return scripted.Reply{Text: "{}"}
		}
	}
	for _, c := range []struct {
		name   string
		answer func(scripted.Request) scripted.Reply
		format string
		tries  int
	}{
		{"schema", says("{}"), "json_schema", 1},
		{"tools", refuses(400, "json_schema"), "tools", 2},
		{"text", refuses(500, "json_schema", "tools"), "text", 3},
		{"deaf to the schema", func(r scripted.Request) scripted.Reply {
			if r.Format == "json_schema" {
				return scripted.Reply{Text: "Sure! I would order a coffee."}
			}
			return scripted.Reply{Text: "{}"}
		}, "tools", 2},
		{"other limit", func(r scripted.Request) scripted.Reply {
			if r.Raw["max_tokens"] != nil {
				return scripted.Reply{Status: 400, Error: "Use 'max_completion_tokens' instead."}
			}
			return scripted.Reply{Text: "{}"}
		}, "json_schema", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			cl, s := client(t, c.answer, nil)
			for turn, want := range []int{c.tries, c.tries + 1} {
				a, err := cl.Complete(t.Context(), prompt)
				if err != nil || a.Format != c.format || a.Text != "{}" {
					t.Fatalf("turn %d: %+v, %v", turn, a, err)
				}
				if len(s.Seen()) != want {
					t.Errorf("turn %d: %d requests, want %d", turn, len(s.Seen()), want)
				}
			}
			if last := s.Seen()[len(s.Seen())-1]; c.format == "text" && !strings.Contains(last.System, `{"type":"object"}`) {
				t.Error("the plain question does not tell the schema")
			}
		})
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		reply scripted.Reply
		code  fault.Code
	}{
		{"wrong key", scripted.Reply{Status: 401, Error: "key " + key + " is wrong"}, fault.Denied},
		{"no such model", scripted.Reply{Status: 404, Error: "no model"}, fault.NotFound},
		{"too many", scripted.Reply{Status: 429, Error: "slow down", Retry: 5}, fault.Limit},
		{"broken server", scripted.Reply{Status: 500, Error: "oops"}, fault.Unavailable},
		{"away", scripted.Reply{Status: 503, Error: "loading"}, fault.Unavailable},
		{"redirect", scripted.Reply{Status: http.StatusTemporaryRedirect}, fault.Unavailable},
		{"cut", scripted.Reply{Text: `{"goals":[{"words":"a long enough answer"}]}`, Cut: true}, fault.Merchant},
		{"too long", scripted.Reply{Text: `{"a":1}`, Finish: "length"}, fault.Merchant},
		{"withheld", scripted.Reply{Text: `{"a":1}`, Finish: "content_filter"}, fault.Merchant},
		{"garbage", scripted.Reply{Raw: "data: {{{\n\n"}, fault.Merchant},
		{"error in the stream", scripted.Reply{Raw: "data: {\"error\":{\"message\":\"overloaded\"}}\n\n"}, fault.Merchant},
		{"empty", scripted.Reply{Text: ""}, fault.Merchant},
		{"flood", scripted.Reply{Text: `{"a":"` + strings.Repeat("x", 100_000) + `"}`}, fault.Merchant},
		{"endless line", scripted.Reply{Raw: "data: " + strings.Repeat("x", 300_000)}, fault.Merchant},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			cl, s := client(t, func(scripted.Request) scripted.Reply { return c.reply }, nil)
			a, err := cl.Complete(t.Context(), prompt)
			if !fault.Is(err, c.code) {
				t.Fatalf("%+v, %v, want %s", a, err, c.code)
			}
			if strings.Contains(err.Error(), key) || strings.Contains(err.Error(), "127.0.0.1") {
				t.Errorf("the error tells the key or the address: %v", err)
			}
			if n := len(s.Seen()); n > 5 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

func TestNobodyThere(t *testing.T) {
	t.Parallel()
	c, s := client(t, says("{}"), nil)
	s.Close()
	if _, err := c.Complete(t.Context(), prompt); !fault.Is(err, fault.Unavailable) {
		t.Errorf("%v", err)
	}
}

func TestSlow(t *testing.T) {
	t.Parallel()
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	c, _ := client(t, func(scripted.Request) scripted.Reply { return scripted.Reply{Hang: hang} }, func(o *openai.Options) { o.Timeout = 20 * time.Millisecond })
	if _, err := c.Complete(t.Context(), prompt); !fault.Is(err, fault.Timeout) {
		t.Errorf("slow: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Complete(ctx, prompt); !fault.Is(err, fault.Cancelled) {
		t.Errorf("stopped: %v", err)
	}
}

// TestRests checks that an endpoint which keeps failing is left alone, and asked again later.
func TestRests(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	c, s := client(t, func(scripted.Request) scripted.Reply { return scripted.Reply{Status: 503} }, func(o *openai.Options) {
		o.Now = func() time.Time { return now }
	})
	for range 6 {
		if _, err := c.Complete(t.Context(), prompt); !fault.Is(err, fault.Unavailable) {
			t.Fatal(err)
		}
	}
	if n := len(s.Seen()); n != 3 {
		t.Errorf("%d requests to an endpoint that fails, want 3", n)
	}
	s.Script(says("{}"))
	now = now.Add(time.Minute)
	if _, err := c.Complete(t.Context(), prompt); err != nil {
		t.Errorf("after the rest: %v", err)
	}
	s.Script(func(scripted.Request) scripted.Reply { return scripted.Reply{Status: 429, Retry: 30} })
	_, _ = c.Complete(t.Context(), prompt)
	before := len(s.Seen())
	if _, err := c.Complete(t.Context(), prompt); err == nil || len(s.Seen()) != before {
		t.Errorf("asked again before Retry-After: %v", err)
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		o  openai.Options
		ok bool
	}{
		{openai.Options{URL: "https://models.example/v1", Key: key, Model: "m"}, true},
		{openai.Options{URL: "http://localhost:1/v1", Key: key, Model: "m"}, true},
		{openai.Options{URL: "http://10.0.0.9/v1", Model: "m"}, true},
		{openai.Options{URL: "http://10.0.0.9/v1", Key: key, Model: "m"}, false}, // in the clear
		{openai.Options{URL: "https://a:b@models.example/v1", Model: "m"}, false},
		{openai.Options{URL: "models.example", Model: "m"}, false},
		{openai.Options{URL: "file:///etc/passwd", Model: "m"}, false},
		{openai.Options{URL: "https://models.example/v1"}, false},
		{openai.Options{URL: "https://models.example/v1", Key: "a\nb", Model: "m"}, false},
	} {
		_, err := openai.New(c.o)
		if (err == nil) != c.ok || err != nil && (!fault.Is(err, fault.Invalid) || strings.Contains(err.Error(), key)) {
			t.Errorf("%+v: %v", c.o.URL, err)
		}
	}
}
