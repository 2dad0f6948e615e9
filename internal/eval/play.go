package eval

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// Bounds of one case.
const (
	turnTimeout  = 30 * time.Second
	maxQuestions = 20
)

// played is what happened in a case, as the judge needs it.
type played struct {
	outcome  assist.Outcome // of the last turn
	code     string
	reply    string
	goals    []assist.GoalView // of the last turn that had any
	steps    []assist.StepView
	asked    []string // questions that were not consents
	answered int      // of these, by a scripted answer
	stuck    string   // the question that nobody could answer
	shown    int64    // the last card's total, fen
	calls    []desk.Call
	payments map[string]assist.Payment // by order
	records  map[string][]found        // by service, in force
	undone   map[string]int            // by service: records no longer in force
	spent    int64
	took     time.Duration
	err      error
}

// found is a record of a service with what it costs in fen.
type found struct {
	value any
	fen   int64
	page  bool
}

// play lets a person say the case's turns and answer as scripted.
func (s *stage) play(ctx context.Context, c Case) *played {
	p := &played{payments: map[string]assist.Payment{}, records: map[string][]found{}, undone: map[string]int{}}
	begun := time.Now()
	person, err := s.person(ctx)
	if err != nil {
		p.err = err
		return p
	}
	p.err = s.talk(ctx, c, person, p)
	p.took = time.Since(begun)
	if p.err == nil {
		p.err = s.look(ctx, person, p)
	}
	return p
}

func (s *stage) talk(ctx context.Context, c Case, person string, p *played) error {
	conversation, err := s.app.Desk().Open(ctx, person)
	if err != nil {
		return err
	}
	left := slices.Clone(c.Answers)
	var after int64
	for _, text := range c.Turns {
		place := c.Place
		if place == "" {
			place = s.suite.Place
		}
		turn, err := s.app.Desk().Say(ctx, person, conversation, desk.Utterance{Text: text, Place: place, Now: s.now()})
		if err != nil {
			return err
		}
		l := &listener{stage: s, c: c, person: person, turn: turn, answers: &left, p: p}
		if after, err = l.follow(ctx, conversation, after); err != nil {
			return err
		}
		calls, err := s.app.Desk().Calls(ctx, person, turn)
		if err != nil {
			return err
		}
		p.calls = append(p.calls, calls...)
	}
	return nil
}

// look reads what the merchants have now, and what was spent.
func (s *stage) look(ctx context.Context, person string, p *played) error {
	var err error
	if p.spent, err = s.spent(ctx, person); err != nil {
		return err
	}
	for _, svc := range s.suite.Services {
		data, err := s.data(ctx, svc, person)
		if err != nil {
			return err
		}
		records, dead := svc.inForce(data)
		if len(records) > 0 {
			p.records[svc.ID] = records
		}
		p.undone[svc.ID] = dead
	}
	return nil
}

// listener follows one turn.
type listener struct {
	stage   *stage
	c       Case
	person  string
	turn    string
	answers *[]Answer
	p       *played
	count   int
}

// follow reads the turn's events to its end and answers what is asked.
func (l *listener) follow(ctx context.Context, conversation string, after int64) (int64, error) {
	ctx, cancel := context.WithTimeout(ctx, turnTimeout)
	defer cancel()
	st, name := l.stage.app.Store(), desk.Stream(conversation)
	changed := st.Watch(ctx, name)
	for {
		events, err := st.Events(ctx, name, after, 0)
		if err != nil {
			return after, err
		}
		for _, e := range events {
			after = e.Seq
			if ended, err := l.take(ctx, e); ended || err != nil {
				return after, err
			}
		}
		if len(events) > 0 {
			continue
		}
		select {
		case <-ctx.Done():
			return after, fault.New(fault.Timeout, "no end after %s", turnTimeout)
		case <-changed:
		}
	}
}

