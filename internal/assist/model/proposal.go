package model

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// none is what a model says where nothing fits.
const none = "none"

// proposal is how a model reads a sentence: it points at words and at ids, and writes no values of its own.
type proposal struct {
	Goals []proposedGoal `json:"goals"`
}

type proposedGoal struct {
	Words   string         `json:"words"`
	Service string         `json:"service"`
	End     string         `json:"end"`
	Items   []proposedItem `json:"items"`
}

type proposedItem struct {
	Words string `json:"words"`
	Item  string `json:"item"`
	Count int    `json:"count"`
}

// decode reads an answer strictly: one JSON value, every member known, nothing behind it.
func decode(text string, v any) error {
	if len(text) > MaxAnswer {
		return fault.New(fault.Invalid, "the answer has more than %d bytes", MaxAnswer)
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fault.New(fault.Invalid, "the answer is not JSON of the schema: %v", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return fault.New(fault.Invalid, "there is something behind the JSON object")
	}
	return nil
}

// goalSchema is the JSON Schema of a proposal: ids stand in enumerations, so that nothing else can be said.
func goalSchema(o offer) json.RawMessage {
	text := map[string]any{"type": "string"}
	item := object([]string{"words", "item", "count"}, map[string]any{"words": text, "item": oneOf(o.itemIDs), "count": map[string]any{"type": "integer"}})
	goal := object([]string{"words", "service", "end", "items"}, map[string]any{
		"words": text, "service": oneOf(o.order), "end": oneOf(o.endIDs), "items": list(item)})
	return encode(object([]string{"goals"}, map[string]any{"goals": list(goal)}))
}

func list(of any) map[string]any { return map[string]any{"type": "array", "items": of} }

func object(required []string, properties map[string]any) map[string]any {
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

// oneOf is an enumeration with none last.
func oneOf(ids []string) map[string]any {
	return map[string]any{"type": "string", "enum": append(slices.Clone(ids), none)}
}

func encode(v any) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("model: a value of ours does not encode: " + err.Error())
	}
	return bytes.TrimSpace(b.Bytes())
}

// span is where words stand in the folded sentence.
type span struct{ from, to int }

// reading is a proposal that passed: the sentence is cut where its goals begin, so that nothing which was said is lost.
type reading struct {
	guides []understand.Guide
	asks   []int // goals whose service no word of the sentence speaks for: the person is asked
}

// checker holds a proposal against the sentence and the catalogue. What is wrong is told in words that a model can mend it by.
type checker struct {
	*Mind
	r     assist.Request
	heard understand.Heard
	offer offer
	must  []string // services that the words ask for plainly
}

func (c *checker) check(p proposal) (reading, error) {
	if len(p.Goals) == 0 || len(p.Goals) > MaxGoals {
		return reading{}, fault.New(fault.Invalid, "there must be 1 to %d goals, not %d", MaxGoals, len(p.Goals))
	}
	spans := make([]span, 0, len(p.Goals))
	for i, g := range p.Goals {
		at, err := c.goal(g)
		if err != nil {
			return reading{}, fault.New(fault.Invalid, "goal %d: %v", i+1, err)
		}
		if slices.ContainsFunc(spans, func(other span) bool { return at.from < other.to && other.from < at.to }) {
			return reading{}, fault.New(fault.Invalid, "goal %d uses words that another goal uses: %q", i+1, clip(g.Words, MaxLabel))
		}
		spans = append(spans, at)
	}
	for _, service := range c.must {
		if !slices.ContainsFunc(p.Goals, func(g proposedGoal) bool { return serviceOf(c.offer.services[g.Service].ID) == service }) {
			return reading{}, fault.New(fault.Invalid, "the sentence plainly asks for something else too: keep a goal for %s", c.idsOf(service))
		}
	}
	return c.cut(p.Goals, spans)
}

// serviceOf is the service that a part belongs to.
func serviceOf(part string) string {
	id, _, _ := strings.Cut(part, "/")
	return id
}

