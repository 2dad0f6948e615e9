package scale

import (
	"context"
	"encoding/json"
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

// shelf holds the services that were loaded last, as a node does; others are decoded from what a database would give.
type shelf struct {
	world World
	held  map[string]catalog.Service
}

// maxHeld is what a node holds; see registry.MaxHeld.
const maxHeld = 4096

// fetch makes what a database would give for services that are not held.
func (s *shelf) fetch(ids []string) map[string][]byte {
	if len(s.held)+len(ids) > maxHeld {
		clear(s.held)
	}
	out := map[string][]byte{}
	for _, id := range ids {
		if _, ok := s.held[id]; !ok {
			out[id] = catalog.MustJSON(s.world.Service(s.world.Number(id)))
		}
	}
	return out
}

func (s *shelf) load(ids []string, stored map[string][]byte) ([]catalog.Service, error) {
	var out []catalog.Service
	for _, id := range ids {
		svc, ok := s.held[id]
		if !ok {
			if err := json.Unmarshal(stored[id], &svc); err != nil {
				return nil, err
			}
			svc.Digest = id
			s.held[id] = svc
		}
		out = append(out, svc)
	}
	return out, nil
}

// answers says sentences to a mind, and measures the second half of them: by then the words of the languages are read, and a
// node holds what it can hold.
func answers(ctx context.Context, w World, x *search.Index, o Options, row *Row) error {
	s := &speaking{world: w, index: x, mind: understand.New(), shelf: &shelf{world: w, held: map[string]catalog.Service{}}, now: o.Now}
	var clock, worked, found []time.Duration
	var recall, right, named share
	for i, said := range w.Sentences(2 * o.Sentences) {
		a, err := s.answer(ctx, said)
		if err != nil {
			return err
		}
		if i < o.Sentences {
			continue
		}
		clock, worked, found = append(clock, a.took), append(worked, a.worked), append(found, a.finding)
		recall.add(w.recall(a.ids, said.Trade))
		right.add(w.right(a.thought, said))
		if said.Named >= 0 {
			named.add(truth(slices.Contains(a.ids, w.ID(said.Named))))
		}
	}
	row.P50, row.P95, row.Worked95, row.Find95 = quantile(clock, 0.5), quantile(clock, 0.95), quantile(worked, 0.95), quantile(found, 0.95)
	row.Recall, row.Right, row.Named = recall.mean(), right.mean(), named.mean()
	return nil
}

// speaking is a mind with a catalogue.
type speaking struct {
	world World
	index *search.Index
	mind  *understand.Mind
	shelf *shelf
	now   time.Time
}

// answer is what came of a sentence, and what it took: by the clock, of the processor, and of that to find services.
type answer struct {
	ids                   []string
	thought               assist.Thought
	took, worked, finding time.Duration
}

func (s *speaking) answer(ctx context.Context, said Sentence) (answer, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var a answer
	begun, cpu := time.Now(), threadTime()
	a.ids = find(s.world, s.index, said)
	a.took, a.finding = time.Since(begun), threadTime()-cpu
	stored := s.shelf.fetch(a.ids)
	begun, cpu = time.Now(), threadTime()
	services, err := s.shelf.load(a.ids, stored)
	if err != nil {
		return a, err
	}
	a.thought, err = think(ctx, s.mind, services, s.index, said, s.now)
	a.took += time.Since(begun)
	a.worked = a.finding + threadTime() - cpu
	return a, err
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
