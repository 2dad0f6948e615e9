package understand

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// finalAfter adds the irreversible step that submits what a reversible end began (checkout after a cart, submit
// after a draft): it needs an id that the end returns. "" when the end is as far as it goes; the platform pays then.
func (b *builder) finalAfter(end catalog.Capability, last string) string {
	for _, c := range b.service().Capabilities {
		if c.Name == end.Name || c.Skill != end.Skill || isUndo(c) || c.Effect != catalog.Irreversible && c.Effect != catalog.Payment {
			continue
		}
		if !anyOf([]string{"submit", "confirm", "checkout", "place", "finalize", "complete", "issue"}, nameWords(c)) && !settles(end, c) {
			continue
		}
		if args, ok := b.argsFrom(c, last, end, true); ok {
			w := b.wantOf(b.goal.items[0])
			return b.add(plan.Step{Goal: b.goal.id, Service: c.Service, Skill: c.Skill, Capability: c.Name, Args: args, Effect: c.Effect, After: []string{last}, Title: b.title(c, w)})
		}
	}
	return ""
}

var provisional = regexp.MustCompile(`(?i)\bholds?\b|\bdraft|\bprovisional|\btentative|without charge|not (?:yet )?charged|nothing is charged|草稿|预占|占位|暂存|暂不扣`)

// settles tells that c makes final what end only holds: end says so of itself, and c is not the mere payment, which is the platform's.
func settles(end, c catalog.Capability) bool {
	ws := nameWords(c)
	if len(ws) > 0 && (ws[0] == "pay" || ws[len(ws)-1] == "pay" || ws[0] == "update" || ws[0] == "modify") || strings.HasPrefix(headOf(c.Description), "支付") {
		return false
	}
	return provisional.MatchString(words(end.Name) + " " + end.Description)
}

// argsFrom fills a capability's inputs from one step's output, for steps that act on what that step made: every
// required id must be there. asking tells that what else it needs may be asked for.
func (b *builder) argsFrom(c catalog.Capability, step string, made catalog.Capability, asking bool) (map[string]plan.Arg, bool) {
	args := map[string]plan.Arg{}
	ids := 0
	asks, steps := len(b.asks), len(b.steps)
	undo := func() { b.asks, b.steps = b.asks[:asks], b.steps[:steps] }
	for _, p := range c.Input.Properties {
		path, score := findOutput(made, p.Name)
		if score >= likeName && path != nil {
			args[p.Name] = plan.Arg{Ref: &plan.Ref{Step: step, Path: path, Pick: &plan.Pick{Prefer: "first"}}, From: "step"}
			ids++
			continue
		}
		if made.Output == nil && p.Required && roleOf(p.Name, p.Schema, false) == roleID {
			args[p.Name] = plan.Arg{Ref: &plan.Ref{Step: step, Path: []string{"**", p.Name}, Like: likeOf(p)}, From: "step"}
			ids++
			continue
		}
		if !p.Required {
			continue
		}
		if roleOf(p.Name, p.Schema, false) == roleNote && p.Schema.Is("string") && len(p.Schema.Enum) == 0 {
			args[p.Name] = value(clipTo(p.Schema, tr(b.lang, "用户要求", "as the customer asked")), "default")
			continue
		}
		a, ok := b.source(c, p.Name, p, want{}, maxDepth)
		if asked := len(b.asks) > asks; (!ok || asked) && !(asking && asked && b.onlyAnswerable(asks)) {
			undo()
			return nil, false
		}
		if ok {
			args[p.Name] = a
		}
	}
	if ids == 0 && len(c.Input.Required) > 0 {
		undo()
		return nil, false
	}
	return args, true
}

// cancelOf is the step that takes back what step did; nil when the service has none.
func (b *builder) cancelOf(step string) *plan.Step {
	var made catalog.Capability
	for _, s := range b.steps {
		if s.ID == step {
			made, _ = b.service().Capability(s.Skill, s.Capability)
		}
	}
	for _, names := range [][]string{{"cancel", "revoke", "void", "abort"}, {"refund", "withdraw", "return"}} {
		for _, c := range b.ownAndAfter(made) {
			if !isUndo(c) || c.Effect == catalog.Read || !anyOf(names, nameWords(c)) && !takesBack.MatchString(headOf(c.Description)) || usedUp(made, c) {
				continue
			}
			if args, ok := b.argsFrom(c, step, made, false); ok {
				return &plan.Step{ID: step + "-cancel", Goal: b.goal.id, Service: c.Service, Skill: c.Skill, Capability: c.Name, Args: args, Effect: c.Effect, Title: b.title(c, want{})}
			}
		}
	}
	return nil
}

// usedUp tells that an undo takes the id that a call was itself made with, and that this does not say what it returns: a
// hold that was made final cannot be released any more, what was made of it is cancelled by an id of its own.
func usedUp(made, undo catalog.Capability) bool {
	return made.Output == nil && slices.ContainsFunc(undo.Input.Properties, func(p catalog.Property) bool {
		_, taken := made.Input.Property(p.Name)
		return p.Required && taken && roleOf(p.Name, p.Schema, false) == roleID
	})
}

// makerOf is the sibling that makes what an irreversible end makes final, where none says what it returns: the end's only
// required id is of a hold or a draft, and a reversible sibling says that it makes one.
func (b *builder) makerOf(end catalog.Capability) (catalog.Capability, bool) {
	if end.Effect != catalog.Irreversible && end.Effect != catalog.Payment {
		return catalog.Capability{}, false
	}
	var id catalog.Property
	for _, p := range end.Input.Properties {
		if p.Required && roleOf(p.Name, p.Schema, false) == roleID {
			if id.Name != "" {
				return catalog.Capability{}, false
			}
			id = p
		}
	}
	if id.Name == "" || slices.ContainsFunc(b.producers(end, id), func(pr producer) bool { return pr.cap.Output != nil || pr.cap.Effect == catalog.Read }) {
		return catalog.Capability{}, false
	}
	for _, c := range b.service().Capabilities {
		if c.Name != end.Name && c.Skill == end.Skill && c.Effect == catalog.Reversible && c.Output == nil && !isUndo(c) && makes(c, id, end) {
			return c, true
		}
	}
	return catalog.Capability{}, false
}

