package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/exposure"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

// exposed is what is kept of a turn, as try/goal/rank=service standing.
func (w *world) exposed(turn string) string {
	w.t.Helper()
	page, err := exposure.Book{Store: w.db}.List(w.t.Context(), exposure.Query{Turn: turn})
	must(w.t, err)
	var out []string
	for _, e := range page.Exposures {
		out = append(out, fmt.Sprintf("%d/%s/%d=%s %s", e.Try, e.Goal, e.Rank, e.Service, e.Standing))
	}
	return strings.Join(out, ", ")
}

// ranks lets the mind put the request's services up for its one goal, in their order: the first is chosen.
func ranks(r assist.Request, th assist.Thought) assist.Thought {
	for i, s := range r.Services {
		e := catalog.Exposure{Goal: "g1", Words: r.Text, Service: s.ID, Rank: i + 1, Of: len(r.Services), Standing: catalog.StandingPassed}
		if i == 0 && th.Plan != nil {
			e.Standing = catalog.StandingChosen
		} else if th.Plan == nil && len(th.Asks) > 0 {
			e.Standing = catalog.StandingOffered
		}
		th.Exposures = append(th.Exposures, e)
	}
	return th
}

// TestExposuresAreKeptWithTheTurn keeps them when a plan is taken, and of the new choice when a service does not answer, beside the old.
func TestExposuresAreKeptWithTheTurn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		down []string
		want string
	}{
		"the first does it": {nil, "0/g1/1=cafe chosen, 0/g1/2=taxi passed"},
		"another does it":   {[]string{"cafe"}, "0/g1/1=cafe chosen, 0/g1/2=taxi passed, 1/g1/1=taxi chosen"},
		"nobody does it":    {[]string{"cafe", "taxi"}, "0/g1/1=cafe chosen, 0/g1/2=taxi passed, 1/g1/1=taxi chosen"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := twoShops(t)
			w.mind.atFirst(t)
			first := w.mind.think
			w.mind.think = func(r assist.Request) assist.Thought { return ranks(r, first(r)) }
			w.merchants.hook = func(s string, _ track.Call) (track.Result, error, bool) {
				return track.Result{}, fault.New(fault.Unavailable, "down"), slices.Contains(c.down, s)
			}
			turn := w.say("a thing")
			if len(c.down) < 2 {
				w.bundle(0)
			} else {
				w.done(0)
			}
			if got := w.exposed(turn); got != c.want {
				t.Errorf("kept are %s, want %s", got, c.want)
			}
		})
	}
}

// TestExposuresOfChoicesAndRefusals keeps them where the person is asked, where nothing can be done, and none for a command.
func TestExposuresOfChoicesAndRefusals(t *testing.T) {
	t.Parallel()
	w := twoShops(t)
	w.mind.think = func(r assist.Request) assist.Thought {
		th := assist.Thought{Engine: "fixed", Lang: "en", Goals: []assist.GoalView{{ID: "g1", Text: r.Text}}}
		if r.Text == "which" && r.Answers["g1/service"] == "" {
			th.Asks = []assist.Ask{{Key: "g1/service", Goal: "g1", Kind: assist.AskChoice, Text: "Who?", Choices: []assist.Choice{{Value: "cafe", Label: "Cafe"}, {Value: "taxi", Label: "Taxi"}}}}
			return ranks(r, th)
		}
		if r.Text == "hello" {
			return assist.Thought{Engine: "fixed", Lang: "en", Command: &assist.Command{Kind: assist.CommandChat}, Reply: "hi"}
		}
		th.Refusal = "cannot"
		return ranks(r, th)
	}
	turn := w.say("which")
	var q assist.Question
	asked := w.untilKind(0, assist.EventQuestion)
	asked.into(t, &q)
	if got := w.exposed(turn); got != "0/g1/1=cafe offered, 0/g1/2=taxi offered" {
		t.Errorf("while asked: %s", got)
	}
	must(t, w.desk.Answer(t.Context(), person, q.Pause, assist.Answer{Value: "taxi"}))
	at := w.untilKind(asked.seq, assist.EventDone).seq
	if got := w.exposed(turn); got != "0/g1/1=cafe passed, 0/g1/2=taxi passed" {
		t.Errorf("after the refusal: %s", got)
	}
	turn = w.say("hello")
	w.untilKind(at, assist.EventDone)
	if got := w.exposed(turn); got != "" {
		t.Errorf("of small talk: %s", got)
	}
}
