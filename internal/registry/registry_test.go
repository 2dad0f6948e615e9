package registry_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/registry"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/store/sqlite"
	"github.com/bangwo/bangwo/internal/track"
)

// shopDriver opens shops that the test controls.
type shopDriver struct {
	mu    sync.Mutex
	fails error
	opens int
	tools []string
	call  func(ctx context.Context, c track.Call) (track.Result, error)
	conns []*shopConn
}

func (d *shopDriver) Track() catalog.Track { return catalog.TrackMCP }

func (d *shopDriver) Open(_ context.Context, src catalog.Source) (track.Connection, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.opens++
	if d.fails != nil {
		return nil, d.fails
	}
	c := &shopConn{driver: d, src: src, tools: slices.Clone(d.tools), changed: make(chan struct{}, 1)}
	d.conns = append(d.conns, c)
	return c, nil
}

type shopConn struct {
	driver  *shopDriver
	src     catalog.Source
	changed chan struct{}

	mu     sync.Mutex
	tools  []string
	closed bool
}

const drinkSchema = `{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","definitions":{"size":{"enum":["small","large"]}},
	"properties":{"size":{"$ref":"#/definitions/size"},"cups":{"type":"integer","minimum":0,"exclusiveMinimum":true},"id":{"type":"string","pattern":"(?<=x)y"}},
	"required":["size"],"additionalProperties":false}`

func (c *shopConn) Service() catalog.Service {
	c.mu.Lock()
	defer c.mu.Unlock()
	svc := catalog.Service{Name: "Corner Café 街角", Description: "coffee", Source: c.src}
	for _, name := range c.tools {
		s, err := catalog.ParseSchema([]byte(drinkSchema))
		if err != nil {
			panic(err)
		}
		svc.Capabilities = append(svc.Capabilities, catalog.Capability{Name: name, Input: s, Effect: catalog.Irreversible})
	}
	return svc
}

func (c *shopConn) Changed() <-chan struct{} { return c.changed }

func (c *shopConn) Call(ctx context.Context, call track.Call) (track.Result, error) {
	return c.driver.call(ctx, call)
}

func (c *shopConn) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	return nil
}

func (c *shopConn) isClosed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}

// become gives the shop other tools and says so.
func (c *shopConn) become(tools ...string) {
	c.mu.Lock()
	c.tools = tools
	c.mu.Unlock()
	c.changed <- struct{}{}
}

func newDriver() *shopDriver {
	return &shopDriver{tools: []string{"order"}, call: func(context.Context, track.Call) (track.Result, error) {
		return track.Result{Structured: json.RawMessage(`{"ok":true}`)}, nil
	}}
}

