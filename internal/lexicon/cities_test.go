package lexicon_test

import (
	"slices"
	"testing"

	"github.com/bangwo/bangwo/internal/lexicon"
)

func TestCities(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"从北京去上海的高铁":                           {"北京", "上海"},
		"Book a flight from Beijing to Xi'an": {"北京", "西安"},
		"广州市天河区体育西路1号":                        {"广州"},
		"a hotel in Hong Kong":                {"香港"},
		"南京东路的店":                              nil,
		"a Beijing duck":                      nil,
		"shanghainese food":                   nil,
		"明天去吉林市，再去長春":                         {"吉林", "长春"},
	} {
		var got []string
		for _, c := range lexicon.Cities(text) {
			got = append(got, c.Chinese)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
