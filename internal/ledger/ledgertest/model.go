// Package ledgertest holds a second, naive statement of what a ledger does, to test the real one against: it copies
// everything before each posting and adds everything up anew, so that there is little in it to be wrong.
package ledgertest

import (
	"maps"
	"reflect"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store"
)

// Model is the whole state. Account and hold values are never changed in place, so that copying the maps copies all.
type Model struct {
	Now      time.Time
	Accounts map[string]Account
	Holds    map[string]ledger.HoldInfo
	keys     map[string]ledger.Posting
	versions map[[2]string]int64
}

// Account is one account of the model.
type Account struct {
	Currency  string
	Overdraft bool
	Posted    int64
}

// New makes an empty model.
func New(now time.Time) *Model {
	return &Model{
		Now: now, Accounts: map[string]Account{}, Holds: map[string]ledger.HoldInfo{},
		keys: map[string]ledger.Posting{}, versions: map[[2]string]int64{},
	}
}

// Reserved adds up the holds that count against an account now.
func (m *Model) Reserved(account string) int64 {
	var n int64
	for _, h := range m.Holds {
		if h.From == account && m.State(h) == ledger.Held {
			n += h.Held.Minor
		}
	}
	return n
}

// State of a hold now: one whose time is up counts as voided.
func (m *Model) State(h ledger.HoldInfo) ledger.HoldState {
	if h.State == ledger.Held && !h.Expires.IsZero() && !h.Expires.After(m.Now) {
		return ledger.Voided
	}
	return h.State
}

// Version of a record that postings wrote.
func (m *Model) Version(kind, id string) int64 { return m.versions[[2]string{kind, id}] }

// Post does a well-formed posting and returns the code of its fault, "" when it is accepted.
func (m *Model) Post(p ledger.Posting) fault.Code {
	if first, again := m.keys[p.Key]; again {
		if first.Op == p.Op && first.Memo == p.Memo && reflect.DeepEqual(first.Legs, p.Legs) {
			return ""
		}
		return fault.Mismatch
	}
	before := *m
	m.Accounts, m.Holds, m.versions = maps.Clone(m.Accounts), maps.Clone(m.Holds), maps.Clone(m.versions)
	code := m.write(p.With)
	for i := 0; i < len(p.Legs) && code == ""; i++ {
		code = m.leg(p, p.Legs[i])
	}
	if code != "" {
		*m = before
		return code
	}
	m.keys[p.Key] = p
	return ""
}

func (m *Model) write(w store.Write) fault.Code {
	for _, p := range w.Puts {
		at := [2]string{p.Kind, p.ID}
		if p.Expect != store.AnyVersion && p.Expect != m.versions[at] {
			return fault.Conflict
		}
		if m.versions[at]++; p.Delete {
			delete(m.versions, at)
		}
	}
	return ""
}

func (m *Model) leg(p ledger.Posting, l ledger.Leg) fault.Code {
	switch p.Op {
	case ledger.Transfer:
		if code := m.pays(l.From, l.To, l.Amount.Minor, l.Amount.Currency); code != "" {
			return code
		}
		m.move(l.From, l.To, l.Amount.Minor)
		return ""
	case ledger.Hold:
		return m.hold(p, l)
	}
	h, known := m.Holds[l.ID]
	if !known {
		return fault.NotFound
	}
	if p.Op != ledger.Void && l.Amount.Currency != h.Held.Currency {
		return fault.Invalid
	}
	if p.Op == ledger.Refund {
		return m.refund(h, l.Amount.Minor)
	}
	switch {
	case h.State == ledger.Held && m.State(h) == ledger.Voided:
		return fault.Expired
	case h.State != ledger.Held:
		return fault.Conflict
	case p.Op == ledger.Void:
		h.State = ledger.Voided
	case l.Amount.Minor > h.Held.Minor:
		return fault.Invalid
	default:
		h.State, h.Captured = ledger.Captured, l.Amount.Minor
		m.move(h.From, h.To, l.Amount.Minor)
	}
	m.Holds[l.ID] = h
	return ""
}

func (m *Model) hold(p ledger.Posting, l ledger.Leg) fault.Code {
	if code := m.known(l.From, l.To, l.Amount.Currency); code != "" {
		return code
	}
	if _, taken := m.Holds[l.ID]; taken {
		return fault.Conflict
	}
	if !p.Expires.IsZero() && !p.Expires.After(m.Now) {
		return fault.Expired
	}
	if code := m.pays(l.From, l.To, l.Amount.Minor, l.Amount.Currency); code != "" {
		return code
	}
	m.Holds[l.ID] = ledger.HoldInfo{ID: l.ID, From: l.From, To: l.To, Held: l.Amount, State: ledger.Held, Expires: p.Expires}
	return ""
}

func (m *Model) refund(h ledger.HoldInfo, amount int64) fault.Code {
	if h.State != ledger.Captured || h.Refunded+amount > h.Captured {
		return fault.Conflict
	}
	if code := m.pays(h.To, h.From, amount, h.Held.Currency); code != "" {
		return code
	}
	m.move(h.To, h.From, amount)
	if h.Refunded += amount; h.Refunded == h.Captured {
		h.State = ledger.Refunded
	}
	m.Holds[h.ID] = h
	return ""
}

func (m *Model) known(from, to, currency string) fault.Code {
	for _, id := range []string{from, to} {
		a, ok := m.Accounts[id]
		if !ok {
			return fault.NotFound
		}
		if a.Currency != currency {
			return fault.Invalid
		}
	}
	return ""
}

func (m *Model) pays(from, to string, amount int64, currency string) fault.Code {
	if code := m.known(from, to, currency); code != "" {
		return code
	}
	if a := m.Accounts[from]; !a.Overdraft && a.Posted-m.Reserved(from) < amount {
		return fault.Funds
	}
	return ""
}

func (m *Model) move(from, to string, amount int64) {
	f, t := m.Accounts[from], m.Accounts[to]
	f.Posted -= amount
	t.Posted += amount
	m.Accounts[from], m.Accounts[to] = f, t
}
