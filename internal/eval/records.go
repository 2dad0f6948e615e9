package eval

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// inForce lists the service's records that count.
func (s Service) inForce(data any) []found {
	var out []found
	for _, r := range s.Records {
		for _, v := range elements(at(data, r.At)) {
			if r.dead(v) {
				continue
			}
			out = append(out, found{value: v, fen: r.fen(v), page: r.Page})
		}
	}
	return out
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
