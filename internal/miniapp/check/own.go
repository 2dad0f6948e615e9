package check

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/miniapp"
)

// The platforms' limits, in bytes where not said otherwise.
const (
	limitSkills      = 30
	limitInstruction = 10_000
	limitSkillText   = 16_000
	limitPageMeta    = 8_000
	limitSubpackage  = 2 << 20
)

// problems: B001. What a rule has reported already is not said again.
func problems(c *checker) {
	told := map[string]bool{}
	for _, f := range c.findings {
		if f.Level == Error {
			told[f.File] = true
		}
	}
	for _, p := range c.pkg.Problems {
		if !told[p.File] {
			c.fail(at{p.File, p.Line}, p.Mend, "%s", p.Message)
		}
	}
}

// anySkill: B002.
func anySkill(c *checker) {
	if len(c.pkg.Skills) == 0 {
		c.fail(at{"app.json", 0}, "", "the package has no skill")
	}
}

// parsed: B003.
func parsed(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		for _, file := range append(c.files(s.Path, ".js"), c.files(s.Path, ".ts")...) {
			if code, ok := c.script(file); ok && code.tree == nil {
				c.fail(at{file, 0}, "", "not parsed, so that only its text was searched: %s", code.fault)
			}
		}
	})
}

// sizes: B004.
func sizes(c *checker) {
	agent := c.pkg.App.Agent
	if n := len(agent.Skills); n > limitSkills {
		c.fail(at{"app.json", 0}, "merge or drop skills", "%d skills; %d are allowed", n, limitSkills)
	}
	if c.pkg.Dialect == miniapp.WX { // A002 has it for Alipay
		c.size(strings.TrimLeft(agent.Instruction, "/"), limitInstruction)
	}
	c.size(strings.TrimLeft(agent.PageMetadata, "/"), limitPageMeta)
	c.eachSkill(func(s *miniapp.Skill) { c.size(path.Join(s.Path, "SKILL.md"), limitSkillText) })
	for _, sub := range c.pkg.App.SubPackages {
		total := int64(0)
		_ = fs.WalkDir(c.pkg.FS, sub.Root, func(_ string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				if info, err := d.Info(); err == nil {
					total += info.Size()
				}
			}
			return nil
		})
		if total > limitSubpackage {
			c.fail(at{sub.Root, 0}, "move data and pictures out of it", "subpackage %s has %d bytes; %d are allowed", sub.Root, total, limitSubpackage)
		}
	}
}

func (c *checker) size(file string, limit int) {
	if text, ok := c.read(file); ok && len(text) > limit {
		c.fail(at{file, 0}, "", "%s has %d bytes; %d are allowed", path.Base(file), len(text), limit)
	}
}

// placement: B005.
func placement(c *checker) {
	app := c.pkg.App
	if len(c.pkg.Skills) > 0 && app.LazyCode != "requiredComponents" {
		c.fail(at{"app.json", app.Doc.Line("/lazyCodeLoading")}, `write "lazyCodeLoading": "requiredComponents"`, "lazyCodeLoading is not requiredComponents")
	}
	c.eachSkill(func(s *miniapp.Skill) {
		i := slices.IndexFunc(app.SubPackages, func(sub miniapp.SubPackage) bool { return within(s.Path, sub.Root) })
		switch {
		case i < 0:
			c.fail(at{"app.json", s.Entry.Line}, "declare its folder in subPackages", "skill %s lies in no subpackage", s.Path)
		case !app.SubPackages[i].Independent && c.pkg.Dialect == miniapp.WX:
			c.fail(at{"app.json", s.Entry.Line}, `write "independent": true`, "subpackage %s is not independent", app.SubPackages[i].Root)
		case c.pkg.Dialect == miniapp.MY && len(app.SubPackages[i].Pages) > 0:
			c.fail(at{"app.json", s.Entry.Line}, `write "pages": []`, "subpackage %s of skills has pages", app.SubPackages[i].Root)
		}
	})
}

// inputSchemas: B006.
func inputSchemas(c *checker) {
	c.eachAPI(func(s *miniapp.Skill, a *miniapp.API) {
		where := at{mcpFile(s), a.Line}
		if a.Description == "" && c.pkg.Dialect == miniapp.WX {
			c.fail(where, "say what it does and when", "%s has no description", a.Name)
		}
		for _, name := range a.Input.Required {
			if _, ok := a.Input.Property(name); !ok {
				c.fail(where, "", "%s requires %q, which its inputSchema does not declare", a.Name, name)
			}
		}
		for _, p := range a.Input.Properties {
			if p.Schema.Description == "" && len(p.Schema.Enum) == 0 {
				c.fail(where, "say what it is, with examples, and where it comes from", "%s: input %q has no description", a.Name, p.Name)
			}
		}
	})
}

var camel = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)

// apiNames: B007.
func apiNames(c *checker) {
	first := map[string]string{}
	c.eachAPI(func(s *miniapp.Skill, a *miniapp.API) {
		where := at{mcpFile(s), a.Line}
		if !camel.MatchString(a.Name) {
			c.fail(where, "", "api name %q is not camelCase", a.Name)
		}
		if home, ok := first[a.Name]; ok {
			c.fail(where, "", "api name %s is taken already by %s", a.Name, home)
		}
		first[a.Name] = s.Path
	})
}

// standardJSON: B009.
func standardJSON(c *checker) {
	docs := []*miniapp.Doc{c.pkg.App.Doc}
	if c.pkg.Dialect == miniapp.MY { // V007 has it for WeChat
		c.eachSkill(func(s *miniapp.Skill) { docs = append(docs, s.MCP) })
	}
	for _, d := range docs {
		if d != nil && !d.Strict {
			c.fail(at{d.File, 0}, "", "%s has comments, trailing commas or a byte-order mark, which the platform may refuse", d.File)
		}
	}
}
