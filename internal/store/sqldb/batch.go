package sqldb

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store"
)

// batch decides requests in order on copies of what is remembered, and gathers what is to be stored.
type batch struct {
	have    *Have
	books   *books
	now     time.Time
	at      int64
	book    *ledger.Book
	copies  map[int64]*Account
	changed []*Account // copies that an entry of this batch touches, and of which a row has to be written
	changes Changes
	puts    map[RecordKey]*store.Record // the last state of each record, nil when deleted
}

// needs lists what the requests name and the books do not know. Keys are taken for new unless careful.
func (w *writer) needs(requests []*request, now int64) *Need {
	n := &Need{Due: now, Since: w.books.since(), Known: w.books.known}
	seen := map[RecordKey]struct{}{} // of every sort: Kind is the sort, or the record's kind behind a mark
	add := func(list *[]string, sort, s string) {
		k := RecordKey{sort, s}
		if _, ok := seen[k]; !ok && s != "" {
			seen[k] = struct{}{}
			*list = append(*list, s)
		}
	}
	account := func(id string) {
		if !w.books.known(id) {
			add(&n.Accounts, "account", id)
		}
	}
	for _, r := range requests {
		if r.open != nil {
			account(r.open.ID)
		}
		if p := r.posting; p != nil {
			if w.careful > 0 {
				add(&n.Keys, "key", p.Key)
			}
			for i := range p.Legs {
				if l := &p.Legs[i]; p.Op == ledger.Transfer || p.Op == ledger.Hold {
					account(l.From)
					account(l.To)
				}
				if p.Op != ledger.Transfer {
					add(&n.Holds, "hold", p.Legs[i].ID)
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

func newBatch(books *books, have *Have, now time.Time, number int64, requests int) *batch {
	size := min(2*requests, len(books.accounts))
	b := &batch{have: have, books: books, now: now, at: now.UnixMicro(), copies: make(map[int64]*Account, size), puts: map[RecordKey]*store.Record{}}
	b.book = ledger.NewBook(b.at, size)
	b.book.Holds = have.Holds
	b.changes = Changes{Head: have.Head, Batch: number, At: b.at}
	return b
}

// copy makes an account of the books part of the batch. Nothing happens when there is no such account.
func (b *batch) copy(a *Account) *Account {
	if a == nil {
		return nil
	}
	if c := b.copies[a.Num]; c != nil {
		return c
	}
	c := new(Account)
	*c = *a
	b.copies[a.Num] = c
	b.book.Add(&c.Account)
	return c
}

// bring copies the accounts that the requests, the holds and the holds that are due name.
func (b *batch) bring(requests []*request) {
	name := func(id string) {
		if b.book.Accounts[id] == nil {
			b.copy(b.books.accounts[id])
		}
	}
	for _, h := range b.have.Holds {
		name(h.From)
		name(h.To)
	}
	for _, r := range requests {
		if r.open != nil {
			name(r.open.ID)
		}
		if p := r.posting; p != nil && (p.Op == ledger.Transfer || p.Op == ledger.Hold) {
			for i := range p.Legs {
				name(p.Legs[i].From)
				name(p.Legs[i].To)
			}
		}
	}
}

// decide answers every request in order and returns what to store.
func (b *batch) decide(requests []*request) *Changes {
	b.bring(requests)
	for _, id := range b.have.Due {
		if line, ok := b.book.Expire(id); ok {
			b.record(ledger.OwnPrefix+"expire/"+id, nil, ledger.Void, "", []ledger.Line{line})
		}
	}
	for _, r := range requests {
		r.result = b.one(r)
	}
	for _, h := range b.book.Touched() {
		b.changes.Holds = append(b.changes.Holds, HoldRow{h, b.book.Accounts[h.From].Num, b.book.Accounts[h.To].Num})
	}
	for k, r := range b.puts {
		if r == nil {
			b.changes.Deletes = append(b.changes.Deletes, k)
		} else {
			b.changes.Puts = append(b.changes.Puts, *r)
		}
	}
	b.settle()
	return &b.changes
}

// settle has the rows written of those accounts whose oldest unknown entry is about to leave the tail.
func (b *batch) settle() {
	head := &b.changes.Head
	for _, a := range b.changes.Opened {
		a.Stored = a.Last
	}
	for head.Settled < head.Entry-b.books.lag {
		head.Settled++
		for _, num := range b.touchedBy(head.Settled) {
			a := b.copies[num]
			if a == nil {
				a = b.copy(b.books.nums[num])
			}
			if a.Stored < head.Settled {
				a.Stored = a.Last
				b.changes.Accounts = append(b.changes.Accounts, a)
			}
		}
	}
	slices.SortFunc(b.changes.Accounts, func(a, b *Account) int { return cmp.Compare(a.Num, b.Num) })
}

// touchedBy returns the accounts of an entry of the tail or of this batch.
func (b *batch) touchedBy(seq int64) [2]int64 {
	if was := b.have.Head.Entry; seq > was {
		e := &b.changes.Entries[seq-was-1]
		return [2]int64{e.From, e.To}
	}
	return b.books.tail.at(seq)
}

func (b *batch) one(r *request) error {
	if r.open != nil {
		return b.open(r.open)
	}
	if p := r.posting; p != nil {
		if hash, known := b.used(p.Key); known {
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

// used returns the hash of the inputs that a key was used with, as far as it was looked for.
func (b *batch) used(key string) ([]byte, bool) {
	if hash, ok := b.have.Keys[key]; ok {
		return hash, true
	}
	return b.books.keys.get(key)
}

func (b *batch) open(want *ledger.Account) error {
	if have := b.book.Accounts[want.ID]; have != nil {
		if have.Currency != want.Currency || have.Overdraft != want.Overdraft {
			return fault.New(fault.Conflict, "account %q exists in %s with overdraft %t", have.ID, have.Currency, have.Overdraft)
		}
		return nil
	}
	b.changes.Head.Account++
	made := &Account{Account: *want}
	made.Num = b.changes.Head.Account
	b.copies[made.Num] = made
	b.book.Add(&made.Account)
	b.changes.Opened = append(b.changes.Opened, made)
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
	for i := range lines {
		l := &lines[i]
		head.Entry++
		from, to := b.copies[l.FromNum], b.copies[l.ToNum]
		e := EntryRow{Seq: head.Entry, Posting: head.Posting, Leg: int64(i), Op: string(op), Hold: l.HoldID, Amount: l.Amount,
			From: from.Num, To: to.Num, FromPrev: from.Last, ToPrev: to.Last}
		if i == 0 {
			e.Key, e.Memo, e.Hash, e.Chain = key, memo, hash, head.Chain
		}
		b.changes.Entries = append(b.changes.Entries, e)
		b.advance(from)
		b.advance(to)
	}
}

// advance makes the newest entry the account's last.
func (b *batch) advance(a *Account) {
	if a.Last <= b.have.Head.Entry && a.Num <= b.have.Head.Account {
		b.changed = append(b.changed, a)
	}
	a.Last = b.changes.Head.Entry
	if a.Entries++; a.Entries%WaypointEvery == 0 {
		b.changes.Waypoints = append(b.changes.Waypoints, Waypoint{a.Num, a.Last})
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
