package app_test

import (
	"net/http"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/store/pgtest"
)

// TestTwoNodesAreOne runs two platforms on one PostgreSQL: what one does, a page open on the other shows.
func TestTwoNodesAreOne(t *testing.T) {
	t.Parallel()
	db := pgtest.Database(t)
	one, two := config(t), config(t)
	one.DB, two.DB, one.Node, two.Node = db, db, "one", "two"
	two.Now = one.Now
	a := start(t, one)
	b := start(t, two)
	here, there := a.signedIn(t, "lin"), b.signedIn(t, "lin")

	// Somebody says it here while the page there is open already.
	var conv struct{ ID string }
	here.want(http.StatusOK, http.MethodPost, "/conversations", map[string]string{}, &conv)
	seen := make(chan []event, 1)
	go func() {
		defer close(seen) // also when following gave up
		seen <- there.follow(conv.ID, 0, until(assist.EventBundle))
	}()
	here.want(http.StatusOK, http.MethodPost, "/conversations/"+conv.ID+"/turns", map[string]string{"text": lattes}, nil)
	events := <-seen
	if len(events) == 0 {
		t.Fatal("the other node showed nothing")
	}
	shown := decode[assist.BundleShown](t, events[len(events)-1])

	// It is confirmed there, and the end is shown here.
	there.want(http.StatusOK, http.MethodPost, "/pauses/"+shown.Pause+"/answer", assist.Answer{Approve: true, Hash: shown.Hash}, nil)
	rest := here.follow(conv.ID, events[len(events)-1].seq, until(assist.EventDone))
	if done := decode[assist.Done](t, rest[len(rest)-1]); done.Outcome != assist.OutcomeDone {
		t.Errorf("done: %+v", done)
	}
	if x, y := a.balance(t, here), b.balance(t, there); x != y || x != 2000_00-shown.Bundle.Total.Minor {
		t.Errorf("balances %d and %d", x, y)
	}

	// A post sent again to the other node gets the first answer.
	first := here.want(http.StatusOK, http.MethodPost, "/conversations", map[string]string{}, nil, "Idempotency-Key", "k")
	again := there.want(http.StatusOK, http.MethodPost, "/conversations", map[string]string{}, nil, "Idempotency-Key", "k")
	if string(first) != string(again) {
		t.Errorf("%s here, %s there", first, again)
	}
	if err := a.app.Ledger().Verify(t.Context()); err != nil {
		t.Errorf("ledger: %v", err)
	}
}
