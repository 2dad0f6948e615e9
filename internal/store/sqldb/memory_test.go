package sqldb

import (
	"context"
	"slices"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store"
)

// memory is a driver without a database, whose commits can be made to fail.
type memory struct {
	head     Head
	batch    int64
	keys     map[string][]byte
	accounts map[string]Account
	holds    map[string]ledger.HoldRow
	records  map[RecordKey]store.Record
	events   map[string][]store.Event
	entries  []EntryRow
	commits  int

	// fail is asked before each commit: what to return, and whether the commit happens all the same.
	fail func(n int, c *Changes) (error, bool)
}

func newMemory() *memory {
	return &memory{
		head: Head{Chain: ledger.Genesis()}, keys: map[string][]byte{}, accounts: map[string]Account{},
		holds: map[string]ledger.HoldRow{}, records: map[RecordKey]store.Record{}, events: map[string][]store.Event{},
	}
}

// fateError is an error that says its fate.
type fateError Fate

func (fateError) Error() string { return "made to fail" }

func (m *memory) Fate(err error) Fate {
	if f, ok := err.(fateError); ok {
		return Fate(f)
	}
	return Broken
}

func (m *memory) Begin(context.Context) (Tx, error) { return m, nil }
func (m *memory) Rollback()                         {}
func (m *memory) Close() error                      { return nil }

func (m *memory) Load(ctx context.Context, n *Need) (*Have, error) {
	h := NewHave()
	h.Head, h.Batch = m.head, m.batch
	nums := map[int64]bool{}
	for _, e := range m.entries {
		if e.Seq > max(n.Since, m.head.Settled) {
			h.Tail = append(h.Tail, TailRow{e.Seq, ledger.Op(e.Op), e.From, e.To, e.Amount, m.holds[e.Hold].Amount})
			nums[e.From], nums[e.To] = true, true
		}
	}
	for id, x := range m.holds {
		if x.State == ledger.Held && x.Expires > 0 && x.Expires <= n.Due && len(h.Due) < MaxDue {
			h.Due = append(h.Due, id)
		}
	}
	names := append([]string{}, n.Accounts...)
	for _, id := range append(append([]string{}, n.Holds...), h.Due...) {
		if x, ok := m.holds[id]; ok {
			h.Holds[id] = &x
			names = append(names, x.From, x.To)
		}
	}
	for id, a := range m.accounts {
		if slices.Contains(names, id) || nums[a.Num] {
			h.Accounts[id] = &a
		}
	}
	h.Keys, _ = m.Used(ctx, n.Keys)
	for _, k := range n.Records {
		if r, ok := m.records[k]; ok {
			h.Records[k] = r.Version
		}
	}
	for _, s := range n.Streams {
		h.Streams[s] = int64(len(m.events[s]))
	}
	return h, nil
}

func (m *memory) Commit(_ context.Context, c *Changes) error {
	for _, e := range c.Entries {
		if _, taken := m.keys[e.Key]; taken && e.Leg == 0 {
			return fateError(Taken)
		}
	}
	m.commits++
	if m.fail != nil {
		if err, done := m.fail(m.commits, c); err != nil {
			if done {
				m.store(c)
			}
			return err
		}
	}
	m.store(c)
	return nil
}

func (m *memory) store(c *Changes) {
	m.head, m.batch = c.Head, c.Batch
	for _, a := range append(append([]*Account{}, c.Opened...), c.Accounts...) {
		m.accounts[a.ID] = *a
	}
	for _, e := range c.Entries {
		if e.Leg == 0 {
			m.keys[e.Key] = e.Hash
		}
	}
	m.entries = append(m.entries, c.Entries...)
	for _, h := range c.Holds {
		m.holds[h.ID] = *h.HoldRow
	}
	for _, k := range c.Deletes {
		delete(m.records, k)
	}
	for _, r := range c.Puts {
		m.records[RecordKey{r.Kind, r.ID}] = r
	}
	for _, e := range c.Events {
		m.events[e.Stream] = append(m.events[e.Stream], e)
	}
}

func (m *memory) Used(_ context.Context, keys []string) (map[string][]byte, error) {
	used := map[string][]byte{}
	for _, k := range keys {
		if hash, ok := m.keys[k]; ok {
			used[k] = hash
		}
	}
	return used, nil
}
