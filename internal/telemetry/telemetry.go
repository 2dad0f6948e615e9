// Package telemetry lets operators see what happens: traces by OpenTelemetry, sent as OTLP over HTTP to a collector where one
// is named, and counters in the Prometheus text format. What people say and what merchants answer is never in either. Without a
// collector nothing is sent and spans cost next to nothing. Safe for concurrent use.
package telemetry

import (
	"context"
	"crypto/sha256"
	"net/url"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"github.com/bangwo/bangwo/internal/fault"
)

// Bounds of sending.
const (
	maxQueued   = 4096 // spans that wait to be sent; more are dropped
	maxBatch    = 512  // spans of one request
	sendEvery   = 2 * time.Second
	sendTimeout = 10 * time.Second
)

// Tracer makes spans and sends them. Use New, and Close in the end.
type Tracer struct {
	tracer   trace.Tracer
	provider *sdk.TracerProvider // nil: nothing is sent
}

// New returns a tracer that sends to the collector at an address such as http://localhost:4318, or nowhere for "".
// Faults: invalid for the address.
func New(collector, version, node string) (*Tracer, error) {
	if collector == "" {
		return &Tracer{tracer: noop.NewTracerProvider().Tracer("")}, nil
	}
	u, err := url.Parse(collector)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, fault.New(fault.Invalid, "the address of the traces' collector is an http or https URL, not %q", collector).
			WithHint("such as http://localhost:4318").With("field", "otlp")
	}
	about := resource.NewSchemaless(attribute.String("service.name", "bangwo"), attribute.String("service.version", version),
		attribute.String("service.instance.id", node))
	provider := sdk.NewTracerProvider(sdk.WithResource(about), sdk.WithBatcher(newExporter(u),
		sdk.WithMaxQueueSize(maxQueued), sdk.WithMaxExportBatchSize(maxBatch), sdk.WithBatchTimeout(sendEvery), sdk.WithExportTimeout(sendTimeout)))
	return &Tracer{tracer: provider.Tracer("github.com/bangwo/bangwo"), provider: provider}, nil
}

// Close sends what waits and ends.
func (t *Tracer) Close() error {
	if t.provider == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), sendTimeout)
	defer cancel()
	_ = t.provider.Shutdown(ctx) // a collector that is away costs nobody a clean stop
	return nil
}

// Start begins a span; end closes it with what came of it.
func (t *Tracer) Start(ctx context.Context, name string, attrs ...attribute.KeyValue) (_ context.Context, end func(error)) {
	ctx, span := t.tracer.Start(ctx, name, trace.WithAttributes(attrs...))
	return ctx, func(err error) {
		if err != nil {
			code := string(fault.CodeOf(err))
			span.SetAttributes(attribute.String(ErrorType, code))
			span.SetStatus(codes.Error, code)
		}
		span.End()
	}
}

// InTurn puts ctx into the trace of a turn: its id is made from the turn's, so that all that any node does for the turn, also
// after a crash, is one trace.
func InTurn(ctx context.Context, turn string) context.Context {
	if turn == "" || trace.SpanContextFromContext(ctx).IsValid() {
		return ctx
	}
	sum := sha256.Sum256([]byte("turn\n" + turn))
	var config trace.SpanContextConfig
	copy(config.TraceID[:], sum[:16])
	copy(config.SpanID[:], sum[16:24])
	config.TraceFlags, config.Remote = trace.FlagsSampled, true
	return trace.ContextWithRemoteSpanContext(ctx, trace.NewSpanContext(config))
}
