package httpapi

import (
	"context"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
)

// Conversation is one line of a person's list.
type Conversation struct {
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	Updated time.Time `json:"updated"`
}

// Saying is what a person says in a conversation.
type Saying struct {
	Text  string `json:"text" minLength:"1" maxLength:"2000" doc:"What is wanted, in Chinese or English"`
	Lang  string `json:"lang,omitempty" enum:"zh,en" doc:"Left out, the text decides"`
	Place string `json:"place,omitempty" maxLength:"200" doc:"Where the person is, in words"`
}

// PaymentLine is one leg of a receipt.
type PaymentLine struct {
	Payee    string    `json:"payee"`
	Name     string    `json:"name"`
	Amount   int64     `json:"amount"`
	Currency string    `json:"currency"`
	Status   string    `json:"status"`
	At       time.Time `json:"at"`
}

// MandateView is the yes that a payment rests on.
type MandateView struct {
	Hash string    `json:"hash"`
	At   time.Time `json:"at"`
}

// StepLine is one step of a receipt.
type StepLine struct {
	Title string    `json:"title"`
	State string    `json:"state"`
	At    time.Time `json:"at"`
}

// Receipt is what was ordered, paid, allowed and done for one order.
type Receipt struct {
	Order    order.Order   `json:"order"`
	Payments []PaymentLine `json:"payments"`
	Mandate  MandateView   `json:"mandate"`
	Steps    []StepLine    `json:"steps"`
}

// CallView is one call of a capability, as it was made and answered.
type CallView struct {
	Service    string `json:"service"`
	Capability string `json:"capability"`
	Args       any    `json:"args"`
	Result     any    `json:"result"`
	Error      string `json:"error"`
}

// Desk is what this door needs of conversations and orders. Everything is asked for as a person; what is not
// theirs is a fault not_found.
type Desk interface {
	Conversations(ctx context.Context, person string) ([]Conversation, error)
	NewConversation(ctx context.Context, person string) (string, error)
	// Stream names the event stream of a conversation.
	Stream(ctx context.Context, person, conversation string) (string, error)
	Say(ctx context.Context, person, conversation string, s Saying) (turn string, err error)
	Answer(ctx context.Context, person, pause string, a assist.Answer) (state string, err error)
	Cancel(ctx context.Context, person, turn string) error
	// Calls lists what a turn called so far, with results.
	Calls(ctx context.Context, person, turn string) ([]CallView, error)
	Orders(ctx context.Context, person, after string, limit int) ([]order.Order, error)
	Order(ctx context.Context, person, id string) (order.Order, error)
	CancelOrder(ctx context.Context, person, id string) (order.Order, error)
	RefundOrder(ctx context.Context, person, id string) (order.Order, error)
	Receipt(ctx context.Context, person, id string) (Receipt, error)
}

// Catalog lists the services that can be asked for.
type Catalog interface {
	List(ctx context.Context) ([]catalog.Service, error)
}

// PrepayRequest registers a merchant's order before it can be paid.
type PrepayRequest struct {
	OutTradeNo string `json:"out_trade_no" minLength:"1" maxLength:"64" doc:"The merchant's own order id, unique per merchant"`
	Amount     int64  `json:"amount" minimum:"1" doc:"Minor units"`
	Currency   string `json:"currency" minLength:"3" maxLength:"3"`
	Subject    string `json:"subject" minLength:"1" maxLength:"256"`
}

// Prepays keeps merchants' registered orders.
type Prepays interface {
	Register(ctx context.Context, merchant, outTradeNo string, amount money.Amount, subject string) (order.Prepay, error)
	Get(ctx context.Context, merchant, id string) (order.Prepay, error)
}
