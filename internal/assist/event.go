// Package assist owns a conversation: from an utterance to cards. It knows no HTTP and no SQL.
package assist

import (
	"encoding/json"
	"time"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// Event types of a conversation's stream. Data is the JSON of the type named beside each.
const (
	EventTurn     = "turn"     // TurnStarted
	EventGoals    = "goals"    // Goals
	EventPlan     = "plan"     // PlanMade
	EventStep     = "step"     // StepChanged
	EventQuestion = "question" // Question
	EventCard     = "card"     // Card
	EventBundle   = "bundle"   // BundleShown
	EventPayment  = "payment"  // Payment
	EventOrder    = "order"    // order.Order
	EventAnswered = "answered" // Answered
	EventReply    = "reply"    // Reply
	EventModel    = "model"    // ModelUse
	EventDone     = "done"     // Done
)

// TurnStarted opens a turn with what the person said.
type TurnStarted struct {
	Turn string    `json:"turn"`
	Text string    `json:"text"`
	Lang string    `json:"lang"`
	At   time.Time `json:"at"`
}

// GoalView is a goal as people and programs see it.
type GoalView struct {
	ID      string   `json:"id"`
	Text    string   `json:"text"`  // the words of the utterance that it was read from
	Title   string   `json:"title"` // short, for people
	Count   int      `json:"count,omitempty"`
	Options []string `json:"options,omitempty"`
	Service string   `json:"service,omitempty"`
}

// Goals tells what was understood.
type Goals struct {
	Turn   string     `json:"turn"`
	Engine string     `json:"engine"` // which engine answered: "embedded" or a model's name
	Goals  []GoalView `json:"goals"`
}

// What came of asking a language model.
const (
	ModelUsed     = "used"     // its reading was taken, after code checked it
	ModelAgreed   = "agreed"   // it had nothing to add
	ModelRejected = "rejected" // what it said did not pass the checks: the embedded engine answers
	ModelFailed   = "failed"   // it gave no answer: the embedded engine answers
)

// ModelUse tells what a language model had to do with a thought, and what that cost.
type ModelUse struct {
	Turn         string `json:"turn,omitempty"`
	Model        string `json:"model"`
	Outcome      string `json:"outcome"`
	Code         string `json:"code,omitempty"`   // fault code when failed
	Why          string `json:"why,omitempty"`    // for operators and --explain: the checks' own words
	Format       string `json:"format,omitempty"` // json_schema, tools or text
	Requests     int    `json:"requests"`
	PromptTokens int    `json:"prompt_tokens"`
	AnswerTokens int    `json:"answer_tokens"`
	Estimated    bool   `json:"estimated,omitempty"` // the endpoint did not count the tokens
	FirstMS      int64  `json:"first_ms,omitempty"`  // until the first words of the last answer
	ElapsedMS    int64  `json:"elapsed_ms"`
	// Notes tell what it read, for --explain.
	Notes []string `json:"notes,omitempty"`
}

// PlanMade shows the plan.
type PlanMade struct {
	Turn  string     `json:"turn"`
	Hash  string     `json:"hash"`
	Steps []StepView `json:"steps"`
}

// StepView is a step as people and programs see it.
type StepView struct {
	ID         string              `json:"id"`
	Goal       string              `json:"goal"`
	Service    string              `json:"service"`
	Capability string              `json:"capability"`
	Title      string              `json:"title"`
	Args       map[string]plan.Arg `json:"args"`
	Effect     catalog.Effect      `json:"effect"`
	Needs      []string            `json:"needs"`
}

// StepState of a step in the journal.
type StepState string

// The states of a step.
const (
	StepQueued      StepState = "queued"
	StepRunning     StepState = "running"
	StepWaiting     StepState = "waiting" // for the person
	StepDone        StepState = "done"
	StepFailed      StepState = "failed"
	StepSkipped     StepState = "skipped"
	StepCompensated StepState = "compensated"
)

// StepChanged is progress of one step.
type StepChanged struct {
	Turn      string    `json:"turn"`
	ID        string    `json:"id"`
	Goal      string    `json:"goal"`
	Title     string    `json:"title"`
	State     StepState `json:"state"`
	Progress  float64   `json:"progress,omitempty"`
	Note      string    `json:"note,omitempty"` // for people: what was chosen and why, or what went wrong
	ElapsedMS int64     `json:"elapsed_ms,omitempty"`
}

// QuestionKind steers how a question is drawn.
type QuestionKind string

// The kinds of question.
const (
	AskText    QuestionKind = "text"    // free text, Choices are suggestions
	AskChoice  QuestionKind = "choice"  // one of Choices
	AskConsent QuestionKind = "consent" // may the merchant have a profile value? yes / always / no
	AskForm    QuestionKind = "form"    // an MCP elicitation: Schema tells the fields
	AskConfirm QuestionKind = "confirm" // the bundle: answered with {"approve":true,"hash":…,"policy":…}
)

// Choice is one button.
type Choice struct {
	Value  string `json:"value"`
	Label  string `json:"label"`
	Detail string `json:"detail,omitempty"`
	Amount int64  `json:"amount,omitempty"` // minor units, where the choice has a price
}

// Question pauses a turn for the person. It is stored, survives a restart, expires and is answered exactly once.
type Question struct {
	Pause   string          `json:"pause"`
	Turn    string          `json:"turn"`
	Goal    string          `json:"goal,omitempty"`
	Kind    QuestionKind    `json:"kind"`
	Text    string          `json:"text"`
	Choices []Choice        `json:"choices,omitempty"`
	Schema  json.RawMessage `json:"schema,omitempty"`
	Expires time.Time       `json:"expires"`
}

// Answer is what the person said to a pause.
type Answer struct {
	Value   string          `json:"value,omitempty"`   // of text, choice and consent ("yes", "always", "no")
	Form    json.RawMessage `json:"form,omitempty"`    // of form
	Approve bool            `json:"approve,omitempty"` // of confirm
	Hash    string          `json:"hash,omitempty"`    // of confirm: the bundle's hash as shown
	Policy  order.Policy    `json:"policy,omitempty"`  // of confirm
	Limit   int64           `json:"limit,omitempty"`   // of an automatic confirmation, minor units
	Changed bool            `json:"changed,omitempty"` // of an automatic confirmation: also of what differs from what was confirmed before
}

// Answered tells that a pause was closed.
type Answered struct {
	Pause  string `json:"pause"`
	Turn   string `json:"turn"`
	State  string `json:"state"` // answered, expired, cancelled
	Answer Answer `json:"answer,omitzero"`
}

// Card shows things found: candidates, or one result.
type Card struct {
	Turn    string         `json:"turn"`
	Goal    string         `json:"goal"`
	Kind    string         `json:"kind"` // "candidates", "result"
	Title   string         `json:"title"`
	Items   []CardItem     `json:"items,omitempty"`
	Details []order.Detail `json:"details,omitempty"`
	Handoff *track.Handoff `json:"handoff,omitempty"`
}

// CardItem is one thing found.
type CardItem struct {
	Title  string `json:"title"`
	Detail string `json:"detail,omitempty"`
	Amount int64  `json:"amount,omitempty"` // minor units
	Chosen bool   `json:"chosen,omitempty"`
	Why    string `json:"why,omitempty"`
}

// BundleShown is the one confirmation card. Changes lists what differs from what was confirmed before, when it is shown again.
type BundleShown struct {
	Pause   string       `json:"pause"`
	Turn    string       `json:"turn"`
	Hash    string       `json:"hash"`
	Bundle  order.Bundle `json:"bundle"`
	Balance int64        `json:"balance"` // available in the wallet, minor units
	Changes []Change     `json:"changes,omitempty"`
}

// Change is one difference between the confirmed and the new quote.
type Change struct {
	Goal   string `json:"goal"`
	What   string `json:"what"`
	Before string `json:"before"`
	After  string `json:"after"`
	// Asked tells that it differs from an earlier order, as the person asked, and not from what they confirmed.
	Asked bool `json:"asked,omitempty"`
}

// Payment is one leg's state.
type Payment struct {
	Turn     string `json:"turn"`
	Order    string `json:"order"`
	Payee    string `json:"payee"`
	Name     string `json:"name"`
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
	Status   string `json:"status"` // held, captured, voided, refunded
	Sandbox  bool   `json:"sandbox,omitempty"`
}

// Reply is text from Bangwo.
type Reply struct {
	Turn string `json:"turn"`
	Text string `json:"text"`
}

// Outcome of a turn.
type Outcome string

// The outcomes.
const (
	OutcomeDone     Outcome = "done"
	OutcomeQuestion Outcome = "question"
	OutcomeWaiting  Outcome = "waiting" // for the confirmation
	OutcomeRefused  Outcome = "refused"
	OutcomeFailed   Outcome = "failed"
)

// Done ends a turn.
type Done struct {
	Turn    string  `json:"turn"`
	Outcome Outcome `json:"outcome"`
	Code    string  `json:"code,omitempty"` // fault code when failed or refused
}
