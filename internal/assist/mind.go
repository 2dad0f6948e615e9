package assist

import (
	"context"
	"encoding/json"
	"time"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
)

// Mind understands an utterance and plans it. The embedded one needs no network and no model; both kinds
// yield the same types, which code validates before anything runs. Safe for concurrent use.
type Mind interface {
	Think(ctx context.Context, r Request) (Thought, error)
}

// Request is what a Mind may know.
type Request struct {
	Text     string
	Lang     string // "" lets the text decide
	Now      time.Time
	Place    string // where the person is, in words; "" unknown
	Profile  Profile
	Services []catalog.Service // those that could be meant, or all where they are few
	Spread   catalog.Spread    // of the whole catalogue's words; nil: Services is the whole
	// Answers holds what the person answered to this turn's questions so far, by Ask.Key.
	Answers map[string]string
	// Earlier are the conversation's turns before this one, newest last, at most MaxEarlier.
	Earlier []Earlier
	// Kept is what an earlier thought of the same turn wanted kept, see Thought.Kept.
	Kept json.RawMessage
}

// MaxEarlier bounds the turns of a conversation that a Mind sees.
const MaxEarlier = 20

// Profile is what a person has told the platform of themselves.
type Profile struct {
	Name      string    `json:"name,omitempty"`
	Phone     string    `json:"phone,omitempty"`
	Addresses []Address `json:"addresses,omitempty"`
	Place     string    `json:"place,omitempty"` // where they usually are
	Consents  []Consent `json:"consents,omitempty"`
}

// Address of a person. Label "home" and "work" are known words; others are the person's own.
type Address struct {
	Label     string  `json:"label"`
	Name      string  `json:"name,omitempty"`
	Phone     string  `json:"phone,omitempty"`
	Detail    string  `json:"detail"`
	Latitude  float64 `json:"latitude,omitempty"`
	Longitude float64 `json:"longitude,omitempty"`
}

// Consent lets a service have a profile value ("name", "phone", "address", "location").
type Consent struct {
	Service string `json:"service"`
	Value   string `json:"value"`
	Always  bool   `json:"always"`
}

// Earlier is a turn that came before.
type Earlier struct {
	Turn    string
	Text    string
	At      time.Time // when it was said, as its Mind was told
	Goals   []GoalView
	Plan    *plan.Plan
	Answers map[string]string // to its questions, by Ask.Key
	Orders  []string          // ids of the orders that came of it
	Placed  []Placed          // these orders, in the same order
	Open    bool              // it waits for the person, or nothing of it was confirmed yet
	Past    bool              // it belongs to another conversation of the person's
	Found   []string          // titles of what it listed for the person
}

// Placed is an order that came of an earlier turn.
type Placed struct {
	Order string
	Goal  string
	Alive bool     // confirmed, and not taken back
	Says  []string // what it is of: lines, options, the merchant's name
	// Own are the numbers by which its merchant knows it, by the names that the merchant gives them.
	Own map[string]any
}

// CommandKind is a thing that Bangwo itself does.
type CommandKind string

// The commands.
const (
	CommandStatus  CommandKind = "status"
	CommandCancel  CommandKind = "cancel"
	CommandRefund  CommandKind = "refund"
	CommandBalance CommandKind = "balance"
	CommandHistory CommandKind = "history"
	CommandReceipt CommandKind = "receipt"
	CommandHelp    CommandKind = "help"
	CommandChat    CommandKind = "chat" // small talk: only Reply
)

// Command asks Bangwo itself for something. Words narrow down which order is meant ("the coffee"), "" the latest. Where
// the mind knows which ones may be meant, Orders lists them; Turn is an open turn that is meant instead.
type Command struct {
	Kind   CommandKind
	Words  string
	Orders []string
	Turn   string
}

// Ask is something required that is not known. Its Key comes back in Request.Answers.
type Ask struct {
	Key     string // stable for the same thing in the same turn, e.g. "g1/destination"
	Goal    string
	Kind    QuestionKind
	Text    string
	Choices []Choice
	// Opaque tells that it asks for something that people do not know but services do, such as an id.
	Opaque bool `json:",omitempty"`
}

// Thought is what a Mind made of a Request: exactly one of Command, Asks, Plan or Refusal leads.
// Asks come before Plan: the turn pauses, and Think is called again with the answers.
type Thought struct {
	Engine  string
	Lang    string // "zh" or "en"
	Goals   []GoalView
	Plan    *plan.Plan
	Asks    []Ask
	Command *Command
	Refusal string   // said plainly: what no service can do, with the nearest that can be done
	Reply   string   // said beside the rest, may be ""
	Explain []string // which words led to what, with scores
	// Exposures are the services that were put up for the goals, best first for each.
	Exposures []catalog.Exposure `json:",omitempty"`
	// Model tells what a language model had to do with it, and what that cost; nil where none was asked.
	Model *ModelUse `json:",omitempty"`
	// Kept comes back in Request.Kept when the turn is thought about again, so that a model's reading stays the same: at
	// most MaxKept bytes.
	Kept json.RawMessage `json:",omitempty"`
}

// MaxKept bounds what a Mind keeps of a turn.
const MaxKept = 16 << 10
