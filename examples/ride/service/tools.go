package service

import (
	"context"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const (
	defaultPlaces = 5
	maxPlaces     = 20
)

type placeView struct {
	PlaceID   string   `json:"place_id"`
	Name      string   `json:"name"`
	NameEN    string   `json:"name_en"`
	Aliases   []string `json:"aliases,omitempty"`
	Category  string   `json:"category"`
	Address   string   `json:"address"`
	Latitude  float64  `json:"latitude"`
	Longitude float64  `json:"longitude"`
}

func searchPlaces(_ context.Context, s *Service, req *mcp.CallToolRequest) (any, error) {
	var in struct {
		Keyword string `json:"keyword"`
		Limit   int    `json:"limit"`
	}
	if err := arguments(req, &in); err != nil {
		return nil, err
	}
	if strings.TrimSpace(in.Keyword) == "" {
		return nil, missing("keyword")
	}
	if in.Limit <= 0 {
		in.Limit = defaultPlaces
	}
	out := struct {
		Places []placeView `json:"places"`
	}{Places: []placeView{}}
	for _, p := range s.city.search(in.Keyword, min(in.Limit, maxPlaces)) {
		out.Places = append(out.Places, placeView{p.ID, p.Name, p.NameEN, p.Aliases, p.Category, "北京市" + strings.TrimPrefix(p.District, "北京市"), p.Latitude, p.Longitude})
	}
	return out, nil
}

type quoteView struct {
	QuoteID   string `json:"quote_id"`
	Name      string `json:"name"`
	NameEN    string `json:"name_en"`
	CarType   string `json:"car_type"`
	Seats     int    `json:"seats"`
	PriceFen  int64  `json:"price_fen"`
	Currency  string `json:"currency"`
	PickupETA int    `json:"pickup_eta_min"`
	ExpiresAt string `json:"expires_at"`
}

type quotesView struct {
	Origin      string      `json:"origin"`
	Destination string      `json:"destination"`
	DistanceM   int         `json:"distance_m"`
	DurationMin int         `json:"duration_min"`
	Quotes      []quoteView `json:"quotes"`
}

func estimateRide(_ context.Context, s *Service, req *mcp.CallToolRequest) (any, error) {
	var in struct {
		From       string `json:"pickup_place_id"`
		To         string `json:"destination_place_id"`
		CarType    string `json:"car_type"`
		Passengers int    `json:"passengers"`
	}
	if err := arguments(req, &in); err != nil {
		return nil, err
	}
	from, err := s.placeOf(in.From, "上车点", "pickup point")
	if err != nil {
		return nil, err
	}
	to, err := s.placeOf(in.To, "目的地", "destination")
	if err != nil {
		return nil, err
	}
	if from.ID == to.ID {
		return nil, &refusal{Code: "same_place", ZH: "上车点和目的地相同", EN: "pickup point and destination are the same"}
	}
	out := quotesView{Origin: from.Name, Destination: to.Name, DistanceM: metres(from, to), Quotes: []quoteView{}}
	out.DurationMin = minutes(out.DistanceM)
	kept, err := s.keeper.look()
	if err != nil {
		return nil, err
	}
	factor := s.factor(&kept)
	expires := s.now().Add(QuoteLife)
	for _, c := range carTypes {
		if in.CarType != "" && in.CarType != c.id || in.Passengers > c.seats {
			continue
		}
		q := quote{From: from.ID, To: to.ID, Car: c.id, Price: c.fare(out.DistanceM, factor), Factor: factor, Expires: expires.Unix(), After: kept.Next, Nonce: nonce()}
		out.Quotes = append(out.Quotes, quoteView{seal(q, s.config.Seed), c.name, c.nameEN, c.id, c.seats, q.Price, "CNY", c.wait, stamp(expires)})
	}
	if len(out.Quotes) == 0 {
		return nil, &refusal{Code: "no_car", ZH: "没有合适的车型", EN: "no car type fits"}
	}
	return out, nil
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

type driverView struct {
	Name   string  `json:"driver_name"`
	Plate  string  `json:"plate"`
	Car    string  `json:"car"`
	Phone  string  `json:"driver_phone"`
	Rating float64 `json:"rating"`
}

type orderView struct {
	OrderID         string      `json:"order_id"`
	Status          string      `json:"status"`
	Payee           string      `json:"payee"`
	AmountFen       int64       `json:"amount_fen"`
	Currency        string      `json:"currency"`
	Origin          string      `json:"origin"`
	Destination     string      `json:"destination"`
	Name            string      `json:"name"`
	CarType         string      `json:"car_type"`
	Driver          *driverView `json:"driver,omitempty"`
	PickupETA       int         `json:"pickup_eta_min,omitempty"`
	FreeCancelUntil string      `json:"free_cancel_until,omitempty"`
	Fee             *int64      `json:"cancellation_fee_fen,omitempty"`
	Refund          *int64      `json:"refund_fen,omitempty"`
}

func (s *Service) view(o Order) orderView {
	from, _ := s.city.find(o.From)
	to, _ := s.city.find(o.To)
	car, _ := carTypeOf(o.Car)
	v := orderView{OrderID: o.ID, Status: o.status(s.now()), Payee: Payee, AmountFen: o.Amount, Currency: "CNY",
		Origin: from.Name, Destination: to.Name, Name: car.name, CarType: car.id}
	if v.Status == "cancelled" {
		refund := o.Amount - o.Fee
		v.Fee, v.Refund = &o.Fee, &refund
		return v
	}
	d := drivers[o.Driver%len(drivers)]
	v.Driver = &driverView{d.name, d.plate, d.car, d.phone, 4.8 + float64(o.Driver%3)/20}
	booked := time.Unix(o.Booked, 0)
	v.FreeCancelUntil = stamp(booked.Add(FreeCancel))
	if v.Status == "accepted" {
		v.PickupETA = max(1, car.wait-int(s.now().Sub(booked)/time.Minute))
	}
	return v
}

func bookRide(ctx context.Context, s *Service, req *mcp.CallToolRequest) (any, error) {
	var in struct {
		QuoteID  string `json:"quote_id"`
		Expected *int64 `json:"expected_price_fen"`
		Phone    string `json:"passenger_phone"`
		Note     string `json:"note"`
	}
	if err := arguments(req, &in); err != nil {
		return nil, err
	}
	if in.QuoteID == "" {
		return nil, missing("quote_id")
	}
	progress(ctx, req, 1, 3, "正在派车 / looking for a driver")
	o, err := s.book(in.QuoteID, in.Phone, in.Note, in.Expected)
	if err != nil {
		return nil, err
	}
	s.mayDie()
	progress(ctx, req, 2, 3, "司机已接单 / a driver has accepted")
	return s.view(o), nil
}

// progress tells how far a call is, where the caller asked for it.
func progress(ctx context.Context, req *mcp.CallToolRequest, done, total float64, message string) {
	token := req.Params.GetProgressToken()
	if token == nil || req.Session == nil {
		return
	}
	_ = req.Session.NotifyProgress(ctx, &mcp.ProgressNotificationParams{ProgressToken: token, Progress: done, Total: total, Message: message})
}

func orderID(req *mcp.CallToolRequest) (string, error) {
	var in struct {
		OrderID string `json:"order_id"`
	}
	if err := arguments(req, &in); err != nil {
		return "", err
	}
	if in.OrderID == "" {
		return "", missing("order_id")
	}
	return in.OrderID, nil
}

func getRide(_ context.Context, s *Service, req *mcp.CallToolRequest) (any, error) {
	id, err := orderID(req)
	if err != nil {
		return nil, err
	}
	o, err := s.ride(id)
	if err != nil {
		return nil, err
	}
	return s.view(o), nil
}

func cancelRide(_ context.Context, s *Service, req *mcp.CallToolRequest) (any, error) {
	id, err := orderID(req)
	if err != nil {
		return nil, err
	}
	o, err := s.cancel(id)
	if err != nil {
		return nil, err
	}
	return s.view(o), nil
}
