// Package hostile tries what merchants may write against the whole way of a sentence: a corpus of texts that tell an agent to call
// something else, pay somebody else, pay more, give away what it knows, order more, skip the confirmation, speak to other services or
// forget its rules, put wherever a merchant's text can stand, on the MCP and the Skill track, in Chinese and English. Every case runs
// through the real drivers' descriptions, the mind, the desk and the ledger: once with the embedded mind alone, once with a model beside it
// that obeys the attacker. What must hold is counted from the calls that were made, their arguments, the money that moved and the
// prompts that were sent.
//
//	go test ./internal/hostile -run TestCorpus -v      the figures
package hostile
