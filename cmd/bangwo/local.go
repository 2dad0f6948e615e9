package main

import (
	"context"
	"iter"
	"time"

	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/identity"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/store"
)

// sandboxMoney is what the owner of a data folder starts with, in fen: every service added on the command line is a sandbox
// merchant, and what is paid there is play money.
const sandboxMoney = 10_000_00

// owner is the person of a data folder without demo people.
const owner = "owner"

// local is the platform in this process.
type local struct {
	app    *app.App
	person string
	now    func() time.Time
}

// openLocal opens the platform on a data folder and finds who asks.
func openLocal(ctx context.Context, cfg app.Config, person string) (*local, error) {
	a, err := app.New(ctx, cfg)
	if err != nil {
		return nil, err
	}
	l := &local{app: a, person: person, now: cfg.Now}
	if l.now == nil {
		l.now = time.Now
	}
	if err := l.choose(ctx); err != nil {
		_ = a.Close()
		return nil, err
	}
	return l, nil
}

// choose takes the person asked for, else the first demo person, else the owner, who is made when missing.
func (l *local) choose(ctx context.Context) error {
	if l.person != "" {
		_, err := l.app.People().Person(ctx, l.person)
		return err
	}
	demo, err := l.app.People().DemoPeople(ctx)
	if err != nil {
		return err
	}
	if len(demo) > 0 {
		l.person = demo[0].ID
		return nil
	}
	l.person = owner
	if _, err = l.app.AddPerson(ctx, identity.Person{ID: owner, Name: "Owner"}); err == nil {
		err = l.app.TopUp(ctx, owner, "sandbox/top-up/"+owner, money.Of(sandboxMoney, money.CNY))
	}
	return err
}

func (s saying) utterance() desk.Utterance {
	return desk.Utterance{Text: s.text, Lang: s.lang, Place: s.place}
}

func (l *local) say(ctx context.Context, s saying) (conversation, turn string, err error) {
	if conversation, err = l.conversation(ctx, s); err != nil {
		return "", "", err
	}
	turn, err = l.app.Desk().Say(ctx, l.person, conversation, s.utterance())
	return conversation, turn, err
}

func (l *local) conversation(ctx context.Context, s saying) (string, error) {
	had, err := l.app.Desk().Conversations(ctx, l.person)
	if err != nil {
		return "", err
	}
	if id := goesOn(had, l.now(), s); id != "" {
		return id, nil
	}
	return l.app.Desk().Open(ctx, l.person)
}

func (l *local) events(ctx context.Context, conversation string, after int64) iter.Seq2[store.Event, error] {
	return func(yield func(store.Event, error) bool) {
		name := desk.Stream(conversation)
		changed := l.app.Store().Watch(ctx, name)
		for {
			events, err := l.app.Store().Events(ctx, name, after, 0)
			if err != nil {
				yield(store.Event{}, err)
				return
			}
			for _, e := range events {
				after = e.Seq
				if !yield(e, nil) {
					return
				}
			}
			if len(events) > 0 {
				continue
			}
			select {
			case <-ctx.Done():
				return
			case <-changed:
			}
		}
	}
}

func (l *local) answer(ctx context.Context, pause string, a assist.Answer) error {
	return l.app.Desk().Answer(ctx, l.person, pause, a)
}

func (l *local) cancel(ctx context.Context, turn string) error {
	return l.app.Desk().Cancel(ctx, l.person, turn)
}

func (l *local) calls(ctx context.Context, turn string) ([]desk.Call, error) {
	return l.app.Desk().Calls(ctx, l.person, turn)
}

func (l *local) think(ctx context.Context, s saying) (assist.Thought, error) {
	return l.app.Think(ctx, l.person, s.utterance())
}

func (l *local) explain(ctx context.Context, s saying) ([]string, error) {
	return l.app.Explain(ctx, l.person, s.utterance())
}

func (l *local) close() error { return l.app.Close() }
