package understand_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
)

// told is a capability in a merchant's own words: name, description, input schema; nothing is said of its output.
type told struct{ name, description, input string }

// merchant makes a service of what a merchant tells of it, as the platform classes it.
func merchant(t testing.TB, name, about string, caps ...told) catalog.Service {
	t.Helper()
	s := catalog.Service{ID: "m", Name: name, Description: about, Payee: "m", Sandbox: true, Currency: "CNY"}
	var names []string
	for _, c := range caps {
		names = append(names, c.name)
	}
	for _, c := range caps {
		in, err := catalog.ParseSchema([]byte(c.input))
		if err != nil {
			t.Fatal(err)
		}
		effect, why := catalog.ClassifyEffect(c.name, c.description, nil, false, catalog.EffectHints{Undo: catalog.HasUndo(c.name, names)})
		s.Capabilities = append(s.Capabilities, catalog.Capability{Service: "m", Name: c.name, Description: catalog.WithoutRoute(c.description), Input: in, Effect: effect, EffectWhy: why})
	}
	catalog.WeighTogether(s.Capabilities)
	return s
}

// saidTo is what the mind makes of a sentence with one service at hand, on Tuesday 24 November 2026 at ten.
func saidTo(t testing.TB, s catalog.Service, text string) assist.Thought {
	t.Helper()
	th, err := understand.New().Think(context.Background(), assist.Request{Text: text, Services: append(others(t), s),
		Now:     time.Date(2026, 11, 24, 10, 0, 0, 0, time.FixedZone("CST", 8*3600)),
		Profile: assist.Profile{Name: "陈默", Phone: "13700005555", Addresses: []assist.Address{{Label: "家", Detail: "北京市海淀区苏州街 33 号院 5 号楼 1201"}, {Label: "公司", Detail: "北京市朝阳区望京街 9 号"}}}})
	if err != nil {
		t.Fatal(err)
	}
	return th
}

func tuner(t testing.TB) catalog.Service {
	return merchant(t, "Kammerton", "Piano tuning and repair at home. 钢琴调律、维修，上门服务。",
		told{"get_api_v2_jobs", "GET /api/v2/jobs — List kinds of jobs", `{"type":"object","properties":{"q":{"type":"string"}}}`},
		told{"get_api_v2_slots", "GET /api/v2/slots — List free slots", `{"type":"object","required":["date"],"properties":{"date":{"type":"string","format":"date"}}}`},
		told{"post_api_v2_visits", "POST /api/v2/visits — Create visit (unpaid)", `{"type":"object","required":["jobCode","slotId","address"],"properties":{"jobCode":{"type":"string"},"slotId":{"type":"string"},
			"address":{"type":"object","required":["detail"],"properties":{"detail":{"type":"string","description":"Street, building, room"}}},"remark":{"type":"string"}}}`},
		told{"post_api_v2_visits_id_pay", "POST /api/v2/visits/{id}/pay — Pay visit", `{"type":"object","required":["id"],"properties":{"id":{"type":"integer"}}}`},
		told{"delete_api_v2_visits_id", "DELETE /api/v2/visits/{id} — Cancel visit", `{"type":"object","required":["id"],"properties":{"id":{"type":"integer"}}}`})
}

func TestGeneratedToolsAreReadByWhatTheyDo(t *testing.T) {
	t.Parallel()
	th := saidTo(t, tuner(t), "周六下午三点来家里给钢琴调律，备注一下门铃坏了")
	if th.Plan == nil || len(th.Asks) > 0 {
		t.Fatalf("no plan, or questions: %+v %+v\n%s", th.Asks, th.Refusal, strings.Join(th.Explain, "\n"))
	}
	got := argsOf(th.Plan)
	for _, want := range []string{"post_api_v2_visits", "苏州街 33 号院", "2026-11-28T15:00", "门铃坏了"} {
		if !strings.Contains(got, want) {
			t.Errorf("the plan has no %q: %s", want, got)
		}
	}
	for _, s := range th.Plan.Steps {
		if s.Capability == "post_api_v2_visits_id_pay" {
			t.Error("the merchant's payment is a step of the plan: it is the platform's, after the order")
		}
		for name, a := range s.Args {
			if name == "slotId" && (a.Ref == nil || !strings.Contains(stepOf(th, a.Ref.Step), "slots")) {
				t.Errorf("the slot comes from %+v, not from the list of slots", a.Ref)
			}
			if name == "jobCode" && (a.Ref == nil || !strings.Contains(stepOf(th, a.Ref.Step), "jobs")) {
				t.Errorf("the job comes from %+v, not from the list of jobs", a.Ref)
			}
		}
	}
}

