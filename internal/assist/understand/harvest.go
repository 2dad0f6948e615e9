package understand

import (
	"context"
	"encoding/json"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
)

// Bounds of harvesting one service's listings.
const (
	maxListings  = 6  // capabilities called
	maxNameRunes = 40 // a longer title is a text, not a name
)

// Harvest learns the names of a service's live items: it calls the reads that need no input and collects the names in
// their lists, so that a sentence may name a thing that no description mentions. What fails is left out.
func Harvest(ctx context.Context, s catalog.Service, call func(context.Context, track.Call) (track.Result, error)) []string {
	var out []string
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
		for _, name := range namesIn(v, 0) {
			if !seen[name] && len(out) < maxItems {
				seen[name] = true
				out = append(out, name)
			}
		}
	}
	return out
}

func namesIn(v any, depth int) []string {
	if depth > maxDepth {
		return nil
	}
	var out []string
	switch t := v.(type) {
	case []any:
		for _, e := range t {
			if m, ok := e.(map[string]any); ok {
				if name := plan.TitleOf(m); name != "" && len([]rune(name)) <= maxNameRunes {
					out = append(out, name)
				}
				out = append(out, namesIn(m, depth+1)...)
			}
		}
	case map[string]any:
		for _, e := range t {
			out = append(out, namesIn(e, depth+1)...)
		}
	}
	return out
}
