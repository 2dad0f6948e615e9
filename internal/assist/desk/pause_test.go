package desk_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

func (w *world) question(after int64) (assist.Question, int64) {
	w.t.Helper()
	e := w.untilKind(after, assist.EventQuestion)
	var q assist.Question
	e.into(w.t, &q)
	return q, e.seq
}

func (w *world) tell(pause, value string) error {
	return w.desk.Answer(w.t.Context(), person, pause, assist.Answer{Value: value})
}

func TestAsksOneAtATimeAndThinksAgain(t *testing.T) {
	t.Parallel()
	w := twoShops(t)
	p := errand(w.merchants.list[0])
	w.mind.think = func(r assist.Request) assist.Thought {
		if len(r.Answers) < 2 {
			return assist.Thought{Lang: "en", Asks: []assist.Ask{{Key: "g1/where", Text: "Where?"}, {Key: "g1/when", Text: "When?"}}}
		}
		if r.Answers["g1/where"] != "here" || r.Answers["g1/when"] != "now" {
			return assist.Thought{Refusal: "wrong answers"}
		}
		return assist.Thought{Plan: &p}
	}
	w.say("coffee")
	q, at := w.question(0)
	must(t, w.tell(q.Pause, "here"))
	must(t, w.tell(q.Pause, "here"))
	if err := w.tell(q.Pause, "there"); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second, different answer: %v", err)
	}
	w.restart()
	q, at = w.question(at)
	must(t, w.tell(q.Pause, "now"))
	w.bundle(at)
}

func TestCloseCallAsksAndTheChoiceIsUsed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.merchants.open("cafe", 18_00, "cancel")
	svc := &w.merchants.list[0]
	svc.Capabilities = append(svc.Capabilities, catalog.Capability{Service: "cafe", Name: "search", Input: schema(`{"type":"object"}`), Effect: catalog.Read})
	w.merchants.hook = func(_ string, c track.Call) (track.Result, error, bool) {
		return says(map[string]any{"items": []any{map[string]any{"id": "a", "name": "Latte tall"}, map[string]any{"id": "b", "name": "Latte wide"}}}), nil, c.Capability == "search"
	}
	p := errand(*svc)
	p.Steps = append([]plan.Step{{ID: "s0", Goal: "g1", Service: "cafe", Capability: "search", Effect: catalog.Read, Title: "Search"}}, p.Steps...)
	p.Steps[1].Args = map[string]plan.Arg{"item": {Ref: &plan.Ref{Step: "s0", Path: []string{"items", "*", "id"}, Pick: &plan.Pick{Query: "latte"}}}}
	w.mind.plans(p)
	w.say("latte")
	q, at := w.question(0)
	if q.Kind != assist.AskChoice || len(q.Choices) != 2 {
		t.Fatalf("the question is %+v", q)
	}
	if err := w.tell(q.Pause, "Mocha"); !fault.Is(err, fault.Invalid) {
		t.Errorf("not one of the choices: %v", err)
	}
	w.restart()
	must(t, w.tell(q.Pause, "Latte wide"))
	w.bundle(at)
	calls, err := w.desk.Calls(t.Context(), person, q.Turn)
	must(t, err)
	for _, c := range calls {
		if c.Capability == "get_quote" && c.Args["item"] != "b" {
			t.Errorf("the quote is for %v", c.Args)
		}
	}
}

func TestCancelAtEachPoint(t *testing.T) {
	t.Parallel()
	for _, point := range []string{"get_quote", "bundle", "place", "cancel"} {
		t.Run(point, func(t *testing.T) {
			t.Parallel()
			w := twoShops(t)
			var turn string
			var once sync.Once
			reached, told := make(chan struct{}), make(chan struct{})
			w.merchants.hook = func(s string, c track.Call) (track.Result, error, bool) {
				if c.Capability == point {
					once.Do(func() { close(reached) })
					<-told
				}
				return track.Result{IsError: true}, nil, point == "cancel" && s == "taxi" && c.Capability == "place"
			}
			turn = w.say("both")
			at := int64(0)
			if point != "get_quote" {
				var b assist.BundleShown
				b, at = w.bundle(0)
				if point != "bundle" {
					w.approve(b, order.AllOrNothing)
				}
			}
			if point != "bundle" {
				<-reached
			}
			must(t, w.desk.Cancel(t.Context(), person, turn))
			close(told)
			w.done(at)
			if w.available() != purse || w.merchants.live("cafe")+w.merchants.live("taxi") != 0 {
				t.Error("something was bought")
			}
			w.sound()
			if err := w.desk.Cancel(t.Context(), "eve", turn); !fault.Is(err, fault.NotFound) {
				t.Errorf("another person: %v", err)
			}
		})
	}
}

