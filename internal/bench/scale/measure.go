package scale

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/catalog/search"
)

// Row is what was measured of one size.
type Row struct {
	Capabilities int           `json:"capabilities"`
	Services     int           `json:"services"`
	Build        time.Duration `json:"build_ns"`
	Memory       uint64        `json:"memory_bytes"`  // of the index alone
	P50          time.Duration `json:"p50_ns"`        // of finding, loading, understanding and planning
	P95          time.Duration `json:"p95_ns"`        // by the clock
	Worked95     time.Duration `json:"worked_p95_ns"` // the same by the processor's time, which others on the machine do not lengthen
	Find95       time.Duration `json:"find_p95_ns"`   // of it, finding: processor's time
	Recall       float64       `json:"recall"`        // of the trade that was wanted, among what was found
	Right        float64       `json:"right"`         // sentences planned with a service of that trade, or asked about between such
	Named        float64       `json:"named"`         // services that a sentence names, among what was found
	Update       time.Duration `json:"update_p95_ns"` // of a service added, changed or removed
	Sentences    int           `json:"sentences"`
}

// Options of a measurement.
type Options struct {
	Sentences int // default 400
	Updates   int // default 300
	Now       time.Time
}

// Measure builds the index of a world and lets a mind answer what people say to it.
func Measure(ctx context.Context, w World, o Options) (Row, error) {
	if o.Sentences == 0 {
		o.Sentences = 400
	}
	if o.Updates == 0 {
		o.Updates = 300
	}
	before := heap()
	begun := time.Now()
	x, err := build(w)
	if err != nil {
		return Row{}, err
	}
	row := Row{Capabilities: w.Capabilities(), Services: w.Services, Build: time.Since(begun), Sentences: o.Sentences}
	row.Memory = heap() - min(before, heap())
	if err := answers(ctx, w, x, o, &row); err != nil {
		return row, err
	}
	row.Update, err = updates(w, x, o.Updates)
	return row, err
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// ahead is how many services are read before it is their turn.
const ahead = 256

// build reads the services on all processors and puts them into an index in their order.
func build(w World) (*search.Index, error) {
	type read struct {
		parts []search.Part
		done  chan struct{}
	}
	queue := make(chan *read, ahead)
	work := make(chan func(), ahead)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for f := range work {
				f()
			}
		})
	}
	go func() {
		defer close(queue)
		defer close(work)
		for i := range w.Services {
			r := &read{done: make(chan struct{})}
			work <- func() { r.parts = understand.Reader{}.Parts(w.Service(i)); close(r.done) }
			queue <- r
		}
	}()
	x := &search.Index{}
	var failed error
	i := 0
	for r := range queue {
		<-r.done
		if err := x.Put(w.ID(i), r.parts); err != nil && failed == nil {
			failed = err
		}
		i++
	}
	workers.Wait()
	return x, failed
}

// shelf holds the services that were loaded last, as a node does.
type shelf struct {
	world World
	held  map[string]catalog.Service
}

const maxHeld = 4096

func (s *shelf) load(ids []string) []catalog.Service {
	var out []catalog.Service
	for _, id := range ids {
		svc, ok := s.held[id]
		if !ok {
			if len(s.held) >= maxHeld {
				clear(s.held)
			}
			svc = s.world.Service(s.world.Number(id))
			svc.Digest = id
			s.held[id] = svc
		}
		out = append(out, svc)
	}
	return out
}

