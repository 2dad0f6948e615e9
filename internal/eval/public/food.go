package public

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// A set of food orders has a folder for each shop: schema.json (kinds of orders with their slots), a file of aliases for
// each slot, and dev.json with sentences and the orders that they mean. Each shop becomes one service with one capability.

// foodSchema is a shop's schema.json.
type foodSchema struct {
	Intents []struct {
		Name  string     `json:"name"`
		Slots []foodSlot `json:"slots"`
		Nouns []string   `json:"entityNames"`
	} `json:"intents"`
}

type foodSlot struct {
	Name      string `json:"slotName"`
	Path      string `json:"path"`
	Qualified bool   `json:"qualified"`
	Negatable bool   `json:"negatable"`
}

// foodCase is a sentence and the order that it means, as an expression.
type foodCase struct {
	Text string `json:"SRC"`
	Want string `json:"EXR"`
}

// shop is one shop of the set as a service of the catalogue.
type shop struct {
	name    string
	service catalog.Service
	cases   []foodCase
	counted map[string]string // the property of a counted extra → the slot that it is a value of
}

// aliases are a slot's values with the ways to say them, in the file's order.
type aliases struct {
	values []string
	words  map[string][]string
}

var (
	aliasLine    = regexp.MustCompile(`^(.*?)\t\s*\w+\((.*)\)\s*$`)
	countedValue = regexp.MustCompile(`^\(?(\w+)\((\d+)\)\)?$`)
)

func readAliases(path string) (aliases, error) {
	a := aliases{words: map[string][]string{}}
	f, err := os.Open(path)
	if err != nil {
		return a, fault.New(fault.NotFound, "the aliases %s cannot be read: %w", path, err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		m := aliasLine.FindStringSubmatch(lines.Text())
		if m == nil {
			continue
		}
		if _, known := a.words[m[2]]; !known {
			a.values = append(a.values, m[2])
		}
		a.words[m[2]] = append(a.words[m[2]], strings.TrimSpace(m[1]))
	}
	return a, lines.Err()
}

// readShop reads one shop's folder.
func readShop(dir string) (shop, error) {
	s := shop{name: filepath.Base(dir), counted: map[string]string{}}
	var schema foodSchema
	if err := readJSON(filepath.Join(dir, "schema.json"), &schema); err != nil {
		return s, err
	}
	order := object{props: map[string]any{}}
	var items []catalog.Item
	var kinds []string
	for _, in := range schema.Intents {
		element, things, err := s.element(dir, in.Name, in.Slots)
		if err != nil {
			return s, err
		}
		element["title"] = strings.Join(in.Nouns, " / ")
		order.add(strings.ToLower(in.Name), map[string]any{"type": "array", "items": element})
		items = append(items, things...)
		kinds = append(kinds, in.Nouns...)
	}
	input, err := catalog.ParseSchema(catalog.MustJSON(order.schema()))
	if err != nil {
		return s, err
	}
	s.service = catalog.Service{ID: s.name, Name: s.name, Description: "Order " + strings.Join(kinds, ", "), Items: items, Capabilities: []catalog.Capability{{
		Service: s.name, Name: "create_order", Description: "Order " + strings.Join(kinds, ", "), Input: input, Effect: catalog.Irreversible}}}
	s.cases, err = readCases(filepath.Join(dir, "dev.json"))
	return s, err
}

func readCases(path string) ([]foodCase, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.New(fault.NotFound, "the sentences %s cannot be read: %w", path, err)
	}
	defer f.Close()
	var out []foodCase
	dec := json.NewDecoder(f)
	for dec.More() {
		var c foodCase
		if err := dec.Decode(&c); err != nil {
			return nil, fault.New(fault.Invalid, "%s: sentence %d cannot be read: %w", path, len(out)+1, err)
		}
		out = append(out, c)
	}
	return out, nil
}

// object is a JSON Schema object whose properties keep their order.
type object struct {
	names []string
	props map[string]any
}

func (o *object) add(name string, schema any) {
	if _, has := o.props[name]; !has {
		o.names = append(o.names, name)
	}
	o.props[name] = schema
}

func (o *object) schema() map[string]any {
	var b strings.Builder
	b.WriteByte('{')
	for i, n := range o.names {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%s:%s", catalog.MustJSON(n), catalog.MustJSON(o.props[n]))
	}
	b.WriteByte('}')
	return map[string]any{"type": "object", "properties": json.RawMessage(b.String())}
}

