package understand_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
)

// monday is the clock of these tests.
var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("", 8*3600))

func services(t testing.TB) []catalog.Service {
	t.Helper()
	files, _ := filepath.Glob("testdata/services/*.json")
	if len(files) < 5 {
		t.Fatalf("only %d services in testdata", len(files))
	}
	var out []catalog.Service
	for _, f := range files {
		var s catalog.Service
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &s); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		out = append(out, s)
	}
	return out
}

func think(t testing.TB, text string, change func(*assist.Request)) assist.Thought {
	t.Helper()
	r := assist.Request{Text: text, Now: monday, Place: "国贸", Services: services(t), Profile: assist.Profile{
		Name: "李明", Phone: "13800000000", Addresses: []assist.Address{{Label: "home", Detail: "建国路88号"}},
		Consents: []assist.Consent{{Service: "*", Value: "*"}}}}
	if change != nil {
		change(&r)
	}
	th, err := understand.New().Think(context.Background(), r)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return th
}

func finder(svcs []catalog.Service) plan.Find {
	return func(service, skill, capability string) (catalog.Capability, bool) {
		for _, s := range svcs {
			if s.ID == service {
				return s.Capability(skill, capability)
			}
		}
		return catalog.Capability{}, false
	}
}

// TestPlans checks what a sentence becomes: the ending call of each goal, and pieces that its arguments must and must not have.
func TestPlans(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		ends  []string // service/capability of each goal's last step
		has   []string // in the JSON of all arguments
		hasnt []string
	}{
		{"Order a car to the airport", []string{"quickcab/book_ride"}, []string{`"value":"airport"`, `"value":"国贸"`, `"step":"s3","path":["quotes","*","quote_id"]`}, []string{"138"}},
		{"帮我叫辆车去首都机场", []string{"quickcab/book_ride"}, []string{`"首都机场"`}, nil},
		{"call a taxi from home to Beijing South Railway Station at 8 tomorrow morning", []string{"quickcab/book_ride"}, []string{"建国路88号", "beijing south railway station", "2026-11-24T08:00:00"}, nil},
		{"order two cars to the airport", []string{"quickcab/book_ride", "quickcab/book_ride"}, nil, nil},
		{"买两盒布洛芬和一盒创可贴送到家", []string{"kangmin/submitOrder"}, []string{`"num":{"value":2`, `"num":{"value":1`, "建国路88号", `"query":"创可贴"`}, nil},
		{"明天去上海的二等座高铁票两张", []string{"tielu/bookTicket"}, []string{`"toStation":{"value":"上海"`, `"date":{"value":"2026-11-24"`, `"passengerCount":{"value":2`, `"seatType":{"value":"second"`}, nil},
		{"Book a haircut for tomorrow at 3pm", []string{"salon/create_appointment"}, []string{`"at":"2026-11-24T15:00:00+08:00"`, `"date":{"value":"2026-11-24"`}, nil},
		{"明晚七点订个四人包间", []string{"bistro/reserveTable"}, []string{`"people":{"value":4`, `"2026-11-24 19:00"`, `"area":{"value":"room"`}, nil},
		{"two large margherita pizzas and a caesar salad delivered to my home", []string{"feedme/checkout"}, []string{`"quantity":{"value":2`, `"size":{"value":"large"`, `"query":"Caesar salad"`, "建国路88号"}, nil},
		{"查一下后天北京到杭州的火车", []string{"tielu/queryTrains"}, []string{`"北京"`, `"杭州"`, "2026-11-25"}, nil},
		{"买两盒布洛芬送到家，再叫辆车去首都机场", []string{"kangmin/submitOrder", "quickcab/book_ride"}, []string{`"num":{"value":2`, `"首都机场"`}, nil},
		{"我要去机场，再帮我买三盒感冒灵送到家", []string{"quickcab/book_ride", "kangmin/submitOrder"}, []string{`"num":{"value":3`}, nil},
		{"叫辆车去机场，顺便买一盒维生素C片送到家，再订个两人位今晚六点半", []string{"quickcab/book_ride", "kangmin/submitOrder", "bistro/reserveTable"}, []string{"2026-11-23 18:30", `"people":{"value":2`}, nil},
	} {
		th := think(t, c.text, nil)
		if th.Plan == nil || len(th.Asks) > 0 {
			t.Errorf("%s: no plan; asks %+v, refusal %q", c.text, th.Asks, th.Refusal)
			continue
		}
		if err := plan.Check(th.Plan, finder(services(t))); err != nil {
			t.Errorf("%s: %v", c.text, err)
		}
		var ends []string
		for _, g := range th.Plan.Goals {
			last := g.Final
			if last == "" {
				last = g.End
			}
			s, _ := th.Plan.Step(last)
			ends = append(ends, s.Service+"/"+s.Capability)
		}
		if !slices.Equal(ends, c.ends) {
			t.Errorf("%s: ends %v, want %v", c.text, ends, c.ends)
		}
		raw := string(th.Plan.Raw())
		for _, h := range c.has {
			if !strings.Contains(raw, h) {
				t.Errorf("%s: the plan lacks %s\n%s", c.text, h, raw)
			}
		}
		for _, h := range c.hasnt {
			if strings.Contains(raw, h) {
				t.Errorf("%s: the plan must not have %s", c.text, h)
			}
		}
	}
}

