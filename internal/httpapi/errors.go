package httpapi

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/i18n"
)

// Failure is the body of every answer that is not a success.
type Failure struct {
	status int
	Detail FailureDetail `json:"error"`
}

// FailureDetail says what went wrong, for programs (code, params), developers (message, hint) and people (text).
type FailureDetail struct {
	Code    string            `json:"code"`
	Message string            `json:"message"`
	Hint    string            `json:"hint,omitempty"`
	Params  map[string]string `json:"params,omitempty"`
	Text    string            `json:"text"`
}

// Error is the developer's message.
func (f *Failure) Error() string { return f.Detail.Message }

// GetStatus is the HTTP status.
func (f *Failure) GetStatus() int { return f.status }

// The library builds its answers to broken requests and to handlers' errors through these two variables; they
// are its documented seam, and they are set once, before any server exists.
func init() {
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return failureOf(i18n.English, toFault(status, msg, errs))
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
		err := toFault(status, msg, errs)
		if note, ok := ctx.Context().Value(noteKey{}).(*note); ok {
			note.err = err
			return failureOf(note.lang, err)
		}
		return failureOf(i18n.English, err)
	}
}

// toFault finds the fault in what the library reports, or makes one of a request that breaks the schema.
func toFault(status int, msg string, errs []error) error {
	var parts []string
	params := map[string]string{}
	for _, err := range errs {
		var f *fault.Error
		if errors.As(err, &f) {
			return f
		}
		var detail *huma.ErrorDetail
		if errors.As(err, &detail) {
			parts = append(parts, detail.Location+": "+detail.Message)
			params["field"] = strings.TrimPrefix(detail.Location, "body.")
		} else if err != nil {
			parts = append(parts, err.Error())
		}
	}
	if len(parts) > 0 {
		msg += ": " + strings.Join(parts, "; ")
	}
	code := fault.Internal
	switch {
	case status == http.StatusNotFound:
		code = fault.NotFound
	case status == http.StatusRequestEntityTooLarge:
		code = fault.Limit
	case status == http.StatusRequestTimeout:
		code = fault.Timeout
	case status < http.StatusInternalServerError:
		code = fault.Invalid
	}
	f := fault.New(code, "%s", msg)
	f.Params = params
	return f
}

// failureOf is the answer for an error. What is not a fault, and the text of internal faults, stays in the log.
func failureOf(lang string, err error) *Failure {
	var f *fault.Error
	if !errors.As(err, &f) {
		f = &fault.Error{Code: fault.Internal}
	}
	detail := FailureDetail{Code: string(f.Code), Message: f.Message, Hint: f.Hint, Params: f.Params, Text: i18n.Fault(lang, string(f.Code), f.Params)}
	if f.Code == fault.Internal {
		detail.Message = "internal error"
	}
	return &Failure{status: fault.Status(f.Code), Detail: detail}
}

// fail answers outside the library's handlers: in guards and for unknown paths.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	lang := i18n.English
	if n, ok := r.Context().Value(noteKey{}).(*note); ok {
		lang, n.err = n.lang, err
	}
	failure := failureOf(lang, err)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(failure.status)
	_ = json.NewEncoder(w).Encode(failure)
}

func (s *Server) noSuchPath(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, fault.New(fault.NotFound, "no %s %s", r.Method, r.URL.Path).WithHint("see /openapi.json"))
}
