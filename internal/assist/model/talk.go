package model

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/fault"
)

// talk is what is said with the model about one sentence.
type talk struct {
	*Mind
	ctx   context.Context
	r     assist.Request
	own   assist.Thought
	use   assist.ModelUse
	begun time.Time
}

// widen asks the model how it reads the sentence, then what the open questions have to do with the words.
func (t *talk) widen() assist.Thought {
	k, out := kept{}, t.own
	if t.when == Always || t.unread() {
		read, err := t.proposed()
		if err != nil && !errors.Is(err, errNothing) {
			return t.failed(err)
		}
		if err == nil {
			k = kept{Guides: read.guides, Asks: read.asks}
			next, err := t.reason(t.ctx, t.r, k)
			if err == nil && t.better(next) {
				k.Choose = t.differs(next)
				if k.Choose {
					next, _ = t.reason(t.ctx, t.r, k)
				}
				out = next
			} else {
				k = kept{}
				t.use.Why = "the model's reading leads no further"
			}
		}
	}
	if asks := answerable(open(out.Asks, t.r.Answers)); len(asks) > 0 {
		answers, err := t.answered(asks, k)
		if err != nil && len(k.Guides) == 0 {
			return t.failed(err)
		}
		if len(answers) > 0 {
			k.Answers = answers
			if next, err := t.reason(t.ctx, t.r, k); err == nil {
				out = next
			}
		}
	}
	if k.Driven = t.drive(out); len(k.Driven) > 0 {
		out = t.named(handOver(out, k.Driven), true)
	}
	return t.keep(out, k)
}

// unread tells that some words led to no service, or to several.
func (t *talk) unread() bool {
	for _, a := range open(t.own.Asks, t.r.Answers) {
		if strings.HasSuffix(a.Key, "/service") {
			return true
		}
	}
	return t.own.Refusal != "" || t.own.Reply != "" || t.own.Plan == nil && len(t.own.Asks) == 0
}

// better tells that a reading leads further than the embedded mind's own thought: it never takes the place of one that left
// nothing open, but for being asked about (see differs).
func (t *talk) better(next assist.Thought) bool {
	if next.Plan == nil && len(next.Asks) == 0 {
		return false
	}
	return t.unread() || t.differs(next)
}

// differs tells that a model reads plainly understood words in another way: then the person is asked which is meant.
func (t *talk) differs(next assist.Thought) bool {
	return !t.unread() && t.own.Plan != nil && next.Plan != nil && ends(t.own) != ends(next)
}

// ends names what a thought's goals end in.
func ends(t assist.Thought) string {
	var out []string
	for _, g := range t.Plan.Goals {
		last := g.Final
		if last == "" {
			last = g.End
		}
		if s, ok := t.Plan.Step(last); ok {
			out = append(out, s.Service+" "+s.Capability)
		}
	}
	return strings.Join(out, "\n")
}

// proposed asks for goals.
func (t *talk) proposed() (reading, error) {
	p, o := goalPrompt(t.r, t.own, t.rules.Options(t.r, MaxOptions))
	c := &checker{Mind: t.Mind, r: t.r, heard: understand.Hear(t.r.Text), offer: o, must: t.plain(o)}
	var out reading
	err := t.say(p, func(text string) error {
		var said proposal
		err := decode(text, &said)
		if err == nil {
			out, err = c.check(said)
		}
		return err
	})
	return out, err
}

// plain lists the offered services that the embedded mind found without a doubt.
func (t *talk) plain(o offer) []string {
	var out []string
	if t.own.Plan == nil {
		return nil
	}
	for _, g := range t.own.Plan.Goals {
		for _, op := range o.services {
			if serviceOf(op.ID) == g.Service {
				out = append(out, g.Service)
				break
			}
		}
	}
	return out
}

