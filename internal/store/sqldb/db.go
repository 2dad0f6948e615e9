package sqldb

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// SweepEvery is how often a store looks for holds that ran out, so that they end even when nothing else is written.
const SweepEvery = time.Second

// maxSweeps bounds the commits of one sweep; the next one goes on.
const maxSweeps = 1000

// Options of opening a store.
type Options struct {
	Clock func() time.Time
	Tail  int64 // entries that accounts' rows may lag behind, at most MaxTail
}

// Option changes one.
type Option func(*Options)

// WithClock gives the store another clock than the machine's, for tests and demonstrations.
func WithClock(clock func() time.Time) Option { return func(o *Options) { o.Clock = clock } }

// WithTail lets accounts' rows lag less behind than MaxTail entries: a start replays less, a batch writes more rows.
func WithTail(entries int64) Option {
	return func(o *Options) { o.Tail = min(max(entries, 0), MaxTail) }
}

// Collect applies options to the defaults.
func Collect(opts []Option) Options {
	o := Options{Clock: time.Now, Tail: MaxTail}
	for _, f := range opts {
		f(&o)
	}
	return o
}

// DB is a store on an SQL database. It is safe for concurrent use.
type DB struct {
	read   *sql.DB
	q      map[string]string
	mark   string
	driver Driver
	writer *writer
	hub    *Hub
	clock  func() time.Time
	ctx    context.Context // ends with Close
	stop   context.CancelFunc
	loops  sync.WaitGroup
	closed sync.Once
	err    error
}

var _ store.Store = (*DB)(nil)

// New makes a store of an open driver and its pool for reads, and owns both from now on.
func New(driver Driver, read *sql.DB, dialect Dialect, o Options) *DB {
	db := &DB{read: read, q: dialect.Named(queriesSQL), mark: dialect.Marker, driver: driver, hub: newHub(), clock: o.Clock}
	db.writer = newWriter(driver, o.Clock, o.Tail, func(events []store.Event) {
		for i := range events {
			if i == 0 || events[i].Stream != events[i-1].Stream {
				db.hub.Wake(events[i].Stream)
			}
		}
	})
	ctx, cancel := context.WithCancel(context.Background())
	db.ctx, db.stop = ctx, cancel
	db.Go(func() { db.sweepLoop(ctx) })
	db.Go(func() { db.poll(ctx) })
	return db
}

// Context ends when the store closes.
func (db *DB) Context() context.Context { return db.ctx }

// Go runs a loop that Close waits for.
func (db *DB) Go(f func()) { db.loops.Go(f) }

// Hub is where a driver tells what other nodes wrote.
func (db *DB) Hub() *Hub { return db.hub }

// Close implements store.Store.
func (db *DB) Close() error {
	db.closed.Do(func() {
		db.stop()
		db.writer.close()
		db.loops.Wait()
		db.err = errors.Join(db.driver.Close(), db.read.Close())
	})
	return db.err
}

func (db *DB) sweepLoop(ctx context.Context) {
	tick := time.NewTicker(SweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = db.Sweep(ctx) // the next tick tries again
		}
	}
}

// Sweep ends the holds that ran out until now.
func (db *DB) Sweep(ctx context.Context) error {
	for range maxSweeps {
		var due int
		if err := db.read.QueryRowContext(ctx, db.q["due_any"], db.clock().UnixMicro()).Scan(&due); err != nil {
			return failed("look for expired holds", err)
		}
		if due == 0 {
			return nil
		}
		if err := db.writer.do(ctx, newSweep()); err != nil {
			return err
		}
	}
	return fault.New(fault.Limit, "more holds ran out than %d commits can end", maxSweeps)
}

// Get implements store.Store.
func (db *DB) Get(ctx context.Context, kind, id string) (store.Record, error) {
	r, err := scanRecord(db.read.QueryRowContext(ctx, db.q["record_get"], kind, id))
	if errors.Is(err, sql.ErrNoRows) {
		return r, fault.New(fault.NotFound, "no %s %q", kind, id).With("kind", kind).With("id", id)
	}
	return r, failed("read record", err)
}