// answers says the sentences to a mind, twice, and measures the second time: what is used again and again is at hand then.
func answers(ctx context.Context, w World, x *search.Index, o Options, row *Row) error {
	mind, s := understand.New(), &shelf{world: w, held: map[string]catalog.Service{}}
	var clock, worked, found []time.Duration
	var recall, right, named share
	for round := range 2 {
		for _, said := range w.Sentences(o.Sentences) {
			var ids []string
			runtime.LockOSThread()
			begun, cpu := time.Now(), threadTime()
			ids = find(w, x, said)
			foundBy := threadTime() - cpu
			t, err := think(ctx, mind, s.load(ids), x, said, o.Now)
			took, used := time.Since(begun), threadTime()-cpu
			runtime.UnlockOSThread()
			if err != nil {
				return err
			}
			if round == 0 {
				continue
			}
			clock, worked, found = append(clock, took), append(worked, used), append(found, foundBy)
			recall.add(w.recall(ids, said.Trade))
			right.add(w.right(t, said))
			if said.Named >= 0 {
				named.add(truth(slices.Contains(ids, w.ID(said.Named))))
			}
		}
	}
	row.P50, row.P95, row.Worked95, row.Find95 = quantile(clock, 0.5), quantile(clock, 0.95), quantile(worked, 0.95), quantile(found, 0.95)
	row.Recall, row.Right, row.Named = recall.mean(), right.mean(), named.mean()
	return nil
}

// find are the services that could be meant: all where they are few.
func find(w World, x *search.Index, s Sentence) []string {
	if w.Services <= search.Few {
		var all []string
		for i := range w.Services {
			all = append(all, w.ID(i))
		}
		return all
	}
	return x.Shortlist(understand.Reader{}.Questions(s.Text, s.Place), nil)
}

func think(ctx context.Context, mind *understand.Mind, services []catalog.Service, x *search.Index, s Sentence, now time.Time) (assist.Thought, error) {
	r := assist.Request{Text: s.Text, Now: now, Place: s.Place, Services: services,
		Profile: assist.Profile{Name: "李明", Phone: "13800000000", Addresses: []assist.Address{{Label: "home", Detail: "建国路88号"}}}}
	if x.Services() > search.Few {
		r.Spread = x
	}
	return mind.Think(ctx, r)
}

// recall is the share of the trade's services among what was found: of as many as there are and could be found for one wish.
func (w World) recall(ids []string, trade string) float64 {
	have, there := 0, (w.Services+len(trades())-1)/len(trades())
	for _, id := range ids {
		if w.Trade(w.Number(id)) == trade {
			have++
		}
	}
	return min(1, float64(have)/float64(min(there, search.PerQuestion/2)))
}

// right tells whether the first goal went to a service of the trade that was wanted, or is asked about between such.
func (w World) right(t assist.Thought, s Sentence) float64 {
	for _, a := range t.Asks {
		for _, c := range a.Choices {
			if n := w.Number(c.Value); n >= 0 {
				return truth(w.Trade(n) == s.Trade)
			}
		}
	}
	for _, g := range t.Goals {
		if n := w.Number(g.Service); n >= 0 {
			return truth(w.Trade(n) == s.Trade)
		}
	}
	return 0
}

// updates adds, changes and removes services of a world that is there.
func updates(w World, x *search.Index, n int) (time.Duration, error) {
	var took []time.Duration
	more := World{Seed: w.Seed + 1, Services: w.Services + n}
	for i := range n {
		parts := understand.Reader{}.Parts(more.Service(w.Services + i))
		id, changed := more.ID(w.Services+i), w.ID(i%w.Services)
		for _, do := range []func() error{
			func() error { return x.Put(id, parts) },
			func() error { return x.Put(changed, parts) },
			func() error { x.Remove(id); return nil },
		} {
			begun := time.Now()
			if err := do(); err != nil {
				return 0, err
			}
			took = append(took, time.Since(begun))
		}
	}
	return quantile(took, 0.95), nil
}

type share struct {
	sum float64
	n   int
}

func (s *share) add(v float64) { s.sum, s.n = s.sum+v, s.n+1 }

func (s share) mean() float64 {
	if s.n == 0 {
		return 1
	}
	return s.sum / float64(s.n)
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func quantile(all []time.Duration, q float64) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[min(len(all)-1, int(q*float64(len(all))))]
}
