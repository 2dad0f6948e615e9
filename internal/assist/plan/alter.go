package plan

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
)

// searchNames are what merchants call the words that a list is searched by (our own list, from JSON in the wild).
var searchNames = []string{"keyword", "keywords", "kw", "query", "q", "search", "searchtext", "searchterm", "searchkeyword", "term", "text", "关键词", "关键字", "item", "product", "drink", "dish", "title", "brand", "category", "type", "kind"}

// SearchWord is an input by which a step searches.
type SearchWord struct {
	At       string // path of the argument
	Word     string
	Required bool
	Max      int // characters that it may have; 0: any
}

// SearchWordOf finds the words by which a step searches: a literal text given to an input that its name or its
// description calls a keyword.
func SearchWordOf(s Step, in *catalog.Schema) (SearchWord, bool) {
	return searchIn(s.Args, in, "", true, 0)
}

func searchIn(args map[string]Arg, in *catalog.Schema, at string, required bool, depth int) (SearchWord, bool) {
	if in == nil || depth > maxNesting {
		return SearchWord{}, false
	}
	for _, p := range in.Properties {
		a, given := args[p.Name]
		here := at + p.Name
		if !given {
			continue
		}
		if word, ok := a.Value.(string); ok && word != "" && len(p.Schema.Enum) == 0 && calledSearch(p) {
			return SearchWord{here, word, p.Required && required, maxRunes(p.Schema)}, true
		}
		if a.Object != nil {
			if w, ok := searchIn(a.Object, p.Schema, here+".", p.Required && required, depth+1); ok {
				return w, true
			}
		}
	}
	return SearchWord{}, false
}

func maxRunes(s *catalog.Schema) int {
	if s.MaxLength == nil {
		return 0
	}
	return *s.MaxLength
}

func calledSearch(p catalog.Property) bool {
	name := strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(p.Name))
	if slices.Contains(searchNames, name) || strings.HasSuffix(name, "name") && p.Schema.Is("string") {
		return true
	}
	said := strings.ToLower(p.Schema.Title + " " + p.Schema.Description)
	return slices.ContainsFunc([]string{"关键词", "关键字", "搜索词", "keyword", "search term", "search word"}, func(w string) bool { return strings.Contains(said, w) })
}

// SetArg gives the argument at a path such as "items[0].size" another literal value; nil takes it away. It changes
// copies only: args of the step before stay as they were. ok is false when there is no such argument.
func (s *Step) SetArg(at string, value any) bool {
	args, ok := setIn(s.Args, "", at, value)
	if ok {
		s.Args = args
	}
	return ok
}

func setIn(args map[string]Arg, here, at string, value any) (map[string]Arg, bool) {
	for name, a := range args {
		path := here + name
		next, keep, ok := setArg(a, path, at, value)
		if !ok {
			continue
		}
		out := make(map[string]Arg, len(args))
		for k, v := range args {
			out[k] = v
		}
		if out[name] = next; !keep {
			delete(out, name)
		}
		return out, true
	}
	return nil, false
}

func setArg(a Arg, here, at string, value any) (next Arg, keep, ok bool) {
	if here == at {
		return Arg{Value: value, From: "said"}, value != nil, true
	}
	if a.Object != nil {
		if next, ok := setIn(a.Object, here+".", at, value); ok {
			return Arg{Object: next, From: a.From}, true, true
		}
	}
	for i, sub := range a.List {
		next, keep, ok := setArg(sub, fmt.Sprintf("%s[%d]", here, i), at, value)
		if !ok || !keep {
			continue
		}
		list := slices.Clone(a.List)
		list[i] = next
		return Arg{List: list, From: a.From}, true, true
	}
	return Arg{}, false, false
}

// Widen tells every pick of the goal from a step's list that the list is wider than what was asked for.
func (p *Plan) Widen(goal, from string) {
	for i := range p.Steps {
		if p.Steps[i].Goal != goal {
			continue
		}
		p.Steps[i].Args = mapRefs(p.Steps[i].Args, func(r Ref) Ref {
			if r.Step == from && r.Pick != nil {
				pick := *r.Pick
				pick.Loose, pick.Ranked = true, false
				r.Pick = &pick
			}
			return r
		})
	}
}

func mapRefs(args map[string]Arg, change func(Ref) Ref) map[string]Arg {
	if args == nil {
		return nil
	}
	out := make(map[string]Arg, len(args))
	for name, a := range args {
		out[name] = mapRef(a, change)
	}
	return out
}

func mapRef(a Arg, change func(Ref) Ref) Arg {
	if a.Ref != nil {
		r := change(*a.Ref)
		a.Ref = &r
	}
	a.Object = mapRefs(a.Object, change)
	if a.List != nil {
		list := make([]Arg, len(a.List))
		for i, sub := range a.List {
			list[i] = mapRef(sub, change)
		}
		a.List = list
	}
	return a
}

// Dependents lists the steps that wait for a step, directly or through others, in the plan's order.
func (p *Plan) Dependents(id string) []string {
	var out []string
	known := map[string]bool{id: true}
	for _, s := range p.Steps { // references point backwards, so one pass is enough
		if slices.ContainsFunc(s.Deps(), func(d string) bool { return known[d] }) {
			known[s.ID] = true
			out = append(out, s.ID)
		}
	}
	return out
}

func equal(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}
