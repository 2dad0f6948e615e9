package desk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/store/sqlite"
	"github.com/bangwo/bangwo/internal/track"
)

const (
	person = "ann"
	purse  = 100_00 // what the person has
)

// checker is what testing.T and rapid.T have in common.
type checker interface {
	Helper()
	Context() context.Context
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Failed() bool
}

// world is everything around a desk: a database, merchants that keep their own books, a mind with a fixed plan.
type world struct {
	t         checker
	db        *sqlite.DB
	merchants *merchants
	mind      *mind
	profiles  *profiles
	clock     func() time.Time
	node      string

	desk  *desk.Desk
	crash *crash
	conv  string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := openWorld(t, filepath.Join(t.TempDir(), "bangwo.db"))
	t.Cleanup(w.close)
	return w
}

func openWorld(t checker, path string) *world {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, db: db, merchants: newMerchants(), mind: &mind{}, profiles: &profiles{}, clock: time.Now, node: "one"}
	w.fund(purse)
	w.start()
	if w.conv, err = w.desk.Open(t.Context(), person); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) fund(minor int64) {
	l := w.db.Ledger()
	must(w.t, l.Open(w.t.Context(), order.World, money.CNY, true))
	must(w.t, l.Open(w.t.Context(), order.Wallet(person), money.CNY, false))
	must(w.t, l.Post(w.t.Context(), ledger.Posting{Key: "fund", Op: ledger.Transfer, Memo: "top-up", Legs: []ledger.Leg{
		{ID: "fund", From: order.World, To: order.Wallet(person), Amount: money.Of(minor, money.CNY)}}}))
}

// start makes a desk on the world's database and starts it. It can be made to crash by w.crash.
func (w *world) start() {
	w.crash = &crash{}
	d := desk.New(desk.Deps{Store: crashingStore{w.db, w.crash}, Ledger: crashingLedger{w.db.Ledger(), w.crash}, Mind: w.mind,
		Services: crashingServices{w.merchants, w.crash}, Profiles: w.profiles, Clock: w.clock, Node: w.node, Grace: time.Nanosecond, Backoff: time.Millisecond, Log: slog.New(slog.DiscardHandler)})
	must(w.t, d.Start(w.t.Context()))
	w.desk = d
}

// restart is what comes after kill -9: the old desk can do nothing any more, a new one starts on what is stored.
func (w *world) restart() {
	w.crash.now()
	must(w.t, w.desk.Close())
	w.start()
}

func (w *world) close() {
	must(w.t, w.desk.Close())
	must(w.t, w.db.Close())
}

func (w *world) say(text string) string {
	w.t.Helper()
	turn, err := w.desk.Say(w.t.Context(), person, w.conv, desk.Utterance{Text: text, Lang: "en"})
	must(w.t, err)
	return turn
}

type event struct {
	seq  int64
	kind string
	data json.RawMessage
}

func (e event) into(t checker, v any) {
	t.Helper()
	must(t, json.Unmarshal(e.data, v))
}

// events are all events of the conversation so far.
func (w *world) events() []event {
	w.t.Helper()
	var out []event
	after := int64(0)
	for {
		es, err := w.db.Events(w.t.Context(), desk.Stream(w.conv), after, 0)
		must(w.t, err)
		for _, e := range es {
			out = append(out, event{e.Seq, e.Type, e.Data})
			after = e.Seq
		}
		if len(es) == 0 {
			return out
		}
	}
}

// until waits for the first event beyond after that fits.
func (w *world) until(after int64, fits func(event) bool) event {
	w.t.Helper()
	e, ok := w.seek(w.t.Context(), after, fits)
	if !ok {
		for _, e := range w.events() {
			w.t.Logf("%3d %-9s %s", e.seq, e.kind, e.data)
		}
		w.t.Fatal("the event never came")
	}
	return e
}

const patience = 20 * time.Second // before a test gives a lost event up; no assertion rests on it

func (w *world) seek(ctx context.Context, after int64, fits func(event) bool) (event, bool) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	woken := w.db.Watch(ctx, desk.Stream(w.conv))
	for {
		for _, e := range w.events() {
			if e.seq > after && fits(e) {
				return e, true
			}
		}
		select {
		case <-woken:
		case <-ctx.Done():
			return event{}, false
		}
	}
}

func (w *world) untilKind(after int64, kind string) event {
	w.t.Helper()
	return w.until(after, func(e event) bool { return e.kind == kind })
}

