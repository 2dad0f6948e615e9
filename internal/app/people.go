package app

import (
	"context"

	"github.com/bangwo/bangwo/internal/identity"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
)

// AddPerson keeps a person and opens their wallet; doing it again changes nothing. Faults: invalid.
func (a *App) AddPerson(ctx context.Context, p identity.Person) (identity.Person, error) {
	p, err := a.people.Add(ctx, p)
	if err != nil {
		return p, err
	}
	return p, a.Ledger().Open(ctx, identity.AccountOf(p.ID), money.CNY, false)
}

// TopUp moves money from the world into a person's wallet, once per key. Faults: those of the ledger.
func (a *App) TopUp(ctx context.Context, person, key string, amount money.Amount) error {
	if err := a.Ledger().Open(ctx, order.World, amount.Currency, true); err != nil {
		return err
	}
	leg := ledger.Leg{ID: key, From: order.World, To: identity.AccountOf(person), Amount: amount}
	return a.Ledger().Post(ctx, ledger.Posting{Key: key, Op: ledger.Transfer, Legs: []ledger.Leg{leg}, Memo: "top-up"})
}
