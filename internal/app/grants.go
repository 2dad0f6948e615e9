package app

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/track/mcp"
)

const (
	kindGrant   = "grant"
	keyFileName = "secret.key" // in the data folder
	keyBytes    = 32
	maxKeyFile  = 1 << 10
)

// grants keeps what sign-ins at merchants brought in the database, sealed by AES-256-GCM under a key that lies beside it in
// a file only its owner may read. A copy of the database alone opens nothing. The key is made when the first grant is kept.
type grants struct {
	store store.Store
	file  string

	mu  sync.Mutex
	key []byte
}

var _ mcp.Grants = (*grants)(nil)

// sealed is a grant as stored.
type sealed struct {
	Nonce []byte `json:"nonce"`
	Box   []byte `json:"box"`
}

// Load returns the grant, or nil where there is none. Faults: unavailable when another key sealed it.
func (g *grants) Load(ctx context.Context, key string) (*mcp.Grant, error) {
	rec, err := g.store.Get(ctx, kindGrant, key)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var s sealed
	if err := json.Unmarshal(rec.Data, &s); err != nil {
		return nil, fault.New(fault.Internal, "read sign-in: %w", err)
	}
	box, err := g.cipher(false)
	if err != nil {
		return nil, err
	}
	raw, err := box.Open(nil, s.Nonce, s.Box, []byte(key))
	if err != nil {
		return nil, fault.New(fault.Unavailable, "a sign-in is sealed under another key than that of %s", g.file).
			WithHint("give every node that shares the database the same key file (--key-file), or sign in again after `bangwo service sign-out`")
	}
	var out mcp.Grant
	if err := json.Unmarshal(raw, &out); err != nil {
		return nil, fault.New(fault.Internal, "read sign-in: %w", err)
	}
	return &out, nil
}

// Save keeps a grant in place of the one before.
func (g *grants) Save(ctx context.Context, key string, grant mcp.Grant) error {
	raw, err := json.Marshal(grant)
	if err != nil {
		return fault.New(fault.Internal, "encode sign-in: %w", err)
	}
	box, err := g.cipher(true)
	if err != nil {
		return err
	}
	s := sealed{Nonce: make([]byte, box.NonceSize())}
	rand.Read(s.Nonce)
	s.Box = box.Seal(nil, s.Nonce, raw, []byte(key))
	data, err := json.Marshal(s)
	if err != nil {
		return fault.New(fault.Internal, "encode sign-in: %w", err)
	}
	return g.store.Commit(ctx, store.Write{Puts: []store.Put{{Kind: kindGrant, ID: key, Data: data, Expect: store.AnyVersion}}})
}

// Forget removes a grant.
func (g *grants) Forget(ctx context.Context, key string) error {
	err := g.store.Commit(ctx, store.Write{Puts: []store.Put{{Kind: kindGrant, ID: key, Expect: store.AnyVersion, Delete: true}}})
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) {
		return nil
	}
	return err
}

// cipher reads the key, or makes it where it may be made.
func (g *grants) cipher(create bool) (cipher.AEAD, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.key == nil {
		key, err := readKey(g.file)
		if errors.Is(err, fs.ErrNotExist) && create {
			key, err = makeKey(g.file)
		}
		if err != nil {
			return nil, fault.New(fault.Unavailable, "key of the sign-ins: %w", err).WithHint("is " + g.file + " there and yours?")
		}
		g.key = key
	}
	block, err := aes.NewCipher(g.key)
	if err != nil {
		return nil, fault.New(fault.Internal, "cipher: %w", err)
	}
	return cipher.NewGCM(block)
}

func readKey(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxKeyFile {
		return nil, errors.New(file + " is no key")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != keyBytes {
		return nil, errors.New(file + " is not a key of 64 hexadecimal digits")
	}
	return key, nil
}

// makeKey writes a new key under a name of its own first: whoever reads the file sees all of it, and of two that make one at
// the same time both use the first.
func makeKey(file string) ([]byte, error) {
	key := make([]byte, keyBytes)
	rand.Read(key)
	temp, err := os.CreateTemp(filepath.Dir(file), keyFileName+".*") // mode 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(temp.Name())
	_, err = temp.WriteString(hex.EncodeToString(key) + "\n")
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(temp.Name(), file); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return readKey(file)
}
