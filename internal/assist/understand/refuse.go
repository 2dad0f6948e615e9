package understand

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// limits are what a service says it does not do.
type limits struct {
	things   [][]string // the telling features of each thing
	domestic bool       // it stays within its country
}

// Bounds of reading a service's limits.
const (
	maxLimits     = 40
	maxLimitRunes = 16  // of one thing in Chinese characters
	maxLimitWords = 5   // or English words
	limitShare    = 0.6 // of a thing's features that must be said
)

var (
	outOfScope = regexp.MustCompile(`不支持|不适用|不提供|不卖|不做|不接受?|不承接|不办理?|不受理|不含|不包括|不处理|不在.{0,12}范围|暂无|(?i:\bnot for\b|\bdo(?:es)? not (?:sell|offer|support|handle|provide|take|do|cover|accept|deliver|ship|include)\b|\bdon't (?:sell|offer|support|handle|provide|take|do|deliver)\b|\bnot (?:offered|supported|available|sold|provided|included|covered|handled)\b|\bare handled\b.{0,40}\bnot here\b|\bout of scope\b|\bno [a-z -]{3,40}$)`)
	ofConduct  = regexp.MustCompile(`禁止|严禁|不得|请勿|必须|(?i:\bnever\b|\bmust\b|\bdo not (?:call|invent|guess|use)\b)`)
	limitParts = regexp.MustCompile(`[、,，;；:：/。.()（）→\n*]|\s-\s|和|或者?|以及|及|\b(?:and|or|nor|but|we|they|are|is|at|the|any|no)\b`)
	limitNoise = regexp.MustCompile(`本(?:技能|服务|店|接口)?|技能|范围|在(?:本)?|办理|查询|服务|预订|预约|相关|业务|请.*$|(?i:\bservices?\b|\bhere\b|\bfront desk\b|\bhandled\b|\bbooking\b|\bit\b|\bthis\b|\bthat\b|\bfor\b|\bnot\b)`)
	homeOnly   = regexp.MustCompile(`国内|中国大陆|中国境内|境内|(?i:\bdomestic\b|\bmainland\b|\b(?:in|within) china\b)`)
	farther    = regexp.MustCompile(`国际|境外|海外|出境|全球|(?i:\binternational|\babroad\b|\boverseas\b|\bworldwide\b)`)
)

// limitsOf reads what a service says it does not do, in its own words. known are the words that it speaks of itself in.
func limitsOf(s catalog.Service, known map[string]float64) limits {
	l := limits{}
	texts := []string{s.Description}
	for _, part := range sections(s.Instruction) {
		if refuses.MatchString(part.heading) || outOfScope.MatchString(part.heading) {
			l.add(part.text, known)
			continue
		}
		texts = append(texts, part.text)
	}
	for _, c := range s.Capabilities {
		texts = append(texts, c.Description)
	}
	positive := false
	for _, text := range texts {
		for _, sentence := range sentenceEnd.Split(text, -1) {
			sentence = strings.TrimSpace(sentence)
			if outOfScope.MatchString(sentence) && !ofConduct.MatchString(sentence) {
				l.add(outOfScope.ReplaceAllStringFunc(sentence, limitVerb), known)
				l.domestic = l.domestic || farther.MatchString(sentence)
				continue
			}
			l.domestic = l.domestic || homeOnly.MatchString(sentence)
			positive = positive || farther.MatchString(sentence) && !refuses.MatchString(sentence)
		}
	}
	l.domestic = l.domestic && !positive
	return l
}

// limitVerb keeps what "no …" at the end of a sentence denies, and drops the other words of denying.
func limitVerb(m string) string {
	if rest, ok := strings.CutPrefix(strings.ToLower(m), "no "); ok {
		return rest
	}
	return "，"
}

func (l *limits) add(text string, known map[string]float64) {
	for _, part := range limitParts.Split(strings.ToLower(text), -1) {
		part = strings.TrimSpace(limitNoise.ReplaceAllString(part, " "))
		if part == "" || lexicon.HasHan(part) && lexicon.Runes(part) > maxLimitRunes || len(strings.Fields(part)) > maxLimitWords || len(l.things) >= maxLimits {
			continue
		}
		var fs []string
		for _, f := range tellingFeatures(part) {
			if _, does := known[f]; !does {
				fs = append(fs, f)
			}
		}
		if len(fs) > 0 {
			l.things = append(l.things, fs)
		}
	}
}

// hanPairs are the neighbouring Chinese characters of a text that make a word.
func hanPairs(text string) []string {
	var out []string
	rs := []rune(lexicon.Fold(text))
	for i := 1; i < len(rs); i++ {
		if pair := string(rs[i-1 : i+1]); lexicon.IsHan(rs[i-1]) && lexicon.IsHan(rs[i]) && lexicon.Known(pair) {
			out = append(out, pair)
		}
	}
	return out
}

// tellingFeatures are the features of words that say what they are about: no single characters, no general words, and the
// whole word where a character of it means something by itself (婚礼).
func tellingFeatures(text string) []string {
	var out []string
	feats := lexicon.Features(text)
	for _, pair := range hanPairs(text) {
		for _, t := range lexicon.Tokens(text) {
			if t.Han && t.Concept != "" && lexicon.Runes(t.Text) == 1 && strings.Contains(pair, t.Text) {
				delete(feats, "c:"+t.Concept)
				feats["h:"+pair] = 1
			}
		}
	}
	for f := range feats {
		if strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) < 2 || number(f) || generic(f) {
			continue
		}
		out = append(out, f)
	}
	slices.Sort(out)
	return out
}

// denies tells that a service says it does not do what the words ask for, or that they lead to where it does not go.
func (ix *index) denies(i int, a asked) bool {
	if a.reach == lexicon.Beyond || a.reach == lexicon.Abroad && ix.limits[i].domestic {
		return true
	}
	for _, verb := range a.verbs {
		if _, does := ix.words[i][verb]; !does {
			return true
		}
	}
	for _, thing := range ix.limits[i].things {
		hit := 0
		for _, f := range thing {
			if _, said := a.feats[f]; said {
				hit++
			}
		}
		if hit > 0 && float64(hit) >= limitShare*float64(len(thing)) {
			return true
		}
	}
	return false
}

// asked is what a text asks for, as far as a service may say that it does not do it.
type asked struct {
	feats map[string]float64
	verbs []string // features of doing that say what kind of service is meant, whatever the thing is
	reach lexicon.Reach
}

// workVerbs are kinds of work that a service does only when it says so.
var workVerbs = map[string]bool{"v.rent": true, "v.scan": true, "v.renovate": true, "v.sell": true, "v.borrow": true, "v.adopt": true, "v.invest": true, "v.translate": true}

func newAsked(text string) asked {
	a := asked{feats: lexicon.Features(text)}
	for _, pair := range hanPairs(text) {
		a.feats["h:"+pair] = 1
	}
	for f := range lexicon.Features(placesIn(text)) {
		delete(a.feats, f)
	}
	for f := range a.feats {
		if workVerbs[strings.TrimPrefix(f, "c:")] {
			a.verbs = append(a.verbs, f)
		}
	}
	g := &goal{}
	g.places(lexicon.Fold(text), time.Time{})
	for _, place := range []string{g.to, g.from} {
		if r := lexicon.ReachOf(place); r != "" {
			a.reach = r
		}
	}
	j := readJourney(lexicon.Fold(text))
	for _, c := range []*lexicon.City{j.to, j.from} {
		if c != nil && a.reach == "" {
			a.reach = lexicon.ReachOf(c.Chinese)
		}
	}
	return a
}
