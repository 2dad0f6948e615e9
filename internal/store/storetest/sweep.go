package storetest

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/bangwo/bangwo/internal/store"
)

// days fills a kind with one record for each of some days back, and more than one write's worth on the fifth.
func days(t *testing.T, g Target, kind string) {
	t.Helper()
	var w store.Write
	add := func(day int, id string) {
		w.Puts = append(w.Puts, store.Put{Kind: kind, ID: id, Owner: "o", Group: store.Day(g.Clock.Now().AddDate(0, 0, -day)), Data: json.RawMessage(`{}`)})
		if len(w.Puts) == store.MaxWrite {
			ok(t, g.Store.Commit(t.Context(), w))
			w = store.Write{}
		}
	}
	for day := range 10 {
		add(day, fmt.Sprintf("d%d", day))
	}
	for i := range store.MaxWrite + 1 {
		add(5, fmt.Sprintf("d5/%03d", i))
	}
	ok(t, g.Store.Commit(t.Context(), w))
}

func left(t *testing.T, g Target, kind string) string {
	t.Helper()
	recs, err := g.Store.List(t.Context(), store.Query{Kind: kind})
	ok(t, err)
	var ids []string
	for _, r := range recs {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}

func sweptByDay(t *testing.T, g Target) {
	days(t, g, "k")
	days(t, g, "other")
	before := left(t, g, "other")
	ok(t, store.SweepDays(t.Context(), g.Store, "k", g.Clock.Now(), 4, 3))
	if got := left(t, g, "k"); got != "d0 d1 d2 d3 d7 d8 d9" {
		t.Errorf("left are %s", got)
	}
	if got := left(t, g, "other"); got != before {
		t.Errorf("of another kind %s are left", got)
	}
}

func sweptTwice(t *testing.T, g Target) {
	days(t, g, "k")
	second, _ := g.Reopen(t, true)
	var both sync.WaitGroup
	for _, s := range []store.Store{g.Store, second} {
		both.Go(func() {
			if err := store.SweepDays(t.Context(), s, "k", g.Clock.Now(), 2, 8); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if got := left(t, g, "k"); got != "d0 d1" {
		t.Errorf("left are %s", got)
	}
}
