package ledger

import (
	"github.com/bangwo/bangwo/internal/fault"
)

// Account is an account as the book keeps it. Num is its short name in storage.
type Account struct {
	Num       int64
	ID        string
	Currency  string
	Overdraft bool
	Posted    int64
	Reserved  int64
}

// HoldRow is a hold as the book keeps it. Expired tells a hold that ran out from one that was voided.
type HoldRow struct {
	ID       string
	From, To string
	Amount   int64
	Captured int64
	Refunded int64
	State    HoldState
	Expired  bool
	Expires  int64 // unix microseconds, 0: never
}

// Line is one movement that a posting made: what becomes an entry.
type Line struct {
	HoldID         string
	From, To       string
	FromNum, ToNum int64 // the same accounts by their short names
	Amount         int64
}

// Book decides postings in order on the accounts and holds it was given. It is the ledger's only judge: drivers load
// it inside their writing transaction, ask it, and store what it changed. It is not safe for concurrent use.
type Book struct {
	Accounts map[string]*Account
	Holds    map[string]*HoldRow

	now           int64
	touched       map[string]*HoldRow
	savedAccounts []savedAccount
	savedHolds    []savedHold
}

type savedAccount struct {
	at  *Account
	was Account
}

type savedHold struct {
	id  string
	at  *HoldRow
	was *HoldRow // nil when the posting made it
}

// NewBook makes an empty book for decisions at the instant now (unix microseconds), about so many accounts.
func NewBook(now int64, accounts int) *Book {
	return &Book{Accounts: make(map[string]*Account, accounts), Holds: map[string]*HoldRow{}, now: now, touched: map[string]*HoldRow{}}
}

// Touched returns the holds whose rows differ from what was loaded, each once however often it changed. The accounts
// that differ are those that the lines name.
func (b *Book) Touched() map[string]*HoldRow { return b.touched }

// Post decides p. When it is declined, the book is as it was before.
func (b *Book) Post(p *Posting) ([]Line, error) {
	b.savedAccounts, b.savedHolds = b.savedAccounts[:0], b.savedHolds[:0]
	lines := make([]Line, 0, len(p.Legs))
	for i := range p.Legs {
		line, err := b.leg(p, &p.Legs[i])
		if err != nil {
			b.undo()
			return nil, err
		}
		lines = append(lines, b.named(line))
	}
	b.keep()
	return lines, nil
}

// Expire releases a hold whose time is up. It returns false when there is nothing to release.
func (b *Book) Expire(id string) (Line, bool) {
	h := b.Holds[id]
	if h == nil || !b.due(h) {
		return Line{}, false
	}
	b.savedAccounts, b.savedHolds = b.savedAccounts[:0], b.savedHolds[:0]
	line, err := b.release(h)
	if err != nil {
		b.undo()
		return Line{}, false
	}
	h.Expired = true
	b.keep()
	return b.named(line), true
}

func (b *Book) named(l Line) Line {
	l.FromNum, l.ToNum = b.Accounts[l.From].Num, b.Accounts[l.To].Num
	return l
}

func (b *Book) leg(p *Posting, l *Leg) (Line, error) {
	switch p.Op {
	case Transfer:
		return b.transfer(l)
	case Hold:
		return b.hold(p, l)
	}
	h := b.Holds[l.ID]
	if h == nil {
		return Line{}, fault.New(fault.NotFound, "no hold %q", l.ID).With("hold", l.ID)
	}
	if p.Op != Void && l.Amount.Currency != b.Accounts[h.From].Currency {
		return Line{}, fault.New(fault.Invalid, "hold %q is in %s", l.ID, b.Accounts[h.From].Currency)
	}
	switch p.Op {
	case Capture:
		return b.capture(h, l.Amount.Minor)
	case Void:
		if err := b.held(h); err != nil {
			return Line{}, err
		}
		return b.release(h)
	default:
		return b.refund(h, l.Amount.Minor)
	}
}

func (b *Book) transfer(l *Leg) (Line, error) {
	from, to, err := b.pair(l)
	if err != nil {
		return Line{}, err
	}
	if err := b.covers(from, l.Amount.Minor); err != nil {
		return Line{}, err
	}
	return Line{HoldID: l.ID, From: l.From, To: l.To, Amount: l.Amount.Minor}, b.move(from, to, l.Amount.Minor)
}

func (b *Book) hold(p *Posting, l *Leg) (Line, error) {
	from, _, err := b.pair(l)
	if err != nil {
		return Line{}, err
	}
	if b.Holds[l.ID] != nil {
		return Line{}, fault.New(fault.Conflict, "hold %q exists already", l.ID).With("hold", l.ID)
	}
	expires := int64(0)
	if !p.Expires.IsZero() {
		if expires = p.Expires.UnixMicro(); expires <= b.now {
			return Line{}, fault.New(fault.Expired, "hold %q would already have expired", l.ID)
		}
	}
	if err := b.covers(from, l.Amount.Minor); err != nil {
		return Line{}, err
	}
	b.saveAccount(from)
	if from.Reserved, err = sum(from.Reserved, l.Amount.Minor); err != nil {
		return Line{}, err
	}
	h := &HoldRow{ID: l.ID, From: l.From, To: l.To, Amount: l.Amount.Minor, State: Held, Expires: expires}
	b.savedHolds = append(b.savedHolds, savedHold{id: l.ID, at: h})
	b.Holds[l.ID] = h
	return Line{HoldID: l.ID, From: l.From, To: l.To, Amount: l.Amount.Minor}, nil
}

