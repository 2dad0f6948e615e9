package sqldb

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store"
)

// MaxName bounds the words that name a record or a stream: kind, id, owner, group, stream, type.
const MaxName = 512

// request is one caller's wish. Exactly one of posting, open and neither (a plain write or a sweep) is set.
type request struct {
	posting *ledger.Posting
	hash    [sha256.Size]byte
	open    *ledger.Account
	write   *store.Write
	taken   atomic.Bool // by the writer, or given up by the caller: whoever is first
	done    chan error
	result  error
}

func (r *request) size() int {
	n := 0
	for i := range r.write.Puts {
		n += len(r.write.Puts[i].Data)
	}
	for i := range r.write.Events {
		n += len(r.write.Events[i].Data)
	}
	return n
}

var noWrite store.Write

func newPosting(p *ledger.Posting) (*request, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if err := checkWrite(&p.With); err != nil {
		return nil, err
	}
	return &request{posting: p, hash: p.Hash(), write: &p.With, done: make(chan error, 1)}, nil
}

func newWrite(w *store.Write) (*request, error) {
	if err := checkWrite(w); err != nil {
		return nil, err
	}
	return &request{write: w, done: make(chan error, 1)}, nil
}

func newOpen(a *ledger.Account) *request {
	return &request{open: a, write: &noWrite, done: make(chan error, 1)}
}

func newSweep() *request { return &request{write: &noWrite, done: make(chan error, 1)} }

// checkWrite refuses what one of the databases could not store, so that it cannot spoil a batch.
func checkWrite(w *store.Write) error {
	if n := len(w.Puts) + len(w.Events); n > store.MaxWrite {
		return fault.New(fault.Invalid, "a write has at most %d puts and events, not %d", store.MaxWrite, n)
	}
	for i := range w.Puts {
		p := &w.Puts[i]
		if err := checkNames(p.Kind, p.ID); err != nil {
			return err
		}
		if len(p.Owner) > MaxName || len(p.Group) > MaxName || !plain(p.Owner) || !plain(p.Group) {
			return fault.New(fault.Invalid, "owner and group of %s %q must be text of at most %d bytes", p.Kind, p.ID, MaxName)
		}
		if p.Expect < store.AnyVersion {
			return fault.New(fault.Invalid, "no version %d can be expected of %s %q", p.Expect, p.Kind, p.ID)
		}
		if !p.Delete {
			if err := checkData(p.Data); err != nil {
				return err
			}
		}
	}
	for i := range w.Events {
		e := &w.Events[i]
		if err := checkNames(e.Stream, e.Type); err != nil {
			return err
		}
		if err := checkData(e.Data); err != nil {
			return err
		}
	}
	return nil
}

func checkNames(names ...string) error {
	for _, n := range names {
		if n == "" || len(n) > MaxName || !plain(n) {
			return fault.New(fault.Invalid, "kind, id, stream and type must be text of 1 to %d bytes", MaxName)
		}
	}
	return nil
}

func checkData(data json.RawMessage) error {
	if len(data) > store.MaxRecord {
		return fault.New(fault.Invalid, "data of %d bytes is more than %d", len(data), store.MaxRecord)
	}
	if !utf8.Valid(data) || !json.Valid(data) {
		return fault.New(fault.Invalid, "data must be JSON in UTF-8")
	}
	return nil
}

func plain(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// wait returns the outcome. A caller that stops waiting before the writer took its request has certainly changed nothing.
func (r *request) wait(ctx context.Context) error {
	select {
	case err := <-r.done:
		return err
	case <-ctx.Done():
	}
	if r.taken.CompareAndSwap(false, true) {
		return fault.New(fault.Cancelled, "given up before it was written: %w", ctx.Err())
	}
	select {
	case err := <-r.done:
		return err
	default:
		return fault.New(fault.Timeout, "given up while it was being written: %w", ctx.Err()).
			WithHint("the outcome is unknown: ask again with the same key")
	}
}
