package app_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/httpapi"
	"github.com/bangwo/bangwo/internal/identity"
)

func TestNobodyGetsInWithoutASession(t *testing.T) {
	t.Parallel()
	n := start(t, config(t))
	stranger := n.browser(t)
	for _, path := range []string{"/me", "/services", "/conversations", "/orders", "/wallet", "/conversations/x/events"} {
		stranger.wantCode("unsigned", http.MethodGet, path, nil)
	}
	stranger.wantCode("unsigned", http.MethodGet, "/me", nil, "Authorization", "Bearer nonsense")
	stranger.wantCode("not_found", http.MethodGet, "/nonsense", nil)
	stranger.wantCode("not_found", http.MethodPost, "/session", map[string]string{"person": "nobody"})
	lin := n.signedIn(t, "lin")
	lin.want(http.StatusOK, http.MethodGet, "/services", nil, nil)
	lin.want(http.StatusNoContent, http.MethodDelete, "/session", nil, nil)
	lin.wantCode("unsigned", http.MethodGet, "/me", nil)
}

// TestOnlyDemoPeopleSignInWithoutProof is about real people on a demo platform, and demo people on a real one.
func TestOnlyDemoPeopleSignInWithoutProof(t *testing.T) {
	t.Parallel()
	cfg := config(t)
	var token string
	t.Run("demo", func(t *testing.T) {
		n := start(t, cfg)
		if _, err := n.app.AddPerson(t.Context(), identity.Person{ID: "real", Name: "Real"}); err != nil {
			t.Fatal(err)
		}
		n.browser(t).wantCode("denied", http.MethodPost, "/session", map[string]string{"person": "real"})
		var err error
		if token, _, err = n.app.People().SignIn(t.Context(), "real"); err != nil {
			t.Fatal(err)
		}
	})
	cfg.Demo = false
	b := start(t, cfg).browser(t)
	b.wantCode("not_found", http.MethodGet, "/people", nil)
	b.wantCode("not_found", http.MethodPost, "/session", map[string]string{"person": "lin"})
	b.want(http.StatusOK, http.MethodGet, "/me", nil, nil, "Authorization", "Bearer "+token)
}

func TestForeignPagesAreRefused(t *testing.T) {
	t.Parallel()
	n := start(t, config(t))
	lin := n.signedIn(t, "lin")
	lin.wantCode("denied", http.MethodPost, "/conversations", map[string]string{}, "Origin", "https://evil.example")
	lin.wantCode("denied", http.MethodPost, "/conversations", map[string]string{}, "Sec-Fetch-Site", "cross-site")
	lin.want(http.StatusOK, http.MethodPost, "/conversations", map[string]string{}, nil, "Sec-Fetch-Site", "same-origin")

	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, n.url+"/api/v1/people", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = "evil.example" // a name that its owner points at this machine
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusForbidden {
		t.Errorf("called by a foreign name: status %d", res.StatusCode)
	}
}

func TestPostsCanBeSentAgain(t *testing.T) {
	t.Parallel()
	lin := start(t, config(t)).signedIn(t, "lin")
	first := lin.want(http.StatusOK, http.MethodPost, "/conversations", map[string]string{}, nil, "Idempotency-Key", "k1")
	again := lin.want(http.StatusOK, http.MethodPost, "/conversations", map[string]string{}, nil, "Idempotency-Key", "k1")
	if string(first) != string(again) {
		t.Errorf("the second answer differs: %s, %s", first, again)
	}
	other := lin.want(http.StatusOK, http.MethodPost, "/conversations", map[string]string{}, nil, "Idempotency-Key", "k2")
	if string(other) == string(first) {
		t.Error("another key got the same answer")
	}
	var conv struct{ ID string }
	if err := json.Unmarshal(first, &conv); err != nil {
		t.Fatal(err)
	}
	lin.wantCode("mismatch", http.MethodPost, "/conversations/"+conv.ID+"/turns", map[string]string{"text": "hello"}, "Idempotency-Key", "k1")
	lin.wantCode("invalid", http.MethodPost, "/conversations", map[string]string{}, "Idempotency-Key", strings.Repeat("k", 300))
	var list []struct{ ID string }
	lin.want(http.StatusOK, http.MethodGet, "/conversations", nil, &list)
	if len(list) != 2 {
		t.Errorf("%d conversations after two keys", len(list))
	}
}

