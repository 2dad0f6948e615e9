// Package fault holds the one error type of Bangwo. A fault has a stable code, a message for the
// developer or operator, and parameters; doors translate code and parameters for people (both languages
// from one catalogue) and map the code to a status by Status. An error that is not a fault is "internal":
// people never see its text.
package fault

import (
	"errors"
	"fmt"
	"net/http"
)

// Code is stable: clients may switch on it.
type Code string

// The codes. Adding one means adding its line to the table below and its text to both languages of the message catalogue.
const (
	Invalid     Code = "invalid"     // the input breaks a rule; Message says which, Params where
	NotFound    Code = "not_found"   // no such thing, or not yours
	Conflict    Code = "conflict"    // somebody else changed it, or it was answered already
	Mismatch    Code = "mismatch"    // an idempotency key came again with other inputs
	Denied      Code = "denied"      // not allowed
	Unsigned    Code = "unsigned"    // not signed in
	Funds       Code = "funds"       // the balance does not cover it
	Changed     Code = "changed"     // what was confirmed is not what would be paid
	Expired     Code = "expired"     // a pause, quote or prepay ran out
	Limit       Code = "limit"       // a bound was reached
	Merchant    Code = "merchant"    // a merchant's code or server failed or answered nonsense
	Timeout     Code = "timeout"     // no answer in time; the outcome may be unknown
	Unavailable Code = "unavailable" // try again later
	Cancelled   Code = "cancelled"   // the person stopped it
	Unsupported Code = "unsupported" // no service can do it
	Internal    Code = "internal"    // ours
)

var statuses = map[Code]int{
	Invalid: http.StatusBadRequest, NotFound: http.StatusNotFound, Conflict: http.StatusConflict,
	Mismatch: http.StatusUnprocessableEntity, Denied: http.StatusForbidden, Unsigned: http.StatusUnauthorized,
	Funds: http.StatusPaymentRequired, Changed: http.StatusConflict, Expired: http.StatusGone,
	Limit: http.StatusTooManyRequests, Merchant: http.StatusBadGateway, Timeout: http.StatusGatewayTimeout,
	Unavailable: http.StatusServiceUnavailable, Cancelled: http.StatusConflict, Unsupported: http.StatusUnprocessableEntity,
	Internal: http.StatusInternalServerError,
}

// Error is a fault. Message is lower-case English for logs and developers; Hint says what to do.
type Error struct {
	Code    Code
	Message string
	Hint    string
	Params  map[string]string
	Cause   error
}

// New makes a fault with a formatted message; a %w in it becomes the cause.
func New(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), Cause: errors.Unwrap(err)}
}

// WithHint returns the fault with what to do about it.
func (e *Error) WithHint(hint string) *Error { e.Hint = hint; return e }

// With returns the fault with a named parameter for the translated text.
func (e *Error) With(key, value string) *Error {
	if e.Params == nil {
		e.Params = map[string]string{}
	}
	e.Params[key] = value
	return e
}

func (e *Error) Error() string {
	if e.Hint != "" {
		return e.Message + " (" + e.Hint + ")"
	}
	return e.Message
}

func (e *Error) Unwrap() error { return e.Cause }

// CodeOf finds the code in an error chain; Internal when there is none, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var f *Error
	if errors.As(err, &f) {
		return f.Code
	}
	return Internal
}

// Is tells whether err carries code.
func Is(err error, code Code) bool { return CodeOf(err) == code }

// Status is the HTTP status of a code.
func Status(code Code) int {
	if s, ok := statuses[code]; ok {
		return s
	}
	return http.StatusInternalServerError
}
