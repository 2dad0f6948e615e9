package sandbox

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
)

// process is one worker as the parent sees it. Used by one goroutine at a time, but for kill and send.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	mu     sync.Mutex // of in
	frames chan message
	gone   chan struct{} // closed when the process is dead and reaped
	last   *tail         // of its stderr
	scope  string        // of the code it has run; "" when fresh
	bundle string        // hash of the bundle it has
	jobs   int
}

// startProcess starts a worker, with env added to its environment, and waits until it says that it is ready.
func startProcess(o Options, env ...string) (*process, error) {
	dir, err := os.MkdirTemp("", "bangwo-worker-")
	if err != nil {
		return nil, fault.New(fault.Internal, "worker folder: %w", err)
	}
	// It stands in a folder that is gone: nothing is in it, nothing can be put there, and nothing is left behind.
	defer os.Remove(dir)
	cmd := exec.Command(o.Command[0], o.Command[1:]...)
	cmd.Env = append([]string{"TZ=" + o.TimeZone, "GOTRACEBACK=none"}, o.Env...)
	cmd.Env = append(cmd.Env, env...)
	cmd.Dir = dir
	p := &process{cmd: cmd, frames: make(chan message, 64), gone: make(chan struct{}), last: &tail{}}
	cmd.Stderr = p.last
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fault.New(fault.Internal, "worker pipe: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fault.New(fault.Internal, "worker pipe: %w", err)
	}
	p.in = in
	if err := cmd.Start(); err != nil {
		return nil, fault.New(fault.Internal, "start worker: %w", err)
	}
	go p.listen(out)
	timer := time.NewTimer(startTimeout)
	defer timer.Stop()
	select {
	case m, ok := <-p.frames:
		if ok && m.Kind == msgReady {
			return p, nil
		}
	case <-timer.C:
	}
	p.kill()
	return nil, fault.New(fault.Internal, "worker did not start: %s", p.last).WithHint("is the worker command right?")
}

// listen passes frames on until the process ends, however it ends.
func (p *process) listen(out io.Reader) {
	defer close(p.gone)
	defer close(p.frames)
	in := bufio.NewReaderSize(out, 64<<10)
	for {
		m, err := readFrame(in)
		if err != nil {
			break
		}
		p.frames <- m
	}
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

func (p *process) send(m message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return writeFrame(p.in, m)
}

// kill ends the process with SIGKILL and waits until it is gone.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	for range p.frames { // let listen come to its end
	}
	<-p.gone
}

// dead tells whether an idle process has ended by itself.
func (p *process) dead() bool {
	select {
	case <-p.gone:
		return true
	default:
		return false
	}
}

// tail keeps the first bytes of what a process wrote to stderr: a crash names its reason there first.
type tail struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if room := maxStderr - t.b.Len(); room > 0 {
		t.b.Write(b[:min(room, len(b))])
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.b.String()
}

// selfCommand is this binary's own worker.
func selfCommand() []string {
	exe, err := os.Executable()
	if err != nil {
		return nil
	}
	return []string{exe, "worker"}
}
