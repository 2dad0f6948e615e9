// Package scale makes catalogues of ten to a million capabilities, and what people say to them, and measures how finding, understanding
// and planning keep up. All of it is made up from the templates beside it, equal for equal seeds; services are made when they are
// asked for, by their number, so that no catalogue has to be held in memory.
package scale

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"

	"github.com/bangwo/bangwo/internal/catalog"
)

//go:embed trades.json
var tradeFile []byte

// trade is one kind of business: the words of its services and of the people who want something of them.
type trade struct {
	ID        string            `json:"id"`
	Shape     string            `json:"shape"`
	Zh        []string          `json:"zh"`
	En        []string          `json:"en"`
	Measure   string            `json:"measure"`
	MeasureEn string            `json:"measureEn"`
	AboutZh   []string          `json:"aboutZh"`
	AboutEn   []string          `json:"aboutEn"`
	Items     []string          `json:"items"` // "中文|English"
	Options   map[string]string `json:"options"`
	SayZh     []string          `json:"sayZh"`
	SayEn     []string          `json:"sayEn"`
}

var trades = sync.OnceValue(func() []trade {
	var out []trade
	if err := json.Unmarshal(tradeFile, &out); err != nil {
		panic(err) // it is part of the program
	}
	return out
})

// World is a catalogue that is made by number.
type World struct {
	Seed     uint64
	Services int
}

// OfCapabilities is the smallest world with at least so many capabilities.
func OfCapabilities(n int, seed uint64) World {
	w := World{Seed: seed}
	for has := 0; has < n; w.Services++ {
		has += len(w.plan(w.Services).calls)
	}
	return w
}

// Capabilities counts those of all services.
func (w World) Capabilities() int {
	n := 0
	for i := range w.Services {
		n += len(w.plan(i).calls)
	}
	return n
}

// Trade is the trade of a service.
func (w World) Trade(i int) string { return w.plan(i).trade.ID }

// ID is the id of a service.
func (w World) ID(i int) string { return fmt.Sprintf("made-%07d", i) }

// Number is the number of a service by its id; -1 when it is none of this world.
func (w World) Number(id string) int {
	var i int
	if _, err := fmt.Sscanf(id, "made-%07d", &i); err != nil || i < 0 || i >= w.Services {
		return -1
	}
	return i
}

// design is what is decided of a service before its words are written.
type design struct {
	r       *rand.Rand
	trade   trade
	naming  naming
	english bool // it speaks English
	both    bool // its names are in both languages
	calls   []call
}

// plan decides what a service is. Trades take turns, so that a small world has many.
func (w World) plan(i int) design {
	ts := trades()
	d := design{r: rand.New(rand.NewPCG(w.Seed, uint64(i))), trade: ts[i%len(ts)]}
	d.naming = newNaming(d.r)
	speaks := d.r.Float64()
	d.english, d.both = speaks < 0.3, speaks > 0.8
	d.calls = callsOf(d.trade.Shape, d.r)
	return d
}

// Service makes a service.
func (w World) Service(i int) catalog.Service {
	d := w.plan(i)
	t, r := d.trade, d.r
	form := r.IntN(6)
	s := catalog.Service{ID: w.ID(i), Payee: w.ID(i), Currency: "CNY", Sandbox: true, Source: catalog.Source{Track: catalog.TrackMCP, URL: "http://" + w.ID(i) + ".invalid/mcp"}}
	zh, en := d.naming.chinese(t.Zh[r.IntN(len(t.Zh))], form), d.naming.english(t.En[r.IntN(len(t.En))], form)
	switch {
	case d.english:
		s.Name, s.Description = en, t.AboutEn[r.IntN(len(t.AboutEn))]+" in "+d.naming.city.en+"."
	case d.both:
		s.Name = zh + " " + en
		s.Description = t.AboutZh[r.IntN(len(t.AboutZh))] + "。" + t.AboutEn[r.IntN(len(t.AboutEn))] + "."
	default:
		s.Name, s.Description = zh, t.AboutZh[r.IntN(len(t.AboutZh))]+"，"+d.naming.city.zh+d.naming.district+"。"
	}
	for _, c := range d.calls {
		s.Capabilities = append(s.Capabilities, c.capability(&d, s.ID))
	}
	if t.Shape == "shop" || t.Shape == "booking" {
		s.Items = d.items()
	}
	return s
}

// items are what it lists: most of its trade's things, some under a name of its own.
func (d *design) items() []catalog.Item {
	var out []catalog.Item
	for _, it := range d.trade.Items {
		zh, en, _ := strings.Cut(it, "|")
		if d.r.IntN(5) == 0 {
			continue
		}
		name := zh
		if d.english {
			name = en
		}
		out = append(out, catalog.Item{Name: name})
		if d.r.IntN(4) == 0 && !d.english {
			out = append(out, catalog.Item{Name: d.naming.brandZh + zh})
		}
	}
	return out
}
