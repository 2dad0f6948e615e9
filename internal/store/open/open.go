// Package open chooses the storage driver by what it is given: a postgres:// URL or the path of an SQLite file.
package open

import (
	"context"
	"strings"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/store/sqldb"
	"github.com/bangwo/bangwo/internal/store/sqlite"
)

// DB is a store with the ledger in the same database.
type DB interface {
	store.Store
	Ledger() ledger.Ledger
}

// Open opens the database at where and brings its schema up to date.
func Open(ctx context.Context, where string, opts ...sqldb.Option) (DB, error) {
	if strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://") {
		return openPostgres(ctx, where, opts...)
	}
	return sqlite.Open(ctx, where, opts...)
}
