package understand

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// refTo adds the producer's step and refers to its value.
func (b *builder) refTo(pr producer, w want, depth int, user catalog.Capability) (plan.Arg, bool) {
	asks, steps := len(b.asks), len(b.steps)
	if parent := b.parentOf(pr.cap.Name, w.query); parent != "" && (!w.place || w.subject == "") {
		w.subject, w.place = parent, true
	}
	id := b.made(pr.cap)
	if id == "" {
		b.busy[pr.cap.Name] = true
		id = b.step(pr.cap, w, depth)
		delete(b.busy, pr.cap.Name)
	}
	if len(b.asks) > asks && !b.onlyAnswerable(asks) {
		b.asks, b.steps = b.asks[:asks], b.steps[:steps]
		return plan.Arg{}, false
	}
	ref := &plan.Ref{Step: id, Path: pr.path}
	if pr.path[0] == "**" {
		ref.Like = likeOf(pr.input)
	}
	if slices.Contains(pr.path, "*") || slices.Contains(pr.path, "**") {
		ref.Pick = b.pickFor(w)
		b.leaveTold(ref.Pick, w, id)
		ref.Pick.Ranked = w.place && w.subject != "" && searches(pr.cap)
		ref.Pick.Nearby = w.side == ""
		ref.Pick.Sought = !w.place && w.subject != "" && b.sought(id, pr.cap, w.subject)
		ref.Pick.Ask = !w.place && !quotes(pr.cap)
		if !w.place && b.chose(id, w.subject) {
			ref.Pick.Soft, ref.Pick.Ask, ref.Pick.Ranked = true, false, true // variants of what was chosen already
		}
		if timedList(pr) || ofTime(pr) {
			b.goal.pickTime(ref.Pick)
			ref.Pick.Soft = ref.Pick.Soft || ref.Pick.At != "" || ref.Pick.Within != nil
		}
	}
	b.note("%s.%s ← %s %s", user.Name, lastName(strings.Join(pr.path, ".")), pr.cap.Name, strings.Join(pr.path, "."))
	return plan.Arg{Ref: ref, From: "step"}, true
}

// likeOf describes a value by what the input that needs it says of itself.
func likeOf(p catalog.Property) *plan.Like {
	return &plan.Like{Pattern: p.Schema.Pattern, Words: words(p.Name) + " " + p.Schema.Description}
}

// made is the goal's step that has already called a capability which makes something: what it made is used, and never
// made a second time.
func (b *builder) made(c catalog.Capability) string {
	if c.Effect == catalog.Read {
		return ""
	}
	for _, s := range b.steps {
		if s.Goal == b.goal.id && s.Capability == c.Name && s.Skill == c.Skill {
			return s.ID
		}
	}
	return ""
}

// chose tells that a step was itself called for one element chosen by the same words: what it lists are that element's variants.
func (b *builder) chose(step, subject string) bool {
	for _, s := range b.steps {
		if s.ID != step {
			continue
		}
		for _, a := range s.Args {
			if a.Ref != nil && a.Ref.Pick != nil && a.Ref.Pick.Query == subject && !a.Ref.Pick.Ranked {
				return true
			}
		}
	}
	return false
}

// sought tells that a step searches for these very words.
func (b *builder) sought(step string, c catalog.Capability, words string) bool {
	for _, s := range b.steps {
		if s.ID == step {
			word, ok := plan.SearchWordOf(s, c.Input)
			return ok && word.Word == words
		}
	}
	return false
}

// searches tells that a capability looks for words that it is given.
func searches(c catalog.Capability) bool {
	return slices.ContainsFunc(c.Input.Properties, func(p catalog.Property) bool {
		r := roleOf(p.Name, p.Schema, true)
		return r == roleKeyword || r == roleAt || r == roleAddress
	})
}

// timedList tells that the elements that are chosen from are told apart by time: slots, showings, departures.
func timedList(pr producer) bool {
	if pr.cap.Undeclared() {
		return timedTalk.MatchString(words(pr.cap.Name) + " " + headOf(pr.cap.Description))
	}
	s := pr.cap.Output
	for _, name := range pr.path {
		if s == nil {
			return false
		}
		if name == "*" {
			s = s.Items
			break
		}
		s, _ = s.Property(name)
	}
	if s == nil {
		return false
	}
	for _, p := range s.Properties {
		low := strings.ToLower(p.Name)
		if strings.Contains(low, "start") || strings.Contains(low, "time") || strings.Contains(low, "depart") || strings.Contains(low, "date") || strings.Contains(low, "slot") || low == "at" || timedMember.MatchString(headOf(p.Schema.Title+p.Schema.Description)) {
			return true
		}
	}
	return false
}

