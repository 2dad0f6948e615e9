package httpapi

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/i18n"
)

// The paths of signing in at merchants' servers.
const (
	callbackPath       = "/oauth/callback"
	clientDocumentPath = "/oauth/client.json"
)

// pagePolicy lets the callback's page show itself and nothing else.
const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

// callback is where authorization servers send an operator back to. It needs no session: the state is the secret, and it is
// taken once. The page that it answers shows nothing of what came in.
func (s *Server) callback(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	back := SignInBack{State: q.Get("state"), Code: q.Get("code"), Issuer: q.Get("iss"), Error: q.Get("error")}
	lang := i18n.Match(r.Header.Get("Accept-Language"))
	if back.State == "" || back.Code == "" && back.Error == "" {
		s.page(w, lang, http.StatusBadRequest, i18n.Fault(lang, string(fault.Invalid), nil))
		return
	}
	done, err := s.SignIns.Return(r.Context(), back)
	switch {
	case err != nil:
		if n, ok := r.Context().Value(noteKey{}).(*note); ok {
			n.err = err
		}
		code := fault.CodeOf(err)
		s.page(w, lang, fault.Status(code), i18n.Fault(lang, string(code), nil))
	case done.State == SignInFailed:
		s.page(w, lang, http.StatusBadGateway, i18n.Fault(lang, done.Error, nil))
	default:
		s.page(w, lang, http.StatusOK, i18n.Text(lang, "signin.done", nil))
	}
}

func (s *Server) page(w http.ResponseWriter, lang string, status int, text string) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<!doctype html><html lang=\"%s\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Bangwo</title>"+
		"<body style=\"font:1.1rem/1.6 system-ui;margin:4rem auto;max-width:32rem;padding:0 1rem\"><h1>Bangwo</h1><p>%s</p>", lang, html.EscapeString(text))
}

// clientDocument tells authorization servers who this client is (OAuth client id metadata document).
func (s *Server) clientDocument(w http.ResponseWriter, r *http.Request) {
	origin := "https://" + r.Host
	if !s.Secure {
		s.fail(w, r, fault.New(fault.NotFound, "this server is not reached by https"))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"client_id": origin + clientDocumentPath, "client_name": "Bangwo", "client_uri": origin + "/",
		"redirect_uris": []string{origin + callbackPath}, "grant_types": []string{"authorization_code", "refresh_token"},
		"response_types": []string{"code"}, "token_endpoint_auth_method": "none", "application_type": "web"})
}
