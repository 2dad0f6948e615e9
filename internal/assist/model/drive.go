package model

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
)

var _ assist.Driver = (*Mind)(nil)

// rulesStep is what a model is told when it drives a service step by step.
const rulesStep = `You carry out one thing that a person wants at one service, one call after the other. Tell the next call.
Rules:
- "call" is the id of the next call, or "done" when nothing more is to be called.
- "inputs" are the call's inputs, each by its id. You write no values of your own:
  "words" copied exactly from the person's words, or "from" the id of a result (r…) or of a choice (v…), the other one "" or "none".
- Call what looks something up before what needs its results. Give every required input.
`

// nextStep is what a model proposes to call.
type nextStep struct {
	Call   string      `json:"call"`
	Inputs []nextInput `json:"inputs"`
}

type nextInput struct {
	Input string `json:"input"`
	Words string `json:"words"`
	From  string `json:"from"`
}

// done is what a model says when nothing more is to be called.
const done = "done"

// Next proposes a goal's next step. A model that fails or whose answer does not pass proposes none. Faults: cancelled.
func (m *Mind) Next(ctx context.Context, d assist.Driven) (assist.Next, error) {
	t := &talk{Mind: m, ctx: ctx, r: d.Request, use: assist.ModelUse{Model: m.llm.Name()}, begun: m.now()}
	out := assist.Next{}
	if len(d.Steps) < assist.MaxDriven {
		c := newCalls(m.rules.NextSteps(d.Request, d.Goal.Driven, d.Words), d)
		err := t.say(c.prompt(), func(text string) error {
			var said nextStep
			err := decode(text, &said)
			if err == nil {
				out, err = c.check(said)
			}
			return err
		})
		if err != nil {
			out = assist.Next{}
			t.failed(err)
		}
	}
	if out.Step != nil && out.Step.Effect != catalog.Read {
		out.Cancel = m.rules.Cancel(d.Request, d.Goal.Driven, *out.Step)
	}
	if t.use.Outcome == "" {
		t.use.Outcome = assist.ModelUsed
	}
	t.use.ElapsedMS = m.now().Sub(t.begun).Milliseconds()
	out.Model = &t.use
	return out, ctx.Err()
}

// calls are what may be called next, under ids of our own making.
type calls struct {
	assist.Driven
	steps   map[string]understand.Step
	inputs  map[string]catalog.Property
	choices map[string]any // by id, under its input's
	results map[string]plan.Arg
	ids     [4][]string // of calls, inputs, choices, results
	text    string
}

func newCalls(steps []understand.Step, d assist.Driven) *calls {
	c := &calls{Driven: d, steps: map[string]understand.Step{}, inputs: map[string]catalog.Property{}, choices: map[string]any{}, results: map[string]plan.Arg{}}
	var b strings.Builder
	for n, s := range steps[:min(len(steps), MaxCalls)] {
		id := fmt.Sprintf("c%d", n+1)
		c.steps[id], c.ids[0] = s, append(c.ids[0], id)
		fmt.Fprintf(&b, "%s: %s (%s) — %s\n", id, tame(s.Name, MaxLabel), effectWords[s.Effect], tame(s.Description, MaxAbout))
		for i, p := range s.Input.Properties[:min(len(s.Input.Properties), MaxInputs)] {
			c.input(&b, fmt.Sprintf("%s.p%d", id, i+1), p)
		}
	}
	for _, svc := range d.Services {
		if svc.ID == serviceOf(d.Goal.Driven) {
			fmt.Fprintf(&b, "How it is used: %s\n", tame(svc.Instruction, MaxInstruction))
		}
	}
	c.text = clipBytes(b.String(), MaxPrompt/2)
	c.text += c.returned(MaxPrompt - len(c.text) - MaxPrompt/4)
	return c
}

func (c *calls) input(b *strings.Builder, id string, p catalog.Property) {
	if len(p.Schema.Properties) > 0 || p.Schema.Is("object") && len(p.Schema.Types) > 0 {
		return // what is nested is the embedded mind's to fill
	}
	must := ""
	if p.Required {
		must = ", required"
	}
	fmt.Fprintf(b, "  %s: %s%s — %s\n", id, tame(p.Name, MaxLabel), must, tame(p.Schema.Description, MaxAbout))
	c.inputs[id], c.ids[1] = p, append(c.ids[1], id)
	for i, v := range p.Schema.Enum[:min(len(p.Schema.Enum), MaxItems)] {
		vid := fmt.Sprintf("%s.v%d", id, i+1)
		fmt.Fprintf(b, "    %s: %s\n", vid, tame(fmt.Sprint(v), MaxLabel))
		c.choices[vid], c.ids[2] = v, append(c.ids[2], vid)
	}
}

// returned writes down what the steps returned, every value under an id that stands for the place it came from.
func (c *calls) returned(room int) string {
	var b strings.Builder
	for _, s := range c.Steps {
		for _, v := range valuesOf(s.ID, c.Results[s.ID], understand.LimitIn(c.Words)) {
			id := fmt.Sprintf("r%d", len(c.results)+1)
			line := fmt.Sprintf("%s: %s %s = %s\n", id, tame(s.Capability, MaxLabel), tame(v.at, MaxLabel), tame(v.shown, MaxLabel))
			if b.Len()+len(line) > room || len(c.results) == MaxResults {
				return b.String()
			}
			b.WriteString(line)
			c.results[id], c.ids[3] = v.arg, append(c.ids[3], id)
		}
	}
	return b.String()
}

