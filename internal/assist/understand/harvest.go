package understand

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
)

// Bounds of harvesting one service's listings.
const (
	maxListings  = 6  // capabilities called without input
	maxParents   = 12 // things of a listing whose own listings are read
	maxInner     = 24 // calls for those
	maxPages     = 10 // of one listing that comes in pages
	maxAliases   = 8  // of one item
	maxNameRunes = 40 // a longer title is a text, not a name
)

// harvester collects the names of a service's live items.
type harvester struct {
	svc   catalog.Service
	call  func(context.Context, track.Call) (track.Result, error)
	items []catalog.Item
	shape map[string]json.RawMessage
	seen  map[string]bool
	inner int
}

// listing is what a capability lists.
type listing struct {
	cap      catalog.Capability
	elements []map[string]any
}

// Harvest learns the names of a service's live items: it calls the reads that need no input and collects the names in
// their lists, then the reads that need only an id which such a list gives (the menu of a restaurant), so that a sentence
// may name a thing that no description mentions. Of reads that declare next to nothing of what they return it keeps the
// shape of what they did. What fails is left out.
func Harvest(ctx context.Context, s catalog.Service, call func(context.Context, track.Call) (track.Result, error)) catalog.Learnt {
	h := &harvester{svc: s, call: call, seen: map[string]bool{}, shape: map[string]json.RawMessage{}}
	var outer []listing
	for _, c := range s.Capabilities {
		if c.Effect != catalog.Read || len(c.Input.Required) > 0 || len(outer) >= maxListings {
			continue
		}
		l := listing{cap: c, elements: h.read(ctx, c, map[string]any{})}
		outer = append(outer, l)
		h.keep(c, l.elements, "", "")
	}
	for _, c := range s.Capabilities {
		if c.Effect == catalog.Read && len(c.Input.Required) > 0 {
			h.within(ctx, c, outer)
		}
	}
	return catalog.Learnt{Items: h.items, Shapes: h.shape}
}

// within reads a capability for the elements of the listings that give all that it requires.
func (h *harvester) within(ctx context.Context, c catalog.Capability, outer []listing) {
	for _, l := range outer {
		if l.cap.Skill != c.Skill {
			continue
		}
		for i, e := range l.elements {
			args := idsFrom(c, l.cap, e)
			if args == nil || i >= maxParents || h.inner >= maxInner {
				break
			}
			h.inner++
			h.keep(c, h.read(ctx, c, args), plan.TitleOf(e), l.cap.Name)
		}
	}
}

// idsFrom are the required inputs of a capability as an element gives them; nil when it requires anything else.
func idsFrom(c, from catalog.Capability, e map[string]any) map[string]any {
	args := map[string]any{}
	for _, p := range c.Input.Properties {
		if !p.Required {
			continue
		}
		if roleOf(p.Name, p.Schema, true) != roleID {
			return nil
		}
		v, ok := e[p.Name]
		if !ok {
			if path, score := findOutput(from, p.Name); score >= likeName && len(path) > 0 {
				v, ok = e[path[len(path)-1]]
			}
		}
		if !ok {
			return nil
		}
		args[p.Name] = v
	}
	return args
}

// read calls a capability and lists the objects in its result, over its pages where it comes in pages.
func (h *harvester) read(ctx context.Context, c catalog.Capability, args map[string]any) []map[string]any {
	var whole json.RawMessage
	for n := range maxPages {
		r, err := h.call(ctx, track.Call{ID: fmt.Sprintf("harvest/%s/%d", c.Key(), n), Skill: c.Skill, Capability: c.Name, Args: args})
		if err != nil || r.IsError || len(r.Structured) == 0 {
			break
		}
		grown := 1
		if whole == nil {
			whole = r.Structured
		} else if whole, grown = run.Join(whole, r.Structured); grown == 0 {
			break
		}
		next, more := run.NextPage(c.Input, args, r.Structured, whole)
		if !more {
			break
		}
		args = next
	}
	var v any
	if json.Unmarshal(whole, &v) != nil {
		return nil
	}
	if saysNothing(c.Output, 0) && h.shape[c.Within()] == nil {
		if raw, ok := seenShape(v); ok {
			h.shape[c.Within()] = raw
		}
	}
	return elementsIn(v, 0)
}

func (h *harvester) keep(c catalog.Capability, elements []map[string]any, parent, from string) {
	for _, e := range elements {
		name := plan.TitleOf(e)
		if name == "" || name == parent || len([]rune(name)) > maxNameRunes || h.seen[c.Skill+name] || len(h.items) >= maxItems {
			continue
		}
		h.seen[c.Skill+name] = true
		item := catalog.Item{Name: name, Skill: c.Skill, Parent: parent, From: from, Place: somewhere(e) || listsPlaces(c)}
		for _, other := range plan.NamesOf(e) {
			if other != name && len([]rune(other)) <= maxNameRunes && len(item.Aliases) < maxAliases {
				item.Aliases = append(item.Aliases, other)
			}
		}
		h.items = append(h.items, item)
	}
}

// somewhere tells that an element of a listing is a place.
func somewhere(e map[string]any) bool {
	for k := range e {
		switch strings.ToLower(k) {
		case "address", "addr", "latitude", "lat", "location", "distance", "地址":
			return true
		}
	}
	return false
}

// listsPlaces tells that a capability lists shops and the like, by its name or first words.
func listsPlaces(c catalog.Capability) bool {
	about := strings.ToLower(words(c.Name) + " " + headOf(c.Description))
	return slices.ContainsFunc(shopWords, func(w string) bool { return strings.Contains(about, w) })
}

// elementsIn lists the objects that stand in lists, outer ones first.
func elementsIn(v any, depth int) []map[string]any {
	if depth > maxDepth {
		return nil
	}
	var out []map[string]any
	switch t := v.(type) {
	case []any:
		for _, e := range t {
			if m, ok := e.(map[string]any); ok {
				out = append(out, m)
				out = append(out, elementsIn(m, depth+1)...)
			}
		}
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(t)) {
			out = append(out, elementsIn(t[k], depth+1)...)
		}
	}
	return out
}

// parentOf is the thing under which a capability lists what is wanted: the restaurant that has the dish. "" when no item
// of that name was seen under one.
func (b *builder) parentOf(capability, name string) string {
	for _, it := range b.service().Items {
		if it.From == capability && it.Name == name {
			return it.Parent
		}
	}
	return ""
}
