package understand

import (
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
)

// service is the goal's service with its inputs opened: an input whose description lists its values has them as an enum.
func (b *builder) service() *catalog.Service { return b.ix.openService(b.goal.service) }

func (ix *index) openService(service int) *catalog.Service { return ix.of[service].open() }

func openService(service catalog.Service) *catalog.Service {
	s := service.Clone()
	for i := range s.Capabilities {
		s.Capabilities[i].Input = openSchema(s.Capabilities[i].Input, 0)
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
