package service

import (
	"errors"
	"fmt"
	"time"
)

// Payee is the merchant that is paid.
const Payee = "云途出行"

// Rules of cancelling: free at first, then a share of the fare up to a most.
const (
	FreeCancel = 2 * time.Minute
	feeShare   = 5 // a fifth
	maxFee     = 1000
)

// refusal is a failure that the merchant tells its customer, in both languages, with a new quote where there is one.
type refusal struct {
	Code    string
	ZH, EN  string
	Details map[string]any
}

func (r *refusal) Error() string { return r.ZH + " / " + r.EN }

type driver struct{ name, plate, car, phone string }

var drivers = []driver{
	{"王师傅", "云A·D3721", "白色 比亚迪秦", "13800000101"}, {"李师傅", "云A·D8806", "银色 大众朗逸", "13800000102"},
	{"陈师傅", "云A·F1290", "黑色 丰田凯美瑞", "13800000103"}, {"赵师傅", "云A·F5573", "蓝色 广汽埃安", "13800000104"},
	{"孙师傅", "云A·G0418", "白色 别克GL8", "13800000105"}, {"周师傅", "云A·G6639", "灰色 红旗E-QM5", "13800000106"},
}

func (s *Service) placeOf(id, zh, en string) (Place, error) {
	p, ok := s.city.find(id)
	if !ok {
		return p, &refusal{Code: "unknown_place", ZH: zh + "不存在，请先用 search_places 查询", EN: "unknown " + en + ", look it up with search_places first"}
	}
	return p, nil
}

// factor is what fares are multiplied by now.
func (s *Service) factor(b *book) float64 {
	if s.config.Surge > 1 && b.Rush {
		return s.config.Surge
	}
	return 1
}

// book makes the order of a quote, or answers the one that it already led to.
func (s *Service) book(id, phone, note string, expected *int64) (Order, error) {
	q, ok := unseal(id, s.config.Seed)
	if !ok {
		return Order{}, &refusal{Code: "unknown_quote", ZH: "报价不存在", EN: "unknown quote"}
	}
	var made Order
	var refused error
	err := s.keeper.change(func(b *book) error {
		if old := b.ofQuote(id); old != nil {
			made = *old
			return nil
		}
		if s.config.Surge > 1 {
			b.Rush = true // the rush begins between the first quote and its booking
		}
		if refused = s.bookable(b, q, expected); refused == nil {
			made = s.newOrder(b, q, id, phone, note)
		}
		return nil
	})
	return made, errors.Join(err, refused)
}

// bookable refuses a quote that has run out or whose fare has changed, with a new quote for the same ride.
func (s *Service) bookable(b *book, q quote, expected *int64) error {
	fresh := q
	from, _ := s.city.find(q.From)
	to, _ := s.city.find(q.To)
	car, _ := carTypeOf(q.Car)
	fresh.Factor = s.factor(b)
	fresh.Price = car.fare(metres(from, to), fresh.Factor)
	fresh.Expires, fresh.After, fresh.Nonce = s.now().Add(QuoteLife).Unix(), b.Next, nonce()
	details := map[string]any{"quote_id": seal(fresh, s.config.Seed), "price_fen": fresh.Price, "currency": "CNY", "previous_price_fen": q.Price}
	switch {
	case s.now().Unix() > q.Expires:
		return &refusal{Code: "quote_expired", ZH: "报价已失效，请按新报价确认", EN: "the quote has run out, please confirm the new one", Details: details}
	case q.Factor != fresh.Factor || expected != nil && *expected != q.Price:
		return &refusal{Code: "price_changed", ZH: fmt.Sprintf("价格已变动：%s → %s，请重新确认", yuan(q.Price), yuan(fresh.Price)),
			EN: fmt.Sprintf("the fare has changed from %s to %s, please confirm again", yuan(q.Price), yuan(fresh.Price)), Details: details}
	}
	return nil
}

func yuan(fen int64) string { return fmt.Sprintf("¥%d.%02d", fen/100, fen%100) }

func (s *Service) newOrder(b *book, q quote, id, phone, note string) Order {
	from, _ := s.city.find(q.From)
	to, _ := s.city.find(q.To)
	b.Next++
	o := Order{ID: fmt.Sprintf("YT%s%04d", sign(id, s.config.Seed)[:6], b.Next), Quote: id, From: q.From, To: q.To, Car: q.Car, Amount: q.Price,
		Metres: metres(from, to), Phone: phone, Note: note, Booked: s.now().Unix(), Driver: b.Next % len(drivers)}
	if s.has(FaultWrongPrice) {
		o.Amount += o.Amount / 4
	}
	b.Orders = append(b.Orders, o)
	return o
}

// status follows from the time since booking: the driver comes, drives, arrives.
func (o Order) status(now time.Time) string {
	car, _ := carTypeOf(o.Car)
	gone := now.Sub(time.Unix(o.Booked, 0))
	pickup := time.Duration(car.wait) * time.Minute
	start := pickup + 3*time.Minute
	switch {
	case o.Cancelled != 0:
		return "cancelled"
	case gone < pickup:
		return "accepted"
	case gone < start:
		return "arrived"
	case gone < start+time.Duration(minutes(o.Metres))*time.Minute:
		return "in_progress"
	}
	return "completed"
}

func (s *Service) ride(id string) (Order, error) {
	b, err := s.keeper.look()
	if err != nil {
		return Order{}, err
	}
	o := b.order(id)
	if o == nil {
		return Order{}, &refusal{Code: "unknown_order", ZH: "订单不存在", EN: "unknown order"}
	}
	return *o, nil
}

// cancel ends an order by the rule of cancelling; cancelling again changes nothing.
func (s *Service) cancel(id string) (Order, error) {
	var done Order
	err := s.keeper.change(func(b *book) error {
		o := b.order(id)
		if o == nil {
			return &refusal{Code: "unknown_order", ZH: "订单不存在", EN: "unknown order"}
		}
		now := s.now()
		switch o.status(now) {
		case "in_progress", "completed":
			return &refusal{Code: "too_late", ZH: "行程已开始，不能取消", EN: "the trip has begun and cannot be cancelled"}
		case "accepted", "arrived":
			if now.Sub(time.Unix(o.Booked, 0)) > FreeCancel {
				o.Fee = min(o.Amount/feeShare, maxFee)
			}
			o.Cancelled = now.Unix()
		}
		done = *o
		return nil
	})
	return done, err
}
