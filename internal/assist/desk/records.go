package desk

import (
	"encoding/json"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store"
)

// Kinds of record.
const (
	kindConversation = "conversation"
	kindTurn         = "turn"
	kindStep         = "step" // group: the turn
	kindPause        = "pause"
	kindOrder        = "order" // group: the turn
	kindMandate      = "mandate"
	kindLease        = "lease"
	kindSignal       = "signal" // a person's wish to stop a turn
	kindSaid         = "said"   // idempotency keys of Say
	kindSecret       = "secret"
)

// Groups of turns and pauses, for sweeping.
const (
	groupReady   = "ready"   // to be driven
	groupWaiting = "waiting" // for the person
	groupEnded   = "ended"
	groupOpen    = "open"
)

type phase string

// The phases of a turn, in order.
const (
	phaseThink   phase = "think"
	phaseGather  phase = "gather" // reads and reversible steps, then quotes
	phaseConfirm phase = "confirm"
	phaseHold    phase = "hold"
	phasePlace   phase = "place" // irreversible steps, captures
	phaseUndo    phase = "undo"  // stopped: everything is taken back
	phaseTask    phase = "task"  // cancel or refund one order
	phaseEnded   phase = "ended"
)

// Utterance is what the person said and what goes with it. Key, when given, makes saying it idempotent.
type Utterance struct {
	Text  string    `json:"text"`
	Lang  string    `json:"lang,omitempty"`
	Place string    `json:"place,omitempty"`
	Now   time.Time `json:"now,omitzero"` // zero: the desk's clock
	// Zone is where the person's clock runs: a name such as Asia/Shanghai, or an offset such as +08:00; "": where Now or
	// the desk's clock runs.
	Zone string `json:"zone,omitempty"`
	Key  string `json:"key,omitempty"`
}

type turn struct {
	ID           string              `json:"id"`
	Conversation string              `json:"conversation"`
	Person       string              `json:"person"`
	Said         Utterance           `json:"said"`
	Lang         string              `json:"lang"`
	At           time.Time           `json:"at"`
	Phase        phase               `json:"phase"`
	Engine       string              `json:"engine,omitempty"`
	Goals        []assist.GoalView   `json:"goals,omitempty"`
	Answers      map[string]string   `json:"answers,omitempty"`
	Kept         json.RawMessage     `json:"kept,omitempty"` // what the mind wants back when it thinks again
	Rounds       int                 `json:"rounds,omitempty"`
	Questions    int                 `json:"questions,omitempty"`
	Plan         *plan.Plan          `json:"plan,omitempty"`
	Parts        map[string]*part    `json:"parts,omitempty"` // by goal
	Pause        string              `json:"pause,omitempty"` // the open one
	Bundle       *order.Bundle       `json:"bundle,omitempty"`
	Policy       order.Policy        `json:"policy,omitempty"` // as confirmed
	Requotes     int                 `json:"requotes,omitempty"`
	Redo         []redo              `json:"redo,omitempty"`  // steps that an answer wants run again
	Words        map[string][]string `json:"words,omitempty"` // what a search was tried with, by step
	Down         []string            `json:"down,omitempty"`  // services that do not answer
	Replans      int                 `json:"replans,omitempty"`
	Dropped      []plan.Step         `json:"dropped,omitempty"`  // steps of services that were given up, for telling what was called
	Consents     []assist.Consent    `json:"consents,omitempty"` // for this turn only; Always true: given, false: refused
	Forms        map[string]jsonForm `json:"forms,omitempty"`    // answers to merchants' forms, by door
	Stop         string              `json:"stop,omitempty"`     // why it is being undone: a fault code
	Task         *task               `json:"task,omitempty"`
	Asked        []string            `json:"asked,omitempty"` // earlier orders that their merchants were asked to take back
	Outcome      assist.Outcome      `json:"outcome,omitempty"`
	Code         string              `json:"code,omitempty"`

	version int64
}

// part is the desk's knowledge of one goal.
type part struct {
	Order   string       `json:"order,omitempty"`  // of the latest quote that was confirmed
	Failed  string       `json:"failed,omitempty"` // fault code
	Why     string       `json:"why,omitempty"`    // for people
	Shown   bool         `json:"shown,omitempty"`  // its result card is out
	Quote   *order.Quote `json:"quote,omitempty"`  // confirmed, or to be confirmed
	Seen    *order.Quote `json:"seen,omitempty"`   // what the merchant said instead when it differed
	Changed bool         `json:"changed,omitempty"`
	Stands  bool         `json:"stands,omitempty"` // the merchant's changed order could not be cancelled and waits for a yes or no
	Try     int          `json:"try,omitempty"`    // grows when the goal's steps run again from the start
	Mends   int          `json:"mends,omitempty"`  // setbacks that were met
	Ask     *offer       `json:"ask,omitempty"`    // what the person is asked about a setback after the confirmation
	Replan  string       `json:"replan,omitempty"` // the service that does not answer: another is looked for
}

// redo is a step to run again: with another search word, where Word is given.
type redo struct {
	Step  string `json:"step"`
	Word  string `json:"word,omitempty"`
	Label string `json:"label,omitempty"` // what was chosen, for telling it
}

