package catalog

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
)

// Schema is a JSON Schema as the planner reads it: the parts that steer planning, with properties in the
// order the merchant wrote them, and the raw text for full validation (drafts 07 and 2020-12).
type Schema struct {
	Type        string // "" when any or several
	Types       []string
	Title       string
	Description string
	Properties  []Property
	Required    []string
	Items       *Schema
	Enum        []any
	EnumNames   []string // titles of Enum, where the schema gives them (oneOf const/title, enumNames)
	Const       any
	Default     any
	Format      string
	Pattern     string
	Minimum     *float64
	Maximum     *float64
	MinLength   *int
	MaxLength   *int
	MinItems    *int
	MaxItems    *int
	Closed      bool      // additionalProperties: false
	Options     []*Schema // oneOf or anyOf
	Raw         json.RawMessage
}

// Property is a named member of an object schema.
type Property struct {
	Name     string
	Schema   *Schema
	Required bool
}

// MarshalJSON writes the schema as the merchant gave it.
func (s *Schema) MarshalJSON() ([]byte, error) {
	if s == nil || len(s.Raw) == 0 {
		return []byte("{}"), nil
	}
	return s.Raw, nil
}

// UnmarshalJSON parses raw JSON Schema.
func (s *Schema) UnmarshalJSON(b []byte) error {
	p, err := ParseSchema(b)
	if err != nil {
		return err
	}
	*s = *p
	return nil
}

// Property finds a member by name.
func (s *Schema) Property(name string) (*Schema, bool) {
	if s == nil {
		return nil, false
	}
	for _, p := range s.Properties {
		if p.Name == name {
			return p.Schema, true
		}
	}
	return nil, false
}

// Is tells whether the schema admits the JSON type.
func (s *Schema) Is(t string) bool {
	for _, x := range s.Types {
		if x == t || (x == "number" && t == "integer") {
			return true
		}
	}
	return len(s.Types) == 0
}

type rawSchema struct {
	Type                 json.RawMessage            `json:"type"`
	Title                string                     `json:"title"`
	Description          string                     `json:"description"`
	Properties           orderedSchemas             `json:"properties"`
	Required             json.RawMessage            `json:"required"`
	Items                json.RawMessage            `json:"items"`
	Enum                 []any                      `json:"enum"`
	EnumNames            []string                   `json:"enumNames"`
	Const                any                        `json:"const"`
	Default              any                        `json:"default"`
	Format               string                     `json:"format"`
	Pattern              string                     `json:"pattern"`
	Minimum              *float64                   `json:"minimum"`
	Maximum              *float64                   `json:"maximum"`
	MinLength            *int                       `json:"minLength"`
	MaxLength            *int                       `json:"maxLength"`
	MinItems             *int                       `json:"minItems"`
	MaxItems             *int                       `json:"maxItems"`
	AdditionalProperties json.RawMessage            `json:"additionalProperties"`
	OneOf                []json.RawMessage          `json:"oneOf"`
	AnyOf                []json.RawMessage          `json:"anyOf"`
	AllOf                []json.RawMessage          `json:"allOf"`
	Ref                  string                     `json:"$ref"`
	Defs                 map[string]json.RawMessage `json:"$defs"`
	Definitions          map[string]json.RawMessage `json:"definitions"`
}

type orderedSchemas []orderedSchema
type orderedSchema struct {
	name string
	raw  json.RawMessage
}

// UnmarshalJSON keeps the order in which the members stand.
func (o *orderedSchemas) UnmarshalJSON(b []byte) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	tok, err := dec.Token()
	if err != nil {
		return err
	}
	if d, ok := tok.(json.Delim); !ok || d != '{' {
		return fmt.Errorf("properties is not an object")
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return err
		}
		*o = append(*o, orderedSchema{key.(string), raw})
	}
	return nil
}

