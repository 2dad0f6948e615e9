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
	if !c.Undeclared() || slices.ContainsFunc(c.Input.Properties, func(in catalog.Property) bool { return in.Required && flatName(in.Name) == flatName(p.Name) }) {
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
