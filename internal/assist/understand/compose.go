package understand

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// builder composes the plan of one goal, backwards from the capability that ends it.
type builder struct {
	ix      *index
	goal    *goal
	unread  goal // as it was before its items were read for a service
	req     assist.Request
	lang    string
	now     time.Time
	steps   []plan.Step
	next    *int // step numbers run through the whole plan
	busy    map[string]bool
	asks    []pending
	explain *[]string
	counted bool   // the count found its input
	listed  bool   // the items found an array
	apart   []item // things that need an order of their own
	refusal string
	remarks []string            // wishes for the note to the merchant
	told    []string            // words that an input plainly took for one of its values
	toldBy  map[string][]string // the same by the step whose inputs took them, and the steps that it builds on
	fixed   map[string]plan.Arg // inputs whose values are known already, by capability/input
	unheard []string            // how something should be handed over, where the merchant takes no note
}

func (b *builder) note(format string, args ...any) {
	*b.explain = append(*b.explain, b.goal.id+": "+fmt.Sprintf(format, args...))
}

// step adds a call of c for w and returns its id; an equal call that is there already is used again.
func (b *builder) step(c catalog.Capability, w want, depth int) string {
	told := len(b.told)
	args := b.fill(c, w, depth)
	after := b.preconditions(c, w, depth)
	s := plan.Step{Goal: b.goal.id, Service: c.Service, Skill: c.Skill, Capability: c.Name, Args: args, Effect: c.Effect, After: after, Title: b.title(c, w)}
	if c.Effect == catalog.Read {
		for _, old := range b.steps {
			if old.Capability == c.Name && string(catalog.MustJSON(old.Args)) == string(catalog.MustJSON(args)) {
				return old.ID
			}
		}
	}
	id := b.add(s)
	if b.toldBy == nil {
		b.toldBy = map[string][]string{}
	}
	b.toldBy[id] = slices.Clone(b.told[told:])
	return id
}

func (b *builder) add(s plan.Step) string {
	*b.next++
	s.ID = fmt.Sprintf("s%d", *b.next)
	b.steps = append(b.steps, s)
	return s.ID
}

// preconditions are the siblings that a description says must have been called before.
func (b *builder) preconditions(c catalog.Capability, w want, depth int) []string {
	if depth >= maxDepth {
		return nil
	}
	var out []string
	for _, sentence := range sentenceEnd.Split(c.Description, -1) {
		if !mustBefore(sentence) {
			continue
		}
		for _, other := range b.service().Capabilities {
			if other.Name == c.Name || b.busy[other.Name] || other.Effect != catalog.Read || !strings.Contains(sentence, other.Name) {
				continue
			}
			if id := b.have(other.Name); id != "" {
				out = append(out, id)
				continue
			}
			asks, steps := len(b.asks), len(b.steps)
			b.busy[other.Name] = true
			id := b.step(other, w, depth+1)
			delete(b.busy, other.Name)
			if len(b.asks) > asks {
				b.asks, b.steps = b.asks[:asks], b.steps[:steps]
				continue
			}
			out = append(out, id)
		}
	}
	return out
}

func mustBefore(sentence string) bool {
	low := strings.ToLower(sentence)
	for _, cue := range []string{"前置条件", "必须先", "需先", "先调用", "已调用", "之前必须", "call first", "must be called", "requires a prior", "requires calling", "after calling", "before calling this", "first call", "must first"} {
		if strings.Contains(low, cue) {
			return true
		}
	}
	return false
}

func (b *builder) have(capability string) string {
	for _, s := range b.steps {
		if s.Capability == capability {
			return s.ID
		}
	}
	return ""
}

func (b *builder) wantOf(it item) want {
	options := b.optionWords(it.text)
	q, named := query(it.text, options), b.nameIn(it.text)
	if whole, kept := b.namedItem(it.text, q, options); whole != "" && named == "" {
		q, named = whole, kept
	}
	if kind := withoutCities(q); kind != q && kind != "" && b.takesCity() && !b.kindOfService(q) && b.kindOfService(kind) {
		q = "" // the sights of a city: all of them
	}
	w := want{item: it, query: q, options: without(it.text, named), named: named, soft: b.kindOfService(q)}
	if name := b.canonical(q); name != "" {
		w.query, w.soft = name, false
	}
	w.subject = w.query
	return w
}

// takesCity tells that a service is told a city by an input of its own: its name in the words names no thing.
func (b *builder) takesCity() bool {
	takes := false
	b.eachInput(func(p catalog.Property) { takes = takes || roleOf(p.Name, p.Schema, true) == roleCity })
	return takes
}

// without takes a word out of a text.
func without(text, word string) string {
	if i := indexWord(lexicon.Fold(text), word); word != "" && i >= 0 {
		s := lexicon.Fold(text)
		return s[:i] + " " + s[i+len(word):]
	}
	return text
}

