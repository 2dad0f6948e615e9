package sqldb

import (
	"bytes"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store"
)

// batch decides requests in order on what was loaded and gathers what is to be stored.
type batch struct {
	have    *Have
	now     time.Time
	at      int64
	book    *ledger.Book
	changes Changes
	puts    map[RecordKey]*store.Record // the last state of each record, nil when deleted
}

// needs lists what the requests name.
func needs(requests []*request, now int64) *Need {
	n := &Need{Due: now}
	seen := map[RecordKey]struct{}{} // of every sort: Kind is the sort, or the record's kind behind a mark
	add := func(list *[]string, sort, s string) {
		k := RecordKey{sort, s}
		if _, ok := seen[k]; !ok && s != "" {
			seen[k] = struct{}{}
			*list = append(*list, s)
		}
	}
	for _, r := range requests {
		if r.open != nil {
			add(&n.Accounts, "account", r.open.ID)
		}
		if p := r.posting; p != nil {
			add(&n.Keys, "key", p.Key)
			for i := range p.Legs {
				l := &p.Legs[i]
				if p.Op == ledger.Transfer || p.Op == ledger.Hold {
					add(&n.Accounts, "account", l.From)
					add(&n.Accounts, "account", l.To)
				}
				if p.Op != ledger.Transfer {
					add(&n.Holds, "hold", l.ID)
				}
			}
		}
		for i := range r.write.Puts {
			k := RecordKey{r.write.Puts[i].Kind, r.write.Puts[i].ID}
			mark := RecordKey{"record/" + k.Kind, k.ID}
			if _, ok := seen[mark]; !ok {
				seen[mark] = struct{}{}
				n.Records = append(n.Records, k)
			}
		}
		for i := range r.write.Events {
			add(&n.Streams, "stream", r.write.Events[i].Stream)
		}
	}
	return n
}

func newBatch(have *Have, now time.Time, number int64) *batch {
	b := &batch{have: have, now: now, at: now.UnixMicro(), puts: map[RecordKey]*store.Record{}}
	b.book = ledger.NewBook(b.at)
	b.book.Accounts, b.book.Holds = have.Accounts, have.Holds
	b.changes = Changes{Head: have.Head, Batch: number, At: b.at}
	return b
}

// decide answers every request in order and returns what to store.
func (b *batch) decide(requests []*request) *Changes {
	for _, id := range b.have.Due {
		if line, ok := b.book.Expire(id); ok {
			b.record(ledger.OwnPrefix+"expire/"+id, nil, ledger.Void, "", []ledger.Line{line})
		}
	}
	for _, r := range requests {
		r.result = b.one(r)
	}
	accounts, holds := b.book.Touched()
	for _, a := range accounts {
		if a.Num > b.have.Head.Account {
			b.changes.Opened = append(b.changes.Opened, a)
		} else {
			b.changes.Accounts = append(b.changes.Accounts, a)
		}
	}
	for _, h := range holds {
		b.changes.Holds = append(b.changes.Holds, HoldRow{h, b.book.Accounts[h.From].Num, b.book.Accounts[h.To].Num})
	}
	for k, r := range b.puts {
		if r == nil {
			b.changes.Deletes = append(b.changes.Deletes, k)
		} else {
			b.changes.Puts = append(b.changes.Puts, *r)
		}
	}
	return &b.changes
}

func (b *batch) one(r *request) error {
	if r.open != nil {
		return b.open(r.open)
	}
	if p := r.posting; p != nil {
		if hash, known := b.have.Keys[p.Key]; known {
			if !bytes.Equal(hash, r.hash[:]) {
				return fault.New(fault.Mismatch, "key %q was used with other inputs", p.Key).With("key", p.Key)
			}
			return nil
		}
		if err := b.versions(r.write); err != nil {
			return err
		}
		lines, err := b.book.Post(p)
		if err != nil {
			return err
		}
		b.record(p.Key, r.hash[:], p.Op, p.Memo, lines)
		b.have.Keys[p.Key] = r.hash[:]
	} else if err := b.versions(r.write); err != nil {
		return err
	}
	b.apply(r.write)
	return nil
}

func (b *batch) open(want *ledger.Account) error {
	if have := b.book.Accounts[want.ID]; have != nil {
		if have.Currency != want.Currency || have.Overdraft != want.Overdraft {
			return fault.New(fault.Conflict, "account %q exists in %s with overdraft %t", have.ID, have.Currency, have.Overdraft)
		}
		return nil
	}
	b.changes.Head.Account++
	made := *want
	made.Num = b.changes.Head.Account
	b.book.Add(&made)
	return nil
}

// record numbers a posting and its entries and links it into the chain.
func (b *batch) record(key string, hash []byte, op ledger.Op, memo string, lines []ledger.Line) {
	head := &b.changes.Head
	head.Posting++
	head.Chain = ledger.Link(head.Chain, key, op, memo, b.at, lines)
	if hash == nil {
		hash = head.Chain // our own postings are not asked for again; the column wants something
	}
	b.changes.Postings = append(b.changes.Postings,
		PostingRow{Num: head.Posting, Key: key, Hash: hash, Op: string(op), Memo: memo, Chain: head.Chain})
	for _, l := range lines {
		head.Entry++
		b.changes.Entries = append(b.changes.Entries, EntryRow{
			Seq: head.Entry, Posting: head.Posting, Hold: l.HoldID, Amount: l.Amount,
			From: b.book.Accounts[l.From].Num, To: b.book.Accounts[l.To].Num,
		})
	}
}

// versions checks what a write expects, taking into account its own earlier puts.
func (b *batch) versions(w *store.Write) error {
	var own map[RecordKey]int64
	for i := range w.Puts {
		p := &w.Puts[i]
		k := RecordKey{p.Kind, p.ID}
		version, twice := own[k]
		if !twice {
			version = b.have.Records[k]
		}
		if p.Expect != store.AnyVersion && p.Expect != version {
			return fault.New(fault.Conflict, "%s %q is at version %d, not %d", p.Kind, p.ID, version, p.Expect).
				With("kind", p.Kind).With("id", p.ID)
		}
		if own == nil {
			own = make(map[RecordKey]int64, len(w.Puts))
		}
		own[k] = next(version, p.Delete)
	}
	return nil
}

// apply makes a write whose versions were checked part of the batch.
func (b *batch) apply(w *store.Write) {
	for i := range w.Puts {
		p := &w.Puts[i]
		k := RecordKey{p.Kind, p.ID}
		version := next(b.have.Records[k], p.Delete)
		b.have.Records[k] = version
		b.puts[k] = nil
		if !p.Delete {
			b.puts[k] = &store.Record{Kind: p.Kind, ID: p.ID, Owner: p.Owner, Group: p.Group, Version: version, Data: p.Data}
		}
	}
	for i := range w.Events {
		e := &w.Events[i]
		b.have.Streams[e.Stream]++
		b.changes.Events = append(b.changes.Events,
			store.Event{Stream: e.Stream, Seq: b.have.Streams[e.Stream], Type: e.Type, Data: e.Data})
	}
}

func next(version int64, deleted bool) int64 {
	if deleted {
		return 0
	}
	return version + 1
}
