package sqldb

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

type migration struct {
	version int
	name    string
	script  string
}

// Migrate brings the schema up to this program's, one forward step after the other. tx must already exclude other
// writers of the schema. A schema that is newer than this program is an error: an old node must not write to it.
func Migrate(ctx context.Context, tx *sql.Tx, d Dialect) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	const table = `CREATE TABLE IF NOT EXISTS schema_migration (version BIGINT PRIMARY KEY, name TEXT NOT NULL, at BIGINT NOT NULL)`
	if _, err := tx.ExecContext(ctx, table); err != nil {
		return fmt.Errorf("create schema_migration: %w", err)
	}
	var have int
	if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(version), 0) FROM schema_migration`).Scan(&have); err != nil {
		return fmt.Errorf("read the schema's version: %w", err)
	}
	if newest := steps[len(steps)-1].version; have > newest {
		return fmt.Errorf("the database has schema %d, this program knows only up to %d: upgrade the program", have, newest)
	}
	for _, m := range steps {
		if m.version <= have {
			continue
		}
		if err := m.apply(ctx, tx, d); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
	}
	return nil
}

// Script is the text of one step, by its file's name: tests make databases of earlier schemas with it.
func Script(name string) (string, error) {
	script, err := migrationFiles.ReadFile("migrations/" + name)
	return string(script), err
}

func (m migration) apply(ctx context.Context, tx *sql.Tx, d Dialect) error {
	for _, s := range d.Statements(m.script) {
		if _, err := tx.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, d.Expand(`INSERT INTO schema_migration (version, name, at) VALUES ($1, $2, $3)`),
		m.version, m.name, time.Now().UnixMicro())
	return err
}

func migrations() ([]migration, error) {
	files, err := migrationFiles.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	var out []migration
	for _, f := range files {
		number, _, _ := strings.Cut(f.Name(), "_")
		v, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("migration %s has no number", f.Name())
		}
		script, err := migrationFiles.ReadFile("migrations/" + f.Name())
		if err != nil {
			return nil, err
		}
		out = append(out, migration{v, f.Name(), string(script)})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].version < out[j].version })
	return out, nil
}
