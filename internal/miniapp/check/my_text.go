package check

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/miniapp"
)

// Alipay's limits.
const (
	myMaxMCP              = 24_000
	mySkillRunes          = 200
	mySkillBytes          = 400
	mySkillMin, mySkillOK = 50, 120
	myAPIRunes            = 120
	myAPIBytes            = 240
	myAPIMin, myAPIOK     = 30, 80
)

func (c *checker) instruction() (file, text string) {
	file = path.Clean(strings.TrimLeft(c.pkg.App.Agent.Instruction, "/"))
	return file, c.pkg.App.Agent.Text
}

func myInstruction(c *checker) {
	written := strings.TrimSpace(c.pkg.App.Agent.Instruction)
	where := at{"app.json", c.pkg.App.Doc.Line("/agent/instruction")}
	file, body := c.instruction()
	switch {
	case written == "":
		c.fail(where, "", "agent.instruction is missing")
	case strings.HasPrefix(file, ".."):
		c.fail(where, "keep it inside the project", "agent.instruction %q leaves the project", written)
	case !c.exists(file):
		c.fail(where, "create it", "agent.instruction names %s, which does not exist", written)
	case strings.TrimSpace(body) == "":
		c.fail(at{file, 0}, "", "the instruction is empty")
	}
}

func myInstructionSize(c *checker) {
	if file, body := c.instruction(); len(body) > limitInstruction {
		c.fail(at{file, 0}, "", "the instruction has %d bytes; %d are allowed", len(body), limitInstruction)
	}
}

var (
	override  = regexp.MustCompile(`(?i)(忽略|无视|不要理会|忘记)(以上|上述|之前|前面|所有|一切|先前)[^。\n]{0,12}(指令|规则|提示|设定|要求|约束)|你现在是|越狱|ignore (all |any )?(previous|above|prior|other) (instructions|rules|prompts)|disregard (all |the )?(previous|above)|you are now\b|jailbreak`)
	replyForm = regexp.MustCompile(`(?i)(请|必须|务必|只能|一律)[^。\n]{0,8}(用|以|使用|按|输出)[^。\n]{0,6}(表格|JSON|json|Markdown|markdown|列表|标题|代码块)|(输出|回复)(必须|只能)?(为|是|需包含)[^。\n]{0,6}(JSON|表格|##)|(reply|answer|respond|output) (only )?(in|as|with) (a )?(json|table|markdown)`)
	inlineKey = regexp.MustCompile("`([A-Za-z_][A-Za-z0-9_]*)(?:\\([^`]*\\))?`")
	boundary  = regexp.MustCompile(`(?i)不支持|不能|不可|不含|不提供|仅支持|仅限|暂不|不包括|not support|cannot|only|does not|except`)
)

// eachLine calls f with the lines of the instruction that re matches.
func (c *checker) eachLine(re *regexp.Regexp, f func(where at, hit string)) {
	file, body := c.instruction()
	for i, line := range strings.Split(body, "\n") {
		if hit := re.FindString(line); hit != "" {
			f(at{file, i + 1}, hit)
		}
	}
}

func myOverride(c *checker) {
	c.eachLine(override, func(where at, hit string) { c.fail(where, "", "%q tries to override the assistant", hit) })
}

func myReplyForm(c *checker) {
	c.eachLine(replyForm, func(where at, hit string) { c.fail(where, "", "%q forces a form of reply", hit) })
}

func fold(s string) string { return strings.ToLower(strings.ReplaceAll(s, "_", "")) }

