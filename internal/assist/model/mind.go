package model

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/i18n"
)

// When tells when a model is asked.
type When string

// The times at which a model is asked.
const (
	Unsure When = "unsure" // where the embedded mind refused, asked, or could do a part only
	Always When = "always" // of every sentence that wants something done
	Never  When = "never"
)

// Mind is the embedded mind with a model beside it.
type Mind struct {
	rules *understand.Mind
	llm   LLM
	when  When
	now   func() time.Time
	log   *slog.Logger
}

// Options are a Mind's settings.
type Options struct {
	When When             // "": Unsure
	Now  func() time.Time // measures how long it takes; nil: time.Now
	Log  *slog.Logger     // nil: nothing
}

var _ assist.Mind = (*Mind)(nil)

// New puts a model beside the embedded mind. Faults: invalid.
func New(rules *understand.Mind, llm LLM, o Options) (*Mind, error) {
	m := &Mind{rules: rules, llm: llm, when: cmp.Or(o.When, Unsure), now: o.Now, log: o.Log}
	if m.when != Unsure && m.when != Always && m.when != Never {
		return nil, fault.New(fault.Invalid, "a model is asked unsure, always or never, not %q", m.when).With("field", "model-when")
	}
	if m.now == nil {
		m.now = time.Now
	}
	if m.log == nil {
		m.log = slog.New(slog.DiscardHandler)
	}
	return m, nil
}

// kept is what a turn keeps, so that the model is not asked again and its reading stays the same.
type kept struct {
	Guides  []understand.Guide `json:"guides,omitempty"`
	Asks    []int              `json:"asks,omitempty"`   // goals whose service the person is asked about
	Choose  bool               `json:"choose,omitempty"` // the embedded mind reads it otherwise: the person chooses
	Answers map[string]string  `json:"answers,omitempty"`
	// Driven are the goals that are carried out step by step, by id.
	Driven map[string]drivenGoal `json:"driven,omitempty"`
}

// Think lets the embedded mind think, and the model where that leaves something open. Faults: those of the embedded mind.
func (m *Mind) Think(ctx context.Context, r assist.Request) (assist.Thought, error) {
	if len(r.Kept) > 0 {
		var k kept
		if err := json.Unmarshal(r.Kept, &k); err != nil {
			return assist.Thought{}, fault.New(fault.Internal, "what was kept of the turn cannot be read: %w", err)
		}
		out, err := m.reason(ctx, r, k)
		if fault.Is(err, fault.Invalid) { // a service that it names is gone, or does not answer
			out, err = m.rules.Think(ctx, r)
		}
		out.Kept = r.Kept
		return out, err
	}
	own, err := m.rules.Think(ctx, r)
	if err != nil || !m.worthAsking(own, r) {
		return own, err
	}
	t := &talk{Mind: m, ctx: ctx, r: r, own: own, use: assist.ModelUse{Model: m.llm.Name()}, begun: m.now()}
	out := t.widen()
	return out, ctx.Err()
}

// worthAsking tells whether a model could add something: not to what Bangwo does itself, and not to a change of something
// earlier, which only the embedded mind understands.
func (m *Mind) worthAsking(own assist.Thought, r assist.Request) bool {
	switch {
	case m.when == Never || own.Command != nil || len(r.Services) == 0:
		return false
	case own.Plan != nil && (own.Plan.Supersedes != "" || slices.ContainsFunc(own.Plan.Goals, func(g plan.GoalPlan) bool { return len(g.Replaces) > 0 })):
		return false
	case m.when == Always:
		return true
	}
	return own.Plan == nil && len(own.Asks) == 0 || own.Reply != "" || len(open(own.Asks, r.Answers)) > 0
}

// reason is the thought that a reading leads to. The embedded mind composes it, but for what is driven step by step.
func (m *Mind) reason(ctx context.Context, r assist.Request, k kept) (assist.Thought, error) {
	t, err := m.compose(ctx, r, k)
	return m.named(handOver(t, k.Driven), len(k.Driven) > 0), err
}

