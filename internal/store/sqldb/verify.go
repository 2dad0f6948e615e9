package sqldb

import (
	"bytes"
	"context"
	"database/sql"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
)

// replay re-derives accounts and holds from the entries alone.
type replay struct {
	posted, reserved map[string]int64
	holds            map[string]*ledger.HoldRow
	chain            []byte
	posting, entry   int64

	open  *postingLine // the posting whose lines are being gathered
	lines []ledger.Line
}

type postingLine struct {
	num           int64
	key, op, memo string
	at            int64
	chain         []byte
	seq           int64
	line          ledger.Line
}

// Verify reads one snapshot: what is being written meanwhile neither shows nor waits.
func (b book) Verify(ctx context.Context) error {
	tx, err := b.db.read.BeginTx(ctx, &sql.TxOptions{Isolation: snapshot(b.db.mark), ReadOnly: true})
	if err != nil {
		return failed("verify", err)
	}
	defer tx.Rollback()
	r := &replay{posted: map[string]int64{}, reserved: map[string]int64{}, holds: map[string]*ledger.HoldRow{}, chain: ledger.Genesis()}
	if err := r.entries(ctx, tx, b.db.q["verify_lines"]); err != nil {
		return err
	}
	var posting, entry int64
	var chain []byte
	if err := tx.QueryRowContext(ctx, b.db.q["verify_head"]).Scan(&posting, &entry, &chain); err != nil {
		return failed("verify", err)
	}
	if posting != r.posting || entry != r.entry || !bytes.Equal(chain, r.chain) {
		return wrong("the end of the entries is not where the writer left it")
	}
	if err := r.accounts(ctx, tx, b.db.q["verify_accounts"]); err != nil {
		return err
	}
	return r.checkHolds(ctx, tx, b.db.q["verify_holds"])
}

// snapshot is the isolation that makes several reads one; SQLite's reads always are.
func snapshot(mark string) sql.IsolationLevel {
	if mark == "$" {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault
}

func wrong(format string, args ...any) error {
	return fault.New(fault.Internal, "ledger: "+format, args...).WithHint("do not write on; compare with a backup")
}

func (r *replay) entries(ctx context.Context, tx *sql.Tx, query string) error {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return failed("verify", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p postingLine
		err := rows.Scan(&p.num, &p.key, &p.op, &p.memo, &p.at, &p.chain, &p.seq, &p.line.HoldID, &p.line.From, &p.line.To, &p.line.Amount)
		if err != nil {
			return failed("verify", err)
		}
		if err := r.take(&p); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return failed("verify", err)
	}
	return r.seal()
}

func (r *replay) take(p *postingLine) error {
	if r.entry++; p.seq != r.entry {
		return wrong("entry %d is missing", r.entry)
	}
	if r.open == nil || r.open.num != p.num {
		if err := r.seal(); err != nil {
			return err
		}
		if r.posting++; p.num != r.posting {
			return wrong("posting %d is missing", r.posting)
		}
		r.open = p
	}
	r.lines = append(r.lines, p.line)
	return r.apply(ledger.Op(p.op), p.line)
}

// seal checks the link of the posting whose lines are complete.
func (r *replay) seal() error {
	if p := r.open; p != nil {
		r.chain = ledger.Link(r.chain, p.key, ledger.Op(p.op), p.memo, p.at, r.lines)
		if !bytes.Equal(r.chain, p.chain) {
			return wrong("posting %d (%q) does not fit the hash chain", p.num, p.key)
		}
		r.open, r.lines = nil, r.lines[:0]
	}
	return nil
}

func (r *replay) apply(op ledger.Op, l ledger.Line) error {
	h := r.holds[l.HoldID]
	if op != ledger.Transfer && op != ledger.Hold && h == nil {
		return wrong("hold %q is used before it was made", l.HoldID)
	}
	switch op {
	case ledger.Hold:
		r.holds[l.HoldID] = &ledger.HoldRow{ID: l.HoldID, From: l.From, To: l.To, Amount: l.Amount, State: ledger.Held}
		r.reserved[l.From] += l.Amount
		return nil
	case ledger.Void, ledger.Capture:
		if h.State != ledger.Held {
			return wrong("hold %q ends twice", l.HoldID)
		}
		r.reserved[h.From] -= h.Amount
		if h.State = ledger.Voided; op == ledger.Void {
			return nil
		}
		h.State, h.Captured = ledger.Captured, l.Amount
		if l.Amount > h.Amount {
			return wrong("hold %q is captured beyond its amount", l.HoldID)
		}
	case ledger.Refund:
		if h.Refunded += l.Amount; h.State != ledger.Captured || h.Refunded > h.Captured {
			return wrong("hold %q is refunded beyond its capture", l.HoldID)
		}
		if h.Refunded == h.Captured {
			h.State = ledger.Refunded
		}
	}
	r.posted[l.From] -= l.Amount
	r.posted[l.To] += l.Amount
	return nil
}

func (r *replay) accounts(ctx context.Context, tx *sql.Tx, query string) error {
	accounts, err := collect(ctx, tx, func(s row) (a ledger.Account, err error) {
		return a, s.Scan(&a.ID, &a.Currency, &a.Overdraft, &a.Posted, &a.Reserved)
	}, query)
	if err != nil {
		return err
	}
	sums := map[string]int64{}
	for _, a := range accounts {
		if a.Posted != r.posted[a.ID] || a.Reserved != r.reserved[a.ID] {
			return wrong("account %q has %d/%d, its entries say %d/%d", a.ID, a.Posted, a.Reserved, r.posted[a.ID], r.reserved[a.ID])
		}
		if !a.Overdraft && a.Posted < a.Reserved {
			return wrong("account %q is overdrawn", a.ID)
		}
		sums[a.Currency] += a.Posted
	}
	for currency, sum := range sums {
		if sum != 0 {
			return wrong("the accounts in %s sum to %d, not zero", currency, sum)
		}
	}
	return nil
}

func (r *replay) checkHolds(ctx context.Context, tx *sql.Tx, query string) error {
	holds, err := collect(ctx, tx, scanHold, query)
	if err != nil {
		return err
	}
	if len(holds) != len(r.holds) {
		return wrong("there are %d holds, the entries say %d", len(holds), len(r.holds))
	}
	for _, h := range holds {
		d := r.holds[h.ID]
		if d == nil || d.From != h.From || d.To != h.To || d.Amount != h.Amount ||
			d.State != h.State || d.Captured != h.Captured || d.Refunded != h.Refunded {
			return wrong("hold %q is not what its entries say", h.ID)
		}
	}
	return nil
}