func database(t *testing.T) store.Store {
	t.Helper()
	db, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func node(t *testing.T, st store.Store, d *shopDriver) *registry.Registry {
	t.Helper()
	r := registry.New(st, map[catalog.Track]track.Driver{catalog.TrackMCP: d}, nil)
	t.Cleanup(func() { _ = r.Close() })
	return r
}

var source = catalog.Source{Track: catalog.TrackMCP, Path: "/shop"}

func add(t *testing.T, r *registry.Registry, opt registry.AddOptions) catalog.Service {
	t.Helper()
	svc, err := r.Add(t.Context(), source, opt)
	if err != nil {
		t.Fatal(err)
	}
	return svc
}

func TestIDsAreMadeAndUnique(t *testing.T) {
	t.Parallel()
	r := node(t, database(t), newDriver())
	if got := add(t, r, registry.AddOptions{}); got.ID != "corner-caf" || got.Payee != got.ID || got.Currency != "CNY" || got.Capabilities[0].Service != got.ID {
		t.Errorf("made of the name: %+v", got)
	}
	if got := add(t, r, registry.AddOptions{}); got.ID != "corner-caf-2" {
		t.Errorf("the second of the name is %s", got.ID)
	}
	if got := add(t, r, registry.AddOptions{Name: "咖啡"}); got.ID != "shop" || got.Name != "咖啡" {
		t.Errorf("a name without Latin letters: %s, %s", got.ID, got.Name)
	}
	if got := add(t, r, registry.AddOptions{ID: "mine", Payee: "m1", Currency: "USD", Sandbox: true}); got.ID != "mine" || got.Payee != "m1" || got.Currency != "USD" || !got.Sandbox {
		t.Errorf("what the operator says: %+v", got)
	}
	for opt, code := range map[string]fault.Code{"mine": fault.Conflict, "Not An ID": fault.Invalid, "../x": fault.Invalid} {
		if _, err := r.Add(t.Context(), source, registry.AddOptions{ID: opt}); !fault.Is(err, code) {
			t.Errorf("id %q: %v", opt, err)
		}
	}
	if _, err := r.Add(t.Context(), catalog.Source{Track: "pigeon"}, registry.AddOptions{}); !fault.Is(err, fault.Unsupported) {
		t.Errorf("a track without a driver: %v", err)
	}
}

func TestNodesSeeEachOther(t *testing.T) {
	t.Parallel()
	st := database(t)
	one, two := node(t, st, newDriver()), node(t, st, newDriver())
	if len(two.Services(t.Context())) != 0 {
		t.Fatal("there are services before any was added")
	}
	id := add(t, one, registry.AddOptions{}).ID
	if got, err := two.Get(t.Context(), id); err != nil || len(got.Capabilities) != 1 {
		t.Fatalf("the other node does not see it: %v", err)
	}
	if _, err := two.Call(t.Context(), id, track.Call{Capability: "order", Args: map[string]any{"size": "small"}}); err != nil {
		t.Fatalf("the other node cannot call it: %v", err)
	}
	if err := one.Remove(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if _, err := two.Call(t.Context(), id, track.Call{Capability: "order"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a removed service is called: %v", err)
	}
	if err := one.Remove(t.Context(), id); !fault.Is(err, fault.NotFound) {
		t.Errorf("removed twice: %v", err)
	}
}

func TestConnectionsEndWithTheService(t *testing.T) {
	t.Parallel()
	d := newDriver()
	r := node(t, database(t), d)
	first, second := add(t, r, registry.AddOptions{}), add(t, r, registry.AddOptions{})
	if err := r.Remove(t.Context(), first.ID); err != nil || !d.conns[0].isClosed() || d.conns[1].isClosed() {
		t.Errorf("removing %s: %v", first.ID, err)
	}
	if err := r.Close(); err != nil || !d.conns[1].isClosed() {
		t.Errorf("closing: %v", err)
	}
	if _, err := r.Call(t.Context(), second.ID, track.Call{Capability: "order", Args: map[string]any{"size": "small"}}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a call after Close: %v", err)
	}
}

func TestAServiceThatIsAwayIsListedAndFoundAgain(t *testing.T) {
	t.Parallel()
	st, d := database(t), newDriver()
	id := add(t, node(t, st, newDriver()), registry.AddOptions{}).ID
	d.fails = fault.New(fault.Merchant, "away")
	r := node(t, st, d)
	call := track.Call{Capability: "order", Args: map[string]any{"size": "large"}}
	if _, err := r.Call(t.Context(), id, call); !fault.Is(err, fault.Merchant) {
		t.Errorf("a service that is away: %v", err)
	}
	if all := r.Services(t.Context()); len(all) != 1 || len(all[0].Capabilities) != 1 {
		t.Errorf("it is listed as %+v", all)
	}
	d.mu.Lock()
	d.fails = nil
	d.mu.Unlock()
	for range 2 {
		if _, err := r.Call(t.Context(), id, call); err != nil {
			t.Errorf("it is not found again: %v", err)
		}
	}
	if d.opens != 2 {
		t.Errorf("opened %d times, want once in vain and once for good", d.opens)
	}
}

func TestNewToolsAreKept(t *testing.T) {
	t.Parallel()
	st, d := database(t), newDriver()
	one, two := node(t, st, d), node(t, st, newDriver())
	id := add(t, one, registry.AddOptions{Name: "Mine"}).ID
	watch := st.Watch(t.Context(), "services")
	d.conns[0].become("order", "cancel")
	for {
		got, err := two.Get(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := got.Capability("", "cancel"); ok {
			if got.Name != "Mine" || got.Capabilities[1].Service != id {
				t.Errorf("the operator's words are lost: %+v", got)
			}
			return
		}
		<-watch
	}
}

func TestArgumentsAreHeldAgainstTheSchema(t *testing.T) {
	t.Parallel()
	d := newDriver()
	sent := 0
	d.call = func(context.Context, track.Call) (track.Result, error) { sent++; return track.Result{}, nil }
	r := node(t, database(t), d)
	id := add(t, r, registry.AddOptions{}).ID
	for name, c := range map[string]struct {
		args map[string]any
		says string
	}{
		"missing":   {nil, `"size"`},
		"enum":      {map[string]any{"size": "huge"}, "size"},
		"below":     {map[string]any{"size": "small", "cups": 0}, "cups"},
		"type":      {map[string]any{"size": "small", "cups": "three"}, "cups"},
		"unknown":   {map[string]any{"size": "small", "milk": true}, "milk"},
		"not JSON":  {map[string]any{"size": func() {}}, "JSON"},
		"no number": {map[string]any{"size": "small", "cups": 1.5}, "cups"},
	} {
		_, err := r.Call(t.Context(), id, track.Call{Capability: "order", Args: c.args})
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if sent != 0 {
		t.Fatalf("%d invalid calls were sent", sent)
	}
	if _, err := r.Call(t.Context(), id, track.Call{Capability: "order", Args: map[string]any{"size": "small", "cups": 3, "id": "y"}}); err != nil || sent != 1 {
		t.Errorf("a good call: %v, sent %d", err, sent)
	}
	if _, err := r.Call(t.Context(), id, track.Call{Capability: "dance"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a capability that is not there: %v", err)
	}
}

func TestResultsAreBounded(t *testing.T) {
	t.Parallel()
	d := newDriver()
	r := node(t, database(t), d)
	id := add(t, r, registry.AddOptions{}).ID
	for name, c := range map[string]struct {
		result track.Result
		code   fault.Code
	}{
		"huge":     {track.Result{Text: []string{strings.Repeat("x", track.MaxResult+1)}}, fault.Limit},
		"not JSON": {track.Result{Structured: json.RawMessage(`{"a":`)}, fault.Merchant},
	} {
		d.call = func(context.Context, track.Call) (track.Result, error) { return c.result, nil }
		got, err := r.Call(t.Context(), id, track.Call{Capability: "order", Args: map[string]any{"size": "small"}})
		if !fault.Is(err, c.code) || len(got.Text) > 0 || got.Structured != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// slowPerson thinks for an hour before saying yes.
type slowPerson struct{}

func (slowPerson) Open(context.Context, track.DoorRequest) track.DoorAnswer {
	time.Sleep(time.Hour)
	return track.DoorAnswer{Granted: true}
}

func TestAMerchantMayNotHangButAPersonMayThink(t *testing.T) {
	t.Parallel()
	st := database(t) // outside of the bubble: its writer is not of it
	id := add(t, node(t, st, newDriver()), registry.AddOptions{}).ID
	call := track.Call{Capability: "order", Args: map[string]any{"size": "small"}, Doors: slowPerson{}}
	frozen := frozenStore(t, st)
	synctest.Test(t, func(t *testing.T) {
		d := newDriver()
		r := registry.New(frozen, map[catalog.Track]track.Driver{catalog.TrackMCP: d}, nil)
		defer r.Close()
		d.call = func(ctx context.Context, _ track.Call) (track.Result, error) {
			<-ctx.Done()
			return track.Result{}, ctx.Err()
		}
		start := time.Now()
		if _, err := r.Call(context.Background(), id, call); !fault.Is(err, fault.Timeout) || time.Since(start) != track.CallTimeout {
			t.Errorf("a merchant that hangs: %v after %v", err, time.Since(start))
		}
		d.call = func(ctx context.Context, c track.Call) (track.Result, error) {
			time.Sleep(track.CallTimeout / 2)
			c.Doors.Open(ctx, track.DoorRequest{})
			time.Sleep(track.CallTimeout / 4)
			return track.Result{}, ctx.Err()
		}
		if _, err := r.Call(context.Background(), id, call); err != nil {
			t.Errorf("a person who thinks: %v", err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		d.call = func(ctx context.Context, _ track.Call) (track.Result, error) {
			cancel()
			<-ctx.Done()
			return track.Result{}, ctx.Err()
		}
		if _, err := r.Call(ctx, id, call); !fault.Is(err, fault.Cancelled) {
			t.Errorf("a stopped call: %v", err)
		}
	})
}

// frozen is a store that still answers in a bubble of time: it holds what another held.
type frozen struct {
	store.Store
	records []store.Record
}

func frozenStore(t *testing.T, st store.Store) *frozen {
	t.Helper()
	records, err := st.List(t.Context(), store.Query{Kind: "service"})
	if err != nil {
		t.Fatal(err)
	}
	return &frozen{records: records}
}

func (f *frozen) List(context.Context, store.Query) ([]store.Record, error) { return f.records, nil }

func (f *frozen) Events(context.Context, string, int64, int) ([]store.Event, error) { return nil, nil }

func (f *frozen) Get(context.Context, string, string) (store.Record, error) { return f.records[0], nil }
