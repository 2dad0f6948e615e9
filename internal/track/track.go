// Package track is the one interface behind which all four ways to reach a capability stand. A driver
// (track/mcp, track/skill, …) opens a service from its Source; the planner and the executor cannot tell the
// drivers apart.
package track

import (
	"context"
	"encoding/json"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
)

// Bounds of one call.
const (
	CallTimeout = 60 * time.Second // when the context has no earlier deadline
	MaxResult   = 1 << 20          // bytes of a result (structured and text together); more is a fault limit
)

// Driver opens services of its track. Safe for concurrent use.
type Driver interface {
	Track() catalog.Track
	// Open connects to (or loads) the service and describes it: name, description, instruction and
	// capabilities with schemas and effects; the caller fills ID, Payee and Sandbox.
	// Faults: invalid (with what is wrong and where), merchant, timeout.
	Open(ctx context.Context, src catalog.Source) (Connection, error)
}

// Connection is an open service. Safe for concurrent use; calls of one person to one service may be serialised by the driver.
type Connection interface {
	// Service describes what was opened. It may change (tool lists do): Changed tells when.
	Service() catalog.Service
	Changed() <-chan struct{} // nil when it never changes
	// Call runs one capability. A merchant's failure that the capability itself reports (isError) is a Result
	// with IsError, not an error; errors are faults: invalid (arguments), merchant, timeout, limit, cancelled.
	Call(ctx context.Context, call Call) (Result, error)
	Close() error
}

// Call is one call of a capability.
type Call struct {
	ID         string // idempotency key: stable over retries of the same step
	Service    string // the catalogue's id of the service: names its storage; "" derives one from the source
	Person     string // whose storage and session is used
	Skill      string // within the service, may be ""
	Capability string
	Args       map[string]any
	Doors      Doors                               // nil: every door refuses
	Progress   func(fraction float64, text string) // may be nil; must not block
}

// Result is what a call returned. Text is for showing and recording only. Structured is plain JSON data.
// What a merchant marked as private (_meta) is dropped by the driver and never appears here.
type Result struct {
	IsError    bool            `json:"is_error,omitempty"`
	Text       []string        `json:"text,omitempty"`
	Structured json.RawMessage `json:"structured,omitempty"`
	FromText   bool            `json:"from_text,omitempty"` // Structured was read out of Text, where the merchant gave words only
	Handoff    *Handoff        `json:"handoff,omitempty"`
	Logs       []string        `json:"logs,omitempty"` // the merchant's console, for the merchant and developers
}

// Handoff is a page of the merchant's at which the person can go on.
type Handoff struct {
	Path    string          `json:"path"`
	Query   string          `json:"query"`
	Payload json.RawMessage `json:"payload,omitempty"`
	Title   string          `json:"title,omitempty"`
}

// DoorKind is a thing of the person's or the platform's that merchant code may ask for.
type DoorKind string

// The doors.
const (
	DoorPayment  DoorKind = "payment"  // Request: {prepay_id?, order_id?, raw…}; Answer.Value: {} when the ledger captured
	DoorAddress  DoorKind = "address"  // Answer.Value: {name, phone, detail}
	DoorPhone    DoorKind = "phone"    // Answer.Value: {phone}
	DoorLogin    DoorKind = "login"    // Answer.Value: {code}: an opaque id of the person for this service
	DoorLocation DoorKind = "location" // Answer.Value: {latitude, longitude}
	DoorProfile  DoorKind = "profile"  // Answer.Value: {name}
	DoorElicit   DoorKind = "elicit"   // an MCP elicitation: Request {message, schema}; Answer.Value: the form's content
	DoorOther    DoorKind = "other"    // any other platform call that asks the person; Request {api, args}
)

// DoorRequest is what merchant code asks.
type DoorRequest struct {
	Kind    DoorKind       `json:"kind"`
	API     string         `json:"api,omitempty"` // the platform call, e.g. "requestPayment"
	Request map[string]any `json:"request,omitempty"`
}

// DoorAnswer is what it gets. The zero value is a refusal.
type DoorAnswer struct {
	Granted bool           `json:"granted"`
	Value   map[string]any `json:"value,omitempty"`
	Reason  string         `json:"reason,omitempty"` // of a refusal
}

// Doors answers requests of merchant code. It may ask the person and so may take long; it ends with ctx.
type Doors interface {
	Open(ctx context.Context, r DoorRequest) DoorAnswer
}

// Storage keeps a package's own key-value storage, per person and service (skills) durably.
type Storage interface {
	// Load returns all keys; a new person starts with the service's presets.
	Load(ctx context.Context, service, person string) (map[string]json.RawMessage, error)
	// Save replaces them, atomically.
	Save(ctx context.Context, service, person string, values map[string]json.RawMessage) error
}
