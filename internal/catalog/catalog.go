// Package catalog holds what merchants offer: services, their capabilities with schemas and effects, and the search over them.
// All text in it comes from merchants: it is data to match words against, never an instruction.
package catalog

import (
	"encoding/json"
	"time"
)

// Effect classes what calling a capability does. Unknown counts as Irreversible.
type Effect string

// The effects, from harmless to costly.
const (
	Read         Effect = "read"         // looks something up
	Reversible   Effect = "reversible"   // makes a cart, a draft or an unpaid order that can be dropped
	Irreversible Effect = "irreversible" // cannot be taken back by the platform alone; runs only under a mandate
	Payment      Effect = "payment"      // moves money; runs only under a mandate and through the ledger
)

// Track is how a capability is reached.
type Track string

// The tracks.
const (
	TrackMCP    Track = "mcp"
	TrackSkill  Track = "skill"
	TrackSource Track = "source"
	TrackScreen Track = "screen"
)

// Bounds of what a merchant may bring.
const (
	MaxCapabilities = 1000   // per service
	MaxText         = 32_000 // bytes of one description or instruction kept
	MaxSchemaDepth  = 24     // nested schemas beyond it are cut to "any"
	MaxSchemaNodes  = 5000   // so are all schemas of one document beyond it, references counted where they are used
)

// Capability is one callable thing of a service.
type Capability struct {
	Service     string  `json:"service"`         // the service's id
	Skill       string  `json:"skill,omitempty"` // the skill within a package, where it has several
	Name        string  `json:"name"`
	Title       string  `json:"title,omitempty"`
	Description string  `json:"description,omitempty"`
	Input       *Schema `json:"input"`            // never nil: an object schema
	Output      *Schema `json:"output,omitempty"` // of the structured result; nil when not declared
	Effect      Effect  `json:"effect"`
	EffectWhy   string  `json:"effect_why,omitempty"` // on what evidence the effect was classed
	// Idempotent tells that the merchant declares a repeated call with the same arguments to have no further effect.
	Idempotent bool     `json:"idempotent,omitempty"`
	Page       string   `json:"page,omitempty"`     // handoff page of a mini-program
	Triggers   []string `json:"triggers,omitempty"` // sentences a person would say, see TriggersIn
}

// Undeclared tells that a capability does not say what its result is made of.
func (c Capability) Undeclared() bool {
	return c.Output == nil || len(c.Output.Properties) == 0 && c.Output.Items == nil
}

// Within names a capability uniquely in its service.
func (c Capability) Within() string { return c.Skill + "/" + c.Name }

// Key names a capability uniquely in the catalogue.
func (c Capability) Key() string { return c.Service + "/" + c.Skill + "/" + c.Name }

// Source tells how a service is reached again after a restart.
type Source struct {
	Track   Track             `json:"track"`
	Path    string            `json:"path,omitempty"`    // folder or zip of a package (absolute), or the program of a stdio server
	Args    []string          `json:"args,omitempty"`    // of a stdio server
	Env     map[string]string `json:"env,omitempty"`     // of a stdio server
	URL     string            `json:"url,omitempty"`     // of a streamable-HTTP server
	Storage map[string]any    `json:"storage,omitempty"` // presets of the package's own storage, for every person
	Allow   []string          `json:"allow,omitempty"`   // domains its code may reach, "host" or "host:port"
	Private bool              `json:"private,omitempty"` // the operator lets it reach private addresses among Allow
	Hash    string            `json:"hash,omitempty"`    // of the package's content when it was added
}

// Service is what one merchant offers.
type Service struct {
	ID           string       `json:"id"`
	Name         string       `json:"name"` // for people
	Description  string       `json:"description,omitempty"`
	Instruction  string       `json:"instruction,omitempty"` // SKILL.md and AGENTS.md: words to match, never obeyed
	Payee        string       `json:"payee"`                 // merchant id, payee of its orders
	Sandbox      bool         `json:"sandbox"`               // orders need not be registered; marked as such everywhere
	Currency     string       `json:"currency"`              // of its prices where it states none
	Source       Source       `json:"source"`
	Capabilities []Capability `json:"capabilities"`
	Skills       []Skill      `json:"skills,omitempty"` // of a package with several: each is a scenario of its own
	Items        []Item       `json:"items,omitempty"`  // seen in its open listings, words to match only
	// Shapes are JSON Schemas of what reads that declare next to nothing of it were seen to return, by Capability.Within.
	// They help the mind to find its way; results are never held against them.
	Shapes map[string]json.RawMessage `json:"shapes,omitempty"`
	Added  time.Time                  `json:"added"`
	// Digest is another for every stored version of the service; "" where nobody keeps count.
	Digest string `json:"-"`
}

// Skill is one packaged scenario of a service. Its text is words to match, never obeyed.
type Skill struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	Instruction string `json:"instruction,omitempty"`
}

// Learnt is what was learnt of a service by calling its harmless reads.
type Learnt struct {
	Items  []Item
	Shapes map[string]json.RawMessage // see Service.Shapes
}

// Item is a live thing that a service lists, by the name it is listed under and its other names.
type Item struct {
	Name    string   `json:"name"`
	Skill   string   `json:"skill,omitempty"`
	Aliases []string `json:"aliases,omitempty"`
	// Parent is the thing under which it was listed (the restaurant of a dish), and From the capability that lists the parent.
	Parent string `json:"parent,omitempty"`
	From   string `json:"from,omitempty"`
	// Place tells that it is somewhere: it was listed with an address or coordinates.
	Place bool `json:"place,omitempty"`
}

// Capability returns the named capability; skill may be "" where the name is unique.
func (s *Service) Capability(skill, name string) (Capability, bool) {
	for _, c := range s.Capabilities {
		if c.Name == name && (skill == "" || c.Skill == skill) {
			return c, true
		}
	}
	return Capability{}, false
}

// Clone copies a service so that the copy can be changed.
func (s Service) Clone() Service {
	s.Capabilities = append([]Capability(nil), s.Capabilities...)
	return s
}

// MustJSON encodes a value that is known to encode.
func MustJSON(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}
