package sqldb

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/ledger/ledgertest"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/store"
)

// Histories of the real writer on a database in memory, which keeps what a database must keep between two writers, or,
// as a mutant, does not.

const (
	linearRounds = 150  // histories that the real one must pass
	mutantRounds = 1000 // histories in which each mutant must be caught; most are in the first ten
	linearLag    = 7    // so that rows are settled all the time
)

// mutant is a way to break what the writers rely on. Nil fields break nothing.
type mutant struct {
	name   string
	unlock bool                       // writers do not exclude each other
	load   func(n *Need, h *Have)     // spoils what is loaded
	commit func(c *Changes)           // spoils what is stored
	early  bool                       // answers before it stores
	blind  bool                       // keys are neither looked up nor unique
	wrap   func(n node) ledger.Ledger // spoils the door
}

var mutants = []mutant{
	{name: "two writers do not exclude each other", unlock: true},
	{name: "an answer comes before the commit", early: true},
	{name: "a key counts once on each node", blind: true},
	{name: "rows are taken for newer than they are", load: func(_ *Need, h *Have) {
		h.Head.Settled, h.Tail = h.Head.Entry, nil
	}},
	{name: "what another node holds is not counted", load: func(_ *Need, h *Have) {
		for i := range h.Tail {
			if h.Tail[i].Op == ledger.Hold {
				h.Tail[i].Amount = 0
			}
		}
	}},
	{name: "what another node captured stays available", load: func(_ *Need, h *Have) {
		for i := range h.Tail {
			if h.Tail[i].Op == ledger.Capture {
				h.Tail[i].Amount = 0
			}
		}
	}},
	{name: "a captured hold can be captured again", load: func(_ *Need, h *Have) {
		for _, x := range h.Holds {
			if x.State == ledger.Captured {
				x.State = ledger.Held
			}
		}
	}},
	{name: "what became of holds is not stored", commit: func(c *Changes) { c.Holds = nil }},
	{name: "a refund forgets those before it", load: func(_ *Need, h *Have) {
		for _, x := range h.Holds {
			x.Refunded = 0
		}
	}},
	{name: "a settled row is not written", commit: func(c *Changes) { c.Accounts = nil }},
	{name: "linked legs are posted one by one", wrap: func(n node) ledger.Ledger { return unlinked{n} }},
	{name: "the door checks and then acts", wrap: func(n node) ledger.Ledger { return checker{n} }},
}

