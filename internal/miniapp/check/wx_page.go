package check

import (
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/miniapp"
)

// skillText: V014, A012.
func skillText(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		entries, _ := fs.ReadDir(c.pkg.FS, s.Path)
		wrong := ""
		for _, e := range entries {
			if e.Name() == "SKILL.md" && !e.IsDir() {
				return
			}
			if strings.EqualFold(e.Name(), "SKILL.md") {
				wrong = e.Name()
			}
		}
		if wrong != "" {
			c.fail(at{path.Join(s.Path, wrong), 0}, "rename it to SKILL.md", "%s must be named SKILL.md, in capitals", wrong)
			return
		}
		c.fail(at{path.Join(s.Path, "SKILL.md"), 0}, "create SKILL.md", "the skill has no SKILL.md")
	})
}

// skillDescriptions: V016.
func skillDescriptions(c *checker) {
	for _, e := range c.pkg.App.Agent.Skills {
		if strings.TrimSpace(e.Description) == "" {
			c.fail(at{"app.json", e.Line}, "", "skill %q has no description and will not be registered", cmpName(e))
		}
	}
}

func cmpName(e miniapp.SkillEntry) string {
	if e.Name != "" {
		return e.Name
	}
	return e.Path
}

// pagePathOf reads an api's pagePath as written; declared is false when there is none.
func pagePathOf(a *miniapp.API) (page string, declared bool) {
	var raw struct {
		PagePath any `json:"pagePath"`
		Meta     struct {
			UI map[string]any `json:"ui"`
		} `json:"_meta"`
	}
	_ = json.Unmarshal(a.Raw, &raw)
	v := raw.Meta.UI["pagePath"]
	if v == nil {
		v = raw.PagePath
	}
	s, _ := v.(string)
	return strings.TrimSpace(s), v != nil
}

// pagePaths: V017.
func pagePaths(c *checker) {
	c.eachAPI(func(s *miniapp.Skill, a *miniapp.API) {
		page, declared := pagePathOf(a)
		where := at{mcpFile(s), a.Line}
		switch {
		case !declared:
			return
		case page == "":
			c.fail(where, "remove it, or name a page", "%s: pagePath is empty", a.Name)
			return
		case !strings.HasPrefix(page, "/"):
			c.fail(where, "write /"+page, "%s: pagePath %q must start with /", a.Name, page)
			return
		case strings.Contains(page, "?"):
			c.fail(where, "pass the query in the result's handoff.query", "%s: pagePath %q must have no query", a.Name, page)
			return
		case !slices.Contains(c.pkg.App.Pages, strings.TrimLeft(page, "/")):
			c.fail(where, "", "%s: pagePath %q is no page of app.json", a.Name, page)
			return
		}
		if code, ok := c.script(c.implementation(s, a.Name)); ok && !code.facts.handoff {
			c.warn(at{code.file, 1}, "return handoff: { query: … } beside content", "%s declares a pagePath, but never returns a handoff", a.Name)
		}
	})
}

// handoffKeys: V018.
func handoffKeys(c *checker) {
	c.eachAPI(func(s *miniapp.Skill, a *miniapp.API) {
		page, _ := pagePathOf(a)
		code, ok := c.script(c.implementation(s, a.Name))
		if !ok || !strings.HasPrefix(page, "/") {
			return
		}
		text, ok := c.pageText(strings.TrimLeft(page, "/"))
		if !ok {
			return
		}
		for _, o := range code.facts.handoffs {
			for _, m := range o.keys {
				if !reads(text, m.name) {
					c.fail(at{code.file, code.line(m.node)}, "", "%s hands over query key %q, which page %s never reads", a.Name, m.name, page)
				}
			}
		}
		for _, m := range code.facts.queryKeys {
			if !reads(text, m.name) {
				c.warn(at{code.file, m.line}, "", "%s hands over query key %q, which page %s never reads", a.Name, m.name, page)
			}
		}
	})
}

func (c *checker) pageText(page string) (string, bool) {
	if text, ok := c.read(page + ".js"); ok {
		return text, true
	}
	return c.read(page + ".ts")
}

func reads(text, key string) bool {
	k := regexp.QuoteMeta(key)
	re, err := regexp.Compile(`\.` + k + `\b|\[\s*['"]` + k + `['"]\s*\]|\{[^{}=]*\b` + k + `\b[^{}]*\}\s*(?:=|\))`)
	return err != nil || re.MatchString(text)
}
