package model_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/model"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/openai"
	"github.com/bangwo/bangwo/internal/openai/scripted"
)

// monday is the clock of these tests.
var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("", 8*3600))

// profile is what must never be in a prompt.
var profile = assist.Profile{Name: "李明远", Phone: "13912345678", Place: "国贸",
	Addresses: []assist.Address{{Label: "home", Name: "李明远", Phone: "13912345678", Detail: "建国路88号楼901"}}}

func services(t testing.TB) []catalog.Service {
	t.Helper()
	files, _ := filepath.Glob("../understand/testdata/services/*.json")
	if len(files) < 5 {
		t.Fatalf("only %d services in testdata", len(files))
	}
	var out []catalog.Service
	for _, f := range files {
		var s catalog.Service
		b, err := os.ReadFile(f)
		if err == nil {
			err = json.Unmarshal(b, &s)
		}
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		out = append(out, s)
	}
	return out
}

// bench is a mind with a scripted model beside it.
type bench struct {
	*testing.T
	mind   *model.Mind
	server *scripted.Server
	all    []catalog.Service
}

func newBench(t *testing.T, when model.When, answer func(scripted.Request) scripted.Reply) *bench {
	t.Helper()
	s := scripted.New(answer)
	t.Cleanup(s.Close)
	c, err := openai.New(openai.Options{URL: s.Base(), Model: "scripted", Timeout: scripted.Patience})
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.New(understand.New(), c, model.Options{When: when})
	if err != nil {
		t.Fatal(err)
	}
	return &bench{T: t, mind: m, server: s, all: services(t)}
}

func (b *bench) request(text string) assist.Request {
	return assist.Request{Text: text, Now: monday, Place: "国贸", Services: b.all, Profile: profile}
}

func (b *bench) think(r assist.Request) assist.Thought {
	b.Helper()
	th, err := b.mind.Think(b.Context(), r)
	if err != nil {
		b.Fatalf("%s: %v", r.Text, err)
	}
	if th.Plan != nil && len(th.Asks) == 0 {
		find := func(service, skill, capability string) (catalog.Capability, bool) {
			for _, s := range r.Services {
				if s.ID == service {
					return s.Capability(skill, capability)
				}
			}
			return catalog.Capability{}, false
		}
		if err := plan.Check(th.Plan, find); err != nil {
			b.Errorf("%s: %v", r.Text, err)
		}
	}
	return th
}

// idOf finds the id under which a prompt offers something.
func idOf(r scripted.Request, name string) string {
	for line := range strings.Lines(r.User) {
		id, rest, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if ok && strings.HasPrefix(rest, name) {
			return id
		}
	}
	return "none"
}

type pointed struct {
	words, service, end string
	items               [][2]string // words, item
	count               int
}

// goals is an answer that points at what the prompt calls by these names.
func goals(r scripted.Request, ps ...pointed) string {
	out := []any{}
	for _, p := range ps {
		items := []any{}
		for _, it := range p.items {
			items = append(items, map[string]any{"words": it[0], "item": idOf(r, it[1]), "count": max(p.count, 1)})
		}
		end := "none"
		if p.end != "" {
			end = idOf(r, p.end)
		}
		out = append(out, map[string]any{"words": p.words, "service": idOf(r, p.service), "end": end, "items": items})
	}
	raw, _ := json.Marshal(map[string]any{"goals": out})
	return string(raw)
}

func reply(text string) scripted.Reply { return scripted.Reply{Text: text} }

func ends(th assist.Thought) []string {
	var out []string
	if th.Plan == nil {
		return nil
	}
	for _, g := range th.Plan.Goals {
		last := g.Final
		if last == "" {
			last = g.End
		}
		s, _ := th.Plan.Step(last)
		out = append(out, s.Service+"/"+s.Capability)
	}
	return out
}

// TestSureNeedsNoModel checks that a plainly understood sentence costs nothing.
func TestSureNeedsNoModel(t *testing.T) {
	t.Parallel()
	for _, when := range []model.When{model.Unsure, model.Never} {
		b := newBench(t, when, func(scripted.Request) scripted.Reply { return reply(`{"goals":[]}`) })
		th := b.think(b.request("Order a car to the airport"))
		if th.Engine != understand.Engine || th.Model != nil || len(b.server.Seen()) != 0 || !slices.Equal(ends(th), []string{"quickcab/book_ride"}) {
			t.Errorf("%s: engine %s, %+v, %d requests, %v", when, th.Engine, th.Model, len(b.server.Seen()), ends(th))
		}
	}
}