// timedTalk is how a capability that does not say what it returns tells that it lists what is at a time.
var timedTalk = regexp.MustCompile(`(?i)\b(?:sailings?|departures?|flights?|trains?|buses|trips|tours|slots?|sessions?|classes|showtimes?|screenings?|timetable|schedule|availability|appointments?)\b|班次|时段|场次|时刻|车次|航班|号源|排班|档期`)

// timedMember is how a member of a list says that it is when the element is.
var timedMember = regexp.MustCompile(`(?i)时段|时间|时刻|场次|班次|\btime ?slot|\b(?:start|departure|pickup|delivery|appointment) time`)

// slotName is how an id of a time is named.
var slotName = regexp.MustCompile(`(?i)\b(?:time ?slot|slot|time|period|appointment|session|shift|window|schedule)s?\b|时段|时间段|场次|班次|号源|档期|shiduan|shijian`)

// ofTime tells that an input chooses a time from a list of which nothing is declared: the input's name says so.
func ofTime(pr producer) bool {
	return pr.path[0] == "**" && slotName.MatchString(words(pr.input.Name)+" "+headOf(pr.input.Schema.Description))
}

func (b *builder) onlyAnswerable(from int) bool {
	for _, a := range b.asks[from:] {
		if a.id {
			return false
		}
	}
	return true
}

// leaveTold leaves out of what an element should be like the words that the step which lists it was told already: where
// nothing is left but the kind of thing, the list is of what was meant.
func (b *builder) leaveTold(pick *plan.Pick, w want, step string) {
	told := b.toldBy[step]
	if w.place || len(told) == 0 || pick.Query == "" || pick.Query != w.query {
		return
	}
	rest := query(w.item.text, append(slices.Clone(told), b.optionWords(w.item.text)...))
	if lexicon.HasHan(rest) && lexicon.Runes(rest) < 2 {
		rest = "" // one character beside what was told names no thing: 教 of 教英语
	}
	if rest != "" && !b.kindOfService(rest) && !b.ownKind(rest) {
		return
	}
	b.note("“%s” was told to the list already, “%s” is left", strings.Join(told, "”, “"), rest)
	pick.Query, pick.Soft = rest, true
}

// ownKind tells that words have one that the service says of itself and no other service does, and name none of its things:
// what else they say leads up to it (出国 of 出国买eSIM).
func (b *builder) ownKind(rest string) bool {
	if b.likest(rest) >= likeItem {
		return false
	}
	for f := range lexicon.Features(rest) {
		if w := b.ix.words[b.goal.service][f]; w >= weightCall && b.ix.having(f) <= fewServices && !generic(f) {
			return true
		}
	}
	return false
}

// How few services have a word that is one's own kind, and how like a live item words are that name it.
const (
	fewServices = 2
	likeItem    = 0.5
)

// uncount takes the number that counts the things wanted out of words: "two day passes" names no two-day pass.
func uncount(text string, count int) string {
	for _, n := range slices.Backward(lexicon.Numbers(text)) {
		if count > 1 && n.Value == float64(count) && lexicon.IsCount(text, n) {
			text = text[:n.Start] + " " + text[n.End:]
		}
	}
	return text
}

func (b *builder) pickFor(w want) *plan.Pick {
	g := b.goal
	pick := &plan.Pick{Query: w.subject, Max: g.max, Soft: w.soft && !w.place, Said: lexicon.Fold(w.item.text), Avoid: g.avoid}
	if len(g.items) < 2 || w.place {
		pick.Said = uncount(g.text, w.item.count)
	}
	if w.side != "" {
		pick.Said = "" // the other end of the journey is named there too
	}
	if w.place {
		pick.Max = nil
		if w.subject == "" {
			pick.Prefer = "nearest"
			if g.prefer == "best" {
				pick.Prefer = "best"
			}
		}
		return pick
	}
	pick.Prefer, pick.Index = g.prefer, g.ordinal
	return pick
}
