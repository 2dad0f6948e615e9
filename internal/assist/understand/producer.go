package understand

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// producer is a capability whose output holds a value that an input needs, and where.
type producer struct {
	cap   catalog.Capability
	path  []string
	score float64
	input catalog.Property // what it is for
}

// upstream finds an input that must come from another capability's output; the step is added to the plan.
func (b *builder) upstream(c catalog.Capability, at string, p catalog.Property, w want, depth int) (plan.Arg, bool) {
	sub := b.subjectFor(p, w)
	if sub.side != "" && sub.subject == "" {
		if v, ok := b.req.Answers[b.key(c, at)]; ok {
			sub.subject = b.known(v)
		} else if p.Required && sub.side == roleFrom && b.goal.from == "" && b.mayTellCity(c, p) {
			return plan.Arg{}, false
		} else if p.Required {
			b.askPlace(c, at, sub.side)
			return plan.Arg{}, false
		}
	}
	if depth < maxDepth {
		for _, pr := range b.producers(c, p) {
			if a, ok := b.refTo(pr, sub, depth+1, c); ok {
				if !p.Required && a.Ref.Pick != nil {
					a.Ref.Optional, a.Ref.Pick.Soft, a.Ref.Pick.Spare = true, true, a.Ref.Pick.Ask // what it may do without need not be like what is wanted
				}
				return a, true
			}
		}
	}
	if v, ok := statedDefault(p.Schema); ok {
		return value(v, "default"), p.Required
	}
	if p.Required {
		b.ask(c, at, p, nil)
	}
	return plan.Arg{}, false
}

// upstreamLike is for a required input of no known role: another capability's output of the very same name.
func (b *builder) upstreamLike(c catalog.Capability, at string, p catalog.Property, w want, depth int) (plan.Arg, bool) {
	if depth >= maxDepth {
		return plan.Arg{}, false
	}
	for _, pr := range b.producers(c, p) {
		if pr.score < sameName {
			break
		}
		if a, ok := b.refTo(pr, b.subjectFor(p, w), depth+1, c); ok {
			return a, true
		}
	}
	return plan.Arg{}, false
}

var shopWords = []string{"store", "shop", "outlet", "branch", "restaurant", "merchant", "cafe", "venue", "station", "hotel", "cinema", "hospital", "clinic", "salon", "门店", "店铺", "店", "影院", "酒店", "医院"}

// siteWords are what else is a place that people go to, where the words name one.
var siteWords = regexp.MustCompile(`\b(?:spot|attraction|scenic|park|museum|location|site|studio|club|hall|theat(?:er|re)|campus|lot|gym|court|pool|resort|zoo|sight|destination|venue)\b|景点|景区|场馆|网点|停车场|校区|影城|球馆|会所|机构|场地|公园|博物馆|展馆|乐园`)

// subjectFor is what should be looked for to find the input: one end of the journey, a shop, or the item.
func (b *builder) subjectFor(p catalog.Property, w want) want {
	text := strings.ToLower(words(p.Name) + " " + p.Schema.Description)
	s := side(p.Name)
	if s == roleOther && (strings.Contains(text, "目的地") || strings.Contains(text, "终点")) {
		s = roleTo
	}
	if s == roleOther && (strings.Contains(text, "出发") || strings.Contains(text, "起点") || strings.Contains(text, "上车")) {
		s = roleFrom
	}
	out := w
	if s != roleOther {
		v := b.endWords(s, p)
		out.subject, out.place, out.side = v, true, s
		return out
	}
	name, head := strings.ToLower(words(p.Name)), headOf(p.Schema.Description)
	for _, word := range shopWords {
		if strings.Contains(name, word) || lexicon.HasHan(word) && strings.HasPrefix(head, word) {
			out.subject, out.place = b.goal.at, true
			return out
		}
	}
	if at := cmp.Or(b.goal.at, b.goal.to); at != "" && siteWords.MatchString(name+" "+headOf(p.Schema.Description)) && !onlyCity(at) && b.known(at) == at {
		out.subject, out.place = at, true
		return out
	}
	if !w.place {
		out.subject = w.query
	}
	return out
}

// Scores of a producer: the name of its output, and whether the input's description names it.
const (
	sameName = 1.0
	likeName = 0.7
	namedIt  = 2.0
)

