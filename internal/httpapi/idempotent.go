package httpapi

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// KindReplay is the record kind of stored answers to posts with an Idempotency-Key. Its records are grouped by
// the UTC day they were made (store.Day), so that a sweep can drop old ones.
const KindReplay = "idempotency"

const (
	maxKey     = 255       // bytes of an Idempotency-Key
	maxReplay  = 512 << 10 // bytes of a stored answer
	staleClaim = 2 * RequestTimeout
)

// replay is the stored answer of a post, or, while Status is 0, the claim of the one that is under way.
type replay struct {
	Input  string    `json:"input"` // hash of method, path and body
	Status int       `json:"status"`
	Type   string    `json:"type"`
	Body   []byte    `json:"body"`
	At     time.Time `json:"at"`
}

// idempotent makes posts with a key safe to send again: the first answer is stored and given again; the same
// key with other inputs is a mismatch. Answers of the 5xx classes are not stored: they may be tried again.
func (s *Server) idempotent(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key, c := r.Header.Get("Idempotency-Key"), callerOf(r.Context())
		who := c.Person + "|" + c.Merchant
		if c.Operator != "" {
			who += "|" + c.Operator
		}
		if key == "" || r.Method != http.MethodPost || who == "|" {
			next.ServeHTTP(w, r)
			return
		}
		if len(key) > maxKey {
			s.fail(w, r, fault.New(fault.Invalid, "Idempotency-Key is longer than %d bytes", maxKey).With("field", "Idempotency-Key"))
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			s.fail(w, r, bodyFault(err))
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		id := hashText(who, key)
		input := hashText(r.Method, r.URL.RequestURI(), string(body))
		stored, version, err := s.claim(r.Context(), id, input)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		if stored != nil {
			w.Header().Set("Content-Type", stored.Type)
			w.Header().Set("Idempotency-Replayed", "true")
			w.WriteHeader(stored.Status)
			_, _ = w.Write(stored.Body)
			return
		}
		s.runClaimed(w, r, next, id, input, version)
	})
}

// claim takes the key for this request and returns the claim's version, or the answer that is stored already.
func (s *Server) claim(ctx context.Context, id, input string) (*replay, int64, error) {
	now := s.Now()
	err := s.putReplay(ctx, id, replay{Input: input, At: now}, 0)
	if !fault.Is(err, fault.Conflict) {
		return nil, 1, err
	}
	rec, err := s.Store.Get(ctx, KindReplay, id)
	if err != nil {
		return nil, 0, fault.New(fault.Unavailable, "the key was released this moment: %w", err).WithHint("try again")
	}
	var have replay
	if err := json.Unmarshal(rec.Data, &have); err != nil {
		return nil, 0, fault.New(fault.Internal, "read stored answer: %w", err)
	}
	switch {
	case have.Input != input:
		return nil, 0, fault.New(fault.Mismatch, "the Idempotency-Key was used for another request")
	case have.Status != 0:
		return &have, 0, nil
	case now.Sub(have.At) < staleClaim:
		return nil, 0, fault.New(fault.Conflict, "the same request is under way").WithHint("ask again in a moment")
	}
	return nil, rec.Version + 1, s.putReplay(ctx, id, replay{Input: input, At: now}, rec.Version)
}

// runClaimed runs the request and stores its answer. The answer is stored even when the caller has gone.
func (s *Server) runClaimed(w http.ResponseWriter, r *http.Request, next http.Handler, id, input string, version int64) {
	keep := &tee{ResponseWriter: w, status: http.StatusOK}
	finished := false
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), RequestTimeout)
		defer cancel()
		var err error
		if !finished || keep.status >= http.StatusInternalServerError || keep.body.Len() > maxReplay {
			err = s.Store.Commit(ctx, store.Write{Puts: []store.Put{{Kind: KindReplay, ID: id, Expect: version, Delete: true}}})
		} else {
			answer := replay{Input: input, Status: keep.status, Type: keep.Header().Get("Content-Type"), Body: keep.body.Bytes(), At: s.Now()}
			err = s.putReplay(ctx, id, answer, version)
		}
		if err != nil {
			s.Log.WarnContext(ctx, "could not store an answer", "error", err)
		}
	}()
	next.ServeHTTP(keep, r)
	finished = true
}

func (s *Server) putReplay(ctx context.Context, id string, a replay, expect int64) error {
	raw, err := json.Marshal(a)
	if err != nil {
		return fault.New(fault.Internal, "encode answer: %w", err)
	}
	put := store.Put{Kind: KindReplay, ID: id, Group: store.Day(a.At), Data: raw, Expect: expect}
	return s.Store.Commit(ctx, store.Write{Puts: []store.Put{put}})
}

// tee keeps a copy of what is answered, up to a little more than can be stored.
type tee struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

// WriteHeader notes the status.
func (t *tee) WriteHeader(status int) {
	t.status = status
	t.ResponseWriter.WriteHeader(status)
}

// Write copies the body.
func (t *tee) Write(b []byte) (int, error) {
	if t.body.Len() <= maxReplay {
		t.body.Write(b)
	}
	return t.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (t *tee) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// hashText hashes texts with their lengths' boundaries.
func hashText(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		sum := sha256.Sum256([]byte(p))
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))
}

func bodyFault(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return fault.New(fault.Limit, "the body is longer than %d bytes", large.Limit)
	}
	return fault.New(fault.Invalid, "read body: %w", err)
}

// Sweep drops the stored answers to posts of the days before yesterday, as many days back as named. A key can be used again
// after that.
func Sweep(ctx context.Context, s store.Store, now time.Time, days int) error {
	return store.SweepDays(ctx, s, KindReplay, now, 2, days)
}
