package understand

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
)

// Bounds of harvesting one service's listings.
const (
	maxListings  = 6  // capabilities called
	maxAliases   = 8  // of one item
	maxNameRunes = 40 // a longer title is a text, not a name
)

// Harvest learns the names of a service's live items: it calls the reads that need no input and collects the names in
// their lists, so that a sentence may name a thing that no description mentions. What fails is left out.
func Harvest(ctx context.Context, s catalog.Service, call func(context.Context, track.Call) (track.Result, error)) []catalog.Item {
	var out []catalog.Item
	seen := map[string]bool{}
	listings := 0
	for _, c := range s.Capabilities {
		if c.Effect != catalog.Read || len(c.Input.Required) > 0 || listings >= maxListings {
			continue
		}
		listings++
		r, err := call(ctx, track.Call{ID: "harvest/" + c.Key(), Skill: c.Skill, Capability: c.Name, Args: map[string]any{}})
		var v any
		if err != nil || r.IsError || json.Unmarshal(r.Structured, &v) != nil {
			continue
		}
		for _, e := range elementsIn(v, 0) {
			name := plan.TitleOf(e)
			if name == "" || len([]rune(name)) > maxNameRunes || seen[c.Skill+name] || len(out) >= maxItems {
				continue
			}
			seen[c.Skill+name] = true
			item := catalog.Item{Name: name, Skill: c.Skill}
			for _, other := range plan.NamesOf(e) {
				if other != name && len([]rune(other)) <= maxNameRunes && len(item.Aliases) < maxAliases {
					item.Aliases = append(item.Aliases, other)
				}
			}
			out = append(out, item)
		}
	}
	return out
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
