package app_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/order"
)

const lattes = "三杯低糖拿铁"

// TestAnErrandThroughTheFrontDoor is the main job as a browser does it: say, look at the card, confirm, read the receipt.
func TestAnErrandThroughTheFrontDoor(t *testing.T) {
	t.Parallel()
	n := start(t, config(t))
	lin := n.signedIn(t, "lin")
	conversation, turn := lin.say(lattes)
	events := lin.follow(conversation, 0, until(assist.EventBundle))
	shown := decode[assist.BundleShown](t, events[len(events)-1])
	if got := shown.Bundle.Quotes; len(got) != 1 || len(got[0].Lines) != 1 || got[0].Lines[0].Quantity != 3 {
		t.Fatalf("bundle: %+v", got)
	}
	if n.balance(t, lin) != 2000_00 {
		t.Error("money moved before the confirmation")
	}
	yes := assist.Answer{Approve: true, Hash: shown.Hash, Policy: order.AllOrNothing}
	lin.wantCode("changed", http.MethodPost, "/pauses/"+shown.Pause+"/answer", assist.Answer{Approve: true, Hash: "another"})
	n.othersSeeNothing(t, conversation, turn, shown.Pause, yes)
	lin.want(http.StatusOK, http.MethodPost, "/pauses/"+shown.Pause+"/answer", yes, nil)
	lin.want(http.StatusOK, http.MethodPost, "/pauses/"+shown.Pause+"/answer", yes, nil)
	lin.wantCode("conflict", http.MethodPost, "/pauses/"+shown.Pause+"/answer", assist.Answer{Approve: false})

	// The stream resumes exactly after the last event seen, and from nothing it replays all.
	rest := lin.follow(conversation, events[len(events)-1].seq, until(assist.EventDone))
	if rest[0].seq != events[len(events)-1].seq+1 {
		t.Errorf("resumed at %d after %d", rest[0].seq, events[len(events)-1].seq)
	}
	if done := decode[assist.Done](t, rest[len(rest)-1]); done.Outcome != assist.OutcomeDone || done.Turn != turn {
		t.Fatalf("done: %+v", done)
	}
	if all := lin.follow(conversation, 0, until(assist.EventDone)); len(all) != len(events)+len(rest) {
		t.Errorf("replayed %d events of %d", len(all), len(events)+len(rest))
	}
	n.afterwards(t, lin, turn, shown)
	n.watched(t)
}

// watched looks at what operators see of the errand: which services were called, and nobody's words.
func (n *node) watched(t *testing.T) {
	t.Helper()
	res, raw := (&browser{t: t, url: n.url, http: http.DefaultClient}).request(http.MethodGet, "/metrics", nil)
	page := string(raw)
	if res.StatusCode != http.StatusOK || !strings.Contains(page, `bangwo_calls_total{service="coffee",outcome="ok"}`) || !strings.Contains(page, "bangwo_thoughts_total") {
		t.Errorf("metrics: %d %s", res.StatusCode, page)
	}
	if strings.Contains(page, "拿铁") || strings.Contains(page, "lin") {
		t.Errorf("metrics tell what was said or by whom: %s", page)
	}
}

// othersSeeNothing lets somebody else try everything with ids that are not theirs: each is as if it did not exist.
func (n *node) othersSeeNothing(t *testing.T, conversation, turn, pause string, yes assist.Answer) {
	t.Helper()
	sam := n.signedIn(t, "sam")
	for _, c := range []struct {
		method, path string
		body         any
	}{
		{http.MethodGet, "/conversations/" + conversation + "/events", nil},
		{http.MethodPost, "/conversations/" + conversation + "/turns", map[string]string{"text": "hello"}},
		{http.MethodPost, "/pauses/" + pause + "/answer", yes},
		{http.MethodPost, "/turns/" + turn + "/cancel", map[string]string{}},
		{http.MethodGet, "/turns/" + turn + "/calls", nil},
	} {
		sam.wantCode("not_found", c.method, c.path, c.body)
	}
	var list []any
	sam.want(http.StatusOK, http.MethodGet, "/conversations", nil, &list)
	if len(list) != 0 {
		t.Errorf("somebody else lists %v", list)
	}
}