// returning is how a description says what a call returns.
var returning = regexp.MustCompile(`(?i)\b(?:returns?|gives?|yields?)\b(.*)|返回(.*)`)

// makes tells that a call which does not say what it returns makes the thing that an id is of: its description says that it
// returns one, or the end's name is its own name with a word more (confirm hold ← hold).
func makes(c catalog.Capability, id catalog.Property, end catalog.Capability) bool {
	own, stem := nameWords(c), strings.Fields(strings.ToLower(words(id.Name)))
	if m := returning.FindStringSubmatch(c.Description); m != nil {
		said := strings.ToLower(m[1] + m[2])
		for _, w := range stem {
			if lexicon.Mentions(said, w) {
				return true
			}
		}
	}
	return len(own) > 0 && !slices.ContainsFunc(own, func(w string) bool { return !slices.Contains(nameWords(end), w) && !slices.Contains(stem, w) })
}

// payOf is the merchant's own payment of what step made, by an id that it returned; nil where the service has none, or
// the step is one. It runs after the platform has paid, so nobody is asked anything for it.
func (b *builder) payOf(step string) *plan.Step {
	var made catalog.Capability
	for _, s := range b.steps {
		if s.ID == step {
			made, _ = b.service().Capability(s.Skill, s.Capability)
		}
	}
	if made.Effect == catalog.Payment {
		return nil
	}
	for _, c := range b.ownAndAfter(made) {
		if c.Effect != catalog.Payment || isUndo(c) || len(c.Input.Required) == 0 {
			continue
		}
		steps := len(b.steps)
		args, ok := b.argsFrom(c, step, made, false)
		if added := len(b.steps) > steps; ok && !added {
			return &plan.Step{ID: step + "-pay", Goal: b.goal.id, Service: c.Service, Skill: c.Skill, Capability: c.Name, Args: args, Effect: c.Effect, Title: b.title(c, want{})}
		}
		b.steps = b.steps[:steps]
	}
	return nil
}

// takesBack is how a description begins that takes an order back.
var takesBack = regexp.MustCompile(`^(?:取消|撤销|撤单|退掉|退票|退订|退单|退号|退房|放弃|释放|作废)|(?i:^(?:cancel|release|give up)\b)`)

// quoteBefore finds (or adds) the step that says what end will cost: a preview with the same inputs, else the last
// earlier step whose output has a price.
func (b *builder) quoteBefore(end catalog.Capability, id string) string {
	for _, c := range b.service().Capabilities {
		if c.Effect != catalog.Read || c.Skill != end.Skill || !catalog.Priced(c.Output) && !c.Undeclared() || !quotes(c) {
			continue
		}
		if have := b.have(c.Name); have != "" {
			return have
		}
		if !coveredBy(c, end) {
			continue
		}
		if at := b.previewOf(c, id); at != "" {
			return at
		}
	}
	for i := len(b.steps) - 1; i >= 0; i-- {
		c, _ := b.service().Capability(b.steps[i].Skill, b.steps[i].Capability)
		if b.steps[i].ID != id && (c.Effect == catalog.Read || c.Effect == catalog.Reversible) && catalog.Priced(c.Output) {
			return b.steps[i].ID
		}
	}
	return ""
}

func quotes(c catalog.Capability) bool {
	head := lexicon.Fold(headOf(c.Description))
	return anyOf([]string{"preview", "quote", "estimate", "calculate", "price", "precheck", "calc", "trial"}, nameWords(c)) ||
		strings.Contains(head, "试算") || strings.Contains(head, "预览") || strings.Contains(head, "报价") || strings.Contains(head, "预估") || strings.Contains(head, "算价") || strings.Contains(head, "计算")
}

// coveredBy tells that all required inputs of a preview are inputs of the order too.
func coveredBy(c, end catalog.Capability) bool {
	for _, p := range c.Input.Properties {
		if _, ok := end.Input.Property(p.Name); p.Required && !ok {
			return false
		}
	}
	return len(c.Input.Properties) > 0
}

// previewOf adds the preview with the very arguments of the order, before the order step.
func (b *builder) previewOf(c catalog.Capability, id string) string {
	for i, s := range b.steps {
		if s.ID != id {
			continue
		}
		args := map[string]plan.Arg{}
		for name, a := range s.Args {
			if _, ok := c.Input.Property(name); ok {
				args[name] = a
			}
		}
		at := b.add(plan.Step{Goal: b.goal.id, Service: c.Service, Skill: c.Skill, Capability: c.Name, Args: args, Effect: c.Effect, Title: b.title(c, want{})})
		// the order comes after its preview
		preview := b.steps[len(b.steps)-1]
		b.steps = append(b.steps[:i:i], append([]plan.Step{preview}, b.steps[i:len(b.steps)-1]...)...)
		b.steps[i+1].After = append(b.steps[i+1].After, at)
		return at
	}
	return ""
}

// goalTitle is the goal in the person's own words, without politeness.
func (b *builder) goalTitle() string {
	t := blank("polite", lexicon.Fold(b.goal.shown()))
	if r := []rune(t); len(r) > 60 {
		t = string(r[:60]) + "…"
	}
	return t
}
