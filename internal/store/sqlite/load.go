package sqlite

import (
	"context"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store/sqldb"

	"zombiezen.com/go/sqlite"
)

// Load implements sqldb.Tx. No batch number is kept: a commit's outcome is never unknown here.
func (t *transaction) Load(ctx context.Context, n *sqldb.Need) (*sqldb.Have, error) {
	h := sqldb.NewHave()
	err := t.each("head", func(s *sqlite.Stmt) {
		h.Head = sqldb.Head{Posting: s.ColumnInt64(0), Entry: s.ColumnInt64(1), Account: s.ColumnInt64(2), Settled: s.ColumnInt64(3), Chain: blob(s, 4)}
	})
	if err != nil {
		return nil, err
	}
	if err := t.loadTail(n, h); err != nil {
		return nil, err
	}
	if err := t.loadHolds(n, h); err != nil {
		return nil, err
	}
	for _, id := range n.Accounts {
		if err := t.loadAccount(h, "account", id); err != nil {
			return nil, err
		}
	}
	if h.Keys, err = t.Used(ctx, n.Keys); err != nil {
		return nil, err
	}
	for _, k := range n.Records {
		if err := t.each("record", func(s *sqlite.Stmt) { h.Records[k] = s.ColumnInt64(0) }, k.Kind, k.ID); err != nil {
			return nil, err
		}
	}
	for _, stream := range n.Streams {
		if err := t.each("stream", func(s *sqlite.Stmt) { h.Streams[stream] = s.ColumnInt64(0) }, stream); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// Used implements sqldb.Tx.
func (t *transaction) Used(_ context.Context, keys []string) (map[string][]byte, error) {
	used := map[string][]byte{}
	for _, key := range keys {
		if err := t.each("key", func(s *sqlite.Stmt) { used[key] = blob(s, 0) }, key); err != nil {
			return nil, err
		}
	}
	return used, nil
}

// loadTail loads what was written since the asker last looked, and the accounts that it touches. While this process
// alone writes there is nothing.
func (t *transaction) loadTail(n *sqldb.Need, h *sqldb.Have) error {
	if h.Head.Entry == n.Since {
		return nil
	}
	nums := map[int64]bool{}
	err := t.each("tail", func(s *sqlite.Stmt) {
		r := sqldb.TailRow{Seq: s.ColumnInt64(0), Op: ledger.Op(s.ColumnText(1)), From: s.ColumnInt64(2), To: s.ColumnInt64(3),
			Amount: s.ColumnInt64(4), Held: s.ColumnInt64(5)}
		h.Tail = append(h.Tail, r)
		nums[r.From], nums[r.To] = true, true
	}, max(n.Since, h.Head.Settled))
	if err != nil {
		return err
	}
	for num := range nums {
		if err := t.loadAccount(h, "account_num", num); err != nil {
			return err
		}
	}
	return nil
}

// loadHolds loads the holds that are named and those that are due, with the accounts of both.
func (t *transaction) loadHolds(n *sqldb.Need, h *sqldb.Have) error {
	err := t.each("due", func(s *sqlite.Stmt) { h.Due = append(h.Due, s.ColumnText(0)) }, n.Due, int64(sqldb.MaxDue))
	if err != nil {
		return err
	}
	for _, ids := range [][]string{h.Due, n.Holds} {
		for _, id := range ids {
			if err := t.loadHold(n, h, id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *transaction) loadHold(n *sqldb.Need, h *sqldb.Have, id string) error {
	err := t.each("hold", func(s *sqlite.Stmt) {
		h.Holds[id] = &ledger.HoldRow{ID: s.ColumnText(0), From: s.ColumnText(1), To: s.ColumnText(2), Amount: s.ColumnInt64(3),
			Captured: s.ColumnInt64(4), Refunded: s.ColumnInt64(5), State: ledger.HoldState(s.ColumnText(6)),
			Expired: s.ColumnBool(7), Expires: s.ColumnInt64(8)}
	}, id)
	if err != nil || h.Holds[id] == nil {
		return err
	}
	for _, account := range []string{h.Holds[id].From, h.Holds[id].To} {
		if h.Accounts[account] == nil && !n.Known(account) {
			if err := t.loadAccount(h, "account", account); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *transaction) loadAccount(h *sqldb.Have, query string, by any) error {
	return t.each(query, func(s *sqlite.Stmt) {
		a := &sqldb.Account{Account: ledger.Account{Num: s.ColumnInt64(0), ID: s.ColumnText(1), Currency: s.ColumnText(2),
			Overdraft: s.ColumnBool(3), Posted: s.ColumnInt64(4), Reserved: s.ColumnInt64(5)}, Entries: s.ColumnInt64(6), Last: s.ColumnInt64(7)}
		a.Stored = a.Last
		h.Accounts[a.ID] = a
	}, by)
}

func blob(s *sqlite.Stmt, column int) []byte {
	b := make([]byte, s.ColumnLen(column))
	s.ColumnBytes(column, b)
	return b
}
