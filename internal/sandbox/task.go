package sandbox

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/bangwo/bangwo/internal/fault"
)

// Task is work of our own code on strangers' text, such as compiling it. It runs in a worker process, so that a
// text that keeps the work busy for ever, or makes it grow, costs that process only. Tasks are package variables:
// the worker, which is the same binary, finds them by their name.
type Task[In, Out any] struct{ name string }

// tasks are known before main runs, and not changed afterwards.
var tasks = map[string]func(in json.RawMessage, at func(string)) (json.RawMessage, error){}

// NewTask names a piece of work. It may say at what it works: when it must be stopped, Run tells the last of it.
func NewTask[In, Out any](name string, work func(in In, at func(string)) (Out, error)) Task[In, Out] {
	if _, twice := tasks[name]; twice {
		panic("sandbox: two tasks are called " + name)
	}
	tasks[name] = func(raw json.RawMessage, at func(string)) (json.RawMessage, error) {
		var in In
		if err := json.Unmarshal(raw, &in); err != nil {
			return nil, err
		}
		out, err := work(in, at)
		if err != nil {
			return nil, err
		}
		return json.Marshal(out)
	}
	return Task[In, Out]{name}
}

// Run does the work in a process of pool. Faults: limit and timeout (with the parameter "at": at what it was), those
// of the work itself as invalid, cancelled, unavailable.
func (t Task[In, Out]) Run(ctx context.Context, pool *Pool, in In, limits Limits) (Out, error) {
	var out Out
	raw, err := json.Marshal(in)
	if err != nil {
		return out, fault.New(fault.Internal, "task %s: %w", t.name, err)
	}
	done, err := pool.Run(ctx, Job{Scope: "task:" + t.name, Args: raw, Limits: limits, task: t.name})
	if err != nil {
		return out, atWork(err, done.Logs)
	}
	if done.Thrown != nil {
		return out, fault.New(fault.Invalid, "%s", done.Thrown.Message)
	}
	if err := json.Unmarshal(done.Value, &out); err != nil {
		return out, fault.New(fault.Internal, "task %s answered nonsense: %w", t.name, err)
	}
	return out, nil
}

func atWork(err error, logs []string) error {
	if len(logs) == 0 || (!fault.Is(err, fault.Limit) && !fault.Is(err, fault.Timeout)) {
		return err
	}
	last := logs[len(logs)-1]
	return fault.New(fault.CodeOf(err), "%s: %w", last, err).With("at", last)
}

// runTask is the worker's side. Its time is watched by the parent alone: there is no script to interrupt.
func (w *worker) runTask(job *runMessage) *doneMessage {
	start := ownCPU()
	work, ok := tasks[job.Task]
	if !ok {
		return &doneMessage{Limit: fmt.Sprintf("this worker knows no task %q", job.Task), Retire: true}
	}
	value, err := work(job.Args, func(text string) { _ = w.send(message{Kind: msgLog, Name: cut(text, MaxLogLine)}) })
	done := &doneMessage{Value: value, CPU: int64(ownCPU() - start)}
	if err != nil {
		done.Value, done.Thrown = nil, &Thrown{Message: cut(err.Error(), MaxThrown)}
	} else if len(value) > MaxTask {
		done.Value, done.Limit = nil, fmt.Sprintf("result of %d bytes is beyond %d", len(value), MaxTask)
	}
	return done
}
