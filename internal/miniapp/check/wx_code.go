package check

import (
	"path"
	"strings"

	"github.com/bangwo/bangwo/internal/miniapp"
)

// isolation: V001, A027. It looks at the skills and at the shared folders beside them.
func isolation(c *checker) {
	roots := map[string]bool{}
	for i := range c.pkg.Skills {
		roots[c.pkg.Skills[i].Path] = true
	}
	seen := map[string]bool{}
	for i := range c.pkg.Skills {
		s := &c.pkg.Skills[i]
		sub := c.subpackage(s)
		dirs := []string{s.Path}
		for _, dir := range c.folders(sub) {
			if !roots[dir] && !c.exists(path.Join(dir, "mcp.json")) && !c.exists(path.Join(dir, "index.js")) {
				dirs = append(dirs, dir)
			}
		}
		for _, dir := range dirs {
			for _, file := range append(c.files(dir, ".js"), c.files(dir, ".ts")...) {
				if !seen[file] {
					seen[file] = true
					c.isolated(file, sub, roots)
				}
			}
		}
	}
}

func (c *checker) isolated(file, sub string, roots map[string]bool) {
	s, ok := c.script(file)
	if !ok {
		return
	}
	for _, call := range s.facts.calls {
		if call.name == "getApp" || strings.HasSuffix(call.name, ".getApp") {
			c.fail(at{file, call.line}, "keep state in storage, or pass it in", "getApp() belongs to the main package and does not exist in a skill")
		}
	}
	for _, m := range s.facts.imports {
		if strings.HasPrefix(m.name, "@/") {
			c.fail(at{file, m.line}, "", "%q reaches into the main package", m.name)
			continue
		}
		if !strings.HasPrefix(m.name, ".") {
			continue
		}
		target := path.Join(path.Dir(file), m.name)
		if !within(target, sub) {
			c.fail(at{file, m.line}, "", "%q leaves the subpackage %s", m.name, sub)
			continue
		}
		for root := range roots {
			if within(target, root) && !within(file, root) {
				c.fail(at{file, m.line}, "", "%q reaches into the private folder of another skill, %s", m.name, root)
			}
		}
	}
}

// asyncHandlers: V002.
func asyncHandlers(c *checker) {
	c.eachAPI(func(s *miniapp.Skill, a *miniapp.API) {
		file := c.implementation(s, a.Name)
		if file == "" {
			return // V009 says so
		}
		if code, ok := c.script(file); ok && !code.facts.async[a.Name] {
			c.fail(at{file, 1}, "write async function "+a.Name+"(args) { … }; move helpers to utils/", "%s is not an async function here", a.Name)
		}
	})
}

func (c *checker) eachSkill(f func(*miniapp.Skill)) {
	for i := range c.pkg.Skills {
		f(&c.pkg.Skills[i])
	}
}

func (c *checker) eachAPI(f func(*miniapp.Skill, *miniapp.API)) {
	c.eachSkill(func(s *miniapp.Skill) {
		for i := range s.APIs {
			f(s, &s.APIs[i])
		}
	})
}

// registration: V007, A019.
func registration(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		mcp := mcpFile(s)
		if s.MCP == nil {
			c.fail(at{mcp, 0}, "create it, or mend its syntax", "mcp.json does not exist or is not JSON")
			return
		}
		if !s.MCP.Strict && c.pkg.Dialect == miniapp.WX {
			c.fail(at{mcp, 0}, "remove comments, trailing commas and the byte-order mark", "mcp.json is not standard JSON; WeChat's own validator does not read it")
		}
		code, ok := c.script(s.EntryFile)
		if !ok {
			c.fail(at{path.Join(s.Path, "index.js"), 0}, "create it and register the apis", "the skill has no index.js")
			return
		}
		c.compareNames(s, code)
	})
}

func (c *checker) compareNames(s *miniapp.Skill, code *script) {
	registered := map[string]bool{}
	for _, m := range code.facts.registered {
		registered[m.name] = true
		if _, ok := s.API(m.name); !ok {
			c.fail(at{code.file, m.line}, "describe it in mcp.json, or do not register it", "index.js registers %s, which mcp.json does not declare", m.name)
		}
	}
	for _, a := range s.APIs {
		if registered[a.Name] {
			continue
		}
		hint := ""
		if code.facts.hidden {
			hint = "; names given to registerAPI as variables are not seen"
		}
		c.fail(at{code.file, 1}, "add registerAPI('"+a.Name+"', "+a.Name+")", "mcp.json declares %s, but index.js does not register it%s", a.Name, hint)
	}
}

// requiredFiles: V008.
func requiredFiles(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		code, ok := c.script(s.EntryFile)
		if !ok {
			c.fail(at{path.Join(s.Path, "index.js"), 0}, "create it", "the skill has no index.js")
			return
		}
		for _, m := range code.facts.imports {
			name, ok := strings.CutPrefix(m.name, "./apis/")
			if !ok || strings.Contains(name, "/") {
				continue
			}
			name = strings.TrimSuffix(strings.TrimSuffix(name, ".js"), ".ts")
			if c.implementation(s, name) == "" && !c.exists(path.Join(s.Path, "apis", name, "index.js")) {
				c.fail(at{code.file, m.line}, "create "+path.Join(s.Path, "apis", name+".js"), "index.js requires %s, which does not exist", m.name)
			}
		}
	})
}
