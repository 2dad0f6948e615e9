package telemetry_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/telemetry"
)

// span is what a collector sees of one.
type span struct {
	TraceID, SpanID, ParentSpanID, Name string
	StartTimeUnixNano                   string
	Status                              struct{ Code int }
	Attributes                          []struct {
		Key   string
		Value struct{ StringValue, IntValue string }
	}
}

// collector is a server that takes OTLP in JSON.
func collector(t *testing.T) (address string, spans func() map[string]span) {
	t.Helper()
	var mu sync.Mutex
	got := map[string]span{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body struct {
			ResourceSpans []struct{ ScopeSpans []struct{ Spans []span } }
		}
		if r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/json" || json.NewDecoder(r.Body).Decode(&body) != nil {
			t.Errorf("%s %s", r.URL, r.Header.Get("Content-Type"))
			return
		}
		mu.Lock()
		defer mu.Unlock()
		for _, rs := range body.ResourceSpans {
			for _, ss := range rs.ScopeSpans {
				for _, s := range ss.Spans {
					got[s.Name] = s
				}
			}
		}
	}))
	t.Cleanup(server.Close)
	return server.URL, func() map[string]span {
		mu.Lock()
		defer mu.Unlock()
		return got
	}
}

func TestSpansReachTheCollector(t *testing.T) {
	t.Parallel()
	address, spans := collector(t)
	tracer, err := telemetry.New(address, "1", "here")
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := tracer.Start(telemetry.InTurn(t.Context(), "t1"), "outer", attribute.String(telemetry.ToolName, "book"), attribute.Int64(telemetry.Goals, 2))
	_, inner := tracer.Start(ctx, "inner")
	inner(fault.New(fault.Merchant, "the secret words of a merchant"))
	end(nil)
	_, other := tracer.Start(telemetry.InTurn(context.Background(), "t1"), "elsewhere") // another node, the same turn
	other(nil)
	_, stranger := tracer.Start(telemetry.InTurn(context.Background(), "t2"), "stranger")
	stranger(nil)
	if err := tracer.Close(); err != nil {
		t.Fatal(err)
	}
	got := spans()
	outer, in := got["outer"], got["inner"]
	if len(got) != 4 || in.ParentSpanID != outer.SpanID || in.TraceID != outer.TraceID || in.Status.Code != 2 || outer.Status.Code != 0 || outer.StartTimeUnixNano == "" {
		t.Errorf("%+v", got)
	}
	if got["elsewhere"].TraceID != outer.TraceID || got["stranger"].TraceID == outer.TraceID {
		t.Errorf("one turn is not one trace: %+v", got)
	}
	if len(outer.Attributes) != 2 || outer.Attributes[0].Value.StringValue != "book" || outer.Attributes[1].Value.IntValue != "2" {
		t.Errorf("attributes: %+v", outer.Attributes)
	}
	raw, err := json.Marshal(got)
	if err != nil || strings.Contains(string(raw), "secret words") {
		t.Errorf("%v: somebody's words were sent", err)
	}
}

func TestACollectorThatIsAwayHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	tracer, err := telemetry.New("http://127.0.0.1:1", "1", "here")
	if err != nil {
		t.Fatal(err)
	}
	_, end := tracer.Start(t.Context(), "x")
	end(nil)
	if err := tracer.Close(); err != nil {
		t.Error(err)
	}
	if _, err := telemetry.New("localhost:4318", "1", "here"); !fault.Is(err, fault.Invalid) {
		t.Errorf("an address without a scheme: %v", err)
	}
	none, err := telemetry.New("", "1", "here")
	if err != nil {
		t.Fatal(err)
	}
	_, end = none.Start(t.Context(), "x")
	end(nil)
}

func TestMetersCountAndAreBounded(t *testing.T) {
	t.Parallel()
	m := &telemetry.Meter{Name: "calls", Help: "Calls.", Label: "service"}
	m.Note("ride", "", 20*time.Millisecond)
	m.Note("ride", "timeout", 2*time.Minute)
	for i := range 2000 {
		m.Note("s"+strings.Repeat("x", i%1500), "", time.Second)
	}
	var out strings.Builder
	m.Write(&out)
	for _, want := range []string{`calls_total{service="ride",outcome="ok"} 1`, `calls_total{service="ride",outcome="timeout"} 1`,
		`calls_seconds_bucket{service="ride",le="0.025"} 1`, `calls_seconds_bucket{service="ride",le="60"} 1`, `calls_seconds_bucket{service="ride",le="+Inf"} 2`,
		`calls_seconds_count{service="ride"} 2`, `calls_total{service="other"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is missing", want)
		}
	}
	if n := strings.Count(out.String(), "_count{"); n > 501 {
		t.Errorf("%d series", n)
	}
}
