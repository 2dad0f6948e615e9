package plan_test

import (
	"slices"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/dictionary"
)

func TestASearchIsTriedPartByPart(t *testing.T) {
	if !dictionary.Built() {
		t.Skip("the word lists were not built: make dictionary")
	}
	for word, want := range map[string][]string{
		"玛特泡盲盒":       {"盲盒"},
		"余华 活着":       {"活着", "余华"},
		"large latte": {"latte"},
	} {
		got := plan.OtherWords(word)
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%q is tried as %q, not as %q", word, got, w)
			}
		}
		if slices.Contains(got, word) || slices.Contains(got, "") {
			t.Errorf("%q is tried as itself or as nothing: %q", word, got)
		}
	}
}

func TestAShopKnowsAThingUnderItsOwnName(t *testing.T) {
	one := []any{map[string]any{"spbh": "1", "spmc": "圣女果"}}
	two := append(slices.Clone(one), map[string]any{"spbh": "2", "spmc": "樱桃"})
	rest := []string{"spbh"}
	if c := plan.Choose(one, plan.Pick{Query: "洋柿子", Sought: true}, rest); c.Index != 0 || c.Why.Key != plan.WhySearch {
		t.Errorf("the only thing that the search for the word found was not taken: %+v", c)
	}
	if c := plan.Choose(two, plan.Pick{Query: "洋柿子", Sought: true}, rest); c.Index >= 0 || len(c.Close) != 2 || c.Close[0].Title != "圣女果" {
		t.Errorf("of two things that were found one was taken, or they have no names: %+v", c)
	}
	for _, p := range []plan.Pick{{Query: "洋柿子"}, {Query: "洋柿子", Sought: true, Loose: true}} {
		if c := plan.Choose(one, p, rest); c.Index >= 0 || len(c.Close) > 0 {
			t.Errorf("something was taken from a list that was not searched for the word: %+v", c)
		}
	}
}

func TestSeveralWordsMayStandInSeveralMembers(t *testing.T) {
	books := []any{
		map[string]any{"isbn": "1", "title": "活着", "author": "余华"},
		map[string]any{"isbn": "2", "title": "许三观卖血记", "author": "余华"},
	}
	if c := plan.Choose(books, plan.Pick{Query: "余华 活着", Loose: true}, []string{"isbn"}); c.Index != 0 {
		t.Errorf("the book by its author and title: %+v", c)
	}
}
