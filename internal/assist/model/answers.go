package model

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/fault"
)

// said is what a model finds in the words for open questions.
type said struct {
	Answers []saidAnswer `json:"answers"`
}

type saidAnswer struct {
	Question string `json:"question"`
	Words    string `json:"words"`
	Choice   string `json:"choice"`
}

// questions are open asks under ids of our own making.
type questions struct {
	ids     []string
	asks    map[string]assist.Ask
	choices map[string]assist.Choice // by id
	all     []string                 // choice ids
	text    string
}

// answerable leaves out what only the person decides: which of the earlier orders or services is meant, and what has a price; and
// what no words of a person's can be.
func answerable(asks []assist.Ask) []assist.Ask {
	return slices.DeleteFunc(asks, func(a assist.Ask) bool {
		_, what, _ := strings.Cut(a.Key, "/")
		return a.Opaque || !strings.Contains(what, ".") || slices.ContainsFunc(a.Choices, func(c assist.Choice) bool { return c.Amount != 0 })
	})
}

func askedAbout(asks []assist.Ask) questions {
	q := questions{asks: map[string]assist.Ask{}, choices: map[string]assist.Choice{}}
	var b strings.Builder
	for n, a := range asks[:min(len(asks), MaxQuestions)] {
		id := fmt.Sprintf("q%d", n+1)
		q.ids, q.asks[id] = append(q.ids, id), a
		fmt.Fprintf(&b, "%s: %s\n", id, tame(a.Text, MaxAbout))
		for i, c := range a.Choices {
			cid := fmt.Sprintf("%s.c%d", id, i+1)
			q.all, q.choices[cid] = append(q.all, cid), c
			fmt.Fprintf(&b, "  %s: %s\n", cid, tame(c.Label+" "+c.Detail, MaxLabel))
		}
	}
	q.text = clipBytes(b.String(), MaxPrompt/2)
	return q
}

func answerSchema(q questions) json.RawMessage {
	one := object([]string{"question", "words", "choice"}, map[string]any{"question": map[string]any{"type": "string", "enum": q.ids},
		"words": map[string]any{"type": "string"}, "choice": oneOf(q.all)})
	return encode(object([]string{"answers"}, map[string]any{"answers": list(one)}))
}

func answerPrompt(r assist.Request, q questions) Prompt {
	question := clipBytes(fmt.Sprintf("The sentence: %s\nThe open questions are listed below.\n", quoted(r.Text)), MaxPrompt/3)
	system, user := marked(rulesAnswers, question, q.text)
	return Prompt{Purpose: "answers", System: system, User: user, Schema: answerSchema(q), MaxTokens: MaxTokens}
}

// checkAnswers holds answers against the words of the goal that each question is about: what was said for one merchant answers
// no other's question, and a phone number, an email address or a plate answers none (the embedded mind gives those to the side
// that they were said of). The values are the person's words or a choice's own.
func checkAnswers(s said, q questions, wordsOf func(goal string) string) (map[string]string, error) {
	out := map[string]string{}
	for _, a := range s.Answers {
		ask, ok := q.asks[a.Question]
		if !ok {
			return nil, fault.New(fault.Invalid, "there is no question %q", clip(a.Question, MaxLabel))
		}
		if _, twice := out[ask.Key]; twice {
			return nil, fault.New(fault.Invalid, "question %s is answered twice", a.Question)
		}
		heard := understand.Hear(wordsOf(ask.Goal))
		at, err := find(heard.Folded(), a.Words)
		if err != nil {
			return nil, fault.New(fault.Invalid, "question %s: %v", a.Question, err)
		}
		words := heard.Original(at.from, at.to)
		if understand.HasDetails(words) {
			return nil, fault.New(fault.Invalid, "question %s: a phone number, an email address or a plate answers no question", a.Question)
		}
		choice, chosen := q.choices[a.Choice]
		switch {
		case chosen && strings.HasPrefix(a.Choice, a.Question+"."):
			out[ask.Key] = choice.Value
		case a.Choice != none:
			return nil, fault.New(fault.Invalid, "%q is no choice of question %s", clip(a.Choice, MaxLabel), a.Question)
		case ask.Kind != assist.AskChoice:
			out[ask.Key] = words
		}
	}
	return out, nil
}
