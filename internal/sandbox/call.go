package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
)

// call is one job in one process, seen from the parent.
type call struct {
	process *process
	job     Job
	done    <-chan struct{} // of the pool
	logs    []string
	busy    time.Time     // since when the process runs script; zero while it waits
	spent   time.Duration // real time of the periods that have ended
	cpu     time.Duration // of the process when the job began
	calls   int
}

// run plays the job; reusable tells whether the process may run another.
func (c *call) run(ctx context.Context) (out Outcome, reusable bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends host calls that still run; their answers go nowhere
	if err := c.start(); err != nil {
		return Outcome{}, false, fault.New(fault.Unavailable, "the worker did not take the job: %w", err)
	}
	for {
		timer := time.NewTimer(c.patience())
		select {
		case m, ok := <-c.process.frames:
			timer.Stop()
			if !ok {
				return c.end(), false, c.died()
			}
			if m.Kind == msgDone && m.Done != nil {
				return c.finish(m.Done)
			}
			if err := c.handle(ctx, m); err != nil {
				return c.end(), false, err
			}
		case <-timer.C:
			if c.overdue() {
				return c.end(), false, timeLimit(c.job.Limits.CPU)
			}
		case <-ctx.Done():
			timer.Stop()
			return c.end(), false, ended(ctx.Err())
		case <-c.done:
			timer.Stop()
			return c.end(), false, fault.New(fault.Unavailable, "the sandbox was closed")
		}
	}
}

func (c *call) start() error {
	m := &runMessage{Task: c.job.task, Args: c.job.Args, Storage: c.job.Storage, Limits: c.job.Limits}
	if !c.job.Now.IsZero() {
		m.Now = c.job.Now.UnixMilli()
	}
	if c.job.Bundle != nil {
		m.Hash = c.job.Bundle.Hash
	}
	if c.process.bundle != m.Hash {
		m.Bundle, c.process.bundle = c.job.Bundle, m.Hash
	}
	c.process.jobs++
	c.cpu, _ = cpuOf(c.process.cmd.Process.Pid)
	c.busy = time.Now()
	return c.process.send(message{Kind: msgRun, Run: m})
}

// patience is how long the process may stay silent before the parent looks at it: while script runs, what is
// left of its processor time and a grace, so that the worker's own stop comes first where it can.
func (c *call) patience() time.Duration {
	if c.busy.IsZero() {
		return MaxWall
	}
	used, ok := cpuOf(c.process.cmd.Process.Pid)
	if !ok {
		used = c.cpu + c.spent + time.Since(c.busy)
	}
	return max(c.job.Limits.CPU+killGrace-(used-c.cpu), watchTick)
}

// overdue tells whether a process that runs script has used more than it may: processor time, or, where the
// machine is busy or the process hangs, far more real time.
func (c *call) overdue() bool {
	if c.busy.IsZero() {
		return false
	}
	limit, real := c.job.Limits.CPU+killGrace, c.spent+time.Since(c.busy)
	used, ok := cpuOf(c.process.cmd.Process.Pid)
	if !ok {
		return real > 2*limit
	}
	return used-c.cpu >= limit || real > busyFactor*limit
}

func (c *call) handle(ctx context.Context, m message) error {
	switch m.Kind {
	case msgIdle:
		if !c.busy.IsZero() {
			c.spent += time.Since(c.busy)
			c.busy = time.Time{}
		}
	case msgBusy:
		c.busy = time.Now()
	case msgLog:
		if c.job.task != "" {
			c.logs = c.logs[:0] // only where a task is
		}
		if len(c.logs) < MaxLogs {
			c.logs = append(c.logs, cut(m.Name, MaxLogLine))
		}
	case msgHost:
		if c.calls++; c.calls > MaxHostCalls || len(m.Value) > MaxHostArgs {
			return fault.New(fault.Limit, "the code asks the platform too much")
		}
		go c.answer(ctx, m)
	default:
		return fault.New(fault.Merchant, "the worker speaks out of turn: %q", m.Kind)
	}
	return nil
}

// answer asks the host and sends what it says. Sending fails only when the process is gone.
func (c *call) answer(ctx context.Context, m message) {
	reply := message{Kind: msgReply, ID: m.ID}
	value, err := c.ask(ctx, m)
	switch {
	case err != nil:
		reply.Error = cut("failed: "+err.Error(), MaxThrown)
	case len(value) > MaxHostReply:
		reply.Error = "the answer is too big"
	default:
		reply.Value = value
	}
	if ctx.Err() == nil {
		_ = c.process.send(reply)
	}
}

func (c *call) ask(ctx context.Context, m message) (json.RawMessage, error) {
	if c.job.Host == nil {
		return nil, errors.New("there is no host")
	}
	return c.job.Host.Call(ctx, m.Name, m.Value)
}

func (c *call) end() Outcome { return Outcome{Logs: c.logs} }

func (c *call) finish(d *doneMessage) (Outcome, bool, error) {
	out := c.end()
	out.ScriptCPU = time.Duration(d.CPU)
	switch {
	case d.Limit == string(stoppedTime):
		return out, false, timeLimit(c.job.Limits.CPU)
	case d.Limit == string(stoppedMemory):
		return out, false, fault.New(fault.Limit, "the code used more memory than it may (%d MB)", c.job.Limits.Heap>>20)
	case d.Limit != "":
		return out, false, fault.New(fault.Limit, "the code was stopped: %s", d.Limit)
	case len(d.Value) > MaxValue && c.job.task == "":
		return out, false, fault.New(fault.Limit, "the result is too big")
	}
	out.Value, out.Thrown, out.Storage, out.Changed = d.Value, d.Thrown, d.Storage, d.Changed
	if out.Storage == nil {
		out.Storage = map[string]json.RawMessage{}
	}
	return out, !d.Retire, nil
}

// died tells why a process ended in the middle of a job: nearly always its memory bound.
func (c *call) died() error {
	<-c.process.gone
	return fault.New(fault.Limit, "the worker process ended in the middle of a call, most likely of its memory bound: %s", c.process.cmd.ProcessState).
		With("stderr", c.process.last.String())
}

func timeLimit(d time.Duration) error {
	return fault.New(fault.Timeout, "the code ran longer than it may (%s)", d)
}

func ended(err error) error {
	if errors.Is(err, context.Canceled) {
		return fault.New(fault.Cancelled, "the call was cancelled: %w", err)
	}
	return fault.New(fault.Timeout, "the call did not end in time: %w", err)
}
