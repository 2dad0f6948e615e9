package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// writeTimeout ends a stream whose reader has stopped reading.
const writeTimeout = 10 * time.Second

type streamInput struct {
	ByID
	After string `query:"after" maxLength:"20" doc:"Sequence of the last event seen"`
	Last  string `header:"Last-Event-ID" maxLength:"20" doc:"Sequence of the last event seen; wins over after"`
}

// events opens the stream of one conversation.
func (s *Server) events(ctx context.Context, in *streamInput) (*huma.StreamResponse, error) {
	who, err := person(ctx)
	if err != nil {
		return nil, wrapped{err}
	}
	if err := s.Desk.Mine(ctx, who, in.ID); err != nil {
		return nil, wrapped{err}
	}
	after, err := sequence(in.Last, in.After)
	if err != nil {
		return nil, wrapped{err}
	}
	leave, ok := s.streams.enter(who, MaxStreams)
	if !ok {
		return nil, wrapped{fault.New(fault.Limit, "%d streams are open already", MaxStreams)}
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer leave()
		r, w := humago.Unwrap(hc)
		s.stream(r.Context(), w, desk.Stream(in.ID), after)
	}}, nil
}

func sequence(texts ...string) (int64, error) {
	for _, t := range texts {
		if t == "" {
			continue
		}
		n, err := strconv.ParseInt(t, 10, 64)
		if err != nil || n < 0 {
			return 0, fault.New(fault.Invalid, "%q is not the id of an event", t).With("field", "after")
		}
		return n, nil
	}
	return 0, nil
}

// stream writes events until the reader goes, the server stops or the stream's time is up. It watches before
// it reads, so that nothing falls between the two.
func (s *Server) stream(ctx context.Context, w http.ResponseWriter, name string, after int64) {
	ctx, cancel := context.WithTimeout(ctx, StreamTTL)
	defer cancel()
	stop := context.AfterFunc(s.life, cancel)
	defer stop()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no") // tells a proxy in between to pass events on at once
	out := &sender{w: w, rc: http.NewResponseController(w)}
	out.send([]byte("retry: 1000\n\n"))
	changed := s.Store.Watch(ctx, name)
	beat := time.NewTicker(Heartbeat)
	defer beat.Stop()
	for out.err == nil {
		events, err := s.Store.Events(ctx, name, after, 0)
		if err != nil {
			s.Log.DebugContext(ctx, "stream ended", "stream", name, "error", err)
			return
		}
		for _, e := range events {
			out.event(e)
			after = e.Seq
		}
		if len(events) == store.MaxList {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-changed:
		case <-beat.C:
			out.send([]byte(": still here\n\n"))
		}
	}
}

// sender writes to one reader, each time within writeTimeout, and remembers the first failure.
type sender struct {
	w   http.ResponseWriter
	rc  *http.ResponseController
	err error
}

func (o *sender) send(b []byte) {
	if o.err != nil {
		return
	}
	_ = o.rc.SetWriteDeadline(time.Now().Add(writeTimeout)) // the socket's clock, not the domain's
	if _, o.err = o.w.Write(b); o.err == nil {
		o.err = o.rc.Flush()
	}
}

func (o *sender) event(e store.Event) {
	var data bytes.Buffer
	if json.Compact(&data, e.Data) != nil { // a line break inside would end the event
		return
	}
	o.send(fmt.Appendf(nil, "id: %d\nevent: %s\ndata: %s\n\n", e.Seq, e.Type, data.Bytes()))
}
