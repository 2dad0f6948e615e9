package model

// Bounds of asking a model.
const (
	MaxPrompt      = 12_000 // bytes of one question with its rules and data; the schema has MaxSchema beside it
	MaxSchema      = 12_000 // bytes of the schema of one answer
	MaxOptions     = 8      // services that are offered
	MaxAbout       = 120    // characters of what a service or a capability says of itself
	MaxQuestions   = 8      // open questions that are offered at once
	MaxLabel       = 60     // characters of a choice
	MaxTokens      = 700    // of one answer
	MaxAnswer      = 16_000 // bytes of one answer that are decoded
	MaxGoals       = 8      // of one proposal
	MaxItems       = 12     // of one goal
	MaxCalls       = 12     // that may come next in a driven goal
	MaxInputs      = 12     // of one call
	MaxResults     = 60     // values of earlier results that are offered
	MaxListed      = 10     // elements of one list
	MaxResultDepth = 6
	MaxInstruction = 1500 // characters of SKILL.md
	MaxWords       = 400  // characters of the words that one goal points at
)
