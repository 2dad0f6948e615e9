package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
)

// PrepayAnswer names a registered order.
type PrepayAnswer struct {
	PrepayID string    `json:"prepay_id"`
	Expires  time.Time `json:"expires"`
}

func (s *Server) merchantRoutes() {
	forMerchant(s, http.MethodPost, "/merchant/prepay", "registerPrepay", "Register an order before it can be paid",
		func(ctx context.Context, who string, in *struct{ Body PrepayRequest }) (PrepayAnswer, error) {
			b := in.Body
			p, err := s.Prepays.Register(ctx, who, b.OutTradeNo, money.Of(b.Amount, b.Currency), b.Subject)
			return PrepayAnswer{PrepayID: p.ID, Expires: p.Expires}, err
		})
	forMerchant(s, http.MethodGet, "/merchant/prepay/{id}", "prepay", "A registered order",
		func(ctx context.Context, who string, in *ByID) (order.Prepay, error) {
			return s.Prepays.Get(ctx, who, in.ID)
		})
}
