package openai

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
)

// format is how an answer in a schema is asked for, best first.
type format int

const (
	bySchema format = iota
	byTool
	byWords
)

// String is the format's name for people.
func (f format) String() string { return [...]string{"json_schema", "tools", "text"}[f] }

// habits are what an endpoint was found to want.
type habits struct {
	format     format
	newLimit   bool // max_completion_tokens in place of max_tokens
	ownWarmth  bool // it takes no temperature
	countsNone bool // it does not take stream_options
}

// refusal is an endpoint's answer with an error status.
type refusal struct {
	status int
	says   string
	again  time.Duration // after which it may be asked again
}

func (r *refusal) Error() string {
	return fmt.Sprintf("the model's endpoint answers %d %s: %s", r.status, http.StatusText(r.status), r.says)
}

// broken is an answer that cannot be read.
type broken struct{ why string }

func (b *broken) Error() string { return "the model's endpoint answers nonsense: " + b.why }

// errDeaf is an endpoint that takes a format and does not keep to it.
var errDeaf = &broken{"the answer is not JSON, though it was asked for"}

func refusalOf(err error) (*refusal, bool) {
	var r *refusal
	ok := errors.As(err, &r)
	return r, ok
}

// after is what to try next when an endpoint refused: without the parameter that it names, else in the next format.
func (h habits) after(err error) (habits, bool) {
	if errors.Is(err, errDeaf) {
		h.format++
		return h, true
	}
	r, ok := refusalOf(err)
	if !ok || !mayBeFormat(r.status) {
		return h, false
	}
	low := strings.ToLower(r.says)
	switch {
	case !h.newLimit && strings.Contains(low, "max_completion_tokens"):
		h.newLimit = true
	case !h.ownWarmth && strings.Contains(low, "temperature"):
		h.ownWarmth = true
	case !h.countsNone && strings.Contains(low, "stream_options"):
		h.countsNone = true
	case h.format < byWords:
		h.format++
	case !h.countsNone:
		h.countsNone = true
	default:
		return h, false
	}
	return h, true
}

// mayBeFormat tells the statuses with which endpoints refuse a format that they do not have.
func mayBeFormat(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusNotImplemented:
		return true
	}
	return false
}

// asFault tells an error in the house's words.
func asFault(err error) error {
	var r *refusal
	var b *broken
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return fault.New(fault.Cancelled, "asking the model was stopped: %w", err)
	case errors.Is(err, context.DeadlineExceeded):
		return fault.New(fault.Timeout, "the model gave no answer in time: %w", err).WithHint("--model-timeout waits longer")
	case errors.As(err, &r) && (r.status == http.StatusUnauthorized || r.status == http.StatusForbidden):
		return fault.New(fault.Denied, "%w", err).WithHint("is --model-key right for --model-url?")
	case errors.As(err, &r) && r.status == http.StatusNotFound:
		return fault.New(fault.NotFound, "%w", err).WithHint("is --model-url the base address (…/v1), and does it have --model-name?")
	case errors.As(err, &r) && r.status == http.StatusTooManyRequests:
		return fault.New(fault.Limit, "%w", err)
	case errors.As(err, &b):
		return fault.New(fault.Merchant, "%w", err)
	}
	return fault.New(fault.Unavailable, "%w", err)
}
