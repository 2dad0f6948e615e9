// Package store is the port to durable storage: versioned records, append-only event streams and, in the
// same commit, the ledger's entries (package ledger). Two drivers implement it, sqlite and postgres, and one
// conformance suite (storetest) tests both. Domain packages keep their own typed values in records as JSON;
// no package outside the drivers knows SQL.
//
// A Commit is atomic and durable when it returns. All methods are safe for concurrent use.
package store

import (
	"context"
	"encoding/json"
	"time"
)

// Bounds of one call.
const (
	MaxList   = 500     // records or events of one List or Events call
	MaxRecord = 1 << 20 // bytes of one record's or event's data
	MaxWrite  = 256     // puts and events of one Write
)

// AnyVersion as a Put's Expect overwrites whatever is there.
const AnyVersion int64 = -1

// Record is a versioned document. Kind and ID name it; Owner and Group are indexed for List.
type Record struct {
	Kind    string
	ID      string
	Owner   string // whose it is (a person, a merchant), "" when nobody's
	Group   string // a second thing to list by, e.g. the conversation of a turn or a state to sweep
	Version int64  // 1 for the first
	Data    json.RawMessage
	Updated time.Time
}

// Put writes a record if its stored version equals Expect (0: it must not exist yet; AnyVersion: always).
// Delete removes it instead.
type Put struct {
	Kind, ID, Owner, Group string
	Data                   json.RawMessage
	Expect                 int64
	Delete                 bool
}

// Event is an entry of a stream. Seq is 1, 2, 3 … within its stream, without gaps.
type Event struct {
	Stream string
	Seq    int64
	Type   string
	Data   json.RawMessage
	At     time.Time
}

// Append adds an event to a stream.
type Append struct {
	Stream, Type string
	Data         json.RawMessage
}

// Write is what one commit does, all or nothing.
type Write struct {
	Puts   []Put
	Events []Append
}

// Query selects records of a kind, by owner and group where set, ordered by ID (Descending: newest first when IDs are time-ordered).
type Query struct {
	Kind, Owner, Group string
	IDs                []string // nil: all; else only these, at most MaxList
	After              string   // only IDs beyond this one, in the order asked for
	Limit              int      // 0: MaxList
	Descending         bool
}

// Store is what the domain needs of a database.
type Store interface {
	// Get returns the record, or a fault not_found.
	Get(ctx context.Context, kind, id string) (Record, error)
	// List returns records in ID order.
	List(ctx context.Context, q Query) ([]Record, error)
	// Commit applies w atomically. A version that does not match is a fault conflict and nothing is written.
	Commit(ctx context.Context, w Write) error
	// Events returns the events of a stream with Seq > after, in order, at most limit (0: MaxList).
	Events(ctx context.Context, stream string, after int64, limit int) ([]Event, error)
	// Watch returns a channel that receives (coalesced) whenever stream may have new events, from this
	// process or another node on the same database, until ctx ends. It may fire spuriously.
	Watch(ctx context.Context, stream string) <-chan struct{}
	// Close waits for what is under way.
	Close() error
}
