// Package ledger is the double-entry ledger: integer minor units, append-only, every movement under an
// idempotency key that stores a hash of its inputs. Accounts of one currency always sum to zero.
// A payment lives as a hold (pending legs, counted against what is available), then capture or void; a refund is a new entry.
//
// Writes go through one group-committing writer (Writer). Each Post may carry a store.Write that commits with
// it (order state and outbox events), so that money and orders never disagree after a crash.
package ledger

import (
	"context"
	"time"

	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/store"
)

// MaxLegs bounds the legs of one posting.
const MaxLegs = 64

// Op is what a posting does.
type Op string

// The operations.
const (
	Transfer Op = "transfer" // moves money at once (top-up from the world account, settlement)
	Hold     Op = "hold"     // reserves every leg, all or nothing; a leg's ID names its hold
	Capture  Op = "capture"  // moves a held leg's money to the payee (Amount ≤ held; the rest is released)
	Void     Op = "void"     // releases a held leg
	Refund   Op = "refund"   // moves captured money of a leg back, at most what was captured and not yet refunded
)

// Leg is one movement. For Hold and Transfer, From, To and Amount are given; for Capture, Void and Refund only
// ID (the hold) and, for Capture and Refund, Amount.
type Leg struct {
	ID     string // hold id, unique
	From   string // account id
	To     string
	Amount money.Amount
}

// Posting is one atomic request. Key is the idempotency key: the same key with equal inputs returns the first
// result again, with other inputs a fault mismatch. Inputs are the operation, the legs and the memo; Expires and
// With are not compared, because a caller that asks again after a crash has a new clock and new versions but means
// the same payment: what was committed first stands, and With is not applied a second time. A posting that was
// declined leaves nothing behind, so its key may be tried again (say, once there is money). A key may not start with "~".
type Posting struct {
	Key  string
	Op   Op
	Legs []Leg
	Memo string
	// Expires ends a hold by itself (zero: no expiry). An expired hold cannot be captured and counts as voided.
	Expires time.Time
	// With commits in the same transaction; a version conflict in it declines the posting.
	With store.Write
}

// HoldState of a leg.
type HoldState string

// The states of a hold.
const (
	Held     HoldState = "held"
	Captured HoldState = "captured"
	Voided   HoldState = "voided"
	Refunded HoldState = "refunded" // all of the captured amount went back
)

// HoldInfo is what is known of a hold.
type HoldInfo struct {
	ID       string
	From, To string
	Held     money.Amount
	Captured int64
	Refunded int64
	State    HoldState
	Expires  time.Time
}

// Balance of an account in its currency: Posted minus Reserved is what can be spent.
type Balance struct {
	Account  string
	Currency string
	Posted   int64
	Reserved int64
}

// Available is what can still be held or transferred.
func (b Balance) Available() int64 { return b.Posted - b.Reserved }

// Entry is one line of an account's statement.
type Entry struct {
	Seq    int64
	Key    string
	Op     Op
	HoldID string
	From   string
	To     string
	Amount money.Amount
	Memo   string
	At     time.Time
}

// Ledger is what orders and wallets use. Faults: funds (declined), mismatch (key reused), not_found,
// conflict (a hold in the wrong state, or a version conflict in With), invalid, expired.
type Ledger interface {
	// Open makes an account if it does not exist. overdraft lets it go below zero (the world account).
	Open(ctx context.Context, account, currency string, overdraft bool) error
	Post(ctx context.Context, p Posting) error
	Balance(ctx context.Context, account string) (Balance, error)
	HoldOf(ctx context.Context, id string) (HoldInfo, error)
	Statement(ctx context.Context, account string, after int64, limit int) ([]Entry, error)
	// Verify re-derives every balance and hold from the entries and checks that each currency sums to zero.
	Verify(ctx context.Context) error
}

// Audit is what a verification went through.
type Audit struct {
	Postings int64            `json:"postings"`
	Entries  int64            `json:"entries"`
	Accounts int              `json:"accounts"`
	Holds    int              `json:"holds"`
	Moved    map[string]int64 `json:"in_accounts"` // by currency: what the accounts above zero hold, and those below owe
	Chain    string           `json:"chain"`       // the last link: whoever kept it can tell later whether history was rewritten
}

// Auditor is a ledger that tells what its Verify went through.
type Auditor interface {
	Audit(ctx context.Context) (Audit, error)
}