// afterwards looks at what is left of a fulfilled errand, then takes the money back.
func (n *node) afterwards(t *testing.T, lin *browser, turn string, shown assist.BundleShown) {
	t.Helper()
	total := shown.Bundle.Total.Minor
	if got := n.balance(t, lin); got != 2000_00-total {
		t.Errorf("balance %d after paying %d", got, total)
	}
	var orders []order.Order
	lin.want(http.StatusOK, http.MethodGet, "/orders", nil, &orders)
	if len(orders) != 1 || orders[0].State != order.Fulfilled {
		t.Fatalf("orders: %+v", orders)
	}
	var receipt desk.Receipt
	lin.want(http.StatusOK, http.MethodGet, "/orders/"+orders[0].ID+"/receipt", nil, &receipt)
	if receipt.Mandate.Hash != shown.Hash || len(receipt.Payments) != 1 || receipt.Payments[0].Status != "captured" || len(receipt.Steps) == 0 {
		t.Errorf("receipt: %+v", receipt)
	}
	var calls []desk.Call
	lin.want(http.StatusOK, http.MethodGet, "/turns/"+turn+"/calls", nil, &calls)
	if len(calls) == 0 {
		t.Error("no calls")
	}
	sam := n.signedIn(t, "sam")
	sam.wantCode("not_found", http.MethodGet, "/orders/"+orders[0].ID, nil)
	sam.wantCode("not_found", http.MethodGet, "/turns/"+turn+"/calls", nil)
	sam.wantCode("not_found", http.MethodPost, "/orders/"+orders[0].ID+"/refund", map[string]string{})
	var refunded order.Order
	lin.want(http.StatusOK, http.MethodPost, "/orders/"+orders[0].ID+"/refund", map[string]string{}, &refunded)
	if refunded.State != order.Refunded || n.balance(t, lin) != 2000_00 {
		t.Errorf("refunded: %s, balance %d", refunded.State, n.balance(t, lin))
	}
	var wallet struct {
		Entries []struct {
			Amount int64
			Status string
		}
	}
	lin.want(http.StatusOK, http.MethodGet, "/wallet", nil, &wallet)
	if len(wallet.Entries) < 3 {
		t.Errorf("statement: %+v", wallet)
	}
	if err := n.app.Ledger().Verify(t.Context()); err != nil {
		t.Errorf("ledger: %v", err)
	}
}

func (n *node) balance(t *testing.T, b *browser) int64 {
	t.Helper()
	var me struct {
		Balance struct{ Available int64 }
	}
	b.want(http.StatusOK, http.MethodGet, "/me", nil, &me)
	return me.Balance.Available
}

// TestPlanningDoesNothing asks what would be done.
func TestPlanningDoesNothing(t *testing.T) {
	t.Parallel()
	n := start(t, config(t))
	lin := n.signedIn(t, "lin")
	var planned struct{ Thought assist.Thought }
	lin.want(http.StatusOK, http.MethodPost, "/plans", map[string]string{"text": lattes}, &planned)
	if planned.Thought.Plan == nil || len(planned.Thought.Plan.Steps) == 0 {
		t.Errorf("thought: %+v", planned.Thought)
	}
	var orders []order.Order
	lin.want(http.StatusOK, http.MethodGet, "/orders", nil, &orders)
	if len(orders) != 0 {
		t.Errorf("planning ordered: %+v", orders)
	}
}

// TestDataComesBack starts a second platform on the folder of one that was closed with a card open.
func TestDataComesBack(t *testing.T) {
	t.Parallel()
	cfg := config(t)
	var conversation string
	var shown assist.BundleShown
	t.Run("first", func(t *testing.T) {
		lin := start(t, cfg).signedIn(t, "lin")
		conversation, _ = lin.say(lattes)
		events := lin.follow(conversation, 0, until(assist.EventBundle))
		shown = decode[assist.BundleShown](t, events[len(events)-1])
	})
	n := start(t, cfg)
	lin := n.signedIn(t, "lin")
	lin.want(http.StatusOK, http.MethodPost, "/pauses/"+shown.Pause+"/answer", assist.Answer{Approve: true, Hash: shown.Hash}, nil)
	events := lin.follow(conversation, 0, until(assist.EventDone))
	if done := decode[assist.Done](t, events[len(events)-1]); done.Outcome != assist.OutcomeDone {
		t.Errorf("done: %+v", done)
	}
	if got := n.balance(t, lin); got != 2000_00-shown.Bundle.Total.Minor {
		t.Errorf("balance %d: the demo money must not come again", got)
	}
}

// TestCancelStopsATurn stops one whose card is open.
func TestCancelStopsATurn(t *testing.T) {
	t.Parallel()
	n := start(t, config(t))
	lin := n.signedIn(t, "lin")
	conversation, turn := lin.say(lattes)
	events := lin.follow(conversation, 0, until(assist.EventBundle))
	shown := decode[assist.BundleShown](t, events[len(events)-1])
	lin.want(http.StatusOK, http.MethodPost, "/turns/"+turn+"/cancel", map[string]string{}, nil)
	lin.follow(conversation, 0, until(assist.EventDone))
	_, raw := lin.request(http.MethodPost, "/pauses/"+shown.Pause+"/answer", assist.Answer{Approve: true, Hash: shown.Hash})
	if n.balance(t, lin) != 2000_00 {
		t.Errorf("a cancelled turn was paid: %s", raw)
	}
}
