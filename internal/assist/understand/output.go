package understand

import (
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// findOutput looks for a member of that name (or a like one) in a capability's declared output, nearest first.
func findOutput(c catalog.Capability, name string) ([]string, float64) {
	if c.Output == nil || len(c.Output.Properties) == 0 && c.Output.Items == nil {
		return nil, 0
	}
	var best []string
	var score float64
	var walk func(s *catalog.Schema, path []string, owner string, depth int)
	walk = func(s *catalog.Schema, path []string, owner string, depth int) {
		if s == nil || depth > 8 {
			return
		}
		if s.Items != nil {
			walk(s.Items, append(slices.Clone(path), "*"), owner, depth+1)
		}
		for _, p := range s.Properties {
			here := append(slices.Clone(path), p.Name)
			if v := nameLike(name, p.Name, owner, c.Name) - 0.02*float64(depth); v > score && scalarLike(p.Schema) {
				best, score = here, v
			}
			walk(p.Schema, here, p.Name, depth+1)
		}
	}
	walk(c.Output, nil, "", 0)
	return best, score
}

// describedOutput finds the member of a capability's output that an input which names the capability means, where their
// names differ: a code or an id whose own words are most like the input's.
func describedOutput(c catalog.Capability, p catalog.Property) []string {
	if c.Output == nil {
		return nil
	}
	want := lexicon.Features(words(p.Name) + " " + p.Schema.Title + " " + p.Schema.Description)
	var best []string
	score := 0.0
	var walk func(s *catalog.Schema, path []string, depth int)
	walk = func(s *catalog.Schema, path []string, depth int) {
		if s == nil || depth > 8 {
			return
		}
		if s.Items != nil {
			walk(s.Items, append(slices.Clone(path), "*"), depth+1)
		}
		for _, m := range s.Properties {
			here := append(slices.Clone(path), m.Name)
			if scalarLike(m.Schema) && idName.MatchString(m.Name) || m.Schema.Pattern != "" && m.Schema.Pattern == p.Schema.Pattern {
				v := 0.1
				for f := range lexicon.Features(words(m.Name) + " " + m.Schema.Title + " " + m.Schema.Description) {
					v += want[f]
				}
				if v > score {
					best, score = here, v
				}
			}
			walk(m.Schema, here, depth+1)
		}
	}
	walk(c.Output, nil, 0)
	return best
}

func scalarLike(s *catalog.Schema) bool { return s.Type != "object" && s.Type != "array" }

// nameLike says how likely an output member is what an input asks for: the same name; or "id" inside a list of the
// thing that the input names (drinkId ← drinks[].id); or the input's name with a side in front (toPlaceId ← placeId).
func nameLike(want, have, owner, capability string) float64 {
	w, h := flatName(want), flatName(have)
	if w == h || idName.MatchString(want) && strings.TrimSuffix(w, "s") == strings.TrimSuffix(h, "s") {
		if w == "id" {
			return likeName
		}
		return sameName
	}
	stem, suffix := idStem(w)
	hs, hsuffix := idStem(h)
	if suffix == "" || hsuffix == "" || hsuffix != suffix {
		return 0
	}
	for _, lead := range []string{"destination", "dropoff", "dest", "to", "origin", "pickup", "from", "departure", "arrival", "start", "end", "target", "selected"} {
		if rest := strings.TrimPrefix(stem, lead); rest != stem && (rest == hs || rest == "" && hs != "" || hs == "") {
			return likeName + 0.15
		}
	}
	if hs == "" && stem != "" {
		about := strings.ToLower(lexicon.Stem(flatName(owner)) + " " + flatName(capability))
		if strings.Contains(about, stem) {
			return likeName + 0.1
		}
	}
	if stem == "" && hs != "" {
		return likeName - 0.05
	}
	return 0
}

func flatName(s string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(lastName(s)))
}

func idStem(flat string) (stem, suffix string) {
	flat = strings.TrimSuffix(flat, "s")
	for _, suf := range []string{"id", "code", "token", "key", "no", "sku", "ref", "handle"} {
		if s, ok := strings.CutSuffix(flat, suf); ok {
			return s, suf
		}
	}
	return flat, ""
}
