package desk_test

import (
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

var errThrown = fault.New(fault.Merchant, "getPhoneNumber:fail user deny")

// minimumShop delivers from a minimum on.
func minimumShop(w *world, quantity, refusal string) {
	w.merchants.open("diner", 12_00, "cancel")
	s := &w.merchants.list[0]
	for i := range s.Capabilities {
		if s.Capabilities[i].Name == "get_quote" {
			s.Capabilities[i].Input = schema(`{"type":"object","properties":{"item":{"type":"string"},` + quantity + `},"required":["item"]}`)
		}
	}
	s.Capabilities = append(s.Capabilities, catalog.Capability{Service: "diner", Name: "search", Effect: catalog.Read, Input: schema(object(``))})
	w.merchants.hook = func(_ string, c track.Call) (track.Result, error, bool) {
		switch n := num(c.Args, "quantity", 1); {
		case c.Capability == "search":
			return says(map[string]any{"items": []any{map[string]any{"id": "d1", "name": "Dumplings", "price": 6}}}), nil, true
		case c.Capability == "get_quote" && n < 4:
			return track.Result{IsError: true, Text: []string{refusal}}, nil, true
		}
		return track.Result{}, nil, false
	}
}

// TestAMinimumIsAskedAbout offers the number that reaches it, and orders that many only after a yes.
func TestAMinimumIsAskedAbout(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args map[string]plan.Arg
		text string
	}{
		"a given number": {map[string]plan.Arg{"quantity": {Value: 2.0}}, "起送价 20 元"},
		"by default":     {nil, "Minimum order ¥20.00"},
		"a gap":          {map[string]plan.Arg{"quantity": {Value: 3.0}}, "还差 2 元起送"},
	} {
		w := newWorld(t)
		minimumShop(w, `"quantity":{"type":"integer"}`, c.text)
		p := pageErrand("diner", items, plan.Pick{Query: "dumplings"})
		p.Steps[0].Capability = "search"
		for k, v := range c.args {
			p.Steps[1].Args[k] = v
		}
		w.mind.plans(p)
		turn := w.say("dumplings")
		q, at := w.question(0)
		if !strings.Contains(q.Text, c.text) || len(q.Choices) != 2 || q.Choices[0].Amount != 24_00 {
			t.Errorf("%s: %+v", name, q)
		}
		must(t, w.tell(q.Pause, q.Choices[0].Value))
		b, at := w.bundle(at)
		if got := num(w.quoted(turn), "quantity", 0); got != 4 {
			t.Errorf("%s: %d are quoted", name, got)
		}
		w.approve(b, "")
		if d := w.done(at); d.Outcome != assist.OutcomeDone {
			t.Errorf("%s: %+v", name, d)
		}
		w.sound()
	}
}

// TestAMinimumThatCannotBeMetEndsWithTheMerchantsWords asks nothing that it could not do.
func TestAMinimumThatCannotBeMetEndsWithTheMerchantsWords(t *testing.T) {
	t.Parallel()
	for name, quantity := range map[string]string{"no input for it": `"note":{"type":"string"}`, "too many": `"quantity":{"type":"integer","maximum":3}`} {
		w := newWorld(t)
		minimumShop(w, quantity, "起送价 20 元")
		p := pageErrand("diner", items, plan.Pick{Query: "dumplings"})
		p.Steps[0].Capability = "search"
		w.mind.plans(p)
		w.say("dumplings")
		if d := w.done(0); d.Outcome == assist.OutcomeDone || !strings.Contains(w.replies(), "起送价 20 元") {
			t.Errorf("%s: %+v %s", name, d, w.replies())
		}
	}
}

// TestARefusedConsentIsNoReasonToGoElsewhere ends the goal and says why, instead of asking the same for another service.
func TestARefusedConsentIsNoReasonToGoElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.profiles.p.Phone = "13800000000"
	w.merchants.open("cafe", 18_00)
	w.merchants.open("bar", 18_00)
	ctx := t.Context()
	w.merchants.hook = func(id string, c track.Call) (track.Result, error, bool) {
		if !c.Doors.Open(ctx, track.DoorRequest{Kind: track.DoorPhone}).Granted {
			return track.Result{}, errThrown, true
		}
		return track.Result{}, nil, false
	}
	w.thinks(func(r assist.Request) assist.Thought {
		p := errand(r.Services[0])
		return assist.Thought{Lang: "en", Plan: &p}
	})
	w.say("a drink")
	q, at := w.question(0)
	must(t, w.tell(q.Pause, "no"))
	if d := w.done(at); d.Outcome == assist.OutcomeDone || w.merchants.times("bar/get_quote") != 0 || !strings.Contains(w.replies(), "did not allow") {
		t.Errorf("%+v: %s", d, w.replies())
	}
}
