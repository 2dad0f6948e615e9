package understand

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// inAddress are the parts of a written address.
var inAddress = regexp.MustCompile(`\p{Han}{1,8}(?:省|市|区|县|镇|路|街|大道|胡同|小区|号|栋|楼|室)\d*|[a-z]+ (?:road|street|avenue|lane|district|building)\b`)

// strange tells that nothing which a goal's words name is anything that its service speaks of: what fitted were only
// words beside it ("fix my marriage" at a repairer of pipes). Names that no dictionary has are nothing to judge by.
func (b *builder) strange() (what string, ok bool) {
	if b.goal.given || b.goal.match.ofTrade() || b.carriesAnything() || b.goal.match.called && b.searchable() {
		return "", false
	}
	var unknown []string
	s := inAddress.ReplaceAllString(telling(b.goal.text), " ")
	places := lexicon.Features(placesIn(b.goal.text))
	if b.goal.match.called {
		places = nil // 去拾光拍全家福: whom one goes to is the service
	}
	words := b.ix.words[b.goal.service]
	known := func(fs []string) bool {
		for _, f := range fs {
			if _, has := words[f]; has {
				return true
			}
		}
		return false
	}
	for _, t := range lexicon.Tokens(s) {
		f := "c:" + t.Concept
		if _, place := places[f]; t.Concept == "" || place || generic(f) || isOption(t.Concept) || t.Concept == "person" {
			continue
		}
		if strings.HasPrefix(t.Concept, "v.") {
			continue
		}
		fs := []string{f}
		for _, k := range lexicon.Kinds(t.Concept) {
			fs = append(fs, "c:"+k)
		}
		if known(fs) {
			return "", false
		}
		unknown = append(unknown, t.Text)
	}
	for _, sp := range lexicon.Bridge(s) {
		if isFiller(sp.Text) || lexicon.HasHan(sp.Text) && lexicon.Runes(sp.Text) < 2 || len(tellingFeatures(sp.Text)) == 0 || len(lexicon.Numbers(sp.Text)) > 0 {
			continue
		}
		if _, place := places[sp.Own[0]]; place {
			continue
		}
		if _, carried := sp.Carried(func(f string) bool { _, has := words[f]; return has }); carried || known(sp.Own) {
			return "", false
		}
		unknown = append(unknown, sp.Text)
	}
	if len(unknown) == 0 || b.namesOption() || slices.ContainsFunc(unknown, b.inputsSpeakOf) || b.likest(query(s, nil)) >= likelyName/2 {
		return "", false
	}
	return unknown[0], true
}

// namesOption tells that the goal's words name a value of an input, not only an amount of something.
func (b *builder) namesOption() bool {
	for _, words := range b.optionWords(b.goal.text) {
		s := words
		for _, n := range slices.Backward(lexicon.Numbers(words)) {
			s = s[:n.Start] + " " + s[n.End:]
		}
		if len(tellingFeatures(s)) > 0 {
			return true
		}
	}
	return false
}

// inputsSpeakOf tells that the description of some input has a word.
func (b *builder) inputsSpeakOf(word string) bool {
	found := false
	b.eachInput(func(p catalog.Property) {
		found = found || lexicon.Mentions(p.Schema.Title+" "+p.Schema.Description, word)
	})
	return found
}

// searchable tells that the service is searched by any words: no list of its own tells what it has.
func (b *builder) searchable() bool { return searchedByWords(b.service()) }

func searchedByWords(s *catalog.Service) bool {
	return slices.ContainsFunc(s.Capabilities, func(c catalog.Capability) bool {
		return c.Effect == catalog.Read && slices.ContainsFunc(c.Input.Properties, func(p catalog.Property) bool {
			return p.Required && len(p.Schema.Enum) == 0 && roleOf(p.Name, p.Schema, true) == roleKeyword
		})
	})
}
