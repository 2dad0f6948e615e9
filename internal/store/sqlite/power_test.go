//go:build unix

package sqlite_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/store/sqlite"

	lib "modernc.org/sqlite/lib"
)

// EnvCuts says how many power cuts the test makes; more of them make a soak.
const EnvCuts = "BANGWO_POWER_CUTS"

const (
	defaultCuts = 20
	hands       = 16
	ackEvery    = 60 // acknowledgements between two cuts
)

// spender pays from several hands at once and knows what was acknowledged.
type spender struct {
	db   *sqlite.DB
	mu   sync.Mutex
	done []string
	tick chan struct{}
}

// payment moves money twice over and writes an order and an event with it.
func payment(id string) ledger.Posting {
	return ledger.Posting{Key: id, Op: ledger.Transfer,
		Legs: []ledger.Leg{{From: "world", To: "ann", Amount: money.Of(2, money.CNY)}, {From: "ann", To: "bob", Amount: money.Of(1, money.CNY)}},
		With: store.Write{Puts: []store.Put{{Kind: "order", ID: id, Data: json.RawMessage(`"paid"`)}},
			Events: []store.Append{{Stream: "orders", Type: "paid", Data: json.RawMessage(`1`)}}}}
}

func newSpender(t *testing.T, db *sqlite.DB) *spender {
	t.Helper()
	for _, a := range []string{"world", "ann", "bob"} {
		if err := db.Ledger().Open(t.Context(), a, money.CNY, a == "world"); err != nil {
			t.Fatal(err)
		}
	}
	return &spender{db: db, tick: make(chan struct{})}
}

// spend runs until ctx ends or a payment fails; it returns the failures.
func (s *spender) spend(ctx context.Context) []error {
	var wg sync.WaitGroup
	failed := make([]error, hands)
	for h := range hands {
		wg.Go(func() {
			for n := 0; ctx.Err() == nil && failed[h] == nil; n++ {
				id := fmt.Sprint(h, "/", n)
				if failed[h] = s.db.Ledger().Post(ctx, payment(id)); failed[h] == nil {
					s.acknowledged(ctx, id)
				}
			}
		})
	}
	wg.Wait()
	return failed
}

func (s *spender) acknowledged(ctx context.Context, id string) {
	s.mu.Lock()
	s.done = append(s.done, id)
	due := len(s.done)%ackEvery == 0
	s.mu.Unlock()
	if due {
		select {
		case s.tick <- struct{}{}: // this hand waits for a cut, the others go on
		case <-ctx.Done():
		}
	}
}

// promised is what was acknowledged until now.
func (s *spender) promised() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.done...)
}

// check opens what is left in a folder and looks for everything that was promised, and for halves.
func check(t *testing.T, path string, promised []string) {
	t.Helper()
	ctx := t.Context()
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	l := db.Ledger()
	if err := l.Verify(ctx); err != nil {
		t.Fatal(err)
	}
	bob, err := l.Balance(ctx, "bob")
	if err != nil {
		t.Fatal(err)
	}
	events, err := db.LastSeq(ctx, "orders")
	if err != nil || bob.Posted != events || events < int64(len(promised)) {
		t.Fatalf("bob has %d, there are %d events, %d payments were acknowledged: %v", bob.Posted, events, len(promised), err)
	}
	there := map[string]bool{}
	for after := int64(0); ; {
		page, err := l.Statement(ctx, "bob", after, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			there[e.Key], after = true, e.Seq
		}
	}
	for _, id := range promised {
		if !there[id] {
			t.Fatalf("%s was acknowledged and is gone", id)
		}
	}
	for _, id := range promised[max(0, len(promised)-hands):] {
		if _, err := db.Get(ctx, "order", id); err != nil {
			t.Fatal(err)
		}
		p := payment(id)
		p.Memo = "other"
		if err := l.Post(ctx, p); !fault.Is(err, fault.Mismatch) {
			t.Fatalf("%s was acknowledged: %v", id, err)
		}
	}
}

// The power goes again and again while payments are made. What the disk has then, whatever of the unflushed writes it
// took, holds everything acknowledged before, whole.
func TestPowerCutsLoseNothingAcknowledged(t *testing.T) {
	t.Parallel()
	cuts := defaultCuts
	if n, err := strconv.Atoi(os.Getenv(EnvCuts)); err == nil {
		cuts = n
	}
	d := newDisk(t)
	db, err := sqlite.OpenWith(t.Context(), filepath.Join(t.TempDir(), "bank.db"), d.name)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s := newSpender(t, db)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); s.spend(ctx) }()
	for range cuts {
		<-s.tick
		promised := s.promised() // before the cut
		folder := t.TempDir()
		if err := d.cut(folder); err != nil {
			t.Fatal(err)
		}
		check(t, filepath.Join(folder, "bank.db"), promised)
		os.RemoveAll(folder)
	}
	stop()
	<-ended
	t.Logf("%d cuts, %d acknowledged, none lost", cuts, len(s.promised()))
}

// drain lets hands go on until all have failed.
func drain(s *spender, failed chan []error) []error {
	for {
		select {
		case <-s.tick:
		case errs := <-failed:
			return errs
		}
	}
}

// A disk that fails or is full ends the writer: nothing is acknowledged any more, by any later write either, and after
// a restart on a mended disk everything acknowledged before is there.
func TestAFailingDiskStopsTheWriter(t *testing.T) {
	t.Parallel()
	faults := []struct {
		name, op, suffix string
		code             int32
	}{
		{"the log cannot be flushed", "sync", "-wal", lib.SQLITE_IOERR_FSYNC},
		{"the log cannot be written", "write", "-wal", lib.SQLITE_IOERR_WRITE},
		{"the disk is full", "write", "-wal", lib.SQLITE_FULL},
	}
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			d := newDisk(t)
			path := filepath.Join(t.TempDir(), "bank.db")
			db, err := sqlite.OpenWith(t.Context(), path, d.name)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			s := newSpender(t, db)
			failed := make(chan []error)
			go func() { failed <- s.spend(t.Context()) }()
			<-s.tick
			times := d.failing(f.op, f.suffix, f.code)
			errs := drain(s, failed)
			for _, err := range errs {
				if !fault.Is(err, fault.Unavailable) {
					t.Fatalf("got %v", err)
				}
			}
			if times.Load() == 0 {
				t.Fatal("the disk did not fail")
			}
			promised := s.promised()
			d.mended()
			if err := db.Ledger().Post(t.Context(), payment("late")); !fault.Is(err, fault.Unavailable) {
				t.Fatalf("after a failed disk a write was answered with %v", err)
			}
			folder := t.TempDir()
			if err := d.cut(folder); err != nil {
				t.Fatal(err)
			}
			check(t, filepath.Join(folder, "bank.db"), promised)
			if err := db.Close(); err != nil {
				t.Log(err)
			}
			check(t, path, promised)
		})
	}
}
