package sqlite

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store/sqldb"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

//go:embed writer.sql
var writerSQL string

// nodeID names this writer in its file; one process owns a file, so one name is enough.
const nodeID = "file"

// driver holds the one writing connection and its statements.
type driver struct {
	db   *sql.DB
	conn *sql.Conn
	stmt map[string]*sql.Stmt
}

func openWriter(ctx context.Context, path string) (*driver, error) {
	db, err := sql.Open("sqlite", dsn(path, "_pragma=wal_autocheckpoint(4000)&_pragma=cache_size(-65536)&_txlock=immediate"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	d := &driver{db: db, stmt: map[string]*sql.Stmt{}}
	if err := d.prepare(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *driver) prepare(ctx context.Context) error {
	tx, err := d.db.BeginTx(ctx, nil) // immediate: a second process that starts now waits here
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := sqldb.Migrate(ctx, tx, sqldb.SQLite); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	if d.conn, err = d.db.Conn(ctx); err != nil {
		return err
	}
	for name, query := range sqldb.SQLite.Named(writerSQL) {
		if d.stmt[name], err = d.conn.PrepareContext(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

func (d *driver) Close() error {
	var errs []error
	for _, s := range d.stmt {
		errs = append(errs, s.Close())
	}
	if d.conn != nil {
		errs = append(errs, d.conn.Close())
	}
	return errors.Join(append(errs, d.db.Close())...)
}

// Begin implements sqldb.Driver.
func (d *driver) Begin(ctx context.Context) (sqldb.Tx, error) {
	if _, err := d.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return nil, err
	}
	return &transaction{driver: d}, nil
}

// Fate implements sqldb.Driver. A failed fsync leaves the truth unknown to the system itself: writing on could lose
// what was acknowledged, so it ends the writer.
func (d *driver) Fate(err error) sqldb.Fate {
	var e *sqlite.Error
	if errors.As(err, &e) {
		switch e.Code() & 0xff {
		case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
			return sqldb.Again
		case lib.SQLITE_IOERR, lib.SQLITE_FULL, lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB, lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN:
			return sqldb.Dead
		}
		return sqldb.Broken
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return sqldb.Again
	}
	return sqldb.Broken
}

type transaction struct {
	*driver
	done bool
}

func (t *transaction) Rollback() {
	if !t.done {
		t.done = true
		_, _ = t.conn.ExecContext(context.Background(), "ROLLBACK")
	}
}

func (t *transaction) Load(ctx context.Context, n *sqldb.Need) (*sqldb.Have, error) {
	h := &sqldb.Have{
		Keys: map[string][]byte{}, Accounts: map[string]*ledger.Account{}, Holds: map[string]*ledger.HoldRow{},
		Records: map[sqldb.RecordKey]int64{}, Streams: map[string]int64{},
	}
	err := t.stmt["head"].QueryRowContext(ctx, nodeID).
		Scan(&h.Head.Posting, &h.Head.Entry, &h.Head.Account, &h.Head.Chain, &h.Batch)
	if err != nil {
		return nil, err
	}
	if err := t.loadHolds(ctx, n, h); err != nil {
		return nil, err
	}
	if err := t.loadAccounts(ctx, n.Accounts, h); err != nil {
		return nil, err
	}
	err = each(ctx, t.stmt["keys"], n.Keys, func(rows *sql.Rows) error {
		var key string
		var hash []byte
		err := rows.Scan(&key, &hash)
		h.Keys[key] = hash
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := t.loadRecords(ctx, n, h); err != nil {
		return nil, err
	}
	return h, each(ctx, t.stmt["streams"], n.Streams, func(rows *sql.Rows) error {
		var stream string
		var seq int64
		err := rows.Scan(&stream, &seq)
		h.Streams[stream] = seq
		return err
	})
}

// loadHolds loads the holds that are named and those that are due, with the accounts of both.
func (t *transaction) loadHolds(ctx context.Context, n *sqldb.Need, h *sqldb.Have) error {
	rows, err := t.stmt["due"].QueryContext(ctx, n.Due, sqldb.MaxDue)
	if err != nil {
		return err
	}
	if err := scanAll(rows, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		h.Due = append(h.Due, id)
		return err
	}); err != nil {
		return err
	}
	ids := append(h.Due[:len(h.Due):len(h.Due)], n.Holds...)
	var accounts []string
	err = each(ctx, t.stmt["holds"], ids, func(rows *sql.Rows) error {
		r := &ledger.HoldRow{}
		err := rows.Scan(&r.ID, &r.From, &r.To, &r.Amount, &r.Captured, &r.Refunded, &r.State, &r.Expired, &r.Expires)
		h.Holds[r.ID] = r
		accounts = append(accounts, r.From, r.To)
		return err
	})
	if err != nil {
		return err
	}
	return t.loadAccounts(ctx, accounts, h)
}

func (t *transaction) loadAccounts(ctx context.Context, ids []string, h *sqldb.Have) error {
	return each(ctx, t.stmt["accounts"], ids, func(rows *sql.Rows) error {
		a := &ledger.Account{}
		err := rows.Scan(&a.Num, &a.ID, &a.Currency, &a.Overdraft, &a.Posted, &a.Reserved)
		h.Accounts[a.ID] = a
		return err
	})
}

func (t *transaction) loadRecords(ctx context.Context, n *sqldb.Need, h *sqldb.Have) error {
	keys := make([][2]string, len(n.Records))
	for i, k := range n.Records {
		keys[i] = [2]string{k.Kind, k.ID}
	}
	return each(ctx, t.stmt["records"], keys, func(rows *sql.Rows) error {
		var k sqldb.RecordKey
		var version int64
		err := rows.Scan(&k.Kind, &k.ID, &version)
		h.Records[k] = version
		return err
	})
}

// each runs a query over a list that is passed as JSON.
func each[T any](ctx context.Context, s *sql.Stmt, list []T, row func(*sql.Rows) error) error {
	if len(list) == 0 {
		return nil
	}
	encoded, err := json.Marshal(list)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(ctx, string(encoded))
	if err != nil {
		return err
	}
	return scanAll(rows, row)
}

func scanAll(rows *sql.Rows, row func(*sql.Rows) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
