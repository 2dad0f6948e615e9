package skill

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"sync"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

// maxStateFile bounds a state file.
const maxStateFile = 64 << 20

// MemoryStorage keeps packages' storage as long as the process lives. Safe for concurrent use.
type MemoryStorage struct {
	mu     sync.Mutex
	values map[string]map[string]map[string]json.RawMessage // service, person, key
}

var _ track.Storage = (*MemoryStorage)(nil)

// NewMemoryStorage makes an empty one.
func NewMemoryStorage() *MemoryStorage {
	return &MemoryStorage{values: map[string]map[string]map[string]json.RawMessage{}}
}

// Load returns a copy; nil for a person who has none yet.
func (m *MemoryStorage) Load(_ context.Context, service, person string) (map[string]json.RawMessage, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.values[service][person]), nil
}

// Save replaces what is there.
func (m *MemoryStorage) Save(_ context.Context, service, person string, values map[string]json.RawMessage) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(service, person, values)
	return nil
}

func (m *MemoryStorage) put(service, person string, values map[string]json.RawMessage) {
	if m.values[service] == nil {
		m.values[service] = map[string]map[string]json.RawMessage{}
	}
	m.values[service][person] = maps.Clone(values)
}

// FileStorage keeps packages' storage in one JSON file, {service: {person: {key: value}}}, which is replaced
// at every save: for the command line and for tests, one process at a time.
type FileStorage struct {
	path string
	MemoryStorage
}

var _ track.Storage = (*FileStorage)(nil)

// NewFileStorage opens the file; one that does not exist yet is empty. Faults: invalid, limit.
func NewFileStorage(path string) (*FileStorage, error) {
	f := &FileStorage{path: path, MemoryStorage: *NewMemoryStorage()}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err == nil && info.Size() > maxStateFile {
		return nil, fault.New(fault.Limit, "state file %s is bigger than %d bytes", path, maxStateFile)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.New(fault.Invalid, "state file: %w", err)
	}
	if len(b) == 0 {
		return f, nil
	}
	if err := json.Unmarshal(b, &f.values); err != nil {
		return nil, fault.New(fault.Invalid, "state file %s is not a state: %w", path, err)
	}
	return f, nil
}

// Save replaces what is there and writes the file: whole or not at all.
func (f *FileStorage) Save(_ context.Context, service, person string, values map[string]json.RawMessage) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.put(service, person, values)
	b, err := json.MarshalIndent(f.values, "", "  ")
	if err != nil {
		return fault.New(fault.Internal, "state: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(f.path), ".state-")
	if err != nil {
		return fault.New(fault.Internal, "state file: %w", err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(b)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), f.path)
	}
	if err != nil {
		return fault.New(fault.Internal, "state file: %w", err)
	}
	return nil
}
