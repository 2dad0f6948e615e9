package lexicon

// scan reads a text from left to right and collects what at finds where, with where it ends. Numbers that are part of nothing, and
// words, are stepped over whole.
func scan[T any](s string, at func(i int) (T, int, bool)) []T {
	var out []T
	for i := 0; i < len(s); {
		if v, end, ok := at(i); ok {
			out = append(out, v)
			i = end
			continue
		}
		if f, ok := figureAt(s, i); ok {
			i = f.end
			continue
		}
		i += step(s, i)
	}
	return out
}
