package sqldb

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// Bounds of the writer.
const (
	MaxBatch      = 2048         // requests of one commit
	MaxBatchBytes = 8 << 20      // data of one commit; one larger request goes alone
	MaxDue        = 512          // holds that one commit lets expire
	maxQueue      = 2 * MaxBatch // requests that wait; more callers wait to be let in
	maxAttempts   = 40           // tries of one batch that met bad luck
	// A key is taken for new until the database says that it is taken: most are, and a look at each costs a third of
	// its transfer. Then the batch is decided again with its keys looked up, and so are the next ones: retries come in crowds.
	carefulBatches = 64
	glanceAfter    = time.Second      // without a batch; what others write in so long is little to learn under the lock
	firstPause     = time.Millisecond // before the second try; doubles up to lastPause
	lastPause      = time.Second
	attemptTime    = 30 * time.Second // one try: a database that does not answer at all is given up
)

var (
	errClosed = fault.New(fault.Unavailable, "the store is closed")
	errDead   = errors.New("an earlier write failed")
	errTaken  = errors.New("a key that was taken for new is there already")
)

// writer is the one goroutine that writes.
type writer struct {
	driver Driver
	clock  func() time.Time
	after  func([]store.Event) // called with the events of a commit
	queue  chan *request
	stop   chan struct{}
	gone   chan struct{}
	once   sync.Once

	books   *books
	careful int // batches whose keys are looked up before they are taken for new

	last time.Time // the last look at the database

	number int64         // of the batch under way
	events []store.Event // of the last try
	held   *request      // taken from the queue but too large for the last batch
	dead   bool
}

func newWriter(d Driver, clock func() time.Time, lag int64, after func([]store.Event)) *writer {
	w := &writer{
		driver: d, clock: clock, after: after, number: 1, books: newBooks(lag),
		queue: make(chan *request, maxQueue), stop: make(chan struct{}), gone: make(chan struct{}),
	}
	go w.run()
	return w
}

// do queues a request and waits for its outcome.
func (w *writer) do(ctx context.Context, r *request) error {
	select {
	case <-w.stop:
		return errClosed
	default:
	}
	select {
	case w.queue <- r:
	case <-w.stop:
		return errClosed
	case <-ctx.Done():
		return fault.New(fault.Cancelled, "given up before it was written: %w", ctx.Err())
	}
	select {
	case err := <-r.done:
		return err
	case <-w.gone:
		select {
		case err := <-r.done:
			return err
		default:
			return errClosed
		}
	case <-ctx.Done():
		return r.wait(ctx)
	}
}

// close finishes what is queued and ends the goroutine.
func (w *writer) close() {
	w.once.Do(func() { close(w.stop) })
	<-w.gone
}

func (w *writer) run() {
	defer close(w.gone)
	for {
		batch := w.collect()
		if batch == nil {
			return
		}
		w.commit(batch)
	}
}

// collect waits for a request and takes what else is there. It returns nil when the store closes and nothing is left.
func (w *writer) collect() []*request {
	var batch []*request
	bytes := 0
	take := func(r *request) bool {
		if !r.taken.CompareAndSwap(false, true) {
			return true // its caller gave up
		}
		if size := r.size(); len(batch) > 0 && bytes+size > MaxBatchBytes {
			w.held = r
			return false
		} else {
			bytes += size
		}
		batch = append(batch, r)
		return len(batch) < MaxBatch
	}
	if r := w.held; r != nil {
		w.held = nil
		batch, bytes = append(batch, r), r.size()
	}
	for len(batch) == 0 {
		select {
		case r := <-w.queue:
			take(r)
		case <-w.stop:
			select {
			case r := <-w.queue:
				take(r)
			default:
				return nil
			}
		}
	}
	runtime.Gosched() // callers that were just answered get to ask again, in this batch
	for {
		select {
		case r := <-w.queue:
			if !take(r) {
				return batch
			}
		default:
			return batch
		}
	}
}

// commit answers every request of a batch.
func (w *writer) commit(requests []*request) {
	err := w.attempt(requests)
	switch {
	case err == nil:
		for _, r := range requests {
			r.done <- r.result
		}
	case len(requests) > 1 && !w.dead && (w.fate(err) == Broken || w.fate(err) == Taken):
		slog.Error("a batch failed; its requests go one by one", "error", err, "requests", len(requests))
		for _, r := range requests {
			w.commit([]*request{r})
		}
	default:
		for _, r := range requests {
			r.done <- w.failure(err)
		}
	}
}

