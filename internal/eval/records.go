package eval

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// inForce lists the service's records that count, and how many there are that do no longer.
func (s Service) inForce(data any) (out []found, dead int) {
	for _, r := range s.Records {
		for _, v := range elements(at(data, r.At)) {
			if r.dead(v) {
				dead++
				continue
			}
			out = append(out, found{value: v, fen: r.fen(v), page: r.Page})
		}
	}
	return out, dead
}

// elements lists the values of a list, or those of an object by the order of its keys.
func elements(v any) []any {
	switch t := v.(type) {
	case []any:
		return t
	case map[string]any:
		var out []any
		for _, k := range slices.Sorted(maps.Keys(t)) {
			out = append(out, t[k])
		}
		return out
	}
	return nil
}

// at follows a path of members and positions, separated by dots.
func at(v any, path string) any {
	if path == "" {
		return v
	}
	if m, ok := v.(map[string]any); ok && m[path] != nil {
		return m[path] // a storage key may hold dots
	}
	for _, k := range strings.Split(path, ".") {
		switch t := v.(type) {
		case map[string]any:
			v = t[k]
		case []any:
			n, err := strconv.Atoi(k)
			if err != nil || n < 0 || n >= len(t) {
				return nil
			}
			v = t[n]
		default:
			return nil
		}
	}
	return v
}

func (r Records) dead(v any) bool {
	if len(r.Dead) < 2 {
		return false
	}
	state := at(v, r.Dead[0])
	return slices.ContainsFunc(r.Dead[1:], func(d string) bool { return same(d, state) })
}

func (r Records) fen(v any) int64 {
	f, ok := number(at(v, r.Amount))
	if r.Amount == "" || !ok {
		return 0
	}
	if r.Unit == "yuan" {
		f *= 100
	}
	return int64(math.Round(f))
}
