package httpapi

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/fault"
)

// IDAnswer names what was made.
type IDAnswer struct {
	ID string `json:"id"`
}

// TurnAnswer names the turn that was started.
type TurnAnswer struct {
	Turn string `json:"turn"`
}

// PlanAnswer is what was made of a sentence: goals, plan, questions or a refusal, and the reasons.
type PlanAnswer struct {
	Thought json.RawMessage `json:"thought"`
}

// StateAnswer tells what became of a pause or a turn.
type StateAnswer struct {
	State string `json:"state"`
}

type sayInput struct {
	ByID
	Body Saying
}

type answerInput struct {
	ByID
	Body assist.Answer
}

func (s *Server) conversationRoutes() {
	personal(s, http.MethodGet, "/services", "listServices", "What can be asked for", s.services)
	personal(s, http.MethodGet, "/conversations", "listConversations", "Conversations, newest first", s.conversations)
	personal(s, http.MethodPost, "/conversations", "newConversation", "Begin a conversation", s.newConversation)
	personal(s, http.MethodPost, "/conversations/{id}/turns", "say", "Say something; the rest comes as events", s.say)
	personal(s, http.MethodPost, "/pauses/{id}/answer", "answer", "Answer a question or the confirmation, exactly once", s.answer)
	personal(s, http.MethodPost, "/turns/{id}/cancel", "cancelTurn", "Stop a turn at any point", s.cancelTurn)
	personal(s, http.MethodGet, "/turns/{id}/calls", "listCalls", "What a turn called so far, with results", s.calls)
	personal(s, http.MethodPost, "/plans", "plan", "What would be done for a sentence; nothing runs", s.plan)
	s.streamRoute()
}

func (s *Server) conversations(ctx context.Context, who string, _ *none) ([]desk.Conversation, error) {
	list, err := s.Desk.Conversations(ctx, who)
	if list == nil {
		list = []desk.Conversation{}
	}
	return list, err
}

func (s *Server) newConversation(ctx context.Context, who string, _ *none) (IDAnswer, error) {
	id, err := s.Desk.Open(ctx, who)
	return IDAnswer{ID: id}, err
}

func (s *Server) say(ctx context.Context, who string, in *sayInput) (TurnAnswer, error) {
	turn, err := s.Desk.Say(ctx, who, in.ID, in.Body.utterance())
	return TurnAnswer{Turn: turn}, err
}

func (s *Server) plan(ctx context.Context, who string, in *struct{ Body Saying }) (PlanAnswer, error) {
	t, err := s.Planner.Think(ctx, who, in.Body.utterance())
	if err != nil {
		return PlanAnswer{}, err
	}
	raw, err := json.Marshal(t)
	if err != nil {
		return PlanAnswer{}, fault.New(fault.Internal, "encode thought: %w", err)
	}
	return PlanAnswer{Thought: raw}, nil
}

func (s *Server) answer(ctx context.Context, who string, in *answerInput) (StateAnswer, error) {
	if err := s.Desk.Answer(ctx, who, in.ID, in.Body); err != nil {
		return StateAnswer{}, err
	}
	return StateAnswer{State: "answered"}, nil
}

func (s *Server) cancelTurn(ctx context.Context, who string, in *ByID) (StateAnswer, error) {
	if err := s.Desk.Cancel(ctx, who, in.ID); err != nil {
		return StateAnswer{}, err
	}
	return StateAnswer{State: "cancelled"}, nil
}

func (s *Server) calls(ctx context.Context, who string, in *ByID) ([]desk.Call, error) {
	list, err := s.Desk.Calls(ctx, who, in.ID)
	if list == nil {
		list = []desk.Call{}
	}
	return list, err
}

// streamRoute describes the event stream; its body is not JSON and is written by hand.
func (s *Server) streamRoute() {
	op := huma.Operation{Method: http.MethodGet, Path: base + "/conversations/{id}/events", OperationID: "events",
		Summary: "Server-sent events of a conversation, resumable", Security: signedIn,
		Description: "id is the sequence in the conversation, event the type, data its JSON. Goes on after Last-Event-ID or ?after=; from 0 it replays all.",
		Errors:      []int{http.StatusUnauthorized, http.StatusNotFound},
		Responses: map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{
			"text/event-stream": {Schema: &huma.Schema{Type: huma.TypeString}}}}}}
	huma.Register(s.api, op, s.events)
}
