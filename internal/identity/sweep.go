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
	return expires.UTC().Format(time.DateOnly)
}

// Sweep deletes the sessions and operators' tokens that ran out on one of the days before today, as many as are named.
// What ran out today is refused already and goes tomorrow.
func (b *Book) Sweep(ctx context.Context, days int) error {
	for _, kind := range []string{kindSession, kindKey} {
		for day := 1; day <= days; day++ {
			if err := b.revoke(ctx, store.Query{Kind: kind, Group: dayOf(b.now().AddDate(0, 0, -day))}); err != nil {
				return err
			}
		}
	}
	return nil
}
