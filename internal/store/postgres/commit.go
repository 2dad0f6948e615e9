package postgres

import (
	"context"

	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/store/sqldb"
	"github.com/jackc/pgx/v5"
)

type (
	record  = store.Record
	event   = store.Event
	account = sqldb.Account
	entry   = sqldb.EntryRow
)

// Commit implements sqldb.Tx: everything and the COMMIT in one round trip.
func (t *transaction) Commit(ctx context.Context, c *sqldb.Changes) error {
	b := &pgx.Batch{}
	t.accounts(b, c.Opened, c.Accounts)
	t.entries(b, c)
	t.holds(b, c.Holds)
	t.records(b, c)
	t.events(b, c)
	b.Queue(t.q["put_node"], t.node, c.Batch, c.At)
	b.Queue(t.q["put_head"], c.Head.Posting, c.Head.Entry, c.Head.Account, c.Head.Settled, c.Head.Chain)
	b.Queue("COMMIT")
	if err := t.conn.SendBatch(ctx, b).Close(); err != nil {
		return judge(err, true)
	}
	t.open = false
	return nil
}

func (t *transaction) accounts(b *pgx.Batch, added, changed []*account) {
	num := func(a *account) int64 { return a.Num }
	posted := func(a *account) int64 { return a.Posted }
	reserved := func(a *account) int64 { return a.Reserved }
	entries := func(a *account) int64 { return a.Entries }
	last := func(a *account) int64 { return a.Last }
	if len(added) > 0 {
		b.Queue(t.q["add_accounts"], column(added, num), column(added, func(a *account) string { return a.ID }),
			column(added, func(a *account) string { return a.Currency }), column(added, func(a *account) bool { return a.Overdraft }),
			column(added, posted), column(added, reserved), column(added, entries), column(added, last))
	}
	if len(changed) > 0 {
		b.Queue(t.q["set_accounts"], column(changed, num), column(changed, posted), column(changed, reserved),
			column(changed, entries), column(changed, last))
	}
}

func (t *transaction) entries(b *pgx.Batch, c *sqldb.Changes) {
	if len(c.Entries) > 0 {
		b.Queue(t.q["add_entries"],
			column(c.Entries, func(e entry) int64 { return e.Seq }), column(c.Entries, func(e entry) int64 { return e.Posting }),
			column(c.Entries, func(e entry) int64 { return e.Leg }), column(c.Entries, func(e entry) string { return e.Op }),
			column(c.Entries, func(e entry) string { return e.Hold }), column(c.Entries, func(e entry) int64 { return e.From }),
			column(c.Entries, func(e entry) int64 { return e.To }), column(c.Entries, func(e entry) int64 { return e.Amount }),
			column(c.Entries, func(e entry) int64 { return e.FromPrev }), column(c.Entries, func(e entry) int64 { return e.ToPrev }),
			column(c.Entries, func(e entry) *string { return first(&e, e.Key) }), column(c.Entries, func(e entry) []byte { return e.Hash }),
			column(c.Entries, func(e entry) *string { return first(&e, e.Memo) }), column(c.Entries, func(e entry) []byte { return e.Chain }),
			c.At)
	}
	if len(c.Waypoints) > 0 {
		b.Queue(t.q["add_waypoints"], column(c.Waypoints, func(w sqldb.Waypoint) int64 { return w.Account }),
			column(c.Waypoints, func(w sqldb.Waypoint) int64 { return w.Seq }))
	}
}

// first is a value that only the first leg of a posting carries.
func first(e *entry, s string) *string {
	if e.Leg > 0 {
		return nil
	}
	return &s
}

func (t *transaction) holds(b *pgx.Batch, holds []sqldb.HoldRow) {
	if len(holds) == 0 {
		return
	}
	b.Queue(t.q["put_holds"],
		column(holds, func(h sqldb.HoldRow) string { return h.ID }),
		column(holds, func(h sqldb.HoldRow) int64 { return h.Src }),
		column(holds, func(h sqldb.HoldRow) int64 { return h.Dst }),
		column(holds, func(h sqldb.HoldRow) int64 { return h.Amount }),
		column(holds, func(h sqldb.HoldRow) int64 { return h.Captured }),
		column(holds, func(h sqldb.HoldRow) int64 { return h.Refunded }),
		column(holds, func(h sqldb.HoldRow) string { return string(h.State) }),
		column(holds, func(h sqldb.HoldRow) bool { return h.Expired }),
		column(holds, func(h sqldb.HoldRow) int64 { return h.Expires }))
}

func (t *transaction) records(b *pgx.Batch, c *sqldb.Changes) {
	if puts := c.Puts; len(puts) > 0 {
		b.Queue(t.q["put_records"],
			column(puts, func(r record) string { return r.Kind }), column(puts, func(r record) string { return r.ID }),
			column(puts, func(r record) string { return r.Owner }), column(puts, func(r record) string { return r.Group }),
			column(puts, func(r record) int64 { return r.Version }), column(puts, func(r record) string { return string(r.Data) }), c.At)
	}
	if len(c.Deletes) > 0 {
		b.Queue(t.q["delete_records"],
			column(c.Deletes, func(k sqldb.RecordKey) string { return k.Kind }),
			column(c.Deletes, func(k sqldb.RecordKey) string { return k.ID }))
	}
}

func (t *transaction) events(b *pgx.Batch, c *sqldb.Changes) {
	if len(c.Events) == 0 {
		return
	}
	stream := func(e event) string { return e.Stream }
	b.Queue(t.q["add_events"], column(c.Events, stream),
		column(c.Events, func(e event) int64 { return e.Seq }), column(c.Events, func(e event) string { return e.Type }),
		column(c.Events, func(e event) string { return string(e.Data) }), c.At)
	b.Queue(t.q["notify"], distinct(column(c.Events, stream)))
}

// column is one field of every row.
func column[R, V any](rows []R, field func(R) V) []V {
	out := make([]V, len(rows))
	for i, r := range rows {
		out[i] = field(r)
	}
	return out
}

func distinct(names []string) []string {
	seen := map[string]bool{}
	out := names[:0]
	for _, n := range names {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}
