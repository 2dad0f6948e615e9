package eval

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

// Check walks every service's tour on a platform of its own and holds the cases against the records that came of it:
// a case that names a member no record of the service has could never be right. It returns what is wrong, one line each.
func Check(ctx context.Context, suite *Suite, opt Options) (wrong []string, err error) {
	st, err := newStage(ctx, suite, opt)
	if err != nil {
		return nil, err
	}
	person, err := st.person(ctx)
	if err != nil {
		return nil, err
	}
	shapes := map[string][]any{}
	for _, svc := range suite.Services {
		found, err := st.tour(ctx, svc, person)
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("%s: %v", svc.ID, err))
		}
		for _, f := range found {
			shapes[svc.ID] = append(shapes[svc.ID], f.value)
		}
	}
	for _, c := range suite.Cases {
		for _, id := range slices.Sorted(maps.Keys(c.Expect.Records)) {
			for _, p := range c.Expect.Records[id] {
				if path := stranger(p, shapes[id], ""); path != "" {
					wrong = append(wrong, fmt.Sprintf("%s: no record of %s has %s", c.ID, id, path))
				}
			}
		}
	}
	return wrong, st.close()
}

// tour walks one service's tour and returns the records in force.
func (s *stage) tour(ctx context.Context, svc Service, person string) ([]found, error) {
	var answers []any
	for n, t := range svc.Tour {
		args, err := fill(t.Args, answers)
		if err != nil {
			return nil, err
		}
		m, _ := args.(map[string]any)
		r, err := s.app.Services().Call(ctx, svc.ID, track.Call{ID: fmt.Sprintf("tour/%s/%d", svc.ID, n), Person: person, Capability: t.Call, Args: m, Doors: generous{}})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.Call, err)
		}
		if r.IsError {
			return nil, fault.New(fault.Merchant, "%s %s: %v", t.Call, compact(args), r.Text)
		}
		var v any
		if len(r.Structured) > 0 {
			if err := json.Unmarshal(r.Structured, &v); err != nil {
				return nil, err
			}
		}
		answers = append(answers, v)
	}
	data, err := s.data(ctx, svc, person)
	if err != nil {
		return nil, err
	}
	records, _ := svc.inForce(data)
	if len(records) == 0 {
		return nil, fault.New(fault.Invalid, "the tour leaves no record in force")
	}
	return records, nil
}

// generous grants every payment.
type generous struct{}

func (generous) Open(_ context.Context, r track.DoorRequest) track.DoorAnswer {
	return track.DoorAnswer{Granted: r.Kind == track.DoorPayment, Value: map[string]any{}}
}

// fill puts earlier answers in place of texts "$N.path".
func fill(v any, answers []any) (any, error) {
	switch t := v.(type) {
	case string:
		ref, ok := strings.CutPrefix(t, "$")
		if !ok {
			return t, nil
		}
		head, path, _ := strings.Cut(ref, ".")
		n, err := strconv.Atoi(head)
		if err != nil || n < 0 || n >= len(answers) || at(answers[n], path) == nil {
			return nil, fault.New(fault.Invalid, "%s leads nowhere", t)
		}
		return at(answers[n], path), nil
	case map[string]any:
		out := map[string]any{}
		for k, x := range t {
			y, err := fill(x, answers)
			if err != nil {
				return nil, err
			}
			out[k] = y
		}
		return out, nil
	case []any:
		out := make([]any, len(t))
		for i, x := range t {
			y, err := fill(x, answers)
			if err != nil {
				return nil, err
			}
			out[i] = y
		}
		return out, nil
	}
	return v, nil
}

// stranger returns the first member of a pattern that none of the values has.
func stranger(p any, values []any, path string) string {
	if _, _, ok := testOf(p); ok {
		return ""
	}
	switch t := p.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(t)) {
			var below []any
			known := false
			for _, v := range values {
				m, _ := v.(map[string]any)
				x, ok := m[k]
				known = known || ok
				below = append(below, x)
			}
			if !known {
				return join(path, k)
			}
			if w := stranger(t[k], below, join(path, k)); w != "" {
				return w
			}
		}
	case []any:
		var below []any
		for _, v := range values {
			list, _ := v.([]any)
			below = append(below, list...)
		}
		for _, x := range t {
			if w := stranger(x, below, path+"[]"); w != "" {
				return w
			}
		}
	}
	return ""
}
