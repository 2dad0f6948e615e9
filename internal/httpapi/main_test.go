package httpapi_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/assist/exposure"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/httpapi"
	"github.com/bangwo/bangwo/internal/identity"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/store/sqlite"
)

// world is a door with a scripted house behind it: fails is what everything answers, and calls counts what got through.
type world struct {
	t      *testing.T
	url    string
	store  *sqlite.DB
	book   *identity.Book
	tokens map[string]string // of lin, sam (people), corner (a merchant), ops (an operator)

	mu    sync.Mutex
	fails error
	calls map[string]int
	block chan struct{} // not nil: Open waits for it
}

func setup(t *testing.T) *world {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, store: db, book: identity.New(db, nil), tokens: map[string]string{}, calls: map[string]int{}}
	life, end := context.WithCancel(context.Background())
	server := httptest.NewServer(httpapi.New(life, httpapi.Options{Desk: w, Planner: w, Catalog: w, Prepays: prepays{w}, Exposures: exposures{w}, Operator: w, SignIns: w,
		Store: db, Ledger: db.Ledger(), Identity: w.book, Demo: true, Version: "test"}))
	t.Cleanup(func() { end(); server.Close(); _ = db.Close() })
	w.url = server.URL
	for _, id := range []string{"lin", "sam"} {
		if _, err := w.book.Add(t.Context(), identity.Person{ID: id, Name: id, Demo: true}); err != nil {
			t.Fatal(err)
		}
		if err := db.Ledger().Open(t.Context(), identity.AccountOf(id), money.CNY, false); err != nil {
			t.Fatal(err)
		}
		if w.tokens[id], _, err = w.book.SignIn(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	if w.tokens["corner"], err = w.book.IssueMerchantToken(t.Context(), "corner"); err != nil {
		t.Fatal(err)
	}
	if w.tokens["ops"], _, err = w.book.IssueOperatorToken(t.Context(), "ops"); err != nil {
		t.Fatal(err)
	}
	return w
}

// failure is the body of a refusal.
type failure struct {
	Error struct {
		Code, Message, Hint, Text string
		Params                    map[string]string
	}
}

// send makes a request as somebody ("" is nobody) with headers as name, value pairs.
func (w *world) send(who, method, path, body string, headers ...string) (*http.Response, string) {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), method, w.url+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if token := w.tokens[who]; token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return res, string(raw)
}

// code is the fault code of a request's answer, "" for a success.
func (w *world) code(who, method, path, body string, headers ...string) string {
	w.t.Helper()
	res, raw := w.send(who, method, path, body, headers...)
	if res.StatusCode < http.StatusBadRequest {
		return ""
	}
	var f failure
	if err := json.Unmarshal([]byte(raw), &f); err != nil || f.Error.Code == "" || f.Error.Text == "" {
		w.t.Errorf("%s %s answered %d without a fault: %s", method, path, res.StatusCode, raw)
	}
	if want := fault.Status(fault.Code(f.Error.Code)); res.StatusCode != want {
		w.t.Errorf("%s %s answered %d for %s, want %d", method, path, res.StatusCode, f.Error.Code, want)
	}
	return f.Error.Code
}

func (w *world) set(fails error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fails = fails
}

func (w *world) count(name string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.calls[name]
}

// through notes a call and answers what was set.
func (w *world) through(name string) error {
	w.mu.Lock()
	block := w.block
	w.calls[name]++
	err := w.fails
	w.mu.Unlock()
	if block != nil {
		<-block
	}
	return err
}

func (w *world) Conversations(context.Context, string) ([]desk.Conversation, error) {
	return nil, w.through("Conversations")
}
func (w *world) Open(context.Context, string) (string, error) { return "c1", w.through("Open") }
func (w *world) Mine(_ context.Context, person, conversation string) error {
	if conversation != "c1" || person != "lin" {
		return fault.New(fault.NotFound, "no conversation %q", conversation)
	}
	return w.through("Mine")
}
func (w *world) Say(context.Context, string, string, desk.Utterance) (string, error) {
	return "t1", w.through("Say")
}
func (w *world) Answer(context.Context, string, string, assist.Answer) error {
	return w.through("Answer")
}
func (w *world) Cancel(context.Context, string, string) error { return w.through("Cancel") }
func (w *world) Calls(context.Context, string, string) ([]desk.Call, error) {
	return nil, w.through("Calls")
}
func (w *world) Orders(context.Context, string, string, int) ([]order.Order, error) {
	return nil, w.through("Orders")
}
func (w *world) Order(context.Context, string, string) (order.Order, error) {
	return order.Order{}, w.through("Order")
}
func (w *world) CancelOrder(context.Context, string, string) (order.Order, error) {
	return order.Order{}, w.through("CancelOrder")
}
func (w *world) RefundOrder(context.Context, string, string) (order.Order, error) {
	return order.Order{}, w.through("RefundOrder")
}
func (w *world) Receipt(context.Context, string, string) (desk.Receipt, error) {
	return desk.Receipt{}, w.through("Receipt")
}
func (w *world) Think(context.Context, string, desk.Utterance) (assist.Thought, error) {
	return assist.Thought{}, w.through("Think")
}
func (w *world) List(context.Context) ([]catalog.Service, error) { return nil, w.through("List") }
func (w *world) AddService(context.Context, httpapi.ServiceRequest) (catalog.Service, error) {
	return catalog.Service{}, w.through("AddService")
}
func (w *world) RemoveService(context.Context, string) error { return w.through("RemoveService") }
func (w *world) Begin(context.Context, string, string, string, []string) (httpapi.SignIn, error) {
	return httpapi.SignIn{State: httpapi.SignInDone}, w.through("Begin")
}
func (w *world) Look(context.Context, string) (httpapi.SignIn, error) {
	return httpapi.SignIn{State: httpapi.SignInDone}, w.through("Look")
}
func (w *world) Return(context.Context, httpapi.SignInBack) (httpapi.SignIn, error) {
	return httpapi.SignIn{State: httpapi.SignInDone}, w.through("Return")
}

type prepays struct{ w *world }

func (p prepays) Register(context.Context, string, string, money.Amount, string) (order.Prepay, error) {
	return order.Prepay{}, p.w.through("Register")
}
func (p prepays) Get(context.Context, string, string) (order.Prepay, error) {
	return order.Prepay{}, p.w.through("Prepay")
}

type exposures struct{ w *world }

func (e exposures) List(context.Context, exposure.Query) (exposure.Page, error) {
	return exposure.Page{}, e.w.through("Exposures")
}
