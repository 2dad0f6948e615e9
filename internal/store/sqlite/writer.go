package sqlite

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"github.com/bangwo/bangwo/internal/store/sqldb"

	driverlib "modernc.org/sqlite"
	"zombiezen.com/go/sqlite"
)

//go:embed writer.sql
var writerSQL string

// settings of the writing connection. The log is copied back into the file every 4,000 pages: 16 MB.
var settings = []string{
	"PRAGMA synchronous = FULL",
	"PRAGMA wal_autocheckpoint = 4000",
	"PRAGMA cache_size = -65536",
}

// driver holds the one writing connection and its statements. It talks to SQLite directly: a batch is thousands of
// statements, and database/sql would cost as much as they do.
type driver struct {
	conn *sqlite.Conn
	stmt map[string]*sqlite.Stmt
	hot  hotStatements
}

// hotStatements are those that run for each entry.
type hotStatements struct{ entry, account *sqlite.Stmt }

func openWriter(ctx context.Context, path, vfs string) (*driver, error) {
	// What fsync forces beyond the data and the size, the time of the last change, is half of what a commit waits for.
	if _, err := driverlib.Fdatasync(true); err != nil && !errors.Is(err, driverlib.ErrFdatasyncUnavailable) {
		return nil, err
	}
	schema, err := migrate(ctx, path, vfs)
	if err != nil {
		return nil, err
	}
	defer schema.Close() // not before the file is open again: the last to close it folds its log away
	conn, err := sqlite.OpenConn(uri(path, vfs), sqlite.OpenReadWrite, sqlite.OpenURI)
	if err != nil {
		return nil, err
	}
	d := &driver{conn: conn, stmt: map[string]*sqlite.Stmt{}}
	conn.SetBusyTimeout(busyMillis * time.Millisecond)
	for _, pragma := range settings {
		if err := d.exec(pragma); err != nil {
			return nil, errors.Join(err, d.Close())
		}
	}
	for name, query := range sqldb.SQLite.Named(writerSQL) {
		if d.stmt[name], err = conn.Prepare(query); err != nil {
			return nil, errors.Join(err, d.Close())
		}
	}
	d.hot = hotStatements{d.stmt["add_entry"], d.stmt["set_account"]}
	return d, nil
}

// Bounds of opening a file that other processes open too.
const (
	openTries = 100
	openPause = 50 * time.Millisecond
)

func busy(err error) bool {
	var e *driverlib.Error
	return errors.As(err, &e) && sqlite.ResultCode(e.Code()).ToPrimary() == sqlite.ResultBusy
}

// migrate brings the schema up to date over a connection of its own; a second process that starts now waits here.
func migrate(ctx context.Context, path, vfs string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path, vfs, "_txlock=immediate"))
	if err != nil {
		return nil, err
	}
	if err := migrateIn(ctx, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func migrateIn(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	for try := 0; busy(err) && try < openTries && sqldb.Pause(ctx, openPause); try++ {
		tx, err = db.BeginTx(ctx, nil) // who makes a file anew gives it its log, and SQLite does not wait for that
	}
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := sqldb.Migrate(ctx, tx, sqldb.SQLite); err != nil {
		return err
	}
	return tx.Commit()
}

func (d *driver) exec(query string) error {
	s, _, err := d.conn.PrepareTransient(query)
	if err != nil {
		return err
	}
	_, err = s.Step()
	return errors.Join(err, s.Finalize())
}

// Close ends the connection and its statements.
func (d *driver) Close() error {
	for name, s := range d.stmt {
		if s != nil {
			_ = s.Finalize() // tells again how its last run ended
		}
		delete(d.stmt, name)
	}
	return d.conn.Close()
}

// Begin implements sqldb.Driver.
func (d *driver) Begin(ctx context.Context) (sqldb.Tx, error) {
	d.conn.SetInterrupt(ctx.Done())
	if err := run(d.stmt["begin"]); err != nil {
		return nil, err
	}
	return &transaction{driver: d}, nil
}

// Fate implements sqldb.Driver. A failed fsync leaves the truth unknown to the system itself: writing on could lose
// what was acknowledged, so it ends the writer.
func (d *driver) Fate(err error) sqldb.Fate {
	switch code := sqlite.ErrCode(err); code.ToPrimary() {
	case sqlite.ResultBusy, sqlite.ResultLocked, sqlite.ResultInterrupt:
		return sqldb.Again
	case sqlite.ResultIOErr, sqlite.ResultFull, sqlite.ResultCorrupt, sqlite.ResultNotADB, sqlite.ResultReadOnly, sqlite.ResultCantOpen:
		return sqldb.Dead
	case sqlite.ResultConstraint:
		if code == sqlite.ResultConstraintUnique {
			return sqldb.Taken
		}
	}
	return sqldb.Broken
}

type transaction struct {
	*driver
	done bool
}

// Rollback implements sqldb.Tx. An error that ended the transaction already makes it a no-op.
func (t *transaction) Rollback() {
	t.conn.SetInterrupt(nil)
	if !t.done && !t.conn.AutocommitEnabled() {
		_ = run(t.stmt["rollback"])
	}
	t.done = true
}

// run runs a statement that returns nothing.
func run(s *sqlite.Stmt) error {
	_, err := s.Step()
	if err != nil {
		_ = s.Reset()
		return err
	}
	return s.Reset()
}

// each runs a query with text or integer parameters and calls row for every row.
func (t *transaction) each(name string, row func(s *sqlite.Stmt), args ...any) error {
	s := t.stmt[name]
	for i, a := range args {
		switch a := a.(type) {
		case string:
			s.BindText(i+1, a)
		case int64:
			s.BindInt64(i+1, a)
		default:
			return fmt.Errorf("%s: a parameter of type %T", name, a)
		}
	}
	defer s.Reset()
	for {
		more, err := s.Step()
		if err != nil || !more {
			return err
		}
		row(s)
	}
}
