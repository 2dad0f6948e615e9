package sandbox

import (
	"context"
	"runtime"
	"sync"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
)

// Options shape a pool. The zero value is right for the bangwo binary.
type Options struct {
	Command  []string // how a worker is started; default: this binary with the argument "worker"
	Env      []string // its whole environment, beside its time zone
	Fresh    int      // processes kept ready that have run nothing yet; default 2
	Idle     int      // processes kept that have run a scope's code; default 4
	Running  int      // jobs at the same time, others wait; default 2 per processor, at least 4
	TimeZone string   // of scripts, a POSIX rule; default that of China, where the merchants' hours are meant
}

// Pool runs jobs in worker processes.
type Pool struct {
	o      Options
	slots  chan struct{}
	mu     sync.Mutex
	fresh  []*process
	idle   []*process // oldest first
	warm   int        // being started
	closed bool
	done   chan struct{}
	wg     sync.WaitGroup
}

// NewPool makes a pool and begins to warm it up.
func NewPool(o Options) (*Pool, error) {
	if len(o.Command) == 0 {
		o.Command = selfCommand()
	}
	if len(o.Command) == 0 {
		return nil, fault.New(fault.Internal, "the path of this program is not known: no worker can be started")
	}
	if o.Fresh <= 0 {
		o.Fresh = 2
	}
	if o.Idle <= 0 {
		o.Idle = 4
	}
	if o.Running <= 0 {
		o.Running = max(4, 2*runtime.GOMAXPROCS(0))
	}
	if o.TimeZone == "" {
		o.TimeZone = "CST-8"
	}
	p := &Pool{o: o, slots: make(chan struct{}, o.Running), done: make(chan struct{})}
	p.warmUp()
	return p, nil
}

// Run runs one job to its end. Faults: invalid (the job is too big), limit (a bound was reached), timeout
// (its time or ctx's deadline ran out), merchant (the process died of it), cancelled, unavailable (closed).
// What the script itself threw is in the outcome. The logs are there in every case.
func (p *Pool) Run(ctx context.Context, job Job) (Outcome, error) {
	if err := checkJob(job); err != nil {
		return Outcome{}, err
	}
	job.Limits = job.Limits.within(job.maxCPU())
	ctx, cancel := context.WithTimeout(ctx, job.Limits.Wall)
	defer cancel()
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-p.done:
		return Outcome{}, fault.New(fault.Unavailable, "the sandbox is closed")
	case <-ctx.Done():
		return Outcome{}, fault.New(fault.Unavailable, "no worker became free: %w", ctx.Err())
	}
	w, err := p.take(job)
	if err != nil {
		return Outcome{}, err
	}
	c := &call{process: w, job: job, done: p.done}
	outcome, reusable, err := c.run(ctx)
	if reusable {
		p.give(w)
	} else {
		w.kill()
		p.warmUp()
	}
	return outcome, err
}

// Close kills all workers and waits for what runs.
func (p *Pool) Close() {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return
	}
	p.closed = true
	close(p.done)
	all := append(p.fresh, p.idle...)
	p.fresh, p.idle = nil, nil
	p.mu.Unlock()
	for _, w := range all {
		w.kill()
	}
	for range cap(p.slots) { // jobs that run see done and end
		p.slots <- struct{}{}
	}
	p.wg.Wait()
}

// take finds a process that has run this scope's code, or a fresh one, or starts one. Tasks have processes of their own.
func (p *Pool) take(job Job) (*process, error) {
	scope := job.Scope
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, fault.New(fault.Unavailable, "the sandbox is closed")
	}
	w := p.pick(scope, job.task == "")
	p.mu.Unlock()
	p.warmUp()
	if w != nil {
		return w, nil
	}
	var env []string
	if job.task != "" {
		env = []string{taskEnv}
	}
	w, err := startProcess(p.o, env...)
	if err != nil {
		return nil, err
	}
	w.scope = scope
	return w, nil
}

func (p *Pool) pick(scope string, fresh bool) *process {
	for i := len(p.idle) - 1; i >= 0; i-- {
		if w := p.idle[i]; w.scope == scope {
			p.idle = append(p.idle[:i], p.idle[i+1:]...)
			if !w.dead() {
				return w
			}
		}
	}
	for fresh && len(p.fresh) > 0 {
		w := p.fresh[len(p.fresh)-1]
		p.fresh = p.fresh[:len(p.fresh)-1]
		if !w.dead() {
			w.scope = scope
			return w
		}
	}
	return nil
}

// give keeps a healthy process for its scope; the one unused for longest makes room.
func (p *Pool) give(w *process) {
	p.mu.Lock()
	var out *process
	switch {
	case p.closed || w.jobs >= MaxJobsPerWorker:
		out = w
	default:
		p.idle = append(p.idle, w)
		if len(p.idle) > p.o.Idle {
			out, p.idle = p.idle[0], p.idle[1:]
		}
	}
	p.mu.Unlock()
	if out != nil {
		out.kill()
	}
}

// warmUp starts what is missing of fresh processes, in the background.
func (p *Pool) warmUp() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.closed && len(p.fresh)+p.warm < p.o.Fresh {
		p.warm++
		p.wg.Go(p.warmOne)
	}
}

func (p *Pool) warmOne() {
	w, err := startProcess(p.o)
	p.mu.Lock()
	p.warm--
	keep := err == nil && !p.closed
	if keep {
		p.fresh = append(p.fresh, w)
	}
	p.mu.Unlock()
	if err == nil && !keep {
		w.kill()
	}
}

func (j Job) maxCPU() time.Duration {
	if j.task != "" {
		return MaxTaskCPU
	}
	return MaxCPU
}

func checkJob(job Job) error {
	if job.task != "" {
		if len(job.Args) > MaxTask {
			return fault.New(fault.Limit, "task %s gets %d bytes, at most %d are taken", job.task, len(job.Args), MaxTask)
		}
		return nil
	}
	if job.Bundle == nil || job.Bundle.Hash == "" {
		return fault.New(fault.Internal, "job without a bundle")
	}
	size := len(job.Bundle.Main)
	for name, src := range job.Bundle.Files {
		size += len(name) + len(src)
	}
	stored := 0
	for k, v := range job.Storage {
		stored += len(k) + len(v)
	}
	if size > MaxBundle || stored > MaxStored || len(job.Args) > MaxHostArgs {
		return fault.New(fault.Limit, "job is too big: %d bytes of code, %d of storage, %d of arguments", size, stored, len(job.Args))
	}
	return nil
}