// element is the schema of one thing of an order: an integer for how many, an enum for what can be one thing only (a type,
// a size), a list for what can be several; what can be left out, or be little or plenty, is a list of objects.
func (s *shop) element(dir, intent string, slots []foodSlot) (map[string]any, []catalog.Item, error) {
	o := object{props: map[string]any{}}
	grades := map[string]any{}
	var things []catalog.Item
	for _, sl := range slots {
		if sl.Name == "QUANTITY" {
			a, err := readAliases(filepath.Join(dir, sl.Path))
			if err != nil {
				return nil, nil, err
			}
			grades = enumOf(a)
		}
	}
	for _, sl := range slots {
		name := strings.ToLower(sl.Name)
		if sl.Name == "NUMBER" {
			o.add(name, map[string]any{"type": "integer", "minimum": 1, "description": "how many"})
			continue
		}
		if sl.Name == "QUANTITY" || sl.Name == "NOT" {
			continue
		}
		a, err := readAliases(filepath.Join(dir, sl.Path))
		if err != nil {
			return nil, nil, err
		}
		s.takeCounted(&o, sl.Name, &a)
		switch {
		case sl.Qualified || sl.Negatable:
			o.add(name, listOf(name, enumOf(a), grades, sl))
		case strings.HasSuffix(sl.Name, "TYPE") || sl.Name == "SIZE":
			o.add(name, enumOf(a))
			if named(intent, sl.Name) {
				things = itemsOf(a)
			}
		default:
			o.add(name, map[string]any{"type": "array", "items": enumOf(a)})
		}
	}
	return o.schema(), things, nil
}

// named tells that a slot is called as the kind of order is.
func named(intent, slot string) bool {
	head, _, _ := strings.Cut(intent, "_")
	return strings.HasPrefix(slot, head)
}

func itemsOf(a aliases) []catalog.Item {
	var out []catalog.Item
	for _, v := range a.values {
		out = append(out, catalog.Item{Name: strings.ReplaceAll(v, "_", " "), Aliases: a.words[v]})
	}
	return out
}

// enumOf explains every value by all ways to say it.
func enumOf(a aliases) map[string]any {
	var options []map[string]any
	for _, v := range a.values {
		options = append(options, map[string]any{"const": v, "title": strings.Join(a.words[v], " / ")})
	}
	return map[string]any{"oneOf": options}
}

func listOf(name string, values, grades map[string]any, sl foodSlot) map[string]any {
	o := object{props: map[string]any{}}
	o.add(name, values)
	if sl.Qualified {
		o.add("quantity", grades)
	}
	if sl.Negatable {
		o.add("not", map[string]any{"type": "boolean", "description": "left out"})
	}
	return map[string]any{"type": "array", "items": o.schema()}
}

// takeCounted makes counts of the values that are some number of one thing (two shots, three shots).
func (s *shop) takeCounted(o *object, slot string, a *aliases) {
	said := map[string][]string{}
	var names []string
	for _, v := range slices.Clone(a.values) {
		m := countedValue.FindStringSubmatch(v)
		if m == nil {
			continue
		}
		if _, known := said[m[1]]; !known {
			names = append(names, m[1])
		}
		for _, w := range a.words[v] {
			if w = withoutCount(w); !slices.Contains(said[m[1]], w) {
				said[m[1]] = append(said[m[1]], w)
			}
		}
		a.values = slices.DeleteFunc(a.values, func(x string) bool { return x == v })
	}
	for _, n := range names {
		prop := strings.ToLower(n)
		s.counted[prop] = slot
		o.add(prop, map[string]any{"type": "integer", "minimum": 0, "title": strings.Join(said[n], " / ")})
	}
}

func withoutCount(words string) string {
	if ns := lexicon.Numbers(words); len(ns) > 0 && ns[0].Start == 0 {
		return strings.TrimSpace(words[ns[0].Last:])
	}
	return words
}

// runShop plays all sentences of a shop.
func runShop(ctx context.Context, s shop) (Result, error) {
	r := Result{Set: "FoodOrdering", Part: s.name, Metric: "whole order exact"}
	mind := understand.New()
	for _, c := range s.cases {
		want, err := parseOrder(c.Want)
		if err != nil {
			return r, err
		}
		t, err := mind.Think(ctx, assist.Request{Text: c.Text, Lang: "en", Services: []catalog.Service{s.service}, Now: fixedNow})
		if err != nil {
			return r, err
		}
		got := s.order(t)
		r.count(got == want.text(), Miss{Text: c.Text, Want: want.text(), Got: got + asked(t)})
	}
	return r, nil
}

func asked(t assist.Thought) string {
	out := t.Refusal
	for _, a := range t.Asks {
		out += " ? " + a.Text
	}
	return out
}
