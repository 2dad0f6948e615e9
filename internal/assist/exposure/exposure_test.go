package exposure_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist/exposure"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/store/open"
	"github.com/bangwo/bangwo/internal/store/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var today = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// onBoth runs a test on either database.
func onBoth(t *testing.T, run func(t *testing.T, s store.Store)) {
	for name, where := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "x.db") },
		"postgres": func(t *testing.T) string { return pgtest.Database(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := open.Open(t.Context(), where(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			run(t, db)
		})
	}
}

func keep(t *testing.T, s store.Store, turn string, try int, at time.Time, all ...catalog.Exposure) {
	t.Helper()
	if err := s.Commit(t.Context(), store.Write{Puts: exposure.Puts(turn, try, at, all)}); err != nil {
		t.Fatal(err)
	}
}

func of(goal, service string, rank int, standing catalog.Standing) catalog.Exposure {
	return catalog.Exposure{Goal: goal, Words: "三杯拿铁", Service: service, Rank: rank, Of: 2, Standing: standing, By: catalog.ChosenByFit,
		Fit: catalog.Fit{Score: 7.5, Points: 5, Cover: 1, Trade: 0.25, By: []string{"latte", "杯"}}}
}

// list is what a query finds, as turn/try/goal/rank=service.
func list(t *testing.T, s store.Store, q exposure.Query) (string, exposure.Page) {
	t.Helper()
	page, err := exposure.Book{Store: s}.List(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range page.Exposures {
		out = append(out, r.ID+"="+r.Service)
	}
	return strings.Join(out, " "), page
}

func TestExposuresAreFoundAgain(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s store.Store) {
		keep(t, s, "t1", 0, today, of("g1", "a", 1, catalog.StandingChosen), of("g1", "b", 2, catalog.StandingPassed), of("g2", "c", 1, catalog.StandingChosen))
		keep(t, s, "t1", 1, today, of("g1", "b", 1, catalog.StandingChosen))
		keep(t, s, "t10", 0, today, of("g1", "b", 1, catalog.StandingChosen))
		keep(t, s, "t2", 0, today, of("g1", "a", 1, catalog.StandingOffered), of("g1", "b", 2, catalog.StandingOffered))
		keep(t, s, "t2", 0, today, of("g1", "a", 1, catalog.StandingOffered), of("g1", "b", 2, catalog.StandingChosen))
		for _, c := range []struct {
			q    exposure.Query
			want string
		}{
			{exposure.Query{Turn: "t1"}, "t1/0/g1/01=a t1/0/g1/02=b t1/0/g2/01=c t1/1/g1/01=b"},
			{exposure.Query{Turn: "t1", Service: "b"}, "t1/0/g1/02=b t1/1/g1/01=b"},
			{exposure.Query{Turn: "t"}, ""},
			{exposure.Query{Turn: "t1", After: "t1/0/g1/02", Limit: 1}, "t1/0/g2/01=c"},
			{exposure.Query{Service: "b"}, "t2/0/g1/02=b t10/0/g1/01=b t1/0/g1/02=b t1/1/g1/01=b"},
			{exposure.Query{Limit: 3}, "t2/0/g1/01=a t2/0/g1/02=b t10/0/g1/01=b"},
			{exposure.Query{Service: "nobody"}, ""},
		} {
			if got, _ := list(t, s, c.q); got != c.want {
				t.Errorf("%+v: %s, want %s", c.q, got, c.want)
			}
		}
		seen, after := 0, ""
		for pages := 0; pages < 10; pages++ {
			_, page := list(t, s, exposure.Query{Limit: 2, After: after})
			seen += len(page.Exposures)
			if after = page.Next; after == "" {
				break
			}
		}
		if seen != 7 {
			t.Errorf("%d exposures on all pages, want 7", seen)
		}
		_, page := list(t, s, exposure.Query{Turn: "t2", Service: "b"})
		r := page.Exposures[0]
		if r.Standing != catalog.StandingChosen || r.Fit.Score != 7.5 || r.Fit.By[1] != "杯" || !r.At.Equal(today) || r.Words != "三杯拿铁" || r.Of != 2 {
			t.Errorf("kept is %+v", r)
		}
	})
}

func TestExposuresAreBoundedAndSwept(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s store.Store) {
		var many []catalog.Exposure
		for i := range 2 * exposure.MaxOfThought {
			e := of(fmt.Sprint("g", i/8), fmt.Sprint("s", i), 1, catalog.StandingPassed)
			e.Words = strings.Repeat("长", 2*exposure.MaxWords)
			many = append(many, e)
		}
		keep(t, s, "big", 0, today, many...)
		_, page := list(t, s, exposure.Query{Turn: "big"})
		if n := len(page.Exposures); n != exposure.MaxOfThought {
			t.Errorf("%d exposures are kept of one thought", n)
		}
		if n := len([]rune(page.Exposures[0].Words)); n != exposure.MaxWords {
			t.Errorf("%d characters of a goal's words are kept", n)
		}
		keep(t, s, "old", 0, today.AddDate(0, 0, -exposure.Keep), of("g1", "a", 1, catalog.StandingChosen))
		keep(t, s, "young", 0, today.AddDate(0, 0, 1-exposure.Keep), of("g1", "a", 1, catalog.StandingChosen))
		if err := (exposure.Book{Store: s, Now: func() time.Time { return today }}).Sweep(t.Context(), 3); err != nil {
			t.Fatal(err)
		}
		if got, _ := list(t, s, exposure.Query{Service: "a"}); got != "young/0/g1/01=a" {
			t.Errorf("left are %s", got)
		}
		for _, q := range []exposure.Query{{Turn: "a/b"}, {Limit: -1}, {Limit: exposure.MaxList + 1}} {
			if _, err := (exposure.Book{Store: s}).List(t.Context(), q); fault.CodeOf(err) != fault.Invalid {
				t.Errorf("%+v: %v", q, err)
			}
		}
	})
}

func TestReasonsAreTold(t *testing.T) {
	t.Parallel()
	chosen := exposure.Record{Exposure: of("g1", "a", 1, catalog.StandingChosen)}
	for lang, want := range map[string][]string{"en": {"how well", "1 of 2", "7.50", "latte 杯", "100%", "25%"}, "zh": {"匹配", "第 1 名", "7.50", "latte 杯", "25%"}} {
		for _, w := range want {
			if got := chosen.Tell(lang); !strings.Contains(got, w) {
				t.Errorf("%s: %q lacks %q", lang, got, w)
			}
		}
		for _, standing := range []catalog.Standing{catalog.StandingOffered, catalog.StandingUnable, catalog.StandingPassed, catalog.StandingChosen} {
			for _, by := range []catalog.Chooser{catalog.ChosenByFit, catalog.ChosenByPerson, catalog.ChosenByModel, catalog.ChosenByEarlier} {
				r := exposure.Record{Exposure: catalog.Exposure{Standing: standing, By: by}}
				if got := r.Tell(lang); strings.Contains(got, "exposure.") || strings.Contains(got, "0") {
					t.Errorf("%s %s by %s: %q", lang, standing, by, got)
				}
			}
		}
	}
}
