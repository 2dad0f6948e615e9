package sandbox

import (
	"bufio"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

var processStart = time.Now()

// WorkerMain is the life of a worker process: it reads jobs from in and writes what they come to to out, until
// in ends, which ends the process even in the middle of a script. It returns the exit code.
func WorkerMain(in io.Reader, out io.Writer) int {
	if err := confine(); err != nil {
		return 3
	}
	w := &worker{out: out, jobs: make(chan *runMessage), replies: make(chan message, MaxHostWaiting)}
	go w.read(bufio.NewReaderSize(in, 64<<10))
	if err := w.send(message{Kind: msgReady}); err != nil {
		return 1
	}
	for job := range w.jobs {
		done := w.run(job)
		if err := w.send(message{Kind: msgDone, Done: done}); err != nil {
			return 1
		}
	}
	return 0
}

// taskEnv tells a process that it is for tasks. Nothing else of an environment reaches a worker.
const taskEnv = "BANGWO_WORKER_TASKS=1"

// room is what a process may use beside a context's heap.
func room() uint64 {
	if name, value, _ := strings.Cut(taskEnv, "="); os.Getenv(name) == value {
		return taskRoom
	}
	return memoryRoom
}

// worker is the process's state between jobs: only the bundle that it was sent last.
type worker struct {
	mu      sync.Mutex // of out
	out     io.Writer
	jobs    chan *runMessage
	replies chan message
	bundle  *Bundle
}

// read hands frames on. When the parent is gone nothing here may live on, a script in a loop included.
func (w *worker) read(in io.Reader) {
	for {
		m, err := readFrame(in)
		if err != nil {
			os.Exit(0)
		}
		switch m.Kind {
		case msgRun:
			w.jobs <- m.Run
		case msgReply:
			w.replies <- m
		}
	}
}

func (w *worker) send(m message) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return writeFrame(w.out, m)
}

func (w *worker) run(job *runMessage) *doneMessage {
	if job.Bundle != nil {
		w.bundle = job.Bundle
	}
	w.dropReplies()
	if job.Task != "" {
		return w.runTask(job)
	}
	if w.bundle == nil || w.bundle.Hash != job.Hash {
		return &doneMessage{Limit: "bundle missing", Retire: true}
	}
	engine, err := newEngine(job.Limits.Heap)
	if err != nil {
		return &doneMessage{Limit: "engine: " + err.Error(), Retire: true}
	}
	defer engine.Close()
	r := newRun(w, engine, job)
	return r.finish(r.play())
}

// dropReplies forgets answers that came for a job before this one.
func (w *worker) dropReplies() {
	for {
		select {
		case <-w.replies:
		default:
			return
		}
	}
}
