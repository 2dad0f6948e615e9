package main

import (
	"time"

	"github.com/bangwo/bangwo/internal/assist/desk"
)

// sameTalk is how long after something was said the next sentence still belongs to it.
const sameTalk = 30 * time.Minute

// goesOn returns the conversation that a sentence said now belongs to, or nothing where one is to be begun.
func goesOn(had []desk.Conversation, now time.Time, s saying) string {
	if s.fresh || len(had) == 0 {
		return ""
	}
	last := had[0]
	if since := now.Sub(last.Updated); since > sameTalk || since < -sameTalk || last.Full {
		return ""
	}
	return last.ID
}
