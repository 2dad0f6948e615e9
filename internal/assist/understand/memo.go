package understand

import "sync"

// maxMemo bounds what a memo remembers; beyond it everything is forgotten.
const maxMemo = 4096

// memo remembers what was worked out of a key. Safe for concurrent use.
type memo[K comparable, V any] struct {
	mu sync.Mutex
	of map[K]V
}

// get is what was worked out of a key, now or before.
func (m *memo[K, V]) get(key K, work func() V) V {
	m.mu.Lock()
	v, ok := m.of[key]
	m.mu.Unlock()
	if ok {
		return v
	}
	v = work()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.of == nil || len(m.of) >= maxMemo {
		m.of = map[K]V{}
	}
	m.of[key] = v
	return v
}
