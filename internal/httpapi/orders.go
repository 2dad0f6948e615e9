package httpapi

import (
	"context"
	"net/http"

	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/order"
)

const defaultOrders = 50

type ordersInput struct {
	After string `query:"after" maxLength:"128" doc:"The last order of the page before"`
	Limit int    `query:"limit" minimum:"0" maximum:"200"`
}

func (s *Server) orderRoutes() {
	personal(s, http.MethodGet, "/orders", "listOrders", "Orders, newest first", s.orders)
	personal(s, http.MethodGet, "/orders/{id}", "order", "One order", func(ctx context.Context, who string, in *ByID) (order.Order, error) {
		return s.Desk.Order(ctx, who, in.ID)
	})
	personal(s, http.MethodPost, "/orders/{id}/cancel", "cancelOrder", "Cancel an order at its merchant", func(ctx context.Context, who string, in *ByID) (order.Order, error) {
		return s.Desk.CancelOrder(ctx, who, in.ID)
	})
	personal(s, http.MethodPost, "/orders/{id}/refund", "refundOrder", "Ask for the money back", func(ctx context.Context, who string, in *ByID) (order.Order, error) {
		return s.Desk.RefundOrder(ctx, who, in.ID)
	})
	personal(s, http.MethodGet, "/orders/{id}/receipt", "receipt", "What was ordered, paid, allowed and done", s.receipt)
}

func (s *Server) orders(ctx context.Context, who string, in *ordersInput) ([]order.Order, error) {
	if in.Limit == 0 {
		in.Limit = defaultOrders
	}
	list, err := s.Desk.Orders(ctx, who, in.After, in.Limit)
	if list == nil {
		list = []order.Order{}
	}
	return list, err
}

func (s *Server) receipt(ctx context.Context, who string, in *ByID) (desk.Receipt, error) {
	return s.Desk.Receipt(ctx, who, in.ID)
}