func (w *world) bundle(after int64) (assist.BundleShown, int64) {
	w.t.Helper()
	e := w.untilKind(after, assist.EventBundle)
	var b assist.BundleShown
	e.into(w.t, &b)
	return b, e.seq
}

func (w *world) done(after int64) assist.Done {
	w.t.Helper()
	var d assist.Done
	w.untilKind(after, assist.EventDone).into(w.t, &d)
	return d
}

func (w *world) approve(b assist.BundleShown, policy order.Policy) {
	w.t.Helper()
	must(w.t, w.desk.Answer(w.t.Context(), person, b.Pause, assist.Answer{Approve: true, Hash: b.Hash, Policy: policy}))
}

func (w *world) orders() []order.Order {
	w.t.Helper()
	out, err := w.desk.Orders(w.t.Context(), person, "", 0)
	must(w.t, err)
	return out
}

func (w *world) available() int64 {
	w.t.Helper()
	b, err := w.db.Ledger().Balance(w.t.Context(), order.Wallet(person))
	must(w.t, err)
	if b.Reserved != 0 {
		w.t.Errorf("%d is still reserved", b.Reserved)
	}
	return b.Available()
}

// sound checks what must hold however an errand went: every order is fully done or fully undone, at the merchant and
// in the ledger (a merchant that charges something else than it quoted may keep an order that nobody pays); nothing is paid twice; the books balance; each turn ended once.
func (w *world) sound() {
	w.t.Helper()
	must(w.t, w.db.Ledger().Verify(w.t.Context()))
	paid, done := map[string]int64{}, map[string]int{}
	for _, o := range w.orders() {
		if !o.State.Ended() {
			w.t.Errorf("order %s of %s is %s", o.ID, o.Quote.Service, o.State)
		}
		info, err := w.db.Ledger().HoldOf(w.t.Context(), o.Hold)
		if err != nil && !fault.Is(err, fault.NotFound) {
			w.t.Fatal(err)
		}
		net := info.Captured - info.Refunded
		if o.State == order.Fulfilled && net != o.Quote.Amount.Minor {
			w.t.Errorf("order %s is fulfilled, %d of %d paid", o.ID, net, o.Quote.Amount.Minor)
		}
		if o.State.Undone() && net != 0 {
			w.t.Errorf("order %s is %s, yet %d is paid", o.ID, o.State, net)
		}
		paid[o.Quote.Service] += net
		if o.State == order.Fulfilled {
			done[o.Quote.Service]++
		}
	}
	for _, id := range w.merchants.ids() {
		_, lies := w.merchants.charge[id]
		if live := w.merchants.worth(id); live != paid[id] && !lies {
			w.t.Errorf("%s has orders worth %d and got %d", id, live, paid[id])
		}
		if n := w.merchants.live(id); done[id] > n || done[id] > 1 || (done[id] < n && !lies) {
			w.t.Errorf("%s has %d orders, %d are done", id, n, done[id])
		}
	}
	w.available()
	ended := map[string]int{}
	for _, e := range w.events() {
		if e.kind == assist.EventDone {
			var d assist.Done
			e.into(w.t, &d)
			ended[d.Turn]++
		}
	}
	for turn, n := range ended {
		if n != 1 {
			w.t.Errorf("turn %s ended %d times", turn, n)
		}
	}
}

func must(t checker, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// mind thinks what it is told to.
type mind struct {
	mu    sync.Mutex
	think func(assist.Request) assist.Thought
}

func (m *mind) Think(_ context.Context, r assist.Request) (assist.Thought, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.think(r), nil
}

func (m *mind) plans(p plan.Plan) {
	m.think = func(assist.Request) assist.Thought { return assist.Thought{Engine: "fixed", Lang: "en", Plan: &p} }
}

type profiles struct {
	mu sync.Mutex
	p  assist.Profile
}

func (p *profiles) Profile(context.Context, string) (assist.Profile, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.p, nil
}

func (p *profiles) Allow(_ context.Context, _ string, c assist.Consent) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.p.Consents = append(p.p.Consents, c)
	return nil
}

// crash stops everything a desk does outside itself, as kill -9 does: at the n-th commit, before or after it is made.
type crash struct {
	mu    sync.Mutex
	dead  bool
	left  int // commits until the crash; 0: none planned
	after bool
}

var errDead = errors.New("the process is gone")

func (c *crash) now() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dead = true
}

func (c *crash) plan(commits int, after bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left, c.after = commits, after
}

func (c *crash) gone() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.dead
}

