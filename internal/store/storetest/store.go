package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

var storeScenarios = []scenario{
	{"a record is written, changed by version, deleted", recordLife},
	{"a conflict writes nothing of its write", conflictWritesNothing},
	{"several puts of one record in one write count up", severalPuts},
	{"list filters, orders and pages", listPages},
	{"as many records as a list may have are listed by their ids", listByIDs},
	{"events are numbered without gaps", eventsNumbered},
	{"one of many rivals wins a version", rivals},
	{"malformed writes are refused alone", malformed},
	{"records of past days are swept", sweptByDay},
	{"records of past days are swept in the face of another sweeper", sweptTwice},
	{"watchers wake", watchersWake},
	{"what was committed survives reopening", reopening},
	{"a closed store refuses", closedRefuses},
	{"a cancelled caller changes nothing", cancelled},
}

func put(kind, id, data string, expect int64) store.Write {
	return store.Write{Puts: []store.Put{{Kind: kind, ID: id, Data: json.RawMessage(data), Expect: expect}}}
}

func recordLife(t *testing.T, g Target) {
	ctx, s := t.Context(), g.Store
	_, err := s.Get(ctx, "turn", "a")
	want(t, err, fault.NotFound)
	ok(t, s.Commit(ctx, put("turn", "a", `{"x": 1, "词":"帮我"}`, 0)))
	want(t, s.Commit(ctx, put("turn", "a", `2`, 0)), fault.Conflict)
	r, err := s.Get(ctx, "turn", "a")
	ok(t, err)
	if r.Version != 1 || string(r.Data) != `{"x": 1, "词":"帮我"}` || !r.Updated.Equal(g.Clock.Now()) {
		t.Fatalf("got %+v", r)
	}
	ok(t, s.Commit(ctx, put("turn", "a", `2`, 1)))
	want(t, s.Commit(ctx, put("turn", "a", `3`, 1)), fault.Conflict)
	ok(t, s.Commit(ctx, put("turn", "a", `4`, store.AnyVersion)))
	r, err = s.Get(ctx, "turn", "a")
	ok(t, err)
	if r.Version != 3 || string(r.Data) != `4` {
		t.Fatalf("got %+v", r)
	}
	gone := store.Write{Puts: []store.Put{{Kind: "turn", ID: "a", Expect: 2, Delete: true}}}
	want(t, s.Commit(ctx, gone), fault.Conflict)
	gone.Puts[0].Expect = 3
	ok(t, s.Commit(ctx, gone))
	_, err = s.Get(ctx, "turn", "a")
	want(t, err, fault.NotFound)
	ok(t, s.Commit(ctx, put("turn", "a", `5`, 0)))
}

func conflictWritesNothing(t *testing.T, g Target) {
	ctx, s := t.Context(), g.Store
	ok(t, s.Commit(ctx, put("k", "b", `1`, 0)))
	w := store.Write{
		Puts:   []store.Put{{Kind: "k", ID: "a", Data: json.RawMessage(`1`)}, {Kind: "k", ID: "b", Data: json.RawMessage(`2`), Expect: 7}},
		Events: []store.Append{{Stream: "s", Type: "t", Data: json.RawMessage(`1`)}},
	}
	want(t, s.Commit(ctx, w), fault.Conflict)
	_, err := s.Get(ctx, "k", "a")
	want(t, err, fault.NotFound)
	if events, err := s.Events(ctx, "s", 0, 0); err != nil || len(events) != 0 {
		t.Fatalf("got %v, %v", events, err)
	}
}

func severalPuts(t *testing.T, g Target) {
	ctx, s := t.Context(), g.Store
	w := store.Write{Puts: []store.Put{
		{Kind: "k", ID: "a", Data: json.RawMessage(`1`), Expect: 0},
		{Kind: "k", ID: "a", Data: json.RawMessage(`2`), Expect: 1},
	}}
	ok(t, s.Commit(ctx, w))
	r, err := s.Get(ctx, "k", "a")
	ok(t, err)
	if r.Version != 2 || string(r.Data) != `2` {
		t.Fatalf("got %+v", r)
	}
	w.Puts[0].Expect, w.Puts[1].Expect = 2, 2
	want(t, s.Commit(ctx, w), fault.Conflict)
}

