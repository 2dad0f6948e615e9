package desk_test

import (
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

// slip is what a fault of ours looks like: code that works on an answer and did not think of it.
func slip() {
	var m map[string]int
	m["x"]++
}

// A fault of ours ends the errand that met it, with nothing paid and nothing left ordered; the desk goes on.
func TestAFaultOfOursEndsOneErrandOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.merchants.open("cafe", 18_00, "cancel", "find_order")
	before := w.available()
	w.merchants.hook = func(string, track.Call) (track.Result, error, bool) {
		slip()
		return track.Result{}, nil, false
	}
	w.mind.plans(errand(w.merchants.list[0]))
	broken := w.ended(0, w.say("a latte"))
	if broken.Outcome != assist.OutcomeFailed || broken.Code != string(fault.Internal) {
		t.Fatalf("the errand ended as %+v", broken)
	}
	if w.available() != before || w.merchants.live("cafe") != 0 {
		t.Errorf("%d of %d are available, %d orders live", w.available(), before, w.merchants.live("cafe"))
	}
	at := w.events()[len(w.events())-1].seq
	w.merchants.hook = nil
	w.mind.plans(errand(w.merchants.list[0]))
	turn := w.say("a latte")
	b, at := w.bundle(at)
	w.approve(b, "")
	if next := w.ended(at, turn); next.Outcome != assist.OutcomeDone {
		t.Errorf("the next errand ended as %+v", next)
	}
	w.sound()
}

// A mind that panics ends its turn, and only that.
func TestAMindThatPanicsEndsTheTurn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.thinks(func(assist.Request) assist.Thought {
		slip()
		return assist.Thought{Plan: &plan.Plan{}}
	})
	if d := w.ended(0, w.say("a latte")); d.Outcome != assist.OutcomeFailed || d.Code != string(fault.Internal) {
		t.Errorf("the turn ended as %+v", d)
	}
}
