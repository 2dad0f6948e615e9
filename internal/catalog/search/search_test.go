package search_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/catalog/search"
)

var _ catalog.Spread = (*search.Index)(nil)

// say makes a part of words "feature:weight".
func say(words ...string) search.Part {
	var p search.Part
	for _, w := range words {
		var weight float64
		f, at, _ := strings.Cut(w, "@")
		if _, err := fmt.Sscan(at, &weight); err != nil {
			weight = 1
		}
		p = append(p, search.Word{Feature: f, Weight: weight})
	}
	return p
}

func ask(features ...string) search.Question {
	q := search.Question{Lot: strings.Join(features, " ")}
	for _, f := range features {
		w := search.Want{Feature: f, Factor: 1}
		if near, ok := strings.CutPrefix(f, "near "); ok {
			w = search.Want{Feature: near, Factor: 0.2, Beside: true}
		}
		q.Wants = append(q.Wants, w)
	}
	return q
}

func names(found []search.Found) string {
	var out []string
	for _, f := range found {
		out = append(out, f.Service)
	}
	return strings.Join(out, " ")
}

func put(t testing.TB, x *search.Index, service string, parts ...search.Part) {
	t.Helper()
	if err := x.Put(service, parts); err != nil {
		t.Fatal(err)
	}
}

func TestFindsWhatSaysMostOfWhatIsAsked(t *testing.T) {
	t.Parallel()
	var x search.Index
	put(t, &x, "coffee", say("coffee@3", "latte@3", "order"))
	put(t, &x, "tea", say("tea@3", "order", "coffee@0.4"))
	put(t, &x, "rides", say("ride@3", "airport"))
	put(t, &x, "mall", say("flowers@3"), say("coffee@2"))
	for _, c := range []struct{ asked, want string }{
		{"coffee", "coffee mall tea"},
		{"coffee latte", "coffee mall tea"},
		{"airport", "rides"},
		{"flowers", "mall"},
		{"spaceship", ""},
		{"spaceship ride", "rides"},
		{"near airport", ""}, // where somebody is finds nothing by itself
	} {
		q := ask(strings.Fields(c.asked)...)
		if strings.HasPrefix(c.asked, "near ") {
			q = ask(c.asked)
		}
		if got := names(x.Find(q, 10)); got != c.want {
			t.Errorf("%s: found %q, want %q", c.asked, got, c.want)
		}
	}
	if got := x.Find(ask("coffee"), 1); len(got) != 1 || got[0].Service != "coffee" {
		t.Errorf("one of %v", got)
	}
	if got := x.Find(ask("coffee"), 0); got != nil {
		t.Errorf("none asked for, found %v", got)
	}
	if x.Services() != 4 || x.Total() != 5 || x.Having("coffee") != 3 || x.Having("nothing") != 0 {
		t.Errorf("%d services, %d parts, %d say coffee", x.Services(), x.Total(), x.Having("coffee"))
	}
}

func TestWhereSomebodyIsBringsForwardAndHidesNothing(t *testing.T) {
	t.Parallel()
	var x search.Index
	for i := range 500 {
		put(t, &x, fmt.Sprintf("shop-%d", i), say("coffee@3", fmt.Sprintf("city-%d@3", i%50)))
	}
	put(t, &x, "best", say("coffee@3", "latte@3", "city-1@3"))
	put(t, &x, "other", say("flowers@3", "city-7@3"))
	found := x.Find(ask("coffee", "latte", "near city-7"), 16)
	for i, f := range found[:8] {
		if f.Service != "best" && !strings.HasSuffix(f.Service, "7") {
			t.Errorf("%d is %s, which is not near", i, f.Service)
		}
	}
	if !strings.Contains(names(found), "best") {
		t.Errorf("what fits best is not there: %s", names(found))
	}
	if strings.Contains(names(found), "other") {
		t.Error("what is only near was found")
	}
}

func TestTheLotDecidesBetweenEquals(t *testing.T) {
	t.Parallel()
	var x search.Index
	for i := range 100 {
		put(t, &x, fmt.Sprintf("shop-%d", i), say("coffee@3"))
	}
	firsts := map[string]bool{}
	for i := range 20 {
		q := ask("coffee")
		q.Lot = fmt.Sprint(i)
		a, b := names(x.Find(q, 5)), names(x.Find(q, 5))
		if a != b {
			t.Fatal("the same question was answered differently")
		}
		firsts[strings.Fields(a)[0]] = true
	}
	if len(firsts) < 10 {
		t.Errorf("only %d of 100 equal services ever came first in 20 questions", len(firsts))
	}
}

// world is what an index should know.
type world map[string][]search.Part

func (w world) fresh(t *testing.T, order []string) *search.Index {
	var x search.Index
	for _, s := range order {
		put(t, &x, s, w[s]...)
	}
	return &x
}

