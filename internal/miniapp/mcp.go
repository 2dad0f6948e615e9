package miniapp

import (
	"encoding/json"
	"fmt"
	"sort"
	"strconv"

	"github.com/bangwo/bangwo/internal/catalog"
)

type rawUI struct {
	ComponentPath string `json:"componentPath"`
	PagePath      string `json:"pagePath"`
}

type rawAPI struct {
	Name         string          `json:"name"`
	Description  string          `json:"description"`
	InputSchema  json.RawMessage `json:"inputSchema"`
	OutputSchema json.RawMessage `json:"outputSchema"`
	rawUI                        // older samples write both paths beside the name
	Meta         struct {
		UI rawUI `json:"ui"`
	} `json:"_meta"`
}

type rawComponent struct {
	Path        string                     `json:"path"`
	RelatedPage string                     `json:"relatedPage"`
	Permissions map[string]json.RawMessage `json:"permissions"`
	Expirable   bool                       `json:"expirable"`
	ExpiredText string                     `json:"expiredText"`
}

// ParseMCP reads the apis and components of an mcp.json. An entry that cannot be read is left out and reported.
func ParseMCP(d *Doc) ([]API, []Component, []Problem) {
	var top struct {
		APIs       []json.RawMessage `json:"apis"`
		Components []json.RawMessage `json:"components"`
	}
	var problems []Problem
	note := func(line int, mend, format string, args ...any) {
		if len(problems) < MaxProblems {
			problems = append(problems, Problem{File: d.File, Line: line, Message: fmt.Sprintf(format, args...), Mend: mend})
		}
	}
	if err := d.Decode(&top); err != nil {
		note(1, `write {"apis":[…],"components":[…]}`, "not an mcp.json: %v", err)
	}
	if len(top.APIs) > MaxAPIs || len(top.Components) > MaxAPIs {
		note(1, "split the skill", "more than %d apis or components; the rest was not read", MaxAPIs)
		top.APIs, top.Components = top.APIs[:min(len(top.APIs), MaxAPIs)], top.Components[:min(len(top.Components), MaxAPIs)]
	}
	var apis []API
	for i, raw := range top.APIs {
		line := d.Line("/apis/" + strconv.Itoa(i))
		a, err := readAPI(raw, line)
		if err != nil {
			note(line, "mend the entry", "apis[%d]: %v", i, err)
		}
		if a != nil {
			apis = append(apis, *a)
		}
	}
	var components []Component
	for i, raw := range top.Components {
		line := d.Line("/components/" + strconv.Itoa(i))
		c, err := readComponent(raw, line)
		if err != nil {
			note(line, "mend the entry", "components[%d]: %v", i, err)
			continue
		}
		components = append(components, c)
	}
	return apis, components, problems
}

// readAPI yields nil for an entry that cannot be called, and an entry with an error for one that lost a part.
func readAPI(raw json.RawMessage, line int) (*API, error) {
	var r rawAPI
	bad := json.Unmarshal(raw, &r)
	if r.Name == "" {
		return nil, fmt.Errorf("no name")
	}
	a := &API{Name: r.Name, Description: r.Description, Raw: raw, Line: line}
	a.ComponentPath = firstText(r.Meta.UI.ComponentPath, r.rawUI.ComponentPath)
	a.PagePath = firstText(r.Meta.UI.PagePath, r.rawUI.PagePath)
	var err error
	if a.Input, err = catalog.ParseSchema(r.InputSchema); err != nil {
		return nil, fmt.Errorf("%s: inputSchema: %w", r.Name, err)
	}
	if len(r.OutputSchema) > 0 {
		if a.Output, err = catalog.ParseSchema(r.OutputSchema); err != nil {
			a.Output, bad = nil, fmt.Errorf("outputSchema: %w", err)
		}
	}
	if bad != nil {
		bad = fmt.Errorf("%s: %w", r.Name, bad)
	}
	return a, bad
}

func readComponent(raw json.RawMessage, line int) (Component, error) {
	var r rawComponent
	if err := json.Unmarshal(raw, &r); err != nil && r.Path == "" {
		return Component{}, err
	}
	if r.Path == "" {
		return Component{}, fmt.Errorf("no path")
	}
	c := Component{Path: r.Path, RelatedPage: r.RelatedPage, Expirable: r.Expirable, ExpiredText: r.ExpiredText, Raw: raw, Line: line}
	for scope := range r.Permissions {
		c.Permissions = append(c.Permissions, scope)
		c.Dynamic = c.Dynamic || scope == "scope.dynamic" || scope == "scope.network"
	}
	sort.Strings(c.Permissions)
	return c, nil
}
