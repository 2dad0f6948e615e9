// Package registry keeps the services of a data folder: it adds them through the driver of their track, stores
// what they said of themselves, opens them again when they are called, and checks every call's arguments and
// result on the way. Nodes on one database share one registry: what one adds, the others list.
//
// A service's own words (names, descriptions, schemas) are kept as data to match against, never obeyed.
// All methods are safe for concurrent use.
package registry

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/catalog/search"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/schemacheck"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/track"
)

// Bounds of the registry.
const (
	MaxServices    = search.MaxServices // in one data folder
	MaxHeld        = 4096               // services in memory; others are read when they are needed
	MaxListed      = 5000               // services of one List
	MaxSameName    = 1000               // services whose names lead to the same id
	MaxName        = 200                // bytes of a service's name for people
	OpenTimeout    = 30 * time.Second   // for a service to start and describe itself
	AddTimeout     = 2 * time.Minute    // the same for a new one: its program may have to be brought first
	refreshTries   = 5                  // attempts to store a changed description against other writers
	refreshTimeout = 10 * time.Second   // for storing one
)

const (
	recordKind = "service"
	stream     = "services" // tells nodes that the set of services or their descriptions changed
)

// Registry is the set of services of one data folder. Use New.
type Registry struct {
	learn   Learner // nil: nothing is learnt
	store   store.Store
	drivers map[catalog.Track]track.Driver
	log     *slog.Logger
	schemas schemacheck.Checker
	now     func() time.Time

	ctx     context.Context // of the goroutines that follow open services
	cancel  context.CancelFunc
	running sync.WaitGroup

	reader Reader       // nil: services are not found by their words
	index  search.Index // of all services

	reading sync.Mutex // one reading of changes at a time; guards the next two
	loaded  bool
	seen    int64 // last event of the stream that the index includes

	mu     sync.Mutex // guards what follows
	held   map[string]*heldService
	tick   uint64
	links  map[string]*link
	closed bool
}

// New returns a registry on st. It opens nothing yet; services are opened when they are called.
func New(st store.Store, drivers map[catalog.Track]track.Driver, log *slog.Logger) *Registry {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	ctx, cancel := context.WithCancel(context.Background())
	return &Registry{store: st, drivers: drivers, log: log, now: time.Now, ctx: ctx, cancel: cancel,
		links: map[string]*link{}, held: map[string]*heldService{}}
}

// Close closes every open service and waits for what follows them. Calls under way fail.
func (r *Registry) Close() error {
	r.mu.Lock()
	r.closed = true
	links := r.links
	r.links = map[string]*link{}
	r.mu.Unlock()
	r.cancel()
	var errs []error
	for _, l := range links {
		errs = append(errs, l.close())
	}
	r.running.Wait()
	return errors.Join(errs...)
}

// AddOptions is what the operator says about a service when adding it; empty fields come from the service itself.
type AddOptions struct {
	Name     string // for people
	ID       string // default: made from the name, unique
	Payee    string // default: the id
	Sandbox  bool   // orders need not be registered with the platform
	Currency string // default: CNY
}

// Add opens the service, keeps its description and returns it. Faults: those of the driver, unsupported for a track
// without a driver, conflict for an ID that is taken, limit.
func (r *Registry) Add(ctx context.Context, src catalog.Source, opt AddOptions) (catalog.Service, error) {
	if err := r.admit(ctx, opt); err != nil {
		return catalog.Service{}, err
	}
	conn, err := r.open(ctx, src, AddTimeout)
	if err != nil {
		return catalog.Service{}, err
	}
	svc := conn.Service()
	if svc.Source.Hash != "" {
		src.Hash = svc.Source.Hash
	}
	svc.Source, svc.Sandbox, svc.Added = src, opt.Sandbox, r.now().UTC()
	svc.Name = clip(first(opt.Name, svc.Name, sourceName(src)), MaxName)
	svc.Currency = first(opt.Currency, svc.Currency, money.CNY)
	svc, err = r.insert(ctx, svc, opt)
	if err != nil {
		return catalog.Service{}, errors.Join(err, conn.Close())
	}
	r.adopt(svc, conn)
	return r.learnItems(ctx, svc), nil
}

func (r *Registry) admit(ctx context.Context, opt AddOptions) error {
	if opt.ID != "" && !validID(opt.ID) {
		return fault.New(fault.Invalid, "service id %q is not a name of lower-case letters, digits and hyphens", opt.ID).With("field", "id")
	}
	n, err := r.Count(ctx)
	if err != nil {
		return err
	}
	if n >= MaxServices {
		return fault.New(fault.Limit, "there are %d services already", n)
	}
	return nil
}

// insert stores svc under the first free id.
func (r *Registry) insert(ctx context.Context, svc catalog.Service, opt AddOptions) (catalog.Service, error) {
	base := first(opt.ID, slug(svc.Name), slug(sourceName(svc.Source)), "service")
	for n := range MaxSameName {
		id := numbered(base, n)
		named := withID(svc, id, first(opt.Payee, id))
		err := r.save(ctx, named, 0)
		if err == nil || !fault.Is(err, fault.Conflict) {
			return named, err
		}
		if opt.ID != "" {
			return svc, fault.New(fault.Conflict, "there is a service %q already", opt.ID).With("service", opt.ID)
		}
	}
	return svc, fault.New(fault.Limit, "too many services are called %q", svc.Name)
}

// withID puts the id into the service and its capabilities.
func withID(svc catalog.Service, id, payee string) catalog.Service {
	svc = svc.Clone()
	svc.ID, svc.Payee = id, payee
	for i := range svc.Capabilities {
		svc.Capabilities[i].Service = id
	}
	return svc
}

func (r *Registry) save(ctx context.Context, svc catalog.Service, expect int64) error {
	b, err := json.Marshal(svc)
	if err != nil {
		return fault.New(fault.Merchant, "describe service %s: %w", svc.ID, err)
	}
	if len(b) > store.MaxRecord {
		return fault.New(fault.Limit, "the description of service %s has %d bytes, at most %d are kept", svc.ID, len(b), store.MaxRecord)
	}
	return r.store.Commit(ctx, store.Write{
		Puts:   []store.Put{{Kind: recordKind, ID: svc.ID, Owner: svc.Payee, Data: b, Expect: expect}},
		Events: []store.Append{{Stream: stream, Type: "saved", Data: catalog.MustJSON(map[string]string{"id": svc.ID})}},
	})
}

// Services lists the services as they last described themselves, as List does; one that cannot be reached is listed too.
// When the store cannot be read it returns what was read last.
func (r *Registry) Services(ctx context.Context) []catalog.Service {
	all, err := r.List(ctx)
	if err != nil {
		r.log.WarnContext(ctx, "services could not be read, using the last known", "error", err)
		ids := r.index.IDs()
		return r.load(ctx, ids[:min(len(ids), MaxListed)])
	}
	return all
}

// Remove closes and forgets the service, or returns a fault not_found.
func (r *Registry) Remove(ctx context.Context, id string) error {
	if _, err := r.Get(ctx, id); err != nil {
		return err
	}
	err := r.store.Commit(ctx, store.Write{
		Puts:   []store.Put{{Kind: recordKind, ID: id, Expect: store.AnyVersion, Delete: true}},
		Events: []store.Append{{Stream: stream, Type: "removed", Data: catalog.MustJSON(map[string]string{"id": id})}},
	})
	if err != nil {
		return err
	}
	return r.drop(id)
}