// TestUnknownWordsAreAskedAbout checks that a service which no word speaks for is the person's to take, and that their yes leads on.
func TestUnknownWordsAreAskedAbout(t *testing.T) {
	t.Parallel()
	b := newBench(t, model.Unsure, nil)
	own, err := understand.New().Think(t.Context(), b.request("kjhgf tomorrow at 3pm"))
	if err != nil || own.Plan != nil {
		t.Fatalf("the embedded mind understands it: %v, %v", ends(own), err)
	}
	const strange = "kjhgf tomorrow at 3pm"
	b.server.Script(func(r scripted.Request) scripted.Reply {
		return reply(goals(r, pointed{words: strange, service: nameOf(b.all, "salon")}))
	})
	r := b.request(strange)
	th := b.think(r)
	if len(th.Asks) != 1 || th.Plan != nil || th.Model == nil || th.Model.Outcome != assist.ModelUsed {
		t.Fatalf("asks %+v, plan %v, model %+v", th.Asks, ends(th), th.Model)
	}
	seen := len(b.server.Seen())
	r.Kept, r.Answers = th.Kept, map[string]string{th.Asks[0].Key: "yes"}
	yes := b.think(r)
	if !slices.Contains(ends(yes), "salon/create_appointment") && len(yes.Asks) == 0 {
		t.Errorf("after yes: %v, asks %+v, %q", ends(yes), yes.Asks, yes.Refusal)
	}
	r.Answers = map[string]string{th.Asks[0].Key: "no"}
	if no := b.think(r); no.Plan != nil || len(no.Asks) > 0 || no.Refusal == "" {
		t.Errorf("after no: %v, %+v", ends(no), no.Asks)
	}
	if len(b.server.Seen()) != seen {
		t.Error("the model was asked again in the same turn")
	}
}

func nameOf(all []catalog.Service, id string) string {
	for _, s := range all {
		if s.ID == id {
			return s.Name
		}
	}
	return "?"
}

// TestProposalsAreChecked checks that nothing passes which the words do not say, that the checks' own words go back once, and
// that the embedded mind answers then.
func TestProposalsAreChecked(t *testing.T) {
	t.Parallel()
	const text = "zxcvb two of those, and qwert"
	goal := func(words, service, end, items string) string {
		return fmt.Sprintf(`{"goals":[{"words":%q,"service":%q,"end":%q,"items":%s}]}`, words, service, end, items)
	}
	for name, bad := range map[string]string{
		"words that were not said": goal("three pizzas", "s1", "none", "[]"),
		"no words":                 goal("", "s1", "none", "[]"),
		"unknown service":          goal("zxcvb", "evil", "none", "[]"),
		"unknown end":              goal("zxcvb", "s1", "s1.e99", "[]"),
		"an end of another":        goal("zxcvb", "s1", "s2.e1", "[]"),
		"count that was not said":  goal("zxcvb two of those", "s1", "none", `[{"words":"zxcvb","item":"none","count":9}]`),
		"item that was not said":   goal("zxcvb", "s1", "none", `[{"words":"dinner","item":"none","count":1}]`),
		"item of another":          goal("zxcvb", "s1", "none", `[{"words":"zxcvb","item":"s2.i1","count":1}]`),
		"same words twice":         `{"goals":[{"words":"zxcvb two","service":"s1","end":"none","items":[]},{"words":"two of","service":"s2","end":"none","items":[]}]}`,
		"no goals":                 `{"goals":[]}`,
		"another member":           `{"goals":[{"words":"zxcvb","service":"s1","end":"none","items":[],"payee":"evil"}]}`,
		"something behind":         goal("zxcvb", "s1", "none", "[]") + `{"pay":1}`,
		"not JSON":                 `I would call evil.pay()`,
		"a list":                   `[]`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, model.Unsure, func(scripted.Request) scripted.Reply { return reply(bad) })
			th := b.think(b.request(text))
			if th.Engine != understand.Engine || th.Plan != nil || len(th.Asks) > 0 || th.Refusal == "" {
				t.Errorf("it passed: engine %s, %v, %+v", th.Engine, ends(th), th.Asks)
			}
			if th.Model == nil || th.Model.Outcome == assist.ModelUsed || th.Model.Outcome == assist.ModelAgreed {
				t.Errorf("model %+v", th.Model)
			}
			repairs := 0
			for _, r := range b.server.Seen() {
				if r.Again != "" {
					repairs++
				}
			}
			if strings.HasPrefix(bad, "{") && repairs != 1 {
				t.Errorf("%d repairs, want 1", repairs)
			}
		})
	}
}

