package sandbox_test

import (
	"context"
	"encoding/json"
	"os"
	"testing"

	"github.com/bangwo/bangwo/internal/sandbox"
)

// BenchmarkStart is a pool that starts a process for its first job, and is closed again.
func BenchmarkStart(b *testing.B) {
	exe, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p, err := sandbox.NewPool(sandbox.Options{Command: []string{exe}, Env: []string{workerEnv + "=1"}, Fresh: 1})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := p.Run(context.Background(), script("s", "return 1")); err != nil {
			b.Fatal(err)
		}
		p.Close()
	}
}

// BenchmarkRun is one job in a warm process: a fresh context, the bootstrap, the script, the end.
func BenchmarkRun(b *testing.B) {
	pool := newPool(b)
	for b.Loop() {
		if _, err := pool.Run(context.Background(), script("s", "return 1")); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHostCalls is ten answers of the host, one after another.
func BenchmarkHostCalls(b *testing.B) {
	pool := newPool(b)
	job := script("s", "for (let i = 0; i < 10; i++) await box.host('x', i); return 1")
	job.Host = sandbox.HostFunc(func(context.Context, string, json.RawMessage) (json.RawMessage, error) {
		return json.RawMessage("1"), nil
	})
	for b.Loop() {
		if _, err := pool.Run(context.Background(), job); err != nil {
			b.Fatal(err)
		}
	}
}
