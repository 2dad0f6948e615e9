package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/catalog"
)

// form asks whether the person wants to fill a merchant's form in, and then for its fields one by one.
func (t *talk) form(ctx context.Context, q assist.Question) (assist.Answer, error) {
	schema, err := catalog.ParseSchema(q.Schema)
	if err != nil {
		return assist.Answer{}, err
	}
	said, err := t.yesOrNo(ctx, "  "+t.word("cli.fill"))
	if err != nil || said == "no" {
		return assist.Answer{}, err
	}
	values := map[string]any{}
	for _, p := range schema.Properties {
		v, given, err := t.field(ctx, p)
		if err != nil {
			return assist.Answer{}, err
		}
		if given {
			values[p.Name] = v
		}
	}
	return assist.Answer{Form: catalog.MustJSON(values)}, nil
}

// field asks for one field until what is typed fits it; an empty line leaves it out, or takes the merchant's default.
func (t *talk) field(ctx context.Context, p catalog.Property) (value any, given bool, err error) {
	name := p.Schema.Title
	if name == "" {
		name = p.Name
	}
	prompt := "  " + plain(strings.TrimSpace(name+"  "+p.Schema.Description))
	if p.Required {
		prompt += " (" + t.word("ask.required") + ")"
	}
	if p.Schema.Default != nil {
		prompt += fmt.Sprintf(" [%s]", plain(fmt.Sprint(p.Schema.Default)))
	}
	choices := choicesOf(p.Schema)
	for range maxTries {
		for i, c := range choices {
			fmt.Fprintf(t.out, "    %d) %s\n", i+1, plain(c.label))
		}
		said, err := t.line(ctx, prompt+" > ")
		if err != nil {
			return nil, false, err
		}
		if said == "" {
			if p.Schema.Default != nil {
				return p.Schema.Default, true, nil
			}
			if !p.Required {
				return nil, false, nil
			}
		} else if v, ok := t.fit(p.Schema, choices, said); ok {
			return v, true, nil
		}
		fmt.Fprintln(t.out, "   ", t.word("cli.unfit"))
	}
	return nil, false, nil // the platform says what is missing
}

// choice is one of a field's values with its title.
type choice struct {
	value any
	label string
}

func choicesOf(s *catalog.Schema) []choice {
	var out []choice
	for i, v := range s.Enum {
		label := fmt.Sprint(v)
		if i < len(s.EnumNames) && s.EnumNames[i] != "" {
			label = s.EnumNames[i]
		}
		out = append(out, choice{v, label})
	}
	return out
}

// fit reads what was typed as a value of the field's type.
func (t *talk) fit(s *catalog.Schema, choices []choice, said string) (any, bool) {
	if len(choices) > 0 {
		n, err := strconv.Atoi(said)
		for i, c := range choices {
			if strings.EqualFold(said, c.label) || said == fmt.Sprint(c.value) || err == nil && n == i+1 {
				return c.value, true
			}
		}
		return nil, false
	}
	switch s.Type {
	case "string":
		return said, true
	case "boolean":
		switch consentWord(said) {
		case "yes", "always":
			return true, true
		case "no":
			return false, true
		}
	case "integer":
		n, err := strconv.ParseInt(said, 10, 64)
		return n, err == nil
	}
	var parsed any
	if json.Unmarshal([]byte(said), &parsed) == nil {
		return parsed, true
	}
	return said, s.Type == ""
}
