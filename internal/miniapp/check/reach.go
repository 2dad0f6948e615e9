package check

import (
	"path"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/miniapp"
)

// maxReach bounds the modules followed from one entry.
const maxReach = 500

// Where a script runs; what it may call depends on it.
const (
	inAPI     = string(miniapp.InAPI)
	inCard    = string(miniapp.InCard)
	inDynamic = string(miniapp.InDynamic)
)

// reach lists the scripts that entry pulls in by relative imports, itself first.
func (c *checker) reach(entry string) []*script {
	var list []*script
	queue, seen := []string{entry}, map[string]bool{}
	for len(queue) > 0 && len(list) < maxReach {
		file := queue[0]
		queue = queue[1:]
		if seen[file] || file == "" {
			continue
		}
		seen[file] = true
		code, ok := c.script(file)
		if !ok {
			continue
		}
		list = append(list, code)
		for _, m := range code.facts.imports {
			if strings.HasPrefix(m.name, ".") {
				queue = append(queue, c.resolve(path.Join(path.Dir(file), m.name)))
			} else if strings.HasPrefix(m.name, "/") {
				queue = append(queue, c.resolve(strings.TrimLeft(m.name, "/")))
			}
		}
	}
	return list
}

// resolve finds the file of a module path; "" when there is none.
func (c *checker) resolve(base string) string {
	for _, tail := range []string{"", ".js", ".ts", "/index.js", "/index.ts"} {
		if ext := path.Ext(base + tail); (ext == ".js" || ext == ".ts") && c.exists(base+tail) {
			return base + tail
		}
	}
	return ""
}

// contexts calls f for each script of a skill in each context in which it runs.
func (c *checker) contexts(s *miniapp.Skill, f func(code *script, where string)) {
	type key struct{ file, where string }
	seen := map[key]bool{}
	visit := func(entry, where string) {
		for _, code := range c.reach(entry) {
			if k := (key{code.file, where}); !seen[k] {
				seen[k] = true
				f(code, where)
			}
		}
	}
	visit(s.EntryFile, inAPI)
	for _, card := range c.cardEntries(s) {
		where := inCard
		if i := slices.IndexFunc(s.Components, func(x miniapp.Component) bool {
			return path.Join(s.Path, x.Path) == strings.TrimSuffix(card, path.Ext(card))
		}); i >= 0 && s.Components[i].Dynamic {
			where = inDynamic
		}
		visit(card, where)
	}
}

func (c *checker) cardEntries(s *miniapp.Skill) []string {
	var list []string
	add := func(base string) {
		if file := c.resolve(base); file != "" && !slices.Contains(list, file) {
			list = append(list, file)
		}
	}
	for _, x := range s.Components {
		add(path.Join(s.Path, x.Path))
	}
	for _, a := range s.APIs {
		if a.ComponentPath != "" {
			add(path.Join(s.Path, a.ComponentPath))
		}
	}
	for _, dir := range c.folders(path.Join(s.Path, "components")) {
		add(path.Join(dir, "index"))
	}
	return list
}