func TestHistoriesAreLinearizable(t *testing.T) {
	t.Parallel()
	for round := range linearRounds {
		if err := history(t, mutant{}, uint64(round)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMutantsAreCaught(t *testing.T) {
	t.Parallel()
	for _, m := range mutants {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			for round := range mutantRounds {
				if err := history(t, m, uint64(round)); err != nil {
					t.Logf("caught in history %d: %s", round, strings.SplitN(err.Error(), ":", 3)[1])
					return
				}
			}
			t.Fatalf("not caught in %d histories", mutantRounds)
		})
	}
}

// history runs two nodes on one database.
func history(t *testing.T, m mutant, seed uint64) error {
	base := &shared{memory: newMemory(), mutant: m}
	var doors []ledger.Ledger
	for range 2 {
		w := newWriter(base, fixed, linearLag, func([]store.Event) {})
		defer w.close()
		n := node{base, w}
		if m.wrap != nil {
			doors = append(doors, m.wrap(n))
		} else {
			doors = append(doors, n)
		}
	}
	return ledgertest.CheckLinear(t.Context(), seed, "", doors...)
}

// shared is a database for several nodes.
type shared struct {
	*memory
	mutant
	lock  sync.Mutex // from the beginning of a writing transaction to its end
	guard sync.Mutex // while the memory is touched
	late  *Changes   // answered and not yet stored
}

type sharedTx struct {
	*shared
	done bool
}

func (s *shared) Begin(context.Context) (Tx, error) {
	if !s.unlock {
		s.lock.Lock()
	}
	return &sharedTx{shared: s}, nil
}

func (s *shared) Close() error { return nil }

// Glance makes each writer's first look one without the lock.
func (s *shared) Glance(ctx context.Context, since int64) (*Have, error) {
	s.guard.Lock()
	defer s.guard.Unlock()
	return s.memory.Load(ctx, &Need{Since: since})
}

func (t *sharedTx) Rollback() {
	if !t.done && !t.unlock {
		t.lock.Unlock()
	}
	t.done = true
}

func (t *sharedTx) Load(ctx context.Context, n *Need) (*Have, error) {
	t.guard.Lock()
	defer t.guard.Unlock()
	t.flush()
	h, err := t.memory.Load(ctx, n)
	if t.blind {
		h.Keys = map[string][]byte{}
	}
	if t.mutant.load != nil {
		t.mutant.load(n, h)
	}
	return h, err
}

func (t *sharedTx) Used(ctx context.Context, keys []string) (map[string][]byte, error) {
	t.guard.Lock()
	defer t.guard.Unlock()
	if t.blind {
		return nil, nil
	}
	return t.memory.Used(ctx, keys)
}

func (t *sharedTx) Commit(ctx context.Context, c *Changes) error {
	runtime.Gosched()
	t.guard.Lock()
	defer t.guard.Unlock()
	if t.mutant.commit != nil {
		t.mutant.commit(c)
	}
	if t.early {
		t.late = c
		return nil
	}
	if t.blind {
		t.memory.keys = map[string][]byte{}
	}
	return t.memory.Commit(ctx, c)
}

func (s *shared) flush() {
	if s.late != nil {
		s.memory.store(s.late)
		s.late = nil
	}
}

// node is one node's door: it writes through its writer and reads what is stored.
type node struct {
	*shared
	w *writer
}

func (n node) Open(ctx context.Context, account, currency string, overdraft bool) error {
	return n.w.do(ctx, newOpen(&ledger.Account{ID: account, Currency: currency, Overdraft: overdraft}))
}

func (n node) Post(ctx context.Context, p ledger.Posting) error {
	r, err := newPosting(&p)
	if err != nil {
		return err
	}
	return n.w.do(ctx, r)
}

func (n node) Balance(ctx context.Context, account string) (ledger.Balance, error) {
	n.guard.Lock()
	defer n.guard.Unlock()
	b := newBooks(MaxTail)
	have, err := n.memory.Load(ctx, &Need{Known: b.known, Accounts: []string{account}})
	if err == nil {
		err = b.learn(have)
	}
	if err != nil {
		return ledger.Balance{}, fault.New(fault.Internal, "%w", err)
	}
	a := b.accounts[account]
	return ledger.Balance{Account: a.ID, Posted: a.Posted, Reserved: a.Reserved}, nil
}

func (n node) HoldOf(_ context.Context, id string) (ledger.HoldInfo, error) {
	n.guard.Lock()
	defer n.guard.Unlock()
	h, ok := n.memory.holds[id]
	if !ok {
		return ledger.HoldInfo{}, fault.New(fault.NotFound, "no hold %q", id)
	}
	return ledger.HoldInfo{ID: id, Captured: h.Captured, Refunded: h.Refunded, State: h.State}, nil
}

func (n node) Statement(context.Context, string, int64, int) ([]ledger.Entry, error) { return nil, nil }
func (n node) Verify(context.Context) error                                          { return nil }

// unlinked posts the legs of a posting one after the other.
type unlinked struct{ node }

func (u unlinked) Post(ctx context.Context, p ledger.Posting) error {
	for i, l := range p.Legs {
		one := p
		one.Legs = []ledger.Leg{l}
		if i > 0 {
			one.Key = fmt.Sprint(p.Key, "/", i)
		}
		if err := u.node.Post(ctx, one); err != nil {
			return err
		}
	}
	return nil
}

// checker asks whether there is enough and then takes it from an account that may be overdrawn.
type checker struct{ node }

func (c checker) Open(ctx context.Context, account, currency string, _ bool) error {
	return c.node.Open(ctx, account, currency, true)
}

func (c checker) Post(ctx context.Context, p ledger.Posting) error {
	for _, l := range p.Legs {
		if l.From == "ann" {
			b, err := c.Balance(ctx, "ann")
			if err != nil {
				return err
			}
			if b.Available() < l.Amount.Minor {
				return fault.New(fault.Funds, "not enough %s", money.CNY)
			}
			runtime.Gosched()
		}
	}
	return c.node.Post(ctx, p)
}
