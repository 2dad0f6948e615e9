package sqldb

import (
	"sync"

	"github.com/bangwo/bangwo/internal/ledger"
)

// Bounds of what a writer remembers.
const (
	MaxTail       = 1 << 16 // entries that accounts' rows may lag behind; a start replays as many
	maxRemembered = 1 << 20 // accounts; beyond, the memory is dropped and fills anew
)

// books are the accounts as a writer remembers them: always a state that was committed, never one in the making. Each
// writing transaction checks under its lock that nobody else wrote since, and learns what they did. Every account that
// an entry of the tail touches is remembered; so the row of one that is not remembered tells its state.
type books struct {
	mu       sync.RWMutex // the writer changes, readers look
	head     Head         // the zero head: nothing is remembered
	accounts map[string]*Account
	nums     map[int64]*Account
	tail     tail
	keys     recent
	lag      int64 // entries that the tail may hold
}

func newBooks(lag int64) *books {
	b := &books{lag: lag}
	b.forget()
	return b
}

func (b *books) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.head = Head{}
	b.accounts, b.nums, b.tail = map[string]*Account{}, map[int64]*Account{}, tail{}
}

// since is the last entry that is remembered, for the writer.
func (b *books) since() int64 { return b.head.Entry }

func (b *books) known(id string) bool { return b.accounts[id] != nil }

// look returns an account as of the entry at, for readers. Where it is not known, no entry of the tail touched it.
func (b *books) look(id string) (a Account, at int64, known bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if a := b.accounts[id]; a != nil {
		return *a, b.head.Entry, true
	}
	return Account{}, b.head.Entry, false
}

// learn takes in what a transaction loaded: accounts that were not known, and what others wrote.
func (b *books) learn(have *Have) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if have.Head.Settled > b.head.Entry {
		b.accounts, b.nums = map[string]*Account{}, map[int64]*Account{}
		b.tail = tail{from: have.Head.Settled}
	}
	for _, row := range have.Accounts {
		if b.accounts[row.ID] == nil {
			b.accounts[row.ID], b.nums[row.Num] = row, row
		}
	}
	for i := range have.Tail {
		if err := b.replay(&have.Tail[i]); err != nil {
			return err
		}
	}
	if b.tail.end() != have.Head.Entry {
		return wrong("the last entry is %d, the writer left it at %d", b.tail.end(), have.Head.Entry)
	}
	b.tail.drop(have.Head.Settled)
	b.head = have.Head
	return nil
}

// replay applies an entry that others wrote, or that was written before this process began.
func (b *books) replay(r *TailRow) error {
	if r.Seq != b.tail.end()+1 {
		return wrong("entry %d is missing", b.tail.end()+1)
	}
	from, to := b.nums[r.From], b.nums[r.To]
	if from == nil || to == nil {
		return wrong("entry %d names an account that is not there", r.Seq)
	}
	b.tail.push(r.From, r.To)
	if r.Seq > from.Last {
		from.Last, from.Entries = r.Seq, from.Entries+1
		switch r.Op {
		case ledger.Hold:
			from.Reserved += r.Amount
		case ledger.Void:
			from.Reserved -= r.Amount
		case ledger.Capture:
			from.Reserved, from.Posted = from.Reserved-r.Held, from.Posted-r.Amount
		default:
			from.Posted -= r.Amount
		}
		if from.Reserved < 0 || (!from.Overdraft && from.Posted < from.Reserved) {
			return wrong("entry %d would leave account %q with %d posted, %d reserved", r.Seq, from.ID, from.Posted, from.Reserved)
		}
	}
	if r.Seq > to.Last {
		to.Last, to.Entries = r.Seq, to.Entries+1
		if r.Op != ledger.Hold && r.Op != ledger.Void {
			to.Posted += r.Amount
		}
	}
	return nil
}

// keep makes a committed batch part of the memory.
func (b *books) keep(d *batch) {
	b.mu.Lock()
	for _, list := range [][]*Account{d.changed, d.changes.Opened, d.changes.Accounts} {
		for _, a := range list {
			if have := b.nums[a.Num]; have != nil {
				*have = *a
			} else {
				b.accounts[a.ID], b.nums[a.Num] = a, a
			}
		}
	}
	for i := range d.changes.Entries {
		e := &d.changes.Entries[i]
		b.tail.push(e.From, e.To)
		if e.Leg == 0 {
			b.keys.add(e.Key, e.Hash)
		}
	}
	b.tail.drop(d.changes.Head.Settled)
	b.head = d.changes.Head
	full := len(b.accounts) > maxRemembered
	b.mu.Unlock()
	if full {
		b.forget()
	}
}

// tail holds, for the entries that accounts' rows may not know yet, the two accounts of each.
type tail struct {
	from  int64 // the entry before the first
	pairs [][2]int64
	gone  int // pairs at the front that are dropped
}

func (t *tail) end() int64 { return t.from + int64(len(t.pairs)-t.gone) }

func (t *tail) push(src, dst int64) { t.pairs = append(t.pairs, [2]int64{src, dst}) }

// at returns the accounts of an entry of the tail.
func (t *tail) at(seq int64) [2]int64 { return t.pairs[t.gone+int(seq-t.from-1)] }

// drop forgets the entries up to seq.
func (t *tail) drop(seq int64) {
	if seq <= t.from {
		return
	}
	t.gone += int(seq - t.from)
	t.from = seq
	if t.gone > len(t.pairs)/2 && t.gone > MaxBatch {
		t.pairs = append(t.pairs[:0:0], t.pairs[t.gone:]...)
		t.gone = 0
	}
}

// maxRecent bounds the keys that are remembered to answer quick repetitions; twice as many may be.
const maxRecent = 1 << 15

// recent remembers the last keys with the hashes of their inputs.
type recent struct{ young, old map[string][]byte }

func (r *recent) add(key string, hash []byte) {
	if len(r.young) >= maxRecent {
		r.young, r.old = nil, r.young
	}
	if r.young == nil {
		r.young = make(map[string][]byte, maxRecent)
	}
	r.young[key] = hash
}

func (r *recent) get(key string) ([]byte, bool) {
	hash, ok := r.young[key]
	if !ok {
		hash, ok = r.old[key]
	}
	return hash, ok
}
