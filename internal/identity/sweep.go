package identity

import (
	"context"
	"time"

	"github.com/bangwo/bangwo/internal/store"
)

// dayOf groups tokens by the UTC day on which they run out, so that a sweep finds them; those that never do have none.
func dayOf(expires time.Time) string {
	if expires.IsZero() {
		return ""
	}
	return store.Day(expires)
}

// Sweep deletes the sessions and operators' tokens that ran out on one of the days before today, as many as are named.
// What ran out today is refused already and goes tomorrow.
func (b *Book) Sweep(ctx context.Context, days int) error {
	for _, kind := range []string{kindSession, kindKey} {
		if err := store.SweepDays(ctx, b.store, kind, b.now(), 1, days); err != nil {
			return err
		}
	}
	return nil
}
