package understand

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// base is an earlier goal that an utterance may refer to.
type base struct {
	turn    assist.Earlier
	goal    assist.GoalView
	service int
	orders  []string // of this goal, alive
	plan    *plan.GoalPlan
}

// maxBases bounds the earlier turns that an utterance may refer to.
const maxBases = 6

// saidAt is when the earlier goal was said.
func saidAt(b base, now time.Time) time.Time {
	if b.turn.At.IsZero() {
		return now
	}
	return b.turn.At.In(now.Location())
}

// bases lists the earlier goals that can be gone on with, the latest first.
func (ix *index) bases(earlier []assist.Earlier, past bool) []base {
	var out []base
	turns := 0
	for _, e := range slices.Backward(earlier) {
		if e.Past && !past || turns == maxBases {
			continue
		}
		known := false
		for _, g := range slices.Backward(e.Goals) {
			b := base{turn: e, goal: g, service: ix.serviceOf(e.Plan, g)}
			if b.service < 0 {
				continue
			}
			for _, p := range e.Placed {
				if p.Alive && wholeGoal(p.Goal) == g.ID {
					b.orders = append(b.orders, p.Order)
				}
			}
			b.plan = goalPlanOf(e.Plan, g.ID)
			out, known = append(out, b), true
		}
		if known {
			turns++
		}
	}
	return out
}

func goalPlanOf(p *plan.Plan, id string) *plan.GoalPlan {
	if p == nil {
		return nil
	}
	for i := range p.Goals {
		if p.Goals[i].ID == id {
			return &p.Goals[i]
		}
	}
	return nil
}

// serviceOf finds the part of a service that an earlier goal was planned with; -1 when it is not there any more.
func (ix *index) serviceOf(p *plan.Plan, g assist.GoalView) int {
	found := -1
	for i, s := range ix.services {
		if g.Service == "" || s.ID != g.Service {
			continue
		}
		if found < 0 {
			found = i
		}
		if p == nil {
			continue
		}
		for _, st := range p.Steps {
			if _, ok := s.Capability(st.Skill, st.Capability); ok && st.Goal == g.ID && st.Service == s.ID {
				return i
			}
		}
	}
	return found
}

// refers finds what an utterance does with an earlier goal, likeliest first; nothing when it stands for itself.
func (ix *index) refers(r assist.Request, now time.Time) []reading {
	s := lexicon.Fold(r.Text)
	if out := ix.repeats(r, s, now); len(out) > 0 {
		return out
	}
	if out := ix.points(r, s, now); len(out) > 0 {
		return out
	}
	bases := ix.bases(r.Earlier, false)
	if len(bases) == 0 && changesPast(s) {
		bases = slices.DeleteFunc(ix.bases(r.Earlier, true), func(b base) bool { return len(b.orders) == 0 })
	}
	if len(bases) == 0 {
		return nil
	}
	if out := ix.instead(r, s, now); len(out) > 0 {
		return out
	}
	b := ix.nearest(bases, s)
	switch {
	case has("amend", s) || changesWord(s, b.goal.Text):
		return []reading{ix.amended(r, b, s, now)}
	case has("anew", s) && (!verbed(bareOf("anew", s)) || len(ix.best(bareOf("anew", s))) == 0):
		return []reading{ix.amended(r, b, s, now)}
	case adds(s):
		return ix.added(r, b, s, now)
	case ix.fragment(b, s, now):
		return []reading{ix.amended(r, b, s, now)}
	}
	return nil
}

// changesPast tells that a text begins with the wish to change something and says nothing else: where its conversation has
// nothing that it could mean, the person's latest order is meant.
func changesPast(s string) bool {
	bare := strings.Trim(blank("polite", s), " ,.!?。！？")
	start, _ := find("amend", bare)
	pair := pairEnglish.FindStringIndex(bare)
	return (start == 0 || pairHan.MatchString(bare) || pair != nil && pair[0] == 0) && lexicon.Runes(bare) <= 2*maxFragment
}

