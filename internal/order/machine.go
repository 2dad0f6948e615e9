package order

import (
	"slices"

	"github.com/bangwo/bangwo/internal/fault"
)

// moves is the whole state machine of an order: what may follow what.
var moves = map[State][]State{
	Confirmed: {Held, Cancelled, Failed},
	Held:      {Placing, Placed, Failing, Failed, Cancelled},
	Placing:   {Placed, Failing, Failed, Cancelled},
	Placed:    {Fulfilled, Failing, Failed, Cancelled},
	Fulfilled: {Failing, Cancelled, Refunded},
	Failing:   {Failed, Cancelled, Refunded, Fulfilled}, // Fulfilled: the undoing could not be done, the merchant's order stands
}

// Move changes the state of o, or returns a fault conflict when the machine does not allow it.
func (o *Order) Move(to State) error {
	if o.State == to {
		return nil
	}
	if !slices.Contains(moves[o.State], to) {
		return fault.New(fault.Conflict, "order %s is %s and cannot become %s", o.ID, o.State, to).
			With("order", o.ID).With("state", string(o.State))
	}
	o.State = to
	return nil
}

// Ended tells whether the order's errand is over: done or undone.
func (s State) Ended() bool {
	switch s {
	case Fulfilled, Failed, Cancelled, Refunded:
		return true
	}
	return false
}

// Undone tells whether the order is over without anything bought.
func (s State) Undone() bool { return s.Ended() && s != Fulfilled }

// Wallet is the ledger account of a person's money.
func Wallet(person string) string { return "person/" + person }

// Till is the ledger account of a merchant.
func Till(merchant string) string { return "merchant/" + merchant }

// World is the ledger account on the other side of top-ups and pay-outs.
const World = "world"