// ParseSchema reads a JSON Schema leniently: unknown keywords are kept in Raw, local $refs are followed, and
// nesting beyond MaxSchemaDepth or MaxSchemaNodes is cut. An empty input is the empty object schema.
func ParseSchema(b []byte) (*Schema, error) {
	if len(bytes.TrimSpace(b)) == 0 || string(bytes.TrimSpace(b)) == "null" {
		b = []byte(`{"type":"object","properties":{}}`)
	}
	left := MaxSchemaNodes
	p := schemaParser{defs: map[string]json.RawMessage{}, left: &left}
	return p.parse(b, 0)
}

type schemaParser struct {
	defs map[string]json.RawMessage
	left *int // a schema that refers to itself several times doubles with every level
}

func (p schemaParser) parse(b json.RawMessage, depth int) (*Schema, error) {
	t := bytes.TrimSpace(b)
	if *p.left--; *p.left < 0 {
		return &Schema{Raw: json.RawMessage("{}")}, nil
	}
	if depth > MaxSchemaDepth || string(t) == "true" || string(t) == "false" {
		return &Schema{Raw: json.RawMessage("{}")}, nil
	}
	var r rawSchema
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	p.learn(r)
	if def, ok := p.defs[r.Ref]; ok && r.Ref != "" {
		s, err := p.parse(def, depth+1)
		if err == nil && r.Description != "" {
			s.Description = r.Description
		}
		return s, err
	}
	s := &Schema{Title: r.Title, Description: r.Description, Enum: r.Enum, EnumNames: r.EnumNames, Const: r.Const,
		Default: r.Default, Format: r.Format, Pattern: r.Pattern, Minimum: r.Minimum, Maximum: r.Maximum,
		MinLength: r.MinLength, MaxLength: r.MaxLength, MinItems: r.MinItems, MaxItems: r.MaxItems,
		Closed: string(bytes.TrimSpace(r.AdditionalProperties)) == "false", Raw: append(json.RawMessage(nil), b...)}
	s.readTypes(r.Type)
	_ = json.Unmarshal(r.Required, &s.Required) // "required": true of old drafts is ignored
	if err := p.members(s, r, depth); err != nil {
		return nil, err
	}
	return s, nil
}

func (p schemaParser) learn(r rawSchema) {
	for k, v := range r.Defs {
		p.defs["#/$defs/"+k] = v
	}
	for k, v := range r.Definitions {
		p.defs["#/definitions/"+k] = v
	}
}

func (s *Schema) readTypes(raw json.RawMessage) {
	var one string
	if json.Unmarshal(raw, &one) == nil && one != "" {
		s.Types = []string{one}
	} else {
		_ = json.Unmarshal(raw, &s.Types)
	}
	var solid []string
	for _, t := range s.Types {
		if t != "null" {
			solid = append(solid, t)
		}
	}
	if len(solid) == 1 {
		s.Type = solid[0]
	}
	s.Types = solid
}

func (p schemaParser) members(s *Schema, r rawSchema, depth int) error {
	required := map[string]bool{}
	for _, n := range s.Required {
		required[n] = true
	}
	for _, m := range r.Properties {
		sub, err := p.parse(m.raw, depth+1)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		s.Properties = append(s.Properties, Property{Name: m.name, Schema: sub, Required: required[m.name]})
	}
	if len(s.Properties) > 0 && s.Type == "" && len(s.Types) == 0 {
		s.Type, s.Types = "object", []string{"object"}
	}
	if t := bytes.TrimSpace(r.Items); len(t) > 0 && t[0] == '{' {
		sub, err := p.parse(r.Items, depth+1)
		if err != nil {
			return err
		}
		s.Items = sub
	}
	for _, o := range append(append([]json.RawMessage{}, r.OneOf...), r.AnyOf...) {
		if onlyNull(o) {
			continue // what may be left out may be null as well
		}
		sub, err := p.parse(o, depth+1)
		if err != nil {
			return err
		}
		s.Options = append(s.Options, sub)
	}
	for _, o := range r.AllOf {
		sub, err := p.parse(o, depth+1)
		if err != nil {
			return err
		}
		s.merge(sub)
	}
	s.constOptions()
	if len(s.Options) == 1 {
		only := s.Options[0]
		s.Options = nil
		s.absorb(only)
	}
	s.readEnumNames()
	return nil
}