// producers ranks the capabilities of the same service that can give an input, best first.
func (b *builder) producers(c catalog.Capability, p catalog.Property) []producer {
	var out, unsaid []producer
	svc, about := b.service(), aboutInput(c, p)
	for _, other := range svc.Capabilities {
		if other.Name == c.Name || b.busy[other.Name] || other.Skill != c.Skill || !(other.Effect == catalog.Read || other.Effect == catalog.Reversible) || isUndo(other) {
			continue
		}
		pr := producer{cap: other, input: p}
		pr.path, pr.score = findOutput(other, p.Name)
		if i := strings.LastIndex(about, other.Name); i >= 0 {
			pr.score += namedIt
			if pr.path == nil {
				pr.path = describedOutput(other, p)
			}
			if pr.path == nil {
				pr.path = []string{"**", lastName(p.Name)}
			}
			if named := nearestCue(about[:i]); named {
				pr.score += 0.5
			}
		}
		if pr.path == nil && (mayList(other, p) || mayGive(other, p)) {
			pr.path, pr.score = []string{"**", lastName(p.Name)}, b.fitness(other)
			if speaksOf(other, p) {
				pr.score++
			}
			unsaid = append(unsaid, pr)
			continue
		}
		if pr.score < likeName || pr.path == nil {
			continue
		}
		if other.Effect == catalog.Read {
			pr.score += 0.3
		}
		if requires(other, p.Name) {
			pr.score -= passesOn
		}
		pr.score += b.fitness(other)
		out = append(out, pr)
	}
	if len(out) == 0 && roleOf(p.Name, p.Schema, false) == roleID {
		out = unsaid
	}
	slices.SortStableFunc(out, func(a, b producer) int { return cmp.Compare(b.score, a.score) })
	return out
}

// passesOn is what a capability is worth less as a source of what it must be given itself: it hands it on.
const passesOn = 1.5

func requires(c catalog.Capability, name string) bool {
	return slices.ContainsFunc(c.Input.Properties, func(in catalog.Property) bool { return in.Required && flatName(in.Name) == flatName(name) })
}