// take looks at one event of the turn; ended tells that it was the last.
func (l *listener) take(ctx context.Context, e store.Event) (ended bool, err error) {
	p := l.p
	switch e.Type {
	case assist.EventGoals:
		if g := read[assist.Goals](e).Goals; len(g) > 0 {
			p.goals = g
		}
	case assist.EventPlan:
		p.steps = read[assist.PlanMade](e).Steps
	case assist.EventPayment:
		pay := read[assist.Payment](e)
		p.payments[pay.Order] = pay
	case assist.EventReply:
		p.reply = read[assist.Reply](e).Text
	case assist.EventQuestion:
		if q := read[assist.Question](e); q.Kind != assist.AskConfirm {
			return false, l.asked(ctx, q)
		}
	case assist.EventBundle:
		shown := read[assist.BundleShown](e)
		p.shown = shown.Bundle.Total.Minor
		return false, settled(l.stage.app.Desk().Answer(ctx, l.person, shown.Pause, assist.Answer{Approve: !l.c.Decline, Hash: shown.Hash}))
	case assist.EventDone:
		done := read[assist.Done](e)
		p.outcome, p.code = done.Outcome, done.Code
		return done.Turn == l.turn, nil
	}
	return false, nil
}

func read[T any](e store.Event) T {
	var v T
	_ = json.Unmarshal(e.Data, &v) // our own events
	return v
}

// settled takes no offence at a pause that was closed meanwhile.
func settled(err error) error {
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Expired) {
		return nil
	}
	return err
}

// asked answers as scripted, says yes to a consent, and stops the turn where there is no answer.
func (l *listener) asked(ctx context.Context, q assist.Question) error {
	d := l.stage.app.Desk()
	if consent(q) {
		return settled(d.Answer(ctx, l.person, q.Pause, assist.Answer{Value: "yes"}))
	}
	l.count++
	text := questionText(q)
	l.p.asked = append(l.p.asked, text)
	if value, ok := l.pick(q); ok && l.count <= maxQuestions {
		err := d.Answer(ctx, l.person, q.Pause, assist.Answer{Value: value})
		if !fault.Is(err, fault.Invalid) {
			l.p.answered++
			return settled(err)
		}
	}
	l.p.stuck = text
	if err := d.Cancel(ctx, l.person, l.turn); err != nil && !fault.Is(err, fault.Conflict) {
		return err
	}
	return nil
}

// consent tells whether a question is about giving a merchant what the profile knows.
func consent(q assist.Question) bool {
	has := func(v string) bool {
		return slices.ContainsFunc(q.Choices, func(c assist.Choice) bool { return c.Value == v })
	}
	return q.Kind == assist.AskConsent || has("yes") && has("always") && has("no")
}

// questionText is a question with its choices.
func questionText(q assist.Question) string {
	parts := []string{q.Text}
	for _, c := range q.Choices {
		parts = append(parts, c.Label)
	}
	return strings.Join(parts, " | ")
}

// pick takes the first scripted answer that fits the question, as one of its choices where it has some.
func (l *listener) pick(q assist.Question) (string, bool) {
	text := questionText(q)
	for i, a := range *l.answers {
		if !regexp.MustCompile("(?i)" + a.About).MatchString(text) {
			continue
		}
		value, ok := a.Say, true
		if q.Kind == assist.AskChoice {
			value, ok = choose(q.Choices, a.Say)
		}
		if ok {
			*l.answers = slices.Delete(*l.answers, i, i+1)
			return value, true
		}
	}
	return "", false
}

// choose finds the choice that is said: by its value, its label, or words within.
func choose(choices []assist.Choice, say string) (string, bool) {
	for _, c := range choices {
		if c.Value == say || strings.EqualFold(c.Label, say) {
			return c.Value, true
		}
	}
	for _, c := range choices {
		if has(say, c.Label+" "+c.Detail) {
			return c.Value, true
		}
	}
	return "", false
}
