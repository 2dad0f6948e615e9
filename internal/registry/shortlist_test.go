package registry_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/catalog/search"
	"github.com/bangwo/bangwo/internal/registry"
	"github.com/bangwo/bangwo/internal/store"
)

// reader reads names word by word.
type reader struct{}

func (reader) Parts(s catalog.Service) []search.Part {
	var p search.Part
	for _, w := range strings.Fields(s.Name) {
		p = append(p, search.Word{Feature: w, Weight: 2})
	}
	return []search.Part{p}
}

func (reader) Questions(text, place string) []search.Question {
	var q search.Question
	for _, w := range strings.Fields(text) {
		q.Wants = append(q.Wants, search.Want{Feature: w, Factor: 1})
	}
	return []search.Question{q}
}

// counting counts the records that were read from a store.
type counting struct {
	store.Store
	mu   sync.Mutex
	read int
}

func (c *counting) List(ctx context.Context, q store.Query) ([]store.Record, error) {
	recs, err := c.Store.List(ctx, q)
	c.mu.Lock()
	c.read += len(recs)
	c.mu.Unlock()
	return recs, err
}

func (c *counting) since() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.read
	c.read = 0
	return n
}

// fill stores services as another node would: "shop 17 colour-3".
func fill(t *testing.T, st store.Store, from, n int) {
	t.Helper()
	for at := from; at < from+n; at += store.MaxWrite / 2 {
		var w store.Write
		for i := at; i < min(at+store.MaxWrite/2, from+n); i++ {
			id := fmt.Sprintf("shop-%05d", i)
			svc := catalog.Service{ID: id, Name: fmt.Sprintf("shop number-%d colour-%d", i, i%100)}
			w.Puts = append(w.Puts, store.Put{Kind: "service", ID: id, Data: catalog.MustJSON(svc), Expect: store.AnyVersion})
			w.Events = append(w.Events, store.Append{Stream: "services", Type: "saved", Data: json.RawMessage(fmt.Sprintf(`{"id":%q}`, id))})
		}
		if err := st.Commit(t.Context(), w); err != nil {
			t.Fatal(err)
		}
	}
}

func ids(l catalog.Shortlist) []string {
	var out []string
	for _, s := range l.Services {
		out = append(out, s.ID)
	}
	return out
}

func TestFewServicesAreAllLookedAt(t *testing.T) {
	t.Parallel()
	st := database(t)
	fill(t, st, 0, search.Few)
	r := registry.New(st, nil, nil)
	r.ReadWith(reader{})
	l := r.Shortlist(t.Context(), catalog.Wanted{Texts: []string{"colour-3"}})
	if len(l.Services) != search.Few || l.Spread != nil || !slices.IsSorted(ids(l)) {
		t.Errorf("%d services are listed of %d", len(l.Services), search.Few)
	}
	fill(t, st, search.Few, 1)
	l = r.Shortlist(t.Context(), catalog.Wanted{Texts: []string{"colour-3"}})
	if got := ids(l); len(got) != 2 || l.Spread == nil || l.Spread.Total() != search.Few+1 || l.Spread.Having("colour-3") != 2 {
		t.Errorf("one more than few: %v", got)
	}
}

// TestASentenceLoadsFewServices: what is read from the store for a sentence does not grow with the catalogue, and a change costs one service.
func TestASentenceLoadsFewServices(t *testing.T) {
	t.Parallel()
	st := &counting{Store: database(t)}
	const many = registry.MaxHeld + 1500
	fill(t, st, 0, many)
	r := registry.New(st, nil, nil)
	r.ReadWith(reader{})
	if n, err := r.Count(t.Context()); n != many || err != nil {
		t.Fatalf("%d services, %v", n, err)
	}
	st.since()
	l := r.Shortlist(t.Context(), catalog.Wanted{Texts: []string{"number-7", "colour-33"}, Also: []string{"shop-00009", "gone"}})
	got := ids(l)
	if got[0] != "shop-00009" || !slices.Contains(got, "shop-00007") || slices.Contains(got, "shop-00008") {
		t.Errorf("listed %v", got)
	}
	if n := st.since(); n > search.MaxShort {
		t.Errorf("%d services were read for a sentence", n)
	}
	if l := r.Shortlist(t.Context(), catalog.Wanted{Texts: []string{"spaceship"}}); len(l.Services) == 0 || len(l.Services) > search.MaxShort {
		t.Errorf("%d services are named where none fits", len(l.Services))
	}
	st.since()
	fill(t, st, many, 1)
	if got := ids(r.Shortlist(t.Context(), catalog.Wanted{Texts: []string{fmt.Sprint("number-", many)}})); !slices.Contains(got, fmt.Sprintf("shop-%05d", many)) {
		t.Errorf("a new service is not found: %v", got)
	}
	if n := st.since(); n > search.MaxShort+1 {
		t.Errorf("%d services were read for one that is new", n)
	}
	if _, err := r.Get(t.Context(), "shop-00000"); err != nil {
		t.Errorf("a service that is not in memory: %v", err)
	}
	if err := r.Remove(t.Context(), "shop-00007"); err != nil {
		t.Fatal(err)
	}
	if got := ids(r.Shortlist(t.Context(), catalog.Wanted{Texts: []string{"number-7"}, Also: []string{"shop-00007"}})); slices.Contains(got, "shop-00007") {
		t.Error("a service is listed that was removed")
	}
	if all, err := r.List(t.Context()); err != nil || len(all) != registry.MaxListed {
		t.Errorf("%d services in one list, %v", len(all), err)
	}
	n := 0
	for _, err := range r.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != many {
		t.Errorf("%d of %d services", n, many)
	}
}

// TestNodesListTheSame: a node that was there from the start and one that came later list the same services in the same order.
func TestNodesListTheSame(t *testing.T) {
	t.Parallel()
	st := database(t)
	old := registry.New(st, nil, nil)
	old.ReadWith(reader{})
	for i := range 6 {
		fill(t, st, i*70, 70)
		_ = old.Shortlist(t.Context(), catalog.Wanted{Texts: []string{"shop"}})
	}
	for _, id := range []string{"shop-00003", "shop-00100", "shop-00419"} {
		if err := old.Remove(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	fill(t, st, 100, 1) // it comes back
	young := registry.New(st, nil, nil)
	young.ReadWith(reader{})
	for _, text := range []string{"shop", "colour-5", "shop colour-3", "number-100"} {
		w := catalog.Wanted{Texts: []string{text}}
		if a, b := ids(old.Shortlist(t.Context(), w)), ids(young.Shortlist(t.Context(), w)); !slices.Equal(a, b) || len(a) == 0 {
			t.Errorf("%s: the old node lists %v, the young one %v", text, a, b)
		}
	}
}
