package httpapi

import (
	"context"
	"slices"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/identity"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store"
)

// Bounds of a statement.
const (
	maxStatementPages = 20
	maxWalletEntries  = 200
)

var errNotDemo = fault.New(fault.Denied, "only demo people can be signed in as without proof")

// wallet reads the statement to its end and shows the newest entries first.
func (s *Server) wallet(ctx context.Context, id string, _ *none) (Wallet, error) {
	purse, err := s.purse(ctx, id)
	if err != nil {
		return Wallet{}, err
	}
	account := identity.AccountOf(id)
	var entries []ledger.Entry
	after := int64(0)
	for range maxStatementPages {
		page, err := s.Ledger.Statement(ctx, account, after, store.MaxList)
		if err != nil {
			return Wallet{}, err
		}
		entries = append(entries, page...)
		entries = entries[max(0, len(entries)-maxWalletEntries):]
		if len(page) < store.MaxList {
			break
		}
		after = page[len(page)-1].Seq
	}
	out := Wallet{Balance: purse, Entries: []WalletEntry{}}
	for _, e := range slices.Backward(entries) {
		out.Entries = append(out.Entries, walletEntry(account, e))
	}
	return out, nil
}

// walletEntry shows an entry from the side of one account.
func walletEntry(account string, e ledger.Entry) WalletEntry {
	w := WalletEntry{At: e.At, Memo: e.Memo, Hold: e.HoldID, Amount: e.Amount.Minor, Currency: e.Amount.Currency}
	if e.From == account {
		w.Amount = -w.Amount
	}
	w.Status = map[ledger.Op]string{ledger.Transfer: "posted", ledger.Hold: string(ledger.Held), ledger.Capture: string(ledger.Captured),
		ledger.Void: string(ledger.Voided), ledger.Refund: string(ledger.Refunded)}[e.Op]
	return w
}