func TestBrokenInputIsNamed(t *testing.T) {
	t.Parallel()
	lin := start(t, config(t)).signedIn(t, "lin")
	lin.wantCode("invalid", http.MethodPut, "/me/profile", map[string]any{"name": "Lin", "phone": "call me"})
	lin.wantCode("invalid", http.MethodPut, "/me/profile", map[string]any{"name": "Lin", "lang": "fr"})
	lin.wantCode("invalid", http.MethodPut, "/me/profile", map[string]any{})
	lin.wantCode("invalid", http.MethodGet, "/orders?limit=many", nil)
	lin.wantCode("not_found", http.MethodPost, "/conversations/nonsense/turns", map[string]string{"text": "hello"})
	lin.wantCode("not_found", http.MethodGet, "/conversations/nonsense/events", nil)
	lin.wantCode("limit", http.MethodPut, "/me/profile", map[string]any{"name": strings.Repeat("x", httpapi.MaxBody)})
	var me struct{ Profile struct{ Name, Phone string } }
	lin.want(http.StatusOK, http.MethodPut, "/me/profile", map[string]any{"name": "Lin", "phone": "13800001111", "lang": "en",
		"addresses": []map[string]any{{"label": "home", "detail": "1 Long Street"}}}, &me)
	if me.Profile.Name != "Lin" {
		t.Errorf("profile: %+v", me)
	}
}

func TestMerchantsRegisterOrders(t *testing.T) {
	t.Parallel()
	n := start(t, config(t))
	token, err := n.app.People().IssueMerchantToken(t.Context(), "corner")
	if err != nil {
		t.Fatal(err)
	}
	bearer := []string{"Authorization", "Bearer " + token}
	body := map[string]any{"out_trade_no": "A1", "amount": 5400, "currency": "CNY", "subject": "three lattes"}
	b := n.browser(t)
	var made struct {
		PrepayID string `json:"prepay_id"`
	}
	b.want(http.StatusOK, http.MethodPost, "/merchant/prepay", body, &made, bearer...)
	b.want(http.StatusOK, http.MethodGet, "/merchant/prepay/"+made.PrepayID, nil, nil, bearer...)
	body["amount"] = 1
	b.wantCode("mismatch", http.MethodPost, "/merchant/prepay", body, bearer...)
	b.wantCode("denied", http.MethodGet, "/me", nil, bearer...)
	n.signedIn(t, "lin").wantCode("denied", http.MethodPost, "/merchant/prepay", body)
}

// TestTheDescriptionNamesEveryPath holds the OpenAPI document against docs/http-api.md's table.
func TestTheDescriptionNamesEveryPath(t *testing.T) {
	t.Parallel()
	b := start(t, config(t)).browser(t)
	b.url = strings.TrimSuffix(b.url, "/api/v1")
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]any
	}
	b.want(http.StatusOK, http.MethodGet, "/openapi.json", nil, &doc)
	if !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Errorf("OpenAPI %q", doc.OpenAPI)
	}
	for _, want := range []string{"get /people", "post /session", "delete /session", "get /me", "put /me/profile", "get /services",
		"get /conversations", "post /conversations", "post /conversations/{id}/turns", "get /conversations/{id}/events",
		"post /pauses/{id}/answer", "post /plans", "post /turns/{id}/cancel", "get /turns/{id}/calls", "get /orders", "get /orders/{id}", "post /orders/{id}/cancel",
		"post /orders/{id}/refund", "get /orders/{id}/receipt", "get /wallet", "post /merchant/prepay", "get /merchant/prepay/{id}"} {
		method, path, _ := strings.Cut(want, " ")
		if doc.Paths["/api/v1"+path][method] == nil {
			t.Errorf("%s is not described", want)
		}
	}
	for _, path := range []string{"/healthz", "/metrics", "/"} {
		b.want(http.StatusOK, http.MethodGet, path, nil, nil)
	}
}
