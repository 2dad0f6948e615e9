package desk

import (
	"crypto/rand"
	"fmt"
	"time"

	"github.com/bangwo/bangwo/internal/money"
)

// Bounds of a conversation and a turn.
const (
	MaxUtterance  = 2000 // runes
	MaxTurns      = 2000 // of one conversation
	MaxOpenTurns  = 16   // of one person, not yet ended; the oldest that only waits gives way
	MaxRounds     = 12   // times a turn thinks again with answers
	MaxQuestions  = 24   // pauses of one turn
	MaxRequotes   = 2    // times a changed quote of one turn is shown again
	MaxValue      = 2000 // runes of an answer
	MaxForm       = 64 << 10
	MaxDriven     = 64 // turns driven at the same time by one node
	MaxParallel   = 8  // steps of one turn running at the same time
	MaxAttempts   = 2  // of a step that undoes something
	MaxReads      = 3  // attempts of a step that only looks something up
	MaxMends      = 6  // setbacks of one goal that are met with another word, value or quote
	MaxWords      = 4  // other words that one search is tried with
	MaxReplans    = 2  // times a turn turns to other services
	MaxDoors      = 16 // doors that one call may open
	MaxProgress   = 20 // progress events of one call
	MaxNote       = 300
	MaxMemo       = 120  // runes of a posting's memo
	MaxTexts      = 8    // texts of a result kept in the journal
	MaxTextKept   = 2000 // runes of each
	MaxStepResult = 900_000
	MaxRetries    = 5  // of a write against other writers
	MaxRestarts   = 20 // of a turn whose worker broke off, before it is left to the sweeper
	MaxCrashes    = 3  // of a turn, by faults of ours, before it is stopped and taken back
	MaxList       = 100
	MaxHistory    = 10 // orders told in a reply
	MaxSweep      = 20 // pages of one sweep
	MaxCardItems  = 5
)

// Times.
const (
	AskFor       = 30 * time.Minute // a question waits
	ConfirmFor   = 15 * time.Minute // a bundle waits, unless a quote runs out earlier
	UnknownFor   = 12 * time.Hour   // a question about an unknown outcome waits
	HoldFor      = 24 * time.Hour   // money stays reserved
	DoorFor      = 5 * time.Minute  // a call with an effect waits for the person's answer at a door
	StepFor      = 60 * time.Second // one call, doors not counted
	LeaseFor     = 30 * time.Second
	LeaseRenewal = 10 * time.Second
	SweepEvery   = 5 * time.Second
	CommitFor    = 30 * time.Second
	Grace        = 2 * time.Second        // a merchant that was called when we broke off may still be at it
	ReadBackoff  = 250 * time.Millisecond // before a read is tried again; doubles
	ReadFor      = 30 * time.Second       // a read that took longer is not tried again
	RestartPause = 200 * time.Millisecond // doubles with every restart in a row
	StatusFor    = 10 * time.Second       // a merchant is waited for when the person asks how an order stands
	TaskWait     = 90 * time.Second       // a cancel or refund from outside the conversation is waited for
)

const currencyDefault = money.CNY

// newID is time-ordered to the millisecond and unguessable.
func newID() string { return fmt.Sprintf("%011x%s", time.Now().UnixMilli(), rand.Text()[:16]) }
