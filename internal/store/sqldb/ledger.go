package sqldb

import (
	"context"
	"database/sql"
	"errors"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
)

// book is the ledger of a DB.
type book struct{ db *DB }

var _ ledger.Ledger = book{}

// Ledger is the ledger in the same database: a posting and its store.Write are one commit.
func (db *DB) Ledger() ledger.Ledger { return book{db} }

func (b book) Open(ctx context.Context, account, currency string, overdraft bool) error {
	a := &ledger.Account{ID: account, Currency: currency, Overdraft: overdraft}
	if err := a.Check(); err != nil {
		return err
	}
	return b.db.writer.do(ctx, newOpen(a))
}

func (b book) Post(ctx context.Context, p ledger.Posting) error {
	r, err := newPosting(&p)
	if err != nil {
		return err
	}
	return b.db.writer.do(ctx, r)
}

func (b book) Balance(ctx context.Context, account string) (ledger.Balance, error) {
	a, due, err := b.account(ctx, account)
	if err != nil {
		return ledger.Balance{}, err
	}
	return ledger.Balance{Account: account, Currency: a.Currency, Posted: a.Posted, Reserved: a.Reserved - due}, nil
}

// account reads an account as it is now, and how much of what it reserves has run out. What the writer remembers is
// brought up to the snapshot that is read, by what other nodes wrote meanwhile.
func (b book) account(ctx context.Context, id string) (a Account, due int64, err error) {
	known, at, isKnown := b.db.writer.books.look(id)
	flag := 0
	if isKnown {
		flag = 1
	}
	var posted, reserved, last int64
	err = b.db.read.QueryRowContext(ctx, b.db.q["balance"], id, b.db.clock().UnixMicro(), at, flag).
		Scan(&a.Num, &a.Currency, &a.Posted, &a.Reserved, &a.Last, &due, &posted, &reserved, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return a, 0, fault.New(fault.NotFound, "no account %q", id).With("account", id)
	}
	if err != nil {
		return a, 0, failed("read balance", err)
	}
	if isKnown {
		a = known
	}
	a.Posted, a.Reserved, a.Last = a.Posted+posted, a.Reserved+reserved, max(a.Last, last)
	return a, due, nil
}

func (b book) HoldOf(ctx context.Context, id string) (ledger.HoldInfo, error) {
	h, err := scanHold(b.db.read.QueryRowContext(ctx, b.db.q["hold_get"], id))
	if errors.Is(err, sql.ErrNoRows) {
		return ledger.HoldInfo{}, fault.New(fault.NotFound, "no hold %q", id).With("hold", id)
	}
	if err != nil {
		return ledger.HoldInfo{}, failed("read hold", err)
	}
	info := ledger.HoldInfo{
		ID: h.ID, From: h.From, To: h.To, Held: money.Of(h.Amount, h.currency), Captured: h.Captured,
		Refunded: h.Refunded, State: h.State, Expires: instant(h.Expires),
	}
	if h.State == ledger.Held && h.Expires != 0 && h.Expires <= b.db.clock().UnixMicro() {
		info.State = ledger.Voided // it is over, whether or not the writer has come by
	}
	return info, nil
}

type heldRow struct {
	ledger.HoldRow
	currency string
}

func scanHold(s row) (heldRow, error) {
	var h heldRow
	err := s.Scan(&h.ID, &h.From, &h.To, &h.currency, &h.Amount, &h.Captured, &h.Refunded, &h.State, &h.Expired, &h.Expires)
	return h, err
}

// Statement finds the end of the page by the account's waypoints and walks the account's list back from there: what a
// page costs does not depend on how many entries there are.
func (b book) Statement(ctx context.Context, account string, after int64, n int) ([]ledger.Entry, error) {
	a, _, err := b.account(ctx, account)
	if err != nil {
		return nil, err
	}
	n, end := limit(n), a.Last
	err = b.db.read.QueryRowContext(ctx, b.db.q["statement_end"], a.Num, after, (n+WaypointEvery-1)/WaypointEvery).Scan(&end)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, failed("read statement", err)
	}
	return collect(ctx, b.db.read, scanEntry, b.db.q["statement"], a.Num, end, after, n)
}

func scanEntry(s row) (ledger.Entry, error) {
	var e ledger.Entry
	var at int64
	err := s.Scan(&e.Seq, &e.Key, &e.Op, &e.HoldID, &e.From, &e.To, &e.Amount.Minor, &e.Amount.Currency, &e.Memo, &at)
	e.At = instant(at)
	return e, err
}
