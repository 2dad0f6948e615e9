package understand

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
)

// service is the goal's service with its inputs opened: an input whose description lists its values has them as an enum.
func (b *builder) service() *catalog.Service { return b.ix.openService(b.goal.service) }

func (ix *index) openService(service int) *catalog.Service { return ix.of[service].open() }

func openService(service catalog.Service) *catalog.Service {
	s := service.Clone()
	for i, c := range s.Capabilities {
		s.Capabilities[i].Input = openSchema(c.Input, 0)
		describe(&s.Capabilities[i])
	}
	return &s
}

// openSchema copies a schema with the values that its descriptions list.
func openSchema(s *catalog.Schema, depth int) *catalog.Schema {
	if s == nil || depth > maxDepth+3 {
		return s
	}
	c := *s
	c.Properties = make([]catalog.Property, len(s.Properties))
	for i, p := range s.Properties {
		c.Properties[i] = p
		c.Properties[i].Schema = openSchema(p.Schema, depth+1)
	}
	if c.Items = openSchema(s.Items, depth+1); c.Items != nil && s.Description != "" && c.Items != s.Items {
		withList(&c)
	}
	if len(c.Enum) > 0 || c.Const != nil || c.Format != "" || len(c.Properties) > 0 {
		return &c
	}
	whole := c.Type == "integer"
	if !whole && c.Type != "string" {
		return &c
	}
	for _, code := range codesIn(c.Description, c.Pattern, whole, c.Minimum, c.Maximum) {
		if v, ok := wholeNumber(code); whole && ok {
			c.Enum = append(c.Enum, float64(v))
		} else if !whole {
			c.Enum = append(c.Enum, code)
		}
	}
	return &c
}

// withList lets the elements of a list know what the list's own description says of their values.
func withList(c *catalog.Schema) {
	if c.Items.Type != "string" && c.Items.Type != "integer" || strings.Contains(c.Items.Description, c.Description) {
		return
	}
	c.Items.Description = strings.TrimSpace(c.Description + " ; " + c.Items.Description)
}

// argLine is a line of a description that explains one input: "branch_id: id returned by …", "- date (str): …", ":param x: …".
var argLine = regexp.MustCompile("(?m)^[ \\t]*(?:[-*][ \\t]*|:param (?:[a-z]+ )?)?`?([A-Za-z_][A-Za-z0-9_]*)`?[ \\t]*(?:\\([^)\\n]*\\))?[ \\t]*(?::|：|-|–|—)[ \\t]*(\\S[^\\n]*)$")

// describe gives inputs without a description what the capability's own description says of them: a line for each; all of
// it for the one text that a search takes. What stands in an object about somebody is somebody's.
func describe(c *catalog.Capability) {
	lines := map[string]string{}
	for _, m := range argLine.FindAllStringSubmatch(clipRunes(c.Description, maxDescribed), maxCodes) {
		lines[m[1]] = strings.TrimSpace(m[2])
	}
	texts := 0
	for _, p := range c.Input.Properties {
		if p.Schema.Is("string") && len(p.Schema.Types) > 0 {
			texts++
		}
	}
	for _, p := range c.Input.Properties {
		if p.Schema.Description != "" {
			continue
		}
		switch line := lines[p.Name]; {
		case line != "":
			p.Schema.Description = line
		case c.Effect == catalog.Read && texts == 1 && roleOf(p.Name, p.Schema, true) == roleKeyword:
			p.Schema.Description = sentenceEnd.Split(c.Description, 2)[0]
		}
	}
	tellPeople(c.Input, 0)
}

// tellPeople marks the name in an object about somebody (contact, driver, guest) as a person's.
func tellPeople(s *catalog.Schema, depth int) {
	if s == nil || depth > maxDepth {
		return
	}
	for _, p := range s.Properties {
		if strings.EqualFold(p.Name, "name") && p.Schema.Description == "" && slices.ContainsFunc(s.Properties, func(q catalog.Property) bool {
			return roleOf(q.Name, q.Schema, false) == rolePhone
		}) {
			p.Schema.Description = "full name"
		}
		tellPeople(p.Schema, depth+1)
		tellPeople(p.Schema.Items, depth+1)
	}
}
