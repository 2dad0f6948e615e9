package storetest

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/store"
)

// DB is what a crash test needs of a driver.
type DB interface {
	store.Store
	Ledger() ledger.Ledger
}

// EnvKills says how many kills a crash test makes; more of them make a soak.
const EnvKills = "BANGWO_KILLS"

const (
	envChild     = "BANGWO_CRASH_CHILD" // where the child's database is
	envRound     = "BANGWO_CRASH_ROUND"
	defaultKills = 6
	childHands   = 24
	mostAcks     = 400 // before a kill
)

// ChildMain turns the process into a crash test's child if it was started as one. Call it first in TestMain.
func ChildMain(open func(ctx context.Context, where string) (DB, error)) {
	where := os.Getenv(envChild)
	if where == "" {
		return
	}
	ctx := context.Background()
	db, err := open(ctx, where)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	round := os.Getenv(envRound)
	var wg sync.WaitGroup
	for hand := range childHands {
		wg.Go(func() {
			for n := 0; ; n++ {
				spend(ctx, db, fmt.Sprintf("%s/%d/%d", round, hand, n))
			}
		})
	}
	wg.Wait()
}

// spend holds and captures, with an order record and an event in the same commits, and says what was acknowledged.
func spend(ctx context.Context, db DB, id string) {
	for _, p := range []ledger.Posting{crashHold(id), crashCapture(id)} {
		if err := db.Ledger().Post(ctx, p); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(p.Key) // one write to the pipe, after the answer
	}
}

func crashHold(id string) ledger.Posting {
	p := hold(id+"/hold", id, "ann", "bob", 3)
	p.With = store.Write{
		Puts:   []store.Put{{Kind: "order", ID: id, Data: json.RawMessage(`"held"`)}},
		Events: []store.Append{{Stream: "orders", Type: "held", Data: json.RawMessage(`1`)}},
	}
	return p
}

func crashCapture(id string) ledger.Posting {
	p := end(ledger.Capture, id+"/capture", id, 2)
	p.With = store.Write{
		Puts:   []store.Put{{Kind: "order", ID: id, Data: json.RawMessage(`"captured"`), Expect: 1}},
		Events: []store.Append{{Stream: "orders", Type: "captured", Data: json.RawMessage(`1`)}},
	}
	return p
}

// Crash kills a child again and again while it writes, and after each kill finds everything that it had acknowledged,
// whole, and nothing else than whole.
func Crash(t *testing.T, where string, open func(t testing.TB, where string) DB) {
	kills := defaultKills
	if n, err := strconv.Atoi(os.Getenv(EnvKills)); err == nil {
		kills = n
	}
	db := open(t, where)
	rich(t, db.Ledger(), 0, "bob")
	ok(t, db.Ledger().Open(t.Context(), "ann", money.CNY, true))
	ok(t, db.Close())
	total := 0
	for round := range kills {
		acked := killedChild(t, where, round)
		total += len(acked)
		db := open(t, where)
		checkCrash(t, db, acked)
		ok(t, db.Close())
	}
	t.Logf("%d kills, %d acknowledged, none lost", kills, total)
}

// killedChild runs a child until it has acknowledged some postings, kills it and returns all that it acknowledged.
func killedChild(t *testing.T, where string, round int) []string {
	t.Helper()
	self, err := os.Executable()
	ok(t, err)
	child := exec.CommandContext(t.Context(), self, "-test.run=^$")
	child.Env = append(os.Environ(), envChild+"="+where, envRound+"="+strconv.Itoa(round))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	ok(t, err)
	ok(t, child.Start())
	var acked []string
	enough := rand.IntN(mostAcks)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if acked = append(acked, lines.Text()); len(acked) == enough+1 {
			ok(t, child.Process.Kill())
		}
	}
	if err := child.Wait(); err == nil || len(acked) <= enough {
		t.Fatalf("the child ended by itself after %d postings: %v", len(acked), err)
	}
	return acked
}

func checkCrash(t *testing.T, db DB, acked []string) {
	t.Helper()
	ctx := t.Context()
	ok(t, db.Ledger().Verify(ctx))
	for _, key := range acked {
		i := strings.LastIndexByte(key, '/')
		id, what := key[:i], key[i+1:]
		p := crashHold(id)
		if what == "capture" {
			p = crashCapture(id)
		}
		p.Memo = "other" // if the posting is there, its key mismatches; if it was lost, this would be accepted
		want(t, db.Ledger().Post(ctx, p), fault.Mismatch)
		r, err := db.Get(ctx, "order", id)
		ok(t, err)
		if what == "capture" && string(r.Data) != `"captured"` {
			t.Fatalf("%s was acknowledged and its order is %s", key, r.Data)
		}
	}
	checkWhole(t, db)
}

// checkWhole looks for money without its order or its events.
func checkWhole(t *testing.T, db DB) {
	t.Helper()
	ctx := t.Context()
	var entries, events int
	for after := int64(0); ; {
		page, err := db.Ledger().Statement(ctx, "bob", after, 0)
		ok(t, err)
		if len(page) == 0 {
			break
		}
		entries, after = entries+len(page), page[len(page)-1].Seq
	}
	for after := int64(0); ; {
		page, err := db.Events(ctx, "orders", after, 0)
		ok(t, err)
		if len(page) == 0 {
			break
		}
		events, after = events+len(page), page[len(page)-1].Seq
	}
	if entries != events {
		t.Fatalf("%d entries, %d events", entries, events)
	}
}
