package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/track"
)

// Bounds of a package's storage for one person.
const (
	kindStorage  = "storage"
	storagePart  = 700_000 // bytes of one record: base64 keeps it below store.MaxRecord
	maxParts     = 24
	storageTries = 5
)

// storage keeps packages' own storage in the database. It may be larger than one record and is cut into parts;
// the first names how many there are and of which saving they are, so that a reader never mixes two.
type storage struct{ store store.Store }

var _ track.Storage = storage{}

// part is one piece; Count stands in the first only. Saving tells apart which pieces belong together.
type part struct {
	Count  int    `json:"count,omitempty"`
	Saving int64  `json:"saving"`
	Bytes  []byte `json:"bytes"`
}

func storageID(service, person string, n int) string {
	return fmt.Sprintf("%s/%s/%02d", service, person, n)
}

// Load returns what was saved last; nothing for a person who is new to the service.
func (s storage) Load(ctx context.Context, service, person string) (map[string]json.RawMessage, error) {
	for range storageTries {
		values, whole, err := s.load(ctx, service, person)
		if err != nil || whole {
			return values, err
		}
	}
	return nil, fault.New(fault.Unavailable, "storage of %s changes too fast", service)
}

// load tells in whole whether all parts were of one saving.
func (s storage) load(ctx context.Context, service, person string) (values map[string]json.RawMessage, whole bool, err error) {
	first, _, err := s.read(ctx, storageID(service, person, 0))
	if fault.Is(err, fault.NotFound) {
		return nil, true, nil
	}
	if err != nil {
		return nil, false, err
	}
	raw := bytes.NewBuffer(first.Bytes)
	for n := 1; n < first.Count; n++ {
		p, _, err := s.read(ctx, storageID(service, person, n))
		if fault.Is(err, fault.NotFound) || err == nil && p.Saving != first.Saving {
			return nil, false, nil
		}
		if err != nil {
			return nil, false, err
		}
		raw.Write(p.Bytes)
	}
	if err := json.Unmarshal(raw.Bytes(), &values); err != nil {
		return nil, false, fault.New(fault.Internal, "read storage of %s: %w", service, err)
	}
	return values, true, nil
}

func (s storage) read(ctx context.Context, id string) (p part, version int64, err error) {
	rec, err := s.store.Get(ctx, kindStorage, id)
	if err != nil {
		return p, 0, err
	}
	if err := json.Unmarshal(rec.Data, &p); err != nil {
		return p, 0, fault.New(fault.Internal, "read storage: %w", err)
	}
	return p, rec.Version, nil
}

// Save replaces all values in one commit. Faults: limit, conflict when somebody else saved meanwhile.
func (s storage) Save(ctx context.Context, service, person string, values map[string]json.RawMessage) error {
	raw, err := json.Marshal(values)
	if err != nil {
		return fault.New(fault.Merchant, "storage of %s: %w", service, err)
	}
	old, version, err := s.read(ctx, storageID(service, person, 0))
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	count := max(1, (len(raw)+storagePart-1)/storagePart)
	if count > maxParts {
		return fault.New(fault.Limit, "storage of %s has %d bytes", service, len(raw))
	}
	var w store.Write
	for n := range max(count, old.Count) {
		put := store.Put{Kind: kindStorage, ID: storageID(service, person, n), Owner: person, Group: service, Expect: store.AnyVersion}
		if n == 0 {
			put.Expect = version
		}
		if n >= count {
			put.Delete = true
		} else {
			p := part{Saving: version + 1, Bytes: raw[n*storagePart : min(len(raw), (n+1)*storagePart)]}
			if n == 0 {
				p.Count = count
			}
			if put.Data, err = json.Marshal(p); err != nil {
				return fault.New(fault.Internal, "encode storage: %w", err)
			}
		}
		w.Puts = append(w.Puts, put)
	}
	return s.store.Commit(ctx, w)
}

// PackageStorage returns what a package keeps for a person in its own storage, by key; nothing for one who is new to it.
func (a *App) PackageStorage(ctx context.Context, service, person string) (map[string]json.RawMessage, error) {
	return storage{a.db}.Load(ctx, service, person)
}
