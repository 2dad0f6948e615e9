package sandbox

import (
	"encoding/json"
	"fmt"
	"sort"
)

// store is a job's key-value storage. It lives on the Go side, where a script cannot tamper with it.
type store struct {
	values  map[string]json.RawMessage
	size    int
	changed bool
}

func newStore(values map[string]json.RawMessage) *store {
	s := &store{values: map[string]json.RawMessage{}}
	for k, v := range values {
		s.values[k] = v
		s.size += len(k) + len(v)
	}
	return s
}

func (s *store) get(args []any) (any, error) {
	if v, ok := s.values[text(args, 0)]; ok {
		return string(v), nil
	}
	return nil, nil
}

func (s *store) set(args []any) (any, error) {
	key, value := text(args, 0), text(args, 1)
	old, had := s.values[key]
	size := s.size + len(value) - len(old)
	if !had {
		size += len(key)
	}
	switch {
	case len(value) > MaxStoredKey:
		return nil, fmt.Errorf("value of %d bytes is beyond %d", len(value), MaxStoredKey)
	case size > MaxStored || (!had && len(s.values) >= MaxStoredKeys):
		return nil, fmt.Errorf("storage is full")
	case !json.Valid([]byte(value)):
		return nil, fmt.Errorf("value is not JSON")
	}
	s.values[key], s.size, s.changed = json.RawMessage(value), size, true
	return nil, nil
}

func (s *store) remove(args []any) (any, error) {
	key := text(args, 0)
	if old, ok := s.values[key]; ok {
		s.size -= len(key) + len(old)
		delete(s.values, key)
		s.changed = true
	}
	return nil, nil
}

func (s *store) clear([]any) (any, error) {
	s.changed = s.changed || len(s.values) > 0
	s.values, s.size = map[string]json.RawMessage{}, 0
	return nil, nil
}

func (s *store) keys([]any) (any, error) {
	keys := make([]string, 0, len(s.values))
	for k := range s.values {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	b, err := json.Marshal(keys)
	return string(b), err
}

func (s *store) sizeOf([]any) (any, error) { return s.size, nil }
