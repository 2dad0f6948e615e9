package understand_test

import (
	"strings"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
)

// talk thinks a conversation through: every turn but the last was confirmed and placed, unless open says that it waits.
func talk(t *testing.T, open bool, turns ...string) assist.Thought {
	t.Helper()
	var earlier []assist.Earlier
	for i, text := range turns {
		at := monday.Add(time.Duration(i) * time.Minute)
		th := think(t, text, func(r *assist.Request) { r.Earlier, r.Now = earlier, at })
		if i == len(turns)-1 {
			return th
		}
		e := assist.Earlier{Turn: "t" + string(rune('1'+i)), Text: text, At: at, Goals: th.Goals, Plan: th.Plan, Open: open}
		if th.Plan == nil || len(th.Asks) > 0 {
			t.Fatalf("%s: no plan; asks %+v, refusal %q", text, th.Asks, th.Refusal)
		}
		for k, g := range th.Plan.Goals {
			for n := range earlier {
				for m, p := range earlier[n].Placed {
					for _, old := range g.Replaces {
						earlier[n].Placed[m].Alive = p.Alive && p.Order != old
					}
				}
			}
			if open || !g.Order {
				continue
			}
			id := e.Turn + "/o" + string(rune('1'+k))
			e.Orders = append(e.Orders, id)
			e.Placed = append(e.Placed, assist.Placed{Order: id, Goal: g.ID, Alive: true, Says: []string{g.Title}})
		}
		earlier = append(earlier, e)
	}
	return assist.Thought{}
}

func argsOf(p *plan.Plan) string {
	if p == nil {
		return ""
	}
	return string(p.Raw())
}

// TestGoingOn checks what is said after an errand: what the plan has then and has not, and which order it replaces.
func TestGoingOn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		turns    []string
		has      []string
		hasnt    []string
		replaces string
	}{
		{[]string{"买两盒布洛芬送到家", "改成四盒"}, []string{`"num":{"value":4`, "建国路88号"}, []string{`"num":{"value":2`}, "t1/o1"},
		{[]string{"买两盒布洛芬送到家", "不对，三盒"}, []string{`"num":{"value":3`}, []string{`"num":{"value":2`}, "t1/o1"},
		{[]string{"买两盒布洛芬送到家", "改成四盒", "还是五盒吧"}, []string{`"num":{"value":5`}, []string{`"num":{"value":4`, `"num":{"value":2`}, "t2/o1"},
		{[]string{"买两盒布洛芬送到家", "再来两盒一样的"}, []string{`"num":{"value":2`, "布洛芬"}, nil, ""},
		{[]string{"买两盒布洛芬送到家", "老样子再来一单"}, []string{`"num":{"value":2`, "布洛芬", "建国路88号"}, nil, ""},
		{[]string{"Book a haircut for tomorrow at 3pm", "change it to 4:30 pm"}, []string{"2026-11-24T16:30"}, []string{"2026-11-24T15:00"}, "t1/o1"},
		{[]string{"Book a haircut for tomorrow at 3pm", "actually Friday"}, []string{"2026-11-27T15:00"}, []string{"2026-11-24T15:00"}, "t1/o1"},
		{[]string{"明晚七点订个四人包间", "改成六个人"}, []string{`"people":{"value":6`, "2026-11-24 19:00"}, []string{`"people":{"value":4`}, "t1/o1"},
		{[]string{"明晚七点订个四人包间", "时间改到八点"}, []string{`"people":{"value":4`, "2026-11-24 20:00"}, []string{"19:00"}, "t1/o1"},
		{[]string{"明天去上海的二等座高铁票两张", "换成一等座"}, []string{`"seatType":{"value":"first"`, `"passengerCount":{"value":2`}, []string{`"value":"second"`}, "t1/o1"},
		{[]string{"two large margherita pizzas delivered to my home", "make that three"}, []string{`"quantity":{"value":3`, `"size":{"value":"large"`}, []string{`"quantity":{"value":2`}, "t1/o1"},
		{[]string{"two large margherita pizzas delivered to my home", "medium instead"}, []string{`"quantity":{"value":2`, `"size":{"value":"medium"`}, []string{`"value":"large"`}, "t1/o1"},
		{[]string{"A train ticket from Beijing to Shanghai tomorrow at 8 am", "change the train to 14:00"}, []string{"2026-11-24T14:00"}, []string{"T08:00"}, "t1/o1"},
		{[]string{"买两盒布洛芬送到家", "不要布洛芬了，换感冒灵吧"}, []string{`"num":{"value":2`, "感冒灵"}, []string{"布洛芬"}, "t1/o1"},
		{[]string{"买两盒布洛芬送到家", "换成感冒灵"}, []string{`"num":{"value":2`, "感冒灵"}, []string{"布洛芬"}, "t1/o1"},
		{[]string{"买两盒布洛芬送到家", "把布洛芬换成三盒感冒灵"}, []string{`"num":{"value":3`, "感冒灵"}, []string{"布洛芬"}, "t1/o1"},
		{[]string{"买两盒布洛芬和一盒感冒灵送到家", "把感冒灵去掉"}, []string{`"num":{"value":2`, "布洛芬", "建国路88号"}, []string{"感冒灵"}, "t1/o1"},
		{[]string{"买两盒布洛芬和一盒感冒灵送到家", "不要布洛芬了"}, []string{"感冒灵"}, []string{"布洛芬"}, "t1/o1"},
		{[]string{"买三盒布洛芬和一盒感冒灵送到家", "去掉一盒布洛芬"}, []string{`"num":{"value":2`, "感冒灵"}, []string{`"num":{"value":3`}, "t1/o1"},
		{[]string{"帮我叫辆车去首都机场", "买两盒布洛芬送到家"}, []string{`"num":{"value":2`}, []string{"首都机场"}, ""},
	} {
		th := talk(t, false, c.turns...)
		last := strings.Join(c.turns, " / ")
		raw := argsOf(th.Plan)
		if th.Plan == nil {
			t.Errorf("%s: no plan; asks %+v, refusal %q, command %+v", last, th.Asks, th.Refusal, th.Command)
			continue
		}
		for _, h := range c.has {
			if !strings.Contains(raw, h) {
				t.Errorf("%s: the plan lacks %s\n  %s", last, h, th.Plan.Utterance)
			}
		}
		for _, h := range c.hasnt {
			if strings.Contains(raw, h) {
				t.Errorf("%s: the plan must not have %s\n  %s", last, h, th.Plan.Utterance)
			}
		}
		beside := len(th.Asks) == 1 && strings.HasSuffix(th.Asks[0].Key, "/beside")
		if got := strings.Join(th.Plan.Goals[0].Replaces, " "); got != c.replaces && !(beside && c.replaces != "") {
			t.Errorf("%s: replaces %q, want %q", last, got, c.replaces)
		}
	}
}

