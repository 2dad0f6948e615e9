package mcp

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
)

// inherited names the variables that a server's process gets of our environment: what programs need to start, no secrets.
var inherited = []string{"PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "USER", "SYSTEMROOT"}

// process is a stdio server.
type process struct {
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout *os.File
	stderr tail
	exited chan struct{}
	once   sync.Once
}

// startProcess starts the program in its own process group, with a minimal environment.
func startProcess(src catalog.Source) (wire, error) {
	p := &process{cmd: exec.Command(src.Path, src.Args...), exited: make(chan struct{}), stderr: tail{max: MaxStderr}}
	p.cmd.Env = environment(src.Env)
	p.cmd.Stderr = &p.stderr
	p.cmd.WaitDelay = CloseGrace // for stderr held open by a grandchild
	ownGroup(p.cmd)
	stdin, err := p.cmd.StdinPipe()
	if err != nil {
		return wire{}, fault.New(fault.Internal, "open a pipe: %w", err)
	}
	stdout, childEnd, err := os.Pipe()
	if err != nil {
		return wire{}, fault.New(fault.Internal, "open a pipe: %w", err)
	}
	p.stdin, p.stdout, p.cmd.Stdout = stdin, stdout, childEnd
	err = p.cmd.Start()
	_ = childEnd.Close()
	if err != nil {
		return wire{}, errors.Join(notStarted(src, err), stdin.Close(), stdout.Close())
	}
	go p.reap()
	transport := &sdk.IOTransport{Reader: newJSONLines(stdout, &p.stderr), Writer: stdin, MaxLineLength: MaxMessage}
	return wire{transport: transport, stop: p.stop, errors: p.stderr.String, flooded: new(atomic.Bool)}, nil
}

func notStarted(src catalog.Source, err error) error {
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrPermission) {
		return fault.New(fault.Invalid, "program %q cannot be started: %w", src.Path, err).
			WithHint("give the path of an executable file").With("field", "path")
	}
	return fault.New(fault.Merchant, "start %s: %w", src.Path, err)
}

func environment(extra map[string]string) []string {
	var env []string
	for _, name := range inherited {
		if v, ok := os.LookupEnv(name); ok {
			if _, own := extra[name]; !own {
				env = append(env, name+"="+v)
			}
		}
	}
	for name, v := range extra {
		env = append(env, name+"="+v)
	}
	slices.Sort(env)
	return env
}

// reap waits for the process, then ends what it left behind, so that nobody holds its stdout open.
func (p *process) reap() {
	_ = p.cmd.Wait()
	killGroup(p.cmd)
	close(p.exited)
}

// stop closes stdin, which asks the server to end, and kills its process group when it does not.
func (p *process) stop() {
	p.once.Do(func() {
		_ = p.stdin.Close()
		timer := time.NewTimer(CloseGrace)
		defer timer.Stop()
		select {
		case <-p.exited:
		case <-timer.C:
			killGroup(p.cmd)
			<-p.exited
		}
		_ = p.stdout.Close()
	})
}

// tail keeps the last max bytes written to it. Safe for concurrent use.
type tail struct {
	max int
	mu  sync.Mutex
	b   []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.b = append(t.b, b[max(0, len(b)-t.max):]...)
	if cut := len(t.b) - t.max; cut > 0 {
		t.b = append(t.b[:0], t.b[cut:]...)
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.b)
}