// around runs a commit unless the process is gone or goes now.
func (c *crash) around(commit func() error) error {
	c.mu.Lock()
	if c.dead {
		c.mu.Unlock()
		return errDead
	}
	hit := false
	if c.left > 0 {
		c.left--
		hit = c.left == 0
	}
	c.dead = hit
	c.mu.Unlock()
	if hit && !c.after {
		return errDead
	}
	err := commit()
	if hit {
		return errDead
	}
	return err
}

type crashingStore struct {
	store.Store
	c *crash
}

func (s crashingStore) Commit(ctx context.Context, w store.Write) error {
	return s.c.around(func() error { return s.Store.Commit(ctx, w) })
}

type crashingLedger struct {
	ledger.Ledger
	c *crash
}

func (l crashingLedger) Post(ctx context.Context, p ledger.Posting) error {
	return l.c.around(func() error { return l.Ledger.Post(ctx, p) })
}

type crashingServices struct {
	*merchants
	c *crash
}

func (s crashingServices) Call(ctx context.Context, id string, call track.Call) (track.Result, error) {
	if s.c.gone() {
		return track.Result{}, errDead
	}
	r, err := s.merchants.Call(ctx, id, call)
	if s.c.gone() {
		return track.Result{}, errDead
	}
	return r, err
}

// merchants are fake services with books of their own.
type merchants struct {
	mu     sync.Mutex
	list   []catalog.Service
	price  map[string]int64 // what is quoted, minor units
	charge map[string]int64 // what is charged when it differs
	books  map[string][]*sale
	calls  []string
	hook   func(service string, call track.Call) (track.Result, error, bool) // may answer in place of the merchant
	after  func(service string, call track.Call) error                       // may lose the answer
}

type sale struct {
	id, quote string
	amount    int64
	live      bool
}

func newMerchants() *merchants {
	return &merchants{price: map[string]int64{}, charge: map[string]int64{}, books: map[string][]*sale{}}
}

func schema(t string) *catalog.Schema {
	s, err := catalog.ParseSchema([]byte(t))
	if err != nil {
		panic(err)
	}
	return s
}

