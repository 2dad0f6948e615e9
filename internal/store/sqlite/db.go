// Package sqlite is the embedded storage driver: one file, no cgo, WAL with synchronous=FULL, so that what was
// acknowledged survives kill -9 and power loss. One connection writes; reads have their own.
package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/store/sqldb"

	_ "modernc.org/sqlite" // the database/sql driver
)

const (
	maxReaders = 4    // connections that read beside each other
	busyMillis = 5000 // how long to wait for another process on the same file
)

// DB is a store in one file.
type DB struct{ *sqldb.DB }

var _ store.Store = (*DB)(nil)

// Open opens or makes the database at path and brings its schema up to date.
func Open(ctx context.Context, path string, opts ...sqldb.Option) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	return openWith(ctx, path, "", opts...)
}

// openWith opens the database through another of SQLite's file layers than the system's, by name.
func openWith(ctx context.Context, path, vfs string, opts ...sqldb.Option) (*DB, error) {
	d, err := openWriter(ctx, path, vfs)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	read, err := sql.Open("sqlite", dsn(path, vfs, "_pragma=query_only(1)"))
	if err != nil {
		d.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	read.SetMaxOpenConns(maxReaders)
	read.SetMaxIdleConns(maxReaders)
	return &DB{sqldb.New(d, read, sqldb.SQLite, sqldb.Collect(opts))}, nil
}

// uri names the file, whatever characters its path has.
func uri(path, vfs string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	if vfs != "" {
		u.RawQuery = "vfs=" + url.QueryEscape(vfs)
	}
	return u.String()
}

func dsn(path, vfs, more string) string {
	mark := "?"
	if vfs != "" {
		mark = "&"
	}
	return uri(path, vfs) + mark + fmt.Sprintf("_pragma=busy_timeout(%d)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&%s", busyMillis, more)
}
