package understand

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
)

// alteration is the wish to change one order that stands, where its service may be able to do that itself.
type alteration struct {
	base  base
	order assist.Placed
	m     *mender // with what kinds of things were changed
	then  time.Time
}

// How a capability says that it changes what there is already.
var (
	changeVerbs = []string{"update", "modify", "change", "edit", "amend", "reschedule", "rebook", "revise", "alter", "move", "postpone", "adjust", "replace", "switch", "set"}
	changesHead = regexp.MustCompile(`(?i)^(?:修改|更改|变更|改签|改期|改约|改订|改单|改时间|改地址|改动|调整|更新|更换|(?:update|modify|change|edit|amend|reschedule|rebook|revise|alter|move|postpone|adjust)s?\b)|改签|改期`)
)

// changes tells that a capability changes something that was made before.
func changes(c catalog.Capability) bool {
	if c.Effect == catalog.Read || c.Effect == catalog.Payment || isUndo(c) {
		return false
	}
	return anyOf(changeVerbs, nameWords(c)) || changesHead.MatchString(strings.TrimSpace(brackets.Replace(headOf(c.Description))))
}

// altered is one way to change the order.
type altered struct {
	b      *builder
	id     string // of the step
	goal   plan.GoalPlan
	leaves int
}

// asAlteration plans the change through a capability of the service's own; ok is false where it has none that takes this
// order's number and whatever is to be different. Then the order is replaced.
func (m *Mind) asAlteration(ix *index, r assist.Request, f reading, lang string) (assist.Thought, bool) {
	var best *altered
	for _, c := range ix.openService(f.alters.base.service).Capabilities {
		ids, ok := ownInputs(c, f.alters.order)
		if !ok || !changes(c) {
			continue
		}
		if a := ix.alter(r, f, lang, c, ids); a != nil && (best == nil || a.leaves > best.leaves) {
			best = a
		}
	}
	if best == nil {
		return assist.Thought{}, false
	}
	t := assist.Thought{Engine: Engine, Lang: lang, Goals: []assist.GoalView{best.b.view()}, Explain: *best.b.explain}
	as := newSaying(f.said, r.Answers)
	for i := range best.b.steps {
		if best.b.steps[i].ID != best.id {
			as.restore(best.b.steps[i].Args)
		}
	}
	t.Plan = &plan.Plan{Utterance: r.Text, Lang: lang, Goals: []plan.GoalPlan{best.goal}, Steps: best.b.steps}
	return t, true
}

// ownInputs finds the inputs of a capability that name the order: at least one, by the numbers that its merchant gave it.
func ownInputs(c catalog.Capability, o assist.Placed) (map[string]any, bool) {
	out := map[string]any{}
	for _, p := range c.Input.Properties {
		if roleOf(p.Name, p.Schema, false) != roleID {
			continue
		}
		if v, ok := ownValue(p, o.Own); ok {
			out[p.Name] = v
		}
	}
	return out, len(out) > 0
}

func ownValue(p catalog.Property, own map[string]any) (any, bool) {
	best, score := "", likeName-0.01
	for _, name := range sortedNames(own) {
		v := nameLike(p.Name, name, "order", "order")
		if flatName(p.Name) == flatName(name) {
			v = sameName + 1
		}
		if v > score {
			best, score = name, v
		}
	}
	if best == "" {
		return nil, false
	}
	v, ok := own[best], p.Schema.Is("string")
	if _, text := own[best].(string); !text {
		ok = p.Schema.Is("number") || p.Schema.Is("integer")
	}
	return v, ok
}

