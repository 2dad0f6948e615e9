package identity

import (
	"context"

	"github.com/bangwo/bangwo/internal/assist"
)

// Profile returns what a person told of themselves. Faults: not_found.
func (b *Book) Profile(ctx context.Context, person string) (assist.Profile, error) {
	p, err := b.Person(ctx, person)
	return p.Profile, err
}
