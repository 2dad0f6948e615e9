// Package examples_test drives the example merchants as the platform does: through the skill track, each in the sandbox.
package examples_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/sandbox"
	"github.com/bangwo/bangwo/internal/track"
	"github.com/bangwo/bangwo/internal/track/skill"
)

const workerEnv = "BANGWO_EXAMPLES_WORKER"

func TestMain(m *testing.M) {
	if os.Getenv(workerEnv) != "" {
		os.Exit(sandbox.WorkerMain(os.Stdin, os.Stdout))
	}
	code := m.Run()
	if workers != nil {
		workers.Close()
	}
	os.Exit(code)
}

var workers *sandbox.Pool

// pool is shared by all tests: what one of them leaves behind must not reach another.
var pool = sync.OnceValues(func() (*sandbox.Pool, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	workers, err = sandbox.NewPool(sandbox.Options{Command: []string{exe}, Env: []string{workerEnv + "=1"}})
	return workers, err
})

// noon is what the shops' clocks show: noon of 2026-11-24 in Beijing.
var noon = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

type args = map[string]any

// shop is one package opened for one test, with its own storage and one customer.
type shop struct {
	t       *testing.T
	conn    track.Connection
	service catalog.Service
	doors   *till
	person  string
}

// till answers payment doors and remembers what was asked for.
type till struct {
	grant bool
	asked []track.DoorRequest
}

func (d *till) Open(_ context.Context, r track.DoorRequest) track.DoorAnswer {
	d.asked = append(d.asked, r)
	return track.DoorAnswer{Granted: d.grant, Value: map[string]any{}, Reason: "refused"}
}

func open(t *testing.T, folder string, presets map[string]any) *shop {
	t.Helper()
	p, err := pool()
	if err != nil {
		t.Fatal(err)
	}
	path, err := filepath.Abs(folder)
	if err != nil {
		t.Fatal(err)
	}
	driver := skill.New(p, skill.NewMemoryStorage()).WithClock(func() time.Time { return noon })
	conn, err := driver.Open(context.Background(), catalog.Source{Track: catalog.TrackSkill, Path: path, Storage: presets})
	if err != nil {
		t.Fatalf("open %s: %v", folder, err)
	}
	t.Cleanup(func() { conn.Close() })
	svc := conn.Service()
	svc.ID, svc.Payee, svc.Currency = folder, "m-"+folder, "CNY"
	return &shop{t: t, conn: conn, service: svc, doors: &till{grant: true}, person: "p1"}
}

func (s *shop) try(api string, a args) (track.Result, error) {
	s.t.Helper()
	return s.conn.Call(context.Background(), track.Call{Person: s.person, Capability: api, Args: a, Doors: s.doors})
}

// call is try that must succeed; it decodes the structured result.
func (s *shop) call(api string, a args) (track.Result, args) {
	s.t.Helper()
	r, err := s.try(api, a)
	if err != nil || r.IsError {
		s.t.Fatalf("%s(%v): %v %v", api, a, err, r.Text)
	}
	var out args
	if err := json.Unmarshal(r.Structured, &out); err != nil {
		s.t.Fatalf("%s: %v", api, err)
	}
	return r, out
}

// refused is try that must be answered with an error of the shop's own.
func (s *shop) refused(api string, a args) string {
	s.t.Helper()
	r, err := s.try(api, a)
	if err != nil || !r.IsError || len(r.Text) == 0 {
		s.t.Fatalf("%s(%v): want the shop's refusal, got %s, err %v", api, a, r.Structured, err)
	}
	return r.Text[0]
}

// quoteOf reads the result as the platform reads it.
func (s *shop) quoteOf(api string, a args, r track.Result) order.Quote {
	s.t.Helper()
	capability, ok := s.service.Capability("", api)
	if !ok {
		s.t.Fatalf("no capability %s", api)
	}
	q, ok := quote.Read(capability, plan.GoalPlan{ID: "g1"}, plan.Step{ID: "s1", Goal: "g1"}, a, r, nil, s.service)
	if !ok {
		s.t.Fatalf("%s gave no quote: %s", api, r.Structured)
	}
	if q.Estimated {
		s.t.Errorf("%s: the amount is an estimate although the shop states it", api)
	}
	return q
}

func (s *shop) state(api string, a args) string {
	s.t.Helper()
	r, _ := s.call(api, a)
	capability, _ := s.service.Capability("", api)
	state, ok := quote.Status(r, capability.Output)
	if !ok {
		s.t.Fatalf("%s: no state in %s", api, r.Structured)
	}
	return state
}
