package sandbox_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/sandbox"
)

type workload struct {
	Kind string
	N    int
}

// tried is a task that misbehaves in the ways in which code can.
var tried = sandbox.NewTask("test.tried", func(in workload, at func(string)) (string, error) {
	at("before")
	at("at " + in.Kind)
	switch in.Kind {
	case "loop":
		for in.N >= 0 {
			in.N ^= 1
		}
	case "grow":
		var all [][]byte
		for {
			all = append(all, []byte(strings.Repeat("x", 1<<20)))
			in.N += len(all)
		}
	case "recurse":
		return strings.Repeat("x", deep(in.N)), nil
	case "panic":
		panic("broken")
	case "fail":
		return "", errors.New("the text is wrong")
	case "huge":
		return strings.Repeat("x", sandbox.MaxTask+1), nil
	}
	return strings.Repeat(in.Kind, in.N), nil
})

func deep(n int) int { return deep(n+1) + 1 }

func TestTaskAnswers(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	got, err := tried.Run(context.Background(), pool, workload{"拿铁", 2}, sandbox.Limits{})
	if err != nil || got != "拿铁拿铁" {
		t.Errorf("got %q, %v", got, err)
	}
}

// TestTaskThatMisbehavesCostsItsProcessOnly wants the reason, the place, and a pool that goes on.
func TestTaskThatMisbehavesCostsItsProcessOnly(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	for kind, want := range map[string]struct {
		codes string
		at    string
	}{
		"loop": {"timeout", "at loop"}, "grow": {"limit or timeout", "at grow"}, "recurse": {"limit or timeout", "at recurse"},
		"panic": {"limit", "at panic"}, "fail": {"invalid", ""}, "huge": {"limit", "at huge"},
	} {
		_, err := tried.Run(context.Background(), pool, workload{kind, 1}, sandbox.Limits{CPU: slower * 2 * time.Second})
		var f *fault.Error
		if !errors.As(err, &f) || !oneOf(string(f.Code), want.codes) || f.Params["at"] != want.at {
			t.Errorf("%s: %v, want %s at %q", kind, err, want.codes, want.at)
		}
		if got, err := tried.Run(context.Background(), pool, workload{"ok", 1}, sandbox.Limits{}); err != nil || got != "ok" {
			t.Errorf("after %s: %q, %v", kind, got, err)
		}
	}
}

func TestTaskInputIsBounded(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	if _, err := tried.Run(context.Background(), pool, workload{strings.Repeat("x", sandbox.MaxTask), 1}, sandbox.Limits{}); !fault.Is(err, fault.Limit) {
		t.Errorf("got %v", err)
	}
}

func TestTaskEndsWithItsContext(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := tried.Run(ctx, pool, workload{"loop", 1}, sandbox.Limits{}); err == nil {
		t.Error("a loop ended by itself")
	}
}
