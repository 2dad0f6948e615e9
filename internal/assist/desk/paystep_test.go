package desk_test

import (
	"context"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/track"
)

// payingShop drafts an order and has a payment of its own, which opens the platform's door and believes its answer.
type payingShop struct {
	w          *world
	late       bool           // registers the order with the platform only when it is to be paid
	twice      bool           // and registers another one for the same draft
	request    map[string]any // what it asks the door for beside the order
	paid, asks int
	answered   func() // after the door, before its answer to the call
}

const draftID, shopPrice = "D1", 18_00

func (p *payingShop) open(w *world, sandbox bool) {
	p.w = w
	w.merchants.open("cafe", shopPrice)
	svc := &w.merchants.list[0]
	svc.Sandbox = sandbox
	svc.Capabilities = append(svc.Capabilities, catalog.Capability{Service: "cafe", Name: "payOrder", Effect: catalog.Payment,
		Input: schema(`{"type":"object","properties":{"order_id":{"type":"string"}},"required":["order_id"]}`)})
	pending(w)
	draft := w.merchants.hook
	w.merchants.hook = func(id string, c track.Call) (track.Result, error, bool) {
		if c.Capability == "payOrder" {
			return p.pay(c), nil, true
		}
		if c.Capability == "draft" && !sandbox && !p.late {
			p.register(draftID)
		}
		return draft(id, c)
	}
	think := w.mind.think
	w.mind.think = func(r assist.Request) assist.Thought {
		th := think(r)
		th.Plan.Goals[0].Pay = &plan.Step{ID: "s1-pay", Goal: "g1", Service: "cafe", Capability: "payOrder", Title: "Pay", Effect: catalog.Payment,
			Args: map[string]plan.Arg{"order_id": {Ref: &plan.Ref{Step: "s1", Path: []string{"order_id"}}}}}
		return th
	}
}

func (p *payingShop) register(no string) string {
	pre, err := p.w.desk.Prepays().Register(context.Background(), "cafe", no, money.Of(shopPrice, money.CNY), "a thing")
	must(p.w.t, err)
	return pre.ID
}

func (p *payingShop) pay(c track.Call) track.Result {
	p.asks++
	request := map[string]any{"orderId": c.Args["order_id"]}
	switch {
	case p.twice:
		request["package"] = "prepay_id=" + p.register(draftID+"-again")
	case p.late:
		request["package"] = "prepay_id=" + p.register(draftID)
	}
	for k, v := range p.request {
		request[k] = v
	}
	a := c.Doors.Open(context.Background(), track.DoorRequest{Kind: track.DoorPayment, Request: request})
	if p.answered != nil {
		p.answered()
	}
	if !a.Granted {
		return track.Result{IsError: true, Text: []string{"not paid"}}
	}
	p.paid++
	return says(map[string]any{"order_id": draftID, "status": "paid"})
}

// captured counts how often the person was told of a payment, and what it left in the wallet.
func (w *world) captured() (n int) {
	for _, e := range w.events() {
		var p assist.Payment
		if e.kind == assist.EventPayment {
			e.into(w.t, &p)
			if p.Status == string(ledger.Captured) {
				n++
			}
		}
	}
	return n
}

// TestTheMerchantsOwnPaymentNotesWhatThePlatformPaid: paid once, and the merchant's record says paid; a door for anything
// else stays shut, and the order stays paid.
func TestTheMerchantsOwnPaymentNotesWhatThePlatformPaid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shop    payingShop
		sandbox bool
		noted   bool
	}{
		"in the sandbox":               {payingShop{}, true, true},
		"registered with the order":    {payingShop{}, false, true},
		"registered when it is paid":   {payingShop{late: true}, false, true},
		"another amount":               {payingShop{request: map[string]any{"total_fee": 1900}}, true, false},
		"the amount that was paid":     {payingShop{request: map[string]any{"total_fee": 1800}}, true, true},
		"a second registration":        {payingShop{twice: true}, false, false},
		"the order of somebody else's": {payingShop{request: map[string]any{"package": "prepay_id=other"}}, false, false},
	} {
		w := newWorld(t)
		shop := c.shop
		shop.open(w, c.sandbox)
		turn := w.say("a thing")
		b, at := w.bundle(0)
		w.approve(b, "")
		if d := w.done(at); d.Outcome != assist.OutcomeDone {
			t.Errorf("%s: %+v", name, d)
		}
		if left := w.available(); left != purse-shopPrice || w.captured() != 1 {
			t.Errorf("%s: %d are left after %d payments", name, left, w.captured())
		}
		o := w.orders()[0]
		if shop.paid != count(c.noted) || o.State != order.Fulfilled || (o.Reason == "") != c.noted {
			t.Errorf("%s: the merchant noted %d payments, the order is %s %q", name, shop.paid, o.State, o.Reason)
		}
		calls, err := w.desk.Calls(t.Context(), person, turn)
		must(t, err)
		last := calls[len(calls)-1]
		if last.Capability != "payOrder" || last.Service != "cafe" || strings.Contains(string(last.Result), "paid") != c.noted && c.noted {
			t.Errorf("%s: the last call was %+v", name, last)
		}
		must(t, w.db.Ledger().Verify(t.Context()))
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// TestAnUnregisteredOrderIsNotPaid: a payment step does not make up for a registration.
func TestAnUnregisteredOrderIsNotPaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	shop := payingShop{late: true, request: map[string]any{"package": "prepay_id=none"}}
	shop.open(w, false)
	w.say("a thing")
	b, at := w.bundle(0)
	w.approve(b, "")
	if d := w.done(at); d.Outcome == assist.OutcomeDone || w.available() != purse || shop.paid != 0 {
		t.Errorf("%+v, %d left, %d noted", d, w.available(), shop.paid)
	}
}

// TestACrashWhileTheMerchantNotesChargesNobodyTwice asks the merchant again after a crash; the door moves no money.
func TestACrashWhileTheMerchantNotesChargesNobodyTwice(t *testing.T) {
	t.Parallel()
	for _, late := range []bool{false, true} {
		w := newWorld(t)
		crashed := make(chan struct{})
		shop := payingShop{late: late}
		shop.answered = func() {
			if shop.asks == 1 {
				w.crash.now()
				close(crashed)
			}
		}
		shop.open(w, false)
		w.say("a thing")
		b, at := w.bundle(0)
		w.approve(b, "")
		<-crashed
		w.restart()
		if d := w.done(at); d.Outcome != assist.OutcomeDone || shop.asks != 2 || shop.paid != 2 {
			t.Errorf("late %v: %+v, asked %d times, noted %d times", late, d, shop.asks, shop.paid)
		}
		if left := w.available(); left != purse-shopPrice || w.captured() != 1 {
			t.Errorf("late %v: %d are left after %d payments", late, left, w.captured())
		}
		must(t, w.db.Ledger().Verify(t.Context()))
	}
}