func myMethodNames(c *checker) {
	known, folded := map[string]bool{}, map[string]string{}
	c.eachAPI(func(s *miniapp.Skill, a *miniapp.API) {
		known[a.Name] = true
		folded[fold(a.Name)] = a.Name
		for _, p := range a.Input.Properties { // fields are quoted too
			known[p.Name] = true
		}
		if a.Output != nil {
			for _, p := range a.Output.Properties {
				known[p.Name] = true
			}
		}
	})
	for _, s := range c.pkg.Skills {
		known[s.Name] = true
	}
	file, body := c.instruction()
	for i, line := range strings.Split(body, "\n") {
		for _, m := range inlineKey.FindAllStringSubmatch(line, -1) {
			name := m[1]
			if known[name] {
				continue
			}
			if right, ok := folded[fold(name)]; ok {
				c.fail(at{file, i + 1}, "write "+right, "%q is spelled %q in mcp.json", name, right)
			} else if camelVerb.MatchString(name) {
				c.warn(at{file, i + 1}, "correct the name, or declare the api", "%q is no api of any skill", name)
			}
		}
	}
}

var camelVerb = regexp.MustCompile(`^(get|query|search|list|create|add|remove|update|cancel|submit|select|view|pay|save|delete|check|find|book|order|refresh|login)[A-Z]\w*$`)

func myEntries(c *checker) {
	for _, e := range c.pkg.App.Agent.Skills {
		for what, v := range map[string]string{"name": e.Name, "description": e.Description, "path": e.Path} {
			if strings.TrimSpace(v) == "" {
				c.fail(at{"app.json", e.Line}, "", "skill %q has no %s", cmpName(e), what)
			}
		}
	}
}

// length checks a text against its hard and advised limits.
func (c *checker) length(where at, who, s string, runes, bytes, low, high int) {
	n := utf8.RuneCountInString(s)
	switch {
	case n > runes || len(s) > bytes:
		c.fail(where, "", "%s has %d characters and %d bytes; %d and %d are allowed", who, n, len(s), runes, bytes)
	case n < low || n > high:
		c.warn(where, "", "%s has %d characters; %d to %d are advised", who, n, low, high)
	}
}

func mySkillDescription(c *checker) {
	for _, e := range c.pkg.App.Agent.Skills {
		if e.Description == "" {
			continue
		}
		where := at{"app.json", e.Line}
		c.length(where, "the description of skill "+cmpName(e), e.Description, mySkillRunes, mySkillBytes, mySkillMin, mySkillOK)
		if !boundary.MatchString(e.Description) {
			c.warn(where, "name one thing that it does not do", "the description of skill %s has no boundary", cmpName(e))
		}
	}
}

func myAPIDescription(c *checker) {
	c.eachAPI(func(s *miniapp.Skill, a *miniapp.API) {
		where := at{mcpFile(s), a.Line}
		if strings.TrimSpace(a.Description) == "" {
			c.fail(where, "say what it does and when", "%s has no description", a.Name)
			return
		}
		c.length(where, "the description of "+a.Name, a.Description, myAPIRunes, myAPIBytes, myAPIMin, myAPIOK)
	})
}

func myMCPSize(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		if text, ok := c.read(mcpFile(s)); ok && len(text) > myMaxMCP {
			c.fail(at{mcpFile(s), 0}, "", "mcp.json has %d bytes; %d are allowed", len(text), myMaxMCP)
		}
	})
}

func myFrontMatter(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		file := path.Join(s.Path, "SKILL.md")
		if !c.exists(file) {
			return
		}
		if s.FrontMatter == nil {
			c.fail(at{file, 1}, "", "SKILL.md has no front matter")
			return
		}
		for _, key := range []string{"name", "displayName", "description", "version"} {
			if v := s.FrontMatter[key]; v == nil || strings.TrimSpace(fmt.Sprint(v)) == "" {
				c.fail(at{file, 1}, "add "+key+":", "the front matter has no %s", key)
			}
		}
	})
}

func myMentions(c *checker) {
	c.eachAPI(func(s *miniapp.Skill, a *miniapp.API) {
		if s.Instruction != "" && !strings.Contains(s.Instruction, a.Name) {
			c.fail(at{path.Join(s.Path, "SKILL.md"), 0}, "", "SKILL.md never mentions %s", a.Name)
		}
	})
}
