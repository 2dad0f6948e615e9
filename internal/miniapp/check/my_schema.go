package check

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/miniapp"
)

// myQuotes reads the source, since a decoded string no longer tells where its quotes stood.
func myQuotes(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		if s.MCP == nil {
			return
		}
		for i, line := range bytes.Split(s.MCP.JSON, []byte("\n")) {
			if escapedQuote(line) {
				c.fail(at{mcpFile(s), i + 1}, "", `a string holds an ASCII double quote (\")`)
			}
		}
	})
}

func escapedQuote(line []byte) bool {
	for i := 0; i+1 < len(line); i++ {
		if line[i] != '\\' {
			continue
		}
		if line[i+1] == '"' || bytes.HasPrefix(bytes.ToLower(line[i+1:]), []byte("u0022")) {
			return true
		}
		i++
	}
	return false
}

func myRelatedPages(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		for _, x := range s.Components {
			where := at{mcpFile(s), x.Line}
			page, _, _ := strings.Cut(strings.TrimLeft(x.RelatedPage, "/"), "?")
			switch {
			case strings.TrimSpace(page) == "":
				c.fail(where, "", "component %s has no relatedPage", x.Path)
			case !slices.Contains(c.pkg.App.Pages, page):
				c.fail(where, "name a page of app.json", "component %s: relatedPage %q is no page of app.json", x.Path, x.RelatedPage)
			}
		}
		for _, a := range s.APIs {
			if a.ComponentPath != "" && !slices.ContainsFunc(s.Components, func(x miniapp.Component) bool { return x.Path == a.ComponentPath }) {
				c.fail(at{mcpFile(s), a.Line}, "add it to components with its relatedPage", "%s shows card %s, which components does not list", a.Name, a.ComponentPath)
			}
		}
	})
}

func myExpired(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		for _, x := range s.Components {
			if x.Expirable && strings.TrimSpace(x.ExpiredText) == "" {
				c.fail(at{mcpFile(s), x.Line}, "", "component %s is expirable and has no expiredText", x.Path)
			}
		}
	})
}

var (
	secret    = regexp.MustCompile(`(?i)^(.*[_-])?(api_?key|access_?key|app_?secret|secret|password|passwd|pwd|(access|auth|refresh|session|user)?_?token|private_?key|credentials?|session_?key)([_-].*)?$`)
	personal  = regexp.MustCompile(`(?i)^(phone|mobile|phone_?number|mobile_?number|tel|id_?card|id_?number|id_?no|passport|full_?address|detail_?address|pickup_?code|pick_?up_?code|take_?code|tracking_?(no|code|number)|latitude|longitude|bank_?card|card_?no)$`)
	givesAway = regexp.MustCompile(`(?i)^(get|fetch|query|refresh|read)\w*(token|secret|credentials?|api_?key|password|session_?key)$`)
	closed    = regexp.MustCompile(`(?i)(id|ids|code|token|cursor|page|pageSize|size|limit|offset)$`)
)

// maxFields bounds the fields visited of one schema.
const maxFields = 2000

// fields calls f for each named field of a schema, nested ones too.
func fields(s *catalog.Schema, f func(name string, s *catalog.Schema)) {
	left := maxFields
	var visit func(*catalog.Schema)
	visit = func(s *catalog.Schema) {
		if s == nil || left <= 0 {
			return
		}
		for _, p := range s.Properties {
			if left--; left <= 0 {
				return
			}
			f(p.Name, p.Schema)
			visit(p.Schema)
		}
		visit(s.Items)
		for _, o := range s.Options {
			visit(o)
		}
	}
	visit(s)
}

func mySecretInputs(c *checker) {
	c.eachAPI(func(s *miniapp.Skill, a *miniapp.API) {
		fields(a.Input, func(name string, _ *catalog.Schema) {
			if secret.MatchString(name) {
				c.fail(at{mcpFile(s), a.Line}, "", "%s asks the assistant for %q", a.Name, name)
			}
		})
	})
}

func myBounds(c *checker) {
	c.eachAPI(func(s *miniapp.Skill, a *miniapp.API) {
		fields(a.Input, func(name string, p *catalog.Schema) {
			if len(p.Enum) > 0 || p.Const != nil || closed.MatchString(name) {
				return
			}
			switch {
			case p.Type == "string" && p.MaxLength == nil && p.Pattern == "" && p.Format == "":
				c.fail(at{mcpFile(s), a.Line}, "add maxLength", "%s: text input %q has no maxLength", a.Name, name)
			case (p.Type == "number" || p.Type == "integer") && (p.Minimum == nil || p.Maximum == nil):
				c.fail(at{mcpFile(s), a.Line}, "add minimum and maximum", "%s: number input %q has no bounds", a.Name, name)
			}
		})
	})
}

func mySensitive(c *checker) {
	c.eachAPI(func(s *miniapp.Skill, a *miniapp.API) {
		if givesAway.MatchString(a.Name) {
			c.fail(at{mcpFile(s), a.Line}, "keep credentials out of results", "%s looks as if it hands out credentials", a.Name)
		}
		fields(a.Output, func(name string, _ *catalog.Schema) {
			if personal.MatchString(name) || secret.MatchString(name) {
				c.fail(at{mcpFile(s), a.Line}, "", "%s: outputSchema describes %q, which the assistant would see", a.Name, name)
			}
		})
	})
}

func myComponent2(c *checker) {
	var p struct {
		Component2 any `json:"component2"`
		Compile    struct {
			Component2 any `json:"component2"`
		} `json:"compileOptions"`
	}
	if len(c.pkg.Project) == 0 || json.Unmarshal(c.pkg.Project, &p) != nil {
		return
	}
	if p.Component2 != true && p.Compile.Component2 != true && len(c.pkg.Skills) > 0 {
		c.fail(at{c.pkg.ProjectFile, 0}, "", "component2 is not switched on")
	}
}
