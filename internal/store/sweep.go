package store

import (
	"context"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
)

// Day is the group of records that a sweep finds by the UTC day of t.
func Day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// SweepDays deletes the records of a kind that are grouped by Day: those of the day which lies that many days before now, and of
// as many days before it as are named.
func SweepDays(ctx context.Context, s Store, kind string, now time.Time, before, days int) error {
	for day := before; day < before+days; day++ {
		if err := DeleteAll(ctx, s, Query{Kind: kind, Group: Day(now.AddDate(0, 0, -day))}); err != nil {
			return err
		}
	}
	return nil
}

// DeleteAll deletes what a query finds, a write at a time. Another node may do the same meanwhile.
func DeleteAll(ctx context.Context, s Store, q Query) error {
	q.Limit = MaxWrite
	for {
		recs, err := s.List(ctx, q)
		if err != nil || len(recs) == 0 {
			return err
		}
		var w Write
		for _, rec := range recs {
			w.Puts = append(w.Puts, Put{Kind: q.Kind, ID: rec.ID, Expect: AnyVersion, Delete: true})
		}
		if err := s.Commit(ctx, w); err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
}
