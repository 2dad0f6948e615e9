package desk

import (
	"slices"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// searchWord is what a step searches by, where it does.
func (w *worker) searchWord(s plan.Step) (plan.SearchWord, bool) {
	svc, ok := w.service(w.ctx, s.Service)
	if !ok {
		return plan.SearchWord{}, false
	}
	c, ok := svc.Capability(s.Skill, s.Capability)
	if !ok {
		return plan.SearchWord{}, false
	}
	return plan.SearchWordOf(s, c.Input)
}

// reworded tells that the step's search is being tried in other words: one of them that the merchant refuses ends nothing.
func (w *worker) reworded(s plan.Step) bool { return len(w.t.Words[s.ID]) > 0 }

// mendNothing meets a list in which nothing fits: the search is tried in other words first, then the person is asked
// about what comes nearest. What was found and cannot be had is asked about at once.
func (w *worker) mendNothing(s plan.Step, n *plan.Nothing) (*offer, bool, error) {
	from, ok := w.t.Plan.Step(n.From)
	if !ok || from.Goal != s.Goal {
		return nil, false, nil
	}
	if n.Barred.Why != "" {
		return w.offerNear(s, n, *from), false, nil
	}
	return w.otherWord(s, *from, n)
}

// otherWord runs a search again in the next other word, or without one where it needs none; when all are tried it
// asks the person. n is nil where the search itself said that it found nothing.
func (w *worker) otherWord(s, from plan.Step, n *plan.Nothing) (*offer, bool, error) {
	word, searches := w.searchWord(from)
	again := w.withDependents(from.ID)
	if !searches || from.Effect != "read" || !w.repeatable(again) {
		if n == nil {
			return nil, false, nil
		}
		return w.offerNear(s, n, from), false, nil
	}
	next, ok := w.nextWord(from, word, n)
	if !ok {
		return w.offerNear(s, n, from), false, nil
	}
	note := w.say("reworded", word.Word, next)
	if next == "" {
		note = w.say("unworded", word.Word)
	}
	return nil, true, w.save(func(b *batch) {
		step, _ := w.t.Plan.Step(from.ID)
		if next == "" {
			step.SetArg(word.At, nil)
		} else {
			step.SetArg(word.At, next)
		}
		if w.t.Words == nil {
			w.t.Words = map[string][]string{}
		}
		w.t.Words[from.ID] = append(w.t.Words[from.ID], word.Word, next)
		w.t.Plan.Widen(s.Goal, from.ID)
		b.turn(w.t)
		w.requeue(b, again, note)
	})
}

// nextWord is the first way to say what was searched for that was not tried, "" for none at all.
func (w *worker) nextWord(from plan.Step, word plan.SearchWord, n *plan.Nothing) (string, bool) {
	tried := append(slices.Clone(w.t.Words[from.ID]), word.Word)
	if len(tried) > MaxWords*2 {
		return "", false
	}
	first := tried[0]
	others := plan.OtherWords(first)
	if n != nil && n.Query != "" && n.Query != first {
		others = append(others, plan.OtherWords(n.Query)...)
	}
	others = slices.DeleteFunc(others, func(o string) bool { return word.Max > 0 && lexicon.Runes(o) > word.Max })
	if !word.Required { // the last try is without any word: what is there then is offered
		others = append(others[:min(len(others), MaxWords-1)], "")
	}
	for _, o := range others {
		if !slices.Contains(tried, o) {
			return o, true
		}
	}
	return "", false
}

// offerNear asks which of the nearest is meant, or how else it is called.
func (w *worker) offerNear(s plan.Step, n *plan.Nothing, from plan.Step) *offer {
	if n == nil {
		n = &plan.Nothing{From: from.ID}
	}
	word, searches := w.searchWord(from)
	name := n.Query
	if words := w.t.Words[from.ID]; name == "" && len(words) > 0 {
		name = words[0]
	}
	name = either(either(name, w.titleIn(n.Barred.Title, n.Barred.Names)), either(word.Word, s.Title))
	if len(n.Near) == 0 && !searches {
		return nil
	}
	key := "none"
	switch {
	case n.Barred.Why == plan.BarredOut:
		key, name = "out", either(w.titleIn(n.Barred.Title, n.Barred.Names), name)
	case n.Barred.Why == plan.BarredDear && len(n.Near) > 0:
		key, name = "dear", either(w.titleIn(n.Barred.Title, n.Barred.Names), name)
	}
	o := &offer{Step: s.ID, At: n.Arg, From: from.ID, Text: w.say(key+"_say", name)}
	if len(n.Near) > 0 {
		o.Text = w.say(key+"_choose", name)
	}
	w.fillOffer(o, n.Near)
	return o
}
