package lexicon_test

import (
	"testing"

	"github.com/bangwo/bangwo/internal/lexicon"
)

func TestNamesOfStandardCodes(t *testing.T) {
	for _, c := range []struct {
		of   lexicon.Standard
		text string
		want []string
	}{
		{lexicon.Regions, "下个月去日本玩", []string{"JP"}},
		{lexicon.Regions, "a visa for South Korea and one for Hong Kong", []string{"KR", "HK"}},
		{lexicon.Regions, "shipping to the US", []string{"US"}},
		{lexicon.Regions, "call us at home, it is late", nil},
		{lexicon.Regions, "a nigerian dish", nil},
		{lexicon.Languages, "找个说法语的导游", []string{"fr"}},
		{lexicon.Languages, "an audio guide in German", []string{"de"}},
	} {
		var got []string
		for _, n := range lexicon.FindNamed(c.of, c.text) {
			got = append(got, n.Two)
		}
		if len(got) != len(c.want) {
			t.Errorf("%q: %v, want %v", c.text, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%q: %v, want %v", c.text, got, c.want)
			}
		}
	}
}

func TestCodesOfStandards(t *testing.T) {
	if c, ok := lexicon.CodeOf(lexicon.Regions, "jpn"); !ok || c.Two != "JP" || c.Chinese != "日本" {
		t.Errorf("jpn is %+v %v", c, ok)
	}
	if _, ok := lexicon.CodeOf(lexicon.Regions, "XQ"); ok {
		t.Error("XQ is no region")
	}
}