// stepOf is the capability that a step of the plan calls.
func stepOf(th assist.Thought, id string) string {
	for _, s := range th.Plan.Steps {
		if s.ID == id {
			return s.Capability
		}
	}
	return ""
}

func TestTheAddressOfAVisitIsAskedFor(t *testing.T) {
	t.Parallel()
	th := saidTo(t, tuner(t), "周六下午三点给钢琴调律")
	for _, a := range th.Asks {
		if strings.HasSuffix(a.Key, "address.detail") && len(a.Choices) > 0 {
			return
		}
	}
	if th.Plan == nil || !strings.Contains(argsOf(th.Plan), "苏州街") {
		t.Errorf("the address was neither asked for nor known: %+v", th.Asks)
	}
	if strings.Contains(argsOf(th.Plan), `调律`) {
		t.Error("the sentence was taken for an address")
	}
}

// hauler carries things from one address to another.
func hauler(t testing.TB) catalog.Service {
	return merchant(t, "Lastrad", "Cargo bikes for furniture and boxes in the city. 三轮货运，拉家具、箱子，同城运货。",
		told{"bookHaul", "预约货运，从取货地址运到送货地址。Books a cargo bike.", `{"type":"object","required":["pickup","dropoff","start_time"],"properties":{
			"pickup":{"type":"object","required":["address"],"properties":{"address":{"type":"string","description":"取货地址"}}},
			"dropoff":{"type":"object","required":["address"],"properties":{"address":{"type":"string","description":"送货地址"}}},
			"start_time":{"type":"string","format":"date-time","description":"开始时间"}}}`})
}

func TestFromAndToWithVerbsBehind(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"周六上午九点用三轮货运把箱子从家里运到朝阳区青年路7号院3号楼502":                               {"苏州街 33 号院", "青年路7号院3号楼502"},
		"周六上午九点三轮货运拉家具，从公司搬到海淀区知春路66号":                                     {"望京街 9 号", "知春路66号"},
		"周六上午九点三轮货运拉几箱书，家里到东城区和平里北街21号":                                    {"苏州街 33 号院", "和平里北街21号"},
		"a cargo bike for my furniture on saturday 9am, from work to home": {"望京街 9 号", "苏州街 33 号院"},
	} {
		th := saidTo(t, hauler(t), text)
		if th.Plan == nil {
			t.Errorf("%s: no plan: %s %+v", text, th.Refusal, th.Asks)
			continue
		}
		args := th.Plan.Steps[len(th.Plan.Steps)-1].Args
		for i, side := range []string{"pickup", "dropoff"} {
			if got := shown(args[side]); !strings.Contains(got, want[i]) {
				t.Errorf("%s: %s is %s, want %s", text, side, got, want[i])
			}
		}
	}
}

func TestTheSceneIsNoOrder(t *testing.T) {
	t.Parallel()
	names := []string{"肩颈舒缓|neck relief", "头部护理", "背部刮拭"}
	for text, want := range map[string]string{
		"头晕眼花睡不好，约个头部护理": "~头部护理",
		"去做个背部刮拭":        "~背部刮拭",
		"找个师傅来个肩颈舒缓":     "~肩颈舒缓",
		"约个头部护理 再约个背部刮拭": "~头部护理", // both stay
	} {
		th := alone(t, "养生馆，肩颈头部护理 wellness", thing, `"thing_id"`, names, text)
		if got := ordered(th); !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if got := ordered(alone(t, "养生馆，肩颈头部护理 wellness", thing, `"thing_id"`, names, "约个头部护理 再约个背部刮拭")); !strings.Contains(got, "背部刮拭") {
		t.Errorf("the second of two was lost: %s", got)
	}
}