// changesWord tells that a text changes a thing that the earlier words name: "change the train to 2 pm".
func changesWord(s, before string) bool {
	p := pairEnglish.FindStringSubmatch(s)
	if p == nil {
		return false
	}
	for _, t := range lexicon.Tokens(p[1]) {
		if lexicon.Runes(t.Text) > 2 && indexWord(before, t.Text) >= 0 {
			return true
		}
	}
	return slices.Contains([]string{"time", "date", "day", "address", "quantity", "number", "size", "order"}, p[1])
}

func bareOf(kind, s string) string { return blank(kind, s) }

// adds tells that a text begins or ends with the words for something more.
func adds(s string) bool {
	s = strings.Trim(blank("polite", s), " ,.!?。！？吧哦啊呢")
	start, end := find("more", s)
	if start < 0 {
		return false
	}
	return start == 0 || end == len(s) || strings.HasSuffix(s, " too") || strings.HasSuffix(s, " as well") || strings.Contains(s, "也")
}

// maxFragment bounds the characters of an utterance that says only a count, an option, a time or a place.
const maxFragment = 24

// fragment tells that a text names nothing to be had: only how many, which kind, when or where.
func (ix *index) fragment(b base, s string, now time.Time) bool {
	if lexicon.Runes(s) > maxFragment || errand(s) || verbed(s) || has("ask", s) || has("lookup", s) {
		return false
	}
	if !b.turn.Open && len(ix.best(s)) > 0 {
		return false
	}
	m := ix.mender(b.service, b.goal.Text, s, now, now)
	g := &goal{}
	g.places(s, now)
	rest := g.strip(s, now)
	words := m.b.optionWords(rest)
	counted := false
	ns := lexicon.Numbers(rest)
	for i := len(ns) - 1; i >= 0; i-- {
		if lexicon.IsCount(rest, ns[i]) {
			rest, counted = rest[:ns[i].Start]+" "+rest[ns[i].End:], true
		}
	}
	something := counted || len(words) > 0 || g.to != "" || onlyOptions(rest) && strings.TrimSpace(blank("filler", rest)) != "" || withoutTimes(s, now) != s
	return something && query(rest, words) == ""
}

// nearest is the earlier goal that a text goes on with: the latest, unless its words are about another.
func (ix *index) nearest(bases []base, s string) base {
	words := s
	for _, kind := range []string{"amend", "anew", "more", "polite", "filler"} {
		words = blank(kind, words)
	}
	best, score := bases[0], -1.0
	for i, b := range bases {
		v := ix.knownBy(b.goal.Service, words)
		for _, t := range lexicon.Tokens(words) {
			if lexicon.Runes(t.Text) > 1 && indexWord(b.goal.Text, t.Text) >= 0 {
				v += 0.5
			}
		}
		if i == 0 {
			v += latestBonus
		}
		if v > score {
			best, score = b, v
		}
	}
	return best
}

// latestBonus is what being the latest counts for an earlier goal.
const latestBonus = 0.3

// amended is the earlier goal with what the text changes. Its turn is said anew where nothing of it was confirmed; else its
// orders are replaced.
func (ix *index) amended(r assist.Request, b base, s string, now time.Time) reading {
	m := ix.mender(b.service, b.goal.Text, s, now, saidAt(b, now))
	out := ix.inPlace(r, b, m.merge(), m.changed, now)
	if len(out.replaces) == 1 && len(out.goals) == 1 {
		out.alters = ix.alterationOf(r.Earlier, out.replaces[0], m, now)
	}
	return out
}

// alterationOf is the change of one order that stands; nil where its merchant gave it no number to change it by.
func (ix *index) alterationOf(earlier []assist.Earlier, id string, m *mender, now time.Time) *alteration {
	for _, b := range ix.bases(earlier, true) {
		for _, p := range b.turn.Placed {
			if p.Order == id && p.Goal == b.goal.ID && p.Alive && len(p.Own) > 0 {
				return &alteration{base: b, order: p, m: m, then: saidAt(b, now)}
			}
		}
	}
	return nil
}

