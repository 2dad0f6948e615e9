package eval

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
)

// Verdict is what became of one case.
type Verdict struct {
	Case         string   `json:"case"`
	Lang         string   `json:"lang"`
	Kind         string   `json:"kind"`
	Trades       []string `json:"trades"`
	Turns        []string `json:"turns,omitempty"`
	Goals        bool     `json:"goals"` // the right services were meant, and no other
	SlotsRight   int      `json:"slots_right"`
	SlotsTotal   int      `json:"slots_total"`
	Plan         bool     `json:"plan"`             // the final state is right
	AskDue       bool     `json:"ask_due"`          // something had to be asked
	Asked        bool     `json:"asked"`            // something was asked
	Needless     bool     `json:"asked_needlessly"` // a question came that the case has no answer for
	DueAsked     bool     `json:"due_asked"`        // what had to be asked was: a scripted answer fitted
	RefuseDue    bool     `json:"refuse_due"`       // no service could do it
	Refused      bool     `json:"refused"`          // it was refused, and nothing changed
	WrongPayment string   `json:"wrong_payment"`    // paid what the case did not allow
	WrongGoods   bool     `json:"wrong_goods"`      // paid for an order that is not what was said
	Why          []string `json:"why,omitempty"`
	TookMS       float64  `json:"took_ms"`
}

// judge compares what happened with what must have come of the case.
func (s *Suite) judge(c Case, p *played) Verdict {
	j := &judge{suite: s, c: c, p: p, v: Verdict{Case: c.ID, Lang: c.Lang, Kind: c.kind(), Trades: s.trades(c), Turns: c.Turns,
		AskDue: c.Expect.Ask, Asked: len(p.asked) > 0, Needless: !c.Expect.Ask && len(p.asked) > p.answered, DueAsked: c.Expect.Ask && len(p.asked) > 0 && (p.answered > 0 || len(c.Answers) == 0), RefuseDue: c.Expect.Refuse, TookMS: float64(p.took) / float64(time.Millisecond)}}
	if p.err != nil {
		j.why("broke: %v", p.err)
		return j.v
	}
	j.goals()
	j.records()
	j.reads()
	j.questions()
	j.refusal()
	j.money()
	j.v.Plan = len(j.v.Why) == 0
	if !j.v.Plan {
		j.why("outcome %s %s: %s", p.outcome, p.code, p.reply)
		j.why("called: %s", p.called())
	}
	return j.v
}

// called lists what was called, for people.
func (p *played) called() string {
	var made []string
	for _, c := range p.calls {
		line := c.Service + "/" + c.Capability + " " + short(c.Args)
		if c.State != assist.StepDone {
			line += " (" + string(c.State) + " " + c.Error + ")"
		}
		made = append(made, line)
	}
	return strings.Join(made, "; ")
}

// trades lists the trades of the services that a case is about; those about none are "none".
func (s *Suite) trades(c Case) []string {
	var out []string
	for _, id := range c.services() {
		i := slices.IndexFunc(s.Services, func(svc Service) bool { return svc.ID == id })
		if i >= 0 && !slices.Contains(out, s.Services[i].Trade) {
			out = append(out, s.Services[i].Trade)
		}
	}
	if len(out) == 0 {
		return []string{"none"}
	}
	return out
}

type judge struct {
	suite *Suite
	c     Case
	p     *played
	v     Verdict
}

func (j *judge) why(format string, args ...any) {
	j.v.Why = append(j.v.Why, fmt.Sprintf(format, args...))
}

// goals compares the services that were meant. Cases that only a command or a refusal answers mean none.
func (j *judge) goals() {
	meant := map[string]bool{}
	for _, st := range j.p.steps {
		meant[st.Service] = true
	}
	for _, g := range j.p.goals {
		if g.Service != "" {
			meant[g.Service] = true
		}
	}
	for id := range j.p.records {
		meant[id] = true
	}
	want := j.c.services()
	if j.c.Expect.Ask && len(want) == 0 {
		j.v.Goals = true // nothing is said of which service would have been right
		return
	}
	j.v.Goals = len(meant) == len(want)
	for _, id := range want {
		j.v.Goals = j.v.Goals && meant[id]
	}
	if len(j.c.Expect.Records) > 0 && len(want) == 0 {
		j.v.Goals = true // a cancellation leaves nothing
	}
}

// records compares every service's records in force with the patterns.
func (j *judge) records() {
	for _, svc := range j.suite.Services {
		want, named := j.c.Expect.Records[svc.ID]
		if named && len(want) == 0 && !j.c.Decline && j.p.undone[svc.ID] == 0 {
			j.why("%s: nothing was ordered that could be taken back", svc.ID)
		}
		var have []any
		for _, f := range j.p.records[svc.ID] {
			have = append(have, f.value)
		}
		right, total, wrong := score(asList(want), asList(have), svc.ID)
		j.v.SlotsRight += right
		j.v.SlotsTotal += total
		if wrong != "" {
			j.why("%s", wrong)
		}
	}
}

