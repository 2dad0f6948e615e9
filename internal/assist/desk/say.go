package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// Conversation is one of a person's conversations.
type Conversation struct {
	ID      string    `json:"id"`
	Title   string    `json:"title"` // the first thing said in it
	Updated time.Time `json:"updated"`
	Full    bool      `json:"full,omitempty"` // takes no more turns
}

// said is what an idempotency key was used for.
type said struct {
	Turn  string `json:"turn"`
	Input string `json:"input"` // hash
}

// Open makes a conversation for the person.
func (d *Desk) Open(ctx context.Context, person string) (string, error) {
	if person == "" {
		return "", fault.New(fault.Unsigned, "nobody is signed in")
	}
	c := &conversation{ID: d.NewID(), Person: person, Updated: d.Clock().UTC()}
	b := &batch{}
	b.conversation(c)
	return c.ID, d.Store.Commit(ctx, b.Write)
}

// Conversations lists the person's conversations, the latest used first, at most MaxList.
func (d *Desk) Conversations(ctx context.Context, person string) ([]Conversation, error) {
	recs, err := d.Store.List(ctx, store.Query{Kind: kindConversation, Owner: person, Descending: true, Limit: MaxList})
	if err != nil {
		return nil, err
	}
	out := make([]Conversation, 0, len(recs))
	for _, r := range recs {
		var c conversation
		if err := decode(r, &c); err != nil {
			return nil, err
		}
		out = append(out, Conversation{c.ID, c.Title, c.Updated, len(c.Turns) >= MaxTurns})
	}
	slices.SortStableFunc(out, func(a, b Conversation) int { return b.Updated.Compare(a.Updated) })
	return out, nil
}

// Mine returns nil if the conversation is the person's, or a fault not_found.
func (d *Desk) Mine(ctx context.Context, person, id string) error {
	_, err := d.conversation(ctx, person, id)
	return err
}

func (d *Desk) conversation(ctx context.Context, person, id string) (*conversation, error) {
	c := &conversation{}
	var err error
	if c.version, err = d.get(ctx, kindConversation, id, c); err != nil {
		return nil, err
	}
	if c.Person != person {
		return nil, fault.New(fault.NotFound, "no conversation %q", id).With("conversation", id)
	}
	return c, nil
}

// Say starts a turn with what the person said and returns its id; everything else comes as events of the
// conversation. With u.Key, saying it again returns the first turn; the key with other words is a fault mismatch.
// Other faults: invalid, not_found, limit.
func (d *Desk) Say(ctx context.Context, person, conv string, u Utterance) (string, error) {
	if n := utf8.RuneCountInString(u.Text); n == 0 || n > MaxUtterance || !utf8.ValidString(u.Text) {
		return "", fault.New(fault.Invalid, "an utterance has 1 to %d characters", MaxUtterance).With("field", "text")
	}
	if u.Lang != "" && u.Lang != "zh" && u.Lang != "en" {
		return "", fault.New(fault.Invalid, "the language %q is not one of zh, en", u.Lang).With("field", "lang")
	}
	if _, err := u.zone(); err != nil {
		return "", err
	}
	room := false
	for range MaxRetries {
		id, err := d.say(ctx, person, conv, u, &room)
		if fault.Is(err, fault.Conflict) {
			continue // another turn was started in between
		}
		if err == nil {
			d.kick(id)
		}
		return id, err
	}
	return "", fault.New(fault.Unavailable, "conversation %s changes too fast", conv)
}

// say is one attempt; room tells that there is room for another turn, which is made once.
func (d *Desk) say(ctx context.Context, person, conv string, u Utterance, room *bool) (string, error) {
	if turn, err := d.saidBefore(ctx, person, conv, u); turn != "" || err != nil {
		return turn, err
	}
	c, err := d.conversation(ctx, person, conv)
	if err != nil {
		return "", err
	}
	if len(c.Turns) >= MaxTurns {
		return "", fault.New(fault.Limit, "a conversation has at most %d turns", MaxTurns).WithHint("open a new one")
	}
	if !*room {
		if err := d.makeRoom(ctx, person); err != nil {
			return "", err
		}
		*room = true
	}
	at := d.Clock() // as it is: the turn is read, and answered, by the clock that runs there
	now := at.UTC()
	t := &turn{ID: d.NewID(), Conversation: conv, Person: person, Said: u, Lang: langOf(u), At: at, Phase: phaseThink}
	if c.Title == "" {
		c.Title = clip(u.Text, 60)
	}
	c.Turns, c.Updated = append(c.Turns, t.ID), now
	b := &batch{}
	b.conversation(c)
	b.turn(t)
	b.put(kindSignal, t.ID, "", "", signal{}, new(int64))
	if u.Key != "" {
		b.put(kindSaid, saidID(person, u.Key), person, "", said{t.ID, inputOf(conv, u)}, new(int64))
	}
	b.tell(conv, assist.EventTurn, assist.TurnStarted{Turn: t.ID, Text: u.Text, Lang: t.Lang, At: now})
	return t.ID, d.Store.Commit(ctx, b.Write)
}

