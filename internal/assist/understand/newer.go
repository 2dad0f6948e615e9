package understand

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
)

// What the inputs of a change begin with where they say no more than that they are of after it: newDate, 改后的份数.
var (
	newerName = regexp.MustCompile(`^(?i:new|updated|changed|modified|revised|desired|target)(?:[_-]|\p{Lu}|$)`)
	newerText = regexp.MustCompile(`^(?:(?:修改|变更|更改|更新|调整|改签|改期)[后为成]?的?|改[后为成到]的?|新的?|要改[成为到]的?|(?i:(?:the )?(?:new|updated|changed|modified|revised|desired)\s))`)
)

// asOrdered is a capability with its inputs called what they are called in an order, so that they are understood alike.
func asOrdered(c catalog.Capability) catalog.Capability {
	c.Input = plainSchema(c.Input, 0)
	return c
}

func plainSchema(s *catalog.Schema, depth int) *catalog.Schema {
	if s == nil || depth > maxDepth {
		return s
	}
	out := *s
	out.Description = newerText.ReplaceAllString(strings.TrimSpace(s.Description), "")
	out.Properties = slices.Clone(s.Properties)
	for i, p := range s.Properties {
		out.Properties[i].Name = plainName(s, p.Name)
		out.Properties[i].Schema = plainSchema(p.Schema, depth+1)
	}
	out.Required = slices.Clone(s.Required)
	for i, name := range s.Required {
		out.Required[i] = plainName(s, name)
	}
	return &out
}

// plainName leaves out that an input is the new one, unless a sibling is called so.
func plainName(s *catalog.Schema, name string) string {
	if !newerName.MatchString(name) {
		return name
	}
	rest := strings.TrimLeft(strings.TrimLeftFunc(name, unicode.IsLetter), "_-")
	if i := strings.IndexFunc(name[1:], unicode.IsUpper); i >= 0 && rest == "" {
		rest = strings.ToLower(name[i+1:i+2]) + name[i+2:]
	}
	if _, taken := s.Property(rest); taken || rest == "" {
		return name
	}
	return rest
}

// theirNames gives arguments the names of the capability's own inputs again.
func theirNames(s *catalog.Schema, args map[string]plan.Arg) map[string]plan.Arg {
	out := map[string]plan.Arg{}
	for _, p := range s.Properties {
		a, ok := args[plainName(s, p.Name)]
		if !ok {
			continue
		}
		if a.Object != nil && p.Schema != nil {
			a.Object = theirNames(p.Schema, a.Object)
		}
		out[p.Name] = a
	}
	return out
}
