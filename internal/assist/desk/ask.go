package desk

import (
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
)

func (w *worker) newPause(goal string, kind assist.QuestionKind, text string, keep time.Duration) *pause {
	p := &pause{Conversation: w.t.Conversation, Person: w.t.Person, State: pauseOpen}
	p.Question = assist.Question{Pause: w.NewID(), Turn: w.t.ID, Goal: goal, Kind: kind, Text: text, Expires: w.Clock().UTC().Add(keep)}
	return p
}

// ask stores the question and lets the turn wait for it. also may add what is told in the same commit.
func (w *worker) ask(p *pause, also func(*batch)) error {
	if w.t.Questions >= MaxQuestions {
		return w.stop(string(fault.Limit))
	}
	return w.save(func(b *batch) {
		if also != nil {
			also(b)
		}
		w.t.Pause = p.ID()
		w.t.Questions++
		b.turn(w.t)
		b.pause(p)
		w.guard(b)
		if !p.Bundle {
			b.tell(w.t.Conversation, assist.EventQuestion, p.Question)
		}
	})
}
