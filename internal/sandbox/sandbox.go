// Package sandbox runs scripts of strangers in worker processes that can be killed. It knows nothing of
// mini-programs: a Job is a bundle of sources, one main script and its arguments; what the script may reach
// is the Host that the caller passes, asked over a pipe.
//
// A Task is work of our own code on what strangers wrote, such as compiling it; it runs in the same processes.
//
// Guarantees: a worker has no inherited environment, no file but its pipe, and cannot open one; it runs one
// scope's code only (a service), each job in a fresh context, so nothing passes between services or persons;
// a job that loops, grows or hangs is stopped, at the latest by killing its process, and reported as a fault,
// and nothing else suffers.
//
// A Pool is safe for concurrent use. It owns its processes: Close kills them and waits.
package sandbox

import (
	"context"
	"encoding/json"
	"time"
)

// Bounds. Limits may be lowered by a job, never raised beyond them.
const (
	MaxWall          = 10 * time.Minute  // one job, waiting for the host included
	MaxCPU           = 5 * time.Second   // one job's processor time, over all its rounds
	MaxHeap          = 64 << 20          // bytes of one context
	MaxValue         = 2 << 20           // bytes of a job's value
	MaxFrame         = 24 << 20          // bytes of one message of the pipe
	MaxBundle        = 8 << 20           // bytes of a job's sources
	MaxHostArgs      = 1 << 20           // bytes of the arguments of one host call
	MaxHostReply     = 4 << 20           // bytes of one answer of the host
	MaxHostCalls     = 500               // of one job
	MaxHostWaiting   = 32                // of one job at the same time
	MaxStored        = 10 << 20          // bytes of a job's storage, keys and values
	MaxStoredKey     = 1 << 20           // bytes of one stored value
	MaxStoredKeys    = 2_000             // keys of a job's storage
	MaxTimers        = 1_000             // waiting at the same time
	MaxTimerRuns     = 20_000            // of one job
	MaxVirtual       = 300 * time.Second // how far one job may skip time forward
	MaxLogs          = 200               // lines of one job's console
	MaxLogLine       = 2_000             // bytes of one line
	MaxThrown        = 2_000             // bytes of a thrown error's text
	MaxJobsPerWorker = 500               // then the process is replaced
	MaxTask          = 16 << 20          // bytes of a task's input, and of its result
	MaxTaskCPU       = 30 * time.Second  // of one task
)

const (
	startTimeout = 10 * time.Second       // of a process until it says that it is ready
	killGrace    = 300 * time.Millisecond // beyond the script time, before a silent process is killed
	watchTick    = 5 * time.Millisecond   // between looks at the processor time
	busyFactor   = 8                      // how much longer than its processor time script may run on a busy machine
	memoryRoom   = 192 << 20              // bytes a process may use beside its context's heap
	taskRoom     = 448 << 20              // bytes a process for tasks may use: texts are read whole
	maxStderr    = 8 << 10                // bytes of a dead process's last words
)

// Host answers what a script asks by host(name, args). It must treat args as hostile. An error's text
// reaches the script. It must end with ctx.
type Host interface {
	Call(ctx context.Context, name string, args json.RawMessage) (json.RawMessage, error)
}

// HostFunc is a function as Host.
type HostFunc func(ctx context.Context, name string, args json.RawMessage) (json.RawMessage, error)

// Call calls f.
func (f HostFunc) Call(ctx context.Context, name string, args json.RawMessage) (json.RawMessage, error) {
	return f(ctx, name, args)
}

// Bundle is the code of a job. Main is a script whose value is a function; it is called with one object, the
// intrinsics, and returns the function that is called with the job's arguments:
//
//	intrinsics.host(name, args)            → promise of the Host's answer
//	intrinsics.get/set/remove/clear/keys/size  synchronous storage of JSON text
//	intrinsics.file(name)                  → a source of Files, or undefined
//	intrinsics.compile(text, name)         → the value of a script
//	intrinsics.log(level, text)            as console does
type Bundle struct {
	Hash  string            `json:"hash"` // names the content: a worker that has it is not sent it again
	Main  string            `json:"main"`
	Files map[string]string `json:"files"`
}

// Limits lower the bounds of one job; zero means the bound itself.
type Limits struct {
	Wall time.Duration `json:"-"`
	CPU  time.Duration `json:"cpu"`
	Heap int           `json:"heap"`
}

// Job is one run in a fresh context.
type Job struct {
	Scope   string // a process runs code of one scope only
	Bundle  *Bundle
	Args    json.RawMessage
	Storage map[string]json.RawMessage
	Now     time.Time // what the script's clock shows at its start; zero: the real time
	Limits  Limits
	Host    Host // nil: every call fails

	task string // instead of a bundle
}

// Outcome is what a job came to. Storage is what it holds at the end, changed or not.
type Outcome struct {
	Value     json.RawMessage // nil when undefined
	Thrown    *Thrown         // the script threw, or rejected
	Logs      []string
	Storage   map[string]json.RawMessage
	Changed   bool // Storage differs from the job's
	ScriptCPU time.Duration
}

// Thrown is an error of the script's own. Its text is the merchant's.
type Thrown struct {
	Message string `json:"message"`
	Stack   string `json:"stack,omitempty"`
}

func (l Limits) within(cpu time.Duration) Limits {
	if l.Wall <= 0 || l.Wall > MaxWall {
		l.Wall = MaxWall
	}
	if l.CPU <= 0 || l.CPU > cpu {
		l.CPU = cpu
	}
	if l.Heap <= 0 || l.Heap > MaxHeap {
		l.Heap = MaxHeap
	}
	return l
}
