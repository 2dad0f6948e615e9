package check

import (
	"path"
	"strings"

	"github.com/bangwo/bangwo/internal/miniapp"
)

func mySkillPath(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		code, ok := c.script(s.EntryFile)
		if !ok || !s.Declared {
			return
		}
		for _, m := range code.facts.skills {
			if m.name != s.Entry.Path {
				c.fail(at{code.file, m.line}, "write createSkill('"+s.Entry.Path+"')", "createSkill is given %q, app.json has %q", m.name, s.Entry.Path)
			}
		}
	})
}

// myRegistration: A019.
func myRegistration(c *checker) {
	registration(c)
	c.eachAPI(func(s *miniapp.Skill, a *miniapp.API) {
		file := c.implementation(s, a.Name)
		if file == "" {
			c.fail(at{mcpFile(s), a.Line}, "create "+path.Join(s.Path, "apis", a.Name+".js"), "no file implements %s", a.Name)
			return
		}
		if code, ok := c.script(file); ok && !code.facts.async[a.Name] {
			c.fail(at{file, 1}, "write export async function "+a.Name+"(args) { … }", "%s is not an async function here", a.Name)
		}
	})
}

// myHalfScreen: A029. It knows the pages that code opens by a literal address.
func myHalfScreen(c *checker) {
	seen := map[string]bool{}
	c.eachSkill(func(s *miniapp.Skill) {
		c.contexts(s, func(code *script, _ string) {
			for _, call := range code.facts.calls {
				if !strings.HasSuffix(call.name, ".openDetailPage") || len(call.args) == 0 {
					continue
				}
				list, _, _ := members(call.args[0])
				m, _ := find(list, "url")
				url, ok := text(m.value)
				page, _, _ := strings.Cut(strings.TrimLeft(url, "/"), "?")
				if !ok || seen[page] {
					continue
				}
				seen[page] = true
				c.quiet(page)
			}
		})
	})
}

func (c *checker) quiet(page string) {
	body, ok := c.pageText(page)
	if i := strings.Index(body, "my.modelContext"); ok && i >= 0 {
		c.fail(at{page + ".js", 1 + strings.Count(body[:i], "\n")}, "", "page %s is opened half-screen and uses my.modelContext", page)
	}
}
