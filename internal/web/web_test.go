package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/bangwo/bangwo/internal/web"
)

func site() fstest.MapFS {
	return fstest.MapFS{
		".keep":                {},
		"index.html":           {Data: []byte("<!doctype html><title>page</title>")},
		"sw.js":                {Data: []byte("// worker")},
		"assets/app-abc123.js": {Data: []byte(strings.Repeat("let a = 1;\n", 200))},
	}
}

func get(t *testing.T, h http.Handler, method, path string, header http.Header) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for k, v := range header {
		r.Header[k] = v
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func text(t *testing.T, r io.Reader) string {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestServe(t *testing.T) {
	t.Parallel()
	h := web.Serve(site())
	for _, c := range []struct {
		method, path string
		status       int
		kind, cache  string
		page         bool
	}{
		{"GET", "/", 200, "text/html", "no-cache", true},
		{"GET", "/c/7f3", 200, "text/html", "no-cache", true},
		{"GET", "/orders/../wallet", 200, "text/html", "no-cache", true},
		{"GET", "/sw.js", 200, "text/javascript", "no-cache", false},
		{"GET", "/assets/app-abc123.js", 200, "text/javascript", "immutable", false},
		{"GET", "/assets/gone.js", 404, "", "", false},
		{"GET", "/gone.css", 404, "", "", false},
		{"GET", "/.keep", 404, "", "", false},
		{"POST", "/", 405, "", "", false},
	} {
		res := get(t, h, c.method, c.path, nil)
		body := text(t, res.Body)
		if res.StatusCode != c.status {
			t.Errorf("%s %s: status %d, want %d", c.method, c.path, res.StatusCode, c.status)
		}
		if !strings.HasPrefix(res.Header.Get("Content-Type"), c.kind) || !strings.Contains(res.Header.Get("Cache-Control"), c.cache) {
			t.Errorf("%s %s: type %q, cache %q", c.method, c.path, res.Header.Get("Content-Type"), res.Header.Get("Cache-Control"))
		}
		if got := strings.Contains(body, "<title>page"); got != c.page {
			t.Errorf("%s %s: is the page: %v, want %v", c.method, c.path, got, c.page)
		}
		if res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s %s may be sniffed", c.method, c.path)
		}
	}
}

func TestPolicyForbidsInlineAndForeign(t *testing.T) {
	t.Parallel()
	csp := get(t, web.Serve(site()), "GET", "/", nil).Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(csp, want) {
			t.Errorf("the policy lacks %q: %s", want, csp)
		}
	}
	if strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") || strings.Contains(csp, "*") {
		t.Errorf("the policy is loose: %s", csp)
	}
}

func TestCompressionAndRevalidation(t *testing.T) {
	t.Parallel()
	h := web.Serve(site())
	plain := text(t, get(t, h, "GET", "/assets/app-abc123.js", nil).Body)
	res := get(t, h, "GET", "/assets/app-abc123.js", http.Header{"Accept-Encoding": {"br, gzip"}})
	if res.Header.Get("Content-Encoding") != "gzip" {
		t.Fatal("it was not compressed")
	}
	zr, err := gzip.NewReader(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got := text(t, zr); got != plain {
		t.Error("the compressed body differs from the plain one")
	}
	again := get(t, h, "GET", "/assets/app-abc123.js", http.Header{"If-None-Match": {res.Header.Get("ETag")}})
	if again.StatusCode != http.StatusNotModified || text(t, again.Body) != "" {
		t.Errorf("a known etag got %d", again.StatusCode)
	}
	head := get(t, h, "HEAD", "/", nil)
	if head.StatusCode != 200 || text(t, head.Body) != "" {
		t.Error("HEAD must answer without a body")
	}
}

func TestPlaceholderSaysHowToBuild(t *testing.T) {
	t.Parallel()
	for name, h := range map[string]http.Handler{"nothing": web.Serve(nil), "only .keep": web.Serve(fstest.MapFS{".keep": {}})} {
		res := get(t, h, "GET", "/orders", nil)
		if body := text(t, res.Body); res.StatusCode != 200 || !strings.Contains(body, "make run") {
			t.Errorf("%s: %d, %q", name, res.StatusCode, body)
		}
	}
}

var referenced = regexp.MustCompile(`(?:src|href)="(/[^"]+)"`)

// TestBuiltPageRefersOnlyToFilesThatExist guards against a page whose scripts were left out of the binary.
func TestBuiltPageRefersOnlyToFilesThatExist(t *testing.T) {
	t.Parallel()
	if !web.Built() {
		t.Skip("the UI was not built")
	}
	h := web.Handler()
	page := text(t, get(t, h, "GET", "/", nil).Body)
	refs := referenced.FindAllStringSubmatch(page, -1)
	if len(refs) == 0 {
		t.Error("the page refers to nothing")
	}
	for _, ref := range refs {
		if res := get(t, h, "GET", ref[1], nil); res.StatusCode != 200 {
			t.Errorf("the page refers to %s, which is %d", ref[1], res.StatusCode)
		}
	}
	if strings.Contains(page, "<style") || strings.Contains(page, "style=") || strings.Contains(page, "<script>") {
		t.Error("the page has inline style or script, which the policy forbids")
	}
}
