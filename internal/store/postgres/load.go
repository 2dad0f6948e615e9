package postgres

import (
	"context"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store/sqldb"
	"github.com/jackc/pgx/v5"
)

// transaction is one batch under way.
type transaction struct {
	*driver
	open bool // the server may hold a transaction for us
}

// Rollback gives the writer row back. A connection that cannot do that is closed, which does it too.
func (t *transaction) Rollback() {
	if !t.open {
		return
	}
	t.open = false
	ctx, cancel := context.WithTimeout(context.Background(), closeTime)
	defer cancel()
	if _, err := t.conn.Exec(ctx, "ROLLBACK"); err != nil {
		_ = t.driver.Close()
	}
}

// Load implements sqldb.Tx: one round trip, and a second one where holds name accounts that no request named.
// The writer row is locked by a statement of its own, so that all later ones see what the previous writer committed.
func (t *transaction) Load(ctx context.Context, n *sqldb.Need) (*sqldb.Have, error) {
	h := sqldb.NewHave()
	t.open = true
	if err := t.firstTrip(ctx, n, h); err != nil {
		return nil, judge(err, false)
	}
	if err := t.secondTrip(ctx, n, h); err != nil {
		return nil, judge(err, false)
	}
	return h, nil
}

func (t *transaction) firstTrip(ctx context.Context, n *sqldb.Need, h *sqldb.Have) error {
	b := &pgx.Batch{}
	b.Queue("BEGIN")
	b.Queue(t.q["lock"])
	t.queueHead(b, h)
	b.Queue(t.q["due"], n.Due, sqldb.MaxDue).Query(all(func(r pgx.Rows) error {
		var id string
		err := r.Scan(&id)
		h.Due = append(h.Due, id)
		return err
	}))
	t.queueKeys(b, n.Keys, h.Keys)
	t.queueTail(b, n.Since, h)
	if len(n.Accounts) > 0 {
		b.Queue(t.q["accounts"], n.Accounts).Query(accountsInto(h))
	}
	t.queueHolds(b, n.Holds, h)
	t.queueWrites(b, n, h)
	return t.conn.SendBatch(ctx, b).Close()
}

// Used implements sqldb.Tx.
func (t *transaction) Used(ctx context.Context, keys []string) (map[string][]byte, error) {
	used := map[string][]byte{}
	b := &pgx.Batch{}
	t.queueKeys(b, keys, used)
	return used, judge(t.conn.SendBatch(ctx, b).Close(), false)
}

func (t *transaction) queueKeys(b *pgx.Batch, keys []string, used map[string][]byte) {
	if len(keys) == 0 {
		return
	}
	b.Queue(t.q["keys"], keys).Query(all(func(r pgx.Rows) error {
		var key string
		var hash []byte
		err := r.Scan(&key, &hash)
		used[key] = hash
		return err
	}))
}

func (d *driver) queueHead(b *pgx.Batch, h *sqldb.Have) {
	b.Queue(d.q["head"], d.node).QueryRow(func(r pgx.Row) error {
		return r.Scan(&h.Head.Posting, &h.Head.Entry, &h.Head.Account, &h.Head.Settled, &h.Head.Chain, &h.Batch)
	})
}

// Glance implements sqldb.Glancer: one snapshot, no lock.
func (d *driver) Glance(ctx context.Context, since int64) (*sqldb.Have, error) {
	if err := d.connect(ctx); err != nil {
		return nil, err
	}
	h := sqldb.NewHave()
	b := &pgx.Batch{}
	b.Queue("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
	d.queueHead(b, h)
	d.queueTail(b, since, h)
	b.Queue("COMMIT")
	if err := d.conn.SendBatch(ctx, b).Close(); err != nil {
		(&transaction{driver: d, open: true}).Rollback()
		return nil, judge(err, false)
	}
	return h, nil
}

// queueTail asks for what other nodes wrote since this one last looked, and for the accounts that it touches.
func (d *driver) queueTail(b *pgx.Batch, since int64, h *sqldb.Have) {
	b.Queue(d.q["tail"], since).Query(all(func(r pgx.Rows) error {
		var x sqldb.TailRow
		err := r.Scan(&x.Seq, &x.Op, &x.From, &x.To, &x.Amount, &x.Held)
		h.Tail = append(h.Tail, x)
		return err
	}))
	b.Queue(d.q["tail_accounts"], since).Query(accountsInto(h))
}

// queueWrites asks for the versions of records and the ends of streams.
func (t *transaction) queueWrites(b *pgx.Batch, n *sqldb.Need, h *sqldb.Have) {
	if len(n.Records) > 0 {
		kinds, ids := make([]string, len(n.Records)), make([]string, len(n.Records))
		for i, k := range n.Records {
			kinds[i], ids[i] = k.Kind, k.ID
		}
		b.Queue(t.q["records"], kinds, ids).Query(all(func(r pgx.Rows) error {
			var k sqldb.RecordKey
			var version int64
			err := r.Scan(&k.Kind, &k.ID, &version)
			h.Records[k] = version
			return err
		}))
	}
	if len(n.Streams) > 0 {
		b.Queue(t.q["streams"], n.Streams).Query(all(func(r pgx.Rows) error {
			var stream string
			var seq int64
			err := r.Scan(&stream, &seq)
			h.Streams[stream] = seq
			return err
		}))
	}
}

// secondTrip loads the holds that are due and the accounts of all holds.
func (t *transaction) secondTrip(ctx context.Context, n *sqldb.Need, h *sqldb.Have) error {
	if len(h.Due) > 0 {
		b := &pgx.Batch{}
		t.queueHolds(b, h.Due, h)
		if err := t.conn.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
	}
	missing := map[string]bool{}
	for _, hold := range h.Holds {
		for _, id := range []string{hold.From, hold.To} {
			if h.Accounts[id] == nil && !n.Known(id) {
				missing[id] = true
			}
		}
	}
	ids := make([]string, 0, len(missing))
	for id := range missing {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil
	}
	b := &pgx.Batch{}
	b.Queue(t.q["accounts"], ids).Query(accountsInto(h))
	return t.conn.SendBatch(ctx, b).Close()
}

func accountsInto(h *sqldb.Have) func(pgx.Rows) error {
	return all(func(r pgx.Rows) error {
		a := &sqldb.Account{}
		err := r.Scan(&a.Num, &a.ID, &a.Currency, &a.Overdraft, &a.Posted, &a.Reserved, &a.Entries, &a.Last)
		a.Stored = a.Last
		h.Accounts[a.ID] = a
		return err
	})
}

func (t *transaction) queueHolds(b *pgx.Batch, ids []string, h *sqldb.Have) {
	if len(ids) == 0 {
		return
	}
	b.Queue(t.q["holds"], ids).Query(all(func(r pgx.Rows) error {
		x := &ledger.HoldRow{}
		err := r.Scan(&x.ID, &x.From, &x.To, &x.Amount, &x.Captured, &x.Refunded, &x.State, &x.Expired, &x.Expires)
		h.Holds[x.ID] = x
		return err
	}))
}

func all(row func(pgx.Rows) error) func(pgx.Rows) error {
	return func(rows pgx.Rows) error {
		for rows.Next() {
			if err := row(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	}
}
