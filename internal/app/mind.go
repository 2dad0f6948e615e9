package app

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/assist/model"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/openai"
	"github.com/bangwo/bangwo/internal/telemetry"
)

// openMind makes the embedded mind and, where an endpoint is named, puts a model beside it.
func (a *App) openMind() error {
	a.rules = understand.New()
	a.mind = a.rules
	if a.cfg.ModelURL == "" {
		if a.cfg.ModelName != "" || a.cfg.ModelKey != "" {
			return fault.New(fault.Invalid, "a model is named, but not where it is").WithHint("--model-url, such as http://localhost:11434/v1").With("field", "model-url")
		}
		return nil
	}
	client, err := openai.New(openai.Options{URL: a.cfg.ModelURL, Key: a.cfg.ModelKey, Model: a.cfg.ModelName, Timeout: a.cfg.ModelTimeout})
	if err != nil {
		return err
	}
	a.closers = append(a.closers, client.Close)
	a.mind, err = model.New(a.rules, llmWithTraces{client, a.watched}, model.Options{When: model.When(a.cfg.ModelWhen), Log: a.cfg.Log})
	return err
}

// Explain tells which words led to what, as the embedded engine sees them.
func (a *App) Explain(ctx context.Context, person string, u desk.Utterance) ([]string, error) {
	r, err := a.request(ctx, person, u)
	if err != nil {
		return nil, err
	}
	t, err := a.rules.Think(ctx, r)
	return t.Explain, err
}

// Next proposes a step where the mind drives goals step by step. Faults: unsupported where it does not.
func (m mindWithTraces) Next(ctx context.Context, d assist.Driven) (assist.Next, error) {
	driver, ok := m.Mind.(assist.Driver)
	if !ok {
		return assist.Next{}, fault.New(fault.Unsupported, "this mind drives nothing step by step")
	}
	return driver.Next(ctx, d)
}

// request is what a mind may know of a sentence that stands alone.
func (a *App) request(ctx context.Context, person string, u desk.Utterance) (assist.Request, error) {
	profile, err := a.people.Profile(ctx, person)
	r := assist.Request{Text: u.Text, Lang: u.Lang, Now: u.Clock(a.cfg.Now()), Place: u.Place, Profile: profile}
	list := a.services.Shortlist(ctx, r.Wanted())
	r.Services, r.Spread = list.Services, list.Spread
	return r, err
}

// llmWithTraces watches a model: how long it takes, what comes of it, how many tokens. Nobody's words are recorded.
type llmWithTraces struct {
	model.LLM
	*watched
}

// Complete is the model's.
func (l llmWithTraces) Complete(ctx context.Context, p model.Prompt) (model.Answer, error) {
	begun := time.Now()
	ctx, end := l.tracer.Start(ctx, telemetry.OperationChat+" "+l.Name(), attribute.String(telemetry.Operation, telemetry.OperationChat),
		attribute.String(telemetry.RequestModel, l.Name()))
	a, err := l.LLM.Complete(ctx, p)
	trace.SpanFromContext(ctx).SetAttributes(attribute.Int(telemetry.InputTokens, a.PromptTok), attribute.Int(telemetry.OutputTokens, a.AnswerTok),
		attribute.String(telemetry.OutputType, "json"))
	end(err)
	l.asked.Note(l.Name(), string(fault.CodeOf(err)), time.Since(begun))
	l.tokens.Add(l.Name(), "prompt", int64(a.PromptTok))
	l.tokens.Add(l.Name(), "answer", int64(a.AnswerTok))
	return a, err
}
