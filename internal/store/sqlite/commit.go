package sqlite

import (
	"context"

	"github.com/bangwo/bangwo/internal/store/sqldb"
)

// Commit implements sqldb.Tx. Every row is one run of a prepared statement; what costs is the one fsync at the end.
func (t *transaction) Commit(ctx context.Context, c *sqldb.Changes) error {
	w := &rowWriter{ctx: ctx, t: t}
	for _, a := range c.Opened {
		w.run("add_account", a.Num, a.ID, a.Currency, a.Overdraft, a.Posted, a.Reserved)
	}
	for _, a := range c.Accounts {
		w.run("set_account", a.Num, a.Posted, a.Reserved)
	}
	for i := range c.Postings {
		p := &c.Postings[i]
		w.run("add_posting", p.Num, p.Key, p.Hash, p.Op, p.Memo, c.At, p.Chain)
	}
	for i := range c.Entries {
		e := &c.Entries[i]
		w.run("add_entry", e.Seq, e.Posting, e.Hold, e.From, e.To, e.Amount)
	}
	for _, h := range c.Holds {
		w.run("put_hold", h.ID, h.Src, h.Dst, h.Amount, h.Captured, h.Refunded, string(h.State), h.Expired, h.Expires)
	}
	for i := range c.Puts {
		r := &c.Puts[i]
		w.run("put_record", r.Kind, r.ID, r.Owner, r.Group, r.Version, string(r.Data), c.At)
	}
	for _, k := range c.Deletes {
		w.run("delete_record", k.Kind, k.ID)
	}
	for i := range c.Events {
		e := &c.Events[i]
		w.run("add_event", e.Stream, e.Seq, e.Type, string(e.Data), c.At)
	}
	w.run("put_head", c.Head.Posting, c.Head.Entry, c.Head.Account, c.Head.Chain)
	if w.err != nil {
		return w.err
	}
	_, err := t.conn.ExecContext(ctx, "COMMIT")
	t.done = err == nil
	return err
}

// rowWriter runs statements until one fails.
type rowWriter struct {
	ctx context.Context
	t   *transaction
	err error
}

func (w *rowWriter) run(name string, args ...any) {
	if w.err == nil {
		_, w.err = w.t.stmt[name].ExecContext(w.ctx, args...)
	}
}