func (c *calls) prompt() Prompt {
	question := clipBytes(fmt.Sprintf("The person's words: %s\n", quoted(c.Words)), MaxPrompt/4)
	system, user := marked(rulesStep, question, c.text)
	text := map[string]any{"type": "string"}
	in := object([]string{"input", "words", "from"}, map[string]any{"input": oneOf(c.ids[1]), "words": text, "from": oneOf(slices.Concat(c.ids[2], c.ids[3]))})
	schema := object([]string{"call", "inputs"}, map[string]any{
		"call": map[string]any{"type": "string", "enum": append(slices.Clone(c.ids[0]), done)}, "inputs": list(in)})
	return Prompt{Purpose: "step", System: system, User: user, Schema: encode(schema), MaxTokens: MaxTokens}
}

// check makes a step of what was proposed: a call that may come next, with values that the words, the schema or results of the same
// goal have.
func (c *calls) check(said nextStep) (assist.Next, error) {
	if said.Call == done {
		return assist.Next{}, nil
	}
	s, ok := c.steps[said.Call]
	if !ok {
		return assist.Next{}, fault.New(fault.Invalid, "there is no call %q", clip(said.Call, MaxLabel))
	}
	args := map[string]plan.Arg{}
	for _, in := range said.Inputs {
		p, ok := c.inputs[in.Input]
		if !ok || !strings.HasPrefix(in.Input, said.Call+".") {
			return assist.Next{}, fault.New(fault.Invalid, "the call %s has no input %q", said.Call, clip(in.Input, MaxLabel))
		}
		if _, twice := args[p.Name]; twice {
			return assist.Next{}, fault.New(fault.Invalid, "the input %s is given twice", in.Input)
		}
		a, err := c.value(in, p)
		if err != nil {
			return assist.Next{}, fault.New(fault.Invalid, "input %s: %v", in.Input, err)
		}
		args[p.Name] = a
	}
	for _, p := range s.Input.Properties {
		if _, given := args[p.Name]; given || !p.Required {
			continue
		}
		if p.Schema.Const == nil && p.Schema.Default == nil {
			return assist.Next{}, fault.New(fault.Invalid, "the call %s lacks a required input (%s)", said.Call, c.idOf(said.Call, p.Name))
		}
		v := p.Schema.Const
		if v == nil {
			v = p.Schema.Default
		}
		args[p.Name] = plan.Arg{Value: v, From: "default"}
	}
	return c.step(s, args)
}

func (c *calls) idOf(call, name string) string {
	for _, id := range c.ids[1] {
		if strings.HasPrefix(id, call+".") && c.inputs[id].Name == name {
			return id
		}
	}
	return "one that cannot be given here"
}

// value is where an input's value comes from. Details of people go into inputs for them only.
func (c *calls) value(in nextInput, p catalog.Property) (plan.Arg, error) {
	if v, ok := c.choices[in.From]; ok && strings.HasPrefix(in.From, in.Input+".") {
		return plan.Arg{Value: v, From: "enum"}, nil
	}
	if a, ok := c.results[in.From]; ok {
		return a, nil
	}
	if in.From != none && in.From != "" {
		return plan.Arg{}, fault.New(fault.Invalid, "%q is no result and no choice of it", clip(in.From, MaxLabel))
	}
	heard := understand.Hear(c.Words)
	at, err := find(heard.Folded(), in.Words)
	if err != nil {
		return plan.Arg{}, err
	}
	words := heard.Original(at.from, at.to)
	if understand.HasDetails(words) && !understand.OpensDetails(p) {
		return plan.Arg{}, fault.New(fault.Invalid, "a phone number, an email address or a plate is nothing for it")
	}
	v, ok := understand.ReadInput(p, words, c.Now)
	if !ok {
		return plan.Arg{}, fault.New(fault.Invalid, "the words %q are no value of it", clip(words, MaxLabel))
	}
	return plan.Arg{Value: v, From: "said"}, nil
}

// step is the plan's step. The same call is made once; what prepares something is called once whatever its inputs.
func (c *calls) step(s understand.Step, args map[string]plan.Arg) (assist.Next, error) {
	next := plan.Step{ID: fmt.Sprintf("%sd%d", c.Goal.ID, len(c.Steps)+1), Goal: c.Goal.ID, Service: s.Service, Skill: s.Skill, Capability: s.Name,
		Args: args, Effect: s.Effect, Title: either(s.Title, s.Name)}
	for _, old := range c.Steps {
		if old.Capability == next.Capability && old.Skill == next.Skill && (s.Effect != catalog.Read || string(encode(old.Args)) == string(encode(args))) {
			return assist.Next{}, fault.New(fault.Invalid, "this was called already; take its results, or say %q", done)
		}
		if s.Effect != catalog.Read {
			next.After = append(next.After, old.ID)
		}
	}
	return assist.Next{Step: &next, Ends: s.Ends}, nil
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
