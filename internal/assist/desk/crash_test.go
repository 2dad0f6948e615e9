package desk_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// answerer answers everything that is asked until the turn ends: yes to bundles, and the truth about unknown outcomes.
func (w *world) answerAll(ctx context.Context, policy order.Policy, approve bool) bool {
	after := int64(0)
	for {
		e, ok := w.seek(ctx, after, func(e event) bool {
			return e.kind == assist.EventBundle || e.kind == assist.EventQuestion || e.kind == assist.EventDone
		})
		if !ok {
			return false
		}
		after = e.seq
		switch e.kind {
		case assist.EventDone:
			return true
		case assist.EventBundle:
			var b assist.BundleShown
			e.into(w.t, &b)
			w.answer(ctx, b.Pause, assist.Answer{Approve: approve, Hash: b.Hash, Policy: policy})
		case assist.EventQuestion:
			var q assist.Question
			e.into(w.t, &q)
			w.answer(ctx, q.Pause, assist.Answer{Value: w.truth(q)})
		}
	}
}

// truth is what the person finds out from the merchant.
func (w *world) truth(q assist.Question) string {
	cancelled := strings.Contains(q.Text, "cancelled")
	for _, s := range w.merchants.ids() {
		if q.Goal == fmt.Sprintf("g%d", w.goalOf(s)) && (w.merchants.live(s) > 0) != cancelled {
			return "yes"
		}
	}
	return "no"
}

func (w *world) goalOf(service string) int {
	for i, s := range w.merchants.ids() {
		if s == service {
			return i + 1
		}
	}
	return 0
}

func (w *world) answer(ctx context.Context, pause string, a assist.Answer) {
	err := w.desk.Answer(ctx, person, pause, a)
	if err != nil && ctx.Err() == nil && !w.crash.gone() && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Expired) {
		w.t.Fatal(err)
	}
}

// TestCrashAtEveryCommit kills the desk at each commit of an errand, before it is made and after, starts another on
// what is stored, and looks at what came of it.
func TestCrashAtEveryCommit(t *testing.T) {
	t.Parallel()
	for _, can := range [][]string{{"cancel", "find_order"}, {"cancel"}, {}} {
		for _, afterwards := range []bool{false, true} {
			t.Run(fmt.Sprint(can, afterwards), func(t *testing.T) {
				t.Parallel()
				for n := 1; n < 60; n++ {
					if !crashAt(t, n, afterwards, can) {
						return // the errand was over before the n-th commit
					}
				}
				t.Error("an errand takes more commits than expected")
			})
		}
	}
}

func crashAt(t *testing.T, n int, afterwards bool, can []string) bool {
	w := newWorld(t)
	w.merchants.open("cafe", 18_00, can...)
	w.merchants.open("taxi", 42_00, can...)
	w.mind.plans(errand(w.merchants.list...))
	w.say("both")
	w.crash.plan(n, afterwards)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan bool, 1)
	go func() { ended <- w.answerAll(ctx, order.AllOrNothing, true) }()
	for !w.crash.gone() {
		select {
		case done := <-ended:
			cancel()
			if !done {
				t.Fatalf("crash at %d: the errand hangs before the crash", n)
			}
			w.sound()
			return false
		case <-w.crash.happened():
		}
	}
	cancel()
	<-ended
	w.restart()
	if !w.answerAll(t.Context(), order.AllOrNothing, true) {
		w.dump()
		t.Fatalf("crash at %d: the errand hangs after the restart", n)
	}
	w.sound()
	one, other := w.merchants.live("cafe"), w.merchants.live("taxi")
	if (len(can) > 1 && one != other) || // an order that cannot be named to the merchant cannot be cancelled either
		one > 1 || other > 1 {
		t.Errorf("crash at %d: %d at the cafe, %d at the taxi", n, one, other)
	}
	if t.Failed() {
		w.dump()
		t.Fatalf("crash at commit %d, afterwards %v", n, afterwards)
	}
	return true
}

