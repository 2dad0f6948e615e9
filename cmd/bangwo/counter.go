package main

import (
	"context"
	"iter"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/store"
)

// saying is what is said and under which circumstances.
type saying struct {
	text, lang, place string
	fresh             bool // begins a conversation, whatever was said before
}

// counter is where an errand is brought: the platform in this process, or one that runs elsewhere. Both are
// reached through the same few calls, so that ask behaves the same.
type counter interface {
	// say says one sentence: in the conversation that the person was in a moment ago, else in a new one.
	say(ctx context.Context, s saying) (conversation, turn string, err error)
	// events yields what is told in the conversation after a sequence, waiting for more, until ctx ends.
	events(ctx context.Context, conversation string, after int64) iter.Seq2[store.Event, error]
	answer(ctx context.Context, pause string, a assist.Answer) error
	cancel(ctx context.Context, turn string) error
	calls(ctx context.Context, turn string) ([]desk.Call, error)
	// think only plans.
	think(ctx context.Context, s saying) (assist.Thought, error)
	// explain tells which words led to what, without asking a model again.
	explain(ctx context.Context, s saying) ([]string, error)
	close() error
}
