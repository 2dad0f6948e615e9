package app_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/openai/scripted"
)

// journal is a log that can be read while it is written.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

// TestModelBesideTheMind checks the wiring: a sentence that the embedded mind does not understand reaches the endpoint with its key, what
// came of it is told to the person and counted for operators, and the key stands nowhere else.
func TestModelBesideTheMind(t *testing.T) {
	t.Parallel()
	const key, strange = "sk-not-to-be-told", "kjhgf zxcvb"
	server := scripted.New(func(scripted.Request) scripted.Reply {
		return scripted.Reply{Text: `{"goals":[{"words":"kjhgf zxcvb","service":"s1","end":"none","items":[]}]}`}
	})
	t.Cleanup(server.Close)
	cfg, log := config(t), &journal{}
	cfg.ModelURL, cfg.ModelKey, cfg.ModelName, cfg.Log = server.Base(), key, "scripted", slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	n := start(t, cfg)
	people, err := n.app.People().DemoPeople(t.Context())
	if err != nil || len(people) == 0 {
		t.Fatal(err)
	}
	b := n.signedIn(t, people[0].ID)
	think := func() assist.Thought {
		var out struct{ Thought assist.Thought }
		b.want(http.StatusOK, http.MethodPost, "/plans", map[string]string{"text": strange}, &out)
		return out.Thought
	}
	th := think()
	if th.Model == nil || th.Model.Outcome != assist.ModelUsed || th.Engine != "scripted" || len(th.Asks) != 1 {
		t.Errorf("%+v, asks %+v", th.Model, th.Asks)
	}
	server.Script(func(scripted.Request) scripted.Reply {
		return scripted.Reply{Status: 401, Error: "no such key: " + key}
	})
	if th = think(); th.Model == nil || th.Model.Outcome != assist.ModelFailed || th.Model.Code != string(fault.Denied) || th.Engine == "scripted" {
		t.Errorf("after a refused key: engine %s, %+v", th.Engine, th.Model)
	}
	if got := server.Seen()[0]; got.Key != key || strings.Contains(got.System+got.User, people[0].Name) {
		t.Errorf("the endpoint was asked with key %q: %s", got.Key, got.User)
	}
	if said := log.String(); strings.Contains(said, key) || !strings.Contains(said, "the model's answer was not taken") {
		t.Errorf("the log: %s", said)
	}
	var counts bytes.Buffer
	n.app.WriteMetrics(&counts)
	for _, want := range []string{`bangwo_model_tokens_total{model="scripted",kind="prompt"}`, `bangwo_model_requests_total{model="scripted",outcome="denied"} 1`} {
		if !strings.Contains(counts.String(), want) {
			t.Errorf("no %s in the metrics", want)
		}
	}
}

func TestModelSettingsAreChecked(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*app.Config){
		"a name without an address": func(c *app.Config) { c.ModelName = "m" },
		"no name":                   func(c *app.Config) { c.ModelURL = "http://localhost:1/v1" },
		"no such time":              func(c *app.Config) { c.ModelURL, c.ModelName, c.ModelWhen = "http://localhost:1/v1", "m", "sometimes" },
	} {
		cfg := app.Defaults()
		cfg.Data = t.TempDir()
		change(&cfg)
		if a, err := app.New(t.Context(), cfg); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
			if a != nil {
				_ = a.Close()
			}
		}
	}
}
