package sqldb

import (
	"context"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store"
)

// Head is the writer row.
type Head struct {
	Posting, Entry, Account int64
	Chain                   []byte
}

// RecordKey names a record.
type RecordKey struct{ Kind, ID string }

// Need lists what a batch wants to know.
type Need struct {
	Keys     []string
	Accounts []string
	Holds    []string
	Records  []RecordKey
	Streams  []string
	Due      int64 // holds that expire until this instant, at most MaxDue
}

// Have is what the database answered. Nothing in it can change before the transaction ends.
type Have struct {
	Head     Head
	Batch    int64 // the last batch that this node committed
	Keys     map[string][]byte
	Accounts map[string]*ledger.Account
	Holds    map[string]*ledger.HoldRow
	Due      []string
	Records  map[RecordKey]int64
	Streams  map[string]int64
}

// PostingRow is a posting as it is stored.
type PostingRow struct {
	Num   int64
	Key   string
	Hash  []byte
	Op    string
	Memo  string
	Chain []byte
}

// EntryRow is an entry as it is stored.
type EntryRow struct {
	Seq, Posting int64
	Hold         string
	From, To     int64
	Amount       int64
}

// HoldRow is a hold with the numbers of its accounts.
type HoldRow struct {
	*ledger.HoldRow
	Src, Dst int64
}

// Changes is what a batch stores: every row at most once.
type Changes struct {
	Head     Head
	Batch    int64
	At       int64
	Opened   []*ledger.Account // not stored yet
	Accounts []*ledger.Account // stored, to be set
	Postings []PostingRow
	Entries  []EntryRow
	Holds    []HoldRow
	Puts     []store.Record
	Deletes  []RecordKey
	Events   []store.Event
}

// Empty tells whether there is nothing to store.
func (c *Changes) Empty() bool {
	return len(c.Opened)+len(c.Accounts)+len(c.Postings)+len(c.Puts)+len(c.Deletes)+len(c.Events) == 0
}

// Tx is a writing transaction. It excludes every other writer of the database from Begin to its end.
type Tx interface {
	Load(ctx context.Context, need *Need) (*Have, error)
	// Commit stores and commits; when it fails the driver's Fate says what became of the transaction.
	Commit(ctx context.Context, c *Changes) error
	Rollback()
}

// Fate is what an error means for the transaction that met it.
type Fate int

// The fates.
const (
	Broken  Fate = iota // rolled back because of what was asked; the same again would fail again
	Again               // rolled back by bad luck; try again
	Unknown             // the connection went during the commit; ask Have.Batch
	Dead                // storage failed under us: stop writing
)

// Driver is one database.
type Driver interface {
	Begin(ctx context.Context) (Tx, error)
	// Fate judges an error of Begin, Load or Commit.
	Fate(err error) Fate
	// Close ends the writing connection.
	Close() error
}
