package understand

import (
	"context"
	"slices"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
)

// reading is one way to understand an utterance that refers to what came before: as goals that are known already, with
// what was changed in their words.
type reading struct {
	goals      []*goal // nil: the words stand for themselves
	text       string
	now        time.Time
	said       string            // everything the person said, for their own wording
	answers    map[string]string // by the keys of this turn
	replaces   []string          // orders that the first goal takes the place of
	supersedes string
	orders     bool // it must end in an order
	stays      bool // an order that would be replaced cannot be taken back
	alters     *alteration
}

// asReading thinks an utterance through as a reading takes it.
func (m *Mind) asReading(ctx context.Context, ix *index, r assist.Request, f reading, lang string) assist.Thought {
	t := assist.Thought{Engine: Engine, Lang: lang}
	answers := map[string]string{}
	for k, v := range f.answers {
		answers[k] = v
	}
	for k, v := range r.Answers {
		answers[k] = v
	}
	r.Answers, r.Now, r.Text = answers, f.now, f.text
	if f.alters != nil {
		if t, ok := m.asAlteration(ix, r, f, lang); ok {
			t.Plan.Supersedes = f.supersedes
			return t
		}
	}
	goals := f.goals
	if goals == nil {
		goals = ix.goals(f.text)
	}
	m.plan(ctx, ix, r, goals, f.said, &t)
	if t.Plan == nil {
		return t
	}
	if f.stays && !slices.ContainsFunc(t.Asks, func(a assist.Ask) bool { return answers[a.Key] == "" }) {
		switch answers[besideKey] {
		case "":
			t.Asks = append(t.Asks, askBeside(lang))
		case "no":
			return assist.Thought{Engine: Engine, Lang: lang, Goals: t.Goals, Reply: tr(lang, "好，原来的订单保持不变。", "All right, the order stays as it was.")}
		}
	}
	if !f.stays && len(t.Plan.Goals) > 0 {
		t.Plan.Goals[0].Replaces = f.replaces
	}
	t.Plan.Supersedes = f.supersedes
	return t
}

// besideKey is under which the answer comes whether something is to be ordered beside an order that cannot be taken back.
const besideKey = "g1/beside"

func askBeside(lang string) assist.Ask {
	return assist.Ask{Key: besideKey, Goal: "g1", Kind: assist.AskChoice,
		Text:    tr(lang, "原来的订单商家不支持取消。要另外再下一单吗？", "The earlier order cannot be cancelled. Shall another one be placed beside it?"),
		Choices: []assist.Choice{{Value: "yes", Label: tr(lang, "要，另下一单", "Yes, one more")}, {Value: "no", Label: tr(lang, "不用，保持原样", "No, leave it")}}}
}

// bestReading thinks all readings through and takes the first that leaves nothing open, else the first that leads anywhere.
func (m *Mind) bestReading(ctx context.Context, ix *index, r assist.Request, readings []reading, lang string) assist.Thought {
	var out []assist.Thought
	for _, f := range readings {
		t := m.asReading(ctx, ix, r, f, lang)
		if f.orders && (t.Plan == nil || !t.Plan.Goals[0].Order) {
			out = append(out, assist.Thought{Engine: Engine, Lang: lang, Goals: t.Goals, Refusal: t.Refusal})
			continue
		}
		if t.Plan != nil && len(t.Asks) == 0 && t.Reply == "" {
			return t
		}
		out = append(out, t)
	}
	for _, t := range slices.Backward(out) {
		if t.Plan != nil || len(t.Asks) > 0 {
			return t
		}
	}
	return out[len(out)-1]
}
