package telemetry

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"
)

// maxReply is how much of a collector's answer is read.
const maxReply = 64 << 10

// exporter sends spans as OTLP in its JSON encoding. The library's own exporter brings gRPC and ten megabytes with it.
type exporter struct {
	address string
	http    *http.Client
}

func newExporter(collector *url.URL) *exporter {
	u := *collector
	if !strings.HasSuffix(u.Path, "/v1/traces") {
		u.Path = strings.TrimSuffix(u.Path, "/") + "/v1/traces"
	}
	return &exporter{address: u.String(), http: &http.Client{Timeout: sendTimeout}}
}

// The messages of OTLP, as far as spans need them; numbers of 64 bits are texts in its JSON.
type (
	otlpValue struct {
		String *string  `json:"stringValue,omitempty"`
		Int    *string  `json:"intValue,omitempty"`
		Double *float64 `json:"doubleValue,omitempty"`
		Bool   *bool    `json:"boolValue,omitempty"`
	}
	otlpAttr struct {
		Key   string    `json:"key"`
		Value otlpValue `json:"value"`
	}
	otlpStatus struct {
		Code    int    `json:"code,omitempty"`
		Message string `json:"message,omitempty"`
	}
	otlpSpan struct {
		TraceID string     `json:"traceId"`
		SpanID  string     `json:"spanId"`
		Parent  string     `json:"parentSpanId,omitempty"`
		Name    string     `json:"name"`
		Kind    int        `json:"kind"`
		Start   string     `json:"startTimeUnixNano"`
		End     string     `json:"endTimeUnixNano"`
		Attrs   []otlpAttr `json:"attributes,omitempty"`
		Status  otlpStatus `json:"status"`
	}
)

// ExportSpans sends a batch. What a collector does not take is lost; the platform goes on.
func (e *exporter) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	if len(spans) == 0 {
		return nil
	}
	out := make([]otlpSpan, 0, len(spans))
	for _, s := range spans {
		out = append(out, spanOf(s))
	}
	type object = map[string]any
	body, err := json.Marshal(object{"resourceSpans": []object{{
		"resource":   object{"attributes": attrsOf(spans[0].Resource().Attributes())},
		"scopeSpans": []object{{"scope": object{"name": spans[0].InstrumentationScope().Name}, "spans": out}}}}})
	if err != nil {
		return fmt.Errorf("encode spans: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, e.address, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("send spans: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := e.http.Do(req)
	if err != nil {
		return fmt.Errorf("send spans: %w", err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, maxReply))
	if resp.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("the collector answered %s", resp.Status)
	}
	return nil
}

// Shutdown has nothing to do: the batcher has sent what waited.
func (e *exporter) Shutdown(context.Context) error { return nil }

func spanOf(s sdk.ReadOnlySpan) otlpSpan {
	out := otlpSpan{TraceID: s.SpanContext().TraceID().String(), SpanID: s.SpanContext().SpanID().String(), Name: s.Name(),
		Kind: int(s.SpanKind()), Start: strconv.FormatInt(s.StartTime().UnixNano(), 10), End: strconv.FormatInt(s.EndTime().UnixNano(), 10),
		Attrs: attrsOf(s.Attributes()), Status: otlpStatus{Message: s.Status().Description}}
	if s.Parent().SpanID().IsValid() {
		out.Parent = s.Parent().SpanID().String()
	}
	// OTLP numbers them 0 unset, 1 ok, 2 error; the library has error and ok the other way round.
	out.Status.Code = map[string]int{"Ok": 1, "Error": 2}[s.Status().Code.String()]
	return out
}

func attrsOf(attrs []attribute.KeyValue) []otlpAttr {
	var out []otlpAttr
	for _, a := range attrs {
		v := otlpValue{}
		switch a.Value.Type() {
		case attribute.INT64:
			text := strconv.FormatInt(a.Value.AsInt64(), 10)
			v.Int = &text
		case attribute.FLOAT64:
			f := a.Value.AsFloat64()
			v.Double = &f
		case attribute.BOOL:
			b := a.Value.AsBool()
			v.Bool = &b
		default:
			text := a.Value.String()
			v.String = &text
		}
		out = append(out, otlpAttr{string(a.Key), v})
	}
	return out
}