// inPlace makes a reading of text in the place of an earlier goal.
func (ix *index) inPlace(r assist.Request, b base, text string, changed func(string) bool, now time.Time) reading {
	out := reading{text: text, now: now, said: text + "\n" + b.turn.Text + "\n" + r.Text, answers: map[string]string{}}
	own := func(g assist.GoalView, text, id string, service int) {
		out.goals = append(out.goals, ix.known(text, service))
		for k, v := range b.turn.Answers {
			if tail, ok := strings.CutPrefix(k, g.ID+"/"); ok && (g.ID != b.goal.ID || !changed(v)) {
				out.answers[id+"/"+tail] = v
			}
		}
	}
	if !b.turn.Open {
		own(b.goal, text, "g1", b.service)
		out.replaces = b.orders
		out.stays = len(b.orders) > 0 && (b.plan == nil || b.plan.Cancel == nil)
		return out
	}
	out.supersedes = b.turn.Turn
	if b.plan != nil && b.goal.ID == b.turn.Goals[0].ID { // what it was to take the place of is still there
		out.replaces = b.plan.Replaces
		if b.plan.Amends != "" {
			out.replaces = []string{b.plan.Amends}
		}
		out.stays = len(out.replaces) > 0 && b.plan.Amends != "" && b.plan.Cancel == nil
	}
	for i, g := range b.turn.Goals {
		if g.ID == b.goal.ID {
			own(g, text, fmt.Sprintf("g%d", i+1), b.service)
			continue
		}
		own(g, g.Text, fmt.Sprintf("g%d", i+1), ix.serviceOf(b.turn.Plan, g))
	}
	return out
}

// known is a goal whose service is known already.
func (ix *index) known(text string, service int) *goal {
	g := &goal{pieces: ix.piecesWithFacts(text), service: service, given: true, by: catalog.ChosenByEarlier}
	if service >= 0 {
		g.match = ix.score(service, ix.wants(text))
		g.others = []match{g.match}
	}
	return g
}

// added is something more at the service of an earlier goal: in the same order where that takes several things and can be
// had anew, else as an order of its own, which may need what the earlier one said.
func (ix *index) added(r assist.Request, b base, s string, now time.Time) []reading {
	rest := strings.Trim(blank("more", blank("polite", s)), " ,.!?。！？")
	if rest == "" {
		return nil
	}
	fits := ix.best(rest)
	if !anotherOne.MatchString(rest) && len(fits) > 0 && fits[0].service != b.service && fits[0].rank() >= opensGoal && ix.shareOf(fits, b.service) < goesOnVerb {
		return nil
	}
	m := ix.mender(b.service, b.goal.Text, rest, now, saidAt(b, now))
	if ix.takesSeveral(b) && (b.turn.Open || len(b.orders) > 0 && b.plan != nil && b.plan.Cancel != nil) && m.names(rest) {
		return []reading{ix.inPlace(r, b, m.base+", "+rest, func(string) bool { return false }, now)}
	}
	out := []reading{{text: rest, now: now, said: r.Text, orders: b.plan != nil && b.plan.Order}}
	m.swap = true
	beside := ix.inPlace(r, b, m.merge(), m.changed, now)
	beside.replaces, beside.supersedes, beside.stays = nil, "", false
	if b.turn.Open {
		beside.goals = beside.goals[:0:0]
		beside.goals = append(beside.goals, ix.known(m.merge(), b.service))
	}
	return append(out, beside)
}

// anotherOne names one more of the same kind: "the water one".
var anotherOne = regexp.MustCompile(`\bones?$|的那[个份单笔张]$`)

func (ix *index) shareOf(ms []match, service int) float64 {
	for _, m := range ms {
		if m.service == service {
			return m.rank() / ms[0].rank()
		}
	}
	return 0
}

// takesSeveral tells that one order of an earlier goal holds a list of things.
func (ix *index) takesSeveral(b base) bool {
	if b.turn.Plan == nil {
		return true
	}
	for _, s := range b.turn.Plan.Steps {
		if wholeGoal(s.Goal) != b.goal.ID || s.Effect == catalog.Read {
			continue
		}
		c, _ := ix.services[b.service].Capability(s.Skill, s.Capability)
		if anyOf([]string{"cart", "basket"}, nameWords(c)) {
			return true
		}
		for _, p := range c.Input.Properties {
			if p.Schema.Items != nil && len(p.Schema.Items.Properties) > 0 {
				return true
			}
		}
	}
	return false
}

