package ledgertest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
)

// Histories are kept at the limit: a payer with less than the callers together ask for, few holds that everybody ends,
// and keys that come again. Slack limits hide what goes wrong between a check and what follows from it.
const (
	linearFunds   = 4 // of the payer at the start
	linearMost    = 3 // of one movement
	linearHolds   = 4
	linearKeys    = 24
	linearClients = 6
	linearOps     = 10 // of each client
	linearTime    = time.Minute
)

// call is an operation as a history records it.
type call struct {
	op     string
	key    int
	hold   int
	amount int64
}

// answer is what came back: the code of a fault, and what was read.
type answer struct {
	code    fault.Code
	a, b    int64
	state   ledger.HoldState
	capture int64
}

// heldState is a hold of the sequential model.
type heldState struct {
	state                      ledger.HoldState
	amount, captured, refunded int64
}

// world is the whole state of the sequential model; it is comparable.
type world struct {
	ann, bob, reserved int64
	holds              [linearHolds]heldState
	keys               [linearKeys]call // the call that used the key, without it
}

// CheckLinear lets callers use a ledger through several doors at once and returns an error when their answers have no
// order in which one ledger could have given them. prefix names accounts, holds and keys that nobody else uses.
func CheckLinear(ctx context.Context, seed uint64, prefix string, doors ...ledger.Ledger) error {
	for _, a := range []string{"world", "ann", "bob"} {
		if err := doors[0].Open(ctx, prefix+a, money.CNY, a == "world"); err != nil {
			return err
		}
	}
	fund := transferOf(prefix, prefix+"fund", leg(prefix, "world", "ann", linearFunds))
	if err := doors[0].Post(ctx, fund); err != nil {
		return err
	}
	var mu sync.Mutex
	var history []porcupine.Operation
	var wg sync.WaitGroup
	begun := time.Now()
	for c := range linearClients {
		random := rand.New(rand.NewPCG(seed, uint64(c)))
		wg.Go(func() {
			for range linearOps {
				in := draw(random)
				start := time.Since(begun)
				out := perform(ctx, doors[c%len(doors)], prefix, in)
				end := time.Since(begun)
				mu.Lock()
				history = append(history, porcupine.Operation{ClientId: c, Input: in, Call: int64(start), Output: out, Return: int64(end)})
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	switch porcupine.CheckOperationsTimeout(linearModel, history, linearTime) {
	case porcupine.Illegal:
		return fmt.Errorf("seed %d: no order of these %d operations is one ledger's: %v", seed, len(history), history)
	case porcupine.Unknown:
		return fmt.Errorf("seed %d: no verdict within %s", seed, linearTime)
	}
	return nil
}

func draw(r *rand.Rand) call {
	ops := []string{"transfer", "linked", "back", "hold", "hold", "capture", "capture", "void", "refund", "refund", "refund", "ann", "bob", "held"}
	return call{op: ops[r.IntN(len(ops))], key: r.IntN(linearKeys), hold: r.IntN(linearHolds), amount: 1 + r.Int64N(linearMost)}
}

func leg(prefix, from, to string, n int64) ledger.Leg {
	return ledger.Leg{From: prefix + from, To: prefix + to, Amount: money.Of(n, money.CNY)}
}

func transferOf(prefix, key string, legs ...ledger.Leg) ledger.Posting {
	return ledger.Posting{Key: key, Op: ledger.Transfer, Legs: legs}
}

// posting is what a call that writes posts.
func (c call) posting(prefix string) ledger.Posting {
	key := fmt.Sprintf("%sk%d", prefix, c.key)
	id := fmt.Sprintf("%sh%d", prefix, c.hold)
	end := ledger.Posting{Key: key, Op: ledger.Op(c.op), Legs: []ledger.Leg{{ID: id, Amount: money.Of(c.amount, money.CNY)}}}
	switch c.op {
	case "transfer":
		return transferOf(prefix, key, leg(prefix, "ann", "bob", c.amount))
	case "linked": // the second leg needs more than bob gets by the first
		return transferOf(prefix, key, leg(prefix, "ann", "bob", c.amount), leg(prefix, "bob", "world", c.amount+1))
	case "back":
		return transferOf(prefix, key, leg(prefix, "bob", "ann", c.amount))
	case "hold":
		end.Legs[0].From, end.Legs[0].To = prefix+"ann", prefix+"bob"
	case "void":
		end.Legs[0].Amount = money.Amount{}
	}
	return end
}

func perform(ctx context.Context, l ledger.Ledger, prefix string, c call) answer {
	switch c.op {
	case "ann", "bob":
		b, err := l.Balance(ctx, prefix+c.op)
		return answer{code: fault.CodeOf(err), a: b.Posted, b: b.Reserved}
	case "held":
		h, err := l.HoldOf(ctx, fmt.Sprintf("%sh%d", prefix, c.hold))
		return answer{code: fault.CodeOf(err), state: h.State, capture: h.Captured, a: h.Refunded}
	}
	return answer{code: fault.CodeOf(l.Post(ctx, c.posting(prefix)))}
}

var linearModel = porcupine.Model{
	Init: func() any { return world{ann: linearFunds} },
	Step: func(state, input, output any) (bool, any) {
		w, c := state.(world), input.(call)
		want := w.step(c)
		return want == output.(answer), w
	},
	Equal: func(a, b any) bool { return a.(world) == b.(world) },
}

// step does a call alone and tells what must be answered.
func (w *world) step(c call) answer {
	switch c.op {
	case "ann":
		return answer{a: w.ann, b: w.reserved}
	case "bob":
		return answer{a: w.bob}
	case "held":
		h := w.holds[c.hold]
		if h.state == "" {
			return answer{code: fault.NotFound}
		}
		return answer{state: h.state, capture: h.captured, a: h.refunded}
	}
	asked := call{op: c.op, hold: c.hold, amount: c.amount}
	switch c.op {
	case "transfer", "linked", "back":
		asked.hold = 0
	case "void":
		asked.amount = 0
	}
	if used := w.keys[c.key]; used.op != "" {
		if used != asked {
			return answer{code: fault.Mismatch}
		}
		return answer{}
	}
	before := *w
	if code := w.write(c); code != "" {
		*w = before
		return answer{code: code}
	}
	w.keys[c.key] = asked
	return answer{}
}

func (w *world) write(c call) fault.Code {
	h := &w.holds[c.hold]
	switch c.op {
	case "transfer":
		return w.pay(c.amount)
	case "linked":
		if code := w.pay(c.amount); code != "" {
			return code
		}
		if w.bob -= c.amount + 1; w.bob < 0 {
			return fault.Funds
		}
		return ""
	case "back":
		if w.ann, w.bob = w.ann+c.amount, w.bob-c.amount; w.bob < 0 {
			return fault.Funds
		}
		return ""
	case "hold":
		if h.state != "" {
			return fault.Conflict
		}
		*h = heldState{state: ledger.Held, amount: c.amount}
		if w.reserved += c.amount; w.ann < w.reserved {
			return fault.Funds
		}
		return ""
	}
	return w.end(c, h)
}

func (w *world) end(c call, h *heldState) fault.Code {
	if h.state == "" {
		return fault.NotFound
	}
	if c.op == "refund" {
		if h.state != ledger.Captured || h.refunded+c.amount > h.captured {
			return fault.Conflict
		}
		if w.ann, w.bob = w.ann+c.amount, w.bob-c.amount; w.bob < 0 {
			return fault.Funds
		}
		if h.refunded += c.amount; h.refunded == h.captured {
			h.state = ledger.Refunded
		}
		return ""
	}
	if h.state != ledger.Held {
		return fault.Conflict
	}
	w.reserved -= h.amount
	if h.state = ledger.Voided; c.op == "void" {
		return ""
	}
	if c.amount > h.amount {
		return fault.Invalid
	}
	h.state, h.captured = ledger.Captured, c.amount
	w.ann, w.bob = w.ann-c.amount, w.bob+c.amount
	return ""
}

func (w *world) pay(n int64) fault.Code {
	if w.ann-w.reserved < n {
		return fault.Funds
	}
	w.ann, w.bob = w.ann-n, w.bob+n
	return ""
}