// TestSaidAnewWhileOpen checks that a change to what waits for the confirmation stops it and says all of it anew.
func TestSaidAnewWhileOpen(t *testing.T) {
	t.Parallel()
	th := talk(t, true, "叫辆车去机场，再帮我买三盒感冒灵送到家", "感冒灵改成两盒")
	if th.Plan == nil || th.Plan.Supersedes != "t1" || len(th.Plan.Goals) != 2 {
		t.Fatalf("%+v", th)
	}
	raw := argsOf(th.Plan)
	if !strings.Contains(raw, `"num":{"value":2`) || strings.Contains(raw, `"num":{"value":3`) || !strings.Contains(raw, "机场") {
		t.Errorf("not both goals, or not the change: %s", raw)
	}
	if th := talk(t, true, "买两盒布洛芬送到家", "先别付"); th.Command == nil || th.Command.Kind != assist.CommandCancel || th.Command.Turn != "t1" {
		t.Errorf("the wish not to pay yet must stop what waits: %+v", th.Command)
	}
}

// TestTakingBack checks which order a cancellation means, in any words; and what is none.
func TestTakingBack(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"算了，不要了": "t2/o1", "取消打车": "t1/o1", "车不用来了": "t1/o1", "药别送了": "t2/o1", "刚才的药退了吧": "t2/o1", "师傅不用来接我了": "t2/o1 or t1/o1",
		"cancel the ride": "t1/o1", "I don't need the car anymore": "t1/o1", "call off the ibuprofen": "t2/o1", "cancel my massage": "",
	} {
		th := talk(t, false, "叫辆车去首都机场", "买两盒布洛芬送到家", text)
		if th.Command == nil || th.Command.Kind != assist.CommandCancel && th.Command.Kind != assist.CommandRefund {
			t.Errorf("%s: no cancellation: %+v %q", text, th.Plan, th.Refusal)
			continue
		}
		if got := strings.Join(th.Command.Orders, " "); got != want && !strings.Contains(want, " or ") {
			t.Errorf("%s: means %q (words %q), want %q", text, got, th.Command.Words, want)
		}
	}
	for _, text := range []string{"取消布洛芬，再买三盒感冒灵送到家", "不要布洛芬了，换成三盒感冒灵"} {
		th := talk(t, false, "买两盒布洛芬送到家", text)
		if th.Plan == nil || strings.Join(th.Plan.Goals[0].Replaces, "") != "t1/o1" && len(th.Asks) == 0 || !strings.Contains(argsOf(th.Plan), "感冒灵") || strings.Contains(argsOf(th.Plan), "布洛芬") {
			t.Errorf("%s: %+v %s", text, th.Command, argsOf(th.Plan))
		}
	}
}

// TestSmallTalkStartsNothing checks that talk and questions about Bangwo itself are answered by itself.
func TestSmallTalkStartsNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"谢谢你，辛苦了", "你都会干啥", "who made you", "你是谁", "太好了", "thank you so much", "you're great, thanks", "早上好呀", "what can you do for me?", "我的订单到哪了", "where's my driver", "what did I order yesterday", "上次点的东西到哪了", "钱包里还有多少钱"} {
		if th := think(t, text, nil); th.Command == nil || th.Plan != nil {
			t.Errorf("%s: %q, goals %+v", text, th.Refusal, th.Goals)
		}
	}
}

// TestRefusedPlainly checks that what no service speaks of, or says that it does not do, is refused, with what there is.
func TestRefusedPlainly(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Can you fix my marriage?", "帮我买一张彩票", "把我家的猫送去月球", "帮我写一首诗", "sell my car", "给我的公交卡充五十块"} {
		th := think(t, text, nil)
		if th.Refusal == "" || th.Plan != nil || len(th.Asks) > 0 {
			t.Errorf("%s: goals %+v asks %+v plan %v", text, th.Goals, th.Asks, th.Plan != nil)
		}
	}
}
