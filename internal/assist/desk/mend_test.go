package desk_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// dish is a thing on the menu of a menuShop.
type dish struct {
	id, name string
	price    int64
	soldOut  bool // and the list says so
}

// menuShop is a merchant whose things are searched for, quoted in a size and then ordered.
type menuShop struct {
	mu     sync.Mutex
	menu   []dish
	refuse map[string]track.Result // by capability, or capability and id
	asked  []string                // keywords, "-" for none
}

const sizes = `{"type":"string","enum":["s","m","l"],"description":"size: s (small), m (medium), l (large)"}`

// openMenu adds a menuShop to the world; word is what the plan searches by.
func openMenu(w *world, id, word string, required bool, menu ...dish) *menuShop {
	w.merchants.open(id, 18_00, "cancel", "find_order")
	need := ""
	if required {
		need = `,"required":["keyword"]`
	}
	s := &w.merchants.list[len(w.merchants.list)-1]
	s.Capabilities = append(s.Capabilities, catalog.Capability{Service: id, Name: "search", Effect: catalog.Read,
		Input:  schema(`{"type":"object","properties":{"keyword":{"type":"string","description":"words to look for"}}` + need + `}`),
		Output: schema(`{"type":"object","properties":{"items":{"type":"array","items":{"type":"object"}}}}`)})
	for i := range s.Capabilities {
		if s.Capabilities[i].Name == "get_quote" {
			s.Capabilities[i].Input = schema(`{"type":"object","properties":{"item":{"type":"string"},"size":` + sizes + `},"required":["item"]}`)
		}
	}
	shop := &menuShop{menu: menu, refuse: map[string]track.Result{}}
	before := w.merchants.hook
	w.merchants.hook = func(service string, c track.Call) (track.Result, error, bool) {
		if service == id {
			if r, ok := shop.answer(c); ok {
				return r, nil, true
			}
		}
		if before != nil {
			return before(service, c)
		}
		return track.Result{}, nil, false
	}
	return shop
}

func (m *menuShop) answer(c track.Call) (track.Result, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	item, _ := c.Args["item"].(string)
	size, _ := c.Args["size"].(string)
	for _, key := range []string{c.Capability, c.Capability + "/" + item, c.Capability + "/" + item + "/" + size} {
		if r, ok := m.refuse[key]; ok {
			return r, true
		}
	}
	if c.Capability != "search" {
		return track.Result{}, false
	}
	word, given := c.Args["keyword"].(string)
	if !given {
		word = "-"
	}
	m.asked = append(m.asked, word)
	items := []any{}
	for _, d := range m.menu {
		if !given || strings.Contains(strings.ToLower(d.name), strings.ToLower(word)) {
			items = append(items, map[string]any{"id": d.id, "name": d.name, "price": yuan(d.price), "soldOut": d.soldOut})
		}
	}
	return says(map[string]any{"items": items}), true
}

func (m *menuShop) searched() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]string{}, m.asked...)
}

func refusal(text string, members map[string]any) track.Result {
	return track.Result{IsError: true, Text: []string{text}, Structured: catalog.MustJSON(members)}
}

// menuErrand plans to search for the word, quote what is most like it in a medium size, and order it.
func menuErrand(id, word string) plan.Plan {
	return plan.Plan{ID: "p", Lang: "en", Steps: []plan.Step{
		{ID: "s1", Goal: "g1", Service: id, Capability: "search", Title: "Search", Effect: catalog.Read, Args: map[string]plan.Arg{"keyword": {Value: word}}},
		{ID: "s2", Goal: "g1", Service: id, Capability: "get_quote", Title: "Quote", Effect: catalog.Read, Args: map[string]plan.Arg{
			"item": {Ref: &plan.Ref{Step: "s1", Path: []string{"items", "*", "id"}, Pick: &plan.Pick{Query: word}}}, "size": {Value: "m"}}},
		{ID: "s3", Goal: "g1", Service: id, Capability: "place", Title: "Order", Effect: catalog.Irreversible, Args: map[string]plan.Arg{
			"quote_id": {Ref: &plan.Ref{Step: "s2", Path: []string{"quote_id"}}}}}},
		Goals: []plan.GoalPlan{{ID: "g1", Title: word, Service: id, Steps: []string{"s1", "s2", "s3"}, End: "s2", Final: "s3", Order: true}}}
}

