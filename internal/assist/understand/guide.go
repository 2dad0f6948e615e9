package understand

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// Bounds of what another engine is offered to choose from.
const (
	maxEndings     = 6  // capabilities of one service that may end a goal
	maxGuidedItems = 12 // live items of one service
)

// Option is a service (or one skill of a package) that a sentence may be meant for, with the capabilities that may end a goal there.
type Option struct {
	ID      string // as answers and guides name it
	Name    string
	About   string
	Known   bool // words of the sentence are words of the service
	Endings []Ending
	Items   []string // names of live things, those likest to the sentence first
}

// Ending is a capability that may end a goal.
type Ending struct {
	Name   string
	About  string
	Effect catalog.Effect
}

// Guide is one goal as another engine reads it: which of the person's words, and what they mean in the catalogue's own ids.
// Whatever it says, values are read from the words by this engine's own code.
type Guide struct {
	Words   string            // a part of what the person said
	Service string            // an Option's ID; "" where no service is meant
	End     string            // an Ending's name; "" leaves it open
	Items   []GuidedItem      // "" and none leave them open
	Answers map[string]string // to questions that this engine asked, by Ask.Key
}

// GuidedItem is one thing wanted: which words name it, and which live item that is.
type GuidedItem struct {
	Words string
	Name  string
}

// Options lists the services that a sentence may be meant for, those whose words it uses first, at most limit. Services
// that say they do not do it are left out.
func (m *Mind) Options(r assist.Request, limit int) []Option {
	ix := m.index(r)
	what := newAsked(r.Text)
	var ms []match
	for i := range ix.services {
		if !ix.denies(i, what) {
			ms = append(ms, ix.touches(i, r.Text))
		}
	}
	slices.SortStableFunc(ms, func(a, b match) int {
		return cmp.Or(cmp.Compare(len(b.by)/max(len(b.by), 1), len(a.by)/max(len(a.by), 1)), cmp.Compare(b.score, a.score))
	})
	var out []Option
	for _, one := range ms[:min(len(ms), limit)] {
		out = append(out, ix.option(r, one))
	}
	return out
}

// touches measures how a text fits a service, however little.
func (ix *index) touches(i int, text string) match {
	return ix.score(i, ix.wants(text))
}

func (ix *index) option(r assist.Request, one match) Option {
	s := ix.services[one.service]
	o := Option{ID: partID(s), Name: s.Name, About: firstWords(s.Description), Known: len(one.by) > 0}
	b := ix.probe(one.service, r)
	for _, c := range b.ends() {
		o.Endings = append(o.Endings, Ending{Name: c.Name, About: headOf(c.Description), Effect: c.Effect})
	}
	for _, c := range s.Capabilities {
		if c.Effect == catalog.Read {
			o.Endings = append(o.Endings, Ending{Name: c.Name, About: headOf(c.Description), Effect: c.Effect})
		}
	}
	o.Endings = o.Endings[:min(len(o.Endings), maxEndings)]
	items := slices.Clone(s.Items[:min(len(s.Items), maxItems)])
	like := map[string]float64{}
	for _, it := range items {
		for _, name := range append([]string{it.Name}, it.Aliases...) {
			like[it.Name] = max(like[it.Name], lexicon.Likeness(r.Text, name))
		}
	}
	slices.SortStableFunc(items, func(a, b catalog.Item) int { return cmp.Compare(like[b.Name], like[a.Name]) })
	for _, it := range items[:min(len(items), maxGuidedItems)] {
		if !slices.Contains(o.Items, it.Name) {
			o.Items = append(o.Items, it.Name)
		}
	}
	return o
}

func unknownGuide(what, got string) error {
	return fault.New(fault.Invalid, "a guide names the %s %q, which is not there", what, got)
}

// probe is a builder for looking at a service without planning anything.
func (ix *index) probe(service int, r assist.Request) *builder {
	next, explain := 0, []string{}
	g := &goal{id: "g0", pieces: ix.piecesWithFacts(r.Text), service: service, given: true}
	g.read(r.Now)
	return &builder{ix: ix, goal: g, req: r, lang: LangOf(r.Text), now: r.Now, next: &next, busy: map[string]bool{}, explain: &explain}
}

