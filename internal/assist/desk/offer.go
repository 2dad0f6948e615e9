package desk

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/quote"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
)

// leaveOut is the choice to do without.
const leaveOut = "none"

// fillOffer makes candidates the choices of an offer; doing without is the last one.
func (w *worker) fillOffer(o *offer, near []plan.Candidate) {
	for i, c := range near[:min(len(near), plan.MaxCandidates)] {
		o.Values = append(o.Values, c.Value)
		o.Choices = append(o.Choices, assist.Choice{Value: numbered(i), Label: clip(w.titleIn(c.Title, c.Names), MaxNote), Detail: clip(c.Detail, MaxNote), Amount: c.Amount})
	}
	o.Choices = append(o.Choices, assist.Choice{Value: leaveOut, Label: w.say("leave_out")})
}

// offerPause is the question of an offer. It takes one of the choices, or other words where something can be searched for.
func (w *worker) offerPause(goal string, o *offer) *pause {
	kind := assist.AskText
	if o.From == "" {
		kind = assist.AskChoice
	}
	p := w.newPause(goal, kind, clip(o.Text, MaxNote), AskFor)
	p.Step, p.Choices, p.Offer = o.Step, o.Choices, o
	return p
}

// offered are the questions about setbacks after a confirmation, which wait until the turn gathers again.
func (w *worker) offered() []*pause {
	var out []*pause
	for _, g := range w.t.Plan.Goals {
		if p := w.t.Parts[g.ID]; p.open() && p.Ask != nil {
			out = append(out, w.offerPause(g.ID, p.Ask))
		}
	}
	return out
}

// takeOffer puts the person's answer into the plan, in the commit of the answer.
func takeOffer(t *turn, p *pause) error {
	part, o := t.Parts[p.Goal], p.Offer
	s, ok := findStep(t.Plan, o.Step)
	if !ok || part == nil {
		return fault.New(fault.Internal, "pause %s is about the step %q, which is not in the plan", p.ID(), o.Step)
	}
	part.Ask = nil
	part.Mends++
	said := strings.TrimSpace(p.Answer.Value)
	i := slices.IndexFunc(p.Choices, func(c assist.Choice) bool { return c.Value == said })
	switch {
	case said == leaveOut:
		part.Failed, part.Why = string(fault.Cancelled), sayIn(t.Lang, "left_out")
		return nil
	case i >= 0 && i < len(o.Values):
		t.Redo = append(t.Redo, redo{Step: o.Step, Label: p.Choices[i].Label})
		return setChosen(s, o, o.Values[i])
	}
	if ref, found := pickAt(s.Args, o.At); found && ref.Pick != nil {
		ref.Pick.Query, ref.Pick.Chosen, ref.Pick.Loose, ref.Pick.Index = said, nil, false, 0
	}
	delete(t.Words, o.From)
	t.Redo = append(t.Redo, redo{Step: o.From, Word: said})
	return nil
}

func setChosen(s *plan.Step, o *offer, value any) error {
	if o.Literal {
		if s.SetArg(o.At, value) {
			return nil
		}
		if strings.ContainsAny(o.At, ".[") {
			return fault.New(fault.Internal, "step %s has no input at %s", o.Step, o.At)
		}
		s.Args = maps.Clone(s.Args)
		s.Args[o.At] = plan.Arg{Value: value, From: "said"} // one that was left to its default
		return nil
	}
	ref, ok := pickAt(s.Args, o.At)
	if !ok {
		return fault.New(fault.Internal, "step %s has no pick at %s", o.Step, o.At)
	}
	if ref.Pick == nil {
		ref.Pick = &plan.Pick{}
	}
	ref.Pick.Chosen = value
	return nil
}

// blamed is an input that a refusal may be about.
type blamed struct {
	step  plan.Step // whose input it is: the refused step or one before it
	at    string
	title string
	score int
	pick  *plan.Picked    // a thing chosen from a list
	enum  *catalog.Schema // or one of the values of a schema
	value any
}

// What speaks for an input being the one that a refusal is about.
const (
	blameNamed = 4 // its value or title is mentioned
	blameInput = 2 // what the input is called is mentioned
	blameGoods = 1 // it has a price, and something is sold out
)

// offerFor asks for another value in place of the one that a refusal is about, or returns nil where there is no telling
// which one that is, or nothing else to be had. All other constraints stay.
func (w *worker) offerFor(s plan.Step, r run.Refusal, row *step) *offer {
	if r.Kind == run.TooLittle {
		return w.minimumOffer(s, r, row)
	}
	if r.Kind != run.SoldOut && r.Kind != run.Absent && r.Kind != run.BadValue {
		return nil
	}
	b, ok := w.blame(s, r)
	if !ok || !w.repeatable(w.withDependents(b.step.ID)) {
		return nil
	}
	said := w.oneScript(wordsOf(*row.Result))
	name := w.serviceName(s.Service)
	if b.enum != nil {
		o := &offer{Step: b.step.ID, At: b.at, Literal: true, Text: w.say("value_choose", b.title, name, either(said, w.say("fault_invalid")))}
		w.fillOffer(o, otherValues(b, r))
		return atLeastOne(o)
	}
	o := &offer{Step: b.step.ID, At: b.at, From: b.pick.Step, Text: w.say("refused_choose", w.oneScript(b.title), name, said)}
	if said == "" {
		o.Text = w.say("out_choose", w.oneScript(b.title))
	}
	w.fillOffer(o, w.others(b))
	return atLeastOne(o)
}