var menu = []dish{{id: "a", name: "Latte", price: 18_00}, {id: "b", name: "Oat latte", price: 20_00}, {id: "c", name: "Green tea", price: 12_00}}

// quoted is what the last quote was asked for.
func (w *world) quoted(turn string) map[string]any {
	w.t.Helper()
	calls, err := w.desk.Calls(w.t.Context(), person, turn)
	must(w.t, err)
	for _, c := range calls {
		if c.Capability == "get_quote" {
			return c.Args
		}
	}
	return nil
}

func TestSearchIsTriedInOtherWords(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		word     string
		required bool
		asked    []string
		item     string
	}{
		"in the other language":       {"绿茶", true, []string{"绿茶", "green tea"}, "c"},
		"without the word":            {"jade tea", false, nil, ""},
		"said the other way round":    {"latte oat", false, nil, "b"},
		"its head word, then all":     {"large latte", false, nil, ""},
		"nothing to try but the word": {"zzz", true, []string{"zzz"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			shop := openMenu(w, "cafe", c.word, c.required, menu...)
			w.mind.plans(menuErrand("cafe", c.word))
			turn := w.say("get me " + c.word)
			e := w.until(0, func(e event) bool { return e.kind == assist.EventBundle || e.kind == assist.EventQuestion })
			if c.item != "" {
				if e.kind != assist.EventBundle || w.quoted(turn)["item"] != c.item {
					t.Errorf("%s, quoted %v after searching %q", e.data, w.quoted(turn), shop.searched())
				}
			} else if e.kind != assist.EventQuestion {
				t.Errorf("something was taken silently: %v after searching %q", w.quoted(turn), shop.searched())
			}
			if c.asked != nil && strings.Join(shop.searched(), "|") != strings.Join(c.asked, "|") {
				t.Errorf("searched %q, want %q", shop.searched(), c.asked)
			}
			if len(shop.searched()) > 2*desk.MaxWords {
				t.Errorf("searched %d times", len(shop.searched()))
			}
		})
	}
}

// TestNothingFoundIsAQuestion offers what comes nearest, and takes a choice, other words, or a no.
func TestNothingFoundIsAQuestion(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]string{"Latte": "a", "2": "b", "green tea": "c", "none": ""} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			openMenu(w, "cafe", "mocha latte", false, menu...)
			w.mind.plans(menuErrand("cafe", "mocha latte"))
			turn := w.say("a mocha latte")
			q, at := w.question(0)
			if len(q.Choices) != 4 || !strings.Contains(q.Text, "mocha latte") || q.Choices[2].Amount != 12_00 {
				t.Fatalf("the question is %+v", q)
			}
			for _, e := range w.events() {
				if e.kind == assist.EventDone {
					t.Fatal("the turn failed beside its question")
				}
			}
			w.restart()
			must(t, w.tell(q.Pause, answer))
			if want == "" {
				if d := w.done(at); d.Outcome == assist.OutcomeDone || w.merchants.times("cafe/place") != 0 {
					t.Errorf("ended with %+v", d)
				}
				return
			}
			b, at := w.bundle(at)
			if got := w.quoted(turn); got["item"] != want || got["size"] != "m" {
				t.Errorf("quoted %v", got)
			}
			w.approve(b, "")
			if d := w.done(at); d.Outcome != assist.OutcomeDone {
				t.Errorf("ended with %+v", d)
			}
			w.sound()
		})
	}
}

