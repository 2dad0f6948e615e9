// Package postgres is the storage driver for several nodes on one PostgreSQL (or a service that speaks its
// protocol). One connection per node writes, pipelining each batch; a pool reads; one listens to the other nodes.
package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/store/sqldb"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	maxReaders  = 8
	keepNodes   = 30 * 24 * time.Hour // the rows of nodes that are gone
	migrateLock = 0x62616e67776f      // the advisory lock of starting nodes: "bangwo"
)

// DB is a store on PostgreSQL.
type DB struct{ *sqldb.DB }

var _ store.Store = (*DB)(nil)

// Open connects to url and brings the schema up to date; nodes that start together wait for each other.
func Open(ctx context.Context, url string, opts ...sqldb.Option) (*DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("postgres address: %w", err)
	}
	// A plan is made for the values at hand: one kept from when a table was empty would read all of it for ever.
	config.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	read := stdlib.OpenDB(*config)
	read.SetMaxOpenConns(maxReaders)
	read.SetMaxIdleConns(maxReaders)
	if err := migrate(ctx, read); err != nil {
		read.Close()
		return nil, fmt.Errorf("open postgres: %w", err)
	}
	d := newDriver(config)
	db := &DB{sqldb.New(d, read, sqldb.Postgres, sqldb.Collect(opts))}
	db.listen(config)
	return db, nil
}

func migrate(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", int64(migrateLock)); err != nil {
		return err
	}
	if err := sqldb.Migrate(ctx, tx, sqldb.Postgres); err != nil {
		return err
	}
	const forget = "DELETE FROM node WHERE at < $1" // a row is asked for only seconds after it was written
	if _, err := tx.ExecContext(ctx, forget, time.Now().Add(-keepNodes).UnixMicro()); err != nil {
		return err
	}
	return tx.Commit()
}