func TestQuestionsAndBundlesExpire(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must(t, w.desk.Close())
	var mu sync.Mutex
	skew := time.Duration(0)
	w.clock = func() time.Time { mu.Lock(); defer mu.Unlock(); return time.Now().Add(skew) }
	w.merchants.open("cafe", 18_00)
	w.mind.plans(errand(w.merchants.list...))
	w.start()
	w.say("coffee")
	b, at := w.bundle(0)
	mu.Lock()
	skew = time.Hour
	mu.Unlock()
	if err := w.desk.Answer(t.Context(), person, b.Pause, assist.Answer{Approve: true, Hash: b.Hash}); !fault.Is(err, fault.Expired) {
		t.Errorf("a yes to a card that ran out: %v", err)
	}
	if d := w.done(at); d.Outcome != assist.OutcomeRefused || d.Code != string(fault.Expired) {
		t.Errorf("it ended with %+v", d)
	}
	if w.merchants.times("cafe/place") != 0 || w.available() != purse {
		t.Error("something was ordered or paid")
	}
}

// doorShop adds a capability whose code asks for something of the person's.
func doorShop(w *world, r track.DoorRequest, effect catalog.Effect) chan track.DoorAnswer {
	w.merchants.open("cafe", 18_00, "cancel")
	for i, c := range w.merchants.list[0].Capabilities {
		if c.Name == "get_quote" && effect == catalog.Read {
			w.merchants.list[0].Capabilities[i] = c
		}
	}
	answers := make(chan track.DoorAnswer, 10)
	name := map[catalog.Effect]string{catalog.Read: "get_quote", catalog.Irreversible: "place"}[effect]
	ctx := w.t.Context()
	w.merchants.hook = func(_ string, c track.Call) (track.Result, error, bool) {
		if c.Capability == name {
			answers <- c.Doors.Open(ctx, r)
		}
		return track.Result{}, nil, false
	}
	w.mind.plans(errand(w.merchants.list...))
	return answers
}

func TestDoorsRefuseUntilThePersonConsents(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.profiles.p.Phone = "13800000000"
	answers := doorShop(w, track.DoorRequest{Kind: track.DoorPhone}, catalog.Read)
	w.say("coffee")
	q, at := w.question(0)
	if a := <-answers; a.Granted || q.Kind != assist.AskConsent {
		t.Fatalf("unasked: %+v, %+v", a, q)
	}
	must(t, w.tell(q.Pause, "always"))
	b, at := w.bundle(at)
	if a := <-answers; !a.Granted || a.Value["phone"] != "13800000000" {
		t.Errorf("after the yes: %+v", a)
	}
	w.approve(b, "")
	w.done(at)
	w.say("coffee again")
	w.bundle(at)
	if a := <-answers; !a.Granted {
		t.Errorf("allowed for always, yet: %+v", a)
	}
}

func TestLoginIsOpaqueAndStable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	answers := doorShop(w, track.DoorRequest{Kind: track.DoorLogin}, catalog.Read)
	w.say("coffee")
	one := <-answers
	w.restart()
	w.say("coffee")
	two := <-answers
	if !one.Granted || one.Value["code"] != two.Value["code"] || one.Value["code"] == person {
		t.Errorf("%+v, then %+v", one, two)
	}
}

