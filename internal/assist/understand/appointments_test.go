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
