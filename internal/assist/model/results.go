package model

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/money"
)

// resulted is one value in a result: how it is shown, and the reference that stands for it.
type resulted struct {
	at, shown string
	arg       plan.Arg
}

// valuesOf lists the plain values in a result, within bounds. In a list a reference picks its element by its place, and none that
// costs more than the person said.
func valuesOf(step string, raw json.RawMessage, limit *money.Amount) []resulted {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return nil
	}
	w := &walker{step: step, limit: limit}
	w.walk(v, nil, nil, 0)
	return w.out
}

type walker struct {
	step  string
	limit *money.Amount
	out   []resulted
}

// walk goes down into members and at most one list: a reference picks from one.
func (w *walker) walk(v any, path []string, shown []string, index int) {
	if len(w.out) >= MaxResults || len(path) > MaxResultDepth {
		return
	}
	switch x := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(x)) {
			w.walk(x[k], append(slices.Clone(path), k), append(slices.Clone(shown), k), index)
		}
	case []any:
		if index > 0 {
			return
		}
		for i, e := range x[:min(len(x), MaxListed)] {
			w.walk(e, append(slices.Clone(path), "*"), append(slices.Clone(shown), fmt.Sprint(i+1)), i+1)
		}
	case nil:
	default:
		if len(path) == 0 {
			return
		}
		ref := &plan.Ref{Step: w.step, Path: path}
		if index > 0 {
			ref.Pick = &plan.Pick{Index: index, Max: w.limit}
		}
		w.out = append(w.out, resulted{at: strings.Join(shown, "."), shown: fmt.Sprint(x), arg: plan.Arg{Ref: ref, From: "step"}})
	}
}
