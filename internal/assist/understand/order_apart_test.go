package understand_test

import (
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
)

func tuning() catalog.Service {
	s := serviceOf("tuner", "Piano Works", "钢琴调律与保养上门预约 piano tuning",
		call{name: "listWork", about: "调律与保养项目", effect: catalog.Read, in: `{"type":"object","properties":{}}`,
			out: `{"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{"workId":{"type":"integer"},"title":{"type":"string"}}}}}}`},
		call{name: "makeAppointment", about: "预约钢琴服务", effect: catalog.Reversible,
			in:  `{"type":"object","properties":{"workId":{"type":"integer","description":"项目编号，来自 listWork"}},"required":["workId"]}`,
			out: `{"type":"object","properties":{"ref":{"type":"string"}}}`},
		call{name: "cancelAppointment", about: "取消预约", effect: catalog.Irreversible,
			in: `{"type":"object","properties":{"ref":{"type":"string"}},"required":["ref"]}`})
	s.Items = []catalog.Item{{Name: "标准调律"}, {Name: "深度保养"}}
	return s
}

// TestBookingsApart checks that two different things are two bookings that can be taken back, while several of one thing,
// or what the service is not known to have, are never booked twice.
func TestBookingsApart(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"预约一次标准调律和一次深度保养": 2,
		"预约一次标准调律":        1,
		"预约两份标准调律":        0,
	} {
		th := thinkOf(t, text, tuning())
		got := strings.Count(strings.Join(callsOf(th.Plan), " "), "makeAppointment")
		if got != want || want == 0 && th.Refusal == "" {
			t.Errorf("%s: %d bookings, want %d (%s %v)", text, got, want, th.Refusal, th.Explain)
		}
	}
}