func sortedNames(m map[string]any) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// alter builds the call of one capability as the order is to be, beside the same call as it was: what differs is what is
// changed. nil where nothing differs, less than what was said, or something that it needs is not known.
func (ix *index) alter(r assist.Request, f reading, lang string, c catalog.Capability, ids map[string]any) *altered {
	a, plain := f.alters, asOrdered(c)
	var notes, unheard []string
	b := ix.altering(r, a.base.service, f.text, f.now, lang, c, ids, &notes)
	id := b.step(plain, b.wantOf(b.goal.items[0]), 0)
	old := r
	old.Answers = map[string]string{}
	for k, v := range a.base.turn.Answers {
		if tail, ok := strings.CutPrefix(k, a.base.goal.ID+"/"); ok {
			old.Answers["g1/"+tail] = v
		}
	}
	was := ix.altering(old, a.base.service, a.base.goal.Text, a.then, lang, c, ids, &unheard)
	was.step(plain, was.wantOf(was.goal.items[0]), 0)
	at := slices.IndexFunc(b.steps, func(s plan.Step) bool { return s.ID == id })
	if at < 0 || len(b.asks) > 0 || len(was.steps) == 0 || b.refusal != "" {
		return nil
	}
	step, before := &b.steps[at], was.steps[len(was.steps)-1]
	d := differ{now: b.steps, then: was.steps}
	step.Args, before.Args = theirNames(c.Input, step.Args), theirNames(c.Input, before.Args)
	step.Args = d.args(c.Input, step.Args, before.Args, "")
	if len(d.at) < max(1, a.m.kinds()) {
		return nil
	}
	b.dropUnused(id)
	b.note("%s changes %s of the order: %s", c.Name, a.order.Order, strings.Join(d.at, ", "))
	g := b.goalPlan(b.quoteBefore(c, id), id, true)
	g.Amends, g.Alters, g.Count = a.order.Order, d.at, d.count
	g.Cancel = b.cancelBy(a.order)
	g.Revert = revert(*step, before, d.at)
	return &altered{b: b, id: id, goal: g, leaves: len(d.at)}
}

func (ix *index) altering(r assist.Request, service int, text string, now time.Time, lang string, c catalog.Capability, ids map[string]any, notes *[]string) *builder {
	g := ix.known(text, service)
	g.id = "g1"
	g.read(now)
	r.Now = now
	b := &builder{ix: ix, goal: g, req: r, lang: lang, now: now, next: new(int), busy: map[string]bool{}, explain: notes, fixed: map[string]plan.Arg{}}
	for name, v := range ids {
		b.fixed[c.Name+"/"+plainName(c.Input, name)] = value(v, "earlier")
	}
	b.hearTimes()
	b.readItems()
	return b
}

// kinds is how many kinds of things were changed: times, counts, places.
func (m *mender) kinds() int {
	n := 0
	for _, is := range []bool{m.timed, m.counted, m.placed} {
		if is {
			n++
		}
	}
	return n
}

// differ finds where the arguments of two calls of one capability say something else.
type differ struct {
	now, then []plan.Step
	at        []string
	count     *plan.Count
}

// args keeps what differs, and what is required anyway.
func (d *differ) args(in *catalog.Schema, now, then map[string]plan.Arg, at string) map[string]plan.Arg {
	out := map[string]plan.Arg{}
	for _, p := range in.Properties {
		a, ok := now[p.Name]
		if !ok {
			continue
		}
		b, had := then[p.Name]
		switch {
		case had && meaning(a, d.now, 0) == meaning(b, d.then, 0):
			if p.Required || a.From == "earlier" {
				out[p.Name] = a
			}
			continue
		case a.Object != nil && had && b.Object != nil:
			a.Object = d.args(p.Schema, a.Object, b.Object, at+p.Name+".")
		default:
			d.at = append(d.at, at+p.Name)
			d.counts(p, a, b)
		}
		out[p.Name] = a
	}
	return out
}

// counts notes how many there were and are to be, where an input says so.
func (d *differ) counts(p catalog.Property, now, then plan.Arg) {
	n, ok := countIn(now)
	if !ok || roleOf(p.Name, p.Schema, false) != roleQuantity {
		return
	}
	was, ok := countIn(then)
	if !ok {
		was = 1
	}
	d.count = &plan.Count{Before: was, After: n}
}

func countIn(a plan.Arg) (int, bool) {
	switch v := a.Value.(type) {
	case float64:
		return int(v), v == float64(int(v)) && v > 0
	case int:
		return v, v > 0
	}
	return 0, false
}

