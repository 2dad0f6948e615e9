package postgres

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/store/sqldb"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

//go:embed writer.sql
var writerSQL string

var _ sqldb.Glancer = (*driver)(nil)

// stallMillis is how long a node may sit on the writer row without a word before the database takes it away.
const stallMillis = "10000"

// planning has each of the writer's statements planned once, by the keys that it names. Every one of them looks up or
// stores rows by their keys, and does so under the lock that all nodes wait for: planning it anew each time costs more than
// running it, and a planner that guesses ("entries after x" is a third of the journal to it) would come to read whole tables,
// or compile the statement, once the books have grown.
var planning = map[string]string{
	"plan_cache_mode":   "force_generic_plan",
	"enable_seqscan":    "off",
	"enable_bitmapscan": "off",
	"enable_hashjoin":   "off",
	"enable_mergejoin":  "off",
	"jit":               "off",
}

// closeTime bounds saying goodbye to a server that may be gone.
const closeTime = 2 * time.Second

// driver holds the one writing connection, made anew when it is lost.
type driver struct {
	config *pgx.ConnConfig
	node   string // names this process in the table of last batches
	q      map[string]string
	conn   *pgx.Conn
}

func newDriver(config *pgx.ConnConfig) *driver {
	config = config.Copy()
	config.RuntimeParams["idle_in_transaction_session_timeout"] = stallMillis
	for name, value := range planning {
		config.RuntimeParams[name] = value
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement
	return &driver{config: config, node: rand.Text(), q: sqldb.Postgres.Named(writerSQL)}
}

func (d *driver) Close() error {
	if d.conn == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeTime)
	defer cancel()
	err := d.conn.Close(ctx)
	d.conn = nil
	return err
}

// Begin implements sqldb.Driver. It talks to the server only with the first Load.
func (d *driver) Begin(ctx context.Context) (sqldb.Tx, error) {
	if err := d.connect(ctx); err != nil {
		return nil, err
	}
	return &transaction{driver: d}, nil
}

// connect makes the connection anew when it was lost.
func (d *driver) connect(ctx context.Context) error {
	if d.conn != nil && d.conn.IsClosed() {
		d.conn = nil
	}
	if d.conn == nil {
		conn, err := pgx.ConnectConfig(ctx, d.config)
		if err != nil {
			return &lost{err}
		}
		d.conn = conn
	}
	return nil
}

// lost is a connection that went before the commit was sent; unsure is one that went after; taken is a unique key that
// was there already.
type (
	lost   struct{ error }
	unsure struct{ error }
	taken  struct{ error }
)

func (e *lost) Unwrap() error   { return e.error }
func (e *unsure) Unwrap() error { return e.error }
func (e *taken) Unwrap() error  { return e.error }

// Fate implements sqldb.Driver.
func (d *driver) Fate(err error) sqldb.Fate {
	var l *lost
	var u *unsure
	var t *taken
	switch {
	case errors.As(err, &t):
		return sqldb.Taken
	case errors.As(err, &u):
		return sqldb.Unknown
	case errors.As(err, &l):
		return sqldb.Again
	}
	return sqldb.Broken
}

// judge wraps an error by what it means: the server answered, or the connection is gone.
func judge(err error, committing bool) error {
	if err == nil {
		return nil
	}
	var p *pgconn.PgError
	if errors.As(err, &p) && p.Severity != "FATAL" && p.Severity != "PANIC" {
		if p.Code == uniqueViolation {
			return &taken{err}
		}
		if passing(p.Code) {
			return &lost{err}
		}
		return err
	}
	if committing {
		return &unsure{err}
	}
	return &lost{err}
}

const uniqueViolation = "23505"

// passing holds for errors that say nothing about the request: serialization, deadlock, a server that starts, stops, is
// short of resources or has become a standby.
func passing(code string) bool {
	switch code {
	case "40001", "40P01", "25006", "55P03", "57014":
		return true
	}
	return strings.HasPrefix(code, "57P") || strings.HasPrefix(code, "53") || strings.HasPrefix(code, "08") || strings.HasPrefix(code, "58")
}
