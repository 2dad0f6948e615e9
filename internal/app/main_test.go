package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/examples"
	"github.com/bangwo/bangwo/examples/ride/service"
	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/sandbox"
	"github.com/bangwo/bangwo/internal/store/pgtest"
)

// TestMain makes this test binary also the script worker and the demo ride merchant that the platform starts.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "worker":
			os.Exit(sandbox.WorkerMain(os.Stdin, os.Stdout))
		case examples.RideCommand:
			os.Exit(ride(os.Args[2]))
		}
	}
	code := m.Run()
	pgtest.Stop() // the tests' clusters are one, so that none may stop it for the others
	os.Exit(code)
}

func ride(file string) int {
	s, err := service.New(service.Config{File: file})
	if err != nil {
		return 1
	}
	server, err := s.Server()
	if err != nil || server.Run(context.Background(), s.Transport(&sdk.StdioTransport{})) != nil {
		return 1
	}
	return 0
}

// noon is a time at which every demo merchant is open.
var noon = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

// config of a demo platform in a folder of the test's own; its clock starts at noon in Beijing.
func config(t *testing.T) app.Config {
	t.Helper()
	start := time.Now()
	cfg := app.Defaults()
	cfg.Data, cfg.Demo = t.TempDir(), true
	cfg.Now = func() time.Time { return noon.Add(time.Since(start)) }
	return cfg
}

// node is a platform with its door open.
type node struct {
	app *app.App
	url string
}

func start(t *testing.T, cfg app.Config) *node {
	t.Helper()
	a, err := app.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	life, end := context.WithCancel(context.Background())
	server := httptest.NewUnstartedServer(nil)
	server.Config.Handler = a.Handler(life, server.Listener.Addr())
	server.Start()
	t.Cleanup(func() {
		end()
		server.Close()
		if err := a.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return &node{app: a, url: server.URL}
}

// browser is somebody's session at a node.
type browser struct {
	t    *testing.T
	url  string
	http *http.Client
}

func (n *node) browser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, url: n.url + "/api/v1", http: &http.Client{Jar: jar}}
}

func (n *node) signedIn(t *testing.T, person string) *browser {
	t.Helper()
	b := n.browser(t)
	b.want(http.StatusOK, http.MethodPost, "/session", map[string]string{"person": person}, nil)
	return b
}

// request makes one with headers as name, value pairs and returns status and body.
func (b *browser) request(method, path string, body any, headers ...string) (*http.Response, []byte) {
	b.t.Helper()
	var raw []byte
	if body != nil {
		var err error
		if raw, err = json.Marshal(body); err != nil {
			b.t.Fatal(err)
		}
	}
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, bytes.NewReader(raw))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := b.http.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return res, answer
}

// want makes a request, wants a status and decodes the answer into out.
func (b *browser) want(status int, method, path string, body, out any, headers ...string) []byte {
	b.t.Helper()
	res, raw := b.request(method, path, body, headers...)
	if res.StatusCode != status {
		b.t.Fatalf("%s %s: status %d, want %d: %s", method, path, res.StatusCode, status, raw)
	}
	if out != nil {
		if err := json.Unmarshal(raw, out); err != nil {
			b.t.Fatalf("%s %s: %v in %s", method, path, err, raw)
		}
	}
	return raw
}

// wantCode makes a request and wants a fault.
func (b *browser) wantCode(code, method, path string, body any, headers ...string) {
	b.t.Helper()
	_, raw := b.request(method, path, body, headers...)
	var failure struct {
		Error struct{ Code, Message, Text string }
	}
	if err := json.Unmarshal(raw, &failure); err != nil || failure.Error.Code != code {
		b.t.Errorf("%s %s: %s, want code %q", method, path, raw, code)
	}
	if strings.HasPrefix(failure.Error.Text, "fault.") || failure.Error.Text == "" {
		b.t.Errorf("%s %s: no text for people in %s", method, path, raw)
	}
}
