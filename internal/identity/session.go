package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// maxToken bounds the text that is looked up as a token.
const maxToken = 200

// Caller is who a token stands for: a person, a merchant or an operator, and only one of them.
type Caller struct {
	Person   string
	Merchant string
	Operator string
}

// session is what is kept of a token.
type session struct {
	Person   string    `json:"person,omitempty"`
	Merchant string    `json:"merchant,omitempty"`
	Operator string    `json:"operator,omitempty"`
	Created  time.Time `json:"created"`
	Expires  time.Time `json:"expires,omitzero"`
}

// hashOf is the record id of a token: the token itself is never stored.
func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// newToken has 256 bits; crypto/rand does not fail.
func newToken() string {
	var raw [32]byte
	rand.Read(raw[:])
	return hex.EncodeToString(raw[:])
}

// SignIn opens a session for a person and returns its token, which is not kept. Faults: not_found.
func (b *Book) SignIn(ctx context.Context, person string) (token string, expires time.Time, err error) {
	if _, err := b.Person(ctx, person); err != nil {
		return "", time.Time{}, err
	}
	token, expires = newToken(), b.now().Add(SessionTTL)
	return token, expires, b.keep(ctx, kindSession, token, person, session{Person: person, Created: b.now(), Expires: expires})
}

// SignOut ends the session of a token; one that does not exist is no fault.
func (b *Book) SignOut(ctx context.Context, token string) error {
	put := store.Put{Kind: kindSession, ID: hashOf(token), Expect: store.AnyVersion, Delete: true}
	err := b.store.Commit(ctx, store.Write{Puts: []store.Put{put}})
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) {
		return nil
	}
	return err
}

// IssueMerchantToken returns a new token with which a merchant calls; it stays valid until it is revoked.
func (b *Book) IssueMerchantToken(ctx context.Context, merchant string) (string, error) {
	if merchant == "" {
		return "", bad("merchant", "must not be empty")
	}
	token := newToken()
	return token, b.keep(ctx, kindToken, token, merchant, session{Merchant: merchant, Created: b.now()})
}

// RevokeMerchantTokens ends every token of a merchant.
func (b *Book) RevokeMerchantTokens(ctx context.Context, merchant string) error {
	return store.DeleteAll(ctx, b.store, store.Query{Kind: kindToken, Owner: merchant})
}

// IssueOperatorToken returns a new token with which an operator calls, until OperatorTTL has passed or it is revoked.
func (b *Book) IssueOperatorToken(ctx context.Context, name string) (token string, expires time.Time, err error) {
	if !idPattern.MatchString(name) {
		return "", time.Time{}, bad("name", "is 1 to 64 letters, digits, - and _")
	}
	token, expires = newToken(), b.now().Add(OperatorTTL)
	return token, expires, b.keep(ctx, kindKey, token, name, session{Operator: name, Created: b.now(), Expires: expires})
}

// RevokeOperatorTokens ends every token of an operator.
func (b *Book) RevokeOperatorTokens(ctx context.Context, name string) error {
	return store.DeleteAll(ctx, b.store, store.Query{Kind: kindKey, Owner: name})
}

func (b *Book) keep(ctx context.Context, kind, token, owner string, s session) error {
	raw, err := json.Marshal(s)
	if err != nil {
		return fault.New(fault.Internal, "encode session: %w", err)
	}
	put := store.Put{Kind: kind, ID: hashOf(token), Owner: owner, Group: dayOf(s.Expires), Data: raw}
	return b.store.Commit(ctx, store.Write{Puts: []store.Put{put}})
}

// Who tells whom a token stands for. Faults: unsigned when it is unknown or ran out.
func (b *Book) Who(ctx context.Context, token string) (Caller, error) {
	unsigned := fault.New(fault.Unsigned, "the token is unknown or ran out").WithHint("sign in again")
	if token == "" || len(token) > maxToken {
		return Caller{}, unsigned
	}
	for _, kind := range []string{kindSession, kindToken, kindKey} {
		var s session
		_, err := b.read(ctx, kind, hashOf(token), &s)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return Caller{}, err
		}
		if !s.Expires.IsZero() && !b.now().Before(s.Expires) {
			return Caller{}, unsigned
		}
		return Caller{Person: s.Person, Merchant: s.Merchant, Operator: s.Operator}, nil
	}
	return Caller{}, unsigned
}
