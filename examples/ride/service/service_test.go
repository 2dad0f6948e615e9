package service_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/examples/ride/service"
)

// shop is a service with a clock that the test turns, and a client of it.
type shop struct {
	t      *testing.T
	now    time.Time
	client *mcp.ClientSession
}

func open(t *testing.T, config service.Config) *shop {
	t.Helper()
	s := &shop{t: t, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	config.Now = func() time.Time { return s.now }
	svc, err := service.New(config)
	if err != nil {
		t.Fatal(err)
	}
	server, err := svc.Server()
	if err != nil {
		t.Fatal(err)
	}
	near, far := mcp.NewInMemoryTransports()
	ss, err := server.Connect(t.Context(), svc.Transport(far), nil)
	if err != nil {
		t.Fatal(err)
	}
	s.client, err = mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), near, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.client.Close(); _ = ss.Close() })
	return s
}

type answer struct {
	IsError bool
	Places  []struct {
		ID   string `json:"place_id"`
		Name string `json:"name"`
	} `json:"places"`
	Quotes []struct {
		ID    string `json:"quote_id"`
		Car   string `json:"car_type"`
		Price int64  `json:"price_fen"`
		Seats int    `json:"seats"`
	} `json:"quotes"`
	QuoteID  string `json:"quote_id"`
	Price    int64  `json:"price_fen"`
	Code     string `json:"code"`
	OrderID  string `json:"order_id"`
	Status   string `json:"status"`
	Payee    string `json:"payee"`
	Amount   int64  `json:"amount_fen"`
	Currency string `json:"currency"`
	Fee      *int64 `json:"cancellation_fee_fen"`
	Refund   *int64 `json:"refund_fen"`
}

func (s *shop) call(tool string, args map[string]any) answer {
	s.t.Helper()
	r, err := s.client.CallTool(context.Background(), &mcp.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		s.t.Fatalf("%s: %v", tool, err)
	}
	var a answer
	b, err := json.Marshal(r.StructuredContent)
	if err == nil {
		err = json.Unmarshal(b, &a)
	}
	if err != nil {
		s.t.Fatalf("%s: %v", tool, err)
	}
	a.IsError = r.IsError
	return a
}

func (s *shop) quote(car string) (string, int64) {
	s.t.Helper()
	a := s.call("estimate_ride", map[string]any{"pickup_place_id": "peoples-square", "destination_place_id": "capital-airport", "car_type": car})
	if len(a.Quotes) != 1 {
		s.t.Fatalf("%d quotes for %s, want one", len(a.Quotes), car)
	}
	return a.Quotes[0].ID, a.Quotes[0].Price
}

func TestPlacesAreFoundInBothLanguages(t *testing.T) {
	t.Parallel()
	s := open(t, service.Config{})
	for keyword, want := range map[string]string{
		"机场": "capital-airport", "airport": "capital-airport", "火车站": "beijing-station", "高铁站": "beijing-south",
		"tiananmen square": "peoples-square", "天安门广场": "peoples-square", "中关村": "zhongguancun", "Union Hospital": "union-hospital",
	} {
		a := s.call("search_places", map[string]any{"keyword": keyword})
		if len(a.Places) == 0 || a.Places[0].ID != want {
			t.Errorf("%s leads to %v, want %s first", keyword, a.Places, want)
		}
	}
	if a := s.call("search_places", map[string]any{"keyword": "火星"}); len(a.Places) != 0 {
		t.Errorf("a place that is not there is found: %v", a.Places)
	}
	address := s.call("search_places", map[string]any{"keyword": "文三路88号"})
	if len(address.Places) != 1 || address.Places[0].Name != "文三路88号" {
		t.Fatalf("a street address leads to %v", address.Places)
	}
	if q := s.call("estimate_ride", map[string]any{"pickup_place_id": address.Places[0].ID, "destination_place_id": "zoo"}); q.IsError || len(q.Quotes) != 4 {
		t.Errorf("no ride from a street address: %+v", q)
	}
}

func TestAQuoteBecomesOneOrder(t *testing.T) {
	t.Parallel()
	s := open(t, service.Config{})
	id, price := s.quote("economy")
	first := s.call("book_ride", map[string]any{"quote_id": id, "expected_price_fen": price})
	if first.IsError || first.Amount != price || first.Payee == "" || first.Currency != "CNY" || first.Status != "accepted" {
		t.Fatalf("booked %+v at %d", first, price)
	}
	again := s.call("book_ride", map[string]any{"quote_id": id})
	if again.OrderID != first.OrderID {
		t.Errorf("the same quote made two orders, %s and %s", first.OrderID, again.OrderID)
	}
	if got := s.call("get_ride", map[string]any{"order_id": first.OrderID}); got.Amount != price {
		t.Errorf("the order says %d, want %d", got.Amount, price)
	}
}

