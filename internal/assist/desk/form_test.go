package desk_test

import (
	"encoding/json"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

var elicit = track.DoorRequest{Kind: track.DoorElicit, Request: map[string]any{"message": "Which seat?",
	"schema": map[string]any{"type": "object", "properties": map[string]any{"seat": map[string]any{"type": "string"}}}}}

// TestMerchantsFormBeforeTheConfirmation runs the step again once the person has filled the form in, even after a restart.
func TestMerchantsFormBeforeTheConfirmation(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	answers := doorShop(w, elicit, catalog.Read)
	w.say("a seat")
	q, at := w.question(0)
	if a := <-answers; a.Granted || q.Kind != assist.AskForm || len(q.Schema) == 0 {
		t.Fatalf("unasked: %+v, %+v", a, q)
	}
	w.restart()
	must(t, w.desk.Answer(t.Context(), person, q.Pause, assist.Answer{Form: json.RawMessage(`{"seat":"1A"}`)}))
	w.bundle(at)
	if a := <-answers; !a.Granted || a.Value["seat"] != "1A" {
		t.Errorf("after the form: %+v", a)
	}
}

// TestMerchantsFormDuringTheOrder lets the call wait: an order is not placed a second time for a question.
func TestMerchantsFormDuringTheOrder(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]string{"filled": `{"seat":"1A"}`, "declined": ``} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			answers := doorShop(w, elicit, catalog.Irreversible)
			w.say("a seat")
			b, at := w.bundle(0)
			w.approve(b, order.AllOrNothing)
			q, at := w.question(at)
			must(t, w.desk.Answer(t.Context(), person, q.Pause, assist.Answer{Form: json.RawMessage(form)}))
			if a := <-answers; a.Granted != (form != "") {
				t.Errorf("the door answered %+v", a)
			}
			w.done(at)
			if n := w.merchants.times("cafe/place"); n != 1 {
				t.Errorf("ordered %d times", n)
			}
			w.sound()
		})
	}
}

// TestOtherDoorsStayShut refuses what the platform does not open, and what the person has none of, without a question.
func TestOtherDoorsStayShut(t *testing.T) {
	t.Parallel()
	for _, kind := range []track.DoorKind{track.DoorOther, track.DoorAddress, track.DoorPhone, "unheard of"} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			answers := doorShop(w, track.DoorRequest{Kind: kind}, catalog.Read)
			w.say("coffee")
			w.bundle(0)
			if a := <-answers; a.Granted || a.Value != nil {
				t.Errorf("%+v", a)
			}
			for _, e := range w.events() {
				if e.kind == assist.EventQuestion {
					t.Errorf("the person was asked: %s", e.data)
				}
			}
		})
	}
}