// TestSoldOutIsNeverSwappedSilently asks before anything else is taken for what cannot be had, wherever that shows.
func TestSoldOutIsNeverSwappedSilently(t *testing.T) {
	t.Parallel()
	out := []dish{{id: "a", name: "Latte", price: 18_00, soldOut: true}, menu[1], menu[2]}
	for name, prepare := range map[string]func(*menuShop){
		"in the list": func(m *menuShop) { m.menu = out },
		"at the quote": func(m *menuShop) {
			m.refuse["get_quote/a"] = refusal("Latte is sold out", map[string]any{"code": "SOLD_OUT"})
		},
		"by a code only": func(m *menuShop) { m.refuse["get_quote/a"] = refusal("", map[string]any{"errCode": "OUT_OF_STOCK"}) },
		"as no error at all": func(m *menuShop) {
			m.refuse["get_quote/a"] = says(map[string]any{"success": false, "message": "售罄"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			prepare(openMenu(w, "cafe", "latte", false, menu...))
			w.mind.plans(menuErrand("cafe", "latte"))
			turn := w.say("a latte")
			q, at := w.question(0)
			if len(q.Choices) < 2 || q.Choices[0].Label != "Oat latte" || strings.Contains(q.Text, "did not do it") {
				t.Fatalf("the question is %+v", q)
			}
			must(t, w.tell(q.Pause, "Oat latte"))
			w.bundle(at)
			if got := w.quoted(turn); got["item"] != "b" || got["size"] != "m" {
				t.Errorf("quoted %v", got)
			}
		})
	}
}

func TestRefusedValueOffersTheOthers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		r       track.Result
		choices int
	}{
		"all others":         {refusal("medium is not available for this drink", nil), 3},
		"those it lists":     {refusal("size m is not offered", map[string]any{"available": []any{"l"}}), 2},
		"the input is named": {refusal("invalid value for size", nil), 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			shop := openMenu(w, "cafe", "latte", false, menu...)
			shop.refuse["get_quote/a/m"] = c.r
			w.mind.plans(menuErrand("cafe", "latte"))
			turn := w.say("a latte")
			q, at := w.question(0)
			if q.Kind != assist.AskChoice || len(q.Choices) != c.choices {
				t.Fatalf("the question is %+v", q)
			}
			must(t, w.tell(q.Pause, "large"))
			w.bundle(at)
			if got := w.quoted(turn); got["item"] != "a" || got["size"] != "l" {
				t.Errorf("quoted %v", got)
			}
		})
	}
}

// TestUnclearRefusalFails asks nothing that no answer could mend.
func TestUnclearRefusalFails(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	openMenu(w, "cafe", "latte", false, menu...).refuse["get_quote"] = refusal("the kitchen is on fire", nil)
	w.mind.plans(menuErrand("cafe", "latte"))
	w.say("a latte")
	if d := w.done(0); d.Outcome != assist.OutcomeFailed || d.Code != string(fault.Merchant) {
		t.Errorf("ended with %+v", d)
	}
}

// TestMendingEnds asks a merchant that never has anything only so often.
func TestMendingEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	shop := openMenu(w, "cafe", "latte", true, menu...)
	shop.refuse["get_quote"] = refusal("sold out", map[string]any{"code": "SOLD_OUT"})
	w.mind.plans(menuErrand("cafe", "latte"))
	w.say("a latte")
	questions := 0
	for at := int64(0); ; questions++ {
		e := w.until(at, func(e event) bool { return e.kind == assist.EventQuestion || e.kind == assist.EventDone })
		if e.kind == assist.EventDone {
			break
		}
		var q assist.Question
		e.into(t, &q)
		must(t, w.tell(q.Pause, q.Choices[0].Value))
		at = e.seq
	}
	if questions == 0 || questions > desk.MaxMends {
		t.Errorf("%d questions", questions)
	}
	w.sound()
}

// TestRefusedAfterTheConfirmation gives the money back before it asks, and takes none without a second yes.
func TestRefusedAfterTheConfirmation(t *testing.T) {
	t.Parallel()
	for _, policy := range []order.Policy{order.AllOrNothing, order.WhatCanBeHad} {
		t.Run(string(policy), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			shop := openMenu(w, "cafe", "latte", false, menu...)
			shop.refuse["place"] = refusal("Latte is sold out", map[string]any{"code": "SOLD_OUT"})
			w.mind.plans(menuErrand("cafe", "latte"))
			turn := w.say("a latte")
			b, at := w.bundle(0)
			w.approve(b, policy)
			q, at := w.question(at)
			if got := w.available(); got != purse {
				t.Errorf("%d is available while the question is open", got)
			}
			shop.mu.Lock()
			delete(shop.refuse, "place")
			shop.mu.Unlock()
			must(t, w.tell(q.Pause, "Green tea"))
			again, at := w.bundle(at)
			if w.merchants.times("cafe/place") != 0 || again.Hash == b.Hash {
				t.Error("ordered without a second yes")
			}
			w.approve(again, policy)
			if d := w.done(at); d.Outcome != assist.OutcomeDone || w.quoted(turn)["item"] != "c" {
				t.Errorf("ended with %+v, %v", d, w.quoted(turn))
			}
			w.sound()
		})
	}
}