func randomParts(r *rand.Rand) []search.Part {
	var parts []search.Part
	for range 1 + r.IntN(2) {
		var p search.Part
		for range r.IntN(12) {
			p = append(p, search.Word{Feature: fmt.Sprint("w", int(60*r.Float64()*r.Float64())), Weight: []float64{3, 2, 1.5, 1, 0.6, 0.4, 0, -1, 99}[r.IntN(9)]})
		}
		parts = append(parts, p)
	}
	return parts
}

// TestChangesEqualAFreshIndex: after any additions, changes and removals an index answers as one that was built of what is left, in any order.
func TestChangesEqualAFreshIndex(t *testing.T) {
	t.Parallel()
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 1))
		var x search.Index
		w := world{}
		for range 400 {
			s := fmt.Sprint("s", r.IntN(80))
			if r.IntN(3) == 0 {
				x.Remove(s)
				delete(w, s)
				continue
			}
			w[s] = randomParts(r)
			put(t, &x, s, w[s]...)
		}
		var order []string
		for s := range w {
			order = append(order, s)
		}
		slices.Sort(order)
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		same(t, r, &x, w.fresh(t, order))
	}
}

func same(t *testing.T, r *rand.Rand, x, y *search.Index) {
	t.Helper()
	if x.Services() != y.Services() || x.Total() != y.Total() {
		t.Fatalf("%d services and %d parts, fresh %d and %d", x.Services(), x.Total(), y.Services(), y.Total())
	}
	for i := range 70 {
		if f := fmt.Sprint("w", i); x.Having(f) != y.Having(f) {
			t.Fatalf("%s: %d have it, fresh %d", f, x.Having(f), y.Having(f))
		}
	}
	for range 50 {
		var q search.Question
		for range 1 + r.IntN(6) {
			q.Wants = append(q.Wants, search.Want{Feature: fmt.Sprint("w", r.IntN(70)), Factor: 1 - r.Float64()/2, Extra: r.IntN(4) == 0, Beside: r.IntN(5) == 0})
		}
		k := 1 + r.IntN(30)
		if a, b := x.Find(q, k), y.Find(q, k); !slices.Equal(a, b) {
			t.Fatalf("%v, %d: found\n%v\nfresh\n%v", q, k, a, b)
		}
	}
}

// TestFullSegmentsAreEmptied fills more than one segment, takes most of it out again, and compares with a fresh index.
func TestFullSegmentsAreEmptied(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("fills two segments")
	}
	r := rand.New(rand.NewPCG(7, 7))
	var x search.Index
	w := world{}
	for i := range 140_000 {
		s := fmt.Sprint("s", i)
		w[s] = []search.Part{say(fmt.Sprint("w", r.IntN(70), "@", 1+r.IntN(3)), fmt.Sprint("w", r.IntN(70)))}
		put(t, &x, s, w[s]...)
	}
	for i := range 140_000 {
		if s := fmt.Sprint("s", i); i%7 != 0 {
			x.Remove(s)
			delete(w, s)
		}
	}
	if waste := x.Entries(); waste > 2*len(w)+search.SegmentSize {
		t.Errorf("%d entries are kept for %d services", waste, len(w))
	}
	var order []string
	for s := range w {
		order = append(order, s)
	}
	slices.Sort(order)
	same(t, r, &x, w.fresh(t, order))
}

func TestQuestionsAndChangesAtOnce(t *testing.T) {
	t.Parallel()
	var x search.Index
	var done sync.WaitGroup
	for g := range 4 {
		done.Go(func() {
			r := rand.New(rand.NewPCG(uint64(g), 3))
			for i := range 500 {
				s := fmt.Sprint("s", r.IntN(50))
				switch i % 3 {
				case 0:
					x.Remove(s)
				case 1:
					if err := x.Put(s, randomParts(r)); err != nil {
						t.Error(err)
					}
				default:
					if got := x.Find(ask("w1", "w2"), 5); len(got) > 5 {
						t.Errorf("%d found", len(got))
					}
				}
			}
		})
	}
	done.Wait()
}

func TestAServiceIsBounded(t *testing.T) {
	t.Parallel()
	var x search.Index
	var p search.Part
	for i := range search.MaxWords + 50 {
		p = append(p, search.Word{Feature: fmt.Sprint("w", i), Weight: 1})
	}
	p = append(p, search.Word{Feature: "name", Weight: 3}, search.Word{Feature: "name", Weight: 1})
	put(t, &x, "big", slices.Repeat([]search.Part{p}, search.MaxParts+5)...)
	if x.Total() != search.MaxParts {
		t.Errorf("%d parts are kept", x.Total())
	}
	if x.Having("name") != search.MaxParts {
		t.Error("the weightiest word was dropped")
	}
	if got := names(x.Find(ask("name"), 100)); got != "big" {
		t.Errorf("found %q, want the service once", got)
	}
}
