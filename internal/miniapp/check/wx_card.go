package check

import (
	"encoding/json"
	"path"
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/miniapp"
)

// cards calls f for each folder of components that has the file.
func (c *checker) cards(file string, f func(s *miniapp.Skill, name, text string)) {
	c.eachSkill(func(s *miniapp.Skill) {
		for _, dir := range c.folders(path.Join(s.Path, "components")) {
			name := path.Join(dir, file)
			if text, ok := c.read(name); ok {
				f(s, name, text)
			}
		}
	})
}

var wxTags = map[string]bool{"view": true, "text": true, "image": true, "map": true, "button": true, "canvas": true,
	"scroll-view": true, "block": true, "template": true}

// cardTags: V003.
func cardTags(c *checker) {
	c.cards("index.wxml", func(_ *miniapp.Skill, file, text string) {
		for _, t := range parseMarkup(text).tags {
			if !wxTags[t.name] {
				c.fail(at{file, t.line}, "use view, text, image, map, button, canvas or scroll-view", "<%s> is not available in a card", t.name)
			}
			if a, ok := t.attr("open-type"); ok && t.name == "button" {
				c.fail(at{file, a.line}, "bind tap and call the interface", "button has no open-type in a card")
			}
			if t.name == "scroll-view" {
				c.scroll(file, t)
			}
		}
	})
}

func (c *checker) scroll(file string, t tag) {
	if _, ok := t.attr("scroll-x"); !ok {
		c.fail(at{file, t.line}, "add scroll-x", "scroll-view must state scroll-x")
	}
	if a, ok := t.attr("scroll-y"); ok {
		if v := strings.Trim(a.value, "{ }"); v == "true" {
			c.fail(at{file, a.line}, "let it scroll sideways only", "scroll-view cannot scroll-y in a card")
		}
	}
}

var (
	transitionPart = regexp.MustCompile(`^(?:opacity|transform|none|[\d.]+m?s|ease|linear|ease-in|ease-out|ease-in-out|step-start|step-end|(?:cubic-bezier|steps)\(.*)$`)
	badDisplay     = regexp.MustCompile(`^(?:grid|table|inline-flex)`)
)

// cardDeclarations: V005.
func cardDeclarations(c *checker) {
	c.cards("index.wxss", func(_ *miniapp.Skill, file, text string) {
		for _, d := range parseStyle(text).decls {
			if why := wxDeclaration(d); why != "" {
				c.fail(at{file, d.line}, "", "%s", why)
			}
		}
	})
}

func wxDeclaration(d decl) string {
	switch p := d.property; {
	case strings.HasPrefix(p, "--"):
		return "custom properties (" + p + ") are not available in a card"
	case p == "position" && (strings.HasPrefix(d.value, "fixed") || strings.HasPrefix(d.value, "sticky")):
		return "position: " + d.value + " is not available in a card; only relative and absolute"
	case p == "display" && badDisplay.MatchString(d.value):
		return "display: " + d.value + " is not available in a card; use flex"
	case p == "z-index", p == "float", p == "text-decoration":
		return p + " is not available in a card"
	case p == "transition" || p == "transition-property":
		for _, part := range strings.Fields(strings.ReplaceAll(d.value, ",", " ")) {
			if !transitionPart.MatchString(part) {
				return "transition works on opacity and transform only"
			}
		}
	}
	return ""
}

var keyframe = regexp.MustCompile(`^(?:from|to|[\d.]+%)$`)

// cardSelectors: V006.
func cardSelectors(c *checker) {
	c.cards("index.wxss", func(_ *miniapp.Skill, file, text string) {
		for _, m := range parseStyle(text).selectors {
			if keyframe.MatchString(m.name) {
				continue
			}
			if why := wxSelector(m.name); why != "" {
				c.fail(at{file, m.line}, "", "%s in selector %q", why, m.name)
			}
		}
	})
}

func wxSelector(sel string) string {
	switch {
	case strings.Contains(sel, "::"):
		return "pseudo-element"
	case strings.Contains(sel, ":"):
		return "pseudo-class"
	case strings.Contains(sel, "["):
		return "attribute selector"
	case strings.Contains(sel, ">"):
		return "child selector"
	case strings.Contains(sel, "+"), strings.Contains(sel, "~"):
		return "sibling selector"
	}
	return ""
}

// cardPath is the form of a componentPath.
var cardPath = regexp.MustCompile(`^components/[\w-]+/index$`)

// cardFiles: V012, A021.
func cardFiles(c *checker) {
	exts := []string{".js", ".json", ".wxml", ".wxss"}
	if c.pkg.Dialect == miniapp.MY {
		exts = []string{".js", ".json", ".axml", ".acss"}
	}
	c.eachSkill(func(s *miniapp.Skill) {
		for _, a := range s.APIs {
			if a.ComponentPath != "" {
				c.cardComplete(s, a.ComponentPath, "api "+a.Name, a.Line, exts)
			}
		}
		if c.pkg.Dialect == miniapp.WX {
			return // WeChat looks at the cards of apis only
		}
		for _, x := range s.Components {
			c.cardComplete(s, x.Path, "components entry", x.Line, exts)
		}
	})
}

func (c *checker) cardComplete(s *miniapp.Skill, card, who string, line int, exts []string) {
	if !cardPath.MatchString(card) {
		c.fail(at{mcpFile(s), line}, "write components/<name>/index", "%s: path %q has not the form components/<name>/index", who, card)
		return
	}
	var missing []string
	for _, ext := range exts {
		file := path.Join(s.Path, card+ext)
		if !c.exists(file) && (ext != ".js" || !c.exists(path.Join(s.Path, card+".ts"))) {
			missing = append(missing, path.Base(file))
		}
	}
	if len(missing) > 0 {
		c.fail(at{mcpFile(s), line}, "add "+strings.Join(missing, ", "), "%s: card %s lacks %s", who, card, strings.Join(missing, ", "))
	}
}

// mcpSize: V013. WeChat counts characters after dropping every api's outputSchema and all layout.
func mcpSize(c *checker) {
	const limit, near = 24000, 21600
	c.eachSkill(func(s *miniapp.Skill) {
		if s.MCP == nil {
			if c.exists(mcpFile(s)) {
				c.fail(at{mcpFile(s), 0}, "mend its syntax", "mcp.json is not JSON")
			}
			return
		}
		if !s.MCP.Strict {
			c.fail(at{mcpFile(s), 0}, "remove comments, trailing commas and the byte-order mark", "mcp.json is not standard JSON")
			return
		}
		n := mcpChars(s.MCP)
		if n > limit {
			c.fail(at{mcpFile(s), 0}, "", "mcp.json has %d characters without outputSchema; %d are allowed", n, limit)
		} else if n >= near {
			c.warn(at{mcpFile(s), 0}, "", "mcp.json has %d characters without outputSchema; %d are allowed", n, limit)
		}
	})
}

func mcpChars(d *miniapp.Doc) int {
	var top map[string]any
	if json.Unmarshal(d.JSON, &top) != nil {
		return 0
	}
	list, _ := top["apis"].([]any)
	for _, x := range list {
		if m, ok := x.(map[string]any); ok {
			delete(m, "outputSchema")
		}
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(top) != nil {
		return 0
	}
	n := 0
	for _, r := range strings.TrimSuffix(b.String(), "\n") {
		n++
		if r > 0xffff { // JavaScript counts two
			n++
		}
	}
	return n
}