// maxMeaning bounds how far back the meaning of an argument is followed.
const maxMeaning = 6

// meaning writes an argument out with the calls that its references go to, so that it can be compared with one of another plan.
func meaning(a plan.Arg, steps []plan.Step, depth int) string {
	switch {
	case a.Ref != nil && depth < maxMeaning:
		ref := *a.Ref
		i := slices.IndexFunc(steps, func(s plan.Step) bool { return s.ID == ref.Step })
		if i < 0 {
			return fmt.Sprint(ref)
		}
		ref.Step = steps[i].Capability + meaning(plan.Arg{Object: steps[i].Args}, steps, depth+1)
		if ref.Pick != nil {
			pick := *ref.Pick
			pick.Said = "" // all that was said: what is looked for in it stands beside it
			ref.Pick = &pick
		}
		return string(catalog.MustJSON(ref))
	case a.Object != nil:
		var out []string
		for _, k := range sortedArgs(a.Object) {
			out = append(out, k+"="+meaning(a.Object[k], steps, depth))
		}
		return "{" + strings.Join(out, ",") + "}"
	case a.List != nil:
		var out []string
		for _, sub := range a.List {
			out = append(out, meaning(sub, steps, depth))
		}
		return "[" + strings.Join(out, ",") + "]"
	}
	return string(catalog.MustJSON(a.Value))
}

func sortedArgs(m map[string]plan.Arg) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// dropUnused leaves out the steps that nothing of what is kept rests on.
func (b *builder) dropUnused(id string) {
	used := map[string]bool{id: true}
	for _, s := range slices.Backward(b.steps) {
		if !used[s.ID] {
			continue
		}
		for _, d := range s.Deps() {
			used[d] = true
		}
	}
	b.steps = slices.DeleteFunc(b.steps, func(s plan.Step) bool { return !used[s.ID] })
}

// cancelBy is the step that takes a whole order back, by the numbers that its merchant gave it; nil where there is none.
func (b *builder) cancelBy(o assist.Placed) *plan.Step {
	for _, names := range [][]string{{"cancel", "revoke", "void", "abort"}, {"refund", "withdraw", "return"}} {
		for _, c := range b.service().Capabilities {
			if !isUndo(c) || c.Effect == catalog.Read || !anyOf(names, nameWords(c)) && !takesBack.MatchString(headOf(c.Description)) {
				continue
			}
			ids, ok := ownInputs(c, o)
			args := map[string]plan.Arg{}
			for _, p := range c.Input.Properties {
				v, named := ids[p.Name]
				switch note := roleOf(p.Name, p.Schema, false) == roleNote && p.Schema.Is("string") && len(p.Schema.Enum) == 0; {
				case named:
					args[p.Name] = value(v, "earlier")
				case p.Required && note:
					args[p.Name] = value(clipTo(p.Schema, tr(b.lang, "用户要求", "as the customer asked")), "default")
				case p.Required:
					ok = false
				}
			}
			if ok {
				return &plan.Step{ID: "amended-cancel", Goal: b.goal.id, Service: c.Service, Skill: c.Skill, Capability: c.Name, Args: args, Effect: c.Effect, Title: b.title(c, want{})}
			}
		}
	}
	return nil
}

// revert is the same call with everything as it was; nil where that cannot be said without looking it up again.
func revert(now, then plan.Step, at []string) *plan.Step {
	back := now
	back.ID = cmp.Or(now.ID, "amended") + "-revert"
	back.Args = map[string]plan.Arg{}
	for name, a := range now.Args {
		differs := slices.ContainsFunc(at, func(p string) bool { return p == name || strings.HasPrefix(p, name+".") })
		if differs {
			was, had := then.Args[name]
			if !had {
				return nil
			}
			a = was
		}
		if refers(a) {
			return nil
		}
		back.Args[name] = a
	}
	back.After = nil
	return &back
}

func refers(a plan.Arg) bool { return len(plan.Step{Args: map[string]plan.Arg{"": a}}.Deps()) > 0 }
