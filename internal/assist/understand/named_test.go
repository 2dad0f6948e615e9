package understand_test

import (
	"slices"
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
)

func filmArchive() catalog.Service {
	return serviceOf("films", "临江区电影馆", "馆藏影片检索与预约观看",
		call{name: "searchFilms", about: "按片名检索影片", effect: catalog.Read,
			in:  `{"type":"object","properties":{"kw":{"type":"string","description":"片名"}},"required":["kw"]}`,
			out: `{"type":"object","properties":{"films":{"type":"array","items":{"type":"object","properties":{"filmId":{"type":"string"},"title":{"type":"string"}}}}}}`},
		call{name: "reserveFilm", about: "预约观看一部影片，免费", effect: catalog.Irreversible,
			in: `{"type":"object","properties":{"filmId":{"type":"string","description":"影片编号，来自检索结果"}},"required":["filmId"]}`})
}

// TestCalledByName checks that a service is found by the kind of place in its name though nothing that it says speaks of
// what is wanted there, and that somebody who only goes to such a place is not taken to it.
func TestCalledByName(t *testing.T) {
	t.Parallel()
	th := thinkOf(t, "帮我在电影馆预约百年孤独", filmArchive(), flowerCart())
	if got := callsOf(th.Plan); !slices.Equal(got, []string{"searchFilms", "reserveFilm"}) {
		t.Errorf("called %v (%s %v), want the archive", got, th.Refusal, th.Explain)
	}
	if got := callsOf(thinkOf(t, "打车去电影馆", filmArchive(), flowerCart()).Plan); len(got) > 0 {
		t.Errorf("a ride became %v", got)
	}
}
