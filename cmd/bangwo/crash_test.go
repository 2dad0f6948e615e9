package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/order"
)

const (
	crashes     = 3 // in `make test`; BANGWO_CRASHES asks for more
	crashWithin = 700 * time.Millisecond
	errandFor   = 2 * time.Minute
	demoMoney   = 2000_00
)

// server is `bangwo serve --demo` as a process of its own.
type server struct {
	cmd     *exec.Cmd
	address string
}

// launch starts it and waits for the address that it prints.
func launch(ctx context.Context, data string, more ...string) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "serve", "--demo", "--data", data, "--addr", "127.0.0.1:0", "--json", "--now", "2026-11-24T12:00:00+08:00")
	cmd.Args = append(cmd.Args, more...)
	cmd.Args[0], cmd.Stderr = "bangwo", os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	var line struct{ Address string }
	if err := json.NewDecoder(out).Decode(&line); err != nil {
		return nil, errors.Join(fmt.Errorf("it printed no address: %w", err), cmd.Wait())
	}
	return &server{cmd: cmd, address: line.Address}, nil
}

// kill ends it in the middle of whatever it does.
func (s *server) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// TestKilledServerFinishesErrands kills the server at random points of two-merchant errands. Afterwards every order
// is fully done or fully undone, nothing is paid twice, no ride is booked without an order, and the ledger balances.
func TestKilledServerFinishesErrands(t *testing.T) {
	t.Parallel()
	times, err := strconv.Atoi(os.Getenv("BANGWO_CRASHES"))
	if err != nil {
		times = crashes
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	data := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for i := range times {
		if err := crashOnce(ctx, data, time.Duration(random.Int64N(int64(crashWithin))), order.Policy([]string{"all", "some"}[random.IntN(2)])); err != nil {
			t.Fatalf("errand %d: %v", i+1, err)
		}
		audit(t, data)
	}
}

// crashOnce begins an errand, kills the server after a while, starts it again and follows the errand to its end.
func crashOnce(ctx context.Context, data string, after time.Duration, policy order.Policy) error {
	ctx, cancel := context.WithTimeout(ctx, errandFor)
	defer cancel()
	first, err := launch(ctx, data)
	if err != nil {
		return err
	}
	door, err := dial(ctx, first.address, "", "lin", "en")
	if err != nil {
		first.kill()
		return err
	}
	conversation, _, err := door.say(ctx, saying{text: "帮我叫辆车去机场，顺便在附近订三杯低糖拿铁"})
	if err != nil {
		first.kill()
		return err
	}
	life, end := context.WithTimeout(ctx, after)
	_ = follow(life, door, conversation, policy) // broken off by the kill, or done before it
	end()
	first.kill()

	second, err := launch(ctx, data)
	if err != nil {
		return err
	}
	defer second.kill()
	if door, err = dial(ctx, second.address, "", "lin", "en"); err != nil {
		return err
	}
	return follow(ctx, door, conversation, policy)
}

// follow confirms every card until the errand ends.
func follow(ctx context.Context, door counter, conversation string, policy order.Policy) error {
	for e, err := range door.events(ctx, conversation, 0) {
		if err != nil {
			return err
		}
		switch e.Type {
		case assist.EventBundle:
			shown := read[assist.BundleShown](e)
			err := door.answer(ctx, shown.Pause, assist.Answer{Approve: true, Hash: shown.Hash, Policy: policy})
			if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Expired) { // confirmed before the kill
				return err
			}
		case assist.EventQuestion:
			if q := read[assist.Question](e); q.Kind != assist.AskConfirm && len(q.Choices) > 0 {
				_ = door.answer(ctx, q.Pause, assist.Answer{Value: q.Choices[0].Value})
			}
		case assist.EventDone:
			return nil
		}
	}
	return fmt.Errorf("the errand did not end: %w", context.Cause(ctx))
}

// audit looks at what is left when nothing runs.
func audit(t *testing.T, data string) {
	t.Helper()
	cfg := app.Defaults()
	cfg.Data, cfg.Passive = data, true
	a, err := app.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := a.Ledger().Verify(t.Context()); err != nil {
		t.Errorf("ledger: %v", err)
	}
	orders, err := a.Desk().Orders(t.Context(), "lin", "", 0)
	if err != nil {
		t.Fatal(err)
	}
	left, rides := int64(demoMoney), 0
	for _, o := range orders {
		switch o.State {
		case order.Fulfilled:
			left -= o.Paid.Minor
			if o.Quote.Service == "ride" {
				rides++
			}
		case order.Failed, order.Cancelled, order.Refunded:
		default:
			t.Errorf("order %s of %s stays %s", o.ID, o.Quote.Service, o.State)
		}
	}
	b, err := a.Ledger().Balance(t.Context(), "person/lin")
	if err != nil || b.Posted != left || b.Reserved != 0 {
		t.Errorf("balance %+v, %v; want %d and nothing reserved", b, err, left)
	}
	if booked := bookedRides(t, data); booked != rides {
		t.Errorf("%d rides are booked for %d fulfilled orders", booked, rides)
	}
}

// bookedRides counts what the ride merchant itself believes.
func bookedRides(t *testing.T, data string) int {
	t.Helper()
	f, err := os.Open(filepath.Join(data, "demo", "ride.json"))
	if errors.Is(err, os.ErrNotExist) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	var kept struct {
		Orders []struct{ Cancelled int64 }
	}
	if err := json.Unmarshal(raw, &kept); err != nil {
		t.Fatal(err)
	}
	booked := 0
	for _, o := range kept.Orders {
		if o.Cancelled == 0 {
			booked++
		}
	}
	return booked
}
