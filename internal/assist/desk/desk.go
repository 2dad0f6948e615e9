// Package desk carries a person's turn from the sentence to the receipt, durably: it asks the Mind, checks the plan,
// runs its steps, shows one confirmation, holds the money, has the merchants carry the orders out, and captures or
// gives back.
//
// Guarantees:
//   - Whatever is told (an event of the stream "conversation/<id>") is committed together with the state it tells about.
//   - A step's intent is stored before its call, its result after it. After a crash a read or reversible step is
//     repeated under the same call id; an irreversible one is asked about, never repeated.
//   - Money moves only by ledger postings that carry the order's new state; a confirmed quote is what is captured.
//   - A turn is driven by one node at a time: every write of a worker carries its lease, and a write under a lost lease fails.
//
// A worker that fails to commit drops what it has in memory and starts again from the store.
// Desk is safe for concurrent use.
package desk

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/track"
)

// Services is what the desk needs of the catalogue: what could be meant, a service by its id, and calling it.
type Services interface {
	Shortlist(ctx context.Context, w catalog.Wanted) catalog.Shortlist
	Service(ctx context.Context, id string) (catalog.Service, bool)
	Call(ctx context.Context, service string, call track.Call) (track.Result, error)
}

// Profiles is what the desk needs of people.
type Profiles interface {
	Profile(ctx context.Context, person string) (assist.Profile, error)
	// Allow keeps a consent that the person gave for always.
	Allow(ctx context.Context, person string, c assist.Consent) error
}

// Deps are the desk's surroundings. Clock, NewID and Log have defaults; NewID's ids should sort by time.
type Deps struct {
	Store    store.Store
	Ledger   ledger.Ledger
	Mind     assist.Mind
	Services Services
	Profiles Profiles
	Clock    func() time.Time
	NewID    func() string
	// Node names this machine. A restarted node takes its own leases over at once, so two running nodes must not share a name.
	Node string
	Log  *slog.Logger
	// Grace is how long after a call broke off a merchant's "no such order" is not yet believed; 0: the constant Grace.
	Grace time.Duration
	// Backoff is how long a read that got no answer waits before it is tried again, first; 0: the constant ReadBackoff.
	Backoff time.Duration
}

// Desk is a running desk. Use New, then Start, and Close in the end.
type Desk struct {
	Deps
	prepays *order.Registry

	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup
	slots   chan struct{}

	mu      sync.Mutex
	driving map[string]bool // turn → kicked again while it was driven
	closed  bool
}

// New returns a desk that does nothing in the background before Start.
func New(deps Deps) *Desk {
	if deps.Clock == nil {
		deps.Clock = time.Now
	}
	if deps.NewID == nil {
		deps.NewID = newID
	}
	if deps.Log == nil {
		deps.Log = slog.New(slog.DiscardHandler)
	}
	if deps.Grace == 0 {
		deps.Grace = Grace
	}
	if deps.Backoff == 0 {
		deps.Backoff = ReadBackoff
	}
	ctx, cancel := context.WithCancel(context.Background())
	return &Desk{Deps: deps, prepays: order.NewRegistry(deps.Store, deps.Clock), ctx: ctx, cancel: cancel,
		slots: make(chan struct{}, MaxDriven), driving: map[string]bool{}}
}

// Prepays is the registry of merchants' payable orders that this desk pays by.
func (d *Desk) Prepays() *order.Registry { return d.prepays }

// Start takes up everything unfinished and keeps sweeping for turns to drive and pauses that ran out, until Close.
func (d *Desk) Start(ctx context.Context) error {
	if err := d.Ledger.Open(ctx, order.World, currencyDefault, true); err != nil {
		return err
	}
	if err := d.sweep(ctx); err != nil {
		return err
	}
	d.background(d.sweepForever)
	return nil
}

// Close stops driving and waits. Calls that only look something up are broken off; a merchant's irreversible step under way is waited for.
func (d *Desk) Close() error {
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
	d.cancel()
	d.running.Wait()
	return nil
}

// background runs f until Close, unless the desk is closed already.
func (d *Desk) background(f func()) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return false
	}
	d.running.Add(1)
	go func() {
		defer d.running.Done()
		f()
	}()
	return true
}

// get reads a record into v and returns its version.
func (d *Desk) get(ctx context.Context, kind, id string, v any) (int64, error) {
	rec, err := d.Store.Get(ctx, kind, id)
	if err != nil {
		return 0, err
	}
	return rec.Version, decode(rec, v)
}

func decode(rec store.Record, v any) error {
	if err := json.Unmarshal(rec.Data, v); err != nil {
		return fault.New(fault.Internal, "%s %s cannot be read: %w", rec.Kind, rec.ID, err)
	}
	return nil
}