// open adds a merchant. tracks tells what it can: "lookup", "cancel", "draft".
func (m *merchants) open(id string, price int64, can ...string) {
	in := func(name string) *catalog.Schema {
		return schema(fmt.Sprintf(`{"type":"object","properties":{"%s":{"type":"string"}},"required":["%s"]}`, name, name))
	}
	out := schema(`{"type":"object","properties":{"quote_id":{"type":"string"},"order_id":{"type":"string"},"status":{"type":"string"},"total":{"type":"number","description":"total price in yuan"}}}`)
	s := catalog.Service{ID: id, Name: "The " + id, Payee: id, Currency: money.CNY, Sandbox: true, Capabilities: []catalog.Capability{
		{Service: id, Name: "get_quote", Description: "price of a thing", Input: in("item"), Output: out, Effect: catalog.Read},
		{Service: id, Name: "place", Description: "order at the quoted price", Input: in("quote_id"), Output: out, Effect: catalog.Irreversible},
		{Service: id, Name: "draft", Description: "an order that waits for payment", Input: in("item"), Output: out, Effect: catalog.Reversible},
		{Service: id, Name: "cancel", Description: "cancel an order", Input: in("order_id"), Output: out, Effect: catalog.Irreversible},
		{Service: id, Name: "find_order", Description: "find an order by its quote", Input: in("quote_id"), Effect: catalog.Read},
	}}
	for _, name := range []string{"find_order", "cancel"} {
		if !contains(can, name) {
			s.Capabilities = drop(s.Capabilities, name)
		}
	}
	m.list = append(m.list, s)
	m.price[id] = price
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func drop(list []catalog.Capability, name string) (out []catalog.Capability) {
	for _, c := range list {
		if c.Name != name {
			out = append(out, c)
		}
	}
	return out
}

func (m *merchants) Shortlist(context.Context, catalog.Wanted) catalog.Shortlist {
	return catalog.Shortlist{Services: m.list}
}

func (m *merchants) Service(_ context.Context, id string) (catalog.Service, bool) {
	for _, s := range m.list {
		if s.ID == id {
			return s, true
		}
	}
	return catalog.Service{}, false
}

func (m *merchants) ids() (out []string) {
	for _, s := range m.list {
		out = append(out, s.ID)
	}
	return out
}

// worth is what the merchant's live orders cost.
func (m *merchants) worth(id string) (sum int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.books[id] {
		if s.live {
			sum += s.amount
		}
	}
	return sum
}

func (m *merchants) live(id string) (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.books[id] {
		if s.live {
			n++
		}
	}
	return n
}

// times counts the calls of a capability.
func (m *merchants) times(name string) (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range m.calls {
		if c == name {
			n++
		}
	}
	return n
}

func (m *merchants) Call(ctx context.Context, id string, call track.Call) (track.Result, error) {
	if m.hook != nil {
		if r, err, done := m.hook(id, call); done {
			return r, err
		}
	}
	m.mu.Lock()
	r := m.act(id, call)
	m.calls = append(m.calls, id+"/"+call.Capability)
	m.mu.Unlock()
	if m.after != nil {
		if err := m.after(id, call); err != nil {
			return track.Result{}, err
		}
	}
	return r, ctx.Err()
}

func (m *merchants) act(id string, call track.Call) track.Result {
	price := m.price[id]
	arg := func(name string) string { s, _ := call.Args[name].(string); return s }
	switch call.Capability {
	case "get_quote":
		return says(map[string]any{"quote_id": "q-" + call.ID, "total": yuan(price)})
	case "place":
		if c, ok := m.charge[id]; ok {
			price = c
		}
		s := &sale{id: fmt.Sprintf("%s-%d", id, len(m.books[id])+1), quote: arg("quote_id"), amount: price, live: true}
		m.books[id] = append(m.books[id], s)
		return says(map[string]any{"order_id": s.id, "status": "confirmed", "total": yuan(price)})
	case "draft":
		return says(map[string]any{"order_id": "d-" + call.ID, "status": "unpaid", "total": yuan(price)})
	case "cancel":
		for _, s := range m.books[id] {
			if s.id == arg("order_id") {
				s.live = false
			}
		}
		return says(map[string]any{"order_id": arg("order_id"), "status": "cancelled"})
	case "find_order":
		list := []any{map[string]any{"quote_id": "none", "status": "confirmed"}}
		for _, s := range m.books[id] {
			if s.quote == arg("quote_id") && s.live {
				list = []any{map[string]any{"order_id": s.id, "quote_id": s.quote, "status": "confirmed", "total": yuan(s.amount)}}
			}
		}
		return says(map[string]any{"orders": list})
	}
	return track.Result{IsError: true, Text: []string{"what?"}}
}

func says(v any) track.Result {
	return track.Result{Structured: catalog.MustJSON(v)}
}

func yuan(minor int64) float64 { return float64(minor) / 100 }

// errand plans one order at each service, each by a quote and a final step.
func errand(services ...catalog.Service) plan.Plan {
	p := plan.Plan{ID: "p", Lang: "en"}
	for i, s := range services {
		g, q, f := fmt.Sprintf("g%d", i+1), fmt.Sprintf("s%d", 2*i+1), fmt.Sprintf("s%d", 2*i+2)
		p.Steps = append(p.Steps,
			plan.Step{ID: q, Goal: g, Service: s.ID, Capability: "get_quote", Title: "Ask " + s.Name, Effect: catalog.Read,
				Args: map[string]plan.Arg{"item": {Value: "thing"}}},
			plan.Step{ID: f, Goal: g, Service: s.ID, Capability: "place", Title: "Order at " + s.Name, Effect: catalog.Irreversible,
				Args: map[string]plan.Arg{"quote_id": {Ref: &plan.Ref{Step: q, Path: []string{"quote_id"}}}}})
		goal := plan.GoalPlan{ID: g, Title: "Thing from " + s.Name, Service: s.ID, Steps: []string{q, f}, End: q, Final: f, Order: true}
		if _, ok := s.Capability("", "cancel"); ok {
			goal.Cancel = &plan.Step{ID: f + "c", Goal: g, Service: s.ID, Capability: "cancel", Title: "Cancel", Effect: catalog.Irreversible,
				Args: map[string]plan.Arg{"order_id": {Ref: &plan.Ref{Step: f, Path: []string{"order_id"}}}}}
		}
		p.Goals = append(p.Goals, goal)
	}
	return p
}

// twoShops is a world with two merchants that can be cancelled and asked.
func twoShops(t *testing.T) *world {
	w := newWorld(t)
	w.merchants.open("cafe", 18_00, "cancel", "find_order")
	w.merchants.open("taxi", 42_00, "cancel", "find_order")
	w.mind.plans(errand(w.merchants.list...))
	return w
}
