package scale

import (
	"context"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
)

func BenchmarkThink(b *testing.B) {
	w := OfCapabilities(10000, 1)
	x, err := build(w)
	if err != nil {
		b.Fatal(err)
	}
	ss := w.Sentences(400)
	mind, s := understand.New(), &shelf{world: w, held: map[string]catalog.Service{}}
	for _, said := range ss {
		_, _ = think(context.Background(), mind, s.load(find(w, x, said)), x, said, time.Now())
	}
	i := 0
	for b.Loop() {
		said := ss[i%len(ss)]
		_, _ = think(context.Background(), mind, s.load(find(w, x, said)), x, said, time.Now())
		i++
	}
}