// Touches tells that some words are words of a service, in either language: what another engine may pick on its own.
func (m *Mind) Touches(r assist.Request, service, words string) bool {
	ix := m.index(r)
	i := ix.part(service)
	return i >= 0 && !ix.denies(i, newAsked(words)) && len(ix.touches(i, words).by) > 0
}

// Guided plans a sentence by goals that another engine read from it. The services, ends and items that guides name must be
// there; everything else is found as by Think. Faults: invalid.
func (m *Mind) Guided(ctx context.Context, r assist.Request, guides []Guide) (assist.Thought, error) {
	t := assist.Thought{Engine: Engine, Lang: cmp.Or(r.Lang, LangOf(r.Text))}
	ix := m.index(r)
	if r.Now.IsZero() {
		r.Now = time.Now()
	}
	answers := map[string]string{}
	var goals []*goal
	for n, g := range guides[:min(len(guides), plan.MaxGoals)] {
		one := &goal{pieces: ix.piecesWithFacts(g.Words), service: ix.part(g.Service), given: true, by: catalog.ChosenByModel, end: g.End, guided: g.Items}
		if len(one.pieces) == 0 {
			return t, unknownGuide("words", g.Words)
		}
		if one.service >= 0 {
			one.match = ix.touches(one.service, g.Words)
			one.rank(ix.ranked(one.pieces))
		} else if g.Service != "" {
			return t, unknownGuide("service", g.Service)
		}
		for key, v := range g.Answers {
			if rest, ok := strings.CutPrefix(key, fmt.Sprintf("g%d/", n+1)); ok && rest != "" {
				answers[key] = v
			}
		}
		goals = append(goals, one)
	}
	for key, v := range r.Answers {
		answers[key] = v // what the person said themselves wins
	}
	r.Answers = answers
	m.plan(ctx, ix, r, goals, r.Text, &t)
	return t, nil
}

// part finds a service by the name that answers and guides give it; -1 when there is none.
func (ix *index) part(id string) int {
	return slices.IndexFunc(ix.services, func(s catalog.Service) bool { return partID(s) == id })
}

// guidedEnd is the end that another engine chose: only one that could end the goal, and nothing but a read for words that ask.
func (b *builder) guidedEnd(ends []catalog.Capability) (catalog.Capability, bool) {
	if b.goal.end == "" {
		return catalog.Capability{}, false
	}
	for _, c := range b.service().Capabilities {
		if c.Name == b.goal.end && c.Effect == catalog.Read {
			return c, true
		}
	}
	i := slices.IndexFunc(ends, func(c catalog.Capability) bool { return c.Name == b.goal.end })
	if i < 0 || b.informs(ends) {
		return catalog.Capability{}, false
	}
	return ends[i], true
}

// guideItems puts the live items that another engine pointed at in the place of the words for them; options and counts are
// still read from the words.
func (b *builder) guideItems() {
	for _, it := range b.goal.guided {
		words := lexicon.Fold(it.Words)
		for i := range b.goal.items {
			own := &b.goal.items[i]
			if own.text == "" || len(b.goal.items) > 1 && !strings.Contains(words, lexicon.Fold(own.text)) && !strings.Contains(lexicon.Fold(own.text), words) {
				continue
			}
			own.text = strings.Join(append([]string{it.Name}, b.optionWords(own.text)...), " ")
			break
		}
	}
}

// Heard is what was said, folded for comparing, with the way back to the person's own characters.
type Heard struct{ saying }

// Hear folds what was said.
func Hear(text string) Heard { return Heard{newSaying(text, nil)} }

// Folded is the text as words are compared in.
func (h Heard) Folded() string { return h.folded }

// Original is a stretch of the folded text as it was written.
func (h Heard) Original(from, to int) string { return h.original2(from, to) }

// HasDetails tells that a text holds a phone number, an email address or a plate.
func HasDetails(text string) bool {
	_, f := readFacts(text)
	return slices.ContainsFunc(f.all, func(one fact) bool { return one.kind == factPhone || one.kind == factEmail || one.kind == factPlate })
}
