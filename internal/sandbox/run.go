package sandbox

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

//go:embed bootstrap.js
var bootstrapJS string

//go:embed polyfill.js
var polyfillJS string

//go:embed intl.js
var intlJS string

// bootstrap is the script that every context starts with.
var bootstrap = strings.Replace(bootstrapJS, "//POLYFILLS", polyfillJS+intlJS, 1)

// run is one job in a worker.
type run struct {
	worker  *worker
	engine  Engine
	job     *runMessage
	store   *store
	clock   *clock
	enter   Function // the bootstrap's dispatcher
	settled bool
	value   json.RawMessage
	thrown  *Thrown
	limit   string // a bound that a host function found broken
	waiting int    // host calls without answer
	calls   int
	logs    int
	spent   time.Duration // script time
}

func newRun(w *worker, e Engine, job *runMessage) *run {
	return &run{worker: w, engine: e, job: job, store: newStore(job.Storage), clock: newClock(job.Now)}
}

// play runs the job to its end: rounds of script, each followed by draining promise jobs, then by the next
// timer or the next answer of the host.
func (r *run) play() error {
	if err := r.begin(); err != nil {
		return err
	}
	for !r.settled {
		if r.limit != "" {
			return stopped(r.limit)
		}
		if err := r.next(); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) begin() error {
	if err := r.bind(); err != nil {
		return err
	}
	err := r.script(func() (err error) {
		r.enter, err = r.engine.Eval(bootstrap)
		return err
	})
	if err != nil {
		return fmt.Errorf("bootstrap: %w", err)
	}
	return r.script(func() error { return r.engine.Call(r.enter, "start", r.worker.bundle.Main, string(r.job.Args)) })
}

// next takes what comes first: a due timer or an answer. With nothing to wait for, time skips to the next timer.
func (r *run) next() error {
	id, due, ok := r.clock.first()
	switch {
	case r.waiting == 0 && !ok:
		return errNeverSettles
	case r.waiting == 0:
		if err := r.clock.skipTo(due); err != nil {
			return err
		}
		return r.fire(id)
	}
	var timer <-chan time.Time
	if ok {
		t := time.NewTimer(due.Sub(r.clock.now()))
		defer t.Stop()
		timer = t.C
	}
	_ = r.worker.send(message{Kind: msgIdle})
	select {
	case <-timer:
		_ = r.worker.send(message{Kind: msgBusy})
		return r.fire(id)
	case m := <-r.worker.replies:
		r.waiting--
		_ = r.worker.send(message{Kind: msgBusy})
		return r.script(func() error {
			return r.engine.Call(r.enter, "reply", m.ID, m.Error, string(m.Value))
		})
	}
}

func (r *run) fire(id int) error {
	if err := r.clock.take(id); err != nil {
		return err
	}
	return r.script(func() error { return r.engine.Call(r.enter, "timer", id) })
}

// script runs one piece of script and drains its promise jobs, within what is left of the job's processor
// time. The engine's own limit is armed anew on every call and counts real time, so the total is kept here,
// and the engine's limit is only the backstop.
func (r *run) script(piece func() error) error {
	for _, step := range []func() error{piece, r.engine.Drain} {
		left := r.job.Limits.CPU - r.spent
		if left <= 0 {
			return stoppedTime
		}
		start := ownCPU()
		stop := r.watch(start, left)
		r.engine.Budget(left * busyFactor)
		err := step()
		stop()
		r.spent += ownCPU() - start
		if r.limit != "" {
			return stopped(r.limit)
		}
		if err != nil {
			return err
		}
		if r.spent >= r.job.Limits.CPU { // an async function may have turned the interrupt into a rejection
			return stoppedTime
		}
	}
	return nil
}

// watch interrupts the engine when the script has used up what is left.
func (r *run) watch(start, left time.Duration) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			t := time.NewTimer(max(left-(ownCPU()-start), watchTick))
			select {
			case <-done:
				t.Stop()
				return
			case <-t.C:
				if ownCPU()-start >= left {
					r.engine.Interrupt()
					return
				}
			}
		}
	}()
	return func() { close(done); <-ended }
}

var errNeverSettles = stopped("it never finished: nothing is left that could settle its promise")

// finish turns the end of a run into its last message.
func (r *run) finish(err error) *doneMessage {
	d := &doneMessage{Value: r.value, Thrown: r.thrown, Storage: r.store.values, Changed: r.store.changed, CPU: int64(r.spent)}
	if err == nil {
		return d
	}
	var stop stopped
	if errors.As(err, &stop) {
		d.Limit = string(stop)
		d.Retire = true
	} else {
		d.Thrown = &Thrown{Message: cut(err.Error(), MaxThrown)}
	}
	d.Value, d.Storage, d.Changed = nil, nil, false
	return d
}

func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