func (c *checker) idsOf(service string) string {
	var ids []string
	for _, id := range c.offer.order {
		if serviceOf(c.offer.services[id].ID) == service {
			ids = append(ids, id)
		}
	}
	return strings.Join(ids, " or ")
}

// goal finds where a goal's words stand and whether its ids go together.
func (c *checker) goal(g proposedGoal) (span, error) {
	at, err := find(c.heard.Folded(), g.Words)
	if err != nil || g.Service == none {
		return at, err
	}
	if _, ok := c.offer.services[g.Service]; !ok {
		return at, fault.New(fault.Invalid, "there is no service %q", clip(g.Service, MaxLabel))
	}
	if g.End != none && (c.offer.ends[g.End] == "" || !strings.HasPrefix(g.End, g.Service+".")) {
		return at, fault.New(fault.Invalid, "%q is no end of the service %s", clip(g.End, MaxLabel), g.Service)
	}
	if len(g.Items) > MaxItems {
		return at, fault.New(fault.Invalid, "there are more than %d items", MaxItems)
	}
	for _, it := range g.Items {
		if err := c.item(it, g.Service, c.heard.Folded()[at.from:at.to]); err != nil {
			return at, err
		}
	}
	return at, nil
}

// item holds an item against its goal's words: it must be named there, be a thing of the service, and its count be said.
func (c *checker) item(it proposedItem, service, words string) error {
	if _, err := find(words, it.Words); err != nil {
		return fault.New(fault.Invalid, "an item's %v", err)
	}
	if it.Item != none && (c.offer.items[it.Item] == "" || !strings.HasPrefix(it.Item, service+".")) {
		return fault.New(fault.Invalid, "the service %s has no item %q", service, clip(it.Item, MaxLabel))
	}
	if it.Count == 0 || it.Count == 1 || slices.ContainsFunc(lexicon.Numbers(words), func(n lexicon.Number) bool { return n.Value == float64(it.Count) }) {
		return nil
	}
	return fault.New(fault.Invalid, "the count %d of %q is not in the words", it.Count, clip(it.Words, MaxLabel))
}

// find finds words in what was said.
func find(said, words string) (span, error) {
	w := lexicon.Fold(words)
	if strings.Trim(w, " ,.!?") == "" || lexicon.Runes(w) > MaxWords {
		return span{}, fault.New(fault.Invalid, "words must be copied from the sentence, 1 to %d characters", MaxWords)
	}
	i := strings.Index(said, w)
	if i < 0 {
		return span{}, fault.New(fault.Invalid, "words are not in the sentence: %q", clip(words, MaxLabel))
	}
	return span{i, i + len(w)}, nil
}

// cut gives every goal the sentence from where its words begin to where the next goal's do.
func (c *checker) cut(goals []proposedGoal, spans []span) (reading, error) {
	order := make([]int, len(goals))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return spans[a].from - spans[b].from })
	said, out, some := c.heard.Folded(), reading{}, false
	for n, i := range order {
		from, to := spans[i].from, len(said)
		if n == 0 {
			from = 0
		}
		if n+1 < len(order) {
			to = spans[order[n+1]].from
		}
		g := goals[i]
		guide := understand.Guide{Words: c.heard.Original(from, to), Service: c.offer.services[g.Service].ID, End: c.offer.ends[g.End]}
		for _, it := range g.Items {
			if name := c.offer.items[it.Item]; name != "" {
				guide.Items = append(guide.Items, understand.GuidedItem{Words: it.Words, Name: name})
			}
		}
		some = some || guide.Service != ""
		if guide.Service != "" && !c.rules.Touches(c.r, guide.Service, said[spans[i].from:spans[i].to]) {
			out.asks = append(out.asks, len(out.guides))
		}
		out.guides = append(out.guides, guide)
	}
	if !some {
		return reading{}, errNothing
	}
	return out, nil
}

// errNothing is a model that found nothing either.
var errNothing = fault.New(fault.Unsupported, "the model found no service either")