func listPages(t *testing.T, g Target) {
	ctx, s := t.Context(), g.Store
	var w store.Write
	for i, id := range []string{"A", "a", "b", "Z", "中", "_"} {
		owner, group := "me", "g1"
		if i%2 == 1 {
			owner = "you"
		}
		if i > 2 {
			group = "g2"
		}
		w.Puts = append(w.Puts, store.Put{Kind: "k", ID: id, Owner: owner, Group: group, Data: json.RawMessage(`{}`)})
	}
	ok(t, s.Commit(ctx, w))
	for _, c := range []struct {
		q    store.Query
		want string
	}{
		{store.Query{Kind: "k"}, "A Z _ a b 中"},
		{store.Query{Kind: "k", Descending: true}, "中 b a _ Z A"},
		{store.Query{Kind: "k", After: "_", Limit: 2}, "a b"},
		{store.Query{Kind: "k", After: "b", Descending: true, Limit: 2}, "a _"},
		{store.Query{Kind: "k", Owner: "me"}, "A b 中"},
		{store.Query{Kind: "k", Owner: "you", Group: "g2"}, "Z _"},
		{store.Query{Kind: "k", Group: "g1"}, "A a b"},
		{store.Query{Kind: "k", IDs: []string{"中", "b", "A", "b", "not there", ""}}, "A b 中"},
		{store.Query{Kind: "k", IDs: []string{"b", "A", "Z"}, Owner: "you", Descending: true}, "Z"},
		{store.Query{Kind: "k", IDs: []string{"b", "A", "Z"}, After: "A", Limit: 1}, "Z"},
		{store.Query{Kind: "other", IDs: []string{"A"}}, ""},
		{store.Query{Kind: "k", IDs: []string{}}, ""},
		{store.Query{Kind: "other"}, ""},
		{store.Query{Kind: "k", Owner: "nobody"}, ""},
	} {
		records, err := s.List(ctx, c.q)
		ok(t, err)
		var ids []string
		for _, r := range records {
			ids = append(ids, r.ID)
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.q, got, c.want)
		}
	}
}

