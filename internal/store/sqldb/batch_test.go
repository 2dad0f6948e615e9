package sqldb

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/ledger/ledgertest"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/store"
	"pgregory.net/rapid"
)

var start = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// still is a writer without its goroutine, so that a test makes the batches.
func still(m *memory, clock func() time.Time) *writer {
	return &writer{driver: m, clock: clock, after: func([]store.Event) {}, number: 1, books: newBooks(MaxTail), stop: make(chan struct{})}
}

func post(t interface{ Fatal(...any) }, p ledger.Posting) *request {
	r, err := newPosting(&p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func fixed() time.Time { return start }

// Whatever way postings fall into batches, each is decided as if it had come alone.
func TestBatchesDecideAsTheModelDoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := start
		m := newMemory()
		w := still(m, func() time.Time { return now })
		w.books.lag = rapid.Int64Range(0, 20).Draw(t, "lag")
		d := ledgertest.Drawer{Model: ledgertest.New(now)}
		d.Open()
		var batch []*request
		for _, a := range d.Accounts() {
			batch = append(batch, newOpen(&ledger.Account{ID: a, Currency: d.Currency(a), Overdraft: d.Model.Accounts[a].Overdraft}))
		}
		wants := make([]fault.Code, len(batch))
		for _, p := range d.Fund(t) {
			batch, wants = append(batch, post(t, p)), append(wants, d.Model.Post(p))
		}
		for range rapid.IntRange(1, 6).Draw(t, "batches") {
			for range rapid.IntRange(1, 30).Draw(t, "size") {
				p := d.Posting(t)
				batch, wants = append(batch, post(t, p)), append(wants, d.Model.Post(p))
			}
			w.commit(batch)
			for i, r := range batch {
				if got := fault.CodeOf(<-r.done); got != wants[i] {
					t.Fatalf("request %d %+v: got %q, the model says %q", i, r.posting, got, wants[i])
				}
			}
			compare(t, m, w, d)
			batch, wants = batch[:0], wants[:0]
			now = now.Add(time.Duration(rapid.IntRange(0, 2).Draw(t, "later")) * time.Second)
			d.Model.Now = now
		}
	})
}

// rebuilt are the accounts as a process that starts now finds them: from their rows and the entries after those.
func rebuilt(t interface{ Fatal(...any) }, m *memory) map[string]*Account {
	b := newBooks(MaxTail)
	have, _ := m.Load(context.Background(), &Need{Known: b.known, Accounts: slices.Collect(maps.Keys(m.accounts))})
	if err := b.learn(have); err != nil {
		t.Fatal(err)
	}
	return b.accounts
}

func compare(t *rapid.T, m *memory, w *writer, d ledgertest.Drawer) {
	accounts := rebuilt(t, m)
	for id, want := range accounts {
		if have := w.books.accounts[id]; have != nil && (have.Posted != want.Posted || have.Reserved != want.Reserved || have.Last != want.Last || have.Entries != want.Entries) {
			t.Fatalf("%s is remembered as %+v and rebuilt as %+v", id, have, want)
		}
	}
	if w.books.tail.end()-w.books.tail.from > w.books.lag {
		t.Fatalf("the tail holds the entries from %d to %d", w.books.tail.from, w.books.tail.end())
	}
	sums := map[string]int64{}
	for id, want := range d.Model.Accounts {
		if got := accounts[id]; got.Posted != want.Posted || got.Reserved != d.Model.Reserved(id) {
			t.Fatalf("%s has %d/%d, the model says %d/%d", id, got.Posted, got.Reserved, want.Posted, d.Model.Reserved(id))
		}
		sums[want.Currency] += accounts[id].Posted
	}
	for currency, sum := range sums {
		if sum != 0 {
			t.Fatalf("%s sums to %d", currency, sum)
		}
	}
	for id, h := range d.Model.Holds {
		got := m.holds[id]
		if got.State != d.Model.State(h) || got.Captured != h.Captured || got.Refunded != h.Refunded {
			t.Fatalf("hold %s is %+v, the model says %+v", id, got, h)
		}
	}
	if len(m.holds) != len(d.Model.Holds) {
		t.Fatalf("%d holds, the model has %d", len(m.holds), len(d.Model.Holds))
	}
}

