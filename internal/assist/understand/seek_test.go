package understand_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/bench/scale"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/catalog/search"
)

// catalogue is an index of some hundred made-up services, and the services by id.
func catalogue(t testing.TB, n int) (*search.Index, map[string]catalog.Service) {
	t.Helper()
	w := scale.World{Seed: 5, Services: n}
	var x search.Index
	of := map[string]catalog.Service{}
	for i := range w.Services {
		s := w.Service(i)
		of[s.ID] = s
		if err := x.Put(s.ID, understand.Reader{}.Parts(s)); err != nil {
			t.Fatal(err)
		}
	}
	return &x, of
}

// TestAServiceThatIsNamedIsFound: a name brings its service onto the shortlist among a thousand, in either language.
func TestAServiceThatIsNamedIsFound(t *testing.T) {
	t.Parallel()
	x, of := catalogue(t, 1000)
	missed := 0
	for id, s := range of {
		text := "在" + s.Name + "下单"
		if understand.LangOf(s.Name) == "en" {
			text = "I want to order at " + s.Name
		}
		if !slices.Contains(x.Shortlist(understand.Reader{}.Questions(text, ""), nil), id) {
			missed++
			t.Logf("%q does not find %s", text, id)
		}
	}
	if missed > len(of)/100 {
		t.Errorf("%d of %d names do not find their service", missed, len(of))
	}
}

// FuzzQuestions: strange words break nothing, ask a bounded number of questions, and find the same twice.
func FuzzQuestions(f *testing.F) {
	for _, s := range []string{"帮我叫辆车去机场", "two lattes, and by the way a box of ibuprofen", "", "，。！", "\xff\xfe", strings.Repeat("和", 500), "put 200 on 13611112222",
		"１２３杯拿铁", "从北京到上海到广州到深圳", "a\x00b", strings.Repeat("order coffee and ", 60), "\u202e咖啡", "🍜🍜🍜三份", "送到建国路88号 13800000000 张三 taro@x.cn"} {
		f.Add(s, "中关村")
	}
	x, of := catalogue(f, 300)
	mind := understand.New()
	f.Fuzz(func(t *testing.T, text, place string) {
		if len(text) > 4000 || len(place) > 200 {
			return
		}
		a := x.Shortlist(understand.Reader{}.Questions(text, place), nil)
		if b := x.Shortlist(understand.Reader{}.Questions(text, place), nil); !slices.Equal(a, b) || len(a) > search.MaxShort {
			t.Fatalf("%q: %v, then %v", text, a, b)
		}
		r := assist.Request{Text: text, Place: place, Now: monday, Spread: x}
		for _, id := range a {
			r.Services = append(r.Services, of[id])
		}
		th, err := mind.Think(t.Context(), r)
		if err == nil && strings.TrimSpace(text) == "" || err != nil && utf8.RuneCountInString(text) <= understand.MaxUtterance && strings.TrimSpace(text) != "" {
			t.Fatalf("%q: %v", text, err)
		}
		for _, g := range th.Goals {
			if g.Service != "" && !slices.Contains(a, g.Service) {
				t.Fatalf("%q: %s was not on the shortlist", text, g.Service)
			}
		}
	})
}