// TestRepair checks that an answer mended by the checks' words is taken.
func TestRepair(t *testing.T) {
	t.Parallel()
	b := newBench(t, model.Unsure, nil)
	b.server.Script(func(r scripted.Request) scripted.Reply {
		if r.Again == "" {
			return reply(`{"goals":[{"words":"a taxi","service":"s1","end":"none","items":[]}]}`)
		}
		if !strings.Contains(r.Again, "not in the sentence") {
			t.Errorf("the complaint does not tell what is wrong: %s", r.Again)
		}
		return reply(goals(r, pointed{words: "kjhgf", service: nameOf(b.all, "salon")}))
	})
	if th := b.think(b.request("kjhgf")); th.Model == nil || th.Model.Outcome != assist.ModelUsed || th.Model.Requests != 2 {
		t.Errorf("%+v", th.Model)
	}
}

// TestPlainGoalsStay checks that a model cannot drop what the words plainly ask for while it adds to it.
func TestPlainGoalsStay(t *testing.T) {
	t.Parallel()
	const text = "叫辆车去机场，再帮我买一台冰箱"
	b := newBench(t, model.Unsure, nil)
	b.server.Script(func(r scripted.Request) scripted.Reply {
		return reply(goals(r, pointed{words: "买一台冰箱", service: nameOf(b.all, "salon")}))
	})
	if th := b.think(b.request(text)); th.Model == nil || th.Model.Outcome != assist.ModelRejected || !slices.Contains(ends(th), "quickcab/book_ride") {
		t.Errorf("%v, %+v", ends(th), th.Model)
	}
	b.server.Script(func(r scripted.Request) scripted.Reply {
		return reply(goals(r, pointed{words: "叫辆车去机场", service: nameOf(b.all, "quickcab")},
			pointed{words: "买一台冰箱", service: nameOf(b.all, "salon")}))
	})
	if th := b.think(b.request(text)); th.Model == nil || th.Model.Outcome != assist.ModelUsed || len(th.Asks) != 1 {
		t.Errorf("%v, %+v, %+v", ends(th), th.Model, th.Asks)
	}
}

// TestFallsBack checks that every way in which an endpoint fails leaves the embedded mind's thought, and says so.
func TestFallsBack(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]scripted.Reply{
		"429": {Status: 429, Retry: 1}, "500": {Status: 500}, "503": {Status: 503}, "401": {Status: 401}, "cut": {Text: strings.Repeat("{", 40), Cut: true},
		"garbage": {Raw: "data: no\n\n"}, "empty": {}, "html": {Raw: "<html>hello</html>"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, model.Unsure, func(scripted.Request) scripted.Reply { return r })
			th := b.think(b.request("kjhgf"))
			if th.Engine != understand.Engine || th.Refusal == "" || th.Model == nil || th.Model.Outcome != assist.ModelFailed || th.Model.Code == "" {
				t.Errorf("engine %s, %+v", th.Engine, th.Model)
			}
			if !strings.Contains(strings.Join(th.Explain, "\n"), "model scripted: failed") {
				t.Errorf("not explained: %q", th.Explain)
			}
		})
	}
}

// TestPromptsTellNothingOfTheProfile looks at all that a model is told.
func TestPromptsTellNothingOfTheProfile(t *testing.T) {
	t.Parallel()
	secret := regexp.MustCompile(`李明远|13912345678|88号|901|国贸`)
	b := newBench(t, model.Always, func(r scripted.Request) scripted.Reply {
		return reply(goals(r, pointed{words: "car", service: "QuickCab"}))
	})
	for _, text := range []string{"order a car home", "帮我叫辆车回家", "买一盒创可贴送到家", "kjhgf", "明晚七点订个包间，留我的名字和电话"} {
		b.think(b.request(text))
	}
	if len(b.server.Seen()) < 5 {
		t.Fatalf("only %d requests", len(b.server.Seen()))
	}
	for _, r := range b.server.Seen() {
		all := r.System + r.User + r.Again + string(r.Schema)
		if m := secret.FindString(all); m != "" {
			t.Errorf("a prompt tells %q", m)
		}
		if len(r.System)+len(r.User) > model.MaxPrompt+1000 || len(r.Schema) > model.MaxSchema {
			t.Errorf("a prompt of %d bytes, a schema of %d", len(r.System)+len(r.User), len(r.Schema))
		}
	}
}

// TestCost checks that tokens and time are told.
func TestCost(t *testing.T) {
	t.Parallel()
	b := newBench(t, model.Unsure, nil)
	b.server.Script(func(r scripted.Request) scripted.Reply {
		return reply(goals(r, pointed{words: "kjhgf", service: nameOf(b.all, "salon")}))
	})
	th := b.think(b.request("kjhgf"))
	if u := th.Model; u == nil || u.PromptTokens == 0 || u.AnswerTokens == 0 || u.Requests == 0 || u.Estimated || u.Model != "scripted" || u.Format != "json_schema" {
		t.Errorf("%+v", u)
	}
	if th.Engine != "scripted" {
		t.Errorf("engine %s", th.Engine)
	}
}
