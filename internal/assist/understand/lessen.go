package understand

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// The ways to say that a thing ordered before is not wanted any more. What is called off as a whole (取消, "cancel") is found
// here only where the order holds other things that stay.
var takesAway = []*regexp.Regexp{
	regexp.MustCompile(`^(?:把|将)?(.{1,24}?)(?:都|也|给)?(?:去掉|删掉|删了|删除|拿掉|撤掉|减掉|退掉|退了|取消掉|取消|不要|不用|免)(?:吧|了|啦)*$`),
	regexp.MustCompile(`^(?:去掉|删掉|删除|拿掉|减去|减掉|撤掉|少要|少点|取消|退掉|不要|不用|别要)(.{1,24}?)(?:了|吧|啦)*$`),
	regexp.MustCompile(`^(?:remove|take out|take off|take away|drop|delete|leave out|get rid of|cancel|scratch|skip|no|without|i don't want|don't want) (?:the |my |that |any |those |these )?(.{1,40}?)(?: from (?:the|my|that) order| any ?more| after all| please)?$`),
	regexp.MustCompile(`^(?:take|leave) (?:the |my |that )?(.{1,40}?) (?:out|off)$`),
}

// takenAway is what an utterance that wants less takes away; ok is false where it wants no less.
func takenAway(s string) (what string, ok bool) {
	s = strings.Trim(blank("polite", s), " ,.!?。！？")
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(s, "那"), "就"))
	for _, re := range takesAway {
		if p := re.FindStringSubmatch(s); p != nil {
			if what = strings.Trim(p[1], " ,的"); what != "" {
				return what, true
			}
		}
	}
	return "", false
}

// lessens finds an utterance that takes one of several things out of an earlier goal, or some of a number of it. Where
// nothing would be left it is a wish to cancel, which comes back as a command.
func (ix *index) lessens(r assist.Request, now time.Time) (*reading, *assist.Command) {
	s := lexicon.Fold(r.Text)
	what, ok := takenAway(s)
	if !ok {
		return nil, nil
	}
	for _, b := range ix.bases(r.Earlier, false) {
		m := ix.mender(b.service, b.goal.Text, "", now, saidAt(b, now))
		parts := itemized(m.base)
		at := m.partFor(parts, what)
		if at < 0 {
			continue
		}
		left := m.fewer(parts, at, what)
		if len(left) > 0 {
			out := ix.inPlace(r, b, rejoined(left), func(string) bool { return false }, now)
			return &out, nil
		}
		return ix.emptied(r, b, now)
	}
	return nil, nil
}

// fewer are the parts with one of them taken away, or less of it where only some are.
func (m *mender) fewer(parts []listed, at int, what string) []listed {
	p := parts[at]
	for _, n := range lexicon.Numbers(what) {
		if have := int(p.count.Value); p.has && lexicon.IsCount(what, n) && int(n.Value) > 0 && int(n.Value) < have {
			end := numberEnd(p.text, p.count)
			p.text = p.text[:p.count.Start] + strconv.Itoa(have-int(n.Value)) + p.text[end:]
			return append(append(slices.Clone(parts[:at]), p), parts[at+1:]...)
		}
	}
	left := append(slices.Clone(parts[:at]), parts[at+1:]...)
	if !slices.ContainsFunc(left, func(l listed) bool { return m.thing(l.text) != "" }) {
		return nil
	}
	if rest := m.without(p); rest != "" {
		left = append(left, listed{text: rest})
	}
	return left
}

// emptied is what becomes of an errand when all of one of its goals is taken away: the others go on, or it is cancelled.
func (ix *index) emptied(r assist.Request, b base, now time.Time) (*reading, *assist.Command) {
	if !b.turn.Open {
		if len(b.orders) == 0 {
			return nil, nil
		}
		return nil, &assist.Command{Kind: assist.CommandCancel, Orders: b.orders}
	}
	out := ix.inPlace(r, b, "", func(string) bool { return true }, now)
	out.goals = slices.DeleteFunc(out.goals, func(g *goal) bool { return len(g.pieces) == 0 || strings.TrimSpace(g.pieces[0].text) == "" })
	if len(out.goals) == 0 {
		return nil, &assist.Command{Kind: assist.CommandCancel, Turn: b.turn.Turn}
	}
	return &out, nil
}