// List implements store.Store.
func (db *DB) List(ctx context.Context, q store.Query) ([]store.Record, error) {
	query, args := db.q["record_list"], []any{q.Kind}
	and := func(condition string, arg any) {
		args = append(args, arg)
		query += fmt.Sprintf(" AND %s %s%d", condition, db.mark, len(args))
	}
	if q.Owner != "" {
		and("owner =", q.Owner)
	}
	if q.Group != "" {
		and("grp =", q.Group)
	}
	if q.IDs != nil {
		if len(q.IDs) == 0 {
			return nil, nil
		}
		if len(q.IDs) > store.MaxList {
			return nil, fault.New(fault.Invalid, "at most %d records are listed by their ids, not %d", store.MaxList, len(q.IDs))
		}
		marks := make([]string, len(q.IDs))
		for i, id := range q.IDs {
			args = append(args, id)
			marks[i] = fmt.Sprintf("%s%d", db.mark, len(args))
		}
		query += " AND id IN (" + strings.Join(marks, ", ") + ")"
	}
	beyond, order := "id >", " ORDER BY id"
	if q.Descending {
		beyond, order = "id <", " ORDER BY id DESC"
	}
	if q.After != "" {
		and(beyond, q.After)
	}
	query += order + fmt.Sprintf(" LIMIT %d", limit(q.Limit))
	return collect(ctx, db.read, scanRecord, query, args...)
}

// Events implements store.Store.
func (db *DB) Events(ctx context.Context, stream string, after int64, n int) ([]store.Event, error) {
	return collect(ctx, db.read, scanEvent, db.q["events"], stream, after, limit(n))
}

// Commit implements store.Store.
func (db *DB) Commit(ctx context.Context, w store.Write) error {
	r, err := newWrite(&w)
	if err != nil {
		return err
	}
	return db.writer.do(ctx, r)
}

// Watch implements store.Store.
func (db *DB) Watch(ctx context.Context, stream string) <-chan struct{} {
	return db.hub.watch(ctx, stream)
}

// LastSeq is the number of the last event of a stream, 0 when there is none.
func (db *DB) LastSeq(ctx context.Context, stream string) (seq int64, err error) {
	err = db.read.QueryRowContext(ctx, db.q["event_last"], stream).Scan(&seq)
	return seq, failed("read stream", err)
}

// row is what a row and rows have in common.
type row interface{ Scan(dest ...any) error }

func scanRecord(s row) (store.Record, error) {
	var r store.Record
	var data string
	var updated int64
	err := s.Scan(&r.Kind, &r.ID, &r.Owner, &r.Group, &r.Version, &data, &updated)
	r.Data, r.Updated = json.RawMessage(data), instant(updated)
	return r, err
}

func scanEvent(s row) (store.Event, error) {
	var e store.Event
	var data string
	var at int64
	err := s.Scan(&e.Stream, &e.Seq, &e.Type, &data, &at)
	e.Data, e.At = json.RawMessage(data), instant(at)
	return e, err
}

// collect reads all rows of a bounded query.
func collect[T any](ctx context.Context, db querier, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, failed("query", err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, failed("scan", err)
		}
		out = append(out, v)
	}
	return out, failed("query", rows.Err())
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func limit(n int) int {
	if n <= 0 || n > store.MaxList {
		return store.MaxList
	}
	return n
}

func instant(micro int64) time.Time {
	if micro == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micro).UTC()
}

// failed makes an error of the database a fault; nil stays nil.
func failed(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return fault.New(fault.Cancelled, "%s: %w", doing, err)
	case errors.Is(err, context.DeadlineExceeded):
		return fault.New(fault.Timeout, "%s: %w", doing, err)
	}
	return fault.New(fault.Internal, "%s: %w", doing, err)
}