func TestPaymentDoor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		effect  catalog.Effect
		sandbox bool
		prepay  int64 // registered, 0: not
		granted bool
		asks    any // the amount that the call itself names
	}{
		"before the confirmation":      {catalog.Read, true, 18_00, false, nil},
		"sandbox":                      {catalog.Irreversible, true, 0, true, nil},
		"registered":                   {catalog.Irreversible, false, 18_00, true, nil},
		"unknown order":                {catalog.Irreversible, false, 0, false, nil},
		"another amount":               {catalog.Irreversible, false, 17_00, false, nil},
		"another amount, even sandbox": {catalog.Irreversible, true, 17_00, false, nil},
		"its own amount, in fen":       {catalog.Irreversible, true, 0, true, 1800.0},
		"its own amount, in yuan":      {catalog.Irreversible, true, 0, true, "18.00"},
		"its own amount is another":    {catalog.Irreversible, true, 0, false, 1900.0},
		"its own amount is no number":  {catalog.Irreversible, true, 0, false, "free"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ref := "none"
			if c.prepay > 0 {
				p, err := w.desk.Prepays().Register(t.Context(), "cafe", "no-1", money.Of(c.prepay, money.CNY), "a coffee")
				must(t, err)
				ref = p.ID
			}
			request := map[string]any{"package": "prepay_id=" + ref}
			if c.asks != nil {
				request["args"] = map[string]any{"total_fee": c.asks}
			}
			answers := doorShop(w, track.DoorRequest{Kind: track.DoorPayment, Request: request}, c.effect)
			w.merchants.list[0].Sandbox = c.sandbox
			w.say("coffee")
			b, at := w.bundle(0)
			w.approve(b, "")
			w.done(at)
			if a := <-answers; a.Granted != c.granted {
				t.Errorf("the door answered %+v", a)
			}
			w.sound() // paid once, by the door or by the desk
		})
	}
}

// pending is an errand that ends in an order which waits for its payment.
func pending(w *world) {
	svc := w.merchants.list[0]
	w.mind.plans(plan.Plan{ID: "p", Steps: []plan.Step{{ID: "s1", Goal: "g1", Service: svc.ID, Capability: "draft", Title: "Draft", Effect: catalog.Reversible,
		Args: map[string]plan.Arg{"item": {Value: "thing"}}}}, Goals: []plan.GoalPlan{{ID: "g1", Title: "A thing", Service: svc.ID, Steps: []string{"s1"}, End: "s1", Order: true}}})
	w.merchants.hook = func(_ string, c track.Call) (track.Result, error, bool) {
		return track.Result{Text: []string{"Your order is made, please pay within 15 minutes."}, Structured: json.RawMessage(`{"order_id":"D1","status":"unpaid","total":18}`), Handoff: &track.Handoff{Path: "/pay", Query: "id=D1"}}, nil, c.Capability == "draft"
	}
}

func TestPendingOrderIsPaidOnlyIfRegistered(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sandbox bool
		prepay  int64
		paid    bool
	}{
		"sandbox": {true, 0, true}, "registered": {false, 18_00, true}, "unknown": {false, 0, false}, "another amount": {false, 20_00, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.merchants.open("shop", 18_00)
			w.merchants.list[0].Sandbox = c.sandbox
			pending(w)
			if c.prepay > 0 {
				_, err := w.desk.Prepays().Register(t.Context(), "shop", "D1", money.Of(c.prepay, money.CNY), "a thing")
				must(t, err)
			}
			w.say("thing")
			b, at := w.bundle(0)
			w.approve(b, "")
			d := w.done(at)
			if (w.available() != purse) != c.paid || (d.Outcome == assist.OutcomeDone) != c.paid {
				t.Errorf("%d is left, it ended with %+v", w.available(), d)
			}
			if !c.paid {
				return
			}
			var card assist.Card
			w.untilKind(0, assist.EventCard).into(t, &card)
			for _, d := range card.Details {
				if strings.Contains(d.Value, "15 minutes") {
					t.Errorf("a paid order is told as unpaid: %+v", card)
				}
			}
			if card.Handoff == nil || card.Handoff.Path != "/pay" {
				t.Errorf("the card is %+v", card)
			}
			if p, err := w.desk.Prepays().Get(t.Context(), "shop", "D1"); c.prepay > 0 && (err != nil || p.State != order.PrepayPaid) {
				t.Errorf("the registration is %+v, %v", p, err)
			}
			w.mind.plans(errand()) // nothing more
		})
	}
}
