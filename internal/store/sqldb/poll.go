package sqldb

import (
	"context"
	"time"
)

// PollEvery is how often watched streams are looked at, for what another process wrote and no notification told.
const PollEvery = 2 * time.Second

// poll wakes the watchers of streams that grew since the last look.
func (db *DB) poll(ctx context.Context) {
	known := map[string]int64{}
	for Pause(ctx, PollEvery) {
		seen := map[string]int64{}
		for _, stream := range db.hub.Streams() {
			seq, err := db.LastSeq(ctx, stream)
			if err != nil {
				break
			}
			if last, ok := known[stream]; !ok || last != seq {
				db.hub.Wake(stream)
			}
			seen[stream] = seq
		}
		known = seen
	}
}

// Pause waits and returns false when ctx ended.
func Pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
