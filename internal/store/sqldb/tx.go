package sqldb

import (
	"context"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store"
)

// Head is the writer row.
type Head struct {
	Posting, Entry, Account int64
	Settled                 int64 // the rows of all accounts know every entry up to this one
	Chain                   []byte
}

// Account is an account as it is stored, and where its entries are.
type Account struct {
	ledger.Account
	Entries int64 // how many touch it
	Last    int64 // the latest of them
	Stored  int64 // the latest of them that its row knows
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
	// Since is the last entry that the asker remembers: later ones and the accounts that they touch are wanted too.
	// Where rows have been settled beyond it, only the entries after those.
	Since int64
	// Known tells of which accounts the asker knows the state as of Since; they need not be loaded for a hold.
	Known func(account string) bool
}

// Have is what the database answered. Nothing in it can change before the transaction ends.
type Have struct {
	Head     Head
	Batch    int64 // the last batch that this node committed
	Keys     map[string][]byte
	Accounts map[string]*Account // as their rows are: see Tail for what happened since
	Holds    map[string]*ledger.HoldRow
	Due      []string
	Records  map[RecordKey]int64
	Streams  map[string]int64
	Tail     []TailRow
}

// NewHave is an answer to be filled in.
func NewHave() *Have {
	return &Have{
		Keys: map[string][]byte{}, Accounts: map[string]*Account{}, Holds: map[string]*ledger.HoldRow{},
		Records: map[RecordKey]int64{}, Streams: map[string]int64{},
	}
}

// TailRow is what an entry did to its two accounts. Held is the amount that a captured hold had reserved.
type TailRow struct {
	Seq          int64
	Op           ledger.Op
	From, To     int64
	Amount, Held int64
}

// EntryRow is an entry as it is stored: one leg of a posting. What belongs to the posting stands in its first leg.
type EntryRow struct {
	Seq, Posting, Leg int64
	Op                string
	Hold              string
	From, To          int64
	Amount            int64
	FromPrev, ToPrev  int64 // the entries before this one of either account
	Key, Memo         string
	Hash, Chain       []byte
}

// Waypoint is an entry from which an account's list of entries can be entered.
type Waypoint struct{ Account, Seq int64 }

// WaypointEvery is how many entries of an account lie between two waypoints. Stored data depends on it.
const WaypointEvery = 64

// HoldRow is a hold with the numbers of its accounts.
type HoldRow struct {
	*ledger.HoldRow
	Src, Dst int64
}

// Changes is what a batch stores: every row at most once.
type Changes struct {
	Head      Head
	Batch     int64
	At        int64
	Opened    []*Account // not stored yet
	Accounts  []*Account // stored, to be set
	Entries   []EntryRow
	Waypoints []Waypoint
	Holds     []HoldRow
	Puts      []store.Record
	Deletes   []RecordKey
	Events    []store.Event
}

// Empty tells whether there is nothing to store.
func (c *Changes) Empty() bool {
	return len(c.Opened)+len(c.Entries)+len(c.Puts)+len(c.Deletes)+len(c.Events) == 0
}

// Tx is a writing transaction. It excludes every other writer of the database from Begin to its end.
type Tx interface {
	Load(ctx context.Context, need *Need) (*Have, error)
	// Used returns the hashes of the inputs that keys were used with, of those that were.
	Used(ctx context.Context, keys []string) (map[string][]byte, error)
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
	Taken               // rolled back because a key, thought to be new, is there already
)

// Driver is one database.
type Driver interface {
	Begin(ctx context.Context) (Tx, error)
	// Fate judges an error of Begin, Load or Commit.
	Fate(err error) Fate
	// Close ends the writing connection.
	Close() error
}

// Glancer is a driver that can read what was written since, as Load does, without excluding other writers: a node that
// starts, or wrote nothing for a while, catches up with the others before it makes them wait.
type Glancer interface {
	Glance(ctx context.Context, since int64) (*Have, error)
}
