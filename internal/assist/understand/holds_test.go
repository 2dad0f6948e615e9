package understand_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
)

// madeCall is one capability of an invented service that declares no results.
type madeCall struct {
	name, effect, describes string
	in                      []input
}

// madeService makes a service of several capabilities.
func madeService(t testing.TB, name, about string, calls ...madeCall) catalog.Service {
	t.Helper()
	var caps []json.RawMessage
	for _, c := range calls {
		caps = append(caps, json.RawMessage(fmt.Sprintf(`{"service":%q,"name":%q,"description":%q,"effect":%q,"input":%s}`, name, c.name, c.describes, c.effect, schemaOf(c.in))))
	}
	raw, err := json.Marshal(caps)
	if err != nil {
		t.Fatal(err)
	}
	var s catalog.Service
	if err := json.Unmarshal([]byte(fmt.Sprintf(`{"id":%q,"name":%q,"description":%q,"payee":"p","currency":"CNY","source":{"track":"mcp"},"capabilities":%s}`, name, name, about, raw)), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// plannedBy is the plan of a sentence for one service; consents are given.
func plannedBy(t testing.TB, text string, s catalog.Service) assist.Thought {
	t.Helper()
	th, err := understand.New().Think(context.Background(), assist.Request{Text: text, Now: monday, Place: "中关村", Services: []catalog.Service{s}, Profile: assist.Profile{
		Name: "李明", Phone: "13800000000", Consents: []assist.Consent{{Service: "*", Value: "*"}}}})
	if err != nil {
		t.Fatal(err)
	}
	return th
}

func calledBy(th assist.Thought) []string {
	var out []string
	if th.Plan != nil {
		for _, s := range th.Plan.Steps {
			out = append(out, s.Capability)
		}
	}
	return out
}

func balloons(t testing.TB) catalog.Service {
	return madeService(t, "Upward", "Hot air balloon rides at dawn over the valley",
		madeCall{"list_baskets", "read", "Baskets that fly on a morning, with what a place costs.", []input{{name: "date", describes: "morning", required: true, with: `"format":"date"`}}},
		madeCall{"set_aside", "reversible", "Sets places aside for half an hour. Returns a reservation_ref and the amount.", []input{
			{name: "basket_code", describes: "code from list_baskets", required: true}, {name: "date", describes: "morning", required: true, with: `"format":"date"`}}},
		madeCall{"let_go", "irreversible", "Give up places that were set aside.", []input{{name: "reservation_ref", describes: "", required: true}}},
		madeCall{"complete_booking", "irreversible", "Pay and get the boarding cards.", []input{
			{name: "reservation_ref", describes: "", required: true}, {name: "guest_name", describes: "", required: true}}})
}

// TestAHoldIsMadeFinal checks that what a call without a declared result puts aside is made final by its sibling, and not given up.
func TestAHoldIsMadeFinal(t *testing.T) {
	t.Parallel()
	th := plannedBy(t, "Book a hot air balloon ride for Saturday", balloons(t))
	if th.Plan == nil || len(th.Asks) > 0 {
		t.Fatalf("no plan, or a question: %+v", th.Asks)
	}
	if got, want := calledBy(th), []string{"list_baskets", "set_aside", "complete_booking"}; !slices.Equal(got, want) {
		t.Fatalf("called %v, want %v", got, want)
	}
	g := th.Plan.Goals[0]
	end, _ := th.Plan.Step(g.End)
	final, ok := th.Plan.Step(g.Final)
	if !ok || end.Capability != "set_aside" || final.Capability != "complete_booking" {
		t.Errorf("ends in %+v, made final by %+v", end, final)
	}
	if ref := final.Args["reservation_ref"].Ref; ref == nil || ref.Step != g.End {
		t.Errorf("the reference is %+v, not of what was set aside", final.Args["reservation_ref"])
	}
	if g.Cancel != nil && g.Cancel.Capability == "let_go" {
		t.Error("what was paid for is taken back by giving up the places set aside, which are used up")
	}
}

// TestAQuestionIsAnsweredWithoutAnother checks that a read which needs what was not said gives way to one that needs nothing.
func TestAQuestionIsAnsweredWithoutAnother(t *testing.T) {
	t.Parallel()
	s := madeService(t, "布艺坊", "陶艺课和布艺课，手作体验",
		madeCall{"findCourses", "read", "查询手作课程，返回课程和价格", []input{{name: "keyword", describes: "课程关键词"}}},
		madeCall{"courseTimes", "read", "查询某门手作课程某一天的时段和价格", []input{{name: "courseId", describes: "课程 id，来自 findCourses", required: true}, {name: "day", describes: "日期", required: true, with: `"format":"date"`}}},
		madeCall{"bookCourse", "irreversible", "预约手作课程", []input{{name: "courseId", describes: "课程 id，来自 findCourses", required: true}, {name: "day", describes: "日期", required: true, with: `"format":"date"`}}})
	for _, text := range []string{"陶艺课多少钱", "有啥手作课程"} {
		th := plannedBy(t, text, s)
		if got := calledBy(th); len(th.Asks) > 0 || !slices.Equal(got, []string{"findCourses"}) {
			t.Errorf("%q: called %v, asked %+v", text, got, th.Asks)
		}
	}
	th := plannedBy(t, "周六陶艺课还有吗", s)
	if got := calledBy(th); slices.Contains(got, "bookCourse") {
		t.Errorf("a question became an order: %v", got)
	}
}

// TestAPlaceSpeltInPinyin checks that a value written in pinyin is said by its characters.
func TestAPlaceSpeltInPinyin(t *testing.T) {
	t.Parallel()
	s := madeService(t, "KeyCut", "Spare keys cut while you wait. 配钥匙",
		madeCall{"order_key", "irreversible", "Order a spare key. 配钥匙", []input{{name: "counter", describes: "where to collect it", required: true, with: `"enum":["xidan","gongzhufen","wudaokou"]`}}})
	th := plannedBy(t, "配一把钥匙，五道口取", s)
	if th.Plan == nil || len(th.Asks) > 0 || th.Plan.Steps[0].Args["counter"].Value != "wudaokou" {
		t.Fatalf("planned %+v, asked %+v", th.Plan, th.Asks)
	}
	if th := plannedBy(t, "配一把钥匙，国贸取", s); len(th.Asks) == 0 {
		t.Error("a counter was taken that nobody named")
	}
}
