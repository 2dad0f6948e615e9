package main

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store/pgtest"
)

// The load of a soak.
const (
	soakWorkers = 4
	soakMoney   = 1_000_000_00                // what everybody gets beside the demo money, in fen
	soakLife    = 6 * time.Second             // a server's longest life before it is killed
	soakEnd     = 5 * time.Minute             // for everything begun to end
	soakPause   = 200 * time.Millisecond      // of a worker whose server is gone
	soakClock   = "2026-11-24T12:00:00+08:00" // as launch sets it: every demo merchant is open
)

// soakSentences are said at random.
var soakSentences = []string{"帮我叫辆车去机场，顺便在附近订三杯低糖拿铁", "三杯低糖拿铁", "I need a ride to the airport", "two lattes and a car to the airport",
	"帮我叫辆车去机场", "显示我的订单", "取消我刚才的订单", "show my balance"}

// soak is random errands of several people at a server that is killed again and again.
type soak struct {
	data string
	args []string

	mu      sync.Mutex
	address string
	said    map[string]string // conversation → who, until it has ended
	ended   int
	kills   int
}

// TestSoak runs for the time in BANGWO_SOAK (make soak) on both databases, then wants the books of everybody to be right.
func TestSoak(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("BANGWO_SOAK"))
	if err != nil {
		t.Skip("BANGWO_SOAK is not set to a duration: make soak SOAK=10m")
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	for name, args := range map[string]func(t *testing.T) []string{
		"sqlite":   func(*testing.T) []string { return nil },
		"postgres": func(t *testing.T) []string { t.Cleanup(pgtest.Stop); return []string{"--db", pgtest.Database(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			s := &soak{data: filepath.Join(t.TempDir(), "data"), args: args(t), said: map[string]string{}}
			s.seed(t)
			s.run(t, long, rand.New(rand.NewPCG(seed, 1)))
			t.Logf("%d errands ended, the server was killed %d times", s.ended, s.kills)
			if s.ended == 0 || s.kills == 0 {
				t.Error("nothing was tried")
			}
			s.audit(t)
		})
	}
}

// open opens the platform on the soak's data while no server runs.
func (s *soak) open(t *testing.T) *app.App {
	t.Helper()
	cfg := app.Defaults()
	cfg.Data, cfg.Passive, cfg.Demo = s.data, true, true
	at, err := parseNow(soakClock)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Now = clockFrom(at)
	if len(s.args) == 2 {
		cfg.DB = s.args[1]
	}
	a, err := app.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (s *soak) seed(t *testing.T) {
	t.Helper()
	a := s.open(t)
	defer a.Close()
	for _, who := range []string{"lin", "sam"} {
		if err := a.TopUp(t.Context(), who, "soak/"+who, money.Of(soakMoney, money.CNY)); err != nil {
			t.Fatal(err)
		}
	}
}

// run keeps a server alive for random times while workers bring errands, then lets everything end.
func (s *soak) run(t *testing.T, long time.Duration, random *rand.Rand) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), long)
	defer cancel()
	var workers sync.WaitGroup
	for n := range soakWorkers {
		own := rand.New(rand.NewPCG(random.Uint64(), uint64(n)))
		workers.Go(func() {
			for ctx.Err() == nil {
				s.errand(ctx, own)
			}
		})
	}
	for ctx.Err() == nil {
		srv, err := launch(t.Context(), s.data, s.args...)
		if err != nil {
			t.Fatal(err)
		}
		s.at(srv.address)
		life, end := context.WithTimeout(ctx, time.Duration(random.Int64N(int64(soakLife))))
		<-life.Done()
		end()
		s.at("")
		srv.kill()
		s.kills++
	}
	workers.Wait()
	srv, err := launch(t.Context(), s.data, s.args...)
	if err != nil {
		t.Fatal(err)
	}
	defer srv.kill()
	s.finish(t, srv.address)
}

func (s *soak) at(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.address = address
}

// errand brings one errand and follows it as far as the server lives.
func (s *soak) errand(ctx context.Context, random *rand.Rand) {
	s.mu.Lock()
	address := s.address
	s.mu.Unlock()
	who := []string{"lin", "sam"}[random.IntN(2)]
	door, err := dial(ctx, address, "", who, "en")
	if address == "" || err != nil {
		rest, cancel := context.WithTimeout(ctx, soakPause)
		<-rest.Done()
		cancel()
		return
	}
	conversation, _, err := door.say(ctx, saying{text: soakSentences[random.IntN(len(soakSentences))]})
	if err != nil {
		return // said or not: where it was taken, it is a turn without anybody to answer
	}
	s.note(conversation, who)
	policy := order.Policy([]string{"all", "some"}[random.IntN(2)])
	if follow(ctx, door, conversation, policy) == nil {
		s.note(conversation, "")
	}
}

func (s *soak) note(conversation, who string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if who == "" {
		delete(s.said, conversation)
		s.ended++
		return
	}
	s.said[conversation] = who
}

// finish follows everything that was left open to its end.
func (s *soak) finish(t *testing.T, address string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), soakEnd)
	defer cancel()
	for conversation, who := range s.said {
		door, err := dial(ctx, address, "", who, "en")
		if err == nil {
			err = follow(ctx, door, conversation, order.AllOrNothing)
		}
		if err != nil {
			t.Errorf("a conversation of %s: %v", who, err)
		}
		s.ended++
	}
}

// audit wants the ledger to balance, every order to be done or undone, everybody to have paid for exactly what was done, and
// the ride merchant to know of exactly the rides that were paid.
func (s *soak) audit(t *testing.T) {
	t.Helper()
	a := s.open(t)
	defer a.Close()
	if err := a.Ledger().Verify(t.Context()); err != nil {
		t.Errorf("ledger: %v", err)
	}
	rides := 0
	for _, who := range []string{"lin", "sam"} {
		left := int64(demoMoney + soakMoney)
		for after := ""; ; {
			page, err := a.Desk().Orders(t.Context(), who, after, 100)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range page {
				after = o.ID
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
			if len(page) < 100 {
				break
			}
		}
		b, err := a.Ledger().Balance(t.Context(), "person/"+who)
		if err != nil || b.Posted != left || b.Reserved != 0 {
			t.Errorf("balance of %s is %+v, %v; want %d and nothing reserved", who, b, err, left)
		}
	}
	if booked := bookedRides(t, s.data); booked != rides {
		t.Errorf("%d rides are booked for %d fulfilled orders", booked, rides)
	}
}