// onlyNull tells that a branch admits nothing but null.
func onlyNull(raw json.RawMessage) bool {
	var o struct {
		Type json.RawMessage `json:"type"`
	}
	return json.Unmarshal(raw, &o) == nil && (string(o.Type) == `"null"` || string(o.Type) == `["null"]`)
}

// absorb takes over from the only branch of an anyOf or oneOf what the schema does not say itself.
func (s *Schema) absorb(o *Schema) {
	s.merge(o)
	if len(s.Types) == 0 {
		s.Type, s.Types = o.Type, o.Types
	}
	s.Title, s.Description = cmp.Or(s.Title, o.Title), cmp.Or(s.Description, o.Description)
	s.Format, s.Pattern = cmp.Or(s.Format, o.Format), cmp.Or(s.Pattern, o.Pattern)
	s.Items, s.Minimum, s.Maximum = cmp.Or(s.Items, o.Items), cmp.Or(s.Minimum, o.Minimum), cmp.Or(s.Maximum, o.Maximum)
	s.MinLength, s.MaxLength = cmp.Or(s.MinLength, o.MinLength), cmp.Or(s.MaxLength, o.MaxLength)
	s.MinItems, s.MaxItems = cmp.Or(s.MinItems, o.MinItems), cmp.Or(s.MaxItems, o.MaxItems)
	s.Closed, s.Options = s.Closed || o.Closed, o.Options
	if s.Const == nil {
		s.Const = o.Const
	}
	if s.Default == nil {
		s.Default = o.Default
	}
}

// enumNameKeys are what schemas in the wild call the words for the values of an enum.
var enumNameKeys = []string{"x-enumNames", "x-enum-names", "x-enum-descriptions", "x-enumDescriptions", "enumDescriptions", "x-enum-labels", "x-enum-titles", "x-enum-varnames", "x-ms-enum-names", "enum_names", "enumLabels"}

// readEnumNames reads the words for an enum's values where they stand under a name of their own: a list in the order of
// the values, or an object by value.
func (s *Schema) readEnumNames() {
	if len(s.Enum) == 0 || len(s.EnumNames) > 0 {
		return
	}
	var all map[string]json.RawMessage
	if json.Unmarshal(s.Raw, &all) != nil {
		return
	}
	for _, key := range enumNameKeys {
		var list []string
		var byValue map[string]string
		switch {
		case all[key] == nil:
		case json.Unmarshal(all[key], &list) == nil && len(list) == len(s.Enum):
			s.EnumNames = list
			return
		case json.Unmarshal(all[key], &byValue) == nil && len(byValue) > 0:
			for _, v := range s.Enum {
				s.EnumNames = append(s.EnumNames, byValue[fmt.Sprint(v)])
			}
			return
		}
	}
}

// merge takes over what an allOf branch adds.
func (s *Schema) merge(o *Schema) {
	s.Properties = append(s.Properties, o.Properties...)
	s.Required = append(s.Required, o.Required...)
	if s.Type == "" {
		s.Type, s.Types = o.Type, o.Types
	}
	if len(s.Enum) == 0 {
		s.Enum, s.EnumNames = o.Enum, o.EnumNames
	}
}

// constOptions turns oneOf [{const, title}] into an enum with names.
func (s *Schema) constOptions() {
	if len(s.Options) == 0 || len(s.Enum) > 0 {
		return
	}
	var values []any
	var names []string
	for _, o := range s.Options {
		if o.Const == nil {
			return
		}
		values = append(values, o.Const)
		names = append(names, strings.TrimSpace(o.Title+" "+o.Description))
	}
	s.Enum, s.EnumNames, s.Options = values, names, nil
	if s.Type == "" {
		if _, ok := values[0].(string); ok {
			s.Type, s.Types = "string", []string{"string"}
		}
	}
}
