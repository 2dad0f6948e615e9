// Package identity knows who is calling: people with their profiles, their sessions, merchants' and
// operators' tokens.
//
// A token is 256 random bits, shown once and kept only as its SHA-256, so that a copy of the database opens
// no session. People, merchants and operators are never told apart by anything but their token. The package moves no
// money and knows no HTTP. A Book is safe for concurrent use.
package identity

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// Record kinds in the store.
const (
	kindPerson  = "person"
	kindSession = "session"
	kindToken   = "merchant_token"
	kindKey     = "operator_token"
)

// Bounds of what is kept.
const (
	SessionTTL  = 30 * 24 * time.Hour // of a sign-in
	OperatorTTL = 90 * 24 * time.Hour // of an operator's token
	maxAttempts = 8                   // of a write that meets somebody else's
)

// Book is the register of people, sessions and merchants' tokens.
type Book struct {
	store store.Store
	now   func() time.Time
}

// New returns a Book kept in s; now is the clock (nil: time.Now).
func New(s store.Store, now func() time.Time) *Book {
	if now == nil {
		now = time.Now
	}
	return &Book{store: s, now: now}
}

// AccountOf is the ledger account of a person's wallet.
func AccountOf(person string) string { return "person/" + person }

// newID returns a random identifier with a readable prefix.
func newID(prefix string) string { return prefix + rand.Text()[:20] }

// read loads one record into v and returns its version.
func (b *Book) read(ctx context.Context, kind, id string, v any) (int64, error) {
	rec, err := b.store.Get(ctx, kind, id)
	if err != nil {
		return 0, err
	}
	if err := json.Unmarshal(rec.Data, v); err != nil {
		return 0, fault.New(fault.Internal, "read %s %s: %w", kind, id, err)
	}
	return rec.Version, nil
}
