package eval

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
)

// A pattern is JSON that a value must contain: objects member by member (further members are free), lists element by
// element in any order and of the same length, anything else by value; texts regardless of case, width and outer space,
// and numbers also as texts. An object with one member that begins with "$" is a test:
//
//	{"$has": "国贸"}            a text that contains it; a list of texts: one of them
//	{"$in": [1, "1"]}           one of these patterns
//	{"$gte": 3}, {"$lte": 3}    a number
//	{"$time": "2026-11-25 18:00", …}  that time, however it is written; a date alone: that day
//	{"$absent": true}           not there, null, false, 0, "" or empty
//	{"$present": true}          there and not empty
//	{"$all": [p, q]}            each of these patterns
var tests = map[string]func(arg, value any) bool{}

// timeSlack is how far a time may be from what is meant: the suite's clock goes on while cases run.
const timeSlack = 5 * time.Minute

func init() {
	tests["$has"] = has
	tests["$in"] = func(arg, value any) bool {
		list, _ := arg.([]any)
		return slices.ContainsFunc(list, func(p any) bool { return fits(p, value) })
	}
	tests["$all"] = func(arg, value any) bool {
		list, _ := arg.([]any)
		return !slices.ContainsFunc(list, func(p any) bool { return !fits(p, value) })
	}
	tests["$gte"] = func(arg, value any) bool { a, b, ok := numbers(arg, value); return ok && b >= a }
	tests["$lte"] = func(arg, value any) bool { a, b, ok := numbers(arg, value); return ok && b <= a }
	tests["$time"] = sameTime
	tests["$absent"] = func(_, value any) bool { return empty(value) }
	tests["$present"] = func(_, value any) bool { return !empty(value) }
}

// testOf returns the test that a pattern is, if it is one.
func testOf(p any) (name string, arg any, ok bool) {
	m, isMap := p.(map[string]any)
	if !isMap || len(m) != 1 {
		return "", nil, false
	}
	for k, v := range m {
		if strings.HasPrefix(k, "$") {
			return k, v, true
		}
	}
	return "", nil, false
}

// checkPattern refuses tests that do not exist.
func checkPattern(p any) error {
	if name, arg, ok := testOf(p); ok {
		if tests[name] == nil {
			return fault.New(fault.Invalid, "there is no test %q, only %s", name, strings.Join(slices.Sorted(maps.Keys(tests)), " "))
		}
		return checkPattern(arg)
	}
	switch t := p.(type) {
	case map[string]any:
		for _, v := range t {
			if err := checkPattern(v); err != nil {
				return err
			}
		}
	case []any:
		for _, v := range t {
			if err := checkPattern(v); err != nil {
				return err
			}
		}
	}
	return nil
}

// fits tells whether a value contains the pattern.
func fits(p, value any) bool {
	right, total, _ := score(p, value, "")
	return right == total
}

// score counts how many leaves of the pattern a value has right, and tells the first that it has not.
func score(p, value any, at string) (right, total int, wrong string) {
	if name, arg, ok := testOf(p); ok {
		if tests[name](arg, value) {
			return 1, 1, ""
		}
		return 0, 1, fmt.Sprintf("%s is %s, want %s %v", at, short(value), name, arg)
	}
	switch t := p.(type) {
	case map[string]any:
		m, _ := value.(map[string]any)
		for _, k := range slices.Sorted(maps.Keys(t)) {
			r, n, w := score(t[k], m[k], join(at, k))
			right, total = right+r, total+n
			if wrong == "" {
				wrong = w
			}
		}
		return right, total, wrong
	case []any:
		list, _ := value.([]any)
		return scoreList(t, list, at)
	}
	if same(p, value) {
		return 1, 1, ""
	}
	return 0, 1, fmt.Sprintf("%s is %s, want %s", at, short(value), short(p))
}

// scoreList matches patterns and values one to one, the best pair first. A value too many is one leaf that is wrong.
func scoreList(patterns, values []any, at string) (right, total int, wrong string) {
	pairs, free := pair(patterns, values)
	for i, p := range patterns {
		var v any
		if j, ok := pairs[i]; ok {
			v = values[j]
		}
		r, n, w := score(p, v, join(at, strconv.Itoa(i)))
		right, total = right+r, total+n
		if _, ok := pairs[i]; !ok {
			w = fmt.Sprintf("%s is missing, want %s", join(at, strconv.Itoa(i)), short(p))
		}
		if wrong == "" {
			wrong = w
		}
	}
	if len(free) > 0 {
		total += len(free)
		if wrong == "" {
			wrong = fmt.Sprintf("%s has %d too many, such as %s", at, len(free), short(values[free[0]]))
		}
	}
	return right, total, wrong
}

// pair finds for each pattern the value that it fits best; free are the values left over.
func pair(patterns, values []any) (pairs map[int]int, free []int) {
	type match struct{ i, j, missed, right int }
	var all []match
	for i, p := range patterns {
		for j, v := range values {
			r, n, _ := score(p, v, "")
			all = append(all, match{i, j, n - r, r})
		}
	}
	slices.SortStableFunc(all, func(a, b match) int {
		if a.missed != b.missed {
			return a.missed - b.missed
		}
		return b.right - a.right
	})
	pairs = map[int]int{}
	used := map[int]bool{}
	for _, m := range all {
		if _, ok := pairs[m.i]; !ok && !used[m.j] {
			pairs[m.i], used[m.j] = m.j, true
		}
	}
	for j := range values {
		if !used[j] {
			free = append(free, j)
		}
	}
	return pairs, free
}

func join(at, k string) string {
	if at == "" {
		return k
	}
	return at + "." + k
}

func same(p, v any) bool {
	if a, b, ok := numbers(p, v); ok {
		return math.Abs(a-b) < 1e-9
	}
	if p == nil || v == nil {
		return p == v
	}
	return plainText(p) == plainText(v)
}

// plainText is a value's text regardless of case, width and outer space.
func plainText(v any) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u3000':
			return ' '
		case r >= '！' && r <= '～':
			return r - 0xFEE0
		}
		return r
	}, strings.ToLower(strings.TrimSpace(fmt.Sprint(v))))
}

func numbers(a, b any) (x, y float64, ok bool) {
	x, okX := number(a)
	y, okY := number(b)
	return x, y, okX && okY
}

func number(v any) (float64, bool) {
	switch t := v.(type) {
	case float64:
		return t, true
	case string:
		f, err := strconv.ParseFloat(strings.TrimSpace(t), 64)
		return f, err == nil
	}
	return 0, false
}

func has(arg, value any) bool {
	if list, ok := value.([]any); ok {
		return slices.ContainsFunc(list, func(v any) bool { return has(arg, v) })
	}
	return value != nil && strings.Contains(plainText(value), plainText(arg))
}

func empty(v any) bool {
	switch t := v.(type) {
	case nil:
		return true
	case bool:
		return !t
	case float64:
		return t == 0
	case string:
		return strings.TrimSpace(t) == ""
	case []any:
		return len(t) == 0
	case map[string]any:
		return len(t) == 0
	}
	return false
}

// short is a value for a message, cut.
func short(v any) string {
	const most = 160
	s := compact(v)
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
