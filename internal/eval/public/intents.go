package public

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/catalog/search"
)

// A set of intents is one file of sentences with an intent each, and of sentences that have none of them (oos).

// guess names an intent and how sure it is.
type guess func(text string) (intent string, score float64)

const fewShots = 10

// runIntents measures the catalogue's index with intents as services that say their examples, and a trained classifier
// beside it; on all examples and on ten of each. The threshold below which a sentence has no intent is chosen on the
// validation sentences.
func runIntents(_ context.Context, dir string) ([]Result, error) {
	var data map[string][][2]string
	if err := readJSON(filepath.Join(dir, "data", "data_full.json"), &data); err != nil {
		return nil, err
	}
	var out []Result
	for _, shots := range []int{fewShots, 0} {
		train := firstOf(data["train"], shots)
		name := fmt.Sprintf("%d examples each", shots)
		if shots == 0 {
			name = "all examples"
		}
		index, err := indexOf(train)
		if err != nil {
			return nil, err
		}
		out = append(out, judgeIntents("index, "+name, index, data)...)
		var samples []sample
		for _, c := range train {
			samples = append(samples, sample{text: c[0], labels: []string{c[1]}})
		}
		out = append(out, judgeIntents("linear, "+name, trainLinear(samples, true).best, data)...)
	}
	return out, nil
}

// firstOf are the first n sentences of each intent; all when n is 0.
func firstOf(all [][2]string, n int) [][2]string {
	var out [][2]string
	had := map[string]int{}
	for _, c := range all {
		if had[c[1]]++; n == 0 || had[c[1]] <= n {
			out = append(out, c)
		}
	}
	return out
}

// neighbours are how many of the likest examples decide.
const neighbours = 10

// indexOf is the catalogue's own index, every example a service that is described by it.
func indexOf(train [][2]string) (guess, error) {
	ix := &search.Index{}
	reader := understand.Reader{}
	for i, c := range train {
		id := fmt.Sprintf("%s#%d", c[1], i)
		s := catalog.Service{ID: id, Name: strings.ReplaceAll(c[1], "_", " "), Description: c[0]}
		if err := ix.Put(id, reader.Parts(s)); err != nil {
			return nil, err
		}
	}
	return func(text string) (string, float64) {
		qs := reader.Questions(text, "")
		if len(qs) == 0 {
			return "", 0
		}
		sums, best := map[string]float64{}, ""
		top := 0.0
		for i, f := range ix.Find(qs[len(qs)-1], neighbours) {
			intent, _, _ := strings.Cut(f.Service, "#")
			sums[intent] += f.Score
			if i == 0 {
				top = f.Score
			}
			if best == "" || sums[intent] > sums[best] {
				best = intent
			}
		}
		return best, top
	}, nil
}

// judgeIntents measures a guess on the test sentences, and with the threshold that does best on the validation sentences.
func judgeIntents(name string, g guess, data map[string][][2]string) []Result {
	limit := threshold(g, data["val"], data["oos_val"])
	plain := Result{Set: "CLINC150", Part: name, Metric: "intent right"}
	kept := Result{Set: "CLINC150", Part: name, Metric: "right and kept", Note: "(threshold from validation)"}
	for _, c := range data["test"] {
		intent, score := g(c[0])
		plain.count(intent == c[1], Miss{Text: c[0], Want: c[1], Got: intent})
		kept.count(intent == c[1] && score >= limit, Miss{Text: c[0], Want: c[1], Got: intent})
	}
	refused := Result{Set: "CLINC150", Part: name, Metric: "out of scope refused", Note: "(threshold from validation)"}
	for _, c := range data["oos_test"] {
		intent, score := g(c[0])
		refused.count(score < limit, Miss{Text: c[0], Want: "none", Got: intent})
	}
	return []Result{plain, kept, refused}
}

// threshold is the score at which the share of sentences kept and right and the share of others refused are best together.
func threshold(g guess, in, out [][2]string) float64 {
	var right, wrong []float64 // the scores of what should be kept, and of what should be refused
	for _, c := range in {
		if intent, score := g(c[0]); intent == c[1] {
			right = append(right, score)
		}
	}
	for _, c := range out {
		_, score := g(c[0])
		wrong = append(wrong, score)
	}
	slices.Sort(right)
	slices.Sort(wrong)
	best, at := -1.0, 0.0
	for _, t := range append(slices.Clone(right), wrong...) {
		below, _ := slices.BinarySearch(right, t)
		refused, _ := slices.BinarySearch(wrong, t)
		if n := float64(len(right)-below)/float64(max(len(in), 1)) + float64(refused)/float64(max(len(out), 1)); n > best {
			best, at = n, t
		}
	}
	return at
}