// TestNothingIsInvented checks that what nobody said is asked for, or the errand refused.
func TestNothingIsInvented(t *testing.T) {
	t.Parallel()
	for text, key := range map[string]string{
		"帮我叫辆车":      "get_quotes.dropoff_place_id",
		"寄个快递到上海":    "createShipment.receiver.name",
		"买三盒感冒灵送到公司": "submitOrder.addr", // no such address in the profile: home must not be used instead
	} {
		th := think(t, text, nil)
		if !slices.ContainsFunc(th.Asks, func(a assist.Ask) bool { return strings.HasSuffix(a.Key, key) }) {
			t.Errorf("%s: asked %+v, want %s", text, th.Asks, key)
		}
		if strings.Contains(string(catalog.MustJSON(th.Plan)), "建国路88号") && key == "submitOrder.addr" {
			t.Errorf("%s: the home address is in the plan", text)
		}
	}
	for _, text := range []string{"叫辆车去机场，顺便在附近订三碗宫保面", "call a taxi to the airport and get me two hot zorbles"} {
		th := think(t, text, nil)
		if th.Plan == nil || len(th.Plan.Goals) != 1 || th.Reply == "" {
			t.Errorf("%s: what no service can do must be said, not mixed into another order: %d goals, %q", text, len(th.Plan.Goals), th.Reply)
		}
	}
	if th := think(t, "给我来一份宫保鸡丁", nil); th.Refusal == "" || th.Plan != nil {
		t.Errorf("a dish that nobody has must be refused plainly: %+v", th)
	}
}

// TestAnsweredPlace checks that the answer to "where to" is looked up, not taken for an id, and only for that end.
func TestAnsweredPlace(t *testing.T) {
	t.Parallel()
	th := think(t, "帮我叫辆车", nil)
	if len(th.Asks) != 1 || th.Asks[0].Text != "要去哪里？" {
		t.Fatalf("asked %+v", th.Asks)
	}
	th = think(t, "帮我叫辆车", func(r *assist.Request) { r.Answers = map[string]string{th.Asks[0].Key: "北京南站"} })
	raw := string(catalog.MustJSON(th.Plan))
	if len(th.Asks) != 0 || !strings.Contains(raw, `"query":{"value":"北京南站"`) || !strings.Contains(raw, `"query":{"value":"国贸"`) || strings.Contains(raw, `"dropoff_place_id":{"value"`) {
		t.Fatalf("asks %+v, plan %s", th.Asks, raw)
	}
}

