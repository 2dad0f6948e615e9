package sqlite

import (
	"context"

	"github.com/bangwo/bangwo/internal/store/sqldb"

	"zombiezen.com/go/sqlite"
)

// Commit implements sqldb.Tx. Every row is one run of a prepared statement; what a commit waits for is the one flush.
func (t *transaction) Commit(_ context.Context, c *sqldb.Changes) error {
	for _, store := range []func(*sqldb.Changes) error{t.accounts, t.entries, t.holds, t.records, t.head} {
		if err := store(c); err != nil {
			return err
		}
	}
	if err := run(t.stmt["commit"]); err != nil {
		return err
	}
	t.done = true
	return nil
}

func (t *transaction) accounts(c *sqldb.Changes) error {
	for _, a := range c.Opened {
		s := t.stmt["add_account"]
		s.BindInt64(1, a.Num)
		s.BindText(2, a.ID)
		s.BindText(3, a.Currency)
		s.BindBool(4, a.Overdraft)
		s.BindInt64(5, a.Posted)
		s.BindInt64(6, a.Reserved)
		s.BindInt64(7, a.Entries)
		s.BindInt64(8, a.Last)
		if err := run(s); err != nil {
			return err
		}
	}
	s := t.hot.account
	for _, a := range c.Accounts {
		s.BindInt64(1, a.Num)
		s.BindInt64(2, a.Posted)
		s.BindInt64(3, a.Reserved)
		s.BindInt64(4, a.Entries)
		s.BindInt64(5, a.Last)
		if err := run(s); err != nil {
			return err
		}
	}
	return nil
}

func (t *transaction) entries(c *sqldb.Changes) error {
	s := t.hot.entry
	for i := range c.Entries {
		e := &c.Entries[i]
		s.BindInt64(1, e.Seq)
		s.BindInt64(2, e.Posting)
		s.BindInt64(3, e.Leg)
		s.BindText(4, e.Op)
		s.BindInt64(5, c.At)
		s.BindText(6, e.Hold)
		s.BindInt64(7, e.From)
		s.BindInt64(8, e.To)
		s.BindInt64(9, e.Amount)
		s.BindInt64(10, e.FromPrev)
		s.BindInt64(11, e.ToPrev)
		bindFirst(s, e)
		if err := run(s); err != nil {
			return err
		}
	}
	for _, w := range c.Waypoints {
		s := t.stmt["add_waypoint"]
		s.BindInt64(1, w.Account)
		s.BindInt64(2, w.Seq)
		if err := run(s); err != nil {
			return err
		}
	}
	return nil
}

// bindFirst binds what only the first leg of a posting carries.
func bindFirst(s *sqlite.Stmt, e *sqldb.EntryRow) {
	if e.Leg > 0 {
		for i := 12; i <= 15; i++ {
			s.BindNull(i)
		}
		return
	}
	s.BindText(12, e.Key)
	s.BindBytes(13, e.Hash)
	s.BindText(14, e.Memo)
	s.BindBytes(15, e.Chain)
}

func (t *transaction) holds(c *sqldb.Changes) error {
	s := t.stmt["put_hold"]
	for _, h := range c.Holds {
		s.BindText(1, h.ID)
		s.BindInt64(2, h.Src)
		s.BindInt64(3, h.Dst)
		s.BindInt64(4, h.Amount)
		s.BindInt64(5, h.Captured)
		s.BindInt64(6, h.Refunded)
		s.BindText(7, string(h.State))
		s.BindBool(8, h.Expired)
		s.BindInt64(9, h.Expires)
		if err := run(s); err != nil {
			return err
		}
	}
	return nil
}

func (t *transaction) records(c *sqldb.Changes) error {
	s := t.stmt["put_record"]
	for i := range c.Puts {
		r := &c.Puts[i]
		s.BindText(1, r.Kind)
		s.BindText(2, r.ID)
		s.BindText(3, r.Owner)
		s.BindText(4, r.Group)
		s.BindInt64(5, r.Version)
		s.BindText(6, string(r.Data))
		s.BindInt64(7, c.At)
		if err := run(s); err != nil {
			return err
		}
	}
	s = t.stmt["delete_record"]
	for _, k := range c.Deletes {
		s.BindText(1, k.Kind)
		s.BindText(2, k.ID)
		if err := run(s); err != nil {
			return err
		}
	}
	s = t.stmt["add_event"]
	for i := range c.Events {
		e := &c.Events[i]
		s.BindText(1, e.Stream)
		s.BindInt64(2, e.Seq)
		s.BindText(3, e.Type)
		s.BindText(4, string(e.Data))
		s.BindInt64(5, c.At)
		if err := run(s); err != nil {
			return err
		}
	}
	return nil
}

func (t *transaction) head(c *sqldb.Changes) error {
	s := t.stmt["put_head"]
	s.BindInt64(1, c.Head.Posting)
	s.BindInt64(2, c.Head.Entry)
	s.BindInt64(3, c.Head.Account)
	s.BindInt64(4, c.Head.Settled)
	s.BindBytes(5, c.Head.Chain)
	return run(s)
}