// TestStaleQuoteIsAskedForAgain quotes anew when the merchant says that its price is another, and shows the difference.
func TestStaleQuoteIsAskedForAgain(t *testing.T) {
	t.Parallel()
	w := twoShops(t)
	var once sync.Once
	w.merchants.hook = func(s string, c track.Call) (r track.Result, err error, done bool) {
		if s == "taxi" && c.Capability == "place" {
			once.Do(func() {
				w.merchants.mu.Lock()
				w.merchants.price["taxi"] = 58_00
				w.merchants.mu.Unlock()
				r, done = refusal("the fare has changed", map[string]any{"code": "price_changed"}), true
			})
		}
		return r, nil, done
	}
	w.say("both")
	b, at := w.bundle(0)
	w.approve(b, order.AllOrNothing)
	again, at := w.bundle(at)
	if len(again.Changes) != 1 || again.Changes[0].What != "amount" || again.Changes[0].After != "¥58.00" || again.Bundle.Total.Minor != 58_00 {
		t.Fatalf("the card shows %+v", again)
	}
	w.approve(again, order.AllOrNothing)
	if d := w.done(at); d.Outcome != assist.OutcomeDone || w.available() != purse-76_00 {
		t.Errorf("ended with %+v", d)
	}
	w.sound()
}

// otherShop plans the goal at the first service that there is.
func (m *mind) atFirst(t checker) {
	m.think = func(r assist.Request) assist.Thought {
		th := assist.Thought{Lang: "en", Goals: []assist.GoalView{{ID: "g1", Text: "a thing", Title: "a thing"}}}
		if len(r.Services) == 0 {
			th.Refusal = "nobody can"
			return th
		}
		p := errand(r.Services[0])
		th.Plan = &p
		return th
	}
}

// TestAnotherServiceWhenOneIsDown turns to another before the confirmation, and says so.
func TestAnotherServiceWhenOneIsDown(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		down []string
		got  string
	}{
		"another can":          {"a thing", []string{"cafe"}, "taxi"},
		"nobody can":           {"a thing", []string{"cafe", "taxi"}, ""},
		"it was asked by name": {"a thing from The cafe", []string{"cafe"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := twoShops(t)
			w.mind.atFirst(t)
			tries := 0
			w.merchants.hook = func(s string, call track.Call) (track.Result, error, bool) {
				if !contains(c.down, s) {
					return track.Result{}, nil, false
				}
				tries++
				return track.Result{}, fault.New(fault.Unavailable, "down"), true
			}
			w.say(c.text)
			if c.got == "" {
				if d := w.done(0); d.Outcome != assist.OutcomeFailed || d.Code != string(fault.Unavailable) || tries > desk.MaxReads*len(c.down) {
					t.Errorf("%d tries, ended with %+v", tries, d)
				}
				return
			}
			b, at := w.bundle(0)
			told := w.untilKind(0, assist.EventReply)
			if len(b.Bundle.Quotes) != 1 || b.Bundle.Quotes[0].Payee != c.got || told.seq > at || !strings.Contains(string(told.data), "The taxi") {
				t.Fatalf("%s, then %+v", told.data, b.Bundle)
			}
			w.approve(b, "")
			w.done(at)
			w.sound()
		})
	}
}

// TestNoOtherServiceAfterTheConfirmation never gives the order to somebody whom the person has not seen.
func TestNoOtherServiceAfterTheConfirmation(t *testing.T) {
	t.Parallel()
	w := twoShops(t)
	w.mind.atFirst(t)
	w.merchants.hook = func(s string, c track.Call) (track.Result, error, bool) {
		return track.Result{}, fault.New(fault.Unavailable, "down"), s == "cafe" && c.Capability == "place"
	}
	w.say("a thing")
	b, at := w.bundle(0)
	w.approve(b, "")
	w.done(at)
	if w.merchants.times("taxi/get_quote")+w.merchants.times("taxi/place") != 0 || w.available() != purse {
		t.Error("another service was used, or something paid")
	}
	w.sound()
}