func (d *Desk) saidBefore(ctx context.Context, person, conv string, u Utterance) (string, error) {
	if u.Key == "" {
		return "", nil
	}
	var s said
	_, err := d.get(ctx, kindSaid, saidID(person, u.Key), &s)
	switch {
	case fault.Is(err, fault.NotFound):
		return "", nil
	case err != nil:
		return "", err
	case s.Input != inputOf(conv, u):
		return "", fault.New(fault.Mismatch, "the key was used for something else that was said")
	}
	return s.Turn, nil
}

// makeRoom lets the oldest turn go that only waits for an answer, with nothing of it confirmed, where too many are open:
// questions that nobody answers must not keep a person from asking for something else.
func (d *Desk) makeRoom(ctx context.Context, person string) error {
	open := 0
	var waiting []store.Record
	for _, group := range []string{groupReady, groupWaiting} {
		recs, err := d.Store.List(ctx, store.Query{Kind: kindTurn, Owner: person, Group: group, Limit: MaxOpenTurns})
		if err != nil {
			return err
		}
		open, waiting = open+len(recs), recs
	}
	if open < MaxOpenTurns {
		return nil
	}
	for _, rec := range waiting {
		t := &turn{}
		if err := decode(rec, t); err != nil {
			return err
		}
		if !t.unconfirmed() {
			continue
		}
		if err := d.Cancel(ctx, person, t.ID); !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return fault.New(fault.Limit, "%d turns are open already", open).WithHint("finish or cancel one first")
}

func saidID(person, key string) string { return digest(person, key) }

func inputOf(conv string, u Utterance) string {
	return digest(conv, u.Text, u.Lang, u.Place, u.Now.UTC().Format(time.RFC3339Nano))
}

func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte{byte(len(p) >> 16), byte(len(p) >> 8), byte(len(p))})
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// langOf is the person's language, or that of the script they wrote in.
func langOf(u Utterance) string {
	if u.Lang != "" {
		return u.Lang
	}
	for _, r := range u.Text {
		if r >= 0x3400 && r <= 0x9fff {
			return "zh"
		}
	}
	return "en"
}

func clip(s string, runes int) string {
	r := []rune(s)
	if len(r) <= runes {
		return s
	}
	return string(r[:runes-1]) + "…"
}

// Cancel stops the person's turn at whatever point it is; what was begun is taken back where it can be.
// It returns when the wish is stored. Faults: not_found, conflict (the turn has ended).
func (d *Desk) Cancel(ctx context.Context, person, id string) error {
	t := &turn{}
	if _, err := d.get(ctx, kindTurn, id, t); err != nil {
		return err
	}
	switch {
	case t.Person != person:
		return fault.New(fault.NotFound, "no turn %q", id).With("turn", id)
	case t.Phase == phaseEnded && t.Stop == string(fault.Cancelled):
		return nil
	case t.Phase == phaseEnded:
		return fault.New(fault.Conflict, "turn %s has ended", id).WithHint("cancel its orders instead")
	}
	stop := store.Put{Kind: kindSignal, ID: id, Data: []byte(`{"stop":true}`), Expect: store.AnyVersion}
	if err := d.Store.Commit(ctx, store.Write{Puts: []store.Put{stop}, Events: []store.Append{wake(id)}}); err != nil {
		return err
	}
	defer d.kick(id)
	return d.unpause(ctx, id)
}

// unpause closes the question that the turn waits with.
func (d *Desk) unpause(ctx context.Context, id string) error {
	for range MaxRetries {
		t := &turn{}
		if _, err := d.get(ctx, kindTurn, id, t); err != nil || t.Pause == "" {
			return err
		}
		p := &pause{}
		var err error
		if p.version, err = d.get(ctx, kindPause, t.Pause, p); err != nil {
			return err
		}
		if p.State != pauseOpen {
			return nil
		}
		if err = d.close(ctx, p, pauseCancelled, assist.Answer{}); !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return fault.New(fault.Unavailable, "turn %s changes too fast", id)
}

func wake(turn string) store.Append {
	return store.Append{Stream: wakes(turn), Type: "wake", Data: []byte("{}")}
}
