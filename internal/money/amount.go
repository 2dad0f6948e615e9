// Package money holds amounts as integers of minor units (fen, cents) with their currency.
// No floating point number is ever an amount inside Bangwo: merchants' decimal values are converted once, at the edge, by Parse or FromMajor.
package money

import (
	"fmt"
	"math"
	"math/big"
	"strings"
)

// CNY is the currency of the demo and the default where a merchant states none.
const CNY = "CNY"

// MaxMinor bounds a single amount (100 million yuan): more is a mistake of a merchant's, not a price.
const MaxMinor = 100_000_000_00

// Amount is a number of minor units of one currency. The zero value is "no amount".
type Amount struct {
	Minor    int64  `json:"amount"`
	Currency string `json:"currency"`
}

// Of returns an amount of minor units in currency.
func Of(minor int64, currency string) Amount { return Amount{Minor: minor, Currency: currency} }

// FromMajor converts a merchant's decimal number of yuan (or dollars) to minor units.
// It fails on values that are negative, not finite, finer than a minor unit or beyond MaxMinor.
func FromMajor(v float64, currency string) (Amount, error) {
	if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 || v*100 > MaxMinor {
		return Amount{}, fmt.Errorf("amount %v is out of range", v)
	}
	minor := math.Round(v * 100)
	if math.Abs(v*100-minor) > 1e-6 {
		return Amount{}, fmt.Errorf("amount %v is finer than a minor unit", v)
	}
	return Amount{Minor: int64(minor), Currency: currency}, nil
}

// Parse reads a decimal string such as "18", "18.5" or "1,234.50" exactly.
func Parse(s, currency string) (Amount, error) {
	r, ok := new(big.Rat).SetString(strings.ReplaceAll(strings.TrimSpace(s), ",", ""))
	if !ok {
		return Amount{}, fmt.Errorf("%q is not an amount", s)
	}
	r.Mul(r, big.NewRat(100, 1))
	if !r.IsInt() || r.Sign() < 0 || r.Num().Cmp(big.NewInt(MaxMinor)) > 0 {
		return Amount{}, fmt.Errorf("%q is not an amount of whole minor units", s)
	}
	return Amount{Minor: r.Num().Int64(), Currency: currency}, nil
}

// Add returns the sum; both must have the same currency (the zero Amount has any).
func (a Amount) Add(b Amount) (Amount, error) {
	if a.Currency == "" {
		return b, nil
	}
	if b.Currency != "" && a.Currency != b.Currency {
		return Amount{}, fmt.Errorf("cannot add %s to %s", b.Currency, a.Currency)
	}
	return Amount{Minor: a.Minor + b.Minor, Currency: a.Currency}, nil
}

// IsZero tells whether nothing is to be paid.
func (a Amount) IsZero() bool { return a.Minor == 0 }

// String prints for people: ¥54.00 for yuan, "54.00 USD" otherwise.
func (a Amount) String() string {
	sign, m := "", a.Minor
	if m < 0 {
		sign, m = "-", -m
	}
	n := fmt.Sprintf("%s%d.%02d", sign, m/100, m%100)
	if a.Currency == CNY {
		return "¥" + n
	}
	return n + " " + a.Currency
}
