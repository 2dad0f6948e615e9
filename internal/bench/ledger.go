// Package bench measures what the documentation claims, on the machine where it runs. A number means something only
// beside the others of its own run.
package bench

import (
	"context"
	crand "crypto/rand"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/store/open"
	"github.com/bangwo/bangwo/internal/store/pgtest"
)

// LedgerOptions of a run.
type LedgerOptions struct {
	Seconds  int   // of each measurement
	Clients  []int // concurrent callers, one measurement each
	Accounts int   // among which money moves
}

// Defaults fills what is not set.
func (o LedgerOptions) Defaults() LedgerOptions {
	if o.Seconds <= 0 {
		o.Seconds = 3
	}
	if len(o.Clients) == 0 {
		o.Clients = []int{1, 64, 1024}
	}
	if o.Accounts <= 0 {
		o.Accounts = 10_000
	}
	return o
}

// result is one measurement.
type result struct {
	perSecond float64
	p50, p99  time.Duration
}

// line is a row of the table: one result per number of clients.
type line struct {
	name    string
	results []result
}

// Ledger measures durable transfers per second on both databases, beside pgbench on the same server, and writes a
// Markdown table. Every run is verified afterwards: a ledger that does not add up has no speed.
func Ledger(ctx context.Context, w io.Writer, o LedgerOptions) error {
	o = o.Defaults()
	dir, err := os.MkdirTemp("", "bangwo-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	lines, err := ours(ctx, "Bangwo on SQLite (WAL, synchronous=FULL)", filepath.Join(dir, "bench.db"), 1, o)
	if err != nil {
		return err
	}
	cluster, err := pgtest.Start(ctx, pgtest.Durable)
	if err != nil {
		fmt.Fprintf(w, "PostgreSQL was left out: %v\n\n", err)
		return table(w, o, lines, nil)
	}
	defer cluster.Stop()
	more, base, err := onPostgres(ctx, w, cluster, o)
	if err != nil {
		return err
	}
	return table(w, o, append(lines, more...), base)
}

func onPostgres(ctx context.Context, w io.Writer, cluster *pgtest.Cluster, o LedgerOptions) ([]line, *line, error) {
	url, err := cluster.Database(ctx)
	if err != nil {
		return nil, nil, err
	}
	lines, err := ours(ctx, "Bangwo on PostgreSQL (fsync, synchronous_commit)", url, 2, o)
	if err != nil {
		return nil, nil, err
	}
	base, err := pgbench(ctx, cluster, o)
	if err != nil {
		fmt.Fprintf(w, "pgbench was left out: %v\n\n", err)
		return lines, nil, nil
	}
	return append(lines, base), &base, nil
}

// ours measures our ledger at each number of clients: spread over all accounts, all onto one, and, where several nodes
// may share the database, spread with every other client at a second node.
func ours(ctx context.Context, name, where string, nodes int, o LedgerOptions) ([]line, error) {
	var doors []ledger.Ledger
	for range nodes {
		db, err := open.Open(ctx, where)
		if err != nil {
			return nil, err
		}
		defer db.Close()
		doors = append(doors, db.Ledger())
	}
	b := &ledgerBench{Ledger: doors[0], o: o}
	if err := b.fund(ctx); err != nil {
		return nil, err
	}
	runs := []struct {
		name  string
		doors []ledger.Ledger
		hot   bool
	}{{name, doors[:1], false}, {name + ", all onto one account", doors[:1], true}, {name + ", two nodes", doors, false}}
	if nodes == 1 {
		runs = runs[:2]
	}
	var out []line
	for _, run := range runs {
		l := line{name: run.name}
		for _, clients := range o.Clients {
			r, err := b.measure(ctx, run.doors, clients, run.hot)
			if err != nil {
				return nil, err
			}
			l.results = append(l.results, r)
		}
		out = append(out, l)
	}
	if err := b.Verify(ctx); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

type ledgerBench struct {
	ledger.Ledger
	o LedgerOptions
}

// newKey is a key as callers make them: time-ordered to the millisecond, then random.
func newKey() string { return fmt.Sprintf("%011x%s", time.Now().UnixMilli(), crand.Text()[:16]) }

func account(i int) string { return fmt.Sprintf("account/%d", i) }

// fund opens the accounts and gives each something to spend.
func (b *ledgerBench) fund(ctx context.Context) error {
	if err := b.Open(ctx, "world", money.CNY, true); err != nil {
		return err
	}
	const hands = 256
	var wg sync.WaitGroup
	var failed atomic.Pointer[error]
	for h := range hands {
		wg.Go(func() {
			for i := h; i < b.o.Accounts; i += hands {
				err := b.Open(ctx, account(i), money.CNY, false)
				if err == nil {
					err = b.Post(ctx, move("fund/"+account(i), "world", account(i), 1_000_000))
				}
				if err != nil {
					failed.Store(&err)
					return
				}
			}
		})
	}
	wg.Wait()
	if e := failed.Load(); e != nil {
		return *e
	}
	return nil
}

func move(key, from, to string, minor int64) ledger.Posting {
	return ledger.Posting{Key: key, Op: ledger.Transfer, Legs: []ledger.Leg{{From: from, To: to, Amount: money.Of(minor, money.CNY)}}}
}

// measure runs clients that each wait for the durable answer before they ask again.
func (b *ledgerBench) measure(ctx context.Context, doors []ledger.Ledger, clients int, hot bool) (result, error) {
	end := time.Now().Add(time.Duration(b.o.Seconds) * time.Second)
	took := make([][]time.Duration, clients)
	errs := make([]error, clients)
	start := time.Now()
	var wg sync.WaitGroup
	for c := range clients {
		wg.Go(func() {
			for time.Now().Before(end) {
				from := 1 + rand.IntN(b.o.Accounts-1)
				to := (from + 1 + rand.IntN(b.o.Accounts-1)) % b.o.Accounts
				if hot {
					to = 0
				}
				p := move(newKey(), account(from), account(to), 1)
				at := time.Now()
				if err := doors[c%len(doors)].Post(ctx, p); err != nil {
					errs[c] = err
					return
				}
				took[c] = append(took[c], time.Since(at))
			}
		})
	}
	wg.Wait()
	elapsed := time.Since(start).Seconds()
	for _, err := range errs {
		if err != nil {
			return result{}, err
		}
	}
	all := slices.Concat(took...)
	slices.Sort(all)
	return result{float64(len(all)) / elapsed, all[len(all)/2], all[len(all)*99/100]}, nil
}

func table(w io.Writer, o LedgerOptions, lines []line, base *line) error {
	fmt.Fprint(w, "| durable transfers per second |")
	for _, c := range o.Clients {
		fmt.Fprintf(w, " %d clients |", c)
	}
	fmt.Fprint(w, "\n|---|")
	for range o.Clients {
		fmt.Fprint(w, "---|")
	}
	fmt.Fprintln(w)
	for _, l := range lines {
		fmt.Fprintf(w, "| %s |", l.name)
		for i, r := range l.results {
			fmt.Fprintf(w, " %.0f", r.perSecond)
			if base != nil && l.name != base.name {
				fmt.Fprintf(w, " (%.1f×)", r.perSecond/base.results[i].perSecond)
			}
			if r.p99 > 0 {
				fmt.Fprintf(w, ", p50 %s, p99 %s", r.p50.Round(10*time.Microsecond), r.p99.Round(10*time.Microsecond))
			}
			fmt.Fprint(w, " |")
		}
		fmt.Fprintln(w)
	}
	return nil
}