// fate judges an error of a try.
func (w *writer) fate(err error) Fate {
	if errors.Is(err, errTaken) {
		return Taken
	}
	return w.driver.Fate(err)
}

func (w *writer) failure(err error) error {
	if w.dead {
		return fault.New(fault.Unavailable, "storage failed; nothing is written any more: %w", err).
			WithHint("restart after the disk is mended")
	}
	switch w.fate(err) {
	case Unknown:
		return fault.New(fault.Timeout, "the database did not say whether it committed: %w", err).
			WithHint("the outcome is unknown: ask again with the same key")
	case Again:
		return fault.New(fault.Unavailable, "the database cannot be written: %w", err)
	}
	return fault.New(fault.Internal, "write: %w", err)
}

// attempt tries a batch until its fate is known. Nothing is remembered from one try to the next but its number.
func (w *writer) attempt(requests []*request) error {
	if w.dead {
		return errDead
	}
	pause, unknown := firstPause, false
	var err error
	for range maxAttempts {
		var events []store.Event
		if events, err = w.try(requests, unknown); err == nil {
			w.number++
			w.careful = max(0, w.careful-1)
			w.after(events)
			return nil
		}
		switch w.fate(err) {
		case Dead:
			w.dead = true
			return err
		case Broken:
			return err
		case Taken:
			if w.careful > 0 {
				return err
			}
			w.careful = carefulBatches
			continue
		case Unknown:
			unknown = true
		}
		select {
		case <-time.After(pause):
		case <-w.stop:
			return err
		}
		pause = min(2*pause, lastPause)
	}
	if unknown {
		w.number++ // should it surface later after all, it is not mistaken for the next batch
	}
	return err
}

// try runs one transaction. After an unknown outcome it first asks whether the batch is in already.
func (w *writer) try(requests []*request, unknown bool) ([]store.Event, error) {
	ctx, cancel := context.WithTimeout(context.Background(), attemptTime)
	defer cancel()
	if err := w.glance(ctx); err != nil {
		return nil, err
	}
	tx, err := w.driver.Begin(ctx)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	now := w.clock().UTC()
	have, err := tx.Load(ctx, w.needs(requests, now.UnixMicro()))
	if err == nil {
		err = w.books.learn(have)
	}
	if err != nil {
		w.books.forget() // what was read may be half of it
		return nil, err
	}
	if unknown && have.Batch == w.number {
		return w.events, nil // the results of the try that committed stand
	}
	batch := newBatch(w.books, have, now, w.number, len(requests))
	changes := batch.decide(requests)
	if err := w.recheck(ctx, tx, batch, requests); err != nil {
		return nil, err
	}
	if changes.Empty() {
		return nil, nil
	}
	w.events = changes.Events
	if err := tx.Commit(ctx, changes); err != nil {
		return nil, err
	}
	w.books.keep(batch)
	return changes.Events, nil
}

// glance catches up after a pause, before other nodes are made to wait. The rest is learned under the lock.
func (w *writer) glance(ctx context.Context) error {
	g, can := w.driver.(Glancer)
	now := time.Now()
	idle := now.Sub(w.last) > glanceAfter
	w.last = now
	if !can || !idle {
		return nil
	}
	have, err := g.Glance(ctx, w.books.since())
	if err == nil {
		err = w.books.learn(have)
	}
	if err != nil {
		w.last = time.Time{}
		w.books.forget()
	}
	return err
}

// recheck looks up the keys of those postings that were declined although nobody looked whether their keys are new: one
// that was accepted before is to be answered as then. (An accepted one is found out when it is stored.)
func (w *writer) recheck(ctx context.Context, tx Tx, b *batch, requests []*request) error {
	if w.careful > 0 {
		return nil
	}
	var keys []string
	for _, r := range requests {
		if r.posting != nil && r.result != nil {
			if _, known := b.used(r.posting.Key); !known {
				keys = append(keys, r.posting.Key)
			}
		}
	}
	if len(keys) == 0 {
		return nil
	}
	used, err := tx.Used(ctx, keys)
	if err == nil && len(used) > 0 {
		err = errTaken
	}
	return err
}