// answered asks what the open questions have to do with the words.
func (t *talk) answered(asks []assist.Ask, k kept) (map[string]string, error) {
	q := askedAbout(asks)
	wordsOf := func(goal string) string {
		for i, g := range k.Guides {
			if fmt.Sprintf("g%d", i+1) == goal {
				return g.Words
			}
		}
		if len(t.own.Goals) == 1 || len(k.Guides) > 0 {
			return t.r.Text
		}
		for _, g := range t.own.Goals {
			if g.ID == goal {
				return g.Text
			}
		}
		return ""
	}
	out := map[string]string{}
	err := t.say(answerPrompt(t.r, q), func(text string) error {
		var s said
		err := decode(text, &s)
		if err == nil {
			out, err = checkAnswers(s, q, wordsOf)
		}
		return err
	})
	return out, err
}

// say asks the model, and once more with the checks' own words where its answer does not pass.
func (t *talk) say(p Prompt, check func(text string) error) error {
	for again := false; ; again = true {
		a, err := t.llm.Complete(t.ctx, p)
		t.use.Requests += a.Requests
		t.use.PromptTokens += a.PromptTok
		t.use.AnswerTokens += a.AnswerTok
		t.use.Estimated = t.use.Estimated || a.Estimated
		t.use.Format, t.use.FirstMS = a.Format, a.First.Milliseconds()
		if err != nil {
			return err
		}
		err = check(a.Text)
		if err == nil || errors.Is(err, errNothing) || again {
			return err
		}
		p.Again = &Again{Answer: clipBytes(a.Text, MaxAnswer/4), Complaint: "That does not pass: " + err.Error() + ". Answer again, whole, in the same schema."}
	}
}

// failed is the embedded mind's thought, with why the model's is not taken.
func (t *talk) failed(err error) assist.Thought {
	t.use.Outcome, t.use.Code = assist.ModelFailed, string(fault.CodeOf(err))
	if fault.Is(err, fault.Invalid) {
		t.use.Outcome, t.use.Code, t.use.Why = assist.ModelRejected, "", clip(err.Error(), MaxAbout*2)
	}
	if t.ctx.Err() == nil { // the address and the endpoint's own words are the operator's to read
		t.log.Warn("the model's answer was not taken", "model", t.use.Model, "outcome", t.use.Outcome, "error", err)
	}
	return t.keep(t.own, kept{})
}

// keep finishes a thought: what it cost, how it came about, and what the turn keeps of it.
func (t *talk) keep(out assist.Thought, k kept) assist.Thought {
	switch {
	case t.use.Outcome != "":
	case len(k.Guides)+len(k.Answers)+len(k.Driven) > 0:
		t.use.Outcome = assist.ModelUsed
	default:
		t.use.Outcome = assist.ModelAgreed
	}
	t.use.ElapsedMS = t.now().Sub(t.begun).Milliseconds()
	use := t.use
	use.Notes = t.explained(k)
	out.Model = &use
	out.Explain = append(out.Explain, use.Notes...)
	if raw := encode(k); len(raw) <= assist.MaxKept {
		out.Kept = raw
	}
	return out
}

// explained tells what the model had to do with it.
func (t *talk) explained(k kept) []string {
	u := t.use
	line := fmt.Sprintf("model %s: %s in %d ms, %d requests by %s, %d + %d tokens", u.Model, u.Outcome, u.ElapsedMS, u.Requests, u.Format, u.PromptTokens, u.AnswerTokens)
	if u.Estimated {
		line += " (estimated)"
	}
	for _, more := range []string{u.Code, u.Why} {
		if more != "" {
			line += ": " + more
		}
	}
	out := []string{line}
	for i, g := range k.Guides {
		out = append(out, fmt.Sprintf("model: “%s” is goal g%d of %s %s", g.Words, i+1, g.Service, g.End))
		for _, it := range g.Items {
			out = append(out, fmt.Sprintf("model: “%s” is %s", it.Words, it.Name))
		}
	}
	for id, d := range k.Driven {
		out = append(out, fmt.Sprintf("model: %s is driven step by step at %s", id, d.Service))
	}
	for key, v := range k.Answers {
		out = append(out, fmt.Sprintf("model: %s is “%s”", key, v))
	}
	return out
}
