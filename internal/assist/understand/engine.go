// Package understand is the embedded mind: goals from text and plans from schemas, without a network or a model.
// It is deterministic: equal requests give equal thoughts. It learns its words from the catalogue and from general
// lexicons; it knows no service.
package understand

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// MaxUtterance bounds an utterance in characters.
const MaxUtterance = 2000

// Engine is the name under which this mind answers.
const Engine = "embedded"

// Mind is the embedded engine. Safe for concurrent use.
type Mind struct {
	memory memory

	mu     sync.Mutex
	sign   uint64
	cached *index // of a whole catalogue
}

var _ assist.Mind = (*Mind)(nil)

// New makes the embedded mind.
func New() *Mind { return &Mind{} }

// index builds the index of the services at hand: once per catalogue where these are all, else for each sentence, of what
// is known of each service already.
func (m *Mind) index(r assist.Request) *index {
	of, sign := m.memory.recall(r.Services)
	if r.Spread != nil {
		return newIndex(of, r.Spread)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.cached == nil || m.sign != sign {
		m.sign, m.cached = sign, newIndex(of, nil)
	}
	return m.cached
}

// LangOf is the language of a text: "zh" when it has Chinese characters, else "en".
func LangOf(text string) string {
	if lexicon.HasHan(text) {
		return "zh"
	}
	return "en"
}

// Think understands an utterance and plans it. Faults: invalid (empty or too long).
func (m *Mind) Think(ctx context.Context, r assist.Request) (assist.Thought, error) {
	if strings.TrimSpace(r.Text) == "" || lexicon.Runes(r.Text) > MaxUtterance {
		return assist.Thought{}, fault.New(fault.Invalid, "an utterance has 1 to %d characters", MaxUtterance)
	}
	t := assist.Thought{Engine: Engine, Lang: r.Lang}
	if t.Lang == "" {
		t.Lang = LangOf(r.Text)
	}
	if r.Now.IsZero() {
		r.Now = time.Now()
	}
	ix := m.index(r)
	less, off := ix.lessens(r, r.Now)
	switch {
	case less != nil:
		return m.bestReading(ctx, ix, r, []reading{*less}, t.Lang), nil
	case off != nil:
		t.Command = off
		return t, nil
	}
	if c, ok := ix.command(r); ok {
		t.Command = &c
		if c.Kind == assist.CommandChat {
			t.Reply = chatReply(t.Lang, r.Text)
		}
		return t, nil
	}
	if readings := ix.refers(r, r.Now); len(readings) > 0 {
		return m.bestReading(ctx, ix, r, readings, t.Lang), nil
	}
	m.plan(ctx, ix, r, ix.goals(r.Text), r.Text, &t)
	return t, nil
}

// plan plans the goals; said is what the person said in their own wording.
func (m *Mind) plan(ctx context.Context, ix *index, r assist.Request, goals []*goal, said string, t *assist.Thought) {
	now := r.Now
	p := &plan.Plan{Utterance: r.Text, Lang: t.Lang}
	next, refusals := 0, []string{}
	for i, g := range goals[:min(len(goals), plan.MaxGoals)] {
		if ctx.Err() != nil {
			return
		}
		g.id = fmt.Sprintf("g%d", i+1)
		g.read(now)
		if i > 0 {
			g.sameDayAs(goals[i-1])
		}
		ix.rechoose(g, r.Answers)
		if g.service < 0 {
			t.Goals = append(t.Goals, assist.GoalView{ID: g.id, Text: g.shown(), Title: g.shown()})
			refusals = append(refusals, ix.cannot(t.Lang, g))
			continue
		}
		t.Explain = append(t.Explain, ix.compared(g)...)
		if ask, ok := ix.twoReadings(g, t.Lang, r.Answers); ok {
			t.Goals = append(t.Goals, assist.GoalView{ID: g.id, Text: g.shown(), Title: g.shown()})
			t.Asks = append(t.Asks, ask)
			ix.expose(t, g, catalog.StandingOffered, r.Answers)
			continue
		}
		b := &builder{ix: ix, goal: g, req: r, lang: t.Lang, now: now, next: &next, busy: map[string]bool{}, explain: &t.Explain}
		b.readFor()
		if !b.speaksOfIt() {
			ix.expose(t, g, catalog.StandingUnable, r.Answers)
			t.Goals = append(t.Goals, assist.GoalView{ID: g.id, Text: g.shown(), Title: g.shown()})
			refusals = append(refusals, ix.cannot(t.Lang, g))
			continue
		}
		b.note("service %s %.2f by %s", b.service().Name, g.match.score, strings.Join(g.match.by, " "))
		plans := b.compose()
		t.Goals = append(t.Goals, b.view())
		if b.refusal != "" {
			refusals = append(refusals, b.refusal)
			ix.expose(t, g, catalog.StandingUnable, r.Answers)
			continue
		}
		ix.expose(t, g, catalog.StandingChosen, r.Answers)
		for _, a := range b.asks {
			a.Opaque = a.id
			t.Asks = append(t.Asks, a.Ask)
		}
		for _, wish := range b.unheard {
			refusals = append(refusals, tr(t.Lang, "“"+b.service().Name+"”不收备注，没法转告“"+wish+"”。", "“"+b.service().Name+"” takes no notes: “"+wish+"” cannot be passed on."))
		}
		p.Goals = append(p.Goals, plans...)
		as := newSaying(said, r.Answers)
		for i := range b.steps {
			as.restore(b.steps[i].Args)
		}
		p.Steps = append(p.Steps, b.steps...)
	}
	if len(p.Steps) > 0 {
		t.Plan = p
		t.Reply = strings.Join(refusals, "\n")
		return
	}
	t.Refusal = strings.Join(refusals, "\n")
}

func (b *builder) view() assist.GoalView {
	v := assist.GoalView{ID: b.goal.id, Text: b.goal.shown(), Title: b.goalTitle(), Service: b.service().ID}
	for _, it := range b.goal.items {
		v.Count += max(it.count, 1)
		v.Options = append(v.Options, b.optionWords(it.text)...)
	}
	return v
}

// rechoose applies the person's choice between services.
func (ix *index) rechoose(g *goal, answers map[string]string) {
	for i, s := range ix.services {
		if answers[g.id+"/service"] == partID(s) {
			g.service, g.rivals = i, nil
		}
	}
}

// twoReadings asks which service is meant when two fit nearly as well.
func (ix *index) twoReadings(g *goal, lang string, answers map[string]string) (assist.Ask, bool) {
	if len(g.rivals) == 0 || answers[g.id+"/service"] != "" {
		return assist.Ask{}, false
	}
	ask := assist.Ask{Key: g.id + "/service", Goal: g.id, Kind: assist.AskChoice, Text: tr(lang, "“"+g.shown()+"”要找哪一家？", "Who should do “"+g.shown()+"”?")}
	for _, m := range append([]match{g.match}, g.rivals...) {
		s := ix.services[m.service]
		ask.Choices = append(ask.Choices, assist.Choice{Value: partID(s), Label: s.Name, Detail: firstWords(s.Description)})
		if len(ask.Choices) == maxChoices {
			break
		}
	}
	return ask, true
}

// compared tells how well the services fit a goal, and by which words.
func (ix *index) compared(g *goal) []string {
	var out []string
	for _, m := range g.others[:min(len(g.others), maxShown)] {
		out = append(out, fmt.Sprintf("%s: %s %.2f by %s", g.id, ix.services[m.service].Name, m.rank(), strings.Join(m.by, " ")))
	}
	return out
}

// cannot says plainly that no service fits, with what can be done.
func (ix *index) cannot(lang string, g *goal) string {
	var names []string
	for _, s := range ix.services {
		if len(names) < maxChoices {
			names = append(names, s.Name)
		}
	}
	if len(names) == 0 {
		return tr(lang, "还没有接入任何服务，所以做不了“"+g.shown()+"”。", "No service has been added yet, so “"+g.shown()+"” cannot be done.")
	}
	return tr(lang, "没有服务能做“"+g.shown()+"”。现在能找的有："+strings.Join(names, "、")+"。", "No service can do “"+g.shown()+"”. What there is: "+strings.Join(names, ", ")+".")
}

func firstWords(s string) string {
	s = headOf(s)
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
