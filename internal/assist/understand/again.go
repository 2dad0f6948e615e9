package understand

import "sync"

// keptTexts bounds the texts that a function's results are kept of: those of a few sentences.
const keptTexts = 128

// again keeps the results of a pure function for the texts that it read last: at several stages a sentence is read in the
// same pieces. Results are shared: whoever gets one must not change it. Safe for concurrent use.
type again[T any] struct {
	read func(text string) T

	mu    sync.Mutex
	of    map[string]T
	order [keptTexts]string
	next  int
}

func readAgain[T any](read func(text string) T) *again[T] {
	return &again[T]{read: read, of: map[string]T{}}
}

func (a *again[T]) get(text string) T {
	a.mu.Lock()
	v, ok := a.of[text]
	a.mu.Unlock()
	if ok {
		return v
	}
	v = a.read(text)
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, ok := a.of[text]; !ok {
		delete(a.of, a.order[a.next])
		a.of[text], a.order[a.next] = v, text
		a.next = (a.next + 1) % keptTexts
	}
	return v
}
