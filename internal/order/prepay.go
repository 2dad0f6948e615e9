package order

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/store"
)

// Bounds of a registration.
const (
	MaxOutTradeNo = 64
	MaxSubject    = 256
	PrepayFor     = 2 * time.Hour // how long a registered order can be paid
)

// The states of a Prepay.
const (
	PrepayOpen   = "open"
	PrepayPaid   = "paid"
	PrepayClosed = "closed"
)

const prepayKind = "prepay"

// Registry holds the orders that merchants registered before they can be paid. Safe for concurrent use.
type Registry struct {
	store store.Store
	now   func() time.Time
}

// NewRegistry returns the registry on st.
func NewRegistry(st store.Store, now func() time.Time) *Registry { return &Registry{st, now} }

// prepayID is made of the merchant and its own order id, so that registering twice finds the first registration
// and no merchant can name another's.
func prepayID(merchant, outTradeNo string) string {
	sum := sha256.Sum256([]byte(merchant + "\x00" + outTradeNo))
	return "pp_" + hex.EncodeToString(sum[:16])
}

// Register makes an order of the merchant payable. The same order again with the same amount and subject is answered
// with the first registration; with others it is a fault mismatch. Other faults: invalid.
func (r *Registry) Register(ctx context.Context, merchant, outTradeNo string, amount money.Amount, subject string) (Prepay, error) {
	if err := checkPrepay(merchant, outTradeNo, amount, subject); err != nil {
		return Prepay{}, err
	}
	now := r.now().UTC()
	p := Prepay{ID: prepayID(merchant, outTradeNo), Merchant: merchant, OutTradeNo: outTradeNo, Amount: amount,
		Subject: subject, State: PrepayOpen, Created: now, Expires: now.Add(PrepayFor)}
	err := r.store.Commit(ctx, store.Write{Puts: []store.Put{p.put(0)}})
	if !fault.Is(err, fault.Conflict) {
		return p, err
	}
	old, _, err := r.read(ctx, p.ID)
	if err != nil {
		return Prepay{}, err
	}
	if old.Amount != amount || old.Subject != subject {
		return Prepay{}, fault.New(fault.Mismatch, "order %s is registered already with other contents", outTradeNo).With("out_trade_no", outTradeNo)
	}
	return old, nil
}

func checkPrepay(merchant, outTradeNo string, amount money.Amount, subject string) error {
	switch {
	case merchant == "":
		return fault.New(fault.Invalid, "no merchant is named")
	case outTradeNo == "" || len(outTradeNo) > MaxOutTradeNo || !utf8.ValidString(outTradeNo):
		return fault.New(fault.Invalid, "out_trade_no has 1 to %d bytes", MaxOutTradeNo).With("field", "out_trade_no")
	case subject == "" || len(subject) > MaxSubject || !utf8.ValidString(subject):
		return fault.New(fault.Invalid, "subject has 1 to %d bytes", MaxSubject).With("field", "subject")
	case amount.Minor <= 0 || amount.Minor > money.MaxMinor || amount.Currency == "":
		return fault.New(fault.Invalid, "amount is 1 to %d minor units of a currency", money.MaxMinor).With("field", "amount")
	}
	return nil
}

// Get returns a registration of the merchant's, by its prepay id or by the merchant's own order id. Faults: not_found.
func (r *Registry) Get(ctx context.Context, merchant, ref string) (Prepay, error) {
	p, _, err := r.find(ctx, merchant, ref)
	return p, err
}

func (r *Registry) find(ctx context.Context, merchant, ref string) (Prepay, int64, error) {
	for _, id := range []string{ref, prepayID(merchant, ref)} {
		p, version, err := r.read(ctx, id)
		if err == nil && p.Merchant == merchant {
			return p, version, nil
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			return Prepay{}, 0, err
		}
	}
	return Prepay{}, 0, fault.New(fault.NotFound, "merchant %s has registered no order %q", merchant, ref).With("prepay", ref)
}

func (r *Registry) read(ctx context.Context, id string) (p Prepay, version int64, err error) {
	rec, err := r.store.Get(ctx, prepayKind, id)
	if err != nil {
		return p, 0, err
	}
	if err := json.Unmarshal(rec.Data, &p); err != nil {
		return p, 0, fault.New(fault.Internal, "prepay %s cannot be read: %w", id, err)
	}
	return p, rec.Version, nil
}

// Pay checks that ref names an open registration of the merchant for exactly this amount and returns the write that
// marks it paid; the caller commits it together with the payment. Faults: not_found, changed (another amount),
// expired, conflict (paid or closed).
func (r *Registry) Pay(ctx context.Context, merchant, ref string, amount money.Amount) (store.Put, error) {
	p, version, err := r.find(ctx, merchant, ref)
	switch {
	case err != nil:
		return store.Put{}, err
	case p.State != PrepayOpen:
		return store.Put{}, fault.New(fault.Conflict, "order %s is %s", p.OutTradeNo, p.State).With("prepay", p.ID)
	case !r.now().Before(p.Expires):
		return store.Put{}, fault.New(fault.Expired, "order %s could be paid until %s", p.OutTradeNo, p.Expires).With("prepay", p.ID)
	case p.Amount != amount:
		return store.Put{}, fault.New(fault.Changed, "order %s is for %s, confirmed were %s", p.OutTradeNo, p.Amount, amount).With("prepay", p.ID)
	}
	p.State = PrepayPaid
	return p.put(version), nil
}

func (p Prepay) put(expect int64) store.Put {
	raw, err := json.Marshal(p)
	if err != nil {
		panic(err) // plain fields always encode
	}
	return store.Put{Kind: prepayKind, ID: p.ID, Owner: p.Merchant, Group: p.State, Data: raw, Expect: expect}
}