func atLeastOne(o *offer) *offer {
	if len(o.Values) == 0 {
		return nil
	}
	return o
}

// blame finds the input that a refusal speaks of, among the refused step's own and those of the reads before it.
func (w *worker) blame(s plan.Step, r run.Refusal) (blamed, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var best blamed
	for _, b := range w.inputs(s, map[string]bool{}) {
		names := []string{b.title, fmt.Sprint(b.value)}
		if b.pick != nil {
			var e any
			if json.Unmarshal(b.pick.Element, &e) == nil {
				names = append(names, plan.NamesOf(e)...)
			}
		}
		if slices.ContainsFunc(names, r.Mentions) {
			b.score += blameNamed
		}
		if svc, ok := w.service(w.ctx, b.step.Service); ok && calls(svc, b, r) {
			b.score += blameInput
		}
		if b.pick != nil && r.Kind != run.BadValue && priced(b.pick.Element) {
			b.score += blameGoods
		}
		if b.score > best.score {
			best = b
		}
	}
	return best, best.score > 0
}

// inputs lists what a step and the steps it rests on were given that could be something else; the caller holds mu.
func (w *worker) inputs(s plan.Step, seen map[string]bool) []blamed {
	row := w.steps[s.ID]
	if seen[s.ID] || row == nil {
		return nil
	}
	seen[s.ID] = true
	var out []blamed
	for i := range row.Picked {
		p := &row.Picked[i]
		out = append(out, blamed{step: s, at: p.Arg, title: p.Title, pick: p, value: p.Value})
	}
	if svc, ok := w.service(w.ctx, s.Service); ok {
		if c, ok := svc.Capability(s.Skill, s.Capability); ok {
			out = append(out, enums(s, s.Args, c.Input, "")...)
		}
	}
	for _, d := range s.Deps() {
		if before, ok := w.t.Plan.Step(d); ok && before.Goal == s.Goal {
			out = append(out, w.inputs(*before, seen)...)
		}
	}
	return out
}

// enums lists the literal values given to inputs that have a list of them.
func enums(s plan.Step, args map[string]plan.Arg, in *catalog.Schema, at string) []blamed {
	var out []blamed
	for _, name := range sortedKeys(args) {
		sub, ok := in.Property(name)
		if !ok {
			continue
		}
		out = append(out, enumsIn(s, args[name], sub, at+name)...)
	}
	return out
}

func enumsIn(s plan.Step, a plan.Arg, in *catalog.Schema, at string) []blamed {
	switch {
	case in == nil || a.Ref != nil:
		return nil
	case a.Object != nil:
		return enums(s, a.Object, in, at+".")
	case a.List != nil:
		var out []blamed
		for i, sub := range a.List {
			out = append(out, enumsIn(s, sub, in.Items, fmt.Sprintf("%s[%d]", at, i))...)
		}
		return out
	case len(in.Enum) > 1 && a.Value != nil:
		return []blamed{{step: s, at: at, title: quote.Label(in, a.Value), enum: in, value: a.Value}}
	}
	return nil
}

// calls tells whether a refusal names the input itself: by its name, or by the head of its description.
func calls(svc catalog.Service, b blamed, r run.Refusal) bool {
	c, ok := svc.Capability(b.step.Skill, b.step.Capability)
	if !ok {
		return false
	}
	name := b.at[strings.LastIndexAny(b.at, ".]")+1:]
	s := inputCalled(c.Input, name, 0)
	if s == nil {
		return r.Mentions(name)
	}
	return r.Mentions(name) || slices.ContainsFunc([]string{s.Title, quote.Head(s)}, func(t string) bool { return t != "" && r.Mentions(t) })
}

// maxInputDepth bounds how deep an input is looked for.
const maxInputDepth = 8

func inputCalled(s *catalog.Schema, name string, depth int) *catalog.Schema {
	if s == nil || depth > maxInputDepth {
		return nil
	}
	if p, ok := s.Property(name); ok {
		return p
	}
	for _, p := range s.Properties {
		if found := inputCalled(p.Schema, name, depth+1); found != nil {
			return found
		}
	}
	return inputCalled(s.Items, name, depth+1)
}

func priced(element json.RawMessage) bool {
	var e any
	return json.Unmarshal(element, &e) == nil && plan.HasPrice(e)
}

// otherValues are the values that an input takes beside the refused one: those that the refusal lists, where it lists some.
func otherValues(b blamed, r run.Refusal) []plan.Candidate {
	var all, listed []plan.Candidate
	for _, v := range b.enum.Enum {
		if fmt.Sprint(v) == fmt.Sprint(b.value) {
			continue
		}
		c := plan.Candidate{Value: v, Title: quote.Label(b.enum, v)}
		all = append(all, c)
		if slices.ContainsFunc(r.Listed, func(s string) bool { return s == fmt.Sprint(v) || s == c.Title }) {
			listed = append(listed, c)
		}
	}
	if len(listed) > 0 {
		return listed
	}
	return all
}

// others are the elements that the list of a pick offers beside the refused one.
func (w *worker) others(b blamed) []plan.Candidate {
	w.mu.Lock()
	results := run.Results(w.entries())
	w.mu.Unlock()
	ref, ok := pickAt(b.step.Args, b.at)
	if !ok {
		return nil
	}
	return plan.Others(results[ref.Step], *ref, b.value)
}
