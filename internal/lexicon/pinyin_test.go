package lexicon_test

import (
	"slices"
	"testing"

	"github.com/bangwo/bangwo/internal/dictionary"
	"github.com/bangwo/bangwo/internal/lexicon"
)

func TestPinyinNamesChineseThings(t *testing.T) {
	for _, c := range [][3]string{
		{"Xiehe hospital", "北京协和医院", "北京朝阳医院"},
		{"xie he", "协和医院", "和平医院"},
		{"zhongguancun", "中关村店", "望京店"},
		{"望京", "Wangjing branch", "Guomao branch"},
	} {
		if near, far := lexicon.Likeness(c[0], c[1]), lexicon.Likeness(c[0], c[2]); near < 0.6 || near-far < 0.2 {
			t.Errorf("%q is %.2f like %q and %.2f like %q", c[0], near, c[1], far, c[2])
		}
	}
	if v := lexicon.Likeness("hair cut", "海鲜"); v > 0.1 {
		t.Errorf("an English word is %.2f like what its first letters spell", v)
	}
}

func TestOneThingUnderTwoNames(t *testing.T) {
	if !dictionary.Built() {
		t.Skip("the word lists were not built: make dictionary")
	}
	if !slices.Contains(lexicon.Synonyms("西红柿"), "番茄") || slices.Contains(lexicon.Synonyms("西红柿"), "西红柿") {
		t.Errorf("西红柿: %q", lexicon.Synonyms("西红柿"))
	}
	if lexicon.Likeness("西红柿", "番茄") < 0.7 || lexicon.Likeness("西红柿", "土豆") > 0.3 {
		t.Error("names of the same thing are not alike")
	}
	if got := lexicon.Synonyms("不是一个词"); got != nil {
		t.Errorf("a word that is in no list has synonyms: %q", got)
	}
}