// canonical is the service's own name of the one live item that the words name; "" when none or several fit.
func (b *builder) canonical(q string) string {
	if q == "" {
		return ""
	}
	best, second, name := 0.0, 0.0, ""
	consider := func(said, title string) {
		l := lexicon.Likeness(q, said)
		switch {
		case title == name:
			best = max(best, l)
		case l > best:
			best, second, name = l, best, title
		default:
			second = max(second, l)
		}
	}
	svc := b.service()
	for _, it := range svc.Items[:min(len(svc.Items), maxItems)] {
		consider(it.Name, it.Name)
		for _, alias := range it.Aliases {
			consider(alias, it.Name)
		}
	}
	if best >= exactName || best >= likelyName && best-second > clearlyBetter {
		b.note("“%s” is %s (%.2f, next %.2f)", q, name, best, second)
		return name
	}
	return ""
}

// namedItem finds the live item whose own name holds words that would else be options ("oat latte" beside "latte" with
// oat milk): the words with those options left in, where they name an item better than without.
func (b *builder) namedItem(text, q string, options []string) (name, kept string) {
	best := 0.0
	for _, keep := range options {
		rest := slices.DeleteFunc(slices.Clone(options), func(o string) bool { return o == keep })
		with := query(text, rest)
		for _, it := range b.service().Items[:min(len(b.service().Items), maxItems)] {
			if l := lexicon.Likeness(with, it.Name); l >= exactName && l > lexicon.Likeness(q, it.Name)+0.01 && l > best {
				best, name, kept = l, with, keep
			}
		}
	}
	return name, kept
}

// exactName is the likeness from which words name an item and nothing else; likelyName and clearlyBetter are what one item
// needs when its name says more than the person did.
const (
	exactName     = 0.99
	likelyName    = 0.7
	clearlyBetter = 0.12
)

// anyThing are words for whatever a service sells one of.
var anyThing = map[string]bool{"c:ticket": true, "c:seat": true, "c:room": true, "c:course": true, "c:goods": true, "c:table": true, "c:food": true, "c:drink": true}

// kindOfService tells that words only name what the service is about ("a car" at a ride service, "a train ticket" at a
// railway), not one of its things.
func (b *builder) kindOfService(q string) bool {
	about := lexicon.Features(b.service().Name + " " + b.service().Description)
	vs := b.voices()
	known := func(f string) bool {
		_, ok := about[f]
		return ok || generic(f) || anyThing[f] || vs.names(f)
	}
	fs := lexicon.Features(q)
	met := map[string]bool{}
	for _, sp := range lexicon.Bridge(q) {
		if _, ok := sp.Carried(known); ok {
			for f := range lexicon.Features(sp.Text) {
				met[f] = true
			}
		}
	}
	for f := range fs {
		if !known(f) && !met[f] && !(strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) < 2 && len(fs) > 1) {
			return false
		}
	}
	return true
}

// optionWords are the words of a text that say an option which some input of the service knows.
func (b *builder) optionWords(text string) []string {
	var out []string
	text = without(text, b.nameIn(text))
	var walk func(s *catalog.Schema, depth int)
	walk = func(s *catalog.Schema, depth int) {
		if s == nil || depth > 6 {
			return
		}
		for _, p := range s.Properties {
			if p.Schema.Type == "boolean" || aside(p) {
				out = append(out, besideWords(p, text)...)
			}
			if len(p.Schema.Enum) > 0 {
				for _, f := range findEnum(p.Name, p.Schema, text) {
					out = append(out, f.words)
				}
			}
			if p.Schema.Items != nil && len(p.Schema.Items.Enum) > 0 {
				for _, f := range findEnum(p.Name, p.Schema.Items, text) {
					out = append(out, f.words)
				}
			}
			walk(p.Schema, depth+1)
			walk(p.Schema.Items, depth+1)
		}
	}
	for _, c := range b.service().Capabilities {
		if c.Effect != catalog.Read || len(c.Input.Required) > 1 {
			walk(c.Input, 0)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return slices.Compact(out)
}

var brackets = strings.NewReplacer("【", "", "】", "", "「", "", "」", "")

// title is a step's name for people.
func (b *builder) title(c catalog.Capability, w want) string {
	t := c.Title
	if t == "" || b.lang == "zh" && !lexicon.HasHan(t) {
		d := brackets.Replace(c.Description)
		if i := labelEnd.FindStringIndex(d); i != nil && i[0] > 0 {
			d = d[:i[0]]
		}
		switch {
		case d != "" && lexicon.Runes(d) <= 24 && lexicon.HasHan(d) == (b.lang == "zh"):
			t = d
		case t == "":
			t = catalog.NameWords(c.Name)
		}
	}
	if w.subject != "" && c.Effect == catalog.Read {
		return t + " · " + w.subject
	}
	return t
}