func (m *Mind) compose(ctx context.Context, r assist.Request, k kept) (assist.Thought, error) {
	if k.Choose && r.Answers[readingKey] == "" {
		return m.chooses(ctx, r, k)
	}
	if len(k.Guides) == 0 || k.Choose && r.Answers[readingKey] != readingModel {
		own := r
		if len(k.Guides) == 0 {
			own.Answers = merged(k.Answers, r.Answers)
		}
		t, err := m.rules.Think(ctx, own)
		return m.named(t, len(k.Answers) > 0 && len(k.Guides) == 0), err
	}
	var asks []assist.Ask
	guides := slices.Clone(k.Guides)
	for i := range guides {
		guides[i].Answers = k.Answers
		if !slices.Contains(k.Asks, i) {
			continue
		}
		switch r.Answers[serviceKey(i)] {
		case "":
			asks = append(asks, m.mayI(r, i, guides[i]))
		case "no":
			guides[i].Service = ""
		}
	}
	t, err := m.rules.Guided(ctx, r, guides)
	if len(asks) > 0 {
		t.Plan, t.Refusal, t.Asks = nil, "", asks
	}
	return m.named(t, true), err
}

// named says which engine read the sentence.
func (m *Mind) named(t assist.Thought, model bool) assist.Thought {
	if model {
		t.Engine = m.llm.Name()
	}
	return t
}

// merged are answers; those of wins stand before the others.
func merged(first, wins map[string]string) map[string]string {
	out := maps.Clone(first)
	if out == nil {
		out = map[string]string{}
	}
	maps.Copy(out, wins)
	return out
}

// readingKey is under which the person's choice between two readings comes; readingModel is the model's.
const (
	readingKey   = "m/reading"
	readingModel = "model"
)

// serviceKey is under which the answer comes whether a service is meant that only the model sees in the words.
func serviceKey(goal int) string { return fmt.Sprintf("m%d/service", goal+1) }

func lang(r assist.Request) string {
	if r.Lang != "" {
		return r.Lang
	}
	return understand.LangOf(r.Text)
}

// mayI asks whether a service is meant that no word of the sentence speaks for.
func (m *Mind) mayI(r assist.Request, i int, g understand.Guide) assist.Ask {
	l := lang(r)
	return assist.Ask{Key: serviceKey(i), Goal: fmt.Sprintf("g%d", i+1), Kind: assist.AskChoice,
		Text: i18n.Text(l, "model.may_i", map[string]string{"words": g.Words, "service": serviceName(r, g.Service)}),
		Choices: []assist.Choice{{Value: "yes", Label: i18n.Text(l, "model.yes", nil)},
			{Value: "no", Label: i18n.Text(l, "model.no", nil)}}}
}

// serviceName is the name of the service that a part belongs to.
func serviceName(r assist.Request, part string) string {
	for _, s := range r.Services {
		if s.ID == serviceOf(part) {
			return s.Name
		}
	}
	return part
}

// chooses offers two readings of plainly understood words.
func (m *Mind) chooses(ctx context.Context, r assist.Request, k kept) (assist.Thought, error) {
	own, err := m.rules.Think(ctx, r)
	if err != nil {
		return own, err
	}
	other, err := m.rules.Guided(ctx, r, k.Guides)
	if err != nil || other.Plan == nil || own.Plan == nil {
		return own, err
	}
	l := lang(r)
	own.Asks = []assist.Ask{{Key: readingKey, Kind: assist.AskChoice, Text: i18n.Text(l, "model.which", nil), Choices: []assist.Choice{
		{Value: "own", Label: titles(r, own)}, {Value: readingModel, Label: titles(r, other)}}}}
	own.Plan = nil
	return own, nil
}

// titles tell a reading in few words.
func titles(r assist.Request, t assist.Thought) string {
	out := ""
	for i, g := range t.Plan.Goals {
		last := g.Final
		if last == "" {
			last = g.End
		}
		if i > 0 {
			out += " · "
		}
		out += serviceName(r, g.Service)
		if s, ok := t.Plan.Step(last); ok && s.Title != "" {
			out += ": " + s.Title
		}
	}
	return out
}

// open are the asks that nobody answered yet, without consents, which only the person gives.
func open(asks []assist.Ask, answers map[string]string) []assist.Ask {
	return slices.DeleteFunc(slices.Clone(asks), func(a assist.Ask) bool {
		_, known := answers[a.Key]
		return known || a.Kind == assist.AskConsent || a.Kind == assist.AskConfirm || a.Kind == assist.AskForm
	})
}
