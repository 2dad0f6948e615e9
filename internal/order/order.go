// Package order holds quotes, bundles, mandates, merchants' orders and their state machine. It knows the ledger, not the merchants.
package order

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/bangwo/bangwo/internal/money"
)

// Line is one thing ordered.
type Line struct {
	Title    string   `json:"title"`
	Options  []string `json:"options,omitempty"`
	Quantity int      `json:"quantity"` // 0: not said
	Amount   int64    `json:"amount"`   // of the whole line, minor units
}

// Quote is what a service says one order will cost, before anything irreversible.
type Quote struct {
	Goal      string       `json:"goal"`
	Service   string       `json:"service"`
	Payee     string       `json:"payee"`      // merchant id
	PayeeName string       `json:"payee_name"` // for people
	Sandbox   bool         `json:"sandbox,omitempty"`
	OrderRef  string       `json:"order_ref,omitempty"` // the merchant's own order id, when it has one already
	Lines     []Line       `json:"lines"`
	Amount    money.Amount `json:"amount"`
	Estimated bool         `json:"estimated,omitempty"` // Amount is computed from prices, the merchant has not stated a total
	Address   string       `json:"address,omitempty"`
	Time      string       `json:"time,omitempty"`
	About     bool         `json:"about,omitempty"`   // Time is when the merchant expects it, not a slot that it promises
	Guessed   bool         `json:"guessed,omitempty"` // nothing tells the unit of Amount: it was read as major units, and a detail says so
	Details   []Detail     `json:"details,omitempty"` // other facts that are shown and signed: from, to, car type …
	Expires   time.Time    `json:"expires,omitzero"`
	// Amends is an earlier order that this one changes at its merchant. Amount is then what is paid more, Back what goes
	// back of what was paid before, and Whole what all of it costs as it is to be.
	Amends string       `json:"amends,omitempty"`
	Whole  money.Amount `json:"whole,omitzero"`
	Back   money.Amount `json:"back,omitzero"`
}

// Detail is a labelled fact of a quote.
type Detail struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Policy is what happens if one part fails.
type Policy string

// The policies.
const (
	AllOrNothing Policy = "all"  // the whole bundle is undone
	WhatCanBeHad Policy = "some" // the others go on
)

// Bundle is the orders of one utterance, confirmed and paid together.
type Bundle struct {
	ID       string       `json:"id"`
	Turn     string       `json:"turn"`
	Person   string       `json:"person"`
	Quotes   []Quote      `json:"orders"`
	Total    money.Amount `json:"total"`
	Policy   Policy       `json:"policy"`
	PlanHash string       `json:"plan_hash"`
	Expires  time.Time    `json:"expires"`
}

// Hash is what a confirmation signs: payees, lines, amounts, addresses, times, policy and plan.
// SHA-256 over the canonical JSON of the bundle, hex.
func (b Bundle) Hash() string {
	raw, err := json.Marshal(b) // struct order is fixed; no maps inside
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// Mandate is the person's yes to exactly one bundle.
type Mandate struct {
	Bundle string    `json:"bundle"`
	Hash   string    `json:"hash"`
	Person string    `json:"person"`
	At     time.Time `json:"at"`
	Limit  int64     `json:"limit,omitempty"` // of an automatic confirmation (--yes --limit), minor units
}

// State of an order.
type State string

// The states. Terminal: Fulfilled, Failed, Cancelled, Refunded.
const (
	Quoted    State = "quoted"
	Confirmed State = "confirmed" // mandate signed, money not yet held
	Held      State = "held"      // money reserved
	Placing   State = "placing"   // the merchant's irreversible step was started
	Placed    State = "placed"    // the merchant took the order; capture is due
	Fulfilled State = "fulfilled" // captured
	Failing   State = "failing"   // the merchant refused or it was stopped; void and compensation are due
	Failed    State = "failed"
	Cancelled State = "cancelled"
	Refunded  State = "refunded"
)

// Order is one merchant's part of a bundle as the platform keeps it.
type Order struct {
	ID      string          `json:"id"`
	Bundle  string          `json:"bundle"`
	Turn    string          `json:"turn"`
	Person  string          `json:"person"`
	Quote   Quote           `json:"quote"`
	State   State           `json:"state"`
	Hold    string          `json:"hold"`
	Paid    money.Amount    `json:"paid,omitzero"`
	Back    money.Amount    `json:"back,omitzero"`    // of Paid, went back to the person when it was undone
	Kept    money.Amount    `json:"kept,omitzero"`    // of Paid, the merchant kept when it was undone: its cancellation fee
	Into    string          `json:"into,omitempty"`   // the later order that changed this one at its merchant and stands for it
	Reason  string          `json:"reason,omitempty"` // of failure, for people
	Result  json.RawMessage `json:"result,omitempty"` // the merchant's structured answer
	Created time.Time       `json:"created"`
	Updated time.Time       `json:"updated"`
}

// Prepay is a merchant's order registered with the platform before it can be paid (the shape of a prepay order).
type Prepay struct {
	ID         string       `json:"prepay_id"`
	Merchant   string       `json:"merchant"`
	OutTradeNo string       `json:"out_trade_no"` // the merchant's own order id, unique per merchant, ≤ 64
	Amount     money.Amount `json:"amount"`
	Subject    string       `json:"subject"` // ≤ 256
	State      string       `json:"state"`   // open, paid, closed
	Created    time.Time    `json:"created"`
	Expires    time.Time    `json:"expires"` // two hours after
}
