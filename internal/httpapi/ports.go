package httpapi

import (
	"context"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
)

// Saying is what a person says in a conversation.
type Saying struct {
	Text  string `json:"text" minLength:"1" maxLength:"2000" doc:"What is wanted, in Chinese or English"`
	Lang  string `json:"lang,omitempty" enum:"zh,en" doc:"Left out, the text decides"`
	Place string `json:"place,omitempty" maxLength:"200" doc:"Where the person is, in words"`
	Zone  string `json:"zone,omitempty" maxLength:"64" doc:"Where the person's clock runs: a name such as Asia/Shanghai, or an offset such as +08:00; left out, where the server's does"`
}

func (s Saying) utterance() desk.Utterance {
	return desk.Utterance{Text: s.Text, Lang: s.Lang, Place: s.Place, Zone: s.Zone}
}

// Desk is what this door needs of conversations and orders. Everything is asked for as a person; what is not
// theirs is a fault not_found.
type Desk interface {
	Conversations(ctx context.Context, person string) ([]desk.Conversation, error)
	Open(ctx context.Context, person string) (string, error)
	Mine(ctx context.Context, person, conversation string) error
	Say(ctx context.Context, person, conversation string, u desk.Utterance) (turn string, err error)
	Answer(ctx context.Context, person, pause string, a assist.Answer) error
	Cancel(ctx context.Context, person, turn string) error
	Calls(ctx context.Context, person, turn string) ([]desk.Call, error)
	Orders(ctx context.Context, person, after string, limit int) ([]order.Order, error)
	Order(ctx context.Context, person, id string) (order.Order, error)
	CancelOrder(ctx context.Context, person, id string) (order.Order, error)
	RefundOrder(ctx context.Context, person, id string) (order.Order, error)
	Receipt(ctx context.Context, person, id string) (desk.Receipt, error)
}

// Planner only plans: what would be done for a sentence, without doing any of it.
type Planner interface {
	Think(ctx context.Context, person string, u desk.Utterance) (assist.Thought, error)
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
