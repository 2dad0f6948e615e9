package sqldb

import (
	"context"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store"
)

// memory is a driver without a database, whose commits can be made to fail.
type memory struct {
	head     Head
	batch    int64
	keys     map[string][]byte
	accounts map[string]ledger.Account
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
		head: Head{Chain: ledger.Genesis()}, keys: map[string][]byte{}, accounts: map[string]ledger.Account{},
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

func (m *memory) Load(_ context.Context, n *Need) (*Have, error) {
	h := &Have{
		Head: m.head, Batch: m.batch, Keys: map[string][]byte{}, Accounts: map[string]*ledger.Account{},
		Holds: map[string]*ledger.HoldRow{}, Records: map[RecordKey]int64{}, Streams: map[string]int64{},
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
	for _, id := range names {
		if a, ok := m.accounts[id]; ok {
			h.Accounts[id] = &a
		}
	}
	for _, k := range n.Keys {
		if hash, ok := m.keys[k]; ok {
			h.Keys[k] = hash
		}
	}
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
	for _, a := range append(append([]*ledger.Account{}, c.Opened...), c.Accounts...) {
		m.accounts[a.ID] = *a
	}
	for _, p := range c.Postings {
		m.keys[p.Key] = p.Hash
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