// TestConsent checks that a profile value leaves only with consent.
func TestConsent(t *testing.T) {
	t.Parallel()
	closed := func(r *assist.Request) { r.Profile.Consents = nil }
	th := think(t, "明晚七点订个四人包间", closed)
	if len(th.Asks) != 1 || th.Asks[0].Kind != assist.AskConsent {
		t.Fatalf("want one consent question, got %+v", th.Asks)
	}
	if strings.Contains(string(catalog.MustJSON(th.Plan)), "13800000000") {
		t.Fatal("the phone number is in the plan before the person agreed")
	}
	th = think(t, "明晚七点订个四人包间", func(r *assist.Request) {
		closed(r)
		r.Answers = map[string]string{th.Asks[0].Key: "yes"}
	})
	if len(th.Asks) != 0 || !strings.Contains(string(th.Plan.Raw()), "13800000000") {
		t.Fatalf("after a yes it must go on: %+v", th.Asks)
	}
}

// TestAnswers checks that an answered question is not asked again and its value is used.
func TestAnswers(t *testing.T) {
	t.Parallel()
	first := think(t, "寄个快递到上海", nil)
	answers := map[string]string{}
	for _, a := range first.Asks {
		answers[a.Key] = "王芳"
		if strings.Contains(a.Key, "phone") {
			answers[a.Key] = "13912345678"
		}
	}
	th := think(t, "寄个快递到上海", func(r *assist.Request) { r.Answers = answers })
	raw := string(catalog.MustJSON(th.Plan))
	if len(th.Asks) != 0 || !strings.Contains(raw, "王芳") || !strings.Contains(raw, "13912345678") {
		t.Fatalf("asks %+v, plan %s", th.Asks, raw)
	}
}

func TestCommands(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]assist.CommandKind{
		"取消订单": assist.CommandCancel, "cancel my coffee order": assist.CommandCancel, "余额": assist.CommandBalance, "我要退款": assist.CommandRefund,
		"what can you do": assist.CommandHelp, "你能做什么": assist.CommandHelp, "我的订单": assist.CommandHistory, "where is my order": assist.CommandStatus, "你好": assist.CommandChat,
	} {
		th := think(t, text, nil)
		if th.Command == nil || th.Command.Kind != want {
			t.Errorf("%s: %+v, want %s", text, th.Command, want)
		}
	}
	for _, text := range []string{"help me order a car to the airport", "帮我叫辆车去机场"} {
		if th := think(t, text, nil); th.Command != nil {
			t.Errorf("%s is an errand, not the command %s", text, th.Command.Kind)
		}
	}
}

// TestDeterministic checks that equal requests give equal plans.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	const text = "叫辆车去机场，顺便买两盒布洛芬和一盒创可贴送到家"
	want := plan.Hash(think(t, text, nil).Plan)
	for range 20 {
		if got := plan.Hash(think(t, text, nil).Plan); got != want {
			t.Fatal("the same sentence became another plan")
		}
	}
}

// FuzzThink checks that no utterance breaks the mind, and that whatever it plans passes the check.
func FuzzThink(f *testing.F) {
	svcs := services(f)
	for _, s := range []string{"帮我叫辆车去机场", "two pizzas", "第二个", "。，,", "从到去", "买100000000盒布洛芬", "a a a an one two \u0000", "寄🚗到🏠"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		th, err := understand.New().Think(context.Background(), assist.Request{Text: text, Now: monday, Services: svcs})
		if err != nil || th.Plan == nil || len(th.Asks) > 0 {
			return
		}
		if err := plan.Check(th.Plan, finder(svcs)); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

// TestJoins checks that "and" words cut between words and not inside one.
func TestJoins(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"买一盒布洛芬和两盒创可贴送到家": 2, "买一盒布洛芬以及一盒维生素C片送到家": 2} {
		th := think(t, text, nil)
		if th.Plan == nil || strings.Count(string(th.Plan.Raw()), `"num":`) != want {
			t.Errorf("%s: %s", text, catalog.MustJSON(th.Plan))
		}
	}
}