func (b *Book) capture(h *HoldRow, amount int64) (Line, error) {
	if err := b.held(h); err != nil {
		return Line{}, err
	}
	if amount > h.Amount {
		return Line{}, fault.New(fault.Invalid, "capture of %d is more than the %d held by %q", amount, h.Amount, h.ID)
	}
	line, err := b.release(h)
	if err != nil {
		return Line{}, err
	}
	h.State, h.Captured = Captured, amount
	line.Amount = amount
	return line, b.move(b.Accounts[h.From], b.Accounts[h.To], amount)
}

func (b *Book) refund(h *HoldRow, amount int64) (Line, error) {
	if h.State != Captured {
		return Line{}, wrongState(h)
	}
	if left := h.Captured - h.Refunded; amount > left {
		return Line{}, fault.New(fault.Conflict, "refund of %d is more than the %d left of %q", amount, left, h.ID)
	}
	payee := b.Accounts[h.To]
	if err := b.covers(payee, amount); err != nil {
		return Line{}, err
	}
	b.saveHold(h)
	if h.Refunded += amount; h.Refunded == h.Captured {
		h.State = Refunded
	}
	return Line{HoldID: h.ID, From: h.To, To: h.From, Amount: amount}, b.move(payee, b.Accounts[h.From], amount)
}

// release gives back what a hold reserved.
func (b *Book) release(h *HoldRow) (Line, error) {
	from := b.Accounts[h.From]
	if from.Reserved < h.Amount {
		return Line{}, fault.New(fault.Internal, "account %q reserves less than hold %q", h.From, h.ID)
	}
	b.saveAccount(from)
	b.saveHold(h)
	from.Reserved -= h.Amount
	h.State = Voided
	return Line{HoldID: h.ID, From: h.From, To: h.To, Amount: h.Amount}, nil
}

func (b *Book) move(from, to *Account, amount int64) error {
	b.saveAccount(from)
	b.saveAccount(to)
	var err error
	if from.Posted, err = sum(from.Posted, -amount); err != nil {
		return err
	}
	to.Posted, err = sum(to.Posted, amount)
	return err
}

func (b *Book) pair(l *Leg) (from, to *Account, err error) {
	if from, err = b.account(l.From, l.Amount.Currency); err != nil {
		return nil, nil, err
	}
	to, err = b.account(l.To, l.Amount.Currency)
	return from, to, err
}

func (b *Book) account(id, currency string) (*Account, error) {
	a := b.Accounts[id]
	if a == nil {
		return nil, fault.New(fault.NotFound, "no account %q", id).With("account", id)
	}
	if a.Currency != currency {
		return nil, fault.New(fault.Invalid, "account %q is in %s, not %s", id, a.Currency, currency)
	}
	return a, nil
}

// covers tells whether an account can give amount now: holds count against it.
func (b *Book) covers(a *Account, amount int64) error {
	if a.Overdraft || a.Posted-a.Reserved >= amount {
		return nil
	}
	return fault.New(fault.Funds, "account %q has %d to spend, not %d", a.ID, a.Posted-a.Reserved, amount).
		With("account", a.ID)
}

func (b *Book) due(h *HoldRow) bool { return h.State == Held && h.Expires != 0 && h.Expires <= b.now }

func (b *Book) held(h *HoldRow) error {
	switch {
	case h.Expired || b.due(h):
		return fault.New(fault.Expired, "hold %q has expired", h.ID).With("hold", h.ID)
	case h.State != Held:
		return wrongState(h)
	}
	return nil
}

func wrongState(h *HoldRow) error {
	return fault.New(fault.Conflict, "hold %q is %s", h.ID, h.State).With("hold", h.ID).With("state", string(h.State))
}

func (b *Book) saveAccount(a *Account) {
	b.savedAccounts = append(b.savedAccounts, savedAccount{a, *a})
}

func (b *Book) saveHold(h *HoldRow) {
	was := *h
	b.savedHolds = append(b.savedHolds, savedHold{h.ID, h, &was})
}

// keep makes the posting's changes part of the batch.
func (b *Book) keep() {
	for _, s := range b.savedHolds {
		b.touched[s.id] = s.at
	}
}

// undo takes a declined posting's changes back, latest first.
func (b *Book) undo() {
	for i := len(b.savedAccounts) - 1; i >= 0; i-- {
		*b.savedAccounts[i].at = b.savedAccounts[i].was
	}
	for i := len(b.savedHolds) - 1; i >= 0; i-- {
		if s := b.savedHolds[i]; s.was == nil {
			delete(b.Holds, s.id)
		} else {
			*s.at = *s.was
		}
	}
}

func sum(a, b int64) (int64, error) {
	c := a + b
	if (b > 0 && c < a) || (b < 0 && c > a) {
		return 0, fault.New(fault.Limit, "the balance would leave the range of 64 bits")
	}
	return c, nil
}

// Add brings an account into the book.
func (b *Book) Add(a *Account) { b.Accounts[a.ID] = a }