// rich is a memory in which ann has so much, and the world the rest.
func rich(t *testing.T, minor int64) (*memory, *writer) {
	m := newMemory()
	w := still(m, fixed)
	requests := []*request{
		newOpen(&ledger.Account{ID: "world", Currency: money.CNY, Overdraft: true}),
		newOpen(&ledger.Account{ID: "ann", Currency: money.CNY}), newOpen(&ledger.Account{ID: "bob", Currency: money.CNY}),
		post(t, pay("fund", "world", "ann", minor)),
	}
	w.commit(requests)
	answers(t, requests, "", "", "", "")
	return m, w
}

func pay(key, from, to string, minor int64) ledger.Posting {
	return ledger.Posting{Key: key, Op: ledger.Transfer, Legs: []ledger.Leg{{From: from, To: to, Amount: money.Of(minor, money.CNY)}}}
}

func answers(t *testing.T, requests []*request, codes ...fault.Code) {
	t.Helper()
	for i, r := range requests {
		if got := fault.CodeOf(<-r.done); got != codes[i] {
			t.Fatalf("request %d: got %q, want %q", i, got, codes[i])
		}
	}
}

// A sum over the batch would hide this: ann ends above zero and would have been below on the way.
func TestOverdraftInTheMiddleOfABatchIsDeclined(t *testing.T) {
	t.Parallel()
	m, w := rich(t, 10)
	requests := []*request{
		post(t, pay("1", "ann", "bob", 6)), post(t, pay("2", "ann", "bob", 6)), post(t, pay("3", "world", "ann", 100)), post(t, pay("4", "ann", "bob", 6)),
	}
	w.commit(requests)
	answers(t, requests, "", fault.Funds, "", "")
	if rebuilt(t, m)["ann"].Posted != 98 || rebuilt(t, m)["bob"].Posted != 12 {
		t.Fatalf("got %+v", rebuilt(t, m))
	}
}

// A row is written once for a batch however often its account moved, and not before its oldest unknown entry is old.
func TestBalanceWritesAreCoalesced(t *testing.T) {
	t.Parallel()
	m, w := rich(t, 5000)
	w.books.lag = 500
	var rows []int
	m.fail = func(_ int, c *Changes) (error, bool) { rows = append(rows, len(c.Accounts)); return nil, false }
	for batch := range 4 {
		var requests []*request
		for i := range 300 {
			requests = append(requests, post(t, pay(fmt.Sprint(batch, "/", i), "ann", "bob", 1)))
		}
		w.commit(requests)
	}
	if !slices.Equal(rows, []int{0, 2, 0, 2}) || rebuilt(t, m)["bob"].Posted != 1200 {
		t.Fatalf("%d rows were written, bob has %d", rows, rebuilt(t, m)["bob"].Posted)
	}
}

func TestOneRequestThatTheDatabaseRefusesHarmsNoOther(t *testing.T) {
	t.Parallel()
	m, w := rich(t, 100)
	m.fail = func(_ int, c *Changes) (error, bool) {
		for _, p := range c.Entries {
			if p.Key == "poison" {
				return fateError(Broken), false
			}
		}
		return nil, false
	}
	requests := []*request{post(t, pay("1", "ann", "bob", 1)), post(t, pay("poison", "ann", "bob", 1)), post(t, pay("2", "ann", "bob", 1))}
	w.commit(requests)
	answers(t, requests, "", fault.Internal, "")
	if rebuilt(t, m)["bob"].Posted != 2 {
		t.Fatalf("bob has %d", rebuilt(t, m)["bob"].Posted)
	}
}

// The connection goes while COMMIT is under way: the batch is looked up, never written twice and never lost.
func TestUnknownOutcomeIsResolved(t *testing.T) {
	t.Parallel()
	for _, happened := range []bool{true, false} {
		m, w := rich(t, 100)
		first := m.commits
		m.fail = func(n int, _ *Changes) (error, bool) {
			if n == first+1 {
				return fateError(Unknown), happened
			}
			return nil, false
		}
		var woken int
		w.after = func(events []store.Event) { woken += len(events) }
		event, err := newWrite(&store.Write{Events: []store.Append{{Stream: "s", Type: "t", Data: json.RawMessage(`1`)}}})
		if err != nil {
			t.Fatal(err)
		}
		requests := []*request{post(t, pay("1", "ann", "bob", 60)), post(t, pay("2", "ann", "bob", 60)), event}
		w.commit(requests)
		answers(t, requests, "", fault.Funds, "")
		if rebuilt(t, m)["bob"].Posted != 60 || len(m.events["s"]) != 1 || woken != 1 {
			t.Fatalf("happened=%t: bob has %d, %d events, %d told", happened, rebuilt(t, m)["bob"].Posted, len(m.events["s"]), woken)
		}
		again := []*request{post(t, pay("3", "ann", "bob", 1))}
		w.commit(again)
		answers(t, again, "")
	}
}

