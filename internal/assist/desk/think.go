package desk

import (
	"reflect"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/fault"
)

// think asks the Mind and takes one step on: a question, a command, a refusal or a checked plan.
func (w *worker) think() error {
	if w.t.Rounds > MaxRounds {
		return w.end(assist.OutcomeFailed, string(fault.Limit), w.say("too_many_questions"))
	}
	req, err := w.request()
	if err != nil {
		return err
	}
	th, err := w.Mind.Think(w.calls(), req)
	if err != nil {
		if w.interrupted() {
			return nil
		}
		w.Log.Warn("the mind gave no thought", "turn", w.t.ID, "error", err)
		if w.t.Plan != nil {
			return w.dropReplans()
		}
		return w.end(assist.OutcomeFailed, string(fault.CodeOf(err)), w.say("mind_failed"))
	}
	if th.Lang == "zh" || th.Lang == "en" {
		w.t.Lang = th.Lang
	}
	if err := w.keepModel(th); err != nil {
		return err
	}
	if ask, ok := nextAsk(th.Asks, w.t.Answers); ok && th.Command == nil {
		return w.askMore(th, ask)
	}
	switch {
	case w.t.Plan != nil:
		return w.replan(th)
	case th.Command != nil:
		return w.command(*th.Command, th)
	case th.Plan != nil && len(th.Plan.Steps) > 0:
		return w.adopt(th)
	case th.Refusal != "":
		return w.endWith(assist.OutcomeRefused, string(fault.Unsupported), th.Refusal, func(b *batch) { w.expose(b, th) })
	case th.Reply != "":
		return w.end(assist.OutcomeDone, "", th.Reply)
	}
	return w.end(assist.OutcomeRefused, string(fault.Unsupported), w.say("not_understood"))
}

func (w *worker) request() (assist.Request, error) {
	profile, err := w.Profiles.Profile(w.ctx, w.t.Person)
	if err != nil {
		return assist.Request{}, err
	}
	earlier, err := w.earlier()
	if err != nil {
		return assist.Request{}, err
	}
	place := w.t.Said.Place
	if place == "" {
		place = profile.Place
	}
	return w.choose(assist.Request{Text: w.t.Said.Text, Lang: w.t.Said.Lang, Now: w.t.Said.Clock(w.t.At), Place: place, Profile: profile,
		Answers: w.t.Answers, Earlier: earlier, Kept: w.t.Kept}), nil
}

// keepModel tells what a language model had to do with a thought, and keeps its reading before anything rests on it.
func (w *worker) keepModel(th assist.Thought) error {
	if th.Model == nil {
		return nil
	}
	return w.save(func(b *batch) {
		if len(th.Kept) <= assist.MaxKept {
			w.t.Kept = th.Kept
		}
		b.turn(w.t)
		use := *th.Model
		use.Turn = w.t.ID
		b.tell(w.t.Conversation, assist.EventModel, use)
	})
}

func nextAsk(asks []assist.Ask, answers map[string]string) (assist.Ask, bool) {
	for _, a := range asks {
		if _, known := answers[a.Key]; !known {
			return a, true
		}
	}
	return assist.Ask{}, false
}

// askMore pauses for the first thing that is not known yet.
func (w *worker) askMore(th assist.Thought, a assist.Ask) error {
	p := w.newPause(a.Goal, a.Kind, a.Text, AskFor)
	if p.Kind == "" || p.Kind == assist.AskConfirm || p.Kind == assist.AskConsent {
		p.Kind = assist.AskText
	}
	p.Choices, p.Key = a.Choices, a.Key
	return w.ask(p, func(b *batch) {
		w.tellGoals(b, th)
		w.expose(b, th)
	})
}

// tellGoals tells what was understood, once for as long as it stays the same.
func (w *worker) tellGoals(b *batch, th assist.Thought) {
	if len(th.Goals) == 0 || reflect.DeepEqual(th.Goals, w.t.Goals) {
		return
	}
	w.t.Goals, w.t.Engine = th.Goals, th.Engine
	b.tell(w.t.Conversation, assist.EventGoals, assist.Goals{Turn: w.t.ID, Engine: th.Engine, Goals: th.Goals})
}

// adopt checks the plan, which nothing has been run of, and makes it the turn's.
func (w *worker) adopt(th assist.Thought) error {
	p := *th.Plan
	if again, err := w.supersede(p.Supersedes); again || err != nil {
		return err
	}
	if err := plan.Check(&p, w.finder(w.ctx)); err != nil {
		w.Log.Warn("a plan was refused", "turn", w.t.ID, "engine", th.Engine, "error", err)
		return w.end(assist.OutcomeFailed, string(fault.CodeOf(err)), w.say("plan_refused"))
	}
	return w.save(func(b *batch) {
		w.tellGoals(b, th)
		w.expose(b, th)
		w.t.Plan, w.t.Phase = &p, phaseGather
		for _, g := range p.Goals {
			w.t.Parts[g.ID] = &part{}
		}
		w.queueNew(b)
		b.turn(w.t)
		b.tell(w.t.Conversation, assist.EventPlan, assist.PlanMade{Turn: w.t.ID, Hash: plan.Hash(&p), Steps: w.views(&p)})
		for _, text := range []string{th.Reply, th.Refusal} {
			if text != "" {
				b.tell(w.t.Conversation, assist.EventReply, assist.Reply{Turn: w.t.ID, Text: text})
			}
		}
	})
}

func (w *worker) views(p *plan.Plan) []assist.StepView {
	out := make([]assist.StepView, 0, len(p.Steps))
	for _, s := range p.Steps {
		out = append(out, assist.StepView{ID: s.ID, Goal: s.Goal, Service: s.Service, Capability: s.Capability, Title: w.oneScript(s.Title),
			Args: s.Args, Effect: s.Effect, Needs: append([]string{}, s.Deps()...)})
	}
	return out
}
