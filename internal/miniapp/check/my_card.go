package check

import (
	"encoding/json"
	"path"
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/miniapp"
)

var (
	myTagNames   = set(`view text button image scroll-view swiper swiper-item block template slot`)
	myEventNames = set(`onTap catchTap onLoad onError onChange`)
	swiperOff    = set(`vertical adjust-vertical-height disable-touch onAnimationEnd onTransition`)
	eventAttr    = regexp.MustCompile(`^(?:on|catch)[A-Z]`)
)

// cardFilesOf lists files of a kind below the components of a skill.
func (c *checker) cardFilesOf(s *miniapp.Skill, ext string) []string {
	return c.files(path.Join(s.Path, "components"), ext)
}

// myTags: A024.
func myTags(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		for _, file := range c.cardFilesOf(s, ".axml") {
			body, _ := c.read(file)
			own := c.usingComponents(strings.TrimSuffix(file, ".axml") + ".json")
			for _, t := range parseMarkup(body).tags {
				c.myTag(s, file, t, own)
			}
		}
	})
}

func (c *checker) usingComponents(file string) map[string]string {
	var raw struct {
		Using map[string]string `json:"usingComponents"`
	}
	body, _ := c.read(file)
	if d, err := miniapp.ParseDoc(file, []byte(body)); err == nil {
		_ = json.Unmarshal(d.JSON, &raw)
	}
	return raw.Using
}

func (c *checker) myTag(s *miniapp.Skill, file string, t tag, own map[string]string) {
	if target, ok := own[t.name]; ok {
		base := path.Join(path.Dir(file), target)
		if strings.HasPrefix(target, "/") {
			base = strings.TrimLeft(target, "/")
		}
		if c.resolve(base) == "" {
			c.fail(at{file, t.line}, "correct usingComponents", "component <%s> has no code at %s", t.name, base)
		}
		return
	}
	if !myTagNames[t.name] && t.name != "import-sjs" {
		c.fail(at{file, t.line}, "use view, text, button, image, scroll-view or swiper", "<%s> is not available in a card", t.name)
		return
	}
	for _, a := range t.attrs {
		c.myAttr(file, t, a)
	}
	if _, ok := t.attr("scroll-x"); t.name == "scroll-view" && !ok {
		c.fail(at{file, t.line}, "add scroll-x", "scroll-view must scroll sideways")
	}
}

func (c *checker) myAttr(file string, t tag, a attr) {
	where := at{file, a.line}
	on := strings.Trim(a.value, "{ }") != "false"
	switch {
	case t.name == "button" && a.name == "open-type":
		c.fail(where, "use onTap", "button has no open-type in a card")
	case t.name == "scroll-view" && a.name == "scroll-y" && on:
		c.fail(where, "let it scroll sideways only", "scroll-view cannot scroll-y in a card")
	case t.name == "swiper" && swiperOff[a.name] && on:
		c.fail(where, "remove it", "swiper has no %s in a card", a.name)
	case eventAttr.MatchString(a.name) && !myEventNames[a.name]:
		c.fail(where, "use onTap", "event %s is not available in a card", a.name)
	case (a.name == "onLoad" || a.name == "onError") && t.name != "image", a.name == "onChange" && t.name != "swiper":
		c.fail(where, "use onTap", "<%s> has no event %s in a card", t.name, a.name)
	}
}

var mySelector = regexp.MustCompile(`^\.[\w-]+(?:\s+\.[\w-]+|\.[\w-]+)*$`)

// mySelectors: A025.
func mySelectors(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		for _, file := range c.cardFilesOf(s, ".acss") {
			body, _ := c.read(file)
			for _, m := range parseStyle(body).selectors {
				if !keyframe.MatchString(m.name) && !mySelector.MatchString(m.name) {
					c.fail(at{file, m.line}, "", "selector %q is not a class or a descendant of classes", m.name)
				}
			}
		}
	})
}

var (
	myAtRules    = regexp.MustCompile(`^@(?:import|font-face|media)\b`)
	myProperties = regexp.MustCompile(`^(?:float|z-index|text-decoration(?:-\w+)?|animation(?:-[\w-]+)?|transition(?:-[\w-]+)?)$`)
	myDisplay    = regexp.MustCompile(`^(?:inline-)?(?:grid|table)|^inline-flex`)
	myFunctions  = regexp.MustCompile(`\b(env|constant|min|max|clamp|hsla?|var|color-mix|lab|lch|oklab|oklch)\(`)
)

// myDeclarations: A026.
func myDeclarations(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		for _, file := range c.cardFilesOf(s, ".acss") {
			body, _ := c.read(file)
			sheet := parseStyle(body)
			for _, m := range sheet.at {
				if !myAtRules.MatchString(m.name) {
					c.fail(at{file, m.line}, "", "%.40s is not available in a card", m.name)
				}
			}
			for _, d := range sheet.decls {
				if why := myDeclaration(d); why != "" {
					c.fail(at{file, d.line}, "", "%s is not available in a card", why)
				}
			}
		}
	})
}

func myDeclaration(d decl) string {
	switch {
	case strings.HasPrefix(d.property, "--"):
		return "custom property " + d.property
	case myProperties.MatchString(d.property):
		return d.property
	case d.property == "display" && myDisplay.MatchString(d.value):
		return "display: " + d.value
	case d.property == "position" && (strings.HasPrefix(d.value, "fixed") || strings.HasPrefix(d.value, "sticky")):
		return "position: " + d.value
	}
	if m := myFunctions.FindString(d.value); m != "" {
		return m + ")"
	}
	return ""
}
