package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// PollEvery is how often watched streams are looked at, for what a notification did not tell.
const PollEvery = 2 * time.Second

// listen wakes watchers when other nodes write. Notifications only wake: what counts is read from the tables.
func (db *DB) listen(config *pgx.ConnConfig) {
	ctx := db.Context()
	db.Go(func() {
		for ctx.Err() == nil {
			db.hear(ctx, config)
			db.Hub().WakeAll() // news may have passed while nobody listened
			pause(ctx, PollEvery)
		}
	})
	db.Go(func() { db.poll(ctx) })
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

// poll looks at the watched streams themselves.
func (db *DB) poll(ctx context.Context) {
	known := map[string]int64{}
	for pause(ctx, PollEvery) {
		seen := map[string]int64{}
		for _, stream := range db.Hub().Streams() {
			seq, err := db.LastSeq(ctx, stream)
			if err != nil {
				break
			}
			if last, ok := known[stream]; !ok || last != seq {
				db.Hub().Wake(stream)
			}
			seen[stream] = seq
		}
		known = seen
	}
}

// pause waits and returns false when ctx ended.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}
