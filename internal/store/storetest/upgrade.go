package storetest

import (
	"fmt"
	"testing"

	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store/sqldb"
)

// upgradeRounds makes accounts with several waypoints' worth of entries.
const upgradeRounds = 100

// Upgrade fills a database of the first schema by hand, as that version did, opens it with this one and looks whether
// books and pages are whole. run runs one statement of the dialect d; open opens what they made.
func Upgrade(t *testing.T, d sqldb.Dialect, run func(statement string), open func() DB) {
	first, err := sqldb.Script("0001_init.sql")
	ok(t, err)
	for _, s := range d.Statements(first) {
		run(s)
	}
	run("CREATE TABLE schema_migration (version BIGINT PRIMARY KEY, name TEXT NOT NULL, at BIGINT NOT NULL)")
	run("INSERT INTO schema_migration (version, name, at) VALUES (1, '0001_init.sql', 0)")
	o := &oldWriter{run: run, d: d, chain: ledger.Genesis()}
	o.fill()
	db := open()
	l := db.Ledger()
	ok(t, l.Verify(t.Context()))
	balance(t, l, "ann", 1000-2*upgradeRounds, 5)
	balance(t, l, "bob", 2*upgradeRounds, 0)
	state(t, l, "open", ledger.Held, 0, 0)
	if n := countStatement(t, l, "ann", 7); n != 1+2*upgradeRounds+1 {
		t.Fatalf("ann has %d entries", n)
	}
	ok(t, l.Post(t.Context(), transfer("top", "world", "ann", 1000)))
	want(t, l.Post(t.Context(), transfer("top", "world", "ann", 999)), "mismatch")
	want(t, l.Post(t.Context(), transfer("pair0", "ann", "bob", 9)), "mismatch")
	ok(t, l.Post(t.Context(), end(ledger.Capture, "late", "open", 5)))
	ok(t, l.Verify(t.Context()))
	balance(t, l, "bob", 2*upgradeRounds+5, 0)
}

func countStatement(t *testing.T, l ledger.Ledger, account string, page int) int {
	t.Helper()
	n, after := 0, int64(0)
	for {
		entries, err := l.Statement(t.Context(), account, after, page)
		ok(t, err)
		if len(entries) == 0 {
			return n
		}
		for _, e := range entries {
			if e.Seq <= after || (e.From != account && e.To != account) {
				t.Fatalf("entry %d after %d: %+v", e.Seq, after, e)
			}
			after = e.Seq
		}
		n += len(entries)
	}
}

// oldWriter writes rows as the first schema had them.
type oldWriter struct {
	run            func(string)
	d              sqldb.Dialect
	chain          []byte
	posting, entry int
}

func (o *oldWriter) fill() {
	for i, a := range []string{"world", "ann", "bob"} {
		o.run(fmt.Sprintf("INSERT INTO account (num, id, currency, overdraft, posted, reserved) VALUES (%d, '%s', 'CNY', %t, 0, 0)", i+1, a, a == "world"))
	}
	o.post("fund", ledger.Transfer, ledger.Line{From: "world", To: "ann", Amount: 1000})
	for i := range upgradeRounds {
		o.post(fmt.Sprint("pair", i), ledger.Transfer, ledger.Line{From: "ann", To: "bob", Amount: 1}, ledger.Line{From: "ann", To: "bob", Amount: 1})
	}
	o.post("hold", ledger.Hold, ledger.Line{HoldID: "open", From: "ann", To: "bob", Amount: 5})
	o.run("INSERT INTO hold (id, src, dst, amount, captured, refunded, state, expired, expires) VALUES ('open', 2, 3, 5, 0, 0, 'held', false, 0)")
	o.run(fmt.Sprintf("UPDATE account SET posted = %d WHERE num = 1", -1000))
	o.run(fmt.Sprintf("UPDATE account SET posted = %d, reserved = 5 WHERE num = 2", 1000-2*upgradeRounds))
	o.run(fmt.Sprintf("UPDATE account SET posted = %d WHERE num = 3", 2*upgradeRounds))
	o.run(fmt.Sprintf("UPDATE writer SET posting = %d, entry = %d, account = 3, chain = %s", o.posting, o.entry, o.bytes(o.chain)))
}

func (o *oldWriter) post(key string, op ledger.Op, lines ...ledger.Line) {
	num := map[string]int{"world": 1, "ann": 2, "bob": 3}
	o.posting++
	p := ledger.Posting{Op: op}
	for _, l := range lines {
		p.Legs = append(p.Legs, ledger.Leg{ID: l.HoldID, From: l.From, To: l.To, Amount: yuan(l.Amount)})
	}
	hash := p.Hash()
	o.chain = ledger.Link(o.chain, key, op, "", int64(o.posting), lines)
	o.run(fmt.Sprintf("INSERT INTO posting (num, key, hash, op, memo, at, chain) VALUES (%d, '%s', %s, '%s', '', %d, %s)",
		o.posting, key, o.bytes(hash[:]), op, o.posting, o.bytes(o.chain)))
	for _, l := range lines {
		o.entry++
		o.run(fmt.Sprintf("INSERT INTO entry (seq, posting, hold, src, dst, amount) VALUES (%d, %d, '%s', %d, %d, %d)",
			o.entry, o.posting, l.HoldID, num[l.From], num[l.To], l.Amount))
	}
}

func (o *oldWriter) bytes(b []byte) string {
	if o.d.Name == sqldb.Postgres.Name {
		return fmt.Sprintf("decode('%x', 'hex')", b)
	}
	return fmt.Sprintf("x'%x'", b)
}
