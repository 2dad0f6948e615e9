package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// Bounds of talking to a server.
const (
	maxAnswer   = 4 << 20 // bytes of one answer or event
	maxResumes  = 20      // times a broken stream is taken up again in a row
	callTimeout = 40 * time.Second
)

// remote is a platform that runs elsewhere.
type remote struct {
	base  string
	token string
	lang  string
	http  *http.Client
}

// dial signs in at a server: with a token, or as a demo person where the server lets anyone.
func dial(ctx context.Context, server, token, person, lang string) (*remote, error) {
	u, err := url.Parse(server)
	if err != nil || u.Host == "" {
		return nil, usageError{fmt.Errorf("--server is an address such as http://127.0.0.1:8080, not %q", server)}
	}
	r := &remote{base: strings.TrimSuffix(server, "/") + "/api/v1", token: token, lang: lang, http: &http.Client{}}
	if token != "" {
		return r, nil
	}
	if person == "" {
		var people []struct{ ID string }
		if err := r.call(ctx, http.MethodGet, "/people", nil, &people); err != nil {
			return nil, err
		}
		if len(people) == 0 {
			return nil, fault.New(fault.Unsigned, "the server has no demo people").WithHint("give a token with BANGWO_TOKEN")
		}
		person = people[0].ID
	}
	return r, r.signIn(ctx, person)
}

// signIn takes the session's token out of the cookie: this program has no jar.
func (r *remote) signIn(ctx context.Context, person string) error {
	raw, err := json.Marshal(map[string]string{"person": person})
	if err != nil {
		return err
	}
	res, err := r.send(ctx, http.MethodPost, "/session", raw)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	for _, c := range res.Cookies() {
		if c.Name == "bangwo_session" {
			r.token = c.Value
			return nil
		}
	}
	return fault.New(fault.Unsigned, "the server opened no session")
}

// send makes one request; an answer that is not a success comes back as the fault it carries.
func (r *remote) send(ctx context.Context, method, path string, body []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, r.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept-Language", r.lang)
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	res, err := r.http.Do(req)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "no answer from %s: %w", r.base, err).
			WithHint("start a server with `bangwo serve --demo`, or run without one: --data DIR")
	}
	if res.StatusCode < http.StatusBadRequest {
		return res, nil
	}
	defer res.Body.Close()
	var failure struct {
		Error struct {
			Code, Message, Hint string
			Params              map[string]string
		}
	}
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil || json.Unmarshal(raw, &failure) != nil || failure.Error.Code == "" {
		return nil, fault.New(fault.Unavailable, "%s %s answered %s", method, path, res.Status)
	}
	return nil, &fault.Error{Code: fault.Code(failure.Error.Code), Message: failure.Error.Message, Hint: failure.Error.Hint, Params: failure.Error.Params}
}

func (r *remote) call(ctx context.Context, method, path string, in, out any) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return err
		}
	}
	res, err := r.send(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if out == nil {
		return nil
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, maxAnswer)).Decode(out); err != nil {
		return fault.New(fault.Unavailable, "%s %s: %w", method, path, err)
	}
	return nil
}

func (r *remote) say(ctx context.Context, s saying) (conversation, turn string, err error) {
	if conversation, err = r.conversation(ctx, s); err != nil {
		return "", "", err
	}
	var said struct{ Turn string }
	err = r.call(ctx, http.MethodPost, "/conversations/"+conversation+"/turns", s.body(), &said)
	return conversation, said.Turn, err
}

func (r *remote) conversation(ctx context.Context, s saying) (string, error) {
	var had []desk.Conversation
	if err := r.call(ctx, http.MethodGet, "/conversations", nil, &had); err != nil {
		return "", err
	}
	if id := goesOn(had, time.Now(), s); id != "" {
		return id, nil
	}
	var conv struct{ ID string }
	return conv.ID, r.call(ctx, http.MethodPost, "/conversations", map[string]string{}, &conv)
}

// body is the sentence as the API takes it.
func (s saying) body() map[string]string {
	body := map[string]string{"text": s.text, "zone": time.Now().Format("-07:00")}
	if s.lang != "" {
		body["lang"] = s.lang
	}
	if s.place != "" {
		body["place"] = s.place
	}
	return body
}

func (r *remote) answer(ctx context.Context, pause string, a assist.Answer) error {
	return r.call(ctx, http.MethodPost, "/pauses/"+pause+"/answer", a, nil)
}

func (r *remote) cancel(ctx context.Context, turn string) error {
	return r.call(ctx, http.MethodPost, "/turns/"+turn+"/cancel", map[string]string{}, nil)
}

func (r *remote) calls(ctx context.Context, turn string) ([]desk.Call, error) {
	var out []desk.Call
	return out, r.call(ctx, http.MethodGet, "/turns/"+turn+"/calls", nil, &out)
}

func (r *remote) think(ctx context.Context, s saying) (assist.Thought, error) {
	var out struct{ Thought assist.Thought }
	err := r.call(ctx, http.MethodPost, "/plans", s.body(), &out)
	return out.Thought, err
}

func (r *remote) explain(ctx context.Context, s saying) ([]string, error) {
	t, err := r.think(ctx, s)
	if t.Model != nil { // what the model said to the errand itself is told by its own event
		t.Explain = t.Explain[:max(len(t.Explain)-len(t.Model.Notes), 0)]
	}
	return t.Explain, err
}

func (r *remote) close() error { return nil }

// events follows the stream and takes it up again where it broke.
func (r *remote) events(ctx context.Context, conversation string, after int64) iter.Seq2[store.Event, error] {
	return func(yield func(store.Event, error) bool) {
		for broken := 0; broken < maxResumes && ctx.Err() == nil; broken++ {
			res, err := r.send(ctx, http.MethodGet, "/conversations/"+conversation+"/events?after="+strconv.FormatInt(after, 10), nil)
			if err != nil {
				yield(store.Event{}, err)
				return
			}
			for e := range parseStream(res.Body) {
				after, broken = e.Seq, 0
				if !yield(e, nil) {
					res.Body.Close()
					return
				}
			}
			res.Body.Close()
		}
		if ctx.Err() == nil {
			yield(store.Event{}, fault.New(fault.Unavailable, "the stream of events broke %d times", maxResumes))
		}
	}
}

// parseStream reads server-sent events until the stream ends.
func parseStream(body io.Reader) iter.Seq[store.Event] {
	return func(yield func(store.Event) bool) {
		lines := bufio.NewScanner(body)
		lines.Buffer(nil, maxAnswer)
		var e store.Event
		for lines.Scan() {
			name, value, _ := strings.Cut(lines.Text(), ":")
			value = strings.TrimPrefix(value, " ")
			switch name {
			case "id":
				e.Seq, _ = strconv.ParseInt(value, 10, 64)
			case "event":
				e.Type = value
			case "data":
				e.Data = json.RawMessage(value)
			case "":
				if e.Type != "" && !yield(e) {
					return
				}
				e = store.Event{}
			}
		}
	}
}
