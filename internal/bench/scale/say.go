package scale

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Sentence is what somebody says, with the trade that it wants and, where it names a service, which.
type Sentence struct {
	Text  string
	Trade string
	Named int // number of the service that it names; -1 for none
	Place string
}

// Sentences are what people say to a world: every trade in both languages, one in five with a service's name, one in six two wishes at once.
func (w World) Sentences(n int) []Sentence {
	r := rand.New(rand.NewPCG(w.Seed, 1<<40))
	var out []Sentence
	for i := range n {
		ts := trades()
		t := ts[i%min(len(ts), w.Services)]
		s := Sentence{Text: t.say(r, i), Trade: t.ID, Named: -1, Place: places[r.IntN(len(places))].zh}
		switch {
		case i%5 == 4:
			s = w.naming(r, s)
		case i%6 == 5:
			other := ts[r.IntN(min(len(ts), w.Services))]
			if i%2 == 0 {
				s.Text += "，顺便" + other.say(r, 0)
			} else {
				s.Text += ", and by the way " + strings.ToLower(other.say(r, 1))
			}
		}
		out = append(out, s)
	}
	return out
}

func (t trade) say(r *rand.Rand, i int) string {
	zh, en, _ := strings.Cut(t.Items[r.IntN(len(t.Items))], "|")
	if i%2 == 1 {
		return strings.ReplaceAll(t.SayEn[r.IntN(len(t.SayEn))], "{item}", strings.ToLower(en))
	}
	return strings.ReplaceAll(t.SayZh[r.IntN(len(t.SayZh))], "{item}", zh)
}

// naming lets the sentence name a service of its trade.
func (w World) naming(r *rand.Rand, s Sentence) Sentence {
	for range 20 {
		n := r.IntN(w.Services)
		if w.Trade(n) != s.Trade {
			continue
		}
		s.Named = n
		if d := w.plan(n); d.english {
			s.Text += fmt.Sprintf(" at %s", w.Service(n).Name)
		} else {
			s.Text = fmt.Sprintf("在%s，%s", w.Service(n).Name, s.Text)
		}
		return s
	}
	return s
}
