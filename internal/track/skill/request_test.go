package skill_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
)

// merchantServer answers what it was asked, redirects on /away, floods on /flood.
func merchantServer(t *testing.T, elsewhere string) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, elsewhere, http.StatusFound)
			return
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
			return
		case "/flood":
			chunk := strings.Repeat("x", 64<<10)
			for range 64 {
				if _, err := io.WriteString(w, chunk); err != nil {
					return
				}
			}
			return
		}
		body, _ := io.ReadAll(r.Body)
		_ = json.NewEncoder(w).Encode(map[string]any{"body": string(body), "a": r.Header.Get("X-A"), "type": r.Header.Get("Content-Type"), "evil": r.Host == "evil"})
	}))
	t.Cleanup(s.Close)
	return s
}

func (b *bench) request(url string) string {
	b.Helper()
	return b.must("p", "probe", map[string]any{"what": "request", "url": url})
}

const notListed = `{"value":["fail","request:fail url not in domain list",null,null]}`

func TestRequestReachesOnlyWhatIsAllowed(t *testing.T) {
	t.Parallel()
	other := merchantServer(t, "")
	server := merchantServer(t, other.URL)
	host := strings.TrimPrefix(server.URL, "http://")
	allowed := open(t, catalog.Source{Path: "testdata/wx", Allow: []string{host}, Private: true})
	want := `{"value":["success","request:ok",200,{"a":"b","body":"{\"q\":\"拿铁\"}","evil":false,"type":"application/json"}]}`
	if got := strings.ReplaceAll(allowed.request(server.URL+"/"), " ", ""); got != want {
		t.Errorf("allowed: %s, want %s", got, want)
	}
	for name, url := range map[string]string{
		"another port": other.URL, "another scheme": "ftp://" + host, "a file": "file:///etc/passwd", "a user": "http://u:p@" + host, "a redirect away": server.URL + "/away",
		"a name that ends alike": "http://evil" + host, "nothing": "",
	} {
		if got := allowed.request(url); strings.Contains(got, "success") {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := allowed.request(server.URL + "/away"); jsonNulls(got) != notListed {
		t.Errorf("redirect away: %s", got)
	}
	if got := allowed.request(server.URL + "/flood"); !strings.Contains(got, "response is too large") {
		t.Errorf("flood: %.200s", got)
	}
	if got := allowed.request(server.URL + "/round"); !strings.Contains(got, "fail") {
		t.Errorf("round: %s", got)
	}
}

func TestRequestRefusesPrivateAddresses(t *testing.T) {
	t.Parallel()
	server := merchantServer(t, "")
	host := strings.TrimPrefix(server.URL, "http://")
	// Allowed by name, but the operator did not open private addresses.
	closed := open(t, catalog.Source{Path: "testdata/wx", Allow: []string{host, "localhost", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433"}})
	_, port, _ := strings.Cut(host, ":")
	for _, url := range []string{server.URL, "http://localhost:" + port, "http://169.254.169.254/latest", "http://[::1]:" + port, "http://[::ffff:127.0.0.1]:" + port, "http://0.0.0.0:" + port, "http://2130706433:" + port} {
		if got := closed.request(url); strings.Contains(got, "success") {
			t.Errorf("%s was reached: %s", url, got)
		}
	}
	if got := closed.request(server.URL); !strings.Contains(got, "address not allowed") {
		t.Errorf("reason: %s", got)
	}
	// Open to private addresses, but nothing is allowed.
	if got := open(t, catalog.Source{Path: "testdata/wx", Private: true}).request(server.URL); jsonNulls(got) != notListed {
		t.Errorf("unnamed: %s", got)
	}
}

// jsonNulls writes the tuple's missing members as null.
func jsonNulls(s string) string { return strings.ReplaceAll(s, ",,", ",null,") }
