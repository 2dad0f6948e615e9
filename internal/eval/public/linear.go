package public

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// linear is a classifier of texts by hashed pieces of words, to compare the engine with: one row of weights for each
// label, trained by gradient steps. Several labels may be right at once.
type linear struct {
	labels  []string
	weights []float32 // feature by feature, a weight for each label
	one     bool      // one label alone is right
}

// How it is trained.
const (
	linearBuckets = 1 << 16
	linearRounds  = 12
	linearRate    = 0.5
	linearSeed    = 1
	longestPiece  = 5
)

// sample is a text with the labels that are right for it. Before is what was said before it.
type sample struct {
	text, before string
	labels       []string
}

// features are the hashed words, pairs of words and pieces of words of a text.
func features(s sample) []uint32 {
	seen := map[uint32]bool{}
	add := func(kind, piece string) {
		h := fnv.New32a()
		h.Write([]byte(kind + piece))
		seen[h.Sum32()%linearBuckets] = true
	}
	gather := func(kind, text string) {
		text = " " + lexicon.Fold(text) + " "
		runes := []rune(text)
		for n := 1; n <= longestPiece; n++ {
			for i := 0; i+n <= len(runes); i++ {
				if n > 1 || lexicon.IsHan(runes[i]) {
					add(kind+"p", string(runes[i:i+n]))
				}
			}
		}
		ws := strings.Fields(text)
		for i, w := range ws {
			add(kind+"w", w)
			if i > 0 {
				add(kind+"b", ws[i-1]+" "+w)
			}
		}
	}
	gather("", s.text)
	if s.before != "" {
		gather("<", s.before)
	}
	out := make([]uint32, 0, len(seen))
	for f := range seen {
		out = append(out, f)
	}
	slices.Sort(out)
	return out
}

func trainLinear(samples []sample, one bool) *linear {
	m := &linear{one: one}
	index := map[string]int{}
	for _, s := range samples {
		for _, l := range s.labels {
			if _, ok := index[l]; !ok {
				index[l] = len(m.labels)
				m.labels = append(m.labels, l)
			}
		}
	}
	m.weights = make([]float32, linearBuckets*len(m.labels))
	fs := make([][]uint32, len(samples))
	for i, s := range samples {
		fs[i] = features(s)
	}
	order := rand.New(rand.NewPCG(linearSeed, linearSeed))
	for round := range linearRounds {
		rate := linearRate * (1 - float64(round)/linearRounds)
		for _, i := range order.Perm(len(samples)) {
			m.learn(fs[i], samples[i].labels, index, rate)
		}
	}
	return m
}

func (m *linear) learn(fs []uint32, labels []string, index map[string]int, rate float64) {
	ps := m.probabilities(fs)
	for _, l := range labels {
		ps[index[l]]-- // what remains is the gradient
	}
	step := rate / math.Sqrt(float64(len(fs))+1)
	n := len(m.labels)
	for l, g := range ps {
		if math.Abs(g) < 1e-4 {
			continue
		}
		d := float32(step * g)
		for _, f := range fs {
			m.weights[int(f)*n+l] -= d
		}
	}
}

// probabilities of all labels: together one where one alone is right, else each for itself.
func (m *linear) probabilities(fs []uint32) []float64 {
	n := len(m.labels)
	out := make([]float64, n)
	for _, f := range fs {
		for l, w := range m.weights[int(f)*n : int(f)*n+n] {
			out[l] += float64(w)
		}
	}
	scale := 1 / math.Sqrt(float64(len(fs))+1)
	top := slices.Max(out) * scale
	sum := 0.0
	for l := range out {
		if m.one {
			out[l] = math.Exp(out[l]*scale - top)
			sum += out[l]
		} else {
			out[l] = 1 / (1 + math.Exp(-out[l]*scale))
		}
	}
	for l := range out {
		if m.one {
			out[l] /= sum
		}
	}
	return out
}

// best is the likeliest label and how likely it is.
func (m *linear) best(text string) (string, float64) {
	ps := m.probabilities(features(sample{text: text}))
	at := 0
	for l, p := range ps {
		if p > ps[at] {
			at = l
		}
	}
	return m.labels[at], ps[at]
}
