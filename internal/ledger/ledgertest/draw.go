package ledgertest

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/store"
	"pgregory.net/rapid"
)

// Small worlds meet their limits all the time; that is where ledgers go wrong.
const (
	people    = 3
	maxAmount = 7  // of a leg
	maxFunds  = 20 // of a person at the start
	holdIDs   = 6
	keySpan   = 25 // keys are drawn from so many, so that some come again
)

// Drawer draws postings for a world whose names start with Prefix.
type Drawer struct {
	Prefix string
	Model  *Model
}

// Accounts names the accounts: the world, which may go below zero, some people, and one in another currency.
func (d Drawer) Accounts() []string {
	out := []string{d.Prefix + "world"}
	for i := range people {
		out = append(out, fmt.Sprintf("%sp%d", d.Prefix, i))
	}
	return append(out, d.Prefix+"usd")
}

// Currency of an account.
func (d Drawer) Currency(account string) string {
	if account == d.Prefix+"usd" {
		return "USD"
	}
	return money.CNY
}

// Open adds the accounts to the model.
func (d Drawer) Open() {
	for _, a := range d.Accounts() {
		d.Model.Accounts[a] = Account{Currency: d.Currency(a), Overdraft: a == d.Prefix+"world"}
	}
}

// Fund draws the postings that give people something to spend.
func (d Drawer) Fund(t *rapid.T) []ledger.Posting {
	var out []ledger.Posting
	for i := range people {
		if n := rapid.Int64Range(0, maxFunds).Draw(t, "funds"); n > 0 {
			out = append(out, ledger.Posting{Key: fmt.Sprintf("%sfund%d", d.Prefix, i), Op: ledger.Transfer, Legs: []ledger.Leg{
				{From: d.Prefix + "world", To: fmt.Sprintf("%sp%d", d.Prefix, i), Amount: money.Of(n, money.CNY)}}})
		}
	}
	return out
}

// Posting draws a well-formed posting, which the model may well decline.
func (d Drawer) Posting(t *rapid.T) ledger.Posting {
	op := rapid.SampledFrom([]ledger.Op{ledger.Transfer, ledger.Hold, ledger.Hold, ledger.Capture, ledger.Capture,
		ledger.Void, ledger.Refund, ledger.Refund}).Draw(t, "op")
	p := ledger.Posting{Key: fmt.Sprintf("%sk%d", d.Prefix, rapid.IntRange(0, keySpan).Draw(t, "key")), Op: op}
	legs := rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "legs")
	first := rapid.IntRange(0, holdIDs-1).Draw(t, "hold")
	for i := range legs {
		l := ledger.Leg{Amount: money.Of(rapid.Int64Range(1, maxAmount).Draw(t, "amount"), money.CNY)}
		if rapid.IntRange(0, 30).Draw(t, "foreign") == 0 {
			l.Amount.Currency = "USD"
		}
		if op == ledger.Void {
			l.Amount = money.Amount{} // a void has none
		}
		if op != ledger.Transfer {
			l.ID = fmt.Sprintf("%sh%d", d.Prefix, (first+i)%holdIDs)
		}
		if op == ledger.Transfer || op == ledger.Hold {
			names := d.Accounts()
			from := rapid.IntRange(0, len(names)-1).Draw(t, "from")
			to := (from + rapid.IntRange(1, len(names)-1).Draw(t, "to")) % len(names)
			l.From, l.To = names[from], names[to]
		}
		p.Legs = append(p.Legs, l)
	}
	if op == ledger.Hold && rapid.Bool().Draw(t, "expires") {
		p.Expires = d.Model.Now.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "seconds")) * time.Second)
	}
	d.with(t, &p)
	return p
}

// with gives some postings a record to write, expecting a version that may be stale.
func (d Drawer) with(t *rapid.T, p *ledger.Posting) {
	switch rapid.IntRange(0, 3).Draw(t, "with") {
	case 0:
		stale := rapid.Int64Range(0, 1).Draw(t, "stale")
		p.With.Puts = []store.Put{{Kind: "order", ID: d.Prefix + "o", Data: json.RawMessage(`{}`), Expect: max(0, d.Model.Version("order", d.Prefix+"o")-stale)}}
	case 1:
		p.With.Events = []store.Append{{Stream: d.Prefix + "s", Type: "posted", Data: json.RawMessage(`{}`)}}
	}
}