func eventsNumbered(t *testing.T, g Target) {
	ctx, s := t.Context(), g.Store
	var wg sync.WaitGroup
	const writers, each = 8, 10
	for i := range writers {
		wg.Go(func() {
			for j := range each {
				data := json.RawMessage(fmt.Sprintf(`"%d/%d"`, i, j))
				w := store.Write{Events: []store.Append{{Stream: "s", Type: "a", Data: data}, {Stream: "s", Type: "b", Data: data}, {Stream: "t", Type: "c", Data: data}}}
				if err := s.Commit(ctx, w); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for stream, n := range map[string]int64{"s": 2 * writers * each, "t": writers * each} {
		var after int64
		for {
			events, err := s.Events(ctx, stream, after, 7)
			ok(t, err)
			if len(events) == 0 {
				break
			}
			for _, e := range events {
				if after++; e.Seq != after || e.Stream != stream {
					t.Fatalf("event %d of %s has number %d", after, stream, e.Seq)
				}
				if e.Type == "b" != (e.Seq%2 == 0) && stream == "s" {
					t.Fatalf("the events of one write were separated at %d", e.Seq)
				}
			}
		}
		if after != n {
			t.Fatalf("%s has %d events, want %d", stream, after, n)
		}
	}
}

func rivals(t *testing.T, g Target) {
	ctx, s := t.Context(), g.Store
	for round := range int64(5) {
		var won atomic.Int64
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				err := s.Commit(ctx, put("k", "one", fmt.Sprint(i), round))
				if err == nil {
					won.Add(1)
				} else if !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 {
			t.Fatalf("%d rivals won version %d", won.Load(), round+1)
		}
	}
}

func malformed(t *testing.T, g Target) {
	ctx, s := t.Context(), g.Store
	long := strings.Repeat("x", 600)
	big := `"` + strings.Repeat("x", store.MaxRecord) + `"`
	many := store.Write{Events: make([]store.Append, store.MaxWrite+1)}
	bad := []store.Write{
		put("", "a", `1`, 0), put("k", "", `1`, 0), put("k", long, `1`, 0), put("k", "a\x00b", `1`, 0), put("k", "\xff", `1`, 0),
		put("k", "a", `{`, 0), put("k", "a", "", 0), put("k", "a", "\"\xff\"", 0), put("k", "a", big, 0), put("k", "a", `1`, -2), many,
		{Events: []store.Append{{Stream: "", Type: "t", Data: json.RawMessage(`1`)}}},
		{Events: []store.Append{{Stream: "s", Type: "t", Data: json.RawMessage(`nope`)}}},
	}
	var wg sync.WaitGroup
	for i, w := range bad {
		wg.Go(func() {
			if err := s.Commit(ctx, w); !fault.Is(err, fault.Invalid) {
				t.Errorf("malformed write %d: got %v", i, err)
			}
		})
		wg.Go(func() {
			if err := s.Commit(ctx, put("good", fmt.Sprint(i), `"\u0000"`, 0)); err != nil {
				t.Errorf("good write %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	ok(t, s.Commit(ctx, store.Write{}))
}

func watchersWake(t *testing.T, g Target) {
	ctx, cancel := context.WithCancel(t.Context())
	s := g.Store
	woken, other := s.Watch(ctx, "s"), s.Watch(ctx, "s")
	event := store.Write{Events: []store.Append{{Stream: "s", Type: "t", Data: json.RawMessage(`1`)}}}
	var after int64
	for range 3 {
		ok(t, s.Commit(t.Context(), event))
		for before := after; after == before; { // it may fire spuriously
			<-woken
			events, err := s.Events(t.Context(), "s", after, 0)
			ok(t, err)
			after += int64(len(events))
		}
	}
	<-other
	cancel()
	for range woken { //nolint:revive // it ends when the watch ends
	}
}

func reopening(t *testing.T, g Target) {
	ctx := t.Context()
	rich(t, g.Ledger, 100, "ann", "bob")
	ok(t, g.Ledger.Post(ctx, hold("h", "h1", "ann", "bob", 40)))
	ok(t, g.Store.Commit(ctx, put("k", "a", `1`, 0)))
	s, l := g.Reopen(t, false)
	r, err := s.Get(ctx, "k", "a")
	ok(t, err)
	if r.Version != 1 {
		t.Fatalf("got %+v", r)
	}
	balance(t, l, "ann", 100, 40)
	ok(t, l.Post(ctx, end(ledgerCapture, "c", "h1", 30)))
	balance(t, l, "bob", 130, 0)
	ok(t, l.Verify(ctx))
}

func closedRefuses(t *testing.T, g Target) {
	ok(t, g.Store.Close())
	ok(t, g.Store.Close())
	want(t, g.Store.Commit(t.Context(), put("k", "a", `1`, 0)), fault.Unavailable)
}

func cancelled(t *testing.T, g Target) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for i := range 20 {
		err := g.Store.Commit(ctx, put("k", fmt.Sprint(i), `1`, 0))
		if fault.Is(err, fault.Cancelled) {
			ok(t, g.Store.Commit(t.Context(), put("k", fmt.Sprint(i), `1`, 0)))
		}
	}
}

// listByIDs lists as many ids as one call may name, few of which are there, and refuses more.
func listByIDs(t *testing.T, g Target) {
	ctx, s := t.Context(), g.Store
	var w store.Write
	var ids []string
	for i := range store.MaxList {
		ids = append(ids, fmt.Sprintf("id-%03d", i))
		if i%2 == 0 {
			w.Puts = append(w.Puts, store.Put{Kind: "k", ID: ids[i], Data: json.RawMessage(`{}`)})
		}
	}
	ok(t, s.Commit(ctx, w))
	records, err := s.List(ctx, store.Query{Kind: "k", IDs: ids})
	ok(t, err)
	if len(records) != len(w.Puts) || records[1].ID != "id-002" {
		t.Fatalf("%d records", len(records))
	}
	_, err = s.List(ctx, store.Query{Kind: "k", IDs: append(ids, "one more")})
	want(t, err, fault.Invalid)
}
