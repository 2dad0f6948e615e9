package skill_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/sandbox"
	"github.com/bangwo/bangwo/internal/track"
	"github.com/bangwo/bangwo/internal/track/skill"
)

const workerEnv = "BANGWO_TEST_WORKER"

func TestMain(m *testing.M) {
	if os.Getenv(workerEnv) != "" {
		os.Exit(sandbox.WorkerMain(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

// bench is an open package with its own pool and storage.
type bench struct {
	*testing.T
	conn    track.Connection
	storage track.Storage
	doors   track.Doors
}

// newDriver makes a driver with a pool of its own.
func newDriver(t *testing.T, storage track.Storage) *skill.Driver {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	pool, err := sandbox.NewPool(sandbox.Options{Command: []string{exe}, Env: []string{workerEnv + "=1"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return skill.New(pool, storage)
}

func open(t *testing.T, src catalog.Source) *bench {
	t.Helper()
	storage := skill.NewMemoryStorage()
	conn, err := newDriver(t, storage).Open(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &bench{T: t, conn: conn, storage: storage}
}

func (b *bench) call(person, api string, args map[string]any) (track.Result, error) {
	return b.conn.Call(context.Background(), track.Call{Service: "s1", Person: person, Capability: api, Args: args, Doors: b.doors})
}

// must calls and returns the structured result as text.
func (b *bench) must(person, api string, args map[string]any) string {
	b.Helper()
	r, err := b.call(person, api, args)
	if err != nil || r.IsError {
		b.Fatalf("%s %v: %v %q", api, args, err, r.Text)
	}
	return string(r.Structured)
}

func (b *bench) expect(api string, args map[string]any, want string) {
	b.Helper()
	if got := b.must("p", api, args); got != want {
		b.Errorf("%s %v:\n got %s\nwant %s", api, args, got, want)
	}
}

type grant map[track.DoorKind]map[string]any

func (g grant) Open(_ context.Context, r track.DoorRequest) track.DoorAnswer {
	v, ok := g[r.Kind]
	return track.DoorAnswer{Granted: ok, Value: v}
}

func TestDescribesThePackage(t *testing.T) {
	t.Parallel()
	b := open(t, catalog.Source{Path: "testdata/wx"})
	s := b.conn.Service()
	if s.Name == "" || s.Source.Hash == "" || s.Source.Track != catalog.TrackSkill || s.Currency != "CNY" {
		t.Errorf("service: %+v", s)
	}
	want := map[string]catalog.Effect{"searchGoods": catalog.Read, "createOrder": catalog.Reversible, "payOrder": catalog.Payment, "probe": catalog.Irreversible}
	for name, effect := range want {
		if c, ok := s.Capability("shop", name); !ok || c.Effect != effect || c.EffectWhy == "" || c.Input == nil {
			t.Errorf("%s: %v %s (%s)", name, ok, c.Effect, c.EffectWhy)
		}
	}
}

func TestModulesMiddlewareAndResults(t *testing.T) {
	t.Parallel()
	b := open(t, catalog.Source{Path: "testdata/wx"})
	r, err := b.call("p", "searchGoods", map[string]any{"keyword": "杯"})
	if err != nil || string(r.Structured) != `{"items":[{"id":1,"name":"杯子","cost":9,"price":10}]}` || len(r.Text) != 1 || r.Text[0] != "找到 1 件。" {
		t.Fatalf("%s %q %v", r.Structured, r.Text, err)
	}
	if len(r.Logs) != 1 || r.Logs[0] != "log: a:searchGoods b:skills/shop b." {
		t.Errorf("logs: %q", r.Logs)
	}
	all, _ := json.Marshal(r)
	if strings.Contains(string(all), "hidden") {
		t.Error("_meta came out")
	}
	r, err = b.call("p", "createOrder", map[string]any{"id": 7})
	if err != nil || string(r.Structured) != `{"orderId":"o1","id":7,"owner":""}` {
		t.Fatalf("%s %v", r.Structured, err)
	}
	h := r.Handoff
	if h == nil || h.Path != "/pages/home/home" || h.Query != "orderId=o1&%E5%A4%87%E6%B3%A8=%E5%B0%91%20%E7%B3%96" || string(h.Payload) != `{"n":1}` || h.Title != "去支付" {
		t.Errorf("handoff: %+v", h)
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	b := open(t, catalog.Source{Path: "testdata/wx"})
	for _, c := range []struct {
		api  string
		args map[string]any
		code fault.Code
		text string
	}{
		{"probe", map[string]any{"what": "missing"}, fault.Merchant, "missing result"},
		{"probe", map[string]any{"what": "throws"}, fault.Merchant, "库存不足"},
		{"probe", map[string]any{"what": "never"}, fault.Merchant, "next()"},
		{"probe", map[string]any{"what": "twice"}, fault.Merchant, "multiple times"},
		{"probe", map[string]any{"what": "big"}, fault.Limit, "bytes"},
		{"createOrder", nil, fault.Invalid, "id is missing"},
		{"createOrder", map[string]any{"id": "7"}, fault.Invalid, "wrong type"},
		{"nothing", nil, fault.Invalid, "no api"},
	} {
		if _, err := b.call("p", c.api, c.args); !fault.Is(err, c.code) || !strings.Contains(err.Error(), c.text) {
			t.Errorf("%s %v: %v, want %s with %q", c.api, c.args, err, c.code, c.text)
		}
	}
	b.expect("probe", map[string]any{"what": "outside"}, `{"value":"module '../../../../../etc/passwd' lies outside the package"}`)
	r, err := b.call("p", "probe", map[string]any{"what": "fails"})
	if err != nil || !r.IsError || r.Structured != nil || len(r.Text) != 1 {
		t.Errorf("isError: %+v %v", r, err)
	}
}

func TestStorageIsPerPersonAndKept(t *testing.T) {
	t.Parallel()
	b := open(t, catalog.Source{Path: "testdata/wx", Storage: map[string]any{"owner": "preset"}})
	for i, want := range []string{`{"orderId":"o1","id":1,"owner":"preset"}`, `{"orderId":"o2","id":1,"owner":"preset"}`} {
		if got := b.must("ann", "createOrder", map[string]any{"id": 1}); got != want {
			t.Errorf("call %d: %s, want %s", i, got, want)
		}
	}
	if got := b.must("bob", "createOrder", map[string]any{"id": 1}); !strings.Contains(got, `"o1"`) {
		t.Errorf("bob sees ann's storage: %s", got)
	}
	if v, _ := b.storage.Load(context.Background(), "s1", "ann"); string(v["count"]) != "2" {
		t.Errorf("kept: %s", v)
	}
}

func TestCallsOfOnePersonDoNotOverlap(t *testing.T) {
	t.Parallel()
	b := open(t, catalog.Source{Path: "testdata/wx"})
	const n = 8
	errs := make(chan error, n)
	for range n {
		go func() { _, err := b.call("ann", "createOrder", map[string]any{"id": 1}); errs <- err }()
	}
	for range n {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if v, _ := b.storage.Load(context.Background(), "s1", "ann"); string(v["count"]) != "8" {
		t.Errorf("count is %s: a write was lost", v["count"])
	}
}

func TestWeChatShapes(t *testing.T) {
	t.Parallel()
	b := open(t, catalog.Source{Path: "testdata/wx"})
	b.expect("probe", map[string]any{"what": "storage"}, `{"value":[{"a":1},"",["fail",{"errMsg":"getStorage:fail data not found"}],[1,[2],""],["k","x","y"],{"a":1}]}`)
	b.expect("probe", map[string]any{"what": "doors"}, `{"value":[["fail",{"errMsg":"login:fail auth deny","errno":103}],["fail",{"errMsg":"getLocation:fail auth deny","errno":103}],["fail",{"errMsg":"chooseAddress:fail cancel"}],`+
		`["fail",{"errMsg":"getPhoneNumber:fail user deny","errno":103}],["fail",{"errMsg":"scanCode:fail cancel"}],["fail",{"errMsg":"requestPayment:fail cancel"}]]}`)
	b.expect("probe", map[string]any{"what": "facts"}, `{"value":["string","string","wifi","undefined","string",{"errMsg":"expireAllCards:ok"}]}`)
	b.expect("probe", map[string]any{"what": "unknown"}, `{"value":[["fail",{"errMsg":"somethingElse:fail not supported"}],"somethingSync:fail not supported",true,"cloud.callFunction:fail cloud development is not available here",true,false]}`)
	r, err := b.call("p", "payOrder", nil)
	if err != nil || !r.IsError || r.Text[0] != "requestPayment:fail cancel" {
		t.Errorf("payment must be refused by default: %+v %v", r, err)
	}
}

func TestDoorsThatOpen(t *testing.T) {
	t.Parallel()
	b := open(t, catalog.Source{Path: "testdata/wx"})
	b.doors = grant{track.DoorPayment: {}, track.DoorLogin: {"code": "c1"}, track.DoorAddress: {"name": "安", "phone": "13800000000", "detail": "路 1 号"},
		track.DoorLocation: {"latitude": 31.2, "longitude": 121.4}, track.DoorPhone: {"phone": "13800000000"}}
	b.expect("payOrder", nil, `{"paid":true}`)
	got := b.must("p", "probe", map[string]any{"what": "granted"})
	for _, want := range []string{`"code":"c1"`, `"userName":"安"`, `"telNumber":"13800000000"`, `"detailInfo":"路 1 号"`, `"latitude":31.2`, `"phoneNumber":"13800000000"`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s lacks %s", got, want)
		}
	}
}

func TestAlipayShapes(t *testing.T) {
	t.Parallel()
	b := open(t, catalog.Source{Path: "testdata/my"})
	b.expect("quoteParcel", map[string]any{"weight": 2}, `{"price":24.5}`)
	b.expect("probe", map[string]any{"what": "storage"}, `{"value":[{"a":1},null,["success",{"data":null,"success":true}],["k"],true,{"data":null,"success":true}]}`)
	b.expect("probe", map[string]any{"what": "facts"}, `{"value":["string","string","undefined"]}`)
	got := b.must("p", "probe", map[string]any{"what": "doors"})
	for _, want := range []string{`["fail",{"errMsg":"getAuthCode:fail 用户取消授权","error":2001,"errorMessage":"用户取消授权"}]`, `"resultCode":"6001"`, `"errorMessage":"无权调用该接口"`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s lacks %s", got, want)
		}
	}
	b.doors = grant{track.DoorPayment: {}, track.DoorLogin: {"code": "c"}}
	b.expect("probe", map[string]any{"what": "granted"}, `{"value":[{"resultCode":"9000","memo":"","result":""},{"authCode":"c","authSuccessScopes":["auth_base"],"authErrorScopes":{}}]}`)
}

func TestFileStorageSurvives(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.json")
	first, err := skill.NewFileStorage(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Save(context.Background(), "s", "p", map[string]json.RawMessage{"k": json.RawMessage(`1`)}); err != nil {
		t.Fatal(err)
	}
	again, err := skill.NewFileStorage(path)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := again.Load(context.Background(), "s", "p"); err != nil || string(v["k"]) != "1" {
		t.Errorf("%s %v", v, err)
	}
	if v, _ := again.Load(context.Background(), "s", "other"); v != nil {
		t.Errorf("another person has %s", v)
	}
	if err := os.WriteFile(path, []byte("{broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := skill.NewFileStorage(path); !fault.Is(err, fault.Invalid) {
		t.Errorf("broken file: %v", err)
	}
}

// TestOfficialDemo runs the platform's own demo, where a checkout of it is named.
func TestOfficialDemo(t *testing.T) {
	dir := os.Getenv("BANGWO_WX_DEMO")
	if dir == "" {
		t.Skip("BANGWO_WX_DEMO names no checkout of wechat-miniprogram/ai-mode-demo")
	}
	b := open(t, catalog.Source{Path: dir})
	var found struct{ Items []struct{ DrinkID float64 } }
	if err := json.Unmarshal([]byte(b.must("p", "searchDrinks", map[string]any{"keyword": "拿铁"})), &found); err != nil || len(found.Items) == 0 {
		t.Fatal(found, err)
	}
	const latte = 195.0
	b.must("p", "selectDrink", map[string]any{"drinkId": latte})
	args := map[string]any{"drinkId": latte, "specs": map[string]any{"sugar": "less"}}
	b.must("p", "createOrder", args)
	b.must("p", "addToOrder", args)
	r, err := b.call("p", "addToOrder", args)
	if err != nil {
		t.Fatal(err)
	}
	var order struct {
		ItemCount, TotalPrice float64
	}
	var payload struct {
		Items []struct{ Specs map[string]any }
	}
	if err := json.Unmarshal(r.Structured, &order); err != nil || order.ItemCount != 3 || order.TotalPrice != 54 {
		t.Fatalf("order: %s", r.Structured)
	}
	if err := json.Unmarshal(r.Handoff.Payload, &payload); err != nil || len(payload.Items) != 3 {
		t.Fatalf("payload: %s", r.Handoff.Payload)
	}
	for _, it := range payload.Items {
		if it.Specs["sugar"] != "less" {
			t.Errorf("specs: %v", it.Specs)
		}
	}
	for _, c := range b.conn.Service().Capabilities {
		t.Logf("%-16s %-12s %s", c.Name, c.Effect, c.EffectWhy)
	}
}
