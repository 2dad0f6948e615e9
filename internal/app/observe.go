package app

import (
	"context"
	"io"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/telemetry"
	"github.com/bangwo/bangwo/internal/track"
)

// watched is what the desk works with, seen by operators: a span and a count for every thought and every call. It changes
// nothing of either, and records nobody's words: only which service and capability, how long, and a fault's code.
type watched struct {
	tracer   *telemetry.Tracer
	thoughts *telemetry.Meter
	calls    *telemetry.Meter
	asked    *telemetry.Meter
	tokens   *telemetry.Counter
}

func newWatched(tracer *telemetry.Tracer) *watched {
	return &watched{tracer: tracer,
		thoughts: &telemetry.Meter{Name: "bangwo_thoughts", Help: "Sentences that were understood and planned, by engine.", Label: "engine"},
		calls:    &telemetry.Meter{Name: "bangwo_calls", Help: "Calls of services' capabilities.", Label: "service"},
		asked:    &telemetry.Meter{Name: "bangwo_model_requests", Help: "Questions to a language model.", Label: "model"},
		tokens:   &telemetry.Counter{Name: "bangwo_model_tokens", Help: "Tokens that a language model read and wrote.", Labels: [2]string{"model", "kind"}}}
}

// write prints the counts for /metrics.
func (w *watched) write(out io.Writer) {
	w.thoughts.Write(out)
	w.calls.Write(out)
	w.asked.Write(out)
	w.tokens.Write(out)
}

// mindWithTraces watches a mind.
type mindWithTraces struct {
	assist.Mind
	*watched
}

// Think is the mind's.
func (m mindWithTraces) Think(ctx context.Context, r assist.Request) (assist.Thought, error) {
	begun := time.Now() // how long it took, whatever the platform's clock says
	ctx, end := m.tracer.Start(ctx, telemetry.OperationPlan, attribute.String(telemetry.Operation, telemetry.OperationPlan))
	t, err := m.Mind.Think(ctx, r)
	end(err)
	m.thoughts.Note(t.Engine, string(fault.CodeOf(err)), time.Since(begun))
	return t, err
}

// servicesWithTraces watches the calls of services.
type servicesWithTraces struct {
	next desk.Services
	*watched
}

// Shortlist is the services'.
func (s servicesWithTraces) Shortlist(ctx context.Context, w catalog.Wanted) catalog.Shortlist {
	return s.next.Shortlist(ctx, w)
}

// Service is the services'.
func (s servicesWithTraces) Service(ctx context.Context, id string) (catalog.Service, bool) {
	return s.next.Service(ctx, id)
}

// Call is the services'. All calls of one turn are one trace.
func (s servicesWithTraces) Call(ctx context.Context, service string, call track.Call) (track.Result, error) {
	begun := time.Now()
	turn, _, _ := strings.Cut(call.ID, "/")
	ctx, end := s.tracer.Start(telemetry.InTurn(ctx, turn), telemetry.OperationTool+" "+call.Capability,
		attribute.String(telemetry.Operation, telemetry.OperationTool), attribute.String(telemetry.ToolName, call.Capability),
		attribute.String(telemetry.ToolCallID, call.ID), attribute.String(telemetry.ToolType, "function"),
		attribute.String(telemetry.Service, service), attribute.String(telemetry.Turn, turn))
	result, err := s.next.Call(ctx, service, call)
	end(err)
	code := string(fault.CodeOf(err))
	if err == nil && result.IsError {
		code = "refused" // the capability itself said that it failed
	}
	s.calls.Note(service, code, time.Since(begun))
	return result, err
}

// WriteMetrics prints what is counted, in the Prometheus text format.
func (a *App) WriteMetrics(out io.Writer) { a.watched.write(out) }