func asList(v []any) any {
	if v == nil {
		return []any{}
	}
	return v
}

// reads looks for the look-ups among the calls.
func (j *judge) reads() {
	for _, r := range j.c.Expect.Reads {
		ok := slices.ContainsFunc(j.p.calls, func(c desk.Call) bool {
			return c.Service == r.Service && c.State == assist.StepDone && (len(r.Capability) == 0 || slices.Contains(r.Capability, c.Capability)) &&
				fits(orAny(r.Args), normal(c.Args))
		})
		j.v.SlotsTotal++
		if ok {
			j.v.SlotsRight++
			continue
		}
		j.why("no look-up at %s %v with %s", r.Service, r.Capability, short(r.Args))
	}
}

func orAny(p any) any {
	if p == nil {
		return map[string]any{}
	}
	return p
}

func (j *judge) questions() {
	switch {
	case j.c.Expect.Ask && !j.v.DueAsked:
		j.why("what is missing was not asked, but %q", j.p.asked)
	case j.c.Expect.Ask && len(j.c.Answers) == 0:
	case j.p.stuck != "":
		j.why("asked: %s", j.p.stuck)
	}
}

// refusal wants a refusal, or for Bangwo's own answers an end without any goal at a service.
func (j *judge) refusal() {
	changed := slices.ContainsFunc(j.p.calls, func(c desk.Call) bool { return c.State == assist.StepDone && j.effect(c) != catalog.Read })
	quiet := !changed && len(j.p.records) == 0 && len(j.p.asked) == 0
	j.v.Refused = j.c.Expect.Refuse && quiet && j.p.outcome == assist.OutcomeRefused
	switch {
	case j.c.Expect.Refuse && !j.v.Refused:
		j.why("not refused: outcome %s, asked %v", j.p.outcome, j.p.asked)
	case j.c.Expect.Chat && (!quiet || !j.answered() || len(j.p.calls) > 0):
		j.why("not answered by itself: outcome %s, asked %v", j.p.outcome, j.p.asked)
	}
}

// answered tells that Bangwo answered by itself; there being nothing to take back is an answer too.
func (j *judge) answered() bool {
	return j.p.outcome == assist.OutcomeDone || j.p.outcome == assist.OutcomeRefused && j.p.code == string(fault.NotFound)
}

func (j *judge) effect(c desk.Call) catalog.Effect {
	for _, st := range j.p.steps {
		if st.ID == c.Step && st.Service == c.Service && st.Capability == c.Capability {
			return st.Effect
		}
	}
	return catalog.Irreversible
}

// money compares what was paid with what the records in force cost, and looks for what the case did not allow.
func (j *judge) money() {
	paid := map[string]int64{}
	var total int64
	for _, pay := range j.p.payments {
		if pay.Status == "captured" {
			paid[pay.Payee] += pay.Amount
			total += pay.Amount
		}
	}
	wrong := func(format string, args ...any) {
		if j.v.WrongPayment == "" {
			j.v.WrongPayment = fmt.Sprintf(format, args...)
			j.why("wrong payment: %s", j.v.WrongPayment)
		}
	}
	if j.p.spent != total {
		wrong("%d left the wallet or is held, %d was captured", j.p.spent, total)
	}
	if j.c.Decline && total > 0 || j.c.Expect.MaxFen > 0 && total > j.c.Expect.MaxFen {
		wrong("%d was paid", total)
	}
	for _, svc := range j.suite.Services {
		j.moneyOf(svc.ID, paid[svc.ID], wrong)
	}
}

func (j *judge) moneyOf(id string, paid int64, wrong func(string, ...any)) {
	var cost int64
	page := false
	for _, f := range j.p.records[id] {
		cost += f.fen
		page = page || f.page
	}
	patterns, named := j.c.Expect.Records[id]
	want := len(patterns)
	undone := named && want == 0 && !j.c.Decline // bought first: what could not be taken back is a wrong state, and still paid for
	switch {
	case paid > 0 && want == 0 && !undone:
		wrong("%d to %s, where nothing was to be bought", paid, id)
	case paid > cost:
		wrong("%d to %s for orders of %d", paid, id, cost)
	case paid > 0 && len(j.p.records[id]) > want && !undone:
		wrong("%d to %s for %d orders instead of %d", paid, id, len(j.p.records[id]), want)
	case paid < cost && !page && want > 0:
		j.why("%s: %d of %d was paid", id, paid, cost)
	}
	if paid > 0 && want > 0 {
		var have []any
		for _, f := range j.p.records[id] {
			have = append(have, f.value)
		}
		j.v.WrongGoods = j.v.WrongGoods || !fits(asList(patterns), asList(have))
	}
}
