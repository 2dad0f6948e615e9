package sqldb

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
)

// replay re-derives accounts and holds from the entries alone.
type replay struct {
	rows           map[int64]*accountRow
	holds          map[string]*ledger.HoldRow
	chain          []byte
	posting, entry int64
	settled        int64
	waypoints      []Waypoint

	open  *postingLine // the first leg of the posting whose lines are being gathered
	lines []ledger.Line
}

// accountRow is an account as its row says and, beside it, as its entries say.
type accountRow struct {
	Account
	derived Account
	met     bool // the entry that the row is of came by
}

type postingLine struct {
	num, leg      int64
	key, op, memo string
	at            int64
	hash, chain   []byte
	seq, src, dst int64
	prev          [2]int64
	line          ledger.Line
}

var _ ledger.Auditor = book{}

// Verify implements ledger.Ledger.
func (b book) Verify(ctx context.Context) error {
	_, err := b.Audit(ctx)
	return err
}

// Audit reads one snapshot: what is being written meanwhile neither shows nor waits.
func (b book) Audit(ctx context.Context) (ledger.Audit, error) {
	tx, err := b.db.read.BeginTx(ctx, &sql.TxOptions{Isolation: snapshot(b.db.mark), ReadOnly: true})
	if err != nil {
		return ledger.Audit{}, failed("verify", err)
	}
	defer tx.Rollback()
	r := &replay{rows: map[int64]*accountRow{}, holds: map[string]*ledger.HoldRow{}, chain: ledger.Genesis()}
	var head Head
	err = tx.QueryRowContext(ctx, b.db.q["verify_head"]).Scan(&head.Posting, &head.Entry, &head.Account, &head.Settled, &head.Chain)
	if err != nil {
		return ledger.Audit{}, failed("verify", err)
	}
	r.settled = head.Settled
	for _, part := range []func() error{
		func() error { return r.load(ctx, tx, b.db.q["verify_accounts"]) },
		func() error { return r.entries(ctx, tx, b.db.q["verify_lines"]) },
		func() error { return r.end(head) },
		r.sums,
		func() error { return r.checkWaypoints(ctx, tx, b.db.q["verify_waypoints"]) },
		func() error { return r.checkHolds(ctx, tx, b.db.q["verify_holds"]) },
		func() error { return r.checkMemory(b.db.writer.books) },
	} {
		if err := part(); err != nil {
			return ledger.Audit{}, err
		}
	}
	return r.audit(), nil
}

// end checks that the entries end where the writer left them.
func (r *replay) end(h Head) error {
	if h.Posting != r.posting || h.Entry != r.entry || !bytes.Equal(h.Chain, r.chain) || h.Account != int64(len(r.rows)) || h.Settled > h.Entry {
		return wrong("the end of the entries is not where the writer left it")
	}
	return nil
}

