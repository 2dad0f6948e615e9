package postgres

import (
	"context"

	"github.com/bangwo/bangwo/internal/store/sqldb"
	"github.com/jackc/pgx/v5"
)

// listen wakes watchers when other nodes write. Notifications only wake: what counts is read from the tables.
func (db *DB) listen(config *pgx.ConnConfig) {
	ctx := db.Context()
	db.Go(func() {
		for ctx.Err() == nil {
			db.hear(ctx, config)
			db.Hub().WakeAll() // news may have passed while nobody listened
			sqldb.Pause(ctx, sqldb.PollEvery)
		}
	})
}

// hear listens until the connection is lost.
func (db *DB) hear(ctx context.Context, config *pgx.ConnConfig) {
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.Background(), closeTime)
		defer cancel()
		_ = conn.Close(ctx)
	}()
	if _, err := conn.Exec(ctx, "LISTEN bangwo_event"); err != nil {
		return // a service without notifications: polling has to do
	}
	db.Hub().WakeAll()
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return
		}
		db.Hub().Wake(n.Payload)
	}
}