func TestBadLuckIsTriedAgain(t *testing.T) {
	t.Parallel()
	m, w := rich(t, 100)
	first := m.commits
	m.fail = func(n int, _ *Changes) (error, bool) {
		if n <= first+3 {
			return fateError(Again), false
		}
		return nil, false
	}
	requests := []*request{post(t, pay("1", "ann", "bob", 60))}
	w.commit(requests)
	answers(t, requests, "")
	if rebuilt(t, m)["bob"].Posted != 60 {
		t.Fatalf("bob has %d", rebuilt(t, m)["bob"].Posted)
	}
}

// After a failed fsync nothing is known of the file: acknowledging anything more would be a lie.
func TestFailedStorageStopsTheWriter(t *testing.T) {
	t.Parallel()
	m, w := rich(t, 100)
	m.fail = func(int, *Changes) (error, bool) { return fateError(Dead), false }
	requests := []*request{post(t, pay("1", "ann", "bob", 1)), post(t, pay("2", "ann", "bob", 1))}
	w.commit(requests)
	answers(t, requests, fault.Unavailable, fault.Unavailable)
	m.fail = nil
	requests = []*request{post(t, pay("3", "ann", "bob", 1))}
	w.commit(requests)
	answers(t, requests, fault.Unavailable)
	if rebuilt(t, m)["bob"].Posted != 0 {
		t.Fatalf("bob has %d", rebuilt(t, m)["bob"].Posted)
	}
}

// Nobody is answered before the commit: the answer is the promise.
func TestNoAnswerBeforeCommit(t *testing.T) {
	t.Parallel()
	m, w := rich(t, 100)
	requests := []*request{post(t, pay("1", "ann", "bob", 1))}
	m.fail = func(int, *Changes) (error, bool) {
		if len(requests[0].done) != 0 {
			t.Error("answered before the commit")
		}
		return nil, false
	}
	w.commit(requests)
	answers(t, requests, "")
}

// Requests that queue up while a commit is under way share the next one; none is left out, and a large one goes alone.
func TestCollectTakesWhatIsThereWithinBounds(t *testing.T) {
	t.Parallel()
	w := still(newMemory(), fixed)
	w.queue = make(chan *request, maxQueue)
	big := json.RawMessage(`"` + fmt.Sprintf("%0*d", store.MaxRecord-2, 0) + `"`)
	for range 20 {
		r, err := newWrite(&store.Write{Events: []store.Append{{Stream: "s", Type: "t", Data: big}}})
		if err != nil {
			t.Fatal(err)
		}
		w.queue <- r
	}
	for range MaxBatch {
		w.queue <- newSweep()
	}
	total := 0
	for total < 20+MaxBatch {
		batch := w.collect()
		bytes := 0
		for _, r := range batch {
			bytes += r.size()
		}
		if len(batch) > MaxBatch || bytes > MaxBatchBytes {
			t.Fatalf("a batch of %d requests, %d bytes", len(batch), bytes)
		}
		total += len(batch)
	}
	close(w.stop)
	if w.collect() != nil || total != 20+MaxBatch {
		t.Fatalf("%d requests came out", total)
	}
}

// A caller that gave up in the queue is not written; one that gave up later learns that it may have been.
func TestGivingUp(t *testing.T) {
	t.Parallel()
	w := still(newMemory(), fixed)
	w.queue = make(chan *request, maxQueue)
	gone, kept := newSweep(), newSweep()
	gone.taken.Store(true)
	w.queue <- gone
	w.queue <- kept
	if batch := w.collect(); len(batch) != 1 || batch[0] != kept {
		t.Fatalf("collected %d requests", len(batch))
	}
}

func TestClosingAnswersEverybody(t *testing.T) {
	t.Parallel()
	w := newWriter(newMemory(), fixed, MaxTail, func([]store.Event) {})
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			if err := w.do(t.Context(), newSweep()); err != nil && !fault.Is(err, fault.Unavailable) {
				t.Error(err)
			}
		})
	}
	w.close()
	wg.Wait()
	if err := w.do(t.Context(), newSweep()); !fault.Is(err, fault.Unavailable) {
		t.Fatalf("got %v", err)
	}
}