func (r *replay) audit() ledger.Audit {
	a := ledger.Audit{Postings: r.posting, Entries: r.entry, Accounts: len(r.rows), Holds: len(r.holds),
		Moved: map[string]int64{}, Chain: hex.EncodeToString(r.chain)}
	for _, row := range r.rows {
		a.Moved[row.Currency] += max(0, row.derived.Posted)
	}
	return a
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

func (r *replay) load(ctx context.Context, tx *sql.Tx, query string) error {
	rows, err := collect(ctx, tx, func(s row) (*accountRow, error) {
		a := &accountRow{}
		err := s.Scan(&a.Num, &a.ID, &a.Currency, &a.Overdraft, &a.Posted, &a.Reserved, &a.Entries, &a.Last)
		return a, err
	}, query)
	for _, a := range rows {
		r.rows[a.Num] = a
	}
	return err
}

func (r *replay) entries(ctx context.Context, tx *sql.Tx, query string) error {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return failed("verify", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p postingLine
		err := rows.Scan(&p.num, &p.leg, &p.op, &p.at, &p.seq, &p.line.HoldID, &p.src, &p.dst, &p.line.Amount, &p.prev[0], &p.prev[1], &p.key, &p.memo, &p.hash, &p.chain)
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
	if p.leg == 0 {
		if err := r.seal(); err != nil {
			return err
		}
		if r.posting++; p.num != r.posting {
			return wrong("posting %d is missing", r.posting)
		}
		r.open = p
	}
	if p.leg > 0 && (p.key != "" || p.memo != "" || p.hash != nil || p.chain != nil) {
		return wrong("entry %d carries what belongs to the first leg of its posting", p.seq)
	}
	if r.open == nil || p.num != r.posting || p.leg != int64(len(r.lines)) || p.op != r.open.op || p.at != r.open.at {
		return wrong("entry %d is no leg of posting %d", p.seq, r.posting)
	}
	from, to := r.rows[p.src], r.rows[p.dst]
	if from == nil || to == nil {
		return wrong("entry %d names an account that is not there", p.seq)
	}
	p.line.From, p.line.To, p.line.FromNum, p.line.ToNum = from.ID, to.ID, p.src, p.dst
	r.lines = append(r.lines, p.line)
	if err := r.apply(ledger.Op(p.op), p.line, &from.derived, &to.derived); err != nil {
		return err
	}
	if d := &from.derived; d.Reserved < 0 || (!from.Overdraft && d.Posted < d.Reserved) {
		return wrong("entry %d overdraws account %q", p.seq, from.ID)
	}
	if err := r.link(p.seq, p.prev[0], from); err != nil {
		return err
	}
	return r.link(p.seq, p.prev[1], to)
}

// link checks an entry's place in the list of one of its accounts, and the account's row where it is of that entry.
func (r *replay) link(seq, prev int64, a *accountRow) error {
	if prev != a.derived.Last {
		return wrong("entry %d says that entry %d came before it on account %q; it was %d", seq, prev, a.ID, a.derived.Last)
	}
	d := &a.derived
	d.Last = seq
	if d.Entries++; d.Entries%WaypointEvery == 0 {
		r.waypoints = append(r.waypoints, Waypoint{a.Num, seq})
	}
	if seq > a.Last && seq <= r.settled {
		return wrong("account %q does not know its entry %d", a.ID, seq)
	}
	if seq == a.Last {
		a.met = true
		return a.check()
	}
	return nil
}

// check compares the row with what the entries say up to the one that the row is of.
func (a *accountRow) check() error {
	d := &a.derived
	if a.Posted != d.Posted || a.Reserved != d.Reserved || a.Entries != d.Entries || a.Last != d.Last {
		return wrong("account %q has %d/%d after %d entries, its entries say %d/%d after %d", a.ID, a.Posted, a.Reserved, a.Entries,
			d.Posted, d.Reserved, d.Entries)
	}
	return nil
}

// seal checks the link of the posting whose lines are complete.
func (r *replay) seal() error {
	if p := r.open; p != nil {
		r.chain = ledger.Link(r.chain, p.key, ledger.Op(p.op), p.memo, p.at, r.lines)
		if !bytes.Equal(r.chain, p.chain) {
			return wrong("posting %d (%q) does not fit the hash chain", p.num, p.key)
		}
		if !bytes.Equal(p.hash, r.inputs()) {
			return wrong("posting %d (%q) does not fit the hash of its inputs", p.num, p.key)
		}
		r.open, r.lines = nil, r.lines[:0]
	}
	return nil
}

// inputs is the hash that the open posting must have been stored with.
func (r *replay) inputs() []byte {
	if strings.HasPrefix(r.open.key, ledger.OwnPrefix) {
		return r.chain
	}
	p := ledger.Posting{Op: ledger.Op(r.open.op), Memo: r.open.memo, Legs: make([]ledger.Leg, len(r.lines))}
	for i, l := range r.lines {
		p.Legs[i] = ledger.Leg{ID: l.HoldID, From: l.From, To: l.To, Amount: money.Of(l.Amount, r.rows[l.FromNum].Currency)}
	}
	hash := p.Hash()
	return hash[:]
}

func (r *replay) apply(op ledger.Op, l ledger.Line, from, to *Account) error {
	h := r.holds[l.HoldID]
	if op != ledger.Transfer && op != ledger.Hold && h == nil {
		return wrong("hold %q is used before it was made", l.HoldID)
	}
	switch op {
	case ledger.Hold:
		r.holds[l.HoldID] = &ledger.HoldRow{ID: l.HoldID, From: l.From, To: l.To, Amount: l.Amount, State: ledger.Held}
		from.Reserved += l.Amount
		return nil
	case ledger.Void, ledger.Capture:
		if h.State != ledger.Held || h.From != l.From || h.To != l.To {
			return wrong("hold %q ends twice or elsewhere", l.HoldID)
		}
		from.Reserved -= h.Amount
		if h.State = ledger.Voided; op == ledger.Void {
			return nil
		}
		h.State, h.Captured = ledger.Captured, l.Amount
		if l.Amount > h.Amount {
			return wrong("hold %q is captured beyond its amount", l.HoldID)
		}
	case ledger.Refund:
		if h.Refunded += l.Amount; h.State != ledger.Captured || h.Refunded > h.Captured || h.From != l.To || h.To != l.From {
			return wrong("hold %q is refunded beyond its capture, or elsewhere", l.HoldID)
		}
		if h.Refunded == h.Captured {
			h.State = ledger.Refunded
		}
	}
	from.Posted -= l.Amount
	to.Posted += l.Amount
	return nil
}

// sums checks what is left when all entries are in: accounts whose row no entry confirmed, and the zero.
func (r *replay) sums() error {
	sums := map[string]int64{}
	for _, a := range r.rows {
		if a.met != (a.Last != 0) || (a.Last == 0 && (a.Posted != 0 || a.Reserved != 0 || a.Entries != 0)) {
			return wrong("account %q has a balance that no entry made", a.ID)
		}
		sums[a.Currency] += a.derived.Posted
	}
	for currency, sum := range sums {
		if sum != 0 {
			return wrong("the accounts in %s sum to %d, not zero", currency, sum)
		}
	}
	return nil
}

func (r *replay) checkWaypoints(ctx context.Context, tx *sql.Tx, query string) error {
	have, err := collect(ctx, tx, func(s row) (w Waypoint, err error) { return w, s.Scan(&w.Account, &w.Seq) }, query)
	if err != nil {
		return err
	}
	slices.SortFunc(r.waypoints, func(a, b Waypoint) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Seq, b.Seq))
	})
	if !slices.Equal(have, r.waypoints) {
		return wrong("the %d waypoints of accounts are not the %d that their entries say", len(have), len(r.waypoints))
	}
	return nil
}

// checkMemory compares what the writer remembers, where it is of the same entry: a writer at work may have moved on.
func (r *replay) checkMemory(b *books) error {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.head.Entry != r.entry {
		return nil
	}
	for num, have := range b.nums {
		a := r.rows[num]
		if a == nil || a.ID != have.ID {
			return wrong("the writer remembers account %q, which is not there", have.ID)
		}
		row := accountRow{Account: *have, derived: a.derived}
		if err := row.check(); err != nil {
			return fault.New(fault.Internal, "the writer's memory: %w", err).WithHint("restart; it is built anew from the entries")
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