func TestNothingIsBookedThatWasNotQuoted(t *testing.T) {
	t.Parallel()
	s := open(t, service.Config{})
	id, price := s.quote("comfort")
	for name, args := range map[string]map[string]any{
		"forged":      {"quote_id": "e30.AAAA"},
		"other price": {"quote_id": id, "expected_price_fen": price - 1},
	} {
		if a := s.call("book_ride", args); !a.IsError || a.OrderID != "" {
			t.Errorf("%s: booked %+v", name, a)
		}
	}
	s.now = s.now.Add(service.QuoteLife + time.Second)
	a := s.call("book_ride", map[string]any{"quote_id": id})
	if !a.IsError || a.Code != "quote_expired" || a.QuoteID == "" {
		t.Fatalf("an old quote: %+v", a)
	}
	if b := s.call("book_ride", map[string]any{"quote_id": a.QuoteID}); b.IsError {
		t.Errorf("the new quote cannot be booked: %+v", b)
	}
}

func TestASurgeAsksAgain(t *testing.T) {
	t.Parallel()
	s := open(t, service.Config{Surge: 1.5})
	id, price := s.quote("economy")
	a := s.call("book_ride", map[string]any{"quote_id": id})
	if !a.IsError || a.Code != "price_changed" || a.Price <= price || a.OrderID != "" {
		t.Fatalf("after a surge: %+v", a)
	}
	b := s.call("book_ride", map[string]any{"quote_id": a.QuoteID})
	if b.IsError || b.Amount != a.Price {
		t.Errorf("the new quote books %+v, want %d", b, a.Price)
	}
}

func TestCancellingFollowsTheRule(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		after time.Duration
		fee   int64
		fails bool
	}{
		"free at first":    {after: time.Minute},
		"a fee later":      {after: 3 * time.Minute, fee: 1000},
		"not on the trip":  {after: 10 * time.Minute, fails: true},
		"not at the end":   {after: 5 * time.Hour, fails: true},
		"on the last free": {after: service.FreeCancel},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, service.Config{})
			id, price := s.quote("premium")
			order := s.call("book_ride", map[string]any{"quote_id": id})
			s.now = s.now.Add(c.after)
			a := s.call("cancel_ride", map[string]any{"order_id": order.OrderID})
			if a.IsError != c.fails {
				t.Fatalf("cancelled: %+v", a)
			}
			if c.fails {
				return
			}
			if a.Status != "cancelled" || *a.Fee != c.fee || *a.Refund != price-c.fee {
				t.Errorf("fee %d refund %d, want fee %d of %d", *a.Fee, *a.Refund, c.fee, price)
			}
			s.now = s.now.Add(time.Hour)
			if again := s.call("cancel_ride", map[string]any{"order_id": order.OrderID}); *again.Fee != c.fee {
				t.Errorf("cancelling twice costs %d", *again.Fee)
			}
		})
	}
}

func TestOrdersOutliveTheServer(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "rides.json")
	before := open(t, service.Config{File: file})
	id, _ := before.quote("van")
	order := before.call("book_ride", map[string]any{"quote_id": id})
	after := open(t, service.Config{File: file})
	if got := after.call("get_ride", map[string]any{"order_id": order.OrderID}); got.OrderID != order.OrderID {
		t.Errorf("the order is lost: %+v", got)
	}
	if again := after.call("book_ride", map[string]any{"quote_id": id}); again.OrderID != order.OrderID {
		t.Errorf("the quote was booked twice over a restart")
	}
}

func TestFaultsMisbehave(t *testing.T) {
	t.Parallel()
	dishonest := open(t, service.Config{Faults: []service.Fault{service.FaultWrongPrice}})
	id, price := dishonest.quote("economy")
	if a := dishonest.call("book_ride", map[string]any{"quote_id": id}); a.Amount <= price {
		t.Errorf("wrong-price booked at %d, the quote was %d", a.Amount, price)
	}
	down := open(t, service.Config{Faults: []service.Fault{service.FaultDown}})
	if _, err := down.client.CallTool(t.Context(), &mcp.CallToolParams{Name: "search_places", Arguments: map[string]any{"keyword": "zoo"}}); err == nil {
		t.Error("down answered")
	}
	died := 0
	mortal := open(t, service.Config{Faults: []service.Fault{service.FaultDie}, Die: func() { died++ }})
	id, _ = mortal.quote("economy")
	first := mortal.call("book_ride", map[string]any{"quote_id": id})
	if again := mortal.call("book_ride", map[string]any{"quote_id": id}); died != 1 || again.OrderID != first.OrderID {
		t.Errorf("died %d times, want once with the order kept", died)
	}
	if _, err := service.ParseFaults("slow,strange"); err == nil {
		t.Error("a strange fault is taken")
	}
}

func TestDoubleAnswersDoNotConfuse(t *testing.T) {
	t.Parallel()
	s := open(t, service.Config{Faults: []service.Fault{service.FaultDouble}})
	id, price := s.quote("economy")
	if a := s.call("book_ride", map[string]any{"quote_id": id}); a.Amount != price {
		t.Errorf("booked %+v", a)
	}
}

func TestSeatsFitThePassengers(t *testing.T) {
	t.Parallel()
	s := open(t, service.Config{})
	a := s.call("estimate_ride", map[string]any{"pickup_place_id": "zoo", "destination_place_id": "city-hall", "passengers": 6})
	if len(a.Quotes) != 1 || a.Quotes[0].Seats < 6 {
		t.Errorf("six passengers are offered %+v", a.Quotes)
	}
}
