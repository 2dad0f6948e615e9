package model

import (
	"context"
	"encoding/json"
	"time"
)

// LLM is a language model, wherever it runs. What it says is a proposal: nothing in this package acts on it unchecked.
// Safe for concurrent use.
type LLM interface {
	// Name tells people and operators which model answers.
	Name() string
	// Complete answers a prompt. The answer's cost is filled in also where there is an error: a broken answer costs too.
	// Faults: timeout, unavailable (the endpoint refuses or is away), merchant (it answers nonsense), limit (too long).
	Complete(ctx context.Context, p Prompt) (Answer, error)
}

// Prompt is one question to a model.
type Prompt struct {
	Purpose   string          // names the schema, for formats that name one
	System    string          // the rules
	User      string          // the question with its marked data
	Schema    json.RawMessage // JSON Schema of the answer
	MaxTokens int
	// Again is an earlier answer and what is wrong with it, in the validator's words.
	Again *Again
}

// Again is the one repair of an answer.
type Again struct {
	Answer    string
	Complaint string
}

// Answer is what a model said and what that cost.
type Answer struct {
	Text      string
	Format    string // how it was asked: json_schema, tools or text
	PromptTok int
	AnswerTok int
	Estimated bool // the endpoint did not count the tokens
	First     time.Duration
	Elapsed   time.Duration
	Requests  int
}