// aboutInput is what is said of an input: its own description, else the lines of the capability's that speak of it by name
// ("sku comes from get_menu" among the arguments of a tool whose schema describes none).
func aboutInput(c catalog.Capability, p catalog.Property) string {
	name := lastName(p.Name)
	if p.Schema.Description != "" || len(name) < 2 || !strings.Contains(c.Description, name) {
		return p.Schema.Description
	}
	var lines []string
	for line := range strings.Lines(c.Description) {
		if indexWord(line, name) >= 0 {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return strings.Join(lines, " ")
}

// mayList tells that a read which does not say what it returns may list what an id is of: it searches or lists, and needs
// no such id itself.
func mayList(c catalog.Capability, p catalog.Property) bool {
	if c.Effect != catalog.Read || !saysNothing(c.Output, 0) {
		return false
	}
	for _, in := range c.Input.Properties {
		if in.Required && (flatName(in.Name) == flatName(p.Name) || roleOf(in.Name, in.Schema, true) == roleID) {
			return false
		}
	}
	lists := anyOf([]string{"search", "list", "find", "query", "browse", "lookup", "catalog", "catalogue", "menu", "products", "items"}, nameWords(c)) || listingVerb.MatchString(headOf(c.Description))
	return lists && listsOf(c, p)
}

// mayGive tells that a capability which does not say what it returns makes what an id is of: its name is the thing's
// (quote_trip gives the quote_ref), or it says that it returns it.
func mayGive(c catalog.Capability, p catalog.Property) bool {
	if !undeclared(c) || slices.ContainsFunc(c.Input.Properties, func(in catalog.Property) bool { return in.Required && flatName(in.Name) == flatName(p.Name) }) {
		return false
	}
	var of []string
	for _, w := range strings.Fields(strings.ToLower(words(lastName(p.Name)))) {
		if _, suffix := idStem(w); suffix != w && w != "reference" && w != "number" {
			of = append(of, w)
		}
	}
	if len(of) == 0 {
		return false
	}
	named := !slices.ContainsFunc(of, func(w string) bool { return !slices.Contains(nameWords(c), w) })
	return named || returnsIt.MatchString(c.Description) && lexicon.Mentions(c.Description, strings.Join(of, " "))
}

// returnsIt is how a description speaks of what a call gives back.
var returnsIt = regexp.MustCompile(`(?i)\breturns?\b|\bgives?\b|\breference\b|\bis valid\b|返回|得到|有效期?`)

// listsOf tells that what a capability lists may be what an id is of: it is searched by words, its name says nothing else,
// or both speak of the same thing. A list of people is none of lockers.
func listsOf(c catalog.Capability, p catalog.Property) bool {
	if len(nameWords(c)) < 2 || slices.ContainsFunc(c.Input.Properties, func(in catalog.Property) bool { return roleOf(in.Name, in.Schema, true) == roleKeyword }) {
		return true
	}
	return speaksOf(c, p)
}

// speaksOf tells that a capability's own words and an input's are about the same thing.
func speaksOf(c catalog.Capability, p catalog.Property) bool {
	about := lexicon.Features(words(c.Name) + " " + c.Title + " " + headOf(c.Description))
	for f := range lexicon.Features(words(p.Name) + " " + p.Schema.Title + " " + p.Schema.Description) {
		if _, ok := about[f]; ok && !generic(f) && !strings.HasPrefix(f, "c:v.") && (!strings.HasPrefix(f, "h:") || lexicon.Runes(f[2:]) > 1) {
			return true
		}
	}
	return false
}

// listingVerb is how a description says that a capability lists things.
var listingVerb = regexp.MustCompile(`(?i)^(?:search|list|find|browse|查询|搜索|列出|查找|获取\S{0,8}列表|浏览)`)

// nearestCue tells that the words right before a capability's name say that it is the immediate source.
func nearestCue(before string) bool {
	for _, cue := range []string{"上一步 ", "上一步", "来自", "来自 ", "from ", "by ", "取自"} {
		if strings.HasSuffix(before, cue) {
			return true
		}
	}
	return false
}

func lastName(at string) string { return at[strings.LastIndexAny(at, ".]")+1:] }

// fitness prefers producers that search over those that need an id of their own.
func (b *builder) fitness(c catalog.Capability) float64 {
	score := 0.0
	for _, p := range c.Input.Properties {
		if p.Required && roleOf(p.Name, p.Schema, true) == roleID {
			score -= 0.2
		}
	}
	for _, w := range nameWords(c) {
		switch w {
		case "history", "my", "order", "orders", "status":
			score -= 0.25
		case "search", "list", "find", "query", "quote", "estimate", "nearby":
			score += 0.1
		}
	}
	return score
}

// findOutput looks for a member of that name (or a like one) in a capability's declared output, nearest first.
func findOutput(c catalog.Capability, name string) ([]string, float64) {
	if c.Output == nil || len(c.Output.Properties) == 0 && c.Output.Items == nil {
		return nil, 0
	}
	var best []string
	var score float64
	var walk func(s *catalog.Schema, path []string, owner string, depth int)
	walk = func(s *catalog.Schema, path []string, owner string, depth int) {
		if s == nil || depth > 8 {
			return
		}
		if s.Items != nil {
			walk(s.Items, append(slices.Clone(path), "*"), owner, depth+1)
		}
		for _, p := range s.Properties {
			here := append(slices.Clone(path), p.Name)
			if v := nameLike(name, p.Name, owner, c.Name) - 0.02*float64(depth); v > score && scalarLike(p.Schema) {
				best, score = here, v
			}
			walk(p.Schema, here, p.Name, depth+1)
		}
	}
	walk(c.Output, nil, "", 0)
	return best, score
}

// describedOutput finds the member of a capability's output that an input which names the capability means, where their
// names differ: a code or an id whose own words are most like the input's.
func describedOutput(c catalog.Capability, p catalog.Property) []string {
	if c.Output == nil {
		return nil
	}
	want := lexicon.Features(words(p.Name) + " " + p.Schema.Title + " " + p.Schema.Description)
	var best []string
	score := 0.0
	var walk func(s *catalog.Schema, path []string, depth int)
	walk = func(s *catalog.Schema, path []string, depth int) {
		if s == nil || depth > 8 {
			return
		}
		if s.Items != nil {
			walk(s.Items, append(slices.Clone(path), "*"), depth+1)
		}
		for _, m := range s.Properties {
			here := append(slices.Clone(path), m.Name)
			if scalarLike(m.Schema) && idName.MatchString(m.Name) || m.Schema.Pattern != "" && m.Schema.Pattern == p.Schema.Pattern {
				v := 0.1
				for f := range lexicon.Features(words(m.Name) + " " + m.Schema.Title + " " + m.Schema.Description) {
					v += want[f]
				}
				if v > score {
					best, score = here, v
				}
			}
			walk(m.Schema, here, depth+1)
		}
	}
	walk(c.Output, nil, 0)
	return best
}

func scalarLike(s *catalog.Schema) bool { return s.Type != "object" && s.Type != "array" }

// nameLike says how likely an output member is what an input asks for: the same name; or "id" inside a list of the
// thing that the input names (drinkId ← drinks[].id); or the input's name with a side in front (toPlaceId ← placeId).
func nameLike(want, have, owner, capability string) float64 {
	w, h := flatName(want), flatName(have)
	if w == h || idName.MatchString(want) && strings.TrimSuffix(w, "s") == strings.TrimSuffix(h, "s") {
		if w == "id" {
			return likeName
		}
		return sameName
	}
	stem, suffix := idStem(w)
	hs, hsuffix := idStem(h)
	if suffix == "" || hsuffix == "" || hsuffix != suffix {
		return 0
	}
	for _, lead := range []string{"destination", "dropoff", "dest", "to", "origin", "pickup", "from", "departure", "arrival", "start", "end", "target", "selected"} {
		if rest := strings.TrimPrefix(stem, lead); rest != stem && (rest == hs || rest == "" && hs != "" || hs == "") {
			return likeName + 0.15
		}
	}
	if hs == "" && stem != "" {
		about := strings.ToLower(lexicon.Stem(flatName(owner)) + " " + flatName(capability))
		if strings.Contains(about, stem) {
			return likeName + 0.1
		}
	}
	if stem == "" && hs != "" {
		return likeName - 0.05
	}
	return 0
}

func flatName(s string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(lastName(s)))
}

func idStem(flat string) (stem, suffix string) {
	flat = strings.TrimSuffix(flat, "s")
	for _, suf := range []string{"id", "code", "token", "key", "no", "sku", "ref", "handle"} {
		if s, ok := strings.CutSuffix(flat, suf); ok {
			return s, suf
		}
	}
	return flat, ""
}

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
	if undeclared(pr.cap) {
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
