package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/money"
)

// Bounds of the words in a posting.
const (
	MaxName = 256  // bytes of a key, account or hold id
	MaxMemo = 1024 // bytes of a memo
)

// OwnPrefix starts the keys that the ledger gives its own postings (holds that ran out); a caller's key may not.
const OwnPrefix = "~"

// Check tells whether p is well formed, before anything is read. All its faults are invalid.
func (p *Posting) Check() error {
	if err := checkName("key", p.Key); err != nil {
		return err
	}
	if strings.HasPrefix(p.Key, OwnPrefix) {
		return fault.New(fault.Invalid, "a key may not start with %q", OwnPrefix)
	}
	if !plainText(p.Memo) || len(p.Memo) > MaxMemo {
		return fault.New(fault.Invalid, "a memo is text of at most %d bytes", MaxMemo)
	}
	if len(p.Legs) == 0 || len(p.Legs) > MaxLegs {
		return fault.New(fault.Invalid, "a posting has 1 to %d legs, not %d", MaxLegs, len(p.Legs))
	}
	if p.Op != Hold && !p.Expires.IsZero() {
		return fault.New(fault.Invalid, "only a hold expires")
	}
	for i := range p.Legs {
		if err := p.checkLeg(&p.Legs[i]); err != nil {
			return err
		}
	}
	return p.checkTwice()
}

func (p *Posting) checkLeg(l *Leg) error {
	switch p.Op {
	case Transfer, Hold:
		if p.Op == Hold || l.ID != "" {
			if err := checkName("hold id", l.ID); err != nil {
				return err
			}
		}
		if err := checkName("account", l.From); err != nil {
			return err
		}
		if err := checkName("account", l.To); err != nil {
			return err
		}
		if l.From == l.To {
			return fault.New(fault.Invalid, "a leg goes from one account to another, not from %q to itself", l.From)
		}
		return checkAmount(l.Amount)
	case Capture, Refund:
		if err := checkName("hold id", l.ID); err != nil {
			return err
		}
		return checkAmount(l.Amount)
	case Void:
		return checkName("hold id", l.ID)
	}
	return fault.New(fault.Invalid, "unknown operation %q", p.Op)
}

// checkTwice refuses a hold named by two legs of one posting: it is always a mistake.
func (p *Posting) checkTwice() error {
	if p.Op == Transfer {
		return nil
	}
	for i := range p.Legs {
		for j := range i {
			if p.Legs[i].ID == p.Legs[j].ID {
				return fault.New(fault.Invalid, "hold %q is named twice", p.Legs[i].ID)
			}
		}
	}
	return nil
}

func checkAmount(a money.Amount) error {
	if a.Minor <= 0 || a.Minor > money.MaxMinor {
		return fault.New(fault.Invalid, "an amount is 1 to %d minor units, not %d", int64(money.MaxMinor), a.Minor)
	}
	return checkName("currency", a.Currency)
}

func checkName(what, s string) error {
	if s == "" || len(s) > MaxName || !plainText(s) {
		return fault.New(fault.Invalid, "%s must be text of 1 to %d bytes", what, MaxName)
	}
	return nil
}

// plainText holds for what both databases store unchanged.
func plainText(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// Hash is the fingerprint of what p moves: operation, legs and memo. Expires and With are left out on purpose: after
// a crash the caller asks again under the same key with a new clock and new versions, and means the same payment.
func (p *Posting) Hash() [sha256.Size]byte {
	var room [hashRoom]byte
	b := appendText(room[:0], string(p.Op))
	b = appendText(b, p.Memo)
	for i := range p.Legs {
		l := &p.Legs[i]
		b = appendText(b, l.ID)
		if p.Op == Transfer || p.Op == Hold {
			b = appendText(b, l.From)
			b = appendText(b, l.To)
		}
		if p.Op != Void {
			b = appendText(b, l.Amount.Currency)
			b = appendInt(b, l.Amount.Minor)
		}
	}
	return sha256.Sum256(b)
}

// hashRoom holds what is hashed of a usual posting, so that hashing allocates nothing.
const hashRoom = 512

// Genesis is the link before the first posting.
func Genesis() []byte { return make([]byte, sha256.Size) }

// Link is the next link of the hash chain over all postings: it seals the posting, its lines and everything before.
func Link(previous []byte, key string, op Op, memo string, at int64, lines []Line) []byte {
	var room [hashRoom]byte
	b := append(room[:0], previous...)
	b = appendText(b, key)
	b = appendText(b, string(op))
	b = appendText(b, memo)
	b = appendInt(b, at)
	for i := range lines {
		l := &lines[i]
		b = appendText(b, l.HoldID)
		b = appendText(b, l.From)
		b = appendText(b, l.To)
		b = appendInt(b, l.Amount)
	}
	link := sha256.Sum256(b)
	return link[:]
}

// appendText writes the length first, so that no two lists of words look alike.
func appendText(b []byte, s string) []byte { return append(appendInt(b, int64(len(s))), s...) }

func appendInt(b []byte, v int64) []byte { return binary.BigEndian.AppendUint64(b, uint64(v)) }

// Check tells whether a may be opened. Its faults are invalid.
func (a *Account) Check() error {
	if err := checkName("account", a.ID); err != nil {
		return err
	}
	return checkName("currency", a.Currency)
}