func (w *world) dump() {
	for _, e := range w.events() {
		w.t.Logf("%3d %-9s %.300s", e.seq, e.kind, e.data)
	}
}

// TestWhateverHappens draws merchants' failures, crashes, cancels and answers, and checks what must hold in the end.
func TestWhateverHappens(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var runs atomic.Int64
	rapid.Check(t, func(r *rapid.T) {
		w := openWorld(r, filepath.Join(dir, fmt.Sprint(runs.Add(1), ".db")))
		defer w.close()
		var can []string
		for _, c := range []string{"cancel", "find_order"} {
			if rapid.Bool().Draw(r, c) {
				can = append(can, c)
			}
		}
		shops := rapid.IntRange(1, 3).Draw(r, "shops")
		for i := range shops {
			id := fmt.Sprintf("shop%d", i)
			w.merchants.open(id, rapid.Int64Range(0, 40_00).Draw(r, "price"), can...)
			if rapid.IntRange(0, 3).Draw(r, "changes") == 0 {
				w.merchants.charge[id] = rapid.Int64Range(1, 60_00).Draw(r, "charge")
			}
		}
		w.mind.plans(errand(w.merchants.list...))
		w.merchants.hook, w.merchants.after = faults(r, shops)
		policy := rapid.SampledFrom([]order.Policy{order.AllOrNothing, order.WhatCanBeHad}).Draw(r, "policy")
		approve := rapid.IntRange(0, 9).Draw(r, "approve") > 0
		turn := w.say("everything")
		crashes := rapid.SliceOfN(rapid.IntRange(1, 25), 0, 3).Draw(r, "crashes")
		after := rapid.Bool().Draw(r, "after")
		for _, n := range crashes {
			w.crash.plan(n, after)
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan bool, 1)
			go func() { ended <- w.answerAll(ctx, policy, approve) }()
			select {
			case <-ended:
				ended <- true
			case <-w.crash.happened():
			}
			cancel()
			<-ended
			w.restart()
		}
		if rapid.IntRange(0, 3).Draw(r, "cancel") == 0 {
			if err := w.desk.Cancel(r.Context(), person, turn); err != nil && !fault.Is(err, fault.Conflict) {
				r.Fatal(err)
			}
		}
		if !w.answerAll(r.Context(), policy, approve) {
			w.dump()
			r.Fatal("the errand hangs")
		}
		w.sound()
		if r.Failed() {
			w.dump()
			r.Fatalf("not sound: policy %s, approve %v, crashes %v, can %v", policy, approve, crashes, can)
		}
	})
}

// faults draws how often each capability fails, and how: with a refusal, an error before it acts, or an answer that is lost.
func faults(r *rapid.T, shops int) (func(string, track.Call) (track.Result, error, bool), func(string, track.Call) error) {
	kinds := map[string]string{}
	for i := range shops {
		for _, c := range []string{"get_quote", "place", "cancel", "find_order"} {
			kinds[fmt.Sprintf("shop%d/%s", i, c)] = rapid.SampledFrom([]string{"", "", "", "refuse", "down", "lost"}).Draw(r, c)
		}
	}
	before := func(s string, c track.Call) (track.Result, error, bool) {
		switch kinds[s+"/"+c.Capability] {
		case "refuse":
			return track.Result{IsError: true, Text: []string{"no"}}, nil, true
		case "down":
			return track.Result{}, fault.New(fault.Unavailable, "down"), true
		}
		return track.Result{}, nil, false
	}
	after := func(s string, c track.Call) error {
		if kinds[s+"/"+c.Capability] == "lost" {
			return fault.New(fault.Timeout, "no answer: %w", errors.New("lost"))
		}
		return nil
	}
	return before, after
}

// happened is closed soon after the crash.
func (c *crash) happened() <-chan struct{} {
	out := make(chan struct{})
	go func() {
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for !c.gone() {
			<-tick.C
		}
		close(out)
	}()
	return out
}