// offer is what the person may have in place of what cannot be had. The answer goes to the argument At of Step: a choice as
// its value; free words as those that From searches by.
type offer struct {
	Step    string          `json:"step"`
	At      string          `json:"at,omitempty"`
	From    string          `json:"from,omitempty"`
	Text    string          `json:"text"`
	Choices []assist.Choice `json:"choices"`
	Values  []any           `json:"values"`
	Literal bool            `json:"literal,omitempty"` // the argument is a literal value, not a pick from a list
}

type jsonForm struct {
	Granted bool            `json:"granted"`
	Form    json.RawMessage `json:"form,omitempty"`
}

type task struct {
	Kind  assist.CommandKind `json:"kind"`
	Order string             `json:"order"`
}

// step is a journal row.
type step struct {
	run.Entry
	version int64
}

// orderRecord is an order with what the desk needs to finish or undo it.
type orderRecord struct {
	order.Order
	Conversation string   `json:"conversation"`
	Goal         string   `json:"goal"`
	Undo         *undoing `json:"undo,omitempty"`
	PaidRef      string   `json:"paid_ref,omitempty"` // what a payment door of the merchant's was opened for
	version      int64
}

// mandate is the person's yes with exactly what it was given to.
type mandate struct {
	order.Mandate
	Signed order.Bundle `json:"signed"`
}

// undoing is the intent to take an order back.
type undoing struct {
	To   order.State `json:"to"`
	Code string      `json:"code"`
}

type pauseState string

const (
	pauseOpen      pauseState = "open"
	pauseAnswered  pauseState = "answered"
	pauseExpired   pauseState = "expired"
	pauseCancelled pauseState = "cancelled"
)

// pause is a question as stored. Exactly one of Key, Arg, Offer, Door, Bundle and Unknown tells what the answer is for.
type pause struct {
	assist.Question
	Conversation string          `json:"conversation"`
	Person       string          `json:"person"`
	State        pauseState      `json:"state"`
	Answer       assist.Answer   `json:"answer,omitzero"`
	Key          string          `json:"key,omitempty"` // of an Ask
	Step         string          `json:"step,omitempty"`
	Arg          string          `json:"arg,omitempty"`    // of a close call
	Values       []any           `json:"values,omitempty"` // what the choices stand for
	Offer        *offer          `json:"offer,omitempty"`  // what a setback is met with
	Door         string          `json:"door,omitempty"`
	Consent      *assist.Consent `json:"consent,omitempty"`
	Bundle       bool            `json:"bundle,omitempty"`
	Unknown      bool            `json:"unknown,omitempty"`
	Silence      string          `json:"silence,omitempty"` // what no answer means
	Live         bool            `json:"live,omitempty"`    // a running call waits for it

	version int64
}

type conversation struct {
	ID      string    `json:"id"`
	Person  string    `json:"person"`
	Title   string    `json:"title"`
	Updated time.Time `json:"updated"`
	Turns   []string  `json:"turns"`

	version int64
}

type lease struct {
	Turn  string    `json:"turn"`
	Node  string    `json:"node"`
	Until time.Time `json:"until"`
	Epoch int64     `json:"epoch"`
}

type signal struct {
	Stop bool `json:"stop"`
}

// batch collects what one commit does and which versions grow by it.
type batch struct {
	store.Write
	grown []*int64
}

func (b *batch) put(kind, id, owner, group string, v any, version *int64) {
	put := store.Put{Kind: kind, ID: id, Owner: owner, Group: group, Data: catalog.MustJSON(v), Expect: *version}
	for i := range b.Puts {
		if b.Puts[i].Kind == kind && b.Puts[i].ID == id {
			b.Puts[i] = put // the later look at the same record
			return
		}
	}
	b.Puts = append(b.Puts, put)
	b.grown = append(b.grown, version)
}

func (b *batch) turn(t *turn) {
	group := groupReady
	switch {
	case t.Phase == phaseEnded:
		group = groupEnded
	case t.Pause != "":
		group = groupWaiting
	}
	b.put(kindTurn, t.ID, t.Person, group, t, &t.version)
}

func (b *batch) step(s *step) { b.put(kindStep, s.Key(), "", s.Turn, s.Entry, &s.version) }

func (b *batch) order(o *orderRecord) {
	if o.version == 0 {
		o.Created = o.Updated
	}
	b.put(kindOrder, o.ID, o.Person, o.Turn, o, &o.version)
	b.tell(o.Conversation, assist.EventOrder, o.Order)
}

func (b *batch) pause(p *pause) {
	group := groupEnded
	if p.State == pauseOpen {
		group = groupOpen
	}
	b.put(kindPause, p.ID(), p.Person, group, p, &p.version)
}

func (b *batch) conversation(c *conversation) {
	b.put(kindConversation, c.ID, c.Person, "", c, &c.version)
}

// tell appends an event to the conversation.
func (b *batch) tell(conversation, kind string, v any) {
	b.Events = append(b.Events, store.Append{Stream: Stream(conversation), Type: kind, Data: catalog.MustJSON(v)})
}

// commit applies the batch; on success the versions in memory are those in the store.
func (d *Desk) commit(b *batch, apply func(store.Write) error) error {
	if err := apply(b.Write); err != nil {
		return err
	}
	for _, v := range b.grown {
		*v++
	}
	return nil
}

// ID is the pause's.
func (p *pause) ID() string { return p.Question.Pause }

// Stream is the event stream of a conversation.
func Stream(conversation string) string { return "conversation/" + conversation }

// wakes is the stream that wakes who waits for a turn's pause or signal.
func wakes(turn string) string { return "turn/" + turn }
