package understand

import (
	"encoding/binary"
	"hash/maphash"
	"sync"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
)

// known is what the mind knows of one service, or of one skill of it: worked out once for each version of the service.
// Read-only when made.
type known struct {
	service catalog.Service
	words   map[string]float64 // feature → weight
	refused map[string]bool    // features of what it says it does not do
	trades  map[string]float64 // how much it speaks of each everyday trade
	limits  limits             // what it says it does not do
	journey bool               // it goes from one place to another
	calls   []string           // what people call it
	joins   []string           // names of things that have a word like "and" in them: never cut
	voices  func() voices
	open    func() *catalog.Service
}

func newKnown(s catalog.Service) *known {
	s = withShapes(s)
	w := serviceWords(s)
	return &known{service: s, words: w.words, refused: w.denied, trades: w.trades, limits: limitsOf(s, w.words), journey: travels(s), joins: joinedNames(s), calls: ownCalls(s.Name),
		voices: sync.OnceValue(func() voices { return newVoices(s) }),
		open:   sync.OnceValue(func() *catalog.Service { return openService(s) })}
}

// MaxKnown bounds the services that a mind keeps what it worked out of.
const MaxKnown = 2048

// memory keeps what was worked out of services, those used last. The zero memory is ready.
type memory struct {
	mu   sync.Mutex
	seed maphash.Seed
	of   map[string]*remembered // by the service's id
	tick uint64
}

type remembered struct {
	version uint64
	parts   []*known
	used    uint64
}

// recall returns the parts of services, worked out where they are new or changed, and a number that is another when any
// of them is.
func (m *memory) recall(services []catalog.Service) ([]*known, uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.of == nil {
		m.of, m.seed = map[string]*remembered{}, maphash.MakeSeed()
	}
	var out []*known
	var all maphash.Hash
	all.SetSeed(m.seed)
	for _, s := range services {
		version := m.version(s)
		r, ok := m.of[s.ID]
		if !ok || r.version != version {
			r = &remembered{version: version}
			for _, p := range parts([]catalog.Service{s}) {
				r.parts = append(r.parts, newKnown(p))
			}
			m.of[s.ID] = r
		}
		m.tick++
		r.used = m.tick
		out = append(out, r.parts...)
		_ = binary.Write(&all, binary.LittleEndian, version)
	}
	m.forget(len(services))
	return out, all.Sum64()
}

// forget drops what was not used for longest, half of it at a time, so that it is looked through seldom.
func (m *memory) forget(inUse int) {
	if len(m.of) <= max(MaxKnown, inUse) {
		return
	}
	oldest := m.tick - uint64(max(MaxKnown/2, inUse))
	for id, r := range m.of {
		if r.used <= oldest {
			delete(m.of, id)
		}
	}
}

// version is a number for the content of a service as far as the mind reads it.
func (m *memory) version(s catalog.Service) uint64 {
	var h maphash.Hash
	h.SetSeed(m.seed)
	text := func(all ...string) {
		for _, t := range all {
			_, _ = h.WriteString(t)
			_ = h.WriteByte(0)
		}
	}
	text(s.ID, s.Digest)
	if s.Digest != "" {
		return h.Sum64()
	}
	text(s.Name, s.Description, s.Instruction, s.Currency, s.Source.Hash, s.Added.Format(time.RFC3339Nano))
	for _, sk := range s.Skills {
		text("skill", sk.Name, sk.Description, sk.Instruction)
	}
	for _, it := range s.Items {
		text("item", it.Name, it.Skill, it.Parent, it.From)
		text(it.Aliases...)
	}
	for _, c := range s.Capabilities {
		text(string(s.Shapes[c.Within()]))
		text("call", c.Service, c.Skill, c.Name, c.Title, c.Description, string(c.Effect), c.Page)
		text(c.Triggers...)
		for _, schema := range []*catalog.Schema{c.Input, c.Output} {
			if schema != nil {
				_, _ = h.Write(schema.Raw)
			}
			text("")
		}
	}
	return h.Sum64()
}
