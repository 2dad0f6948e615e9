package registry

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/prose"
	"github.com/bangwo/bangwo/internal/track"
)

// Call runs one capability of a service: it opens the service when needed, checks the arguments against the
// capability's own schema before anything is sent, and bounds the result. Without an earlier deadline the call ends
// after track.CallTimeout; time that the person takes to answer a door does not count.
// Faults: not_found, invalid (arguments), merchant, timeout (the outcome may be unknown), limit, cancelled.
func (r *Registry) Call(ctx context.Context, serviceID string, call track.Call) (track.Result, error) {
	svc, err := r.Get(ctx, serviceID)
	if err != nil {
		return track.Result{}, err
	}
	if capability, ok := svc.Capability(call.Skill, call.Capability); ok {
		if err := r.check(capability, call.Args); err != nil {
			return track.Result{}, err
		}
	}
	conn, err := r.connect(ctx, svc)
	if err != nil {
		return track.Result{}, endOf(ctx, err, serviceID)
	}
	capability, err := r.capability(ctx, serviceID, call)
	if err != nil {
		return track.Result{}, err
	}
	if err := r.check(capability, call.Args); err != nil {
		return track.Result{}, err
	}
	call.Service, call.Skill = serviceID, capability.Skill
	ctx, call.Doors = withPatience(ctx, call.Doors)
	if p, ok := call.Doors.(*patientDoors); ok {
		defer p.stop()
	}
	result, err := conn.Call(ctx, call)
	if err != nil {
		return track.Result{}, endOf(ctx, err, serviceID)
	}
	if err := bound(result, capability); err != nil {
		return track.Result{}, err
	}
	if len(result.Structured) == 0 && len(result.Text) > 0 && !result.IsError && capability.Undeclared() {
		result.Structured = prose.Read(result.Text)
		result.FromText = len(result.Structured) > 0
	}
	return result, nil
}

// capability finds what is called in the description as it stands after opening, which may be newer than the stored one.
func (r *Registry) capability(ctx context.Context, serviceID string, call track.Call) (catalog.Capability, error) {
	svc, err := r.Get(ctx, serviceID)
	if err != nil {
		return catalog.Capability{}, err
	}
	c, ok := svc.Capability(call.Skill, call.Capability)
	if !ok {
		return c, fault.New(fault.NotFound, "service %s has no capability %q", serviceID, call.Capability).
			With("service", serviceID).With("capability", call.Capability)
	}
	return c, nil
}

// endOf gives the reason why ctx ended in place of an error that only says that it did.
func endOf(ctx context.Context, err error, service string) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return err
	}
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, context.DeadlineExceeded):
		return fault.New(fault.Timeout, "service %s did not answer in time: %w", service, err).With("service", service)
	case cause != nil:
		return fault.New(fault.Cancelled, "call to service %s was stopped: %w", service, err).With("service", service)
	}
	return fault.New(fault.Merchant, "service %s: %w", service, err).With("service", service)
}

// bound refuses results that are too large or are not JSON.
func bound(result track.Result, c catalog.Capability) error {
	size := len(result.Structured)
	for _, t := range result.Text {
		size += len(t)
	}
	if size > track.MaxResult {
		return fault.New(fault.Limit, "%s answered %d bytes, at most %d are taken", c.Key(), size, track.MaxResult).
			With("service", c.Service).With("capability", c.Name)
	}
	if len(result.Structured) > 0 && !json.Valid(result.Structured) {
		return fault.New(fault.Merchant, "%s answered something that is not JSON", c.Key()).
			With("service", c.Service).With("capability", c.Name)
	}
	return nil
}

// withPatience gives ctx the default deadline, which stands still while the person is asked something.
func withPatience(ctx context.Context, doors track.Doors) (context.Context, track.Doors) {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= track.CallTimeout {
		return ctx, doors
	}
	ctx, cancel := context.WithCancelCause(ctx)
	ctx, release := context.WithTimeout(ctx, MaxPatience)
	p := &patientDoors{doors: doors, left: track.CallTimeout, cancel: func(cause error) { cancel(cause); release() }}
	p.resume()
	return ctx, p
}