// onceMore says no more than that the same is wanted once.
var onceMore = regexp.MustCompile(`^(?:一|1|one|another) ?(?:单|次|遍|回|order|time)?$`)

// repeats finds the wish for the same again, with what is to be different.
func (ix *index) repeats(r assist.Request, s string, now time.Time) []reading {
	if !has("same", s) || lexicon.Runes(s) > 2*maxFragment {
		return nil
	}
	rest := strings.Trim(blank("filler", blank("more", blank("same", blank("polite", s)))), " ,.!?。！？")
	if onceMore.MatchString(rest) {
		rest = ""
	}
	bases := ix.bases(r.Earlier, true)
	if len(bases) == 0 || strings.TrimSpace(s) == "again" && len(bases) == 0 {
		return nil
	}
	if i := slices.IndexFunc(bases, func(b base) bool { return len(b.turn.Placed) > 0 }); i > 0 {
		bases = bases[i:] // what came to nothing is not had again
	}
	b := bases[0]
	if rest != "" {
		b = ix.nearest(bases, rest)
	}
	m := ix.mender(b.service, b.goal.Text, rest, now, now)
	out := ix.inPlace(r, b, m.merge(), m.changed, now)
	out.replaces, out.supersedes, out.stays = nil, "", false
	return []reading{out}
}

// points finds one of the things that an earlier turn listed: "the second one", 第二个.
func (ix *index) points(r assist.Request, s string, now time.Time) []reading {
	bases := ix.bases(r.Earlier, false)
	ranks := lexicon.Ordinals(s)
	if len(bases) == 0 || len(bases[0].turn.Found) == 0 {
		return nil
	}
	b, found := bases[0], bases[0].turn.Found
	at, start, end := 0, 0, 0
	switch {
	case len(ranks) == 1:
		at, start, end = ranks[0].N, ranks[0].Start, ranks[0].End
	case has("pointing", s) && len(found) == 1:
		at = 1
		start, end = find("pointing", s)
	}
	if at < 0 {
		at += len(found) + 1
	}
	if at < 1 || at > len(found) {
		return nil
	}
	tail := strings.TrimLeft(s[end:], " 个家款种")
	tail = strings.TrimPrefix(strings.TrimPrefix(tail, "one"), " ")
	asked := blank("lookup", blank("ask", b.goal.Text))
	g := &goal{}
	g.places(asked, now)
	var context []string
	for _, m := range lexicon.FindTimes(asked, now) {
		context = append(context, m.Text)
	}
	name := lexicon.Fold(found[at-1])
	text := strings.TrimSpace(s[:start]+" "+name+" "+tail) + ", " + strings.Join(context, " ")
	if n := slices.Clone(found); len(slices.Compact(slices.Sorted(slices.Values(n)))) < len(found) || g.to != "" {
		text = strings.TrimSpace(asked) + ", " + s // no name tells them apart: the place in the list does
	}
	order := tr(LangOf(r.Text), "订 ", "order ")
	if errand(s) || verbed(s) || orders1(s) {
		order = ""
	}
	out := reading{text: order + text, now: now, said: found[at-1] + "\n" + b.turn.Text + "\n" + r.Text}
	out.goals = []*goal{ix.known(out.text, b.service)}
	return []reading{out}
}

// instead finds an utterance that takes something back and orders something else in the same breath.
func (ix *index) instead(r assist.Request, s string, now time.Time) []reading {
	words, rest, ok := ix.undoing(s)
	if !ok || has("amend", s) || !slices.ContainsFunc(rest, func(p piece) bool { return ix.wantsMore(p.text) }) {
		return nil
	}
	old, turn := ix.meant(r.Earlier, words)
	if len(old) == 0 && turn == "" {
		return nil
	}
	out := reading{text: joined(rest), now: now, said: r.Text, replaces: old, supersedes: turn}
	for _, e := range r.Earlier {
		for _, p := range e.Placed {
			if g := goalPlanOf(e.Plan, p.Goal); slices.Contains(old, p.Order) && (g == nil || g.Cancel == nil) {
				out.stays = true
			}
		}
	}
	return []reading{out}
}