// TestReadsAreTriedAgain repeats a read that got no answer, and nothing else.
func TestReadsAreTriedAgain(t *testing.T) {
	t.Parallel()
	w := twoShops(t)
	fails := map[string]int{"get_quote": 2}
	w.merchants.hook = func(s string, c track.Call) (track.Result, error, bool) {
		if s == "cafe" && fails[c.Capability] > 0 {
			fails[c.Capability]--
			return track.Result{}, fault.New(fault.Timeout, "no answer"), true
		}
		return track.Result{}, nil, false
	}
	w.mind.plans(errand(w.merchants.list[0]))
	w.say("coffee")
	w.bundle(0)
	if fails["get_quote"] != 0 {
		t.Errorf("%d failures are left", fails["get_quote"])
	}
}

// TestCrashInTheMiddleOfMending kills the desk at each commit of an errand that meets a search without results, a sold-out
// thing and a refusal after the confirmation.
func TestCrashInTheMiddleOfMending(t *testing.T) {
	t.Parallel()
	for _, afterwards := range []bool{false, true} {
		t.Run(fmt.Sprint(afterwards), func(t *testing.T) {
			t.Parallel()
			first := 1
			if afterwards {
				first = 2
			}
			for n := first; n < 80; n += 2 { // just before the odd commits and just after the even ones
				if !mendCrashAt(t, n, afterwards) {
					return
				}
			}
			t.Error("an errand takes more commits than expected")
		})
	}
}

func mendCrashAt(t *testing.T, n int, afterwards bool) bool {
	w := newWorld(t)
	shop := openMenu(w, "cafe", "mocha latte", false, menu...)
	shop.refuse["get_quote/a"] = refusal("Latte is sold out", map[string]any{"code": "SOLD_OUT"})
	refused := false
	inner := w.merchants.hook
	w.merchants.hook = func(s string, c track.Call) (track.Result, error, bool) {
		shop.mu.Lock()
		first := c.Capability == "place" && !refused
		refused = refused || first
		shop.mu.Unlock()
		if first {
			return refusal("price changed", map[string]any{"code": "price_changed"}), nil, true
		}
		return inner(s, c)
	}
	w.mind.plans(menuErrand("cafe", "mocha latte"))
	w.say("a mocha latte")
	w.crash.plan(n, afterwards)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan bool, 1)
	go func() { ended <- w.firstChoices(ctx) }()
	for !w.crash.gone() {
		select {
		case done := <-ended:
			cancel()
			if !done || w.merchants.live("cafe") != 1 {
				w.dump()
				t.Fatalf("crash at %d: it hangs, or the order is not made, without a crash", n)
			}
			w.sound()
			return false
		case <-w.crash.happened():
		}
	}
	cancel()
	<-ended
	w.restart()
	if !w.firstChoices(t.Context()) {
		w.dump()
		t.Fatalf("crash at %d: the errand hangs after the restart", n)
	}
	w.sound()
	if w.merchants.times("cafe/place") > 1 {
		t.Errorf("ordered %d times", w.merchants.times("cafe/place"))
	}
	if t.Failed() {
		w.dump()
		t.Fatalf("crash at commit %d, afterwards %v", n, afterwards)
	}
	return true
}

// firstChoices answers every question with its first choice and every card with yes.
func (w *world) firstChoices(ctx context.Context) bool {
	for after := int64(0); ; {
		e, ok := w.seek(ctx, after, func(e event) bool {
			return e.kind == assist.EventBundle || e.kind == assist.EventQuestion || e.kind == assist.EventDone
		})
		if !ok || e.kind == assist.EventDone {
			return ok
		}
		after = e.seq
		if e.kind == assist.EventBundle {
			var b assist.BundleShown
			e.into(w.t, &b)
			w.answer(ctx, b.Pause, assist.Answer{Approve: true, Hash: b.Hash})
			continue
		}
		var q assist.Question
		e.into(w.t, &q)
		value := q.Choices[0].Value
		if strings.Contains(q.Text, "not known") {
			value = map[bool]string{true: "yes", false: "no"}[w.merchants.live("cafe") > 0]
		}
		w.answer(ctx, q.Pause, assist.Answer{Value: value})
	}
}
